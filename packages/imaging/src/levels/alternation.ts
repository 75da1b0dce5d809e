import { type Centreline, STEP_MM, sampler } from './centreline.ts';
import type { MidlinePlane } from './midline.ts';
import { partOverlongBodies } from './missed-disc.ts';
import { median } from './smoothing.ts';

type SegmentKind = 'body' | 'disc' | 'sacrum';

/** A stretch of the column, in samples of the centreline, end exclusive. */
export interface ColumnSegment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
  /** Mean share of the segment's own class across the column, 0 to 1. */
  readonly evidence: number;
}

interface Shares {
  readonly body: Float32Array;
  readonly disc: Float32Array;
  readonly sacrum: Float32Array;
  readonly other: Float32Array;
}

/** Shares of each tissue across the middle of the column at every sample. */
function columnShares(plane: MidlinePlane, line: Centreline): Shares {
  const n = line.x.length;
  const out = {
    body: new Float32Array(n),
    disc: new Float32Array(n),
    sacrum: new Float32Array(n),
    other: new Float32Array(n),
  };
  const body = sampler(plane, plane.body);
  const disc = sampler(plane, plane.disc);
  const sacrum = sampler(plane, plane.sacrum);
  const half = 10;
  for (let i = 0; i < n; i++) {
    const nx = line.ty[i] as number;
    const ny = -(line.tx[i] as number);
    let b = 0;
    let d = 0;
    let s = 0;
    let count = 0;
    for (let t = -half; t <= half; t++) {
      const x = (line.x[i] as number) + t * nx;
      const y = (line.y[i] as number) + t * ny;
      b += body(x, y);
      d += disc(x, y);
      s += sacrum(x, y);
      count++;
    }
    out.body[i] = b / count;
    out.disc[i] = d / count;
    out.sacrum[i] = s / count;
    out.other[i] = Math.max(0, 1 - (b + d + s) / count);
  }
  return out;
}

const FLOOR = 0.03;
/** A column seen faintly is more often seen badly than at its end (a slice that leaves it sideways, a faded coil edge). */
const END = 0.8;
const LONGEST_BODY_MM = 60;
const LONGEST_DISC_MM = 26;
type State = 'outside' | SegmentKind;
const STATES: readonly State[] = ['outside', 'body', 'disc', 'sacrum'];
/** What may follow what, from the head down. A column starts and ends anywhere; after the sacrum comes nothing of the spine. */
const FOLLOWS: Readonly<Record<State, readonly State[]>> = {
  outside: ['body', 'disc', 'sacrum'],
  // Between a body and the sacrum there is always a disc or what is left of it, however thin and oblique.
  body: ['disc', 'outside'],
  disc: ['body', 'sacrum', 'outside'],
  sacrum: ['outside'],
};

/** The other way round: what may come before, as places in `STATES`. */
const precedes = (state: State): readonly number[] =>
  STATES.flatMap((previous, p) => (FOLLOWS[previous].includes(state) ? [p] : []));
const BEFORE: Readonly<Record<State, readonly number[]>> = {
  outside: precedes('outside'),
  body: precedes('body'),
  disc: precedes('disc'),
  sacrum: precedes('sacrum'),
};

function prefix(values: Float32Array, f: (v: number, i: number) => number): Float64Array {
  const out = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) out[i + 1] = (out[i] as number) + f(values[i] as number, i);
  return out;
}

/**
 * Most probable alternation of bodies and discs along the column: a semi-Markov chain whose segments have lengths that are
 * plausible for what they are, so that a thin bridge between two bodies does not fuse them, a collapsed disc is still
 * found, and a speck makes no vertebra. `bodyMm` is the expected height of a body in this person, `spread` the standard
 * deviation of its logarithm.
 */
