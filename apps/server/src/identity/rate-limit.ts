/** A bucket of tokens per key that refills steadily; a key that was quiet long enough is forgotten. */
interface RateLimiter {
  /** Seconds to wait, or 0 when the request may go on. */
  take(key: string, nowMs: number): number;
}

export function rateLimiter(options: {
  readonly burst: number;
  readonly perSecond: number;
  readonly keys?: number;
}): RateLimiter {
  const most = options.keys ?? 10_000;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, nowMs) {
      const seen = buckets.get(key);
      // A clock that jumps back refills nothing and locks nobody out.
      const elapsed = seen === undefined ? 0 : Math.max(0, nowMs - seen.at) / 1000;
      const tokens = Math.min(options.burst, (seen?.tokens ?? options.burst) + elapsed * options.perSecond);
      buckets.delete(key);
      if (buckets.size >= most) buckets.delete(buckets.keys().next().value ?? '');
      const left = tokens >= 1 ? tokens - 1 : tokens;
      buckets.set(key, { tokens: left, at: nowMs });
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / options.perSecond);
    },
  };
}
