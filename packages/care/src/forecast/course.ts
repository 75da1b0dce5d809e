import { changesOf, EVIDENCE, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';
import type { Seen } from '../facts.ts';
import { quantile } from '../normal.ts';
import type { PlanView } from '../plan/view.ts';
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

const HALF_YEAR = 26;
const RIHN = 'fact/rihn-duration';

const natural = (id: string, base: EvidenceBase) => recordOf('natural-history', id, base);

/** Value at a horizon over value at the start, from two records of one cohort. */
function ratio(laterId: string, startId: string, base: EvidenceBase): CoursePoint {
  const later = natural(laterId, base);
  const start = natural(startId, base).estimate;
  const [lo, hi] = later.interval ?? [later.estimate * 0.9, later.estimate * 1.1];
  return { share: later.estimate / start, lo: lo / start, hi: hi / start, ids: [laterId, startId] };
}

const HALF_TIME = 'natural/sciatica-median-conservative';
type Anchor = readonly [weeks: number, later: string, start: string];
/**
 * The course of sciatica as measured: ATLAS to one year; leg pain of four months and more by Bailey's six months. Function
 * where image, pain and sign agree, as SPORT demanded, by those of SPORT who were not operated. Whether people sick for
 * longer recover less is told by the prognostic factor for duration, except where the cohort itself was that late.
 */
const MEASURED: Readonly<Record<CourseOutcome | 'late' | 'concordant', readonly Anchor[]>> = {
  'leg-pain': [[52, 'natural/atlas-leg-pain-1y', 'natural/atlas-leg-pain-baseline']],
  'back-pain': [[52, 'natural/atlas-back-pain-1y', 'natural/atlas-back-pain-baseline']],
  function: [[52, 'natural/atlas-rmdq-1y', 'natural/atlas-rmdq-baseline']],
  late: [[26, 'natural/bailey-leg-6mo', 'natural/bailey-leg-baseline']],
  concordant: [
    [13, 'natural/sport-odi-3mo', 'natural/sport-odi-baseline'],
    [52, 'natural/sport-odi-1y', 'natural/sport-odi-baseline'],
    [104, 'natural/sport-odi-2y', 'natural/sport-odi-baseline'],
  ],
};

/** To the first measured value with the median time to recovery as half-time, straight between the later ones, level after the last. */
function sciatica(course: keyof typeof MEASURED, weeks: number, base: EvidenceBase): CoursePoint {
  const anchors = MEASURED[course].map(([at, later, start]) => ({ at, ...ratio(later, start, base) }));
  const i = anchors.findIndex((a) => a.at >= weeks);
  const end = anchors[i < 0 ? anchors.length - 1 : i]!;
  const before = anchors[i - 1];
  if (i < 0) return end;
  if (before !== undefined) {
    const t = (weeks - before.at) / (end.at - before.at);
    const mix = (x: number, y: number): number => x + t * (y - x);
    return {
      share: mix(before.share, end.share),
      lo: mix(before.lo, end.lo),
      hi: mix(before.hi, end.hi),
      ids: [...before.ids, ...end.ids],
    };
  }
  const half = natural(HALF_TIME, base).estimate;
  const done = (1 - 0.5 ** (weeks / half)) / (1 - 0.5 ** (end.at / half));
  const at = (f: number): number => 1 - (1 - f) * done;
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

/** Of SPORT's people, operated or not, those ill for more than six months gained less (Rihn 2011): their share of the gain of the others. */
function longSick(point: CoursePoint, duration: Seen<number> | undefined, base: EvidenceBase): CoursePoint {
  const { values } = recordOf('conclusion', RIHN, base);
  if (values === undefined || duration === undefined || duration.value <= HALF_YEAR) return point;
  const part = (values.odiLate ?? 1) / (values.odiEarly ?? 1);
  const less = (share: number): number => 1 - (1 - share) * part;
  return { share: less(point.share), lo: less(point.lo), hi: less(point.hi), ids: [...point.ids, RIHN] };
}

/** What of a person the natural course turns on. */
export interface CourseOf {
  readonly duration: Seen<number> | undefined;
  /** The value now, in points of the outcome. */
  readonly baseline: number;
  /** Image, pain and sign agree on a herniation: like the people SPORT enrolled. */
  readonly concordant: boolean;
}

/** Sciatica whose leg pain was followed from four months on: how long it has lasted is then in the course itself. */
export const isLate = (duration: Seen<number> | undefined): boolean =>
  duration !== undefined && duration.value >= LATE_WEEKS;

/** Image, pain and sign agree on a herniation, as SPORT demanded of the people it enrolled. */
export const likeSport = (view: PlanView): boolean =>
  view.concordance[0]?.grade === 3 && view.p.herniation > 0.5;

/** The course without a specific treatment, by syndrome, outcome and person. */
export function courseAt(
  syndrome: Syndrome,
  outcome: CourseOutcome,
  person: CourseOf,
  weeks: number,
  base: EvidenceBase = EVIDENCE,
): CoursePoint {
  switch (syndrome) {
    case 'radicular':
      if (outcome === 'leg-pain' && isLate(person.duration)) return sciatica('late', weeks, base);
      if (outcome !== 'function' || !person.concordant) return sciatica(outcome, weeks, base);
      return longSick(sciatica('concordant', weeks, base), person.duration, base);
    case 'claudicant': {
      // A favourable course is read as the 30 % change that matters: with the spread of single people, that share of them
      // passes it when the mean changes by so much.
      const r = natural('natural/stenosis-favourable', base);
      const matters = (changesOf('NRS', base).find((c) => c.unit === 'percent')?.estimate ?? 30) / 100;
      const { sd } = spreadOf(outcome, base);
      const grown = Math.min(1, weeks / 26);
      const at = (favourable: number): number =>
        1 - Math.max(0, matters + (quantile(favourable) * sd) / Math.max(1, person.baseline)) * grown;
      const [lo, hi] = r.interval ?? [r.estimate, r.estimate];
      return { share: at(r.estimate), lo: at(hi), hi: at(lo), ids: [r.id] };
    }
    case 'axial':
      return axial(person.duration?.value, weeks, base);
    default: {
      const never: never = syndrome;
      return never;
    }
  }
}

/** Spread of one person's change, in points of the outcome. */
function spreadOf(outcome: CourseOutcome, base: EvidenceBase): { readonly sd: number; readonly id: string } {
  const id = outcome === 'function' ? 'care-residual-sd-function' : 'care-residual-sd-pain';
  return { sd: parameter(id, base).value, id };
}

/** Standard deviation of one person's change around the mean course, in points of the outcome. */
export function residualSd(
  outcome: CourseOutcome,
  base: EvidenceBase = EVIDENCE,
): { readonly sd: number; readonly ids: readonly string[] } {
  const { sd, id } = spreadOf(outcome, base);
  const explained = parameter('care-residual-variance-explained', base).value;
  return {
    sd: sd * Math.sqrt(1 - explained),
    ids: [`parameter/${id}`, 'parameter/care-residual-variance-explained'],
  };
}
