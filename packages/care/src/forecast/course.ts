import { changesOf, EVIDENCE, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';
import type { Seen } from '../facts.ts';
import type { CourseOutcome, Syndrome } from './effects.ts';

/** Share of the baseline value that remains at a horizon, with its interval and the records behind it. */
export interface CoursePoint {
  readonly share: number;
  readonly lo: number;
  readonly hi: number;
  readonly ids: readonly string[];
}

/** Sciatica older than this had its recovery measured apart (Bailey 2020: 4 to 12 months). */
const LATE_WEEKS = 16;

const natural = (id: string, base: EvidenceBase) => recordOf('natural-history', id, base);

/** Value at a horizon over value at the start, from two records of one cohort. */
function ratio(laterId: string, startId: string, base: EvidenceBase): CoursePoint {
  const later = natural(laterId, base);
  const start = natural(startId, base).estimate;
  const [lo, hi] = later.interval ?? [later.estimate * 0.9, later.estimate * 1.1];
  return { share: later.estimate / start, lo: lo / start, hi: hi / start, ids: [laterId, startId] };
}

const HALF_TIME = 'natural/sciatica-median-conservative';
/** The end of the course of sciatica: ATLAS at one year; leg pain of four months and more: Bailey at six months. */
const FINAL = {
  'leg-pain': ['natural/atlas-leg-pain-1y', 'natural/atlas-leg-pain-baseline'],
  'back-pain': ['natural/atlas-back-pain-1y', 'natural/atlas-back-pain-baseline'],
  function: ['natural/atlas-rmdq-1y', 'natural/atlas-rmdq-baseline'],
  late: ['natural/bailey-leg-6mo', 'natural/bailey-leg-baseline'],
} as const;

/** Approaches its end with the median time to recovery as half-time. */
function remaining(final: keyof typeof FINAL, weeks: number, base: EvidenceBase): CoursePoint {
  const end = ratio(FINAL[final][0], FINAL[final][1], base);
  const left = 0.5 ** (weeks / natural(HALF_TIME, base).estimate);
  const at = (f: number): number => f + (1 - f) * left;
  return { share: at(end.share), lo: at(end.lo), hi: at(end.hi), ids: [HALF_TIME, ...end.ids] };
}

type Band = 'under-6-weeks' | '6-to-12-weeks' | '12-to-52-weeks';

function axial(duration: number | undefined, weeks: number, base: EvidenceBase): CoursePoint {
  const band: Band | undefined =
    duration === undefined
      ? undefined
      : duration < 6
        ? 'under-6-weeks'
        : duration < 12
          ? '6-to-12-weeks'
          : '12-to-52-weeks';
  if (band === undefined) {
    // Not told how long: the two extremes bound the course and their middle is the mean.
    const best = axial(0, weeks, base);
    const worst = axial(52, weeks, base);
    return {
      share: (best.share + worst.share) / 2,
      lo: best.lo,
      hi: worst.hi,
      ids: [...best.ids, ...worst.ids],
    };
  }
  const start = `natural/non-specific-${band}-0`;
  const point = (w: number): CoursePoint => ratio(`natural/non-specific-${band}-${w}`, start, base);
  if (weeks <= 6) return point(6);
  if (weeks >= 52) return point(52);
  const [from, to] = weeks <= 26 ? [6, 26] : [26, 52];
  const [a, b] = [point(from), point(to)];
  const t = (weeks - from) / (to - from);
  const mix = (x: number, y: number): number => x + t * (y - x);
  return {
    share: mix(a.share, b.share),
    lo: mix(a.lo, b.lo),
    hi: mix(a.hi, b.hi),
    ids: [...a.ids, ...b.ids],
  };
}

/** The course without a specific treatment, by syndrome and how long it has lasted. */
export function courseAt(
  syndrome: Syndrome,
  outcome: CourseOutcome,
  duration: Seen<number> | undefined,
  weeks: number,
  base: EvidenceBase = EVIDENCE,
): CoursePoint {
  switch (syndrome) {
    case 'radicular': {
      const late = duration !== undefined && duration.value >= LATE_WEEKS;
      if (outcome === 'function') {
        const early = remaining('function', weeks, base);
        // No figure for function in late sciatica: the early course bounds it from below.
        return late ? { ...early, share: (early.share + 1) / 2, hi: 1 } : early;
      }
      return remaining(late ? 'late' : outcome, weeks, base);
    }
    case 'claudicant': {
      // A favourable course is read as the 30 % change that matters; the rest stays as it is.
      const r = natural('natural/stenosis-favourable', base);
      const change = changesOf('NRS', base).find((c) => c.unit === 'percent')?.estimate ?? 30;
      const grown = Math.min(1, weeks / 26);
      const at = (favourable: number): number => 1 - favourable * (change / 100) * grown;
      const [lo, hi] = r.interval ?? [r.estimate, r.estimate];
      return { share: at(r.estimate), lo: at(hi), hi: at(lo), ids: [r.id] };
    }
    case 'axial':
      return axial(duration?.value, weeks, base);
    default: {
      const never: never = syndrome;
      return never;
    }
  }
}

/** Standard deviation of one person's change around the mean course, in points of the outcome. */
export function residualSd(
  outcome: CourseOutcome,
  base: EvidenceBase = EVIDENCE,
): { readonly sd: number; readonly ids: readonly string[] } {
  const id = outcome === 'function' ? 'care-residual-sd-function' : 'care-residual-sd-pain';
  const explained = parameter('care-residual-variance-explained', base).value;
  return {
    sd: parameter(id, base).value * Math.sqrt(1 - explained),
    ids: [`parameter/${id}`, 'parameter/care-residual-variance-explained'],
  };
}
