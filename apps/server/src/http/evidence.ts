import type { OpenAPIHono } from '@hono/zod-openapi';
import { siteEvidence } from '../analysis/site-evidence.ts';
import { refuse } from '../problem-error.ts';

/** The site's own evidence file, for the page that lists the base: `{ evidence: null }` where the site has none. It says nothing about any patient. */
export function evidenceRoutes(app: OpenAPIHono): void {
  app.get('/api/evidence/site', (c) => {
    const read = siteEvidence();
    // Where the file lies and what is wrong with it is the operator's to know: jobs and the command line say it.
    if (!read.ok)
      throw refuse(
        422,
        'unreadable',
        'evidence',
        'the site’s own evidence file cannot be used, so nothing is judged',
        'tell your administrator: foramen evidence check --site FILE says what is wrong',
      );
    return c.json({ evidence: read.value ?? null });
  });
}
