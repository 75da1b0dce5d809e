/** Does nothing but wait, and tells how late its timers are. */
export const IDLE = `
const { monitorEventLoopDelay } = require('node:perf_hooks');
const late = monitorEventLoopDelay({ resolution: 20 });
late.enable();
setInterval(() => {
  require('node:worker_threads').parentPort.postMessage(late.percentile(99) / 1e6);
  late.reset();
}, 2000);`;

/** The server's process at one moment. */
export interface Look {
  readonly at: number;
  readonly residentMb: number;
  readonly heapMb: number;
  /** Heap and buffers outside it. */
  readonly keptMb: number;
  readonly openFiles: number;
  readonly resources: number;
  readonly loopP99Ms: number;
  readonly waiting: number;
}

export async function look(url: string, began: number): Promise<Look> {
  const ask = () => fetch(`${url}/metrics`);
  // A kept connection may be closed by the other side in the moment it is used again: that is not the server's fault, once.
  const text = await (await ask().catch(ask)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} ([\\d.e+-]+)$`, 'm').exec(text)?.[1] ?? 0);
  const waiting = [...text.matchAll(/^foramen_jobs_(?:waiting|active)\{[^}]*\} (\d+)$/gm)];
  return {
    at: Date.now() - began,
    residentMb: value('foramen_process_resident_bytes') / (1 << 20),
    heapMb: value('foramen_process_heap_bytes') / (1 << 20),
    keptMb: (value('foramen_process_heap_bytes') + value('foramen_process_external_bytes')) / (1 << 20),
    openFiles: value('foramen_process_open_files'),
    resources: value('foramen_process_resources'),
    loopP99Ms: value('foramen_event_loop_delay_seconds{quantile="0.99"}') * 1000,
    waiting: waiting.reduce((sum, match) => sum + Number(match[1]), 0),
  };
}

/** Least squares through what is kept, MB a day of the fast clock. */
export function slopePerDay(looks: readonly Look[], minutes: number): number {
  const n = looks.length;
  if (n < 3) return 0;
  const x = looks.map((one) => one.at / (minutes * 60_000));
  const y = looks.map((one) => one.keptMb);
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, v, i) => sum + (v - mx) * (y[i]! - my), 0);
  const under = x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  return over / under;
}
