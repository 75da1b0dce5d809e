import { useEffect, useRef } from 'react';
import type { AnalysisState } from './shapes.ts';

export interface JobEvent extends AnalysisState {
  readonly id: string;
  readonly kind: string;
  readonly patientId: string | null;
  readonly studyId: string | null;
}

/** Told to the window when the server says that the session has ended, by time or from elsewhere. */
export const SESSION_OVER = 'foramen-session-over';

/** Follows every job the account may see; the browser reconnects by itself. */
export function useJobEvents(onEvent: (event: JobEvent, ended: boolean) => void): void {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    if (typeof EventSource === 'undefined') return;
    const source = new EventSource('/api/events');
    const hear = (ended: boolean) => (message: MessageEvent<string>) => {
      try {
        latest.current(JSON.parse(message.data) as JobEvent, ended);
      } catch {
        // A half-sent line after a lost connection: the next event carries the whole state again.
      }
    };
    source.addEventListener('progress', hear(false));
    source.addEventListener('end', hear(true));
    source.addEventListener('over', () => {
      source.close();
      window.dispatchEvent(new Event(SESSION_OVER));
    });
    return () => source.close();
  }, []);
}
