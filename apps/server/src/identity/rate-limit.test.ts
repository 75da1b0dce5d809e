import { describe, expect, it } from 'vitest';
import { rateLimiter } from './rate-limit.ts';
import { unknownLogins } from './unknown-logins.ts';

describe('a rate limit', () => {
  it('lets a burst through, then one as often as it refills, each key by itself', () => {
    const limit = rateLimiter({ burst: 3, perSecond: 0.5 });
    expect([0, 0, 0, 0, 0].map((at) => limit.take('a', at))).toEqual([0, 0, 0, 2, 2]);
    expect(limit.take('b', 0)).toBe(0);
    expect([limit.take('a', 1_900), limit.take('a', 2_100), limit.take('a', 2_200)]).toEqual([1, 0, 2]);
    // Full again, and no fuller.
    expect(Array.from({ length: 4 }, () => limit.take('a', 3_600_000))).toEqual([0, 0, 0, 2]);
  });

  it('is neither filled nor locked by a clock that is set back', () => {
    const limit = rateLimiter({ burst: 1, perSecond: 1 });
    expect([limit.take('a', 1_000_000), limit.take('a', 0), limit.take('a', 1_000)]).toEqual([0, 1, 0]);
  });

  it('forgets the key that was quiet longest when there are too many', () => {
    const limit = rateLimiter({ burst: 1, perSecond: 0.001, keys: 2 });
    for (const key of ['a', 'b', 'c']) expect(limit.take(key, 0)).toBe(0);
    expect([limit.take('c', 0) > 0, limit.take('a', 0)]).toEqual([true, 0]);
  });
});

describe('logins that do not exist', () => {
  it('are locked from the fifth attempt, longer each time, and the oldest are forgotten', () => {
    const unknown = unknownLogins(2);
    const attempts = Array.from({ length: 7 }, () => unknown.failed('nobody', 0));
    expect(attempts).toEqual([0, 0, 0, 0, 30, 60, 120]);
    expect([
      unknown.wait('nobody', 60_000),
      unknown.wait('nobody', 121_000),
      unknown.wait('else', 0),
    ]).toEqual([60, 0, 0]);
    unknown.failed('b', 0);
    unknown.failed('c', 0);
    expect(unknown.wait('nobody', 0)).toBe(0);
  });
});
