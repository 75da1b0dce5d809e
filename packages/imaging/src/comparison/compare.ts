import {
  type DiscLevel,
  decimals,
  type LevelFindings,
  LUMBAR_DISCS_FROM_BELOW,
  type SequenceRole,
  type SpineFindings,
  signed,
} from '@foramen/spine';
import { DETECTABLE_CHANGE, type DetectableChange, type FollowedMeasure } from './detectable-change.ts';
import { pairDiscs } from './pairing.ts';

/** Change of one measure between two studies. */
interface MeasureChange {
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
  /** Probability that this is one disc in both studies, from names and shape. */
  readonly confidence: number;
  readonly changes: readonly MeasureChange[];
  /** The herniation as a whole; `not-compared` says that a measure is missing in one study. */
  readonly herniation: 'shrunk' | 'stable' | 'grown' | 'appeared' | 'resolved' | 'none' | 'not-compared';
  readonly because: string;
}

interface StudyComparison {
  readonly from?: string;
  readonly to?: string;
  readonly levels: readonly LevelComparison[];
  /** Discs of either study without a partner, and what weakens the comparison. */
  readonly limits: readonly string[];
}

/** Tissue less than this behind the corner line is no herniation to follow, mm. */
const HERNIATED_MM = 3;

function measureChange(measure: FollowedMeasure, from: number, to: number): MeasureChange | null {
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
    `its ${SPOKEN[c.measure] ?? c.measure} changed by ${signed(c.change, 1)} ${c.unit.replace(/(\d)$/, superscript)}, detectable ±${decimals(c.detectable, 1)}`;
  if (smaller && greater)
    return { herniation: 'stable', because: 'depth and area changed in opposite directions' };
  if (smaller) return { herniation: is ? 'shrunk' : 'resolved', because: text(smaller) };
  if (greater) return { herniation: was ? 'grown' : 'appeared', because: text(greater) };
  const beside = withCanal(changes);
  if (beside) {
    const because = `${text(beside.depth)}, and ${text(beside.canal)}`;
    return beside.depth.verdict === 'smaller'
      ? { herniation: is ? 'shrunk' : 'resolved', because }
      : { herniation: was ? 'grown' : 'appeared', because };
  }
  return { herniation: 'stable', because: 'no measure changed by more than its detectable change' };
}

/**
 * Depth at the disc and the sac behind it, both changed beyond what is detectable and against each other. The two are outlined apart, so that together they
 * tell what a herniation's greatest depth alone, which repeats least well of all, does not.
 */
function withCanal(
  changes: readonly MeasureChange[],
): { readonly depth: MeasureChange; readonly canal: MeasureChange } | null {
  const depth = changes.find((c) => c.measure === 'bulgeMm');
  const canal = changes.find((c) => c.measure === 'canalApMm');
  if (!depth || !canal || depth.verdict === 'unchanged' || canal.verdict === 'unchanged') return null;
  return depth.verdict === canal.verdict ? null : { depth, canal };
}

