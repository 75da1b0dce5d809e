import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { PatientCase, Reason } from '@foramen/spine';
import { type EarlierTest, earlierTests } from '../case/earlier-treatments.ts';
import { ageOf, answered, because, type Seen, unlessWithheld, usableFact } from '../facts.ts';
import type { ImageContact } from '../roots/contacts.ts';
import { anyLegPain, belowKneePain, regionsOf } from '../roots/signs.ts';
import type { Condition } from './condition.ts';
import { examinationReadings } from './examination-readings.ts';
import { type Add, imageReadings, yes } from './image-readings.ts';
import { inflammatoryReadings } from './inflammatory-readings.ts';
import type { LogRatio } from './posterior.ts';

/** One test result brought to bear on one hypothesis. */
export interface Reading extends LogRatio<Condition> {
  readonly test: string;
  readonly evidence: string;
  /** Probability that the test is positive: 1 or 0 where it was answered, between where an image was graded. */
  readonly positive: number;
  readonly facts: readonly Seen<unknown>[];
}

const Z = 3.92;

function errorOf(interval: readonly [number, number] | null | undefined, value: number): number {
  if (interval === null || interval === undefined) return 0.35;
  const lo = Math.max(interval[0], 0.005);
  const hi = Math.max(interval[1], lo * 1.0001);
  return Math.max((Math.log(hi) - Math.log(lo)) / Z, Math.abs(Math.log(value)) * 0.02);
}

/**
 * The ratio of a result that is itself only probable (an image grade): what would be believed after a sure yes and after a sure no, mixed by its
 * probability, and read back as a ratio at the base rate (Jeffrey's rule). The mean of the two ratios would let a grade of "no change", five
 * in a hundred unsure, speak for the change wherever the positive ratio is large.
 * @param p probability that the result is positive. @param prior base rate of the condition, 0 to 1.
 */
export function probableRatio(p: number, plus: number, minus: number, prior: number): number {
  if (p === 1) return plus;
  if (p === 0) return minus;
  // Without a base rate there is nothing to believe before or after.
  if (prior <= 0 || prior >= 1) return p * plus + (1 - p) * minus;
  const after = (ratio: number): number => (prior * ratio) / (prior * ratio + 1 - prior);
  const mixed = p * after(plus) + (1 - p) * after(minus);
  return (mixed * (1 - prior)) / ((1 - mixed) * prior);
}

/** A reading, or undefined where the record has no ratio for that result: then the result says nothing. */
function reading(
  base: EvidenceBase,
  prior: number,
  condition: Condition,
  evidence: string,
  positive: number,
  facts: readonly Seen<unknown>[],
  group?: string,
): Reading | undefined {
  const record = recordOf('likelihood', evidence, base);
  const plus = record.positive ?? null;
  const minus = record.negative ?? null;
  if (!(positive >= 0 && positive <= 1)) return undefined;
  if (positive === 1 && plus === null) return undefined;
  if (positive === 0 && minus === null) return undefined;
  const lrPlus = plus?.value ?? 1;
  const lrMinus = minus?.value ?? 1;
  const value = probableRatio(positive, lrPlus, lrMinus, prior);
  const error =
    positive * errorOf(plus?.interval, lrPlus) + (1 - positive) * errorOf(minus?.interval, lrMinus);
  return {
    condition,
    group: group ?? record.correlated ?? record.test,
    log: Math.log(value),
    error,
    test: record.test,
    evidence,
    positive,
    facts,
  };
}

/**
 * Every test result the case holds, as ratios for each hypothesis it bears on. What was not asked or not seen gives
 * no reading: missing is never negative.
 */
