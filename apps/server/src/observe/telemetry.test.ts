import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { telemetry } from './telemetry.ts';
import { currentTrace, traceparent, within } from './trace.ts';

const heard: { path: string; body: string }[] = [];
let collector: Server;
let endpoint = '';
beforeAll(async () => {
  collector = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const bytes = Buffer.concat(parts);
      const body = req.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
      heard.push({ path: req.url ?? '', body: body.toString('latin1') });
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => collector.close(done)));

describe('telemetry', () => {
  it('is Prometheus text alone unless a collector is named', async () => {
    const { metrics, stop } = telemetry({}, { name: 'foramen', site: 'main' });
    metrics.count('foramen_http_requests_total', { route: '/api/patients/:id' });
    expect(metrics.begin('GET', 'request').traceparent).toBeUndefined();
    expect(metrics.text()).toContain('foramen_http_requests_total{route="/api/patients/:id"} 1');
    await stop();
    expect(heard).toEqual([]);
  });

  it('sends the same numbers and a span a request to a collector', async () => {
    const { metrics, stop } = telemetry(
      { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      { name: 'foramen', site: 'main' },
    );
    metrics.count('foramen_http_requests_total', { route: '/api/patients/:id' }, 3);
    metrics.gauge('foramen_jobs_waiting', 4, { kind: 'analyze' });
    metrics.observe('foramen_http_request_seconds', 0.02, { route: '/api/patients/:id' });
    const request = metrics.begin('GET', 'request');
    expect(traceparent(request.traceparent)).toBe(request.traceparent);
    const job = metrics.begin('job analyze', 'job', {}, request.traceparent);
    expect(job.traceparent?.split('-')[1]).toBe(request.traceparent?.split('-')[1]);
    job.end({ failed: true });
    request.end({ name: 'GET /api/patients/:id', labels: { method: 'GET' }, failed: true });
    expect(metrics.text()).toContain('foramen_jobs_waiting{kind="analyze"} 4');
    await stop();
    const numbers = heard
      .filter(({ path }) => path === '/v1/metrics')
      .map(({ body }) => body)
      .join();
    for (const name of [
      'foramen_http_requests_total',
      'foramen_jobs_waiting',
      'foramen_http_request_seconds',
    ])
      expect(numbers).toContain(name);
    const spans = heard
      .filter(({ path }) => path === '/v1/traces')
      .map(({ body }) => body)
      .join();
    expect(spans).toContain('GET /api/patients/:id');
  });

  it('lets the product stop when the collector is away', async () => {
    const { metrics, stop } = telemetry(
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
      { name: 'foramen', site: 'main' },
    );
    metrics.count('foramen_http_requests_total');
    await stop();
  }, 60_000);
});

describe('the place in a trace', () => {
  it('is a traceparent of random numbers, and nothing else is taken for one', () => {
    const good = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    expect(traceparent(good)).toBe(good);
    for (const bad of [
      undefined,
      7,
      '',
      good.toUpperCase(),
      good.replace('00-', '01-'),
      good.replaceAll('a', '0'),
      good.replaceAll('b', '0'),
      `${good}-more`,
      `${good} Vogt^Anna`,
    ])
      expect(traceparent(bad), String(bad)).toBeUndefined();
  });

  it('is known to the work inside it and to nobody else', async () => {
    const [one, two] = ['1', '2'].map((n) => `00-${n.repeat(32)}-${n.repeat(16)}-01`);
    const seen = await Promise.all(
      [one, two, undefined].map((parent) =>
        within(parent, async () => {
          await new Promise((done) => setTimeout(done, 5));
          return currentTrace();
        }),
      ),
    );
    expect(seen).toEqual([one, two, undefined]);
    expect(currentTrace()).toBeUndefined();
  });
});
