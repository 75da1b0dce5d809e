/** Structured logs: one JSON object a line on standard error. Fields are named and typed here, and no field can hold patient data. */
interface LogFields {
  readonly route?: string;
  readonly method?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly requestId?: string;
  readonly job?: string;
  readonly count?: number;
  readonly bytes?: number;
  readonly error?: string;
  readonly peer?: string;
  /** Network address of a peer. */
  readonly address?: string;
  /** Why, in fixed words. */
  readonly reason?: string;
  readonly version?: string;
}
export type Level = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: Level, message: string, fields?: LogFields) => void;

const ORDER: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export function jsonLog(write: (line: string) => void, least: Level, now: () => Date): Log {
  return (level, message, fields = {}) => {
    if (ORDER[level] < ORDER[least]) return;
    write(`${JSON.stringify({ at: now().toISOString(), level, message, ...fields })}\n`);
  };
}

/**
 * The kind of an unexpected error and where it was thrown, without its message: a message may quote what the database or a
 * parser was looking at.
 */
export function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  const place = /\(?([^()\s]+\.ts:\d+):\d+\)?/
    .exec(error.stack ?? '')?.[1]
    ?.split('/')
    .slice(-2)
    .join('/');
  return [error.name, typeof code === 'string' ? code : undefined, place]
    .filter((part) => part !== undefined)
    .join(' ');
}