export function readings(
  patient: PatientCase,
  contacts: readonly ImageContact[],
  priors: ReadonlyMap<Condition, number>,
  base: EvidenceBase = EVIDENCE,
): readonly Reading[] {
  const out: Reading[] = [];
  const total = [...priors.values()].reduce((a, b) => a + b, 0);
  const add = (
    condition: Condition,
    id: string,
    positive: number,
    facts: readonly (Seen<unknown> | undefined)[],
    group?: string,
  ): void => {
    const known = facts.filter((f) => f !== undefined);
    const r = reading(base, (priors.get(condition) ?? 0) / total, condition, id, positive, known, group);
    if (r !== undefined) out.push(r);
  };
  history(patient, add);
  inflammatoryReadings(patient, add);
  blocks(patient, add);
  examinationReadings(patient, add);
  imageReadings(patient, contacts, add, base);
  return out;
}

/** What each diagnostic block speaks for. */
const BLOCKS: Readonly<Partial<Record<EarlierTest['test'], readonly [Condition, string]>>> = {
  'medial-branch-block': ['facet', 'lr/care-next-medial-branch-block'],
  'sacroiliac-block': ['sacroiliac', 'lr/care-next-si-block'],
  'selective-root-block': ['herniation', 'lr/care-next-root-block'],
};

/** Diagnostic blocks that were made: relief speaks for the structure, no relief against it. Repeats are correlated. */
function blocks(patient: PatientCase, add: Add): void {
  for (const { test, outcome, fact } of earlierTests(patient)) {
    const speaks = BLOCKS[test];
    if (outcome === undefined || speaks === undefined) continue;
    const [condition, id] = speaks;
    const result = {
      value: outcome,
      path: fact.path.replace(/treatment$/, 'outcome'),
      shown: `${fact.value} ${outcome}`,
    };
    add(condition, id, yes(outcome === 'better'), [result], `block-${condition}`);
  }
}

/** Pain in front or on the inside of a thigh, where the roots L2 to L4 hurt. */
const thighOfUpperRoot = (patient: PatientCase): boolean =>
  (regionsOf(patient) ?? []).some((r) => r.region === 'anterior-thigh' || r.region === 'medial-thigh');

