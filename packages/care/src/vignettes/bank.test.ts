import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { traceNumbers } from '../explain/trace.ts';
import { failures, holds, judgeVignette, valueAtPath } from './run.ts';
import { vignetteSchema } from './vignette.ts';

const dir = join(import.meta.dirname, '..', '..', 'vignettes');
const files = readdirSync(dir).filter((f) => f.endsWith('.json'));
const bank = files.flatMap((file) =>
  z
    .array(vignetteSchema)
    .parse(JSON.parse(readFileSync(join(dir, file), 'utf8')))
    .map((vignette) => ({ file, vignette })),
);

describe('the bank of vignettes', () => {
  it('has ids used once, each with something that must be concluded or must not', () => {
    const ids = bank.map((b) => b.vignette.id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const { vignette } of bank)
      expect(vignette.must.length + vignette.mustNot.length, vignette.id).toBeGreaterThan(0);
    expect(ids.length).toBeGreaterThanOrEqual(150);
  });

  it.each(bank.map((b) => [b.vignette.id, b] as const))('%s', (_, { file, vignette }) => {
    expect(failures(vignette), `${file}: ${vignette.rule}`).toEqual([]);
  });

  it('traces every number of every vignette to its source', () => {
    for (const { vignette } of bank) {
      const judged = judgeVignette(vignette);
      expect(traceNumbers(judged.case, judged.assessment, judged.plan), vignette.id).toEqual([]);
    }
  });
});

describe('reading a judgement', () => {
  it('walks paths and picks list elements', () => {
    const root = {
      a: [
        { k: 'x', v: 1 },
        { k: 'y', v: 2 },
      ],
    };
    expect(valueAtPath(root, 'a[k=y].v')).toBe(2);
    expect(valueAtPath(root, 'a[0].v')).toBe(1);
    expect(valueAtPath(root, 'a[k=z].v')).toBeUndefined();
  });

  it('fails an assertion that does not hold', () => {
    const judged = judgeVignette(vignetteSchema.parse({ id: 'x', rule: 'x', case: { intake: {} } }));
    expect(holds({ urgency: 'emergency' }, judged)).toBe(false);
    expect(holds({ flag: 'cauda-equina', status: 'not-assessed' }, judged)).toBe(true);
    expect(holds({ at: 'assessment.triage.gate', is: true }, judged)).toBe(false);
  });
});
