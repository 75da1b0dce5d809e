import type { OpenAPIHono } from '@hono/zod-openapi';
import { sql } from 'kysely';
import { processGauges } from '../observe/process-gauges.ts';
import type { Services } from '../services.ts';
import { admitToMetrics } from './metrics-access.ts';

/** Liveness and readiness, open to everybody, and the numbers for monitoring: without a session, so they say nothing about any patient. */
export function healthRoutes(app: OpenAPIHono, services: Services): void {
  const gauges = processGauges(services.metrics);
  const storage = async () => (await services.space()).state;
  app.get('/api/health', async (c) => c.json({ status: 'ok', storage: await storage() }));
  app.get('/api/ready', async (c) => {
    try {
      await services.database.inSite(services.siteId, (tx) => sql`select 1 from sites`.execute(tx));
      return c.json({ status: 'ready', storage: await storage() });
    } catch {
      return c.json({ status: 'database not reachable', storage: await storage() }, 503);
    }
  });
  app.get('/metrics', async (c) => {
    admitToMetrics(c, services);
    gauges.read();
    const { state: _, ...places } = await services.space();
    for (const [place, free] of Object.entries(places))
      services.metrics.gauge('foramen_free_bytes', free, { place });
    for (const [kind, depth] of Object.entries(await services.queue.depth().catch(() => ({})))) {
      services.metrics.gauge('foramen_jobs_waiting', depth.queued, { kind });
      services.metrics.gauge('foramen_jobs_active', depth.active, { kind });
      services.metrics.gauge('foramen_jobs_oldest_seconds', depth.oldestSeconds, { kind });
    }
    return c.text(services.metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4' });
  });
}
