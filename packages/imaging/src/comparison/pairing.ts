import type { LevelFindings, LevelMeasures, SpineFindings } from '@foramen/spine';
import { vertebraAbove } from '@foramen/spine';

/** Which disc of an earlier study is which of a later one. */
export interface Pairing {
  /** Pairs of one disc, earlier then later, from the bottom up. */
  readonly pairs: readonly (readonly [LevelFindings, LevelFindings])[];
  /** Probability that this is the right pairing, from the names and from the shape of the column. */
  readonly p: number;
  /** Whether every pair carries one name. */
  readonly namesAgree: boolean;
  /** Set when shape and names do not say the same, or shape cannot tell. */
  readonly remark?: string;
}

/** What tells one disc of a person from the next; each with how far two readings of one disc lie apart (standard deviation, years between included). */
const SHAPE: readonly (readonly [keyof LevelMeasures, number])[] = [
  ['heightMiddleMm', 1.3],
  ['heightPosteriorMm', 1.3],
  ['depthMm', 1.8],
  ['segmentalAngleDeg', 4],
];
const SIGNAL_SD = 0.45;
const TILT_SD = 5;
const BODY_SD = 1.6;
const PITCH_SD = 1.8;
/** Measures of one disc go together, and one bad outline must not decide. */
const CORRELATED = 0.35;
const MOST = 9;
/** Fewest measures of a shift that are compared, and greatest shift that is tried. */
const FEWEST = 4;
const FURTHEST = 3;
/** What is left for every further shift when names may be wrong by one. */
const FALL = 0.15;
/** Certainty from which a pairing against the names is believed. */
const BELIEVED = 0.8;

interface Described {
  readonly level: LevelFindings;
  readonly values: ReadonlyMap<string, readonly [number, number]>;
}

/** Tilt of each disc against the picture's horizontal in degrees, front lower positive, and distance to the disc above, mm; from the points of the measures. */
function places(
  findings: SpineFindings,
  levels: readonly LevelFindings[],
): ReadonlyMap<LevelFindings, { tilt: number; x: number; y: number }> {
  const out = new Map<LevelFindings, { tilt: number; x: number; y: number }>();
  for (const level of levels) {
    const { landmarks, because } = level;
    const series = findings.series.find((s) => s.seriesUid === because.seriesUid) ?? findings.series[0];
    if (!landmarks || !series) continue;
    const [sx, sy] = series.spacingMm;
    const points = [...landmarks.upper, ...landmarks.lower].map(([i, j]) => [i * sx, j * sy] as const);
    const [ua, up, la, lp] = points;
    if (!ua || !up || !la || !lp) continue;
    const [dx, dy] = [up[0] + lp[0] - ua[0] - la[0], up[1] + lp[1] - ua[1] - la[1]];
    out.set(level, {
      // A mirrored picture is told by its back lying to the left.
      tilt: (Math.atan2(-dy, Math.abs(dx)) * 180) / Math.PI,
      x: points.reduce((s, p) => s + p[0] / 4, 0),
      y: points.reduce((s, p) => s + p[1] / 4, 0),
    });
  }
  const all = levels.flatMap((l) => out.get(l) ?? []);
  const [low, high] = [all[0], all.at(-1)];
  // Upside down: the lowest disc lies at the top of the picture.
  if (low && high && low.y < high.y) for (const p of out.values()) p.tilt = -p.tilt;
  return out;
}

function describe(findings: SpineFindings, levels: readonly LevelFindings[]): readonly Described[] {
  const at = places(findings, levels);
  return levels.map((level, n): Described => {
    const values = new Map<string, readonly [number, number]>();
    for (const [key, sd] of SHAPE) {
      const v = level.measures[key];
      if (typeof v === 'number') values.set(key, [v, sd]);
    }
    const { signalRatioToCsf } = level.measures;
    if (signalRatioToCsf !== undefined && signalRatioToCsf > 0)
      values.set('signal', [Math.log(signalRatioToCsf), SIGNAL_SD]);
    const own = at.get(level);
    if (own) values.set('tilt', [own.tilt, TILT_SD]);
    const above = levels[n + 1];
    const next = above && at.get(above);
    if (own && next) values.set('pitch', [Math.hypot(own.x - next.x, own.y - next.y), PITCH_SD]);
    const body = findings.vertebrae.find((v) => v.vertebra === vertebraAbove(level.level));
    if (body?.heightAnteriorMm !== undefined) values.set('front', [body.heightAnteriorMm, BODY_SD]);
    if (body?.heightPosteriorMm !== undefined) values.set('back', [body.heightPosteriorMm, BODY_SD]);
    return { level, values };
  });
}

const fromBelow = (findings: SpineFindings): LevelFindings[] =>
  [...findings.levels].sort((a, b) => a.indexFromBottom - b.indexFromBottom);

