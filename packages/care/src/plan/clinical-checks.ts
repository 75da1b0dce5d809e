import { parameter } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { muscleFatAbove } from '../context/muscle-fat.ts';
import { because, intakeFact, rule, type Seen, scoreOf, usableFact } from '../facts.ts';
import { atLeast, rootsWereRead } from '../roots/contacts.ts';
import { leadingContacts, signsOfAnotherRoot } from '../roots/discordance.ts';
import { hasPain } from '../roots/signs.ts';
import { traced } from '../say.ts';
import {
  activeInfection,
  bleedingDisorder,
  currentInfection,
  implantedDevice,
  namedCondition,
  pastIllness,
  spineSurgery,
} from './past-conditions.ts';
import { type Check, type Verdict, verdict } from './verdict.ts';
import { claudicant, type PlanView, radicular } from './view.ts';

const weeksFor = (view: PlanView, key: 'conservative' | 'device'): number =>
  parameter(`care-${key}-weeks`, view.base).value;
/** Severe leg pain: 7 of 10 and more. */
const SEVERE_NRS = 7;
const citing = (key: 'conservative' | 'device'): readonly Reason[] => [
  { kind: 'evidence', id: `parameter/care-${key}-weeks`, text: 'weeks of care that come first' },
];

/** The deficit that must not wait: stated progression of weakness, or the triage flag. */
export function progressiveDeficit(view: PlanView): Seen<unknown> | undefined {
  const said = intakeFact(view.patient, 'symptoms', 'weaknessProgressive');
  if (said?.value === 'yes') return said;
  const flag = view.triage?.flags.find((f) => f.condition === 'progressive-deficit' && f.status === 'raised');
  const fact = flag?.statement.because.find((r) => r.kind === 'fact');
  return fact === undefined || fact.kind !== 'fact' ? undefined : { value: fact.text, path: fact.path };
}

const withWeeks = (fact: Seen<number>) => ({ weeks: traced(fact.value, [because(fact)]) });

function infected(view: PlanView): Verdict | undefined {
  const fever = intakeFact(view.patient, 'symptoms', 'fever');
  if (fever?.value === 'yes') return verdict('stop', 'infection', [fever]);
  const active = activeInfection(view);
  if (active !== undefined) return verdict('stop', 'infection-active', [active]);
  const recent = intakeFact(view.patient, 'history', 'recentInfectionOrProcedure');
  const named = recent?.value === 'yes' ? recent : currentInfection(view);
  return named === undefined ? undefined : verdict('ask', 'infection', [named]);
}

/** Root contact that matches pain; needed before a needle or a knife goes to a root. */
function concordant(kind: 'injection' | 'surgery'): Check {
  const key = `concordant-for-${kind}`;
  return (view) => {
    if (view.patient.findings === null)
      return verdict('missing', key, [], [rule('rule.no-image', 'no imaging was given')]);
    const best = view.concordance[0];
    const grade = best?.grade ?? 0;
    for (const lead of best !== undefined && best.contact.p >= 0.5 ? leadingContacts(view.concordance) : []) {
      const elsewhere = signsOfAnotherRoot(view.patient, lead);
      if (elsewhere === undefined) continue;
      return verdict('missing', 'signs-of-another-root', [lead.contact.fact, ...elsewhere.signs], [], {
        root: lead.contact.root,
        other: elsewhere.root,
      });
    }
    if (grade >= 2 && best !== undefined) {
      if (kind === 'surgery' && grade === 2) return verdict('caution', key, [best.contact.fact]);
      return undefined;
    }
    if (best !== undefined && best.contact.p >= 0.2 && !best.contact.sideRead) {
      return verdict('missing', 'side-not-read', [best.contact.fact]);
    }
    // Between unlikely and likely the picture has not said no: someone has to look.
    const doubtful = view.concordance.find((c) => c.contact.p >= 0.2 && hasPain(c.picture));
    if (doubtful !== undefined) return verdict('missing', 'contact-doubtful', [doubtful.contact.fact]);
    if (!rootsWereRead(view.patient.findings)) {
      return verdict('missing', 'roots-not-read', [
        { value: 'no plane that shows the roots', path: 'findings.levels' },
      ]);
    }
    return verdict('stop', key, [
      best?.contact.fact ?? { value: 'no root contact', path: 'findings.levels' },
      view.legPain,
    ]);
  };
}

