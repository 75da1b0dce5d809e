import type { LevelFindings } from '@foramen/spine';
import type { CropSource } from '../grades/disc-crop.ts';
import { discCrop } from '../grades/disc-crop.ts';
import type { DiscRules } from '../grades/disc-rules.ts';
import { endplateFeatures } from '../grades/endplate-features.ts';
import { discFeatures } from '../grades/features.ts';
import { type Available, gradeByRules, type LevelGrades } from '../grades/grade-disc.ts';
import { type Graded, type GraderInput, runGrader, withNeighbours } from '../grades/grader.ts';
import type { GraderModel } from '../grades/grader-model.ts';
import { cutGrade, medianGrade, mostProbable } from '../grades/ordinal.ts';
import { wideCrops } from '../grades/wide-crop.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { RunNetwork } from '../segmentation/network.ts';

/** One disc with the pictures it can be seen on. */
export interface GradableDisc {
  readonly measured: MeasuredDisc;
  readonly t2: CropSource | null;
  readonly t1: CropSource | null;
}

/** Input of the grader for every disc of a person, lowest first. */
export function graderInputs(discs: readonly GradableDisc[]): GraderInput[] {
  const features = withNeighbours(discs.map((d) => discFeatures(d.measured)));
  const t2 = wideCrops(discs.map((d) => d.t2));
  const t1 = wideCrops(discs.map((d) => d.t1));
  return discs.map((d, i) => ({
    crop: discCrop(d.t2, d.t1),
    wide: { t2: t2[i] ?? null, t1: t1[i] ?? null },
    features: { ...features[i], ...endplateFeatures(d.t2, d.t1) },
    has: { t1: d.t1 !== null, t2: d.t2 !== null },
  }));
}

const PRESENCES = [
  'endplateUpper',
  'endplateLower',
  'spondylolisthesis',
  'herniation',
  'narrowing',
  'bulging',
] as const;
const VECTORS = ['pfirrmann', 'modic'] as const;

function mixed(net: readonly number[], rules: readonly number[] | null, weight: number): number[] {
  if (!rules || rules.length !== net.length) return [...net];
  return net.map((p, i) => weight * p + (1 - weight) * (rules[i] as number));
}

/** Which series the network lacks for this output; null when it has what it needs, or does not know it. */
function lackingSeries(
  model: GraderModel,
  field: (typeof VECTORS)[number],
  has: GraderInput['has'],
): string | null {
  const needs = model.outputs.find((output) => output.field === field)?.needs ?? [];
  const lacking = needs.filter((series) => !has[series]).map((series) => series.toUpperCase());
  return lacking.length === 0 ? null : `needs ${lacking.join(' and ')} as well`;
}

/** The network's probabilities take the place of the rules', or are mixed with them where the model's card says so. */
function joinGrades(
  rules: LevelGrades,
  net: Graded,
  model: GraderModel,
  has: GraderInput['has'],
): LevelGrades {
  const out: Record<string, unknown> = { ...rules };
  for (const field of VECTORS) {
    const g = net[field];
    if (!g) {
      // No rule knows Modic: without the network's answer it is the network's want that is said.
      const lacking = field === 'modic' ? lackingSeries(model, field, has) : null;
      if (lacking !== null) out[field] = { abstained: lacking };
      continue;
    }
    const own = rules[field];
    const p = mixed(g.p, own && 'p' in own ? own.p : null, model.weight[field] ?? 1);
    // Pfirrmann's grades are a scale, Modic's types are kinds.
    const scale = (): number => (g.cuts ? cutGrade(g.grades, p, g.cuts) : medianGrade(g.grades, p));
    const grade = field === 'pfirrmann' ? scale() : mostProbable(g.grades, p);
    // Counted from 0 in the model, in the scale's own numbering for those who read it.
    const cuts = field === 'pfirrmann' ? g.cuts?.map((cut) => cut + (g.grades[0] ?? 0)) : undefined;
    out[field] = { grade, p, ...(cuts ? { cuts } : {}) } satisfies LevelFindings['pfirrmann'];
  }
  for (const field of PRESENCES) {
    const g = net[field];
    if (!g) continue;
    const own = rules[field];
    const p = mixed([g.p[1] ?? 0], own && 'p' in own ? [own.p] : null, model.weight[field] ?? 1);
    out[field] = { p: p[0] as number };
  }
  return out as LevelGrades;
}

/** Grades of every disc: rules on measures, joined by the network where there is one. */
export async function gradeLevels(
  discs: readonly GradableDisc[],
  rules: DiscRules,
  grader: GraderModel | null,
  run: RunNetwork,
  available: Available,
): Promise<LevelGrades[]> {
  const inputs = graderInputs(discs);
  const byRules = discs.map((d, i) => gradeByRules(d.measured, inputs[i]?.features ?? {}, rules, available));
  if (!grader) return byRules;
  const seen = discs.map((d, i) => ({ d, i })).filter(({ d }) => d.t1 !== null || d.t2 !== null);
  const graded = await runGrader(
    run,
    grader,
    seen.map(({ i }) => inputs[i] as GraderInput),
  );
  const out = [...byRules];
  seen.forEach(({ i }, k) => {
    out[i] = joinGrades(
      byRules[i] as LevelGrades,
      graded[k] as Graded,
      grader,
      (inputs[i] as GraderInput).has,
    );
  });
  return out;
}
