import {
  type Attributes,
  type Counter,
  type Gauge,
  type Histogram,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { type Metrics, metrics } from './metrics.ts';
import { traceparent } from './trace.ts';

const KIND = {
  request: SpanKind.SERVER,
  job: SpanKind.CONSUMER,
  step: SpanKind.INTERNAL,
} as const;

/** The parts of a traceparent. */
function contextOf(parent: string) {
  const [, traceId = '', spanId = '', flags = '00'] = parent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

interface Telemetry {
  readonly metrics: Metrics;
  /** Sends what is waiting and closes. */
  stop(): Promise<void>;
}

/**
 * Prometheus text always; the same numbers, and traces from a request through its jobs, to an OpenTelemetry collector when `OTEL_EXPORTER_OTLP_ENDPOINT` names one
 * (OTLP over HTTP; `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_METRIC_EXPORT_INTERVAL` as the specification has them). Attributes are the labels of
 * the metrics: routes as templates, methods, states; never an address, a name or an id of a patient.
 */
export function telemetry(
  env: Readonly<Record<string, string | undefined>>,
  service: { readonly name: string; readonly site: string },
): Telemetry {
  const plain = metrics();
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined || endpoint === '') return { metrics: plain, stop: async () => undefined };
  const base = endpoint.replace(/\/+$/, '');
  const resource = resourceFromAttributes({
    'service.name': service.name,
    'service.namespace': service.site,
  });
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
        exportIntervalMillis: Number(env.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000) || 60_000,
      }),
    ],
  });
  const tracers = new TracerProvider({
    resource,
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${base}/v1/traces` }) }),
    ],
  });
  const meter = meters.getMeter('foramen');
  const tracer = tracers.getTracer('foramen');
  const made = new Map<string, Counter | Gauge | Histogram>();
  const once = <T extends Counter | Gauge | Histogram>(name: string, make: () => T): T => {
    const there = made.get(name) ?? make();
    made.set(name, there);
    return there as T;
  };
  return {
    metrics: {
      count(name, labels = {}, by = 1) {
        plain.count(name, labels, by);
        once(name, () => meter.createCounter(name)).add(by, labels as Attributes);
      },
      gauge(name, value, labels = {}) {
        plain.gauge(name, value, labels);
        once(name, () => meter.createGauge(name)).record(value, labels as Attributes);
      },
      observe(name, seconds, labels = {}) {
        plain.observe(name, seconds, labels);
        once(name, () => meter.createHistogram(name, { unit: 's' })).record(seconds, labels as Attributes);
      },
      begin(name, kind, labels = {}, parent) {
        const span = tracer.startSpan(
          name,
          { kind: KIND[kind], attributes: labels as Attributes },
          parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(parent)),
        );
        const { traceId, spanId, traceFlags } = span.spanContext();
        return {
          traceparent: traceparent(`00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`),
          end: (result = {}) => {
            if (result.name !== undefined) span.updateName(result.name);
            if (result.labels !== undefined) span.setAttributes(result.labels as Attributes);
            if (result.failed === true) span.setStatus({ code: SpanStatusCode.ERROR });
            span.end();
          },
        };
      },
      text: () => plain.text(),
    },
    stop: async () => {
      // A collector that is away must not keep the product from stopping.
      await Promise.allSettled([meters.shutdown(), tracers.shutdown()]);
    },
  };
}
