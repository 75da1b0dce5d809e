import type { OpenAPIHono } from '@hono/zod-openapi';
import { siteEvidence } from '../analysis/site-evidence.ts';

/** The site's own evidence file, for the page that lists the base: `{ evidence: null }` where the site has none. It says nothing about any patient. */
export function evidenceRoutes(app: OpenAPIHono): void {
  app.get('/api/evidence/site', (c) => {
    const read = siteEvidence();
    if (!read.ok) return c.json({ problems: read.problems }, 422);
    return c.json({ evidence: (read.value ?? null) as object | null });
  });
}
