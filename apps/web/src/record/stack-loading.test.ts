import { describe, expect, it, vi } from 'vitest';
import { comesInParts, loadStack, nextPart } from './stack-loading.ts';

const SIZE = [1000, 500, 40] as const;
const AREA = SIZE[0] * SIZE[1];
const partOf = (from: number, count: number) => {
  const data = new Int16Array(AREA * count);
  for (let k = 0; k < count; k++) data.fill(from + k + 1, k * AREA, (k + 1) * AREA);
  return { data: data.buffer, labels: new Uint8Array(AREA * count).fill(7).buffer };
};

describe('a stack that comes in parts', () => {
  it('is one piece while it is small', () => {
    expect(comesInParts([320, 320, 15])).toBe(false);
    expect(comesInParts([512, 512, 200])).toBe(true);
  });

  it('asks next for what is missing nearest to what is looked at', () => {
    const state = new Uint8Array(10);
    expect(nextPart(state, 5, 3)).toEqual([5, 3]);
    state.fill(2, 5, 8);
    expect(nextPart(state, 5, 3)).toEqual([2, 3]);
    expect(nextPart(state, 9, 3)).toEqual([9, 1]);
    state.fill(2);
    expect(nextPart(state, 5, 3)).toBeNull();
  });

  it('shows the key slice first, then all others, each once, however often a part fails', async () => {
    const asked: (readonly [number, number])[] = [];
    let fails = 2;
    const stack = await loadStack({
      size: SIZE,
      keySlice: 20,
      againMs: 1,
      signal: new AbortController().signal,
      fetch: async (from, count) => {
        asked.push([from, count]);
        if (from !== 20 && fails-- > 0) throw new TypeError('Failed to fetch');
        return partOf(from, count);
      },
    });
    expect(asked[0]).toEqual([20, 1]);
    expect([stack.arriving.has(20), stack.arriving.has(3), stack.arriving.whole()]).toEqual([
      true,
      false,
      false,
    ]);
    const heard = vi.fn();
    stack.arriving.heard(heard);
    stack.arriving.want(0);
    await expect.poll(() => stack.arriving.whole()).toBe(true);
    expect(heard).toHaveBeenCalled();
    for (const k of [0, 13, 20, 39]) expect(stack.data[k * AREA + 5]).toBe(k + 1);
    expect(stack.labels?.[39 * AREA]).toBe(7);
    // Two were asked for at once when the wish changed; then come those about slice 0.
    const after = asked.slice(5).map(([from]) => from);
    expect(after[0]).toBeLessThan(20);
  });

  it('stops when nobody looks any more, and refuses a part of another size', async () => {
    const end = new AbortController();
    let asked = 0;
    const stack = await loadStack({
      size: SIZE,
      keySlice: 0,
      signal: end.signal,
      fetch: async (from, count) => {
        if (asked++ > 1) end.abort();
        return partOf(from, count);
      },
    });
    await new Promise((done) => setTimeout(done, 50));
    expect(stack.arriving.whole()).toBe(false);
    expect(asked).toBeLessThan(5);
    const short = loadStack({
      size: SIZE,
      keySlice: 0,
      signal: end.signal,
      fetch: async () => ({ data: new ArrayBuffer(10), labels: null }),
    });
    await expect(short).rejects.toThrow('5 voxels, 500000 were announced');
  });
});
