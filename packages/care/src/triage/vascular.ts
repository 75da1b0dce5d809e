import { parameter, recordOf } from '@foramen/evidence';
import { because, intakeFact, rule } from '../facts.ts';
import { type Judged, judge, quiet } from './judged.ts';
import { posterior, riskFactor, type Update } from './probability.ts';
import { affirmed, ageIn, hitReason, pastHistory, sign, type TriageInput } from './signs.ts';
import { toldCourse } from './told-course.ts';

/** Limb ischaemia is acute within two weeks of its onset (ESVS 2020 guideline). */
const ACUTE_WEEKS = 2;

/** Aortic aneurysm, and poor blood flow to the legs: a pulsating mass is an emergency, a cold pulseless leg urgent. */
export function vascular(input: TriageInput): Judged {
  const { patient, base } = input;
  const mass = sign(
    input,
    [intakeFact(patient, 'examination', 'pulsatileAbdominalMass')],
    (v) => v === 'yes',
    'pulsatile',
  );
  const disease = pastHistory(input, 'vascularDisease');
  const pulsesFact = intakeFact(patient, 'examination', 'pedalPulses');
  const abi = intakeFact(patient, 'examination', 'ankleBrachialIndex');
  const cold = sign(input, [], () => false, 'cold-limb');
  // Told calf pain of walking that standing still eases, or weak pulses: the arteries are looked at soon, no limb is at risk (NICE CG147).
  const claudicates = sign(input, [], () => false, 'arterial-claudication');
  const pulses = sign(input, [pulsesFact], (v) => v === 'absent' || v === 'reduced');
  const lowAbi = abi !== undefined && abi.value < recordOf('threshold', 'threshold/abi-low', base).value!;
  const age = ageIn(input);
  const old = age !== undefined && age.value > 60;
  const signs = { mass, disease, pulses };
  const updates: Update[] = [];
  if (mass.answer === true) updates.push(riskFactor(base, 'strong'));
  if (old) updates.push(riskFactor(base, 'weak'));
  if (disease.answer === true) updates.push(riskFactor(base, 'weak'));
  const prior = recordOf('base-rate', 'base-rate/vascular-default', base);
  const p = posterior(base, prior.estimate, updates);
  const cap = parameter('red-flag-cap', base);
  const ids = [prior.id, ...updates.flatMap((u) => u.ids)];
  const ageWhy = old ? [because(age)] : [];
  const leg = [
    ...(pulses.answer === true ? pulses.reasons : []),
    ...(lowAbi ? [because(abi)] : []),
    ...(cold.answer === true ? cold.reasons : []),
    ...(claudicates.answer === true ? claudicates.reasons : []),
  ];
  const onset = intakeFact(patient, 'symptoms', 'onset');
  const sudden = [
    ...(onset?.value === 'sudden' ? [because(onset)] : []),
    ...affirmed(input, 'sudden-severe-pain', 'sudden-onset').map(hitReason),
  ];
  if (mass.answer === true) {
    return judge(
      input,
      'vascular',
      {
        status: 'raised',
        p,
        ids: [...ids, 'fact/aneurysm-signs'],
        reasons: [...mass.reasons, ...sudden, ...(disease.answer === true ? disease.reasons : []), ...ageWhy],
        urgency: 'emergency',
        // With a sudden pain it may be bleeding now (NICE NG156): an ambulance, not a referral.
        hoursId: sudden.length > 0 ? 'parameter/hours-ambulance' : 'parameter/hours-emergency',
        who: sudden.length > 0 ? 'ambulance' : 'vascular',
        gate: true,
      },
      signs,
    );
  }
  const weeks = intakeFact(patient, 'symptoms', 'durationWeeks');
  const course = intakeFact(patient, 'symptoms', 'course');
  // Missing pulses with a measured index above the critical range and a long, steady course are claudication, not a limb at risk.
  const steady =
    abi !== undefined &&
    abi.value >= 0.5 &&
    weeks !== undefined &&
    weeks.value >= 12 &&
    (course?.value === 'stable' || course?.value === 'improving');
  const absent = pulsesFact?.value === 'absent';
  const critical = cold.answer === true || (absent && !steady) || (abi !== undefined && abi.value < 0.5);
  const told =
    weeks === undefined ? toldCourse(patient.intake?.symptoms?.freeText ?? '', patient.now).weeks : undefined;
  // A limb that went cold at once, or can be felt or moved no more, is lost within hours (Rutherford II; ESVS 2020).
  const acute = [
    ...sudden,
    ...affirmed(input, 'leg-numbness', 'weakness', 'severe-weakness').map(hitReason),
    ...(weeks !== undefined && weeks.value < ACUTE_WEEKS ? [because(weeks)] : []),
    ...(told !== undefined && told.value < ACUTE_WEEKS
      ? [because({ value: told.value, path: 'intake.symptoms.freeText', shown: told.quote })]
      : []),
  ];
  const lost =
    cold.answer === true && acute.length > 0 && !(weeks !== undefined && weeks.value >= ACUTE_WEEKS);
  if (leg.length > 0) {
    return judge(
      input,
      'vascular',
      {
        status: critical || absent ? 'raised' : 'possible',
        p: lowAbi ? cap.value : posterior(base, prior.estimate, [riskFactor(base, 'strong'), ...updates]),
        ids: lowAbi ? ['threshold/abi-low', cap.id] : [...ids, 'parameter/lr-strong-risk-factor'],
        reasons: [
          ...leg,
          ...(lost ? acute : []),
          rule('triage/limb-blood-flow', 'poor pulses or a low index: leg pain may come from the arteries'),
        ],
        urgency: lost ? 'emergency' : critical ? 'urgent' : 'soon',
        hoursId: lost
          ? 'parameter/hours-emergency'
          : critical
            ? 'parameter/hours-limb-ischaemia'
            : 'parameter/hours-soon',
        who: 'vascular',
        gate: lost,
      },
      signs,
    );
  }
  if (mass.doubt) {
    return judge(
      input,
      'vascular',
      {
        status: 'possible',
        p,
        ids: [...ids, 'fact/aneurysm-signs'],
        reasons: [...mass.reasons, ...ageWhy],
        urgency: 'soon',
        hoursId: 'parameter/hours-soon',
        who: 'primary-care',
        gate: false,
      },
      signs,
    );
  }
  if (disease.answer === true && old) {
    return judge(
      input,
      'vascular',
      {
        status: 'possible',
        p,
        ids: [...ids, 'fact/aneurysm-signs'],
        reasons: [...disease.reasons, ...ageWhy],
        urgency: 'self-care',
        hoursId: null,
        who: 'primary-care',
        gate: false,
      },
      signs,
    );
  }
  const answers = Object.values(signs).flatMap((s) => s.reasons);
  return judge(
    input,
    'vascular',
    quiet(answers.length > 0 ? p : null, answers.length > 0 ? ids : [], answers),
    signs,
  );
}
