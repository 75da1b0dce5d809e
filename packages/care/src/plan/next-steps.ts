import { type EvidenceBase, parameter, treatment } from '@foramen/evidence';
import type { Assessment, CarePlan, Reason, Statement } from '@foramen/spine';
import { because, intakeFact, rule } from '../facts.ts';
import { distinct, say, traced } from '../say.ts';
import { nothingToTreat } from './appraise.ts';
import { comparatorsDiffer } from './comparators.ts';
import type { Decision } from './decide.ts';
import { firstSteps } from './first-steps.ts';
import { plannedImaging, urgentImaging } from './imaging-protocol.ts';
import { weightReasons } from './ranking.ts';

/** A needle is worth its discomfort only when it would move the belief clearly. */
const NEEDLES = /block|electromyography/;
const NEEDLE_WORTH = 0.12;
const TEST_WORTH = 0.05;
/** Tests that look at the spine or put a needle to it. */
const OF_THE_SPINE = /^(?:axial|sagittal-t1-t2)-mri$|block|spine-radiograph|flexion-extension/;
const SPINE_MRI = /^(?:axial|sagittal-t1-t2)-mri$/;
/** An unknown is asked for among the next steps when its answer changes the plan at least this often. */
const ASK_WORTH = 0.3;

/** Options by name, as one list in a message. */
export const listed = (ids: readonly string[]): string =>
  `@word.nothing+${ids.map((id) => `@option.${id}`).join('+,+')}`;

/** Whoever is off work plans the way back with the treatment (NICE N14). */
function backToWork(d: Decision): readonly Statement[] {
  const off = intakeFact(d.view.patient, 'person', 'offWorkWeeks');
  const load = intakeFact(d.view.patient, 'person', 'occupationLoad');
  if (off === undefined || off.value <= 0 || load?.value === 'not-working') return [];
  return [
    say('plan.work', { weeks: traced(off.value, [because(off)]) }, 'moderate', [
      because(off),
      { kind: 'evidence', id: 'guideline/nice-n14', text: 'return to work and normal activities' },
    ]),
  ];
}

/** Drugs that are taken now and must not be, as they are: said before anything is chosen. */
function medicinesFirst(medications: CarePlan['medications']): readonly Statement[] {
  const harmful = medications.filter((m) => m.taken === true && m.advice === 'avoid');
  if (harmful.length === 0) return [];
  const drugs = [...new Set(harmful.map((m) => m.drug))];
  return [
    say(
      'plan.medicines-first',
      { drugs: `@word.nothing+${drugs.join('+,+')}` },
      'strong',
      distinct(harmful.flatMap((m) => m.statement.because)),
    ),
  ];
}

/** A severe deficit waits for no programme: the picture is made before the surgeon looks (NICE NG59; ACR 2021). */
function weaknessFirst(d: Decision): readonly Statement[] {
  const raised = d.triage.flags.some((f) => f.condition === 'progressive-deficit' && f.status === 'raised');
  return raised && d.view.patient.findings === null ? urgentImaging(d.view) : [];
}

/** Weeks until the plan is looked at again: sooner with a motor sign, and in the first weeks. */
export function reassessWeeks(d: Decision, base: EvidenceBase): number {
  const duration = d.view.durationWeeks?.value;
  const motor = d.view.concordance.some((c) => c.picture.motor.length > 0);
  const key = motor
    ? 'care-reassess-severe'
    : duration !== undefined && duration < 12
      ? 'care-reassess-acute'
      : 'care-reassess-chronic';
  return parameter(key, base).value;
}

/** Who looks at a leading cause that no treatment of the spine reaches. */
const ELSEWHERE: Readonly<Partial<Record<string, string>>> = {
  hip: '@who.hip',
  'vascular-claudication': '@who.vascular-clinic',
  'peripheral-mimic': '@who.neurology',
  'axial-spondyloarthritis': '@who.rheumatology',
};
/** A cause outside the spine is followed first from here, where nothing is more likely. */
const LEADS = 0.2;

