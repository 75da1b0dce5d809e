import { recordOf } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { type Judged, judge, quiet, type Verdict } from './judged.ts';
import { type MotorFindings, motorFindings } from './motor.ts';
import { positive, posterior, type Update } from './probability.ts';
import {
  affirmed,
  evidence,
  hitReason,
  orFacts,
  type Sign,
  sign,
  symptom,
  type TriageInput,
} from './signs.ts';

const EMERGENCY = {
  urgency: 'emergency',
  hoursId: 'parameter/hours-emergency',
  who: 'emergency',
  gate: true,
} as const;

/** Pain, numbness or signs on both legs, from the ticked answers, the regions, the tests and the words. */
function bothLegs(input: TriageInput): Sign {
  const { patient } = input;
  const stated = symptom(input, 'bilateralLegSymptoms', 'bilateral');
  const extra: Seen<unknown>[] = [];
  const side = intakeFact(patient, 'symptoms', 'legPainSide');
  if (side?.value === 'bilateral') extra.push(side);
  const regions = patient.intake?.symptoms?.regions ?? [];
  const LEG = /thigh|leg|calf|foot|toe|sole|knee/;
  const onSide = (s: string): number =>
    regions.findIndex((r) => LEG.test(r.region) && (r.side === s || r.side === 'bilateral'));
  if (onSide('left') >= 0 && onSide('right') >= 0) {
    extra.push({ value: 'both legs', path: 'intake.symptoms.regions' });
  }
  const slr = patient.intake?.examination?.straightLegRaise;
  if (slr?.left === 'positive' && slr.right === 'positive') {
    extra.push({ value: 'positive on both sides', path: 'intake.examination.straightLegRaise' });
  }
  return orFacts(stated, extra);
}

/**
 * Neurogenic claudication told as such, with its relief or its long course: leg symptoms of both sides then have another
 * likely reason. A sudden onset that worsens is not one.
 */
function claudicationPattern(input: TriageInput): readonly Seen<unknown>[] {
  const { patient } = input;
  const claudication = intakeFact(patient, 'symptoms', 'claudication');
  const weeks = intakeFact(patient, 'symptoms', 'durationWeeks');
  const supports = (['reliefSitting', 'reliefBendingForward', 'worseStanding'] as const).map((key) =>
    intakeFact(patient, 'symptoms', key),
  );
  const relief: Seen<unknown> | undefined =
    supports.find((f) => f?.value === 'yes') ??
    (weeks !== undefined && weeks.value >= 12 ? weeks : undefined);
  const course = intakeFact(patient, 'symptoms', 'course');
  const onset = intakeFact(patient, 'symptoms', 'onset');
  const told = affirmed(input, 'claudication')[0];
  // Told in one breath: legs that fail on walking, with what relieves them.
  if (claudication === undefined && told !== undefined && course?.value !== 'worsening')
    return [{ value: told.quote, path: told.path }];
  if (claudication?.value !== 'yes' || relief === undefined) return [];
  return course?.value === 'worsening' && onset?.value === 'sudden' ? [] : [claudication, relief];
}

/**
 * Cauda equina syndrome. Any new change of saddle feeling, bladder, bowel or sexual function is an emergency; so are
 * leg symptoms on both sides unless they are told as neurogenic claudication without any of those. No answer and no
 * finding lowers the probability below the base rate: each sign is missing in more than half of proven cases.
 */
