import { readFileSync } from 'node:fs';
import { intakeSchema } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runAnalyze } from './analyze.ts';
import { runEvidence } from './evidence.ts';
import { runGenome } from './genome.ts';
import { runGrade } from './grade.ts';
import { runQuestionnaires } from './questionnaires.ts';
import { runSegment } from './segment.ts';
import { runServe } from './serve.ts';
import { runValidate } from './validate.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const examples = (text: string): unknown[] =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => JSON.parse(match[1]!));

/** Every property and every answer word of the schema. */
function words(node: unknown, into = new Set<string>()): Set<string> {
  if (Array.isArray(node)) for (const one of node) words(one, into);
  else if (typeof node === 'object' && node !== null) {
    const { properties, enum: answers } = node as { properties?: object; enum?: unknown[] };
    for (const key of Object.keys(properties ?? {})) into.add(key);
    for (const answer of answers ?? []) if (typeof answer === 'string') into.add(answer);
    for (const one of Object.values(node)) words(one, into);
  }
  return into;
}

describe('pages about the command line', () => {
  it('name every field and answer of an intake', () => {
    const text = page('intake.md');
    const roots = /^(T|L|S)\d+(-|$)/;
    expect(words(z.toJSONSchema(intakeSchema)).size).toBeGreaterThan(150);
    const missing = [...words(z.toJSONSchema(intakeSchema))].filter(
      (word) => !roots.test(word) && !new RegExp(`(^|[^\\w-])${word}([^\\w-]|$)`, 'm').test(text),
    );
    expect(missing).toEqual([]);
  });

  it('name every option that a command says it has', async () => {
    const said: string[] = [];
    const io = { out: (text: string) => void said.push(text), err: () => {} };
    const serving = { ...io, env: {} };
    for (const ask of [
      runSegment,
      runGrade,
      runAnalyze,
      runValidate,
      runGenome,
      runEvidence,
      runQuestionnaires,
    ])
      expect(await ask(['--help'], io)).toBe(0);
    expect(await runServe(['start', '--help'], serving)).toBe(0);
    const options = new Set(said.join('\n').match(/--[a-z][a-z-]+/g));
    expect(options.size).toBeGreaterThan(40);
    const pages = ['command-line', 'genome', 'evidence', 'operations']
      .map((name) => page(`${name}.md`))
      .join('\n');
    expect([...options].filter((option) => !new RegExp(`${option}(?![a-z-])`).test(pages))).toEqual([]);
  });

  it('give examples that are intakes without unknown fields', () => {
    const known = words(z.toJSONSchema(intakeSchema));
    const keys = (value: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Array.isArray(value)
          ? value.flatMap(keys)
          : Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)]);
    for (const example of [...examples(page('intake.md')), ...examples(page('quickstart.md'))]) {
      expect(intakeSchema.safeParse(example).success).toBe(true);
      expect(keys(example).filter((key) => !known.has(key))).toEqual([]);
    }
  });
});
