import { recordOf } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { because, intakeFact } from '../facts.ts';
import { ageAtOnset, asasMet, companions, criteriaApply, youngOnset } from './inflammatory-features.ts';
import { type Judged, judge, quiet } from './judged.ts';
import { positive, posterior } from './probability.ts';
import { affirmed, ageIn, hitReason, type Sign, sign, symptom, type TriageInput } from './signs.ts';
import { toldCourse } from './told-course.ts';

/**
 * Axial spondyloarthritis by the five ASAS features: insidious onset, onset before 40, better with exercise, not with
 * rest, night pain. Four or more raise the flag; morning stiffness and alternating buttock pain support it.
 */
export function inflammatory(input: TriageInput): Judged {
  const { patient, base } = input;
  const age = ageIn(input);
  const asked = intakeFact(patient, 'symptoms', 'durationWeeks');
  const toldWeeks =
    asked === undefined ? toldCourse(patient.intake?.symptoms?.freeText ?? '', patient.now).weeks : undefined;
  const weeks =
    asked ??
    (toldWeeks === undefined
      ? undefined
      : { value: toldWeeks.value, path: 'intake.symptoms.freeText', shown: toldWeeks.quote });
  const onset = intakeFact(patient, 'symptoms', 'onset');
  const exercise = sign(
    input,
    [intakeFact(patient, 'symptoms', 'improvesWithExercise')],
    (v) => v === 'yes',
    'better-moving',
  );
  const restFact = intakeFact(patient, 'symptoms', 'improvesWithRest');
  const worseResting = affirmed(input, 'worse-resting').map(hitReason);
  const rest =
    restFact === undefined && worseResting.length > 0
      ? { answer: false, reasons: worseResting, doubt: false }
      : sign(input, [restFact], (v) => v === 'yes');
  const night = symptom(input, 'nightPain', 'night-pain');
  const alternating = sign(
    input,
    [intakeFact(patient, 'symptoms', 'alternatingButtockPain')],
    (v) => v === 'yes',
  );
  const minutes = intakeFact(patient, 'symptoms', 'morningStiffnessMinutes');
  const stiffWords = minutes === undefined ? affirmed(input, 'morning-stiffness').map(hitReason) : [];
  const stiff: Sign = {
    answer: minutes === undefined ? (stiffWords.length > 0 ? true : undefined) : minutes.value >= 30,
    reasons: minutes === undefined ? stiffWords : [because(minutes)],
    doubt: stiffWords.length > 0,
  };
  const listed = companions(patient);
  const beside = [
    ...affirmed(input, 'spondyloarthritis').map(hitReason),
    ...listed.map((c) => because(c.fact)),
  ];
  const signs = { stiffness: stiff, exercise, rest, night, alternating };
  const startAge = ageAtOnset(age?.value, weeks?.value);
  const features: (readonly Reason[])[] = [];
  if (onset?.value === 'gradual') features.push([because(onset)]);
  if (youngOnset(startAge) === true && age !== undefined) features.push([because(age)]);
  if (exercise.answer === true) features.push(exercise.reasons);
  if (rest.answer === false) features.push(rest.reasons);
  if (night.answer === true) features.push(night.reasons);
  const support = [
    ...[stiff, alternating].filter((s) => s.answer === true),
    ...(beside.length > 0 ? [{ answer: true, reasons: beside, doubt: false }] : []),
  ];
  const prior = recordOf('base-rate', 'base-rate/axial-spondyloarthritis', base);
  // The criteria speak of chronic pain that began before 45; outside that group they say nothing.
  const applies = criteriaApply(startAge, weeks?.value) === true;
  const reasons = [...features.flat(), ...support.flatMap((s) => s.reasons)];
  const typical = exercise.answer === true || (night.answer === true && support.length > 0);
  // Four of five raise it whatever the fifth is; where exercise was asked and does not help, something else must support it.
  const met = asasMet([
    onset === undefined || onset.value === 'unknown' ? undefined : onset.value === 'gradual',
    youngOnset(startAge),
    exercise.answer,
    rest.answer === undefined ? undefined : !rest.answer,
    night.answer,
  ]);
  if (applies && met === true && (typical || exercise.answer === undefined)) {
    const updates = [
      positive(base, 'lr/inflammatory-asas'),
      ...listed.map((c) => positive(base, c.evidence)),
    ];
    return judge(
      input,
      'inflammatory',
      {
        status: 'raised',
        p: posterior(base, prior.estimate, updates),
        ids: [prior.id, ...updates.flatMap((u) => u.ids)],
        reasons,
        urgency: 'soon',
        hoursId: 'parameter/hours-inflammatory',
        who: 'rheumatology',
        gate: false,
      },
      signs,
    );
  }
  if (applies && typical && features.length + support.length >= 3) {
    return judge(
      input,
      'inflammatory',
      {
        status: 'possible',
        p: prior.estimate,
        ids: [prior.id],
        reasons,
        urgency: 'routine',
        hoursId: null,
        who: 'primary-care',
        gate: false,
      },
      signs,
    );
  }
  const answers = [...Object.values(signs).flatMap((s) => s.reasons)];
  return judge(
    input,
    'inflammatory',
    quiet(
      answers.length > 0 && applies ? prior.estimate : null,
      answers.length > 0 && applies ? [prior.id] : [],
      answers,
    ),
    signs,
  );
}
