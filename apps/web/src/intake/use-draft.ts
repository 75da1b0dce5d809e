import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, getJson, passing, SESSION_BACK, sendJson } from '../api/client.ts';
import type { Answers } from './answers.ts';
import { type Joined, joined } from './joined-answers.ts';

/** Before what could not be kept for want of a server is tried again by itself. */
const AGAIN_MS = 5000;
/** How long a pause in typing is before what stands there is kept. */
const PAUSE_MS = 800;

export type Kept =
  | { readonly state: 'unchanged' }
  | { readonly state: 'keeping' }
  | { readonly state: 'kept'; readonly at: string }
  | { readonly state: 'failed'; readonly error: unknown };

/** Answers that are begun and not sent, as the server keeps them for an account. */
export interface Draft {
  readonly body: Answers;
  readonly basedOn: string | null;
  readonly revision: number;
  readonly updatedAt: string;
}

/**
 * Keeps answers on the server while they are given: after each pause, when the page is left, and again when it failed. One request
 * at a time, each naming the revision it follows, so that a second window is noticed and not overwritten: what that one kept meanwhile is joined
 * with what stands here, and told.
 * @param onJoined is given how another window's answers go together with any of this one's.
 */
export function useDraft(
  address: string,
  start: { readonly revision: number; readonly basedOn: string | null; readonly body: Answers },
  onJoined: (join: (mine: Answers) => Joined) => void,
) {
  const [kept, setKept] = useState<Kept>({ state: 'unchanged' });
  const waiting = useRef<Answers | null>(null);
  const revision = useRef(start.revision);
  const basedOn = useRef(start.basedOn);
  /** What this window and the server last had in common. */
  const common = useRef(start.body);
  const told = useRef(onJoined);
  told.current = onJoined;
  const busy = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  /** Resolves when everything that waits has been kept, or could not be. */
  const keep = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (busy.current !== null) {
      await busy.current;
      return keep();
    }
    const body = waiting.current;
    if (body === null) return;
    waiting.current = null;
    setKept({ state: 'keeping' });
    busy.current = sendJson<{ readonly revision: number; readonly updatedAt: string }>('PUT', address, {
      body,
      basedOn: basedOn.current,
      after: revision.current,
    })
      .then((reply) => {
        revision.current = reply.revision;
        common.current = body;
        setKept({ state: 'kept', at: reply.updatedAt });
      })
      .catch(async (error: unknown) => {
        if (error instanceof ApiError && error.status === 409) {
          try {
            const { draft } = await getJson<{ readonly draft: Draft | null }>(address);
            const begun = common.current;
            // Sent or dropped over there: what stands here is a draft of its own again, and sending it tells of what was sent meanwhile.
            const theirs = draft?.body ?? begun;
            const join = (mine: Answers) => joined(begun, mine, theirs);
            revision.current = draft?.revision ?? 0;
            common.current = theirs;
            waiting.current = join(waiting.current ?? body).answers;
            told.current(join);
            timer.current = setTimeout(() => void keep(), PAUSE_MS);
            return;
          } catch (caught) {
            waiting.current ??= body;
            setKept({ state: 'failed', error: caught });
            return;
          }
        }
        // Still to be kept, unless something newer waits already.
        waiting.current ??= body;
        setKept({ state: 'failed', error });
        if (passing(error)) timer.current = setTimeout(() => void keep(), AGAIN_MS);
      });
    await busy.current;
    busy.current = null;
  }, [address]);

  const change = useCallback(
    (answers: Answers) => {
      waiting.current = answers;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keep(), PAUSE_MS);
    },
    [keep],
  );

  /** Nothing waits any more: the answers were sent or dropped. `from` is the intake that the next draft starts from, `start` what stands in it. */
  const settled = useCallback((from: string | null, start: Answers) => {
    clearTimeout(timer.current);
    waiting.current = null;
    revision.current = 0;
    basedOn.current = from;
    common.current = start;
    setKept({ state: 'unchanged' });
  }, []);

  useEffect(() => {
    const leaving = () => {
      if (document.visibilityState === 'hidden') void keep();
    };
    const closing = (event: BeforeUnloadEvent) => {
      if (waiting.current === null && busy.current === null) return;
      void keep();
      event.preventDefault();
    };
    const again = () => void keep();
    document.addEventListener('visibilitychange', leaving);
    window.addEventListener('beforeunload', closing);
    window.addEventListener('online', again);
    window.addEventListener(SESSION_BACK, again);
    return () => {
      document.removeEventListener('visibilitychange', leaving);
      window.removeEventListener('beforeunload', closing);
      window.removeEventListener('online', again);
      window.removeEventListener(SESSION_BACK, again);
      void keep();
    };
  }, [keep]);

  return { kept, change, keep, settled };
}
