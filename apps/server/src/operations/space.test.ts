import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { diskSpace, waitForRoom } from './space.ts';

describe('room on the disks', () => {
  it('is told in bytes, and judged by the disk that has less', async () => {
    const space = await diskSpace({ objects: tmpdir(), database: tmpdir(), keepFree: 0 })();
    expect(space.objects).toBeGreaterThan(0);
    expect(space.database).toBe(space.objects);
    expect(space.state).toBe('ok');
    const low = diskSpace({ objects: tmpdir(), database: undefined, keepFree: Number.MAX_SAFE_INTEGER });
    expect((await low()).state).toBe('low');
  });

  it('of a place that cannot be asked is not taken for none', async () => {
    const space = await diskSpace({ objects: '/nowhere', database: undefined, keepFree: 1 << 30 })();
    expect(space).toEqual({ state: 'ok' });
  });

  it('is waited for by work that found none, but not for ever and not when it is told to stop', async () => {
    let objects = 0;
    let looks = 0;
    const space = async () => {
      if (++looks === 3) objects = 1 << 30;
      return { objects, state: 'full' as const };
    };
    const on = new AbortController();
    await waitForRoom(space, on.signal, { stepMs: 1 });
    expect(looks).toBe(3);
    await waitForRoom(async () => ({ objects: 0, state: 'full' }), on.signal, { stepMs: 1, mostMs: 20 });
    const stopped = waitForRoom(async () => ({ objects: 0, state: 'full' }), on.signal, { stepMs: 60_000 });
    on.abort();
    await stopped;
    await waitForRoom(async () => ({ state: 'ok' }), new AbortController().signal);
  });
});
