import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { telemetry } from './telemetry.ts';

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
    metrics.span('GET', 1, 2);
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
    metrics.span('GET /api/patients/:id', Date.now() - 20, Date.now(), { method: 'GET' }, true);
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
