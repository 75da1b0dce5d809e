import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

/**
 * How this process is: memory, open files and handles, and how late timers were since it was last asked. Made once a process; answers what
 * puts the numbers into the metrics.
 */
export function processGauges(metrics: Metrics): { read(): void; stop(): void } {
  const late = monitorEventLoopDelay({ resolution: 20 });
  late.enable();
  return {
    read: () => {
      const { rss, heapUsed, external } = process.memoryUsage();
      metrics.gauge('foramen_process_resident_bytes', rss);
      metrics.gauge('foramen_process_heap_bytes', heapUsed);
      metrics.gauge('foramen_process_external_bytes', external);
      metrics.gauge('foramen_process_resources', process.getActiveResourcesInfo().length);
      const files = openFiles();
      if (files !== undefined) metrics.gauge('foramen_process_open_files', files);
      // Before the first sample the histogram has no values.
      const seconds = (nanoseconds: number): number =>
        Number.isFinite(nanoseconds) && late.count > 0 ? nanoseconds / 1e9 : 0;
      metrics.gauge('foramen_event_loop_delay_seconds', seconds(late.percentile(50)), { quantile: '0.5' });
      metrics.gauge('foramen_event_loop_delay_seconds', seconds(late.percentile(99)), { quantile: '0.99' });
      metrics.gauge('foramen_event_loop_delay_seconds', seconds(late.max), { quantile: '1' });
      late.reset();
    },
    stop: () => late.disable(),
  };
}

/** Linux says; elsewhere unknown. */
function openFiles(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}
