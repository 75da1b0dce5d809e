import { useCallback, useEffect, useState } from 'react';
import { passing, SESSION_BACK } from './client.ts';

/** Before what failed for want of a server is asked for again. */
const AGAIN_MS = 8000;

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown };

/**
 * Loads once for each `key`, and by itself again while the server is away; `reload` loads again and keeps showing the old value until the new one is there. `load` must depend on
 * `key` alone.
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): readonly [Loaded<T>, () => void] {
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<{ readonly key: string; readonly loaded: Loaded<T> }>({
    key,
    loaded: { state: 'loading' },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is a new function on every render; `key` says when it differs
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setHeld({ key, loaded: { state: 'ready', value } });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setHeld({ key, loaded: { state: 'failed', error } });
      },
    );
    return () => abort.abort();
  }, [key, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const failed = held.loaded.state === 'failed' ? held.loaded.error : null;
  useEffect(() => {
    if (failed === null) return;
    const timer = passing(failed) ? setTimeout(reload, AGAIN_MS) : undefined;
    window.addEventListener('online', reload);
    window.addEventListener(SESSION_BACK, reload);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', reload);
      window.removeEventListener(SESSION_BACK, reload);
    };
  }, [failed, reload]);
  return [held.key === key ? held.loaded : { state: 'loading' }, reload];
}
