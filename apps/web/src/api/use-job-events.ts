import { useEffect, useRef } from 'react';
import { SESSION_OVER } from './client.ts';
import type { AnalysisState } from './shapes.ts';

interface JobEvent extends AnalysisState {
  readonly id: string;
  readonly kind: string;
  readonly patientId: string | null;
  readonly studyId: string | null;
}

/** Before a refused stream is asked for again; the server says a minute. */
const AGAIN_MS = 60_000;

/**
 * Follows every job the account may see. A connection that breaks is made again by the browser; one that was refused, after a minute; one that
 * newer tabs have crowded out, when this tab is looked at again.
 */
export function useJobEvents(onEvent: (event: JobEvent, ended: boolean) => void): void {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    if (typeof EventSource === 'undefined') return;
    return follow((event, ended) => latest.current(event, ended));
  }, []);
}

/** @returns stops following. */
export function follow(tell: (event: JobEvent, ended: boolean) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let crowded = false;
  const open = (): void => {
    crowded = false;
    const now = new EventSource('/api/events');
    source = now;
    const hear = (ended: boolean) => (message: MessageEvent<string>) => {
      try {
        tell(JSON.parse(message.data) as JobEvent, ended);
      } catch {
        // A half-sent line after a lost connection: the next event carries the whole state again.
      }
    };
    now.addEventListener('progress', hear(false));
    now.addEventListener('end', hear(true));
    now.addEventListener('over', () => {
      now.close();
      window.dispatchEvent(new Event(SESSION_OVER));
    });
    now.addEventListener('crowded', () => {
      now.close();
      crowded = true;
    });
    now.addEventListener('error', () => {
      if (now.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, AGAIN_MS);
    });
  };
  const seen = (): void => {
    if (crowded && document.visibilityState === 'visible') open();
  };
  document.addEventListener('visibilitychange', seen);
  open();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    clearTimeout(timer);
    source?.close();
  };
}