/** Mean squared difference of two columns shifted against each other, in standard deviations, and of how many measures. */
function misfit(
  a: readonly Described[],
  b: readonly Described[],
  shift: number,
): { readonly sum: number; readonly n: number } {
  let sum = 0;
  let n = 0;
  a.forEach((x, i) => {
    const y = b[i + shift];
    if (!y) return;
    for (const [key, [v, sd]] of x.values) {
      const w = y.values.get(key);
      if (!w) continue;
      sum += Math.min(MOST, ((v - w[0]) / sd) ** 2);
      n++;
    }
  });
  return { sum, n };
}

/**
 * Pairs the discs of two studies of one person: the columns are laid beside each other at every shift, and the shift under which heights, depths,
 * angles, tilts, spacing and vertebrae fit best is weighed against the names. Names alone decide where too little was measured. A study whose
 * numbering slipped by one (a sixth lumbar vertebra, a picture that ends above the sacrum) is so paired with the same discs.
 */
export function pairDiscs(earlier: SpineFindings, later: SpineFindings): Pairing {
  const [levelsA, levelsB] = [fromBelow(earlier), fromBelow(later)];
  const [a, b] = [describe(earlier, levelsA), describe(later, levelsB)];
  const byName = shiftOfNames(levelsA, levelsB);
  const named = Math.min(
    0.98,
    ...[levelsA, levelsB].flatMap((all) =>
      all.length > 0 ? [Math.max(...all.map((l) => l.confidence))] : [0],
    ),
  );
  const tried = Array.from({ length: 2 * FURTHEST + 1 }, (_, n) => byName + n - FURTHEST)
    .map((shift) => ({ shift, ...misfit(a, b, shift) }))
    .filter((t) => t.shift === byName || t.n >= FEWEST);
  // Nothing to compare by: the names are as good as they are.
  if (tried.length === 1) return byNames(levelsA, levelsB, byName, named);
  const own = tried.find((t) => t.shift === byName) as (typeof tried)[number];
  // Fewer pairs must not win by having less to disagree about: every shift is judged by its mean, over as many measures as the smaller of two.
  const weighed = tried.map((t) => {
    const steps = Math.abs(t.shift - byName);
    const prior = steps === 0 ? Math.max(0.5, named) : (1 - Math.max(0.5, named)) * 0.5 * FALL ** (steps - 1);
    const compared = Math.min(t.n, own.n);
    const mean = t.n > 0 && own.n > 0 ? t.sum / t.n - own.sum / own.n : 0;
    return { shift: t.shift, n: t.n, weight: prior * Math.exp(-0.5 * CORRELATED * compared * mean) };
  });
  const total = weighed.reduce((sum, w) => sum + w.weight, 0);
  const best = weighed.reduce((x, y) => (y.weight > x.weight ? y : x));
  const share = best.weight / total;
  const against = best.shift !== byName && share >= BELIEVED;
  const shift = against ? best.shift : byName;
  const p = against ? share : (weighed.find((w) => w.shift === byName)?.weight ?? 0) / total;
  const pairs = pairsAt(levelsA, levelsB, shift);
  const namesAgree = pairs.every(([x, y]) => x.level === y.level);
  const remark = remarkOn(pairs, against, best.shift !== byName && !against);
  return { pairs, p, namesAgree, ...(remark === null ? {} : { remark }) };
}

function pairsAt(a: readonly LevelFindings[], b: readonly LevelFindings[], shift: number): Pairing['pairs'] {
  return a.flatMap((x, i) => {
    const y = b[i + shift];
    return y ? [[x, y] as const] : [];
  });
}

function byNames(
  a: readonly LevelFindings[],
  b: readonly LevelFindings[],
  shift: number,
  p: number,
): Pairing {
  const pairs = pairsAt(a, b, shift);
  return { pairs, p, namesAgree: pairs.every(([x, y]) => x.level === y.level) };
}

/** Shift under which most names are the same. */
function shiftOfNames(a: readonly LevelFindings[], b: readonly LevelFindings[]): number {
  let best = 0;
  let most = -1;
  for (let shift = -a.length; shift <= b.length; shift++) {
    const n = a.filter((x, i) => b[i + shift]?.level === x.level).length;
    if (n > most || (n === most && Math.abs(shift) < Math.abs(best))) [best, most] = [shift, n];
  }
  return best;
}

function remarkOn(pairs: Pairing['pairs'], against: boolean, doubtful: boolean): string | null {
  const example = pairs.find(([x, y]) => x.level !== y.level);
  if (against && example)
    return `by the shape of the column the disc called ${example[0].level} in the earlier study is the one called ${example[1].level} in the later: the numbering of one of them is wrong. They are paired by shape; confirm the level before any procedure`;
  return doubtful
    ? 'the shape of the column fits as well when the studies are shifted by a level: the pairing follows the names and is not sure'
    : null;
}
