import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordOf } from '@foramen/evidence';
import { afterAll, describe, expect, it } from 'vitest';
import { runEvidence } from './evidence.ts';

const dir = mkdtempSync(join(tmpdir(), 'foramen-evidence-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runEvidence(argv, { out: (l) => out.push(l), err: (l) => err.push(l) });
  return { status, out, err };
}

function file(name: string, value: unknown): string {
  const path = join(dir, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

describe('foramen evidence', () => {
  it('checks the shipped base clean', async () => {
    const { status, out } = await run('check');
    expect(status).toBe(0);
    expect(out.at(-1)).toMatch(/^\d{4} records, \d+ sources, \d+ not verified, 0 problems$/);
  });

  it('finds a disagreement that a site file brings in', async () => {
    const bailey = recordOf('effect', 'effect/bailey-leg');
    const override = file('own.json', {
      schema: 'foramen.evidence-override/1',
      site: 'Example clinic',
      records: [{ ...bailey, id: 'effect/own-leg', estimate: 1, interval: [0.5, 1.5] }],
    });
    const { status, out } = await run('check', '--site', override, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out[0]!).problems).toEqual([expect.objectContaining({ code: 'contradiction' })]);
  });

  it('lists by words and type, and shows a record with its source', async () => {
    const listed = await run('list', 'bailey', '--type', 'effect');
    expect(listed.out).toHaveLength(1);
    expect(listed.out[0]).toMatch(/effect\/bailey-leg.*-2.4 \(-3.4 to -1.4\).*verified/);
    const shown = await run('show', 'effect/bailey-leg', '--json');
    expect(JSON.parse(shown.out[0]!).source.link).toMatch(/^https:/);
    expect((await run('list', '--unverified', '--type', 'effect', '--json')).out[0]).not.toMatch(
      /"verified":true/,
    );
  });

  it('says in one line what cannot be used', async () => {
    expect((await run('show', 'effect/none')).status).toBe(1);
    const broken = await run('check', '--override', file('broken.json', '{'));
    expect(broken.status).toBe(1);
    expect(broken.err).toHaveLength(1);
    expect((await run('check', '--override', join(dir, 'absent.json'))).err[0]).toMatch(/cannot be read/);
    expect((await run('rank')).status).toBe(2);
    expect((await run('--help')).status).toBe(0);
    expect((await run('check', '--fast')).status).toBe(2);
  });
});
