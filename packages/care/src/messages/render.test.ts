import type { Statement } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { explain } from '../explain/explain.ts';
import { SPANISH } from './es.ts';
import { render } from './render.ts';

describe('messages in words', () => {
  it('join Spanish prepositions with the article that a term brings', () => {
    const terms = { ...SPANISH.terms, 'comparator.usual-care': 'el tratamiento habitual' };
    const filled = (text: string) =>
      render(
        { ...SPANISH, terms, messages: { x: { clinician: text } } },
        'x',
        { c: '@comparator.usual-care' },
        'clinician',
      );
    expect(filled('frente a {c} y de {c}')).toBe('Frente al tratamiento habitual y del tratamiento habitual');
    expect(filled('a {c}')).toBe('Al tratamiento habitual');
    expect(filled('de El Salvador, para él')).toBe('De El Salvador, para él');
  });

  it('say what this product set itself in the language of the reader, and simply to a patient', () => {
    const statement = {
      key: 'plan.safety-net',
      text: '',
      strength: 'strong',
      because: [{ kind: 'evidence', id: 'parameter/hours-safety', text: 'hours' }],
    } as unknown as Statement;
    const because = (level: 'clinician' | 'patient', language: string) =>
      explain(statement, level, { language }).because[0]?.text ?? '';
    expect(because('clinician', 'es')).toMatch(/^Valor fijado por este producto/);
    expect(because('patient', 'es')).toMatch(/elegido nosotros/);
    expect(because('patient', 'en')).toBe('We chose this number. It does not come from a study.');
    expect(because('clinician', 'en')).toMatch(/Configurable default.*adults with low back pain/);
  });
});
