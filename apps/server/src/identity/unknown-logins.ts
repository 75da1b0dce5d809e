import { lockSeconds } from './accounts.ts';

/**
 * Wrong attempts at logins that do not exist, counted and locked as those of accounts are: whoever tries names learns nothing from which of them
 * are locked. The oldest are forgotten.
 */
export interface UnknownLogins {
  /** Seconds left of a lock, or 0. */
  readonly wait: (login: string, nowMs: number) => number;
  /** Counts an attempt; seconds to wait from now on, or 0. */
  readonly failed: (login: string, nowMs: number) => number;
}

export function unknownLogins(most = 10_000): UnknownLogins {
  const seen = new Map<string, { readonly failed: number; readonly untilMs: number }>();
  return {
    wait: (login, nowMs) => Math.max(0, Math.ceil(((seen.get(login)?.untilMs ?? 0) - nowMs) / 1000)),
    failed: (login, nowMs) => {
      const failed = (seen.get(login)?.failed ?? 0) + 1;
      const seconds = lockSeconds(failed);
      seen.delete(login);
      if (seen.size >= most) seen.delete(seen.keys().next().value ?? '');
      seen.set(login, { failed, untilMs: nowMs + seconds * 1000 });
      return seconds;
    },
  };
}