export function caudaEquina(input: TriageInput): Judged {
  const { patient, base } = input;
  const perianal = intakeFact(patient, 'examination', 'perianalSensation');
  const tone = intakeFact(patient, 'examination', 'analTone');
  const residual = intakeFact(patient, 'examination', 'postVoidResidualMl');
  const regions = patient.intake?.symptoms?.numbness ?? [];
  const perineum = regions.findIndex((r) => r.region === 'perineum');
  const isReduced = (v: unknown): boolean => v === 'reduced' || v === 'absent';

  const saddle = orFacts(symptom(input, 'saddleNumbness', 'saddle'), [
    ...(perineum >= 0 ? [{ value: 'perineum', path: `intake.symptoms.numbness[${perineum}].region` }] : []),
    ...(perianal !== undefined && isReduced(perianal.value) ? [perianal] : []),
  ]);
  const bladder = symptom(input, 'bladderDysfunction', 'bladder');
  const retention = orFacts(
    symptom(input, 'urinaryRetention', 'retention'),
    residual !== undefined && residual.value > 200 ? [residual] : [],
  );
  const bowel = orFacts(
    symptom(input, 'bowelDysfunction', 'bowel'),
    tone !== undefined && isReduced(tone.value) ? [tone] : [],
  );
  const sexual = symptom(input, 'sexualDysfunction', 'sexual');
  const bilateral = bothLegs(input);
  const weak = sign(
    input,
    [intakeFact(patient, 'symptoms', 'weaknessReported')],
    (v) => v === 'yes',
    'weakness',
  );
  const motor = motorFindings(patient);
  const bothWeak = motor.left.length > 0 && motor.right.length > 0;
  const bilateralAll = orFacts(bilateral, bothWeak ? [motor.left[0]!, motor.right[0]!] : []);
  const signs = { saddle, bladder, retention, bowel, sexual, bilateral: bilateralAll };

  const sphincter = [saddle, bladder, retention, bowel, sexual].filter((s) => s.answer === true);
  const claudication = claudicationPattern(input);
  const updates: Update[] = [];
  const add = (s: boolean, id: string): void => {
    if (s) updates.push(positive(base, id));
  };
  add(saddle.answer === true, 'lr/ces-perianal');
  add(bladder.answer === true, 'lr/ces-bladder');
  add(bilateralAll.answer === true, 'lr/ces-bilateral-leg-pain');
  add(weak.answer === true || motor.all.length > 0, 'lr/ces-leg-weakness');
  add(residual !== undefined && residual.value > 200, 'lr/ces-pvr-200');
  add(residual !== undefined && residual.value > 100 && residual.value <= 200, 'lr/ces-pvr-100');

  const chronic = settled(input, [saddle, bladder, retention, bowel, sexual], weak, motor);
  const bilateralAlarm = bilateralAll.answer === true && claudication.length === 0 && chronic.length === 0;
  // Whoever refers somebody with "?CES" has seen something: suspected is treated as such (GIRFT 2023).
  const named = affirmed(input, 'cauda-equina').map(hitReason);
  const alarm = sphincter.length > 0 || bilateralAlarm || bothWeak || named.length > 0;
  if (alarm) {
    const prior = recordOf('base-rate', 'base-rate/cauda-equina-referred', base);
    const reasons: Reason[] = [
      ...sphincter.flatMap((s) => s.reasons),
      ...named,
      ...(bilateralAll.answer === true ? bilateralAll.reasons : []),
      ...(weak.answer === true ? weak.reasons : []),
      ...motor.all.map(because),
      ...(residual !== undefined && residual.value > 100 ? [because(residual)] : []),
      rule(
        'triage/cauda-equina-hard-rule',
        'any new saddle, bladder, bowel or sexual change, or both legs, is an emergency',
      ),
    ];
    const ids = [
      prior.id,
      ...updates.flatMap((u) => u.ids),
      'fact/ces-absence-never-clears',
      'fact/ces-timing',
    ];
    return judge(
      input,
      'cauda-equina',
      { status: 'raised', p: posterior(base, prior.estimate, updates), ids, reasons, ...EMERGENCY },
      signs,
    );
  }

  const prior = recordOf('base-rate', 'base-rate/cauda-equina-primary', base);
  const doubtful = [saddle, bladder, retention, bowel, sexual].filter((s) => s.doubt);
  const residualDoubt = residual !== undefined && residual.value > 100 ? [because(residual)] : [];
  if (doubtful.length > 0 || bilateralAll.answer === true || residualDoubt.length > 0) {
    const verdict: Verdict = {
      status: 'possible',
      p: posterior(base, prior.estimate, updates),
      ids: [prior.id, ...updates.flatMap((u) => u.ids), 'fact/ces-absence-never-clears'],
      reasons: [
        ...doubtful.flatMap((s) => s.reasons),
        ...(bilateralAll.answer === true ? bilateralAll.reasons : []),
        ...residualDoubt,
        ...claudication.map(because),
        ...chronic,
      ],
      // Words that may mean a sphincter or saddle sign are asked about the same day.
      urgency: doubtful.length > 0 || residualDoubt.length > 0 ? 'urgent' : 'routine',
      hoursId: doubtful.length > 0 || residualDoubt.length > 0 ? 'parameter/hours-cord' : null,
      who: doubtful.length > 0 || residualDoubt.length > 0 ? 'spine-surgeon' : 'spine-clinic',
      gate: false,
    };
    return judge(input, 'cauda-equina', verdict, signs);
  }
  const answers = Object.values(signs).flatMap((s) => s.reasons);
  return judge(
    input,
    'cauda-equina',
    quiet(
      prior.estimate,
      [prior.id, 'fact/ces-absence-never-clears'],
      [...answers, ...(answers.length > 0 ? [evidence(input, 'fact/ces-absence-never-clears')] : [])],
    ),
    signs,
  );
}

/**
 * Leg symptoms of both sides that are old and quiet: at least twelve weeks, stable or improving, no weakness, and
 * every saddle and sphincter question answered no. Anything open keeps the alarm.
 */
function settled(
  input: TriageInput,
  sphincter: readonly Sign[],
  weak: Sign,
  motor: MotorFindings,
): readonly Reason[] {
  const weeks = intakeFact(input.patient, 'symptoms', 'durationWeeks');
  const course = intakeFact(input.patient, 'symptoms', 'course');
  const quietCourse = course?.value === 'stable' || course?.value === 'improving';
  if (weeks === undefined || weeks.value < 12 || course === undefined || !quietCourse) return [];
  // Power examined on both legs and normal answers the question of weakness as well as the patient does.
  const examined = ['motorLeft', 'motorRight'].every((leg) =>
    motor.examined.some((m) => m.path.includes(leg)),
  );
  const strong = weak.answer === false || (weak.answer === undefined && !weak.doubt && examined);
  if (motor.all.length > 0 || !strong || sphincter.some((s) => s.answer !== false || s.doubt)) return [];
  return [because(weeks), because(course)];
}