/** A cause outside the spine that leads: it is looked at before the spine is treated for it. */
function elsewhere(d: Decision, assessment: Assessment): readonly Statement[] {
  const top = assessment.differential[0];
  const who = top === undefined ? undefined : ELSEWHERE[top.condition];
  // Whom triage names already is not named twice.
  const named = `@who.${assessment.triage.who}`;
  if (top === undefined || who === undefined || top.p < LEADS) return [];
  if (named === who || (top.condition === 'vascular-claudication' && named === '@who.vascular')) return [];
  return [
    say(
      'plan.elsewhere',
      { condition: `@condition.${top.condition}`, who, p: traced(top.p, top.statement.because) },
      'moderate',
      [
        ...top.statement.because,
        rule('rule.elsewhere', 'no treatment of the spine reaches a cause outside it'),
      ],
    ),
  ];
}

/** Growing arches break under load: from this chance on sport rests until somebody has looked. */
const ARCH_LIKELY = 0.1;
const GROWN = 20;

/** A young person whose arch may be broken by load rests from the sport that hurts, and is imaged by MRI (no radiation). */
function pausedSport(d: Decision): readonly Statement[] {
  const { age, p } = d.view;
  if (age === undefined || age.value >= GROWN || p.spondylolysis < ARCH_LIKELY) return [];
  const facts = d.view.differential.readings.filter((r) => r.condition === 'spondylolysis');
  return [
    say('plan.pause-sport', {}, 'moderate', [
      ...distinct([because(age), ...facts.flatMap((r) => r.facts.map(because))]),
      ...[...new Set(facts.map((r) => r.evidence))].map(
        (id): Reason => ({ kind: 'evidence', id, text: 'stress fracture of the arch' }),
      ),
      rule(
        'rule.pause-sport',
        'an early stress fracture of the arch heals at rest; MRI shows it without radiation',
      ),
    ]),
  ];
}

const safetyNet = (): Statement =>
  say('plan.safety-net', {}, 'strong', [
    rule('rule.safety-net', 'absence of red flags today clears nothing for tomorrow'),
  ]);

const BESIDE_THE_BACK = /^triage\.(?:safety|rash|young|acute)/;

