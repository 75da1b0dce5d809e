import { setTimeout as delay } from 'node:timers/promises';

/** What went wrong, by kind, with the first example. */
export const surprises = new Map<string, { count: number; example: string }>();
export function surprise(kind: string, example: string): void {
  const there = surprises.get(kind);
  if (there === undefined) surprises.set(kind, { count: 1, example });
  else there.count++;
}

/** Does something `count` times, evenly over the day, one after the other. */
export async function spread(
  count: number,
  until: number,
  work: (n: number) => Promise<void>,
): Promise<number> {
  const began = Date.now();
  let done = 0;
  for (let n = 0; n < count && Date.now() < until; n++) {
    const due = began + ((until - began) * n) / count;
    if (due > Date.now()) await delay(due - Date.now());
    try {
      await work(n);
      done++;
    } catch (error) {
      surprise('failed', error instanceof Error ? error.message : String(error));
    }
  }
  return done;
}
