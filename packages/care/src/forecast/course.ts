import { EVIDENCE, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';
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

function remaining(ids: readonly string[], finalId: string, weeks: number, base: EvidenceBase): CoursePoint {
  const final = natural(finalId, base);
  const half = natural('natural/care-radicular-half-time', base).estimate;
  const left = 0.5 ** (weeks / half);
  const at = (f: number): number => f + (1 - f) * left;
  const [lo, hi] = final.interval ?? [final.estimate, final.estimate];
  return { share: at(final.estimate), lo: at(lo), hi: at(hi), ids: [...ids, finalId] };
}

function axial(duration: number | undefined, weeks: number, base: EvidenceBase): CoursePoint {
  const band =
    duration === undefined ? undefined : duration < 6 ? 'acute' : duration < 12 ? 'subacute' : 'chronic';
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
  const rows = [6, 26, 52].map((w) => {
    const r = natural(`natural/care-axial-${band}-${w}`, base);
    return {
      weeks: w,
      id: r.id,
      share: r.estimate,
      lo: r.interval?.[0] ?? r.estimate,
      hi: r.interval?.[1] ?? r.estimate,
    };
  });
  const last = rows.at(-1)!;
  const next = rows.find((r) => r.weeks >= weeks) ?? last;
  const i = rows.indexOf(next);
  const before = rows[i - 1];
  if (before === undefined || next.weeks <= weeks) {
    return { share: next.share, lo: next.lo, hi: next.hi, ids: [next.id] };
  }
  const t = (weeks - before.weeks) / (next.weeks - before.weeks);
  const mix = (a: number, b: number): number => a + t * (b - a);
  return {
    share: mix(before.share, next.share),
    lo: mix(before.lo, next.lo),
    hi: mix(before.hi, next.hi),
    ids: [before.id, next.id],
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
      const half = ['natural/care-radicular-half-time'];
      const late = duration !== undefined && duration.value >= LATE_WEEKS;
      if (outcome === 'function') {
        const early = remaining(half, 'natural/care-radicular-function-final', weeks, base);
        // No figure for function in late sciatica: the early course bounds it from below.
        return late ? { ...early, share: (early.share + 1) / 2, hi: 1 } : early;
      }
      if (late) return remaining(half, 'natural/care-radicular-late-leg-pain', weeks, base);
      return remaining(half, `natural/care-radicular-${outcome}-final`, weeks, base);
    }
    case 'claudicant': {
      const r = natural('natural/care-claudicant-remaining', base);
      const grown = Math.min(1, weeks / 26);
      const at = (v: number): number => 1 + (v - 1) * grown;
      const [lo, hi] = r.interval ?? [r.estimate, 1];
      return { share: at(r.estimate), lo: at(lo), hi: Math.max(1, at(hi)), ids: [r.id] };
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
