import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decisionAid } from '../aid/decision-aid.ts';
import { education } from '../aid/education.ts';
import { explain } from '../explain/explain.ts';
import { fernandezHuerta, fleschKincaidGrade, inflesz } from '../explain/readability.ts';
import { traceNumbers } from '../explain/trace.ts';
import { SPANISH } from '../messages/es.ts';
import { failures, holds, judgeVignette, statementsOf, valueAtPath } from './run.ts';
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

  it('has the Spanish words of every rule that any vignette cites', () => {
    const cited = bank.flatMap(({ vignette }) => {
      const judged = judgeVignette(vignette);
      return statementsOf({ a: judged.assessment, p: judged.plan }).flatMap((s) =>
        s.because.flatMap((r) => (r.kind === 'rule' ? [r.id] : [])),
      );
    });
    expect([...new Set(cited)].filter((id) => SPANISH.rules?.[id] === undefined)).toEqual([]);
  });

  it('traces every number of every vignette to its source', () => {
    for (const { vignette } of bank) {
      const judged = judgeVignette(vignette);
      expect(traceNumbers(judged.case, judged.assessment, judged.plan), vignette.id).toEqual([]);
    }
  });

  it('says everything that a patient may read at grade six, in both languages, with the terms filled in', () => {
    const said = { en: new Map<string, string>(), es: new Map<string, string>() };
    const seen = new Set<string>();
    for (const { vignette } of bank) {
      const { case: patient, assessment, plan } = judgeVignette(vignette);
      const aid = decisionAid(patient, assessment, plan);
      for (const s of [...statementsOf({ assessment, plan, aid }), ...education(patient, assessment)]) {
        const id = s.key + JSON.stringify(s.params);
        if (seen.has(id)) continue;
        seen.add(id);
        for (const language of ['en', 'es'] as const)
          said[language].set(explain(s, 'patient', { language }).text, s.key);
      }
    }
    expect(said.en.size).toBeGreaterThan(1500);
    const english = [...said.en].filter(([text]) => fleschKincaidGrade(text) > 6);
    const spanish = [...said.es].filter(([text]) => fernandezHuerta(text) < 70 || inflesz(text) < 65);
    expect({ english, spanish }).toEqual({ english: [], spanish: [] });
  });

  it('names every fact that a statement rests on in words, in both languages', () => {
    const unnamed = new Set<string>();
    for (const { vignette } of bank) {
      const { assessment, plan } = judgeVignette(vignette);
      for (const s of statementsOf({ assessment, plan }))
        for (const language of ['en', 'es'] as const)
          for (const { kind, ref, text } of explain(s, 'patient', { language }).because) {
            const field = ref.slice(ref.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
            if (
              kind === 'fact' &&
              (/[A-Z]/.test(field) || field.length === 1) &&
              text.startsWith(`${field}: `)
            )
              unnamed.add(`${language}: ${text}`);
            else if (kind === 'fact' && /^\w+\[\d+\]|^(?:yes|no|not known|not given)$/.test(text))
              unnamed.add(`${language}: ${ref} ${text}`);
          }
    }
    expect([...unnamed]).toEqual([]);
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
