/**
 * How the server's process keeps to little memory. Each thread of it that asks the C library for memory would get an arena of its own, which
 * is hardly ever given back, so that what threads take in turns piles up; two are enough. What is free at their end, beyond what the next object takes
 * again, goes back to the system, and what is smaller than a megabyte is not asked of the system each time. And objects that live for one request are collected in a small space, often,
 * rather than in a large one, rarely.
 */
export const SPARING = {
  flags: ['--max-semi-space-size=4'],
  env: {
    MALLOC_ARENA_MAX: '2',
    MALLOC_TRIM_THRESHOLD_: String(4 << 20),
    MALLOC_MMAP_THRESHOLD_: String(1 << 20),
  },
} as const;

/**
 * Puts this program, started anew with these settings, in the process's own place: same process id, same streams. Both count from a process's
 * first moment only. Returns where that is done already, where somebody has set it otherwise, and where the system knows no such thing.
 */
export function startSparing(): void {
  const { execve } = process;
  if (process.platform !== 'linux' || execve === undefined) return;
  if (process.env.MALLOC_ARENA_MAX !== undefined) return;
  const command = [process.execPath, ...process.execArgv, ...SPARING.flags, ...process.argv.slice(1)];
  execve.call(process, process.execPath, command, { ...process.env, ...SPARING.env });
}