function history(patient: PatientCase, add: Add): void {
  const knee = belowKneePain(patient);
  if (knee !== undefined) {
    const p = yes(knee.value);
    // Pain of the sciatic nerve was studied where almost all herniations are of the two lowest discs: a thigh that hurts in front or
    // on the inside is the pain of an upper root, and its end above the knee denies nothing.
    if (knee.value || !thighOfUpperRoot(patient)) {
      add('herniation', 'lr/care-sciatica-herniation', p, [knee]);
      add('lateral-recess-stenosis', 'lr/care-leg-pain-lateral-recess', p, [knee]);
    }
    for (const c of ['disc', 'facet', 'sacroiliac', 'hip', 'fracture'] as const) {
      add(c, `lr/care-leg-pain-${c}`, p, [knee]);
    }
  }
  const leg = anyLegPain(patient);
  if (leg !== undefined) {
    const p = yes(leg.value);
    add('foraminal-stenosis', 'lr/care-leg-pain-foraminal', p, [leg]);
    add('central-stenosis', 'lr/care-leg-pain-central', p, [leg], 'stenosis-history');
    add('peripheral-mimic', 'lr/care-leg-pain-mimic', p, [leg]);
    add('vascular-claudication', 'lr/care-leg-pain-vascular', p, [leg]);
  }
  const legNrs = usableFact(patient, 'symptoms', 'legPainNrs');
  const backNrs = usableFact(patient, 'symptoms', 'backPainNrs');
  if (legNrs !== undefined && backNrs !== undefined) {
    add('non-specific', 'lr/care-leg-dominant-non-specific', yes(legNrs.value > backNrs.value), [
      legNrs,
      backNrs,
    ]);
  }
  const age = unlessWithheld(patient, ageOf(patient));
  if (age !== undefined) {
    if (age.value > 70) add('central-stenosis', 'lr/stenosis-age-over-70', 1, [age], 'age');
    if (age.value < 60) add('central-stenosis', 'lr/stenosis-age-under-60', 1, [age], 'age');
    const old = yes(age.value > 60);
    add('lateral-recess-stenosis', 'lr/care-young-stenosis', old, [age]);
    add('foraminal-stenosis', 'lr/care-age-foraminal', old, [age]);
    add('facet', 'lr/care-age-facet', old, [age]);
    add('herniation', 'lr/care-age-herniation', old, [age]);
    add('spondylolisthesis', 'lr/care-age-slip', old, [age]);
    add('spondylolysis', 'lr/care-age-spondylolysis', yes(age.value < 20), [age]);
  }
  const ask = (
    key:
      | Parameters<typeof usableFact<'symptoms', 'claudication'>>[2]
      | 'reliefSitting'
      | 'reliefBendingForward'
      | 'bilateralLegSymptoms'
      | 'worseStanding'
      | 'worseBendingBackward',
  ): Seen<boolean> | undefined => {
    const fact = usableFact(patient, 'symptoms', key);
    const value = answered(fact as Seen<string> | undefined);
    return fact === undefined || value === undefined
      ? undefined
      : { value, path: fact.path, shown: fact.value };
  };
  const claudication = ask('claudication');
  if (claudication !== undefined) {
    const p = yes(claudication.value);
    add('central-stenosis', 'lr/stenosis-claudication', p, [claudication]);
    add('lateral-recess-stenosis', 'lr/care-claudication-recess', p, [claudication]);
    add('vascular-claudication', 'lr/care-claudication-vascular', p, [claudication]);
  }
  const sitting = ask('reliefSitting');
  if (sitting !== undefined) {
    const id = sitting.value ? 'lr/stenosis-no-pain-seated' : 'lr/stenosis-pain-seated';
    add('central-stenosis', id, yes(sitting.value), [sitting]);
  }
  const forward = ask('reliefBendingForward');
  if (forward !== undefined) {
    const id = forward.value ? 'lr/stenosis-better-forward' : 'lr/stenosis-not-better-forward';
    add('central-stenosis', id, yes(forward.value), [forward]);
    add('vascular-claudication', 'lr/care-sitting-relief-vascular', yes(forward.value), [forward]);
  }
  const both = ask('bilateralLegSymptoms');
  if (both !== undefined) add('central-stenosis', 'lr/stenosis-bilateral-pain', yes(both.value), [both]);
  const standing = ask('worseStanding');
  if (standing !== undefined)
    add('spondylolisthesis', 'lr/care-walking-slip', yes(standing.value), [standing]);
  const backward = ask('worseBendingBackward');
  if (backward !== undefined) add('facet', 'lr/care-extension-facet', yes(backward.value), [backward]);
  const regions = regionsOf(patient);
  if (regions !== undefined && regions.length > 0) {
    const i = regions.findIndex((r) => r.region === 'groin');
    const at = {
      value: i >= 0 ? 'groin' : 'no groin pain',
      path: i >= 0 ? `intake.symptoms.regions[${i}].region` : 'intake.symptoms.regions',
    };
    add('hip', 'lr/care-groin-hip', yes(i >= 0), [at]);
    // Pain beside the spine alone speaks for the sacroiliac joint, pain in the middle against it (Han 2023).
    const back = regions.findIndex((r) => r.region === 'low-back');
    const side = regions[back]?.side;
    const path = back >= 0 ? `intake.symptoms.regions[${back}]` : 'intake.symptoms.regions';
    // They were people with back pain: pain in a leg alone says nothing of the joint.
    const behind = (backNrs?.value ?? 0) > 0 || regions.some((r) => r.region === 'buttock');
    if (back < 0 ? behind : side === 'left' || side === 'right')
      add('sacroiliac', 'lr/sij-no-midline', 1, [{ value: 'no pain in the middle of the back', path }]);
    else if (side === 'midline')
      add('sacroiliac', 'lr/sij-no-midline', 0, [{ value: 'pain in the middle of the back', path }]);
  }
}

/** The reasons behind a reading: what was found, and the record that weighs it. */
export function readingReasons(r: Reading, base: EvidenceBase = EVIDENCE): readonly Reason[] {
  const record = recordOf('likelihood', r.evidence, base);
  return [...r.facts.map(because), { kind: 'evidence', id: r.evidence, text: record.test }];
}
