import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runQuestionnaires } from './questionnaires.ts';

const dir = mkdtempSync(join(tmpdir(), 'foramen-questionnaires-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runQuestionnaires(argv, { out: (l) => out.push(l), err: (l) => err.push(l) });
  return { status, out, err };
}

/** Answers to every item of an instrument; null leaves one out. */
function response(name: string, instrument: string, answers: readonly (number | null)[]): string {
  const path = join(dir, name);
  const item = answers.flatMap((a, i) =>
    a === null ? [] : [{ linkId: `${instrument}-${i + 1}`, answer: [{ valueInteger: a }] }],
  );
  writeFileSync(
    path,
    JSON.stringify({
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: `urn:foramen:questionnaire:${instrument}|1.0.0`,
      authored: '2026-11-20T09:00:00Z',
      item,
    }),
  );
  return path;
}

describe('foramen questionnaires', () => {
  it('lists every instrument, and gives those named as FHIR Questionnaires', async () => {
    const all = await run();
    expect(all.out.length).toBeGreaterThan(20);
    expect(all.out.some((l) => /^odi\s+Oswestry.*10 items$/.test(l))).toBe(true);
    const { status, out } = await run('ODI', 'start-back', '--json');
    expect(status).toBe(0);
    const bundle = JSON.parse(out[0]!);
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    expect(bundle.entry.map((e: { resource: { id: string } }) => e.resource.id).sort()).toEqual([
      'odi',
      'start-back',
    ]);
  });

  it('scores responses by the rule of their instrument, gaps and sex included', async () => {
    const odi = response('odi.json', 'odi', [2, 3, null, 4, 1, 2, 3, 2, 3, 5]);
    const gaps = response('gaps.json', 'odi', [2, null, null, 4, 1, 2, 3, 2, 3, 5]);
    const ort = response('ort.json', 'ort', [1, 0, 0, 0, 1, 0, 1, 0, 0, 0]);
    const { status, out } = await run('score', odi, gaps, ort, '--sex', 'male', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out[0]!).scores).toMatchObject([
      { file: 'odi.json', instrument: 'odi', score: 56, band: 'severe', date: '2026-11-20' },
      { file: 'gaps.json', score: null },
      { file: 'ort.json', score: 8, band: 'high' },
    ]);
    expect((await run('score', ort)).out[0]).toMatch(/ort not scored; the points of an answer depend on sex/);
    expect((await run('score', odi)).out[0]).toBe('odi.json: odi 56 (severe)');
  });

  it('names what it cannot use, one line a file, and goes on', async () => {
    const good = response('good.json', 'phq-4', [1, 1, 0, 0]);
    const alien = response('alien.json', 'magic-back', [1]);
    const text = join(dir, 'text.json');
    writeFileSync(text, 'answers');
    const bundle = join(dir, 'bundle.json');
    writeFileSync(bundle, '{"resourceType":"Bundle"}');
    const { status, out, err } = await run(
      'score',
      alien,
      text,
      bundle,
      join(dir, 'none.json'),
      good,
      '--json',
    );
    expect(status).toBe(1);
    expect(err).toHaveLength(4);
    expect(err[0]).toMatch(/alien\.json.*not known here/);
    expect(JSON.parse(out[0]!).scores).toMatchObject([{ instrument: 'phq-4', score: 2 }]);
    for (const argv of [['score'], ['--sex', 'x'], ['--loud'], ['magic-back']])
      expect((await run(...argv)).status, argv.join(' ')).toBe(2);
  });
});
