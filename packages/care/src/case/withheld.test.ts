import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { explain } from '../explain/explain.ts';
import { buildCase } from './build-case.ts';

function withheld(intake: unknown) {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake });
  if (!built.ok) throw new Error(built.problems[0].what);
  return assess(built.value).abstained.filter((s) => s.key.startsWith('withheld.'));
}
const said = (intake: unknown, language: 'en' | 'es') =>
  withheld(intake).map((s) => {
    const { text, because } = explain(s, 'clinician', { language });
    return [text, ...because.slice(1).map((r) => r.text)].join(' | ');
  });

describe('what cannot be used', () => {
  it('is named in both languages, with what was answered', () => {
    const painFree = { symptoms: { pain: 'none', backPainNrs: 9 } };
    expect(said(painFree, 'es')).toEqual([
      'Respuestas que se contradicen: dolor; dolor de espalda. Se retiene lo que depende de ellas. | dolor: ninguno | dolor de espalda, 0 a 10: 9',
    ]);
    expect(said(painFree, 'en')[0]).toContain('pain; back pain');
    const weak = {
      symptoms: { weaknessReported: 'no' },
      examination: { motorLeft: { kneeExtension: 2 } },
    };
    expect(said(weak, 'en')[0]).toMatch(/: weak leg; muscle power \(left\)\. .*: 2$/);
    const sides = { symptoms: { legPainSide: 'left', regions: [{ region: 'sole', side: 'right' }] } };
    expect(said(sides, 'es')[0]).toContain('dónde duele: planta del pie (a la derecha)');
  });

  it('keeps an impossible value, an unknown code and a day to come apart', () => {
    const keys = (intake: unknown) => withheld(intake).map((s) => s.key);
    expect(keys({ symptoms: { legPainNrs: 99 } })).toEqual(['withheld.impossible']);
    expect(said({ symptoms: { legPainNrs: 99 } }, 'es')[0]).toContain('dolor de pierna, 0 a 10: 99');
    expect(keys({ symptoms: { course: 'bananas' } })).toEqual(['withheld.unknown-answer']);
    expect(said({ symptoms: { course: 'bananas' } }, 'es')[0]).toContain('evolución: bananas');
    expect(keys({ examination: { date: '2030-01-01' } })).toEqual(['withheld.impossible']);
    expect(said({ examination: { date: '2030-01-01' } }, 'es')[0]).toContain('fecha: 1 ene 2030');
    const backwards = {
      medications: [{ name: 'ibuprofen', started: '2026-05-01', stopped: '2026-01-01' }],
    };
    expect(said(backwards, 'es')[0]).toContain('medicina: ibuprofen');
  });

  it('is no statement for a field that the intake does not have', () => {
    expect(withheld({ shoeSize: 43 })).toEqual([]);
  });
});
