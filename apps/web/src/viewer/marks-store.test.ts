import type { MarkDrawing, ReaderMark } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { type MarksServer, MarksStore } from './marks-store.ts';

const drawing = (note = ''): MarkDrawing => ({
  kind: 'length',
  seriesUid: '1.2.3',
  series: 1,
  title: 'T2 sagittal',
  slice: 3,
  spacingMm: [0.5, 0.5],
  points: [
    [1, 1],
    [9, 1],
  ],
  lps: null,
  level: null,
  note,
});

/** A server that keeps revisions as the real one does; `next` makes its next answer fail. */
function server() {
  const kept = new Map<string, ReaderMark>();
  const calls: string[] = [];
  const state = { next: null as Error | null };
  const write = (id: string, revision: number, to: MarkDrawing, removed: boolean): ReaderMark => {
    const mark: ReaderMark = {
      id,
      revision,
      removed,
      drawing: to,
      frameOfReferenceUid: null,
      author: 'reader',
      at: '2026-01-01T00:00:00Z',
      drawnAt: '2026-01-01T00:00:00Z',
    };
    kept.set(id, mark);
    return mark;
  };
  const turn = async (): Promise<void> => {
    await new Promise((done) => setTimeout(done, 1));
    const error = state.next;
    state.next = null;
    if (error !== null) throw error;
  };
  const api: MarksServer = {
    list: async () => [...kept.values()],
    add: async (to) => {
      calls.push('add');
      await turn();
      return write(`m${kept.size}`, 1, to, false);
    },
    change: async (id, { revision, drawing: to, removed }) => {
      calls.push(removed ? 'remove' : 'change');
      await turn();
      const before = kept.get(id);
      if (before?.revision !== revision) throw new ApiError(409, []);
      return write(id, revision + 1, to, removed);
    },
  };
  return { api, kept, calls, state, write };
}

describe('measures that are being kept', () => {
  it('a change made while the first is on its way follows it, once', async () => {
    const { api, kept, calls } = server();
    const store = new MarksStore(api);
    const drawn = store.draw(drawing());
    const key = store.marks[0]!.key;
    void store.change(key, drawing('a'));
    void store.change(key, drawing('b'));
    await drawn;
    expect(calls).toEqual(['add', 'change']);
    expect([...kept.values()]).toMatchObject([{ revision: 2, drawing: { note: 'b' } }]);
    expect(store.marks[0]).toMatchObject({ state: 'kept', stored: { revision: 2 } });
  });

  it('taken away at once is taken away there too, and can be brought back', async () => {
    const { api, kept } = server();
    const store = new MarksStore(api);
    const drawn = store.draw(drawing());
    const key = store.marks[0]!.key;
    void store.remove(key, true);
    await drawn;
    expect([...kept.values()]).toMatchObject([{ removed: true }]);
    await store.remove(key, false);
    expect([...kept.values()]).toMatchObject([{ removed: false, revision: 3 }]);
  });

  it('what could not be kept stays, says why, and is kept when tried again', async () => {
    const { api, kept, state } = server();
    const store = new MarksStore(api);
    state.next = new Error('no connection');
    await store.draw(drawing('important'));
    expect(store.marks[0]).toMatchObject({ state: 'failed', problem: 'no connection' });
    expect(store.unkept()).toBe(true);
    await store.load();
    expect(store.marks).toHaveLength(1);
    await store.retry(store.marks[0]!.key);
    expect(store.unkept()).toBe(false);
    expect([...kept.values()]).toMatchObject([{ drawing: { note: 'important' } }]);
  });

  it('a change of somebody else is not overwritten unseen', async () => {
    const { api, kept, write } = server();
    const store = new MarksStore(api);
    await store.draw(drawing());
    const { key, stored } = store.marks[0]!;
    write(stored!.id, 2, drawing('theirs'), false);
    await store.change(key, drawing('mine'));
    expect(store.marks[0]).toMatchObject({ state: 'failed', drawing: { note: 'mine' } });
    expect(kept.get(stored!.id)?.drawing.note).toBe('theirs');
    await store.retry(key);
    expect(kept.get(stored!.id)).toMatchObject({ revision: 3, drawing: { note: 'mine' } });
  });

  it('without a server, or without the right, stays in the page and says so', async () => {
    const here = new MarksStore(null);
    await here.draw(drawing());
    expect(here.marks[0]?.state).toBe('here');
    const { api, state } = server();
    const refused = new MarksStore(api);
    state.next = new ApiError(403, []);
    await refused.draw(drawing());
    expect(refused.marks[0]).toMatchObject({ state: 'here', problem: expect.stringContaining('may look') });
    expect(refused.unkept()).toBe(false);
  });
});
