import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStreams } from './open-streams.ts';

describe('places for streams of events', () => {
  it('end the oldest of a session, and refuse an address that holds too many', () => {
    const streams = openStreams({ perSession: 2, perAddress: 3 });
    const ended: string[] = [];
    const open = (session: string, address: string, name: string) => {
      const leave = streams.enter(session, address, () => {
        ended.push(name);
        leave?.();
      });
      return leave;
    };
    open('a', '1', 'a1');
    open('a', '1', 'a2');
    expect(ended).toEqual([]);
    open('a', '1', 'a3');
    expect(ended).toEqual(['a1']);
    const b = open('b', '1', 'b1');
    expect(streams.count()).toBe(3);
    expect(open('b', '1', 'b2')).toBeUndefined();
    expect(ended).toEqual(['a1']);
    // Somewhere else there is room, and what is given back is free again.
    expect(open('c', '2', 'c1')).toBeDefined();
    b?.();
    b?.();
    expect(open('b', '1', 'b3')).toBeDefined();
    expect(streams.count()).toBe(4);
  });

  it('are never more than allowed, and all free when everybody has left', () => {
    const step = fc.record({
      session: fc.integer({ min: 0, max: 4 }),
      address: fc.integer({ min: 0, max: 2 }),
      leaves: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const streams = openStreams({ perSession: 3, perAddress: 5 });
        const held = new Map<() => void, { session: number; address: number }>();
        for (const { session, address, leaves } of steps) {
          if (leaves) {
            const [first] = held.keys();
            first?.();
            if (first !== undefined) held.delete(first);
            continue;
          }
          const crowdedOut = (): void => {
            leave?.();
            if (leave !== undefined) held.delete(leave);
          };
          const leave = streams.enter(`${session}`, `${address}`, crowdedOut);
          if (leave !== undefined) held.set(leave, { session, address });
          const of = (key: 'session' | 'address', value: number) =>
            [...held.values()].filter((one) => one[key] === value).length;
          expect(of('session', session)).toBeLessThanOrEqual(3);
          expect(of('address', address)).toBeLessThanOrEqual(6);
          expect(streams.count()).toBe(held.size);
        }
        for (const leave of held.keys()) leave();
        expect(streams.count()).toBe(0);
      }),
    );
  });
});
