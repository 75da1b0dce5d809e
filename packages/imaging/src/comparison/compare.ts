import type { DiscLevel, LevelFindings, SpineFindings } from '@foramen/spine';
import { DETECTABLE_CHANGE, type DetectableChange, type FollowedMeasure } from './detectable-change.ts';

/** Change of one measure between two studies. */
export interface MeasureChange {
  readonly measure: FollowedMeasure;
  readonly from: number;
  readonly to: number;
  readonly change: number;
  /** Smallest change that counts, in the measure's unit. */
  readonly detectable: number;
  readonly unit: DetectableChange['unit'];
  readonly source: string;
  readonly verdict: 'smaller' | 'unchanged' | 'greater';
}

export interface LevelComparison {
  readonly level: DiscLevel;
  /** Name of the same disc in the earlier study: another one where the numbering of one study slipped. */
  readonly earlierLevel: DiscLevel;
  readonly indexFromBottom: number;
  /** Probability that both studies name the same disc. */
  readonly confidence: number;
  readonly changes: readonly MeasureChange[];
  /** The herniation as a whole; `not-compared` says that a measure is missing in one study. */
  readonly herniation: 'shrunk' | 'stable' | 'grown' | 'appeared' | 'resolved' | 'none' | 'not-compared';
  readonly because: string;
}

export interface StudyComparison {
  readonly from?: string;
  readonly to?: string;
  readonly levels: readonly LevelComparison[];
  /** Discs of either study without a partner, and what weakens the comparison. */
  readonly limits: readonly string[];
}

/** Tissue less than this behind the corner line is no herniation to follow, mm. */
const HERNIATED_MM = 3;

export function measureChange(measure: FollowedMeasure, from: number, to: number): MeasureChange | null {
  const rule = DETECTABLE_CHANGE[measure];
  if (!rule) return null;
  const detectable = Math.max(rule.absolute, (rule.relative ?? 0) * ((Math.abs(from) + Math.abs(to)) / 2));
  const change = to - from;
  return {
    measure,
    from,
    to,
    change,
    detectable,
    unit: rule.unit,
    source: rule.source,
    verdict: Math.abs(change) <= detectable ? 'unchanged' : change < 0 ? 'smaller' : 'greater',
  };
}

function herniationVerdict(
  a: LevelFindings,
  b: LevelFindings,
  changes: readonly MeasureChange[],
): Pick<LevelComparison, 'herniation' | 'because'> {
  const before = a.measures.herniationApMm ?? a.measures.bulgeMm;
  const after = b.measures.herniationApMm ?? b.measures.bulgeMm;
  if (a.abstained !== undefined || b.abstained !== undefined || before === undefined || after === undefined) {
    return { herniation: 'not-compared', because: 'displacement was not measured in both studies' };
  }
  const was = before >= HERNIATED_MM;
  const is = after >= HERNIATED_MM;
  if (!was && !is) return { herniation: 'none', because: 'no displacement of 3 mm or more in either study' };
  const speaks = changes.filter((c) =>
    ['herniationApMm', 'herniationAreaMm2', 'herniationVolumeMm3'].includes(c.measure),
  );
  const smaller = speaks.find((c) => c.verdict === 'smaller');
  const greater = speaks.find((c) => c.verdict === 'greater');
  const text = (c: MeasureChange) =>
    `its ${SPOKEN[c.measure] ?? c.measure} changed by ${c.change > 0 ? '+' : ''}${c.change.toFixed(1)} ${c.unit.replace(/(\d)$/, superscript)}, detectable ±${c.detectable.toFixed(1)}`;
  if (smaller && greater)
    return { herniation: 'stable', because: 'depth and area changed in opposite directions' };
  if (smaller) return { herniation: is ? 'shrunk' : 'resolved', because: text(smaller) };
  if (greater) return { herniation: was ? 'grown' : 'appeared', because: text(greater) };
  return { herniation: 'stable', because: 'no measure changed by more than its detectable change' };
}

/** Measures that speak of a herniation, as they are said in a sentence. */
const SPOKEN: Readonly<Record<string, string>> = {
  herniationApMm: 'depth',
  herniationAreaMm2: 'area',
  herniationVolumeMm3: 'volume',
};
const superscript = (power: string): string => (power === '2' ? '²' : '³');

/**
 * The measure of a level. A disc whose displacement was measured and found to be no herniation is known, not unknown: what is left is as
 * deep as that displacement, and has no area once it is under a millimetre.
 */
function followed(level: LevelFindings, measure: FollowedMeasure): number | undefined {
  const own = level.measures[measure];
  const bulge = level.measures.bulgeMm;
  if (own !== undefined || level.abstained !== undefined || bulge === undefined) return own;
  if (measure === 'herniationApMm') return Math.max(0, bulge);
  return measure === 'herniationAreaMm2' && bulge < 1 ? 0 : undefined;
}

