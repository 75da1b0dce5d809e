import { useCallback, useEffect, useRef, useState } from 'react';
import type { Loaded } from '../api/use-loaded.ts';
import { PAGE, type PatientList, readPatients, type Wanted } from './read-patients.ts';

interface Patients {
  readonly loaded: Loaded<PatientList>;
  /** The next page, behind those that are shown. */
  readonly more: () => void;
  /** As many pages as are shown, anew; what is shown stays until they are here. */
  readonly reload: () => void;
}

const NOBODY: PatientList = { patients: [], next: null };

/** The list as far as it has been asked for; of `null` it is empty. */
export function usePatients(wanted: Wanted | null): Patients {
  const key = JSON.stringify(wanted);
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<{ readonly key: string; readonly loaded: Loaded<PatientList> }>({
    key: '',
    loaded: { state: 'loading' },
  });
  const loaded: Loaded<PatientList> =
    wanted === null
      ? { state: 'ready', value: NOBODY }
      : held.key === key
        ? held.loaded
        : { state: 'loading' };
  const shown = useRef(loaded);
  shown.current = loaded;
  const busy = useRef<AbortController | null>(null);

  const read = useCallback((of: string, pages: number, begun?: PatientList) => {
    const wish = JSON.parse(of) as Wanted | null;
    busy.current?.abort();
    if (wish === null) return;
    const abort = new AbortController();
    busy.current = abort;
    const settle = (next: Loaded<PatientList>): void => {
      if (abort.signal.aborted) return;
      busy.current = null;
      setHeld({ key: of, loaded: next });
    };
    readPatients(abort.signal, wish, pages, begun).then(
      (value) => settle({ state: 'ready', value }),
      (error: unknown) => settle({ state: 'failed', error }),
    );
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for the same once more
  useEffect(() => {
    const now = shown.current;
    const rows = now.state === 'ready' ? now.value.patients.length : 0;
    read(key, Math.max(1, Math.ceil(rows / PAGE)));
    return () => busy.current?.abort();
  }, [key, turn, read]);

  const more = useCallback(() => {
    const now = shown.current;
    if (busy.current === null && now.state === 'ready' && now.value.next !== null) read(key, 1, now.value);
  }, [key, read]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { loaded, more, reload };
}