/** What happens next, in order: triage, first-line care, what to ask or test, when to look again. */
export function nextSteps(
  d: Decision,
  assessment: Assessment,
  base: EvidenceBase,
  voi: CarePlan['valueOfInformation'],
  medications: CarePlan['medications'],
): readonly Statement[] {
  const out: Statement[] = [];
  const lead = assessment.triage.statements[0];
  if (lead !== undefined && assessment.triage.urgency !== 'self-care') out.push(lead);
  // Safety, a rash, a clot: said to both readers, for they are no cause of the back that a plan would come back to.
  out.push(...assessment.triage.statements.slice(1).filter((x) => BESIDE_THE_BACK.test(x.key)));
  if (d.triage.gate) {
    out.push(
      say(
        'plan.gate',
        { who: lead?.params?.who ?? assessment.triage.who },
        'strong',
        lead?.because ?? [rule('rule.gate', 'red flags gate everything')],
      ),
      ...urgentImaging(d.view),
    );
    return out;
  }
  const well = nothingToTreat(d.view);
  if (well?.kind === 'stop') {
    out.push(...medicinesFirst(medications), say('plan.well', {}, 'strong', well.because()), safetyNet());
    return out;
  }
  out.push(...elsewhere(d, assessment), ...pausedSport(d));
  const weakness = weaknessFirst(d);
  out.push(...medicinesFirst(medications), ...weakness);
  if (weakness.length > 0) {
    // No programme is put before the surgeon who looks at the weak leg.
  } else if (d.ranked === null) {
    out.push(
      say('plan.ask-goals', {}, 'strong', [
        { kind: 'fact', path: 'intake.goals', text: 'not elicited' },
        rule('rule.own-goals', "options are ranked by the patient's own weights only"),
      ]),
    );
  } else {
    const top = d.ranked.filter((r) => r.rank === 1).map((r) => r.appraised.option.id);
    if (top.length > 0 && d.weights !== null) {
      const reasons: Reason[] = [
        ...weightReasons(d.weights),
        ...top.map(
          (id): Reason => ({ kind: 'evidence', id: `treatment/${id}`, text: treatment(id, base).name }),
        ),
      ];
      const best = Math.max(...d.ranked.map((r) => r.score ?? 0));
      const first = d.ranked.find((r) => r.rank === 1);
      out.push(
        first !== undefined && (first.score ?? 0) < best
          ? say('plan.top-stepped', { options: listed(top) }, 'moderate', reasons)
          : top.length === 1
            ? say('plan.top', { option: `@option.${top[0]}` }, 'moderate', reasons)
            : say('plan.top-tied', { options: listed(top) }, 'moderate', reasons),
      );
    }
  }
  out.push(...comparatorsDiffer(d, base), ...backToWork(d));
  const start = d.view.patient.scores.some((x) => /start/i.test(x.instrument));
  if (!start && d.view.patient.intake?.setting === 'primary') {
    out.push(
      say('plan.ask-start', {}, 'moderate', [
        { kind: 'fact', path: 'scores', text: 'no STarT Back score' },
        { kind: 'evidence', id: 'guideline/nice-n1', text: 'risk stratification at first contact' },
      ]),
    );
  }
  out.push(...firstSteps(d, base).filter((x) => !weakness.some((w) => w.key === x.key)));
  const [unknown] = voi;
  // A cause outside the spine that leads is not sought by a picture of the spine.
  const away = ELSEWHERE[assessment.differential[0]?.condition ?? ''] !== undefined;
  const asks = unknown !== undefined && unknown.probabilityPlanChanges >= ASK_WORTH;
  if (asks && !(away && /mri$/.test(unknown.unknown))) out.push(unknown.statement);
  // Where nothing was imaged yet and an image is due, it comes before any needle (NASS: MRI is the most appropriate test).
  const mri = away
    ? undefined
    : assessment.nextTests.find((t) => SPINE_MRI.test(t.test) && t.value >= TEST_WORTH);
  const test =
    d.view.patient.findings === null && mri !== undefined
      ? mri
      : assessment.nextTests.find((t) => !away || !OF_THE_SPINE.test(t.test));
  const asked = test !== undefined && test.value >= (NEEDLES.test(test.test) ? NEEDLE_WORTH : TEST_WORTH);
  // What is worth knowing was said already where it is the same image.
  const said =
    unknown !== undefined && /mri$/.test(unknown.unknown) && unknown.probabilityPlanChanges >= ASK_WORTH;
  if (asked && !(said && test === mri) && !(weakness.length > 0 && test === mri)) out.push(test.statement);
  if (mri !== undefined && weakness.length === 0) out.push(...plannedImaging(d.view));
  const weeks = reassessWeeks(d, base);
  const key =
    weeks === parameter('care-reassess-severe', base).value
      ? 'care-reassess-severe'
      : weeks === parameter('care-reassess-acute', base).value
        ? 'care-reassess-acute'
        : 'care-reassess-chronic';
  const period: Reason = { kind: 'evidence', id: `parameter/${key}`, text: 'time to look again' };
  out.push(say('plan.reassess', { weeks: traced(weeks, [period]) }, 'moderate', [period]));
  out.push(safetyNet());
  return out;
}

/** The same decision in words for the patient: cause, choices, what next, when to come back. */
export function forPatient(
  d: Decision,
  assessment: Assessment,
  base: EvidenceBase,
  voi: CarePlan['valueOfInformation'],
  medications: CarePlan['medications'],
): readonly Statement[] {
  const out: Statement[] = [];
  const top = assessment.differential[0];
  if (
    !d.triage.gate &&
    top !== undefined &&
    d.view.patient.intake !== null &&
    assessment.differential.length > 1
  ) {
    out.push(
      say(
        top.p >= 0.5 ? 'plan.explain-cause' : 'plan.unsure-cause',
        { condition: `@condition.${top.condition}`, p: traced(top.p, top.statement.because) },
        top.statement.strength,
        top.statement.because,
      ),
    );
  }
  out.push(...nextSteps(d, assessment, base, voi, medications));
  out.push(
    say('plan.decide-together', {}, 'strong', [
      rule('rule.decision-support', 'a clinician and the patient decide'),
    ]),
  );
  return out;
}