function decode(
  shares: Shares,
  bodyMm: number,
  spread: number,
): { segments: ColumnSegment[]; score: number } {
  const n = shares.body.length;
  const emission: Readonly<Record<State, Float64Array>> = {
    outside: prefix(shares.other, (v) => Math.log(FLOOR + END * v)),
    body: prefix(shares.body, (v) => Math.log(FLOOR + v)),
    disc: prefix(shares.disc, (v, i) => Math.log(FLOOR + v + 0.2 * (shares.other[i] as number))),
    // The sacrum holds remnant discs and, in transitional spines, parts that look like a free vertebra.
    sacrum: prefix(shares.sacrum, (v, i) => Math.log(FLOOR + v + 0.15 * (shares.disc[i] as number))),
  };
  const longest: Readonly<Record<State, number>> = {
    outside: n,
    body: Math.round(LONGEST_BODY_MM / STEP_MM),
    disc: Math.round(LONGEST_DISC_MM / STEP_MM),
    sacrum: n,
  };
  const priorOf = (state: State, length: number, atEnd: boolean): number => {
    const mm = length * STEP_MM;
    if (state === 'body') {
      const z = Math.log(mm / bodyMm) / spread;
      // A body cut by the picture's edge is only ever too short.
      return atEnd && z < 0 ? -0.5 : -0.5 * z * z - 0.5;
    }
    if (state === 'disc') {
      const z = Math.log(mm / 8) / 0.7;
      return -0.5 * z * z - (atEnd ? 2 : 0.5);
    }
    return 0;
  };
  // By state, whether the picture's edge cuts it, and length: asked for a hundred times each.
  const table = (state: State, atEnd: boolean): Float64Array =>
    Float64Array.from({ length: longest[state] + 1 }, (_, length) => priorOf(state, length, atEnd));
  const prior: Record<State, { readonly whole: Float64Array; readonly cut: Float64Array }> = {
    outside: { whole: table('outside', false), cut: table('outside', true) },
    body: { whole: table('body', false), cut: table('body', true) },
    disc: { whole: table('disc', false), cut: table('disc', true) },
    sacrum: { whole: table('sacrum', false), cut: table('sacrum', true) },
  };
  const score: Record<State, Float64Array> = {
    outside: new Float64Array(n + 1).fill(-Infinity),
    body: new Float64Array(n + 1).fill(-Infinity),
    disc: new Float64Array(n + 1).fill(-Infinity),
    sacrum: new Float64Array(n + 1).fill(-Infinity),
  };
  const backLength: Record<State, Int32Array> = {
    outside: new Int32Array(n + 1),
    body: new Int32Array(n + 1),
    disc: new Int32Array(n + 1),
    sacrum: new Int32Array(n + 1),
  };
  const backState: Record<State, Int8Array> = {
    outside: new Int8Array(n + 1),
    body: new Int8Array(n + 1),
    disc: new Int8Array(n + 1),
    sacrum: new Int8Array(n + 1),
  };
  for (let end = 1; end <= n; end++) {
    for (const state of STATES) {
      const e = emission[state];
      const limit = Math.min(end, longest[state]);
      let best = -Infinity;
      let bestLength = 0;
      let bestFrom = -1;
      const shortest = state === 'body' ? Math.round(6 / STEP_MM) : state === 'sacrum' ? 8 : 1;
      for (let length = shortest; length <= limit; length++) {
        const from = end - length;
        // `outside` only ever reaches one end of the line, so only whole runs from 0 or to n matter.
        if (state === 'outside' && from !== 0 && end !== n) continue;
        const gain = (e[end] as number) - (e[from] as number);
        if (from === 0) {
          const v = gain + (prior[state].cut[length] as number);
          if (v > best) {
            best = v;
            bestLength = length;
            bestFrom = -1;
          }
          continue;
        }
        for (const p of BEFORE[state]) {
          const previous = STATES[p] as State;
          const before = score[previous][from] as number;
          if (before === -Infinity) continue;
          const cut = end === n || previous === 'outside';
          const v = before + gain + (prior[state][cut ? 'cut' : 'whole'][length] as number);
          if (v > best) {
            best = v;
            bestLength = length;
            bestFrom = p;
          }
        }
      }
      score[state][end] = best;
      backLength[state][end] = bestLength;
      backState[state][end] = bestFrom;
    }
  }
  let state: State = 'outside';
  for (const s of STATES) if ((score[s][n] as number) > (score[state][n] as number)) state = s;
  const final = score[state][n] as number;
  const out: ColumnSegment[] = [];
  let end = n;
  while (end > 0) {
    const length = backLength[state][end] as number;
    if (length <= 0) break;
    const from = end - length;
    if (state !== 'outside') {
      const own = shares[state];
      let sum = 0;
      for (let i = from; i < end; i++) sum += own[i] as number;
      out.push({ kind: state, from, to: end, evidence: sum / length });
    }
    const p = backState[state][end] as number;
    if (p < 0) break;
    state = STATES[p] as State;
    end = from;
  }
  return { segments: out.reverse(), score: final };
}

/** The column as segments from the head down. */
export function alternate(plane: MidlinePlane, line: Centreline): ColumnSegment[] {
  const shares = columnShares(plane, line);
  // A child, a large man, or a picture whose spacing is wrong in one direction: the height that explains the
  // column clearly better than the usual one.
  let best = decode(shares, 27, 0.25);
  for (const mm of [13, 16, 20, 23.5, 31.5, 37, 43]) {
    const other = decode(shares, mm, 0.25);
    if (other.score > best.score + 6) best = other;
  }
  const rough = best.segments;
  const heights = rough
    .filter((s, i) => s.kind === 'body' && i > 0 && i < rough.length - 1)
    .map((s) => (s.to - s.from) * STEP_MM);
  const typical = heights.length >= 2 ? median(heights) : 27;
  const segments = decode(shares, typical, 0.22).segments.filter(
    (s) => s.kind === 'disc' || s.evidence > 0.3,
  );
  return partOverlongBodies(segments, shares.disc);
}
