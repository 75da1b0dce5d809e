import type { OpenAPIHono } from '@hono/zod-openapi';
import { siteEvidence } from '../analysis/site-evidence.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { identify } from './guard.ts';

/**
 * The site's own evidence file, for the page that lists the base: `{ evidence: null }` where the site has none. It says nothing about any patient,
 * but it is the site's: to whoever is not signed in it is only said that there is one, so that nobody takes the shipped base for this site's.
 */
export function evidenceRoutes(app: OpenAPIHono, services: Services): void {
  app.get('/api/evidence/site', async (c) => {
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
    if (read.value === undefined) return c.json({ evidence: null });
    const session = await identify(c, services);
    if (session === undefined || session.mustChangePassword)
      throw refuse(
        401,
        'usage',
        'evidence',
        'this site has evidence of its own, which is shown to whoever is signed in; what stands here is without it',
        'sign in to see and use it',
      );
    return c.json({ evidence: read.value });
  });
}