/** Fat of a multifidus above that of healthy people of the same decade, where it was measured and such a figure exists. */
function fattyMultifidus(view: PlanView): Seen<number> | undefined {
  for (const [i, level] of (view.patient.findings?.levels ?? []).entries()) {
    const above = muscleFatAbove(level, `findings.levels[${i}]`, view.age, view.base);
    if (above !== undefined) return above;
  }
  return undefined;
}

function weeksOfCare(view: PlanView, key: string, need: number): Verdict | undefined {
  const deficit = progressiveDeficit(view);
  if (deficit !== undefined) return undefined;
  if (view.durationWeeks !== undefined && view.durationWeeks.value < need) {
    return verdict('stop', key, [view.durationWeeks], citing('conservative'), withWeeks(view.durationWeeks));
  }
  const care = view.conservativeWeeks;
  if (care !== undefined && care.value >= need) return undefined;
  if (view.durationWeeks === undefined && care === undefined) return verdict('missing', key, []);
  return verdict('ask', key, [view.durationWeeks ?? care]);
}

function blockResult(view: PlanView, option: string): 'better' | 'failed' | undefined {
  const block = view.prior.find((t) => t.option === option && t.outcome !== undefined);
  return block === undefined ? undefined : block.outcome === 'better' ? 'better' : 'failed';
}
const blockFact = (view: PlanView, option: string): Seen<string> | undefined =>
  view.prior.find((t) => t.option === option)?.fact;

/** Psychological obstacles to recovery by questionnaire (NICE N4): high STarT Back risk, depression, catastrophizing. */
function obstacles(view: PlanView): boolean {
  return (
    scoreOf(view.patient, /^start/i)?.band === 'high' ||
    (scoreOf(view.patient, /^phq-?9/i)?.value ?? 0) >= 10 ||
    (scoreOf(view.patient, /^pcs/i)?.value ?? 0) >= 30
  );
}

