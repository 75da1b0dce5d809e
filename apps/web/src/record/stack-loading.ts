/** A stack whose slices come one after another: what is there, and what is looked at, which comes first. */
export interface Arriving {
  readonly has: (slice: number) => boolean;
  /** True once every slice is there. */
  readonly whole: () => boolean;
  /** The slice that is looked at now: what lies nearest to it is fetched next. */
  readonly want: (slice: number) => void;
  /** Calls whenever slices have come; gives back how to stop. */
  readonly heard: (listener: () => void) => () => void;
}

export interface StackParts {
  readonly size: readonly [number, number, number];
  readonly keySlice: number;
  /** `count` slices from `from` on; labels null where the stack has none. */
  readonly fetch: (
    from: number,
    count: number,
  ) => Promise<{ readonly data: ArrayBuffer; readonly labels: ArrayBuffer | null }>;
  readonly signal: AbortSignal;
  /** Before a part that failed is asked for again, ms; a test has no time to wait. */
  readonly againMs?: number;
}

/** A request carries about this much: few enough requests, and soon enough there. */
const PART_BYTES = 4e6;
/** A stack up to this size comes in one piece. */
const ONE_PIECE_BYTES = 16e6;
const AT_ONCE = 2;

export function comesInParts([columns, rows, slices]: StackParts['size']): boolean {
  return columns * rows * slices * 2 > ONE_PIECE_BYTES;
}

/** The part that holds what is still missing nearest to a slice: first slice and number; null when nothing is missing. */
export function nextPart(
  state: Uint8Array,
  wanted: number,
  most: number,
): readonly [from: number, count: number] | null {
  const missing = (k: number) => k >= 0 && k < state.length && state[k] === 0;
  for (let away = 0; away < state.length; away++) {
    const from = missing(wanted + away) ? wanted + away : missing(wanted - away) ? wanted - away : -1;
    if (from < 0) continue;
    // On from there, away from what is looked at.
    const by = from < wanted ? -1 : 1;
    let end = from;
    while (Math.abs(end + by - from) < most && missing(end + by)) end += by;
    return [Math.min(from, end), Math.abs(end - from) + 1];
  }
  return null;
}

/**
 * Resolves as soon as the key slice is there; the others follow, nearest to what is looked at first. A part that does not come is asked for
 * again until the signal ends it. Voxels that have not come are 0.
 * @throws what fetching the key slice throws, and Error where a part has another size than was announced.
 */
export async function loadStack(of: StackParts): Promise<{
  readonly data: Int16Array;
  readonly labels: Uint8Array | null;
  readonly arriving: Arriving;
}> {
  const [columns, rows, slices] = of.size;
  const area = columns * rows;
  const data = new Int16Array(area * slices);
  let labels: Uint8Array | null = null;
  /** 0 missing, 1 asked for, 2 here. */
  const state = new Uint8Array(slices);
  const listeners = new Set<() => void>();
  let wanted = of.keySlice;
  let left = slices;
  const take = async (from: number, count: number) => {
    state.fill(1, from, from + count);
    try {
      const part = await of.fetch(from, count);
      if (part.data.byteLength !== area * count * 2)
        throw new Error(
          `${count} slices have ${part.data.byteLength / 2} voxels, ${area * count} were announced`,
        );
      data.set(new Int16Array(part.data), from * area);
      if (part.labels !== null && part.labels.byteLength === area * count) {
        labels ??= new Uint8Array(area * slices);
        labels.set(new Uint8Array(part.labels), from * area);
      }
      state.fill(2, from, from + count);
      left -= count;
    } catch (error) {
      state.fill(0, from, from + count);
      throw error;
    }
  };
  await take(of.keySlice, 1);
  const most = Math.max(1, Math.round(PART_BYTES / (area * 2)));
  const work = async () => {
    for (let part = nextPart(state, wanted, most); part !== null; part = nextPart(state, wanted, most)) {
      if (of.signal.aborted) return;
      try {
        await take(...part);
      } catch {
        if (of.signal.aborted) return;
        await new Promise((done) => setTimeout(done, of.againMs ?? 4000));
        continue;
      }
      for (const listener of listeners) listener();
    }
  };
  for (let n = 0; n < AT_ONCE; n++) void work();
  return {
    data,
    labels,
    arriving: {
      has: (slice) => state[slice] === 2,
      whole: () => left === 0,
      want: (slice) => {
        wanted = slice;
      },
      heard: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
