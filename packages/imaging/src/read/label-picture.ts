import type { Problem, Volume } from '@foramen/spine';

/** A picture of fewer grey values than this may be a label map; an MRI quantised to four bits still has sixteen. */
const MOST_VALUES = 64;
/** An area of this many pixels is one; smaller ones are specks, which outlines leave a few of and noise leaves everywhere. */
const AREA_PIXELS = 50;
/** Share of what is not background that lies in areas. */
const LEAST_IN_AREAS = 0.9;
/** Share of borders between unequal pixels that skip a value in between. Grey values of a picture pass through those that lie between. */
const LEAST_SKIPS = 0.4;

/**
 * Whether a picture is a label map (segmentation mask) and no MRI: whole numbers from 0, few of them, in a few flat areas that meet without the values
 * between, or two values alone. An MRI of few grey levels is speckled by its noise into hundreds of pieces, or smooth, so that
 * neighbours differ by one level.
 */
export function isLabelMap(volume: Pick<Volume, 'data' | 'size'>): boolean {
  const { data, size } = volume;
  const values = new Set<number>();
  for (let n = 0; n < data.length; n++) {
    const v = data[n] as number;
    if (!Number.isInteger(v) || v < 0) return false;
    values.add(v);
    if (values.size > MOST_VALUES) return false;
  }
  // What is not labelled is 0.
  if (values.size < 2 || !values.has(0)) return false;
  const rank = new Map([...values].sort((a, b) => a - b).map((v, n) => [v, n]));
  const [w, h, depth] = size;
  const slice = fullest(data, w * h, depth);
  const ranks = Uint8Array.from(
    data.subarray(slice * w * h, (slice + 1) * w * h),
    (v) => rank.get(v) as number,
  );
  if (inAreas(ranks, w, h) < LEAST_IN_AREAS) return false;
  // Two grey values in a few areas show nothing that could be graded.
  return values.size === 2 || skips(ranks, w, h) >= LEAST_SKIPS;
}

/** That a label map was given as a picture. */
export function labelMapProblem(name: string): Problem {
  return {
    code: 'wrong-modality',
    severity: 'warning',
    where: name,
    what: 'this is a label map (a segmentation), not a picture',
    help: 'Give the MRI it was drawn on; masks are read by `foramen validate` and by the label import',
  };
}

/** The slice with the most pixels that are not background. */
function fullest(data: Volume['data'], n: number, depth: number): number {
  let best = 0;
  let most = -1;
  for (let k = 0; k < depth; k++) {
    let count = 0;
    for (let at = k * n; at < (k + 1) * n; at++) if (data[at] !== 0) count++;
    if (count > most) [best, most] = [k, count];
  }
  return best;
}

/** Share of the pixels above the lowest value that lie in connected areas of one value. */
function inAreas(ranks: Uint8Array, w: number, h: number): number {
  const seen = new Uint8Array(ranks.length);
  const stack: number[] = [];
  let all = 0;
  let inside = 0;
  for (let start = 0; start < ranks.length; start++) {
    if (seen[start] || ranks[start] === 0) continue;
    let pixels = 0;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      pixels++;
      const x = at % w;
      for (const next of [x > 0 ? at - 1 : -1, x < w - 1 ? at + 1 : -1, at - w, at + w]) {
        if (next < 0 || next >= w * h || seen[next] || ranks[next] !== ranks[start]) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    all += pixels;
    if (pixels >= AREA_PIXELS) inside += pixels;
  }
  return all === 0 ? 0 : inside / all;
}

/** Share of borders between unequal neighbours whose values are not next to each other. */
function skips(ranks: Uint8Array, w: number, h: number): number {
  let borders = 0;
  let skipping = 0;
  for (let y = 0; y + 1 < h; y++) {
    for (let x = 0; x + 1 < w; x++) {
      const at = x + w * y;
      for (const next of [at + 1, at + w]) {
        const step = Math.abs((ranks[at] as number) - (ranks[next] as number));
        if (step > 0) borders++;
        if (step > 1) skipping++;
      }
    }
  }
  return borders === 0 ? 0 : skipping / borders;
}
