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

  it('finds each thing that can be wrong with a site file', async () => {
    const bailey = recordOf('effect', 'effect/bailey-leg');
    const own = (change: object, sources: object[] = []) => ({
      schema: 'foramen.evidence-override/1',
      site: 'Example clinic',
      records: [{ ...bailey, ...change }],
      sources,
    });
    const bad: readonly (readonly [string, unknown, RegExp])[] = [
      ['no-source.json', own({ sourceId: 'nobody-2030' }), /cites nobody-2030, which is no source/],
      [
        'unused.json',
        own({}, [{ id: 'spare-2026', citation: 'Spare 2026', link: null, how: 'our-choice' }]),
        /spare-2026.*no record uses this source/,
      ],
      [
        'opposite.json',
        own({ id: 'effect/own-leg', estimate: 3, interval: [2, 4] }),
        /for the same question/,
      ],
      ['backwards.json', own({ interval: [-1, -3] }), /interval/],
      ['no-treatment.json', own({ treatment: 'magnets' }), /magnets, which does not exist/],
    ];
    for (const [name, content, says] of bad) {
      const { status, out, err } = await run('check', '--site', file(name, content));
      expect(status, name).toBe(1);
      expect([...out, ...err].join('\n'), name).toMatch(says);
    }
  });

  it('does not call a source unused because a site replaced what it said', async () => {
    const record = recordOf('effect', 'effect/bailey-leg');
    const source = { id: 'own-2026', citation: 'Own audit 2026', link: null, how: 'our-choice' };
    const { status, out } = await run(
      'check',
      '--site',
      file('replaced.json', {
        schema: 'foramen.evidence-override/1',
        site: 'Example clinic',
        records: [{ ...record, sourceId: 'own-2026', verified: false, evidence: 'default' }],
        sources: [source],
      }),
    );
    expect(out.filter((l) => l.includes('no record uses'))).toEqual([]);
    expect(status).toBe(0);
  });

  it('lists by words and type, and shows a record with its source', async () => {
    const listed = await run('list', 'bailey', '--type', 'effect');
    expect(listed.out).toHaveLength(1);
    expect(listed.out[0]).toMatch(/effect\/bailey-leg.*-2.4 \(-3.4 to -1.4\).*verified/);
    const none = await run('list', 'bailey', 'unicorn');
    expect([none.status, none.out.length, none.err.length]).toEqual([0, 0, 1]);
    const shown = await run('show', 'effect/bailey-leg', '--json');
    expect(JSON.parse(shown.out[0]!).source.link).toMatch(/^https:/);
    expect((await run('list', '--unverified', '--type', 'effect', '--json')).out[0]).not.toMatch(
      /"verified":true/,
    );
  });

  it('says in one line what cannot be used', async () => {
    expect((await run('show', 'effect/none')).status).toBe(1);
    const broken = await run('check', '--site', file('broken.json', '{'));
    expect(broken.status).toBe(1);
    expect(broken.err).toHaveLength(1);
    expect((await run('check', '--site', join(dir, 'absent.json'))).err[0]).toMatch(
      /absent\.json: no such file/,
    );
    expect((await run('rank')).status).toBe(2);
    expect((await run('--help')).status).toBe(0);
    expect((await run('check', '--fast')).status).toBe(2);
  });
});