/** Measures that speak of a herniation, as they are said in a sentence. */
const SPOKEN: Readonly<Record<string, string>> = {
  herniationApMm: 'depth',
  herniationAreaMm2: 'area',
  herniationVolumeMm3: 'volume',
  bulgeMm: 'depth at the disc',
  canalApMm: 'sac behind it',
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

function compareLevel(
  a: LevelFindings,
  b: LevelFindings,
  p: number,
  sameWeighting: boolean,
): LevelComparison {
  const changes: MeasureChange[] = [];
  for (const measure of Object.keys(DETECTABLE_CHANGE) as FollowedMeasure[]) {
    if (a.measures[measure] === undefined && b.measures[measure] === undefined) continue;
    if (!sameWeighting && DETECTABLE_CHANGE[measure]?.sameWeighting) continue;
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
    confidence: p,
    changes,
    ...herniationVerdict(a, b, changes),
  };
}

/** Role of the series that was measured; undefined where the picture's own weighting is not known. */
function weightingOf(study: SpineFindings): SequenceRole | undefined {
  const uid = study.levels[0]?.because.seriesUid;
  const role = (study.series.find((s) => uid !== undefined && s.seriesUid === uid) ?? study.series[0])?.role;
  return role === 'unknown' || role === 'sagittal-unknown' ? undefined : role;
}

/** Compares two studies of one person, disc by disc: the same disc by place and shape, its names being a check. Earlier study first. */
export function compareStudies(earlier: SpineFindings, later: SpineFindings): StudyComparison {
  const pairing = pairDiscs(earlier, later);
  const limits: string[] = pairing.remark === undefined ? [] : [pairing.remark];
  if (earlier.series.length > 0 && later.series.length > 0) {
    const a = earlier.series[0]?.spacingMm;
    const b = later.series[0]?.spacingMm;
    if (a && b && Math.max(a[2] / b[2], b[2] / a[2]) > 1.5) {
      limits.push('slice thickness differs between the studies: widths and volumes are less comparable');
    }
  }
  const [was, is] = [weightingOf(earlier), weightingOf(later)];
  const sameWeighting = was === undefined || is === undefined || was === is;
  if (!sameWeighting) {
    limits.push(
      `the earlier study was read on ${was}, the later on ${is}: the canal, which is outlined differently on them, and signals are not compared`,
    );
  }
  const paired = new Set(pairing.pairs.flat());
  const alone = (study: SpineFindings, where: string): string[] =>
    study.levels.filter((l) => !paired.has(l)).map((l) => `${l.level} is not in the ${where} study`);
  return {
    ...(earlier.studyDate !== undefined ? { from: earlier.studyDate } : {}),
    ...(later.studyDate !== undefined ? { to: later.studyDate } : {}),
    levels: pairing.pairs.map(([a, b]) => compareLevel(a, b, pairing.p, sameWeighting)),
    limits: [...limits, ...alone(later, 'earlier'), ...alone(earlier, 'later')],
  };
}

/** One measure of one level over any number of studies. */
export interface MeasureCourse {
  /** As the newest study names the disc. */
  readonly level: DiscLevel;
  /** What each study calls this disc, where one of them calls it otherwise; null where it does not show it. */
  readonly names?: readonly (DiscLevel | null)[];
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

/** Follows every measure over studies, oldest first. Discs are paired with those of the newest study, whatever each study calls them. */
export function followStudies(studies: readonly SpineFindings[]): StudyCourse {
  const courses: MeasureCourse[] = [];
  const newest = studies.at(-1);
  const weighting = newest && weightingOf(newest);
  const otherwise = studies.map((s) => {
    const own = weightingOf(s);
    return own !== undefined && weighting !== undefined && own !== weighting;
  });
  for (const { level, seenAs } of tracks(studies)) {
    const names = seenAs.map((l) => l?.level ?? null);
    const renamed = names.some((name) => name !== null && name !== level);
    for (const measure of Object.keys(DETECTABLE_CHANGE) as FollowedMeasure[]) {
      if (!seenAs.some((l) => l?.measures[measure] !== undefined)) continue;
      const values = seenAs.map((l, n) =>
        l === undefined || (DETECTABLE_CHANGE[measure]?.sameWeighting && otherwise[n] === true)
          ? null
          : (followed(l, measure) ?? null),
      );
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
      courses.push({ level, ...(renamed ? { names } : {}), measure, values, verdicts });
    }
  }
  return {
    dates: studies.map((s) => s.studyDate ?? null),
    courses,
    steps: studies.slice(1).map((s, i) => compareStudies(studies[i] as SpineFindings, s)),
  };
}

interface Track {
  readonly level: DiscLevel;
  /** The disc in each study; undefined where it is not shown. */
  readonly seenAs: (LevelFindings | undefined)[];
}

/** Discs through all studies, named as the newest names them; one it does not show is named by counting on from those it does. */
function tracks(studies: readonly SpineFindings[]): Track[] {
  const newest = studies.at(-1);
  if (!newest) return [];
  const none = () => studies.map((): LevelFindings | undefined => undefined);
  const out: Track[] = newest.levels.map((l) => {
    const seenAs = none();
    seenAs[studies.length - 1] = l;
    return { level: l.level, seenAs };
  });
  studies.slice(0, -1).forEach((study, n) => {
    const { pairs } = pairDiscs(study, newest);
    const partner = new Map(pairs);
    const shift = pairs[0] === undefined ? 0 : placeOf(pairs[0][1].level) - placeOf(pairs[0][0].level);
    for (const own of study.levels) {
      const level = partner.get(own)?.level ?? LUMBAR_DISCS_FROM_BELOW[placeOf(own.level) + shift];
      if (level === undefined) continue;
      let track = out.find((t) => t.level === level);
      if (track === undefined) {
        track = { level, seenAs: none() };
        out.push(track);
      }
      track.seenAs[n] = own;
    }
  });
  return out.sort((a, b) => placeOf(a.level) - placeOf(b.level));
}

/** Place from below in an ordinary spine; six lumbar vertebrae share the places of the lowest discs. */
function placeOf(level: DiscLevel): number {
  const ordinary: readonly DiscLevel[] = LUMBAR_DISCS_FROM_BELOW;
  const place = ordinary.indexOf(level);
  return place >= 0 ? place : level === 'L6-S1' ? 0 : 1;
}
