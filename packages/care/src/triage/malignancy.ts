import { recordOf } from '@foramen/evidence';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { type Judged, judge, quiet } from './judged.ts';
import { anyWeakness } from './motor.ts';
import { fromPostTest, posterior, type Update } from './probability.ts';
import {
  affirmed,
  ageIn,
  hitReason,
  orFacts,
  pastHistory,
  symptom,
  type TriageInput,
  takes,
} from './signs.ts';

const CANCER_DRUGS =
  /tamoxifen|letrozole|anastrozole|exemestane|bicalutamide|enzalutamide|abiraterone|leuprorelin|goserelin|bortezomib|lenalidomide|capecitabine|imatinib/;

/** Malignancy. A history of cancer is the one strong flag; weight loss, age and night pain count only together. */
export function malignancy(input: TriageInput): Judged {
  const { patient, base } = input;
  const cancer = orFacts(pastHistory(input, 'cancer', 'cancer'), takes(input, CANCER_DRUGS));
  const weight = symptom(input, 'weightLoss', 'weight-loss');
  const night = symptom(input, 'nightPain', 'night-pain');
  const age = ageIn(input);
  const weeks = intakeFact(patient, 'symptoms', 'durationWeeks');
  const course = intakeFact(patient, 'symptoms', 'course');
  const failing = weeks !== undefined && weeks.value >= 6 && course?.value === 'worsening';
  const old = age !== undefined && age.value > 50;
  const signs = { cancer, weight, night };
  const updates: Update[] = [];
  const prior = recordOf('base-rate', 'base-rate/malignancy-primary', base);
  const emergencySetting = patient.intake?.setting === 'emergency';
  const post = (flag: string): Update => fromPostTest(base, `post-test/malignancy-${flag}`, prior.id);
  if (cancer.answer === true)
    updates.push(post(`cancer-history-${emergencySetting ? 'emergency' : 'primary'}`));
  if (weight.answer === true) updates.push(post('weight-loss'));
  if (night.answer === true) updates.push(post('night-pain'));
  if (old) updates.push(post('age-over-50'));
  if (failing) updates.push(post('failure-to-improve'));
  const p = posterior(base, prior.estimate, updates);
  const ids = [prior.id, ...updates.flatMap((u) => u.ids)];
  const told: Seen<unknown>[] = [...(old ? [age] : []), ...(failing ? [weeks, course!] : [])];
  const weakReasons = [
    ...(weight.answer === true ? weight.reasons : []),
    ...(night.answer === true ? night.reasons : []),
    ...told.map(because),
    ...affirmed(input, 'systemic-alarm').map(hitReason),
  ];
  const alarms = affirmed(input, 'systemic-alarm').map(hitReason);
  const weak = [weight.answer === true, night.answer === true, old, failing, alarms.length > 0].filter(
    Boolean,
  ).length;
  // Weight that goes with a pain of the night, with a sign of another organ, or with two more: together they are a strong flag.
  const together = weight.answer === true && (night.answer === true || alarms.length > 0 || weak >= 3);
  if (cancer.answer === true || together) {
    const weakLeg = anyWeakness(input);
    // Cancer and a weak leg: metastatic compression until imaged.
    const compression = cancer.answer === true && weakLeg.length > 0;
    return judge(
      input,
      'malignancy',
      {
        status: 'raised',
        p,
        ids,
        reasons: [
          ...(cancer.answer === true ? cancer.reasons : []),
          ...weakReasons,
          ...(compression ? weakLeg : []),
          rule(
            'triage/malignancy-strong-flag',
            'a history of cancer, or weight loss with pain at night, a sign of another organ, or two further flags',
          ),
        ],
        urgency: 'urgent',
        hoursId: compression ? 'parameter/hours-cord' : 'parameter/hours-malignancy',
        who: compression ? 'emergency' : 'imaging-clinic',
        gate: true,
      },
      signs,
    );
  }
  if (weak > 0 || cancer.doubt) {
    const several = weak >= 2 && (weight.answer === true || alarms.length > 0);
    return judge(
      input,
      'malignancy',
      {
        status: 'possible',
        p,
        ids: [...ids, 'fact/weak-flag-alone'],
        reasons: [...weakReasons, ...(cancer.doubt ? cancer.reasons : [])],
        urgency: several ? 'soon' : 'self-care',
        hoursId: several ? 'parameter/hours-soon' : null,
        who: several ? 'imaging-clinic' : 'primary-care',
        gate: false,
      },
      signs,
    );
  }
  const answers = Object.values(signs).flatMap((s) => s.reasons);
  return judge(
    input,
    'malignancy',
    quiet(answers.length > 0 ? p : null, answers.length > 0 ? ids : [], answers),
    signs,
  );
}
