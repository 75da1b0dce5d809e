import { readFileSync } from 'node:fs';
import { type EvidenceOverride, readOverride, withOverride } from '@foramen/evidence';
import { fail, ok, type Result } from '@foramen/spine';

/**
 * The site's own evidence file (`foramen.evidence-override/1`), named by `FORAMEN_EVIDENCE`; undefined when the site has none.
 * Read anew each time, so that a change counts from the next judgement on. A file that cannot be used is a problem, never
 * silently the shipped base: figures that a site has corrected must not come back unseen.
 */
export function siteEvidence(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Result<EvidenceOverride | undefined> {
  const path = env.FORAMEN_EVIDENCE;
  if (path === undefined || path === '') return ok(undefined);
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where: 'FORAMEN_EVIDENCE',
      what: error instanceof SyntaxError ? `${path} is not JSON` : `${path} cannot be read`,
      help: 'Give a file of the shape foramen.evidence-override/1; `foramen evidence check --site FILE` says what is wrong',
    });
  }
  const read = readOverride(raw);
  if (!read.ok) return read;
  const base = withOverride(read.value);
  return base.ok ? ok(read.value) : base;
}