export const CLINICAL_CHECKS = {
  infection: infected,
  'no-progressive-deficit': (view) => {
    const deficit = progressiveDeficit(view);
    return deficit === undefined ? undefined : verdict('stop', 'no-progressive-deficit', [deficit]);
  },
  'obstacles-or-failed-first-line': (view) => {
    const tried = view.prior.find((t) => t.option === 'education-exercise' && t.outcome !== 'better');
    if (tried !== undefined || obstacles(view)) return undefined;
    return view.durationWeeks !== undefined && view.durationWeeks.value < 6
      ? verdict('caution', 'obstacles-or-failed-first-line', [view.durationWeeks])
      : undefined;
  },
  'claudication-not-injected': (view) => {
    const c = intakeFact(view.patient, 'symptoms', 'claudication');
    const central = view.p['central-stenosis'];
    return c?.value === 'yes' && central > radicular(view)
      ? verdict('stop', 'claudication-not-injected', [c, view.severeStenosis])
      : undefined;
  },
  'severe-sciatica': (view) => {
    if (view.legPain === undefined && view.legNrs === undefined)
      return verdict('missing', 'severe-sciatica', []);
    if (view.legPain?.value === false) return verdict('stop', 'severe-sciatica', [view.legPain]);
    if (view.legNrs === undefined) return verdict('ask', 'severe-sciatica', [view.legPain]);
    if (view.legNrs.value < 4) return verdict('stop', 'severe-sciatica', [view.legNrs]);
    return view.durationWeeks !== undefined && view.durationWeeks.value > 26
      ? verdict('caution', 'severe-sciatica', [view.durationWeeks, view.legNrs])
      : undefined;
  },
  'early-injection': (view) => {
    const weeks = view.durationWeeks;
    if (weeks === undefined || weeks.value >= weeksFor(view, 'conservative') || view.legNrs === undefined)
      return undefined;
    const facts = [weeks, view.legNrs];
    if (view.legNrs.value < SEVERE_NRS)
      return verdict('stop', 'early-injection', facts, citing('conservative'));
    const tried = view.prior.some((t) => t.outcome === 'same' || t.outcome === 'worse');
    return verdict(tried ? 'caution' : 'missing', 'early-injection', facts, citing('conservative'));
  },
  'arteries-first': (view) => {
    const flag = view.triage?.flags.find((f) => f.condition === 'vascular');
    const exam = view.patient.intake?.examination;
    const poor =
      exam?.pedalPulses === 'absent' ||
      exam?.pedalPulses === 'reduced' ||
      (exam?.ankleBrachialIndex !== undefined && exam.ankleBrachialIndex < 0.9);
    if (flag === undefined || !poor || (flag.status !== 'raised' && flag.status !== 'possible'))
      return undefined;
    const path = exam?.ankleBrachialIndex !== undefined ? 'ankleBrachialIndex' : 'pedalPulses';
    return verdict('missing', 'arteries-first', [
      { value: exam?.[path], path: `intake.examination.${path}` },
    ]);
  },
  'six-months-care': (view) => {
    const care = view.conservativeWeeks;
    if (care === undefined) return verdict('ask', 'six-months-care', []);
    return care.value < 26
      ? verdict(
          'ask',
          'six-months-care',
          [care],
          [{ kind: 'evidence', id: 'prerequisite/si-fusion-six-months', text: 'six months of care or more' }],
        )
      : undefined;
  },
  'image-for-injection': (view) =>
    view.patient.findings === null
      ? verdict('missing', 'image-for-injection', [], [rule('rule.no-image', 'no imaging was given')])
      : undefined,
  'concordant-for-injection': concordant('injection'),
  'concordant-for-surgery': concordant('surgery'),
  'conservative-first': (view) => weeksOfCare(view, 'conservative-first', weeksFor(view, 'conservative')),
  'device-duration': (view) => {
    if (view.durationWeeks === undefined) return verdict('missing', 'device-duration', []);
    return view.durationWeeks.value < weeksFor(view, 'device')
      ? verdict(
          'stop',
          'device-duration',
          [view.durationWeeks],
          citing('device'),
          withWeeks(view.durationWeeks),
        )
      : undefined;
  },
  'failed-conservative': (view) => {
    const failed = view.prior.find((t) => ['education-exercise', 'cbt-rehabilitation'].includes(t.option));
    if (failed === undefined) return verdict('missing', 'failed-conservative', []);
    return failed.outcome === 'better' ? verdict('stop', 'failed-conservative', [failed.fact]) : undefined;
  },
  'rapidly-improving': (view) => {
    const course = intakeFact(view.patient, 'symptoms', 'course');
    return course?.value === 'improving' ? verdict('stop', 'rapidly-improving', [course]) : undefined;
  },
  'back-pain-five': (view) => {
    if (view.backNrs === undefined) return verdict('missing', 'back-pain-five', []);
    return view.backNrs.value < 5 ? verdict('stop', 'back-pain-five', [view.backNrs]) : undefined;
  },
  'not-radicular': (view) => {
    const dominant = Math.max(radicular(view), claudicant(view));
    if (dominant < 0.5) return undefined;
    return verdict('stop', 'not-radicular', [
      view.legPain ?? view.legNrs ?? { value: 'root disease more likely', path: 'findings.levels' },
    ]);
  },
  'block-not-done': (view) =>
    blockResult(view, 'medial-branch-block') === undefined
      ? undefined
      : verdict('stop', 'block-not-done', [blockFact(view, 'medial-branch-block')]),
  'block-positive': (view) => {
    const result = blockResult(view, 'medial-branch-block');
    // What radiofrequency did before says more than a block would.
    if (view.prior.some((t) => t.option === 'rf-medial-branch' && t.outcome !== undefined)) return undefined;
    if (result === 'better') return undefined;
    return verdict(result === undefined ? 'missing' : 'stop', 'block-positive', [
      blockFact(view, 'medial-branch-block'),
    ]);
  },
  'rf-repeat': (view) => {
    const past = view.prior.find((t) => t.option === 'rf-medial-branch' && t.outcome !== undefined);
    if (past === undefined) return undefined;
    return verdict(past.outcome === 'better' ? 'ask' : 'stop', 'rf-repeat', [past.fact]);
  },
  'bleeding-disorder': (view) => {
    const disorder = bleedingDisorder(view);
    return disorder === undefined ? undefined : verdict('missing', 'bleeding-disorder', [disorder]);
  },
  'two-blocks': (view) => {
    const blocks = view.prior.filter((t) => t.option === 'medial-branch-block' && t.outcome === 'better');
    return blocks.length === 1 ? verdict('caution', 'two-blocks', [blocks[0]?.fact]) : undefined;
  },
  'esi-repeat': (view) => {
    const past = view.prior.find((t) => /^(esi-|epidural)/.test(t.option));
    return past === undefined ? undefined : verdict('caution', 'esi-repeat', [past.fact]);
  },
  'si-tests': (view) => {
    const n = usableFact(view.patient, 'examination', 'sacroiliacTestsPositive');
    if (n === undefined) return verdict('missing', 'si-tests', []);
    return n.value < 3
      ? verdict('stop', 'si-tests', [n], [], { n: traced(n.value, [because(n)]) })
      : undefined;
  },
  'si-block-positive': (view) => {
    const result = blockResult(view, 'si-block');
    if (result === 'better') return undefined;
    return verdict(result === undefined ? 'missing' : 'stop', 'si-block-positive', [
      blockFact(view, 'si-block'),
    ]);
  },
  'modic-l3-s1': (view) => {
    if (view.modic === undefined) return verdict('missing', 'modic-l3-s1', []);
    return view.modic.value < 0.5 ? verdict('stop', 'modic-l3-s1', [view.modic]) : undefined;
  },
  'skeletally-mature': (view) => {
    if (view.age === undefined) return verdict('ask', 'skeletally-mature', []);
    return view.age.value < 18 ? verdict('stop', 'skeletally-mature', [view.age]) : undefined;
  },
  pacemaker: (view) => {
    const device = implantedDevice(view);
    return device === undefined
      ? undefined
      : verdict(
          'ask',
          'pacemaker',
          [device],
          [{ kind: 'evidence', id: 'contraindication/rf-medial-branch-pacemaker', text: 'needs a plan' }],
        );
  },
  'pregnancy-xray': (view) => {
    const pregnant = pastIllness(view, 'pregnancy');
    if (pregnant !== undefined) return verdict('stop', 'pregnancy-xray', [pregnant]);
    const p = intakeFact(view.patient, 'history', 'pregnancy');
    const sex = intakeFact(view.patient, 'person', 'sex');
    const fertile = view.age !== undefined && view.age.value >= 12 && view.age.value <= 55;
    return p === undefined && sex?.value === 'female' && fertile
      ? verdict('ask', 'pregnancy-xray', [sex, view.age])
      : undefined;
  },
  'open-label-shrinks': (view) => verdict('caution', 'open-label-shrinks', [view.modic]),
  'post-surgical-leg-pain': (view) => {
    const operated = spineSurgery(view);
    if (operated === undefined) {
      // A list without any operation says that there was none; one that cannot be used says nothing.
      const none = view.patient.intake?.history?.previousSpineSurgery?.length === 0;
      return verdict(none ? 'stop' : 'missing', 'post-surgical-leg-pain', []);
    }
    return view.legPain?.value === false
      ? verdict('stop', 'post-surgical-leg-pain', [operated, view.legPain])
      : undefined;
  },
  psychosis: (view) => {
    const named = namedCondition(view, /psychosis|psychotic|schizophren|psicosis|psicotico|esquizofren/);
    if (named !== undefined) return verdict('stop', 'psychosis', [named]);
    const p = view.patient.intake?.history?.psychiatric?.addOcdBipolarSchizophrenia;
    return p === 'yes'
      ? verdict('ask', 'psychosis', [
          { value: p, path: 'intake.history.psychiatric.addOcdBipolarSchizophrenia' },
        ])
      : undefined;
  },
  addiction: (view) => {
    const use = view.patient.intake?.history?.substanceUse;
    const key = (['personalAlcohol', 'personalIllegal', 'personalPrescription'] as const).find(
      (k) => use?.[k] === 'yes',
    );
    return key === undefined
      ? undefined
      : verdict('ask', 'addiction', [{ value: 'yes', path: `intake.history.substanceUse.${key}` }]);
  },
  'trial-stimulation': (view) => verdict('caution', 'trial-stimulation', [view.durationWeeks]),
  'no-safe-number': (view) => verdict('caution', 'no-safe-number', [view.durationWeeks]),
  'no-previous-surgery': (view) => {
    const operated = spineSurgery(view);
    return operated === undefined ? undefined : verdict('stop', 'no-previous-surgery', [operated]);
  },
  // The trial took only people whose multifidus works badly on examination (prone instability or lift test); fat in it points to that and proves nothing.
  'multifidus-dysfunction': (view) => {
    const fat = fattyMultifidus(view);
    return verdict(
      fat === undefined ? 'missing' : 'ask',
      'multifidus-dysfunction',
      [fat],
      [
        {
          kind: 'evidence',
          id: 'prerequisite/restorative-multifidus-dysfunction',
          text: 'dysfunction of the multifidus',
        },
      ],
    );
  },
  'stenosis-image': (view) => {
    if (view.anyStenosis === undefined) return verdict('missing', 'stenosis-image', []);
    return view.anyStenosis.value < 0.5 ? verdict('stop', 'stenosis-image', [view.anyStenosis]) : undefined;
  },
  'leg-symptoms': (view) => {
    const c = intakeFact(view.patient, 'symptoms', 'claudication');
    if (c?.value === 'yes' || view.legPain?.value === true) return undefined;
    if (view.legPain === undefined && c === undefined) return verdict('missing', 'leg-symptoms', []);
    return verdict('stop', 'leg-symptoms', [view.legPain, c]);
  },
  osteoporosis: (view) => {
    const o = pastIllness(view, 'osteoporosis');
    return o === undefined ? undefined : verdict('ask', 'osteoporosis', [o]);
  },
  nicotine: (view) => {
    const s = intakeFact(view.patient, 'history', 'smoking');
    return s?.value === 'current' ? verdict('caution', 'nicotine', [s]) : undefined;
  },
  'slip-image': (view) => {
    if (view.slip === undefined) return verdict('missing', 'slip-image', []);
    return view.slip.value < 0.5 ? verdict('stop', 'slip-image', [view.slip]) : undefined;
  },
  // The trials enrolled low-grade slips; of a higher grade they say nothing.
  'fusion-adds-nothing': (view) =>
    view.patient.findings?.levels.some((l) => (atLeast(l.meyerding, 2) ?? 0) >= 0.5) === true
      ? undefined
      : verdict('caution', 'fusion-adds-nothing', [view.slip]),
  'fusion-for-axial-pain': (view) => verdict('stop', 'fusion-for-axial-pain', [view.backNrs, view.slip]),
  'interspinous-reoperation': (view) => verdict('caution', 'interspinous-reoperation', [view.anyStenosis]),
} as const satisfies Readonly<Record<string, Check>>;