function compareLevel(a: LevelFindings, b: LevelFindings): LevelComparison {
  const changes: MeasureChange[] = [];
  for (const measure of Object.keys(DETECTABLE_CHANGE) as FollowedMeasure[]) {
    if (a.measures[measure] === undefined && b.measures[measure] === undefined) continue;
    const from = followed(a, measure);
    const to = followed(b, measure);
    if (from === undefined || to === undefined) continue;
    const change = measureChange(measure, from, to);
    if (change) changes.push(change);
  }
  return {
    level: b.level,
    earlierLevel: a.level,
    indexFromBottom: b.indexFromBottom,
    confidence: Math.min(a.confidence, b.confidence),
    changes,
    ...herniationVerdict(a, b, changes),
  };
}

/**
 * How many levels the second study's numbering must be moved by for its discs to fit the first's, from the heights and depths of the
 * discs: 0 unless another shift fits clearly better (a numbering that slipped by a transitional level).
 */
function bestShift(a: readonly LevelFindings[], b: readonly LevelFindings[]): number {
  const cost = (shift: number): number => {
    let sum = 0;
    let n = 0;
    for (const x of a) {
      const y = b.find((l) => l.indexFromBottom === x.indexFromBottom + shift);
      if (!y) continue;
      for (const m of ['heightMiddleMm', 'depthMm', 'segmentalAngleDeg'] as const) {
        const p = x.measures[m];
        const q = y.measures[m];
        if (p === undefined || q === undefined) continue;
        const scale = m === 'segmentalAngleDeg' ? 4 : m === 'depthMm' ? 1.5 : 1;
        sum += Math.min(4, ((p - q) / scale) ** 2);
        n++;
      }
    }
    return n >= 6 ? sum / n : Number.POSITIVE_INFINITY;
  };
  const here = cost(0);
  let best = 0;
  for (const shift of [-1, 1])
    if (cost(shift) < 0.4 * here && here > 1 && cost(shift) < cost(best)) best = shift;
  return best;
}

/** Compares two studies of one person, disc by disc. Earlier study first. */
export function compareStudies(earlier: SpineFindings, later: SpineFindings): StudyComparison {
  const limits: string[] = [];
  const shift = bestShift(earlier.levels, later.levels);
  if (shift !== 0) {
    limits.push(
      'the discs of the two studies fit better when one is moved by a level: the numbering of one of them is wrong',
    );
  }
  if (earlier.series.length > 0 && later.series.length > 0) {
    const a = earlier.series[0]?.spacingMm;
    const b = later.series[0]?.spacingMm;
    if (a && b && Math.max(a[2] / b[2], b[2] / a[2]) > 1.5) {
      limits.push('slice thickness differs between the studies: widths and volumes are less comparable');
    }
  }
  const levels: LevelComparison[] = [];
  for (const b of later.levels) {
    const a = earlier.levels.find((l) => l.indexFromBottom + shift === b.indexFromBottom);
    if (a) levels.push(compareLevel(a, b));
    else limits.push(`${b.level} is not in the earlier study`);
  }
  for (const a of earlier.levels) {
    if (!later.levels.some((b) => a.indexFromBottom + shift === b.indexFromBottom)) {
      limits.push(`${a.level} is not in the later study`);
    }
  }
  return {
    ...(earlier.studyDate !== undefined ? { from: earlier.studyDate } : {}),
    ...(later.studyDate !== undefined ? { to: later.studyDate } : {}),
    levels,
    limits,
  };
}

/** One measure of one level over any number of studies. */
export interface MeasureCourse {
  readonly level: DiscLevel;
  readonly measure: FollowedMeasure;
  /** One entry a study, in the order given; null where it was not measured. */
  readonly values: readonly (number | null)[];
  /** Each study against the first one that has a value. */
  readonly verdicts: readonly ('baseline' | 'smaller' | 'unchanged' | 'greater' | 'not-measured')[];
}

export interface StudyCourse {
  readonly dates: readonly (string | null)[];
  readonly courses: readonly MeasureCourse[];
  /** Each study against the one before. */
  readonly steps: readonly StudyComparison[];
}

/** Follows every measure over studies, oldest first. */
export function followStudies(studies: readonly SpineFindings[]): StudyCourse {
  const levels = [...new Set(studies.flatMap((s) => s.levels.map((l) => l.level)))];
  const courses: MeasureCourse[] = [];
  for (const level of levels) {
    for (const measure of Object.keys(DETECTABLE_CHANGE) as FollowedMeasure[]) {
      const seenAs = studies.map((s) => s.levels.find((l) => l.level === level));
      if (!seenAs.some((l) => l?.measures[measure] !== undefined)) continue;
      const values = seenAs.map((l) => (l === undefined ? null : (followed(l, measure) ?? null)));
      const baseline = values.find((v) => v !== null);
      if (baseline === undefined || baseline === null) continue;
      let seen = false;
      const verdicts = values.map((v): MeasureCourse['verdicts'][number] => {
        if (v === null) return 'not-measured';
        if (!seen) {
          seen = true;
          return 'baseline';
        }
        return measureChange(measure, baseline, v)?.verdict ?? 'unchanged';
      });
      courses.push({ level, measure, values, verdicts });
    }
  }
  return {
    dates: studies.map((s) => s.studyDate ?? null),
    courses,
    steps: studies.slice(1).map((s, i) => compareStudies(studies[i] as SpineFindings, s)),
  };
}
