/** What a forecast rests on and where it must not be used; shown beside every number that names it. */
interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly intendedUse: string;
  readonly notFor: readonly string[];
  readonly builtFrom: readonly string[];
  readonly calibration: string;
  readonly ceiling: string;
  readonly interval: string;
}

export const MODEL_CARDS = {
  course: {
    id: 'foramen.course/1',
    name: 'Course of pain and disability under an option',
    version: '1.0.0',
    intendedUse:
      'Shared decisions between a clinician and an adult with lumbar spine disease, beside the course without treatment',
    notFor: ['emergencies', 'people under 18', 'proof that a treatment works', 'automatic decisions'],
    builtFrom: [
      'natural course by syndrome and duration from published cohorts',
      'between-arm trial effects, one comparator class at a time, as-treated effects brought to what randomised arms left of them, else halved',
      'prognostic factors that move every option alike',
      'post-hoc modifiers halfway to the overall effect',
      "this patient's own earlier responses, as one noisy observation",
    ],
    calibration: 'uncalibrated for this site until local recalibration; not fitted to individual data',
    ceiling: 'published individual models explain at most about 29 % of the variance',
    interval: '90 % prediction interval for one person, widened by distance from the trials',
  },
  work: {
    id: 'foramen.return-to-work/1',
    name: 'Return to work',
    version: '1.0.0',
    intendedUse: 'Planning with people who work or are off work with back pain',
    notFor: ['compensation or legal decisions', 'people not in work'],
    builtFrom: [
      'pooled cohorts of people off work with back pain',
      'weeks that an operation itself costs (declared default)',
    ],
    calibration: 'uncalibrated for this site until local recalibration',
    ceiling: 'no validated individual model with public coefficients was found',
    interval: 'cohort interval, widened for operations and for distance from the cohorts',
  },
  harm: {
    id: 'foramen.harm/1',
    name: 'Harms and reoperation',
    version: '1.0.0',
    intendedUse: 'Telling how often harms were seen in trials and registries',
    notFor: ['ranking surgeons or sites', 'individual complication risk'],
    builtFrom: ['event rates of trials and registries, events taken as independent'],
    calibration: 'group rates; complication models in spine surgery were all at high risk of bias',
    ceiling: 'no externally validated individual complication model is used',
    interval: 'interval of the source, widened by distance from the trials',
  },
} as const satisfies Readonly<Record<string, ModelCard>>;

export function modelCard(id: string): ModelCard | undefined {
  return Object.values(MODEL_CARDS).find((c) => c.id === id);
}
