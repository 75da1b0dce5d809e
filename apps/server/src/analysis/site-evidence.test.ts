import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordOf } from '@foramen/evidence';
import { afterAll, expect, it } from 'vitest';
import { siteEvidence } from './site-evidence.ts';

const dir = mkdtempSync(join(tmpdir(), 'foramen-site-evidence-'));
afterAll(() => rmSync(dir, { recursive: true }));

it('reads a site file, and refuses one that cannot be used', () => {
  expect(siteEvidence({})).toEqual({ ok: true, value: undefined, warnings: [] });
  const path = join(dir, 'own.json');
  const own = {
    schema: 'foramen.evidence-override/1',
    site: 'Example clinic',
    records: [{ ...recordOf('effect', 'effect/bailey-leg'), estimate: -2, interval: [-3, -1] }],
  };
  writeFileSync(path, JSON.stringify(own));
  expect(siteEvidence({ FORAMEN_EVIDENCE: path })).toMatchObject({ ok: true, value: own });
  writeFileSync(path, '{');
  expect(siteEvidence({ FORAMEN_EVIDENCE: path })).toMatchObject({ ok: false });
  writeFileSync(path, JSON.stringify({ ...own, records: [{ id: 'effect/bailey-leg' }] }));
  expect(siteEvidence({ FORAMEN_EVIDENCE: path })).toMatchObject({ ok: false });
});
