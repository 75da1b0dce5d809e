import { STATUS } from '@foramen/dicom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { printableTitle, type Refusal, Refusals, rejectReason, storeReason } from './refusals.ts';

const refusal = (peer: string, reason = 'why'): Refusal => ({
  what: 'association',
  reason,
  peer,
  address: '10.0.0.1',
});

describe('refusals', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('are told at once, then once a minute as a number, and not at all when they have ended', () => {
    const told: [string, number][] = [];
    const refusals = new Refusals((r, count) => told.push([r.peer, count]));
    for (let n = 0; n < 50; n++) refusals.add(refusal('CT1'));
    refusals.add(refusal('CT1', 'another reason'));
    expect(told).toEqual([
      ['CT1', 1],
      ['CT1', 1],
    ]);
    vi.advanceTimersByTime(60_000);
    expect(told.slice(2)).toEqual([['CT1', 49]]);
    vi.advanceTimersByTime(600_000);
    expect(told).toHaveLength(3);
    refusals.add(refusal('CT1'));
    expect(told.at(-1)).toEqual(['CT1', 1]);
  });

  it('of a peer that changes its title with every try are told together, in bounded memory', () => {
    const told: Refusal[] = [];
    const refusals = new Refusals((r) => told.push(r));
    for (let n = 0; n < 5_000; n++) refusals.add(refusal(`X${n}`));
    expect(told).toHaveLength(201);
    expect(told.at(-1)).toMatchObject({ peer: 'others', address: 'several' });
    refusals.end();
    expect(told.at(-1)).toMatchObject({ peer: 'others' });
  });

  it('show a title as text that cannot write lines of its own, and name each reason', () => {
    expect(printableTitle('EVIL\n{"level":"info"}')).toBe('EVIL?{"level":"i');
    expect(printableTitle('   ')).toBe('(none)');
    expect(
      new Set([
        rejectReason(1, 3),
        rejectReason(1, 7),
        rejectReason(1, 2),
        rejectReason(2, 2),
        rejectReason(3, 1),
      ]).size,
    ).toBe(5);
    expect(storeReason(STATUS.outOfResources)).toMatch(/room/);
    expect(storeReason(0xc123)).toBe('status c123');
  });
});
