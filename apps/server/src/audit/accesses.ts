import type { Access } from '@foramen/spine';
import { STATED_REASON } from '../policy/evaluate.ts';

/** A line of the trail about one patient, as the list of accesses is made from it. */
export interface AccessRow {
  readonly at: Date;
  readonly accountId: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly path: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: 'allowed' | 'denied' | 'failed';
  readonly reason: string | null;
}

const LOOKS = new Set(['read', 'list']);

/** Lines of the trail, newest first, gathered by account and day: opening one page is many requests, and one access to its patient. */
export function accessesOf(rows: readonly AccessRow[]): readonly Access[] {
  const groups = new Map<string, AccessRow[]>();
  for (const row of rows) {
    const key = `${row.at.toISOString().slice(0, 10)} ${row.accountId ?? ''} ${row.accountId === null ? row.path : ''}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const newest = group[0] as AccessRow;
    const times = group.map((row) => row.at.toISOString()).sort();
    const done = group.filter((row) => row.outcome === 'allowed');
    const what = (looks: boolean): string[] =>
      [
        ...new Set(
          done
            .filter((row) => LOOKS.has(row.action) === looks && row.action !== 'break-glass')
            .map((row) => row.resource),
        ),
      ].sort();
    return {
      day: (times[0] as string).slice(0, 10),
      accountId: newest.accountId,
      name: newest.name,
      role: newest.role,
      first: times[0] as string,
      last: times.at(-1) as string,
      times: done.length,
      read: what(true),
      changed: what(false),
      refused: group.filter((row) => row.outcome === 'denied').length,
      // An opening leaves two lines: that it was allowed, and the words that were given.
      emergency:
        done.find(
          (row) =>
            row.action === 'break-glass' && row.reason !== null && !row.reason.startsWith(STATED_REASON),
        )?.reason ?? null,
      byProgram: group.some(
        (row) => row.path === 'dimse' || (row.reason !== null && /; token \S+$/.test(row.reason)),
      ),
    };
  });
}
