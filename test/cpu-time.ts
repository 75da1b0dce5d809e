import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * A function that needs less than so many milliseconds of processor time. Unlike the clock on the wall that does not grow while other
     * programs have the processor: a bound against runaway work (a quadratic search, a pattern that backtracks) holds on a busy machine too.
     */
    toNeedLessThan: T extends () => unknown ? (cpuMs: number) => R : never;
  }
}

expect.extend({
  toNeedLessThan(work: () => unknown, cpuMs: number) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    const needed = (user + system) / 1000;
    return {
      pass: needed < cpuMs,
      message: () => `needed ${needed.toFixed(0)} ms of processor time, allowed are ${cpuMs}`,
    };
  },
});
