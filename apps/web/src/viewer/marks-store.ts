import type { MarkDrawing, ReaderMark } from '@foramen/spine';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiError, getJson, sendJson } from '../api/client.ts';

/** A measure of a reader and how far it has been kept. */
export interface Mark {
  readonly key: string;
  readonly drawing: MarkDrawing;
  readonly removed: boolean;
  /** As the server has it; null until then. */
  readonly stored: ReaderMark | null;
  readonly state: 'saving' | 'kept' | 'failed' | 'here';
  readonly problem?: string;
}

/** How the store speaks to the server; null where there is none (analysed in this tab). */
export interface MarksServer {
  readonly list: () => Promise<readonly ReaderMark[]>;
  readonly add: (drawing: MarkDrawing) => Promise<ReaderMark>;
  readonly change: (
    id: string,
    to: { readonly revision: number; readonly drawing: MarkDrawing; readonly removed: boolean },
  ) => Promise<ReaderMark>;
}

const REFUSED = 'your account may look but not measure: kept in this page only';

/**
 * The measures of one study. Every change is kept at once; what could not be kept stays, says so, and can be tried again. It lives as long as the
 * page, so that going from one view to another loses nothing.
 */
export class MarksStore {
  marks: readonly Mark[] = [];
  /** Why the kept ones could not be loaded. */
  problem: string | null = null;
  readonly #server: MarksServer | null;
  readonly #listeners = new Set<() => void>();
  readonly #busy = new Set<string>();
  readonly #again = new Set<string>();
  #turn = 0;

  constructor(server: MarksServer | null) {
    this.#server = server;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** Differs whenever something has changed. */
  readonly turn = (): number => this.#turn;
  unkept(): boolean {
    return this.marks.some((mark) => mark.state === 'saving' || mark.state === 'failed');
  }

  async load(): Promise<void> {
    try {
      const marks = (await this.#server?.list()) ?? [];
      const found = new Map(marks.map((mark) => [mark.id, mark]));
      const known = new Set(this.marks.map((mark) => mark.stored?.id));
      this.problem = null;
      this.#show([
        ...marks.filter((mark) => !known.has(mark.id)).map(kept),
        ...this.marks.map((mark) => {
          const theirs = mark.stored === null ? undefined : found.get(mark.stored.id);
          return theirs !== undefined && mark.state === 'kept' ? kept(theirs) : mark;
        }),
      ]);
    } catch (error) {
      this.problem = said(error);
      this.#show(this.marks);
    }
  }

  draw(drawing: MarkDrawing): Promise<void> {
    const key = crypto.randomUUID();
    this.#show([...this.marks, { key, drawing, removed: false, stored: null, state: 'saving' }]);
    return this.#keep(key);
  }

  change(key: string, drawing: MarkDrawing): Promise<void> {
    this.#put(key, { drawing });
    return this.#keep(key);
  }

  /** Takes a measure away, or brings it back. */
  remove(key: string, removed: boolean): Promise<void> {
    this.#put(key, { removed });
    return this.#keep(key);
  }

  retry(key: string): Promise<void> {
    return this.#keep(key);
  }

  /** Sends a mark as it is now; a change made meanwhile is sent after it, never beside it. */
  async #keep(key: string): Promise<void> {
    const server = this.#server;
    if (server === null) return this.#put(key, { state: 'here' });
    this.#again.add(key);
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    try {
      while (this.#again.delete(key)) {
        this.#put(key, { state: 'saving' });
        const mark = this.#find(key);
        if (mark === undefined) return;
        const { drawing, removed, stored: before } = mark;
        const stored =
          before === null
            ? await server.add(drawing)
            : await server.change(before.id, { revision: before.revision, drawing, removed });
        if (before === null && removed) this.#again.add(key);
        this.#put(key, { stored, state: 'kept' });
      }
    } catch (error) {
      this.#again.delete(key);
      await this.#failed(server, key, error);
    } finally {
      this.#busy.delete(key);
    }
  }

  async #failed(server: MarksServer, key: string, error: unknown): Promise<void> {
    if (error instanceof ApiError && error.status === 403)
      return this.#put(key, { state: 'here', problem: REFUSED });
    this.#put(key, { state: 'failed', problem: said(error) });
    if (!(error instanceof ApiError && error.status === 409)) return;
    // Somebody else changed it: their revision stays in its history, and trying again puts this one after it.
    const marks = await server.list().catch(() => []);
    const theirs = marks.find((mark) => mark.id === this.#find(key)?.stored?.id);
    if (theirs !== undefined) this.#put(key, { stored: theirs });
  }

  #find(key: string): Mark | undefined {
    return this.marks.find((mark) => mark.key === key);
  }
  #put(key: string, change: Partial<Mark>): void {
    this.#show(this.marks.map((mark) => (mark.key === key ? { ...mark, ...change } : mark)));
  }
  #show(marks: readonly Mark[]): void {
    this.marks = marks;
    this.#turn++;
    for (const listener of this.#listeners) listener();
  }
}

function kept(mark: ReaderMark): Mark {
  return { key: mark.id, drawing: mark.drawing, removed: mark.removed, stored: mark, state: 'kept' };
}

function said(error: unknown): string {
  if (error instanceof TypeError) return 'the server did not answer';
  return error instanceof Error ? error.message : 'nobody knows why';
}

const stores = new Map<string, MarksStore>();

function storeOf(base: string | null, key: string): MarksStore {
  const there = stores.get(key);
  if (there !== undefined) return there;
  // The page asks before it is left with a measure that was not kept.
  if (stores.size === 0 && typeof addEventListener === 'function')
    addEventListener('beforeunload', (event) => {
      if ([...stores.values()].some((store) => store.unkept())) event.preventDefault();
    });
  const made = new MarksStore(base === null ? null : serverAt(base));
  stores.set(key, made);
  return made;
}

function serverAt(base: string): MarksServer {
  return {
    list: async () => (await getJson<{ readonly marks: readonly ReaderMark[] }>(base)).marks,
    add: (drawing) => sendJson('POST', base, drawing),
    change: (id, to) => sendJson('PUT', `${base}/${encodeURIComponent(id)}`, to),
  };
}

/** The measures of a study as they are now; `address` is that of the study on the server, null where there is none. */
export function useMarks(studyId: string, address: string | null): MarksStore {
  const store = storeOf(address === null ? null : `${address}/marks`, `${address} ${studyId}`);
  useSyncExternalStore(store.subscribe, store.turn);
  useEffect(() => void store.load(), [store]);
  return store;
}
