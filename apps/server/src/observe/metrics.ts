/** Counters, gauges and histograms in Prometheus text format. Label values come from fixed sets: routes, methods, states. */
export interface Metrics {
  count(name: string, labels?: Labels, by?: number): void;
  gauge(name: string, value: number, labels?: Labels): void;
  observe(name: string, seconds: number, labels?: Labels): void;
  /** Begins one piece of work, for traces; Prometheus knows none. `parent` is the traceparent of the work that asked for it. */
  begin(name: string, kind: SpanKind, labels?: Labels, parent?: string): OpenSpan;
  text(): string;
}
export type Labels = Readonly<Record<string, string>>;
export type SpanKind = 'request' | 'job' | 'step';

export interface OpenSpan {
  /** To hand on to what this work asks for; undefined when nobody collects traces. */
  readonly traceparent: string | undefined;
  /** What is known of the work only when it is over: its name, its labels, whether it failed. */
  end(result?: { readonly name?: string; readonly labels?: Labels; readonly failed?: boolean }): void;
}
const NO_SPAN: OpenSpan = { traceparent: undefined, end: () => undefined };

interface Histogram {
  readonly counts: number[];
  sum: number;
  total: number;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const HELP: Readonly<Record<string, string>> = {
  foramen_http_requests_total: 'HTTP requests by route, method and status.',
  foramen_http_request_seconds: 'Time to answer an HTTP request.',
  foramen_jobs_finished_total: 'Jobs that ended, by kind and state.',
  foramen_job_seconds: 'Time a job took.',
  foramen_jobs_waiting: 'Jobs waiting, by kind.',
  foramen_jobs_active: 'Jobs being done, by kind.',
  foramen_jobs_oldest_seconds: 'How long the oldest waiting job has waited, by kind.',
  foramen_swept_total: 'Rows and objects that nothing referred to any more and were removed.',
  foramen_access_denied_total: 'Requests the access policy refused, by path and resource.',
  foramen_objects_received_total: 'DICOM objects stored, by way in.',
  foramen_object_bytes_total: 'Bytes of DICOM objects stored, by way in.',
  foramen_objects_set_aside_total:
    'Received objects that the database refused; they lie in blobs/unfinished.',
  foramen_objects_refused_total: 'DICOM objects that were not taken by C-STORE, by reason.',
  foramen_associations_total: 'DICOM associations, by outcome.',
  foramen_process_resident_bytes: 'Resident memory of this process.',
  foramen_process_heap_bytes: 'Heap in use.',
  foramen_process_external_bytes: 'Memory of buffers outside the heap.',
  foramen_process_resources: 'Handles and requests that keep this process awake.',
  foramen_process_open_files: 'Open files and sockets (Linux).',
  foramen_event_loop_delay_seconds: 'How late timers were since the last scrape, by quantile.',
};

export function metrics(): Metrics {
  const values = new Map<string, Map<string, number>>();
  const kinds = new Map<string, 'counter' | 'gauge'>();
  const histograms = new Map<string, Map<string, Histogram>>();
  const key = (labels: Labels): string =>
    Object.keys(labels)
      .sort()
      .map((name) => `${name}="${labels[name]!.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))}"`)
      .join(',');
  const cell = (name: string, kind: 'counter' | 'gauge'): Map<string, number> => {
    kinds.set(name, kind);
    return entry(values, name, () => new Map<string, number>());
  };
  return {
    count(name, labels = {}, by = 1) {
      const row = cell(name, 'counter');
      row.set(key(labels), (row.get(key(labels)) ?? 0) + by);
    },
    gauge(name, value, labels = {}) {
      cell(name, 'gauge').set(key(labels), value);
    },
    observe(name, seconds, labels = {}) {
      const row = entry(histograms, name, () => new Map<string, Histogram>());
      const h = entry(row, key(labels), () => ({ counts: BUCKETS.map(() => 0), sum: 0, total: 0 }));
      h.sum += seconds;
      h.total++;
      for (const [i, edge] of BUCKETS.entries()) if (seconds <= edge) h.counts[i]!++;
    },
    begin: () => NO_SPAN,
    text() {
      const lines: string[] = [];
      for (const [name, row] of values) {
        lines.push(`# HELP ${name} ${HELP[name] ?? name}`, `# TYPE ${name} ${kinds.get(name)}`);
        for (const [labels, value] of row)
          lines.push(`${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
      }
      for (const [name, row] of histograms) {
        lines.push(`# HELP ${name} ${HELP[name] ?? name}`, `# TYPE ${name} histogram`);
        for (const [labels, h] of row) {
          const comma = labels === '' ? '' : `${labels},`;
          for (const [i, edge] of BUCKETS.entries())
            lines.push(`${name}_bucket{${comma}le="${edge}"} ${h.counts[i]}`);
          lines.push(`${name}_bucket{${comma}le="+Inf"} ${h.total}`);
          lines.push(`${name}_sum${labels === '' ? '' : `{${labels}}`} ${h.sum}`);
          lines.push(`${name}_count${labels === '' ? '' : `{${labels}}`} ${h.total}`);
        }
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
