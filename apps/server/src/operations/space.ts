import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** What is left on the disks the product writes to; a place that is somebody else's (a database server, another machine) is left out. */
export interface Space {
  /** Bytes that an ordinary user may still take. */
  readonly objects?: number;
  readonly database?: number;
  /** `low`: studies are refused, so that answers, plans and the trail still have room. `full`: hardly anything can be written. */
  readonly state: 'ok' | 'low' | 'full';
}

/** Kept for what is small and cannot be sent again: answers, judgements, the trail, and the database's own log. */
export const KEEP_FREE_BYTES = 1 << 30;
/** A segment of PostgreSQL's log: without room for one more the database stops. */
const FULL_BYTES = 16 << 20;
/** How old an answer may be, ms. */
const FRESH_MS = 1_000;

export function diskSpace(places: {
  readonly objects: string;
  readonly database: string | undefined;
  readonly keepFree: number;
}): () => Promise<Space> {
  let seen: { readonly at: number; readonly space: Promise<Space> } | undefined;
  const free = async (path: string | undefined): Promise<number | undefined> => {
    if (path === undefined) return undefined;
    try {
      const disk = await statfs(path);
      return disk.bavail * disk.bsize;
    } catch {
      // A file system that does not say is not taken for a full one.
      return undefined;
    }
  };
  const read = async (): Promise<Space> => {
    const [objects, database] = await Promise.all([free(places.objects), free(places.database)]);
    const least = Math.min(objects ?? Number.POSITIVE_INFINITY, database ?? Number.POSITIVE_INFINITY);
    const state =
      least > places.keepFree ? 'ok' : least > Math.min(FULL_BYTES, places.keepFree) ? 'low' : 'full';
    return {
      ...(objects === undefined ? {} : { objects }),
      ...(database === undefined ? {} : { database }),
      state,
    };
  };
  return () => {
    const now = performance.now();
    if (seen === undefined || now - seen.at > FRESH_MS) seen = { at: now, space: read() };
    return seen.space;
  };
}

/** What the results of an analysis need, generously. */
const ROOM_BYTES = 128 << 20;

/** Work that found the disk full is not tried again before there is room, at least for so long. Resolves in any case. */
export async function waitForRoom(
  space: () => Promise<Space>,
  signal: AbortSignal,
  { stepMs = 2_000, mostMs = 10 * 60_000 } = {},
): Promise<void> {
  const until = performance.now() + mostMs;
  while (!signal.aborted && performance.now() < until) {
    const { objects } = await space();
    if (objects === undefined || objects > ROOM_BYTES) return;
    await delay(stepMs, undefined, { signal }).catch(() => undefined);
  }
}
