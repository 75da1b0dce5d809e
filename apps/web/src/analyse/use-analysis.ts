import type { AnalysisParts, AnalysisProgress } from '@foramen/analysis';
import type { Problem } from '@foramen/spine';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnalyseMessage, AnalyseRequest, AnalyseResult } from './messages.ts';

export type Run =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly progress: AnalysisProgress | null;
      readonly loading: string | null;
      readonly secondsLeft: number | null;
    }
  | { readonly state: 'done'; readonly result: AnalyseResult; readonly seconds: number }
  | { readonly state: 'refused'; readonly problems: readonly Problem[] };

const BROKEN: Problem = {
  code: 'unsupported',
  severity: 'error',
  where: 'the analysis in this tab',
  what: 'stopped unexpectedly',
  help: 'Reload the page and try again; a study of many hundred slices may need more memory than a tab has',
};

/** One analysis at a time, in a worker of its own; cancelling ends the worker, so nothing goes on in the background. */
export function useAnalysis(): {
  readonly run: Run;
  readonly start: (parts: AnalysisParts) => void;
  readonly cancel: () => void;
  readonly refuse: (problems: readonly Problem[]) => void;
} {
  const [run, setRun] = useState<Run>({ state: 'idle' });
  const worker = useRef<Worker | null>(null);
  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const start = useCallback(
    (parts: AnalysisParts) => {
      stop();
      const began = performance.now();
      // The first network call loads tens of megabytes; time left is told from when the work itself began.
      let first: { readonly at: number; readonly fraction: number } | null = null;
      const current = new Worker(new URL('./analyse.worker.ts', import.meta.url), { type: 'module' });
      worker.current = current;
      setRun({ state: 'running', progress: null, loading: null, secondsLeft: null });
      current.onmessage = ({ data }: MessageEvent<AnalyseMessage>) => {
        switch (data.kind) {
          case 'loading':
            setRun((now) => (now.state === 'running' ? { ...now, loading: data.what } : now));
            break;
          case 'progress': {
            const { fraction } = data.progress;
            const now = performance.now();
            first ??= { at: now, fraction };
            const did = fraction - first.fraction;
            const left = did < 0.02 ? null : ((now - first.at) / did) * (1 - fraction) * 0.001;
            setRun({ state: 'running', progress: data.progress, loading: null, secondsLeft: left });
            break;
          }
          case 'done':
            stop();
            setRun({ state: 'done', result: data.result, seconds: (performance.now() - began) / 1000 });
            break;
          case 'refused':
            stop();
            setRun({ state: 'refused', problems: data.problems });
            break;
        }
      };
      current.onerror = (event) => {
        event.preventDefault();
        stop();
        setRun({
          state: 'refused',
          problems: [event.message ? { ...BROKEN, what: `stopped: ${event.message}` } : BROKEN],
        });
      };
      const request: AnalyseRequest = { parts };
      current.postMessage(request);
    },
    [stop],
  );
  const cancel = useCallback(() => {
    stop();
    setRun({ state: 'idle' });
  }, [stop]);
  const refuse = useCallback((problems: readonly Problem[]) => setRun({ state: 'refused', problems }), []);
  return { run, start, cancel, refuse };
}
