import { fernandezHuerta, fleschKincaidGrade } from '@foramen/care';
import { intakeSchema } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  answerAt,
  differences,
  isMarked,
  pathsOf,
  problemsOf,
  sendable,
  toggled,
  typedNumber,
  withAnswer,
} from './answers.ts';
import { SECTIONS } from './sections.ts';

/** Every place of the schema that holds an answer; elements of lists of objects with `[]`. */
function placesOf(schema: z.ZodType, at: string): readonly string[] {
  const def = (schema as unknown as { def: Record<string, unknown> }).def;
  if (def.type === 'optional') return placesOf(def.innerType as z.ZodType, at);
  if (def.type === 'object')
    return Object.entries(def.shape as Record<string, z.ZodType>).flatMap(([key, part]) =>
      placesOf(part, at === '' ? key : `${at}.${key}`),
    );
  const element = def.type === 'array' ? (def.element as { def: { type: string } }) : undefined;
  if (element?.def.type === 'object') return placesOf(element as unknown as z.ZodType, `${at}[]`);
  return [at];
}

/** Asked by controls of their own (places on the body, questionnaires), or written by the form itself. */
const OTHERWISE = /^(schema|symptoms\.(regions|numbness)\[\]|questionnaires\[\])/;

const fields = SECTIONS.flatMap((section) => section.fields);

describe('the form', () => {
  it('asks for everything an intake can hold, once, and for nothing else', () => {
    const held = placesOf(intakeSchema, '').filter((place) => !OTHERWISE.test(place));
    const asked = pathsOf(fields).filter(
      (path) => !/^(symptoms\.(regions|numbness)|questionnaires)$/.test(path),
    );
    expect([...asked].sort()).toEqual([...held].sort());
    expect(held.length).toBeGreaterThan(110);
  });

  it('offers only answers the schema knows, and every one of them', () => {
    const known = (path: string): readonly string[] | undefined => {
      let schema: z.ZodType | undefined = intakeSchema;
      const unwrap = (s: z.ZodType): z.ZodType => {
        const def = (s as unknown as { def: { type: string; innerType: z.ZodType } }).def;
        return def.type === 'optional' ? unwrap(def.innerType) : s;
      };
      for (const key of path.split('.')) {
        schema = unwrap(schema!);
        const shape = (schema as unknown as { def: { shape: Record<string, z.ZodType> } }).def.shape;
        schema = shape[key];
      }
      const entries = (unwrap(schema!) as unknown as { def: { entries?: Record<string, string> } }).def
        .entries;
      return entries === undefined ? undefined : Object.values(entries);
    };
    for (const field of fields) {
      if (field.kind !== 'choice') continue;
      const values = known(field.path);
      const offered = field.options.map((option) => option.value);
      if (values === undefined) continue;
      expect(
        offered.filter((value) => !values.includes(value)),
        field.path,
      ).toEqual([]);
      // A leg is not a midline; the rest of the words must all be there to be said.
      const missing = values.filter((value) => !offered.includes(value) && value !== 'midline');
      expect(missing, field.path).toEqual([]);
    }
  });

  it('speaks to patients in short words, in both languages', () => {
    const said = SECTIONS.filter((section) => section.clinical !== true).flatMap((section) => [
      ...section.fields.map((field) => field.label),
      ...(section.hint === undefined ? [] : [section.hint]),
    ]);
    const text = (language: 'en' | 'es') =>
      said.map((label) => `${label[language].replace(/[.?]?$/, '')}.`).join(' ');
    expect(fleschKincaidGrade(text('en'))).toBeLessThanOrEqual(6);
    expect(fernandezHuerta(text('es'))).toBeGreaterThanOrEqual(70);
    for (const label of said) expect(label.es, label.en).not.toBe('');
  });
});

describe('answers', () => {
  it('are read and changed in place; taking one away leaves no empty shell', () => {
    const one = withAnswer({}, 'examination.motorLeft.hipFlexion', 4);
    expect(one).toEqual({ examination: { motorLeft: { hipFlexion: 4 } } });
    expect(answerAt(one, 'examination.motorLeft.hipFlexion')).toBe(4);
    expect(answerAt(one, 'examination.motorRight.hipFlexion')).toBeUndefined();
    expect(withAnswer(one, 'examination.motorLeft.hipFlexion', undefined)).toEqual({});
  });

  it('that the form does not know stay where they are', () => {
    const before = { symptoms: { tingling: 'my left hand', fever: 'no' } };
    expect(withAnswer(before, 'symptoms.fever', 'yes')).toEqual({
      symptoms: { tingling: 'my left hand', fever: 'yes' },
    });
  });

  it('that cannot be are named by their place and not changed', () => {
    expect(typedNumber('4600')).toBe(4600);
    expect(typedNumber('1,5')).toBe(1.5);
    expect(typedNumber(' ')).toBeUndefined();
    expect(typedNumber('forty')).toBe('forty');
    const wrong = problemsOf({ person: { ageYears: 4600 }, medications: [{ name: 'a', doseMg: 'two' }] });
    expect([...wrong.keys()].sort()).toEqual(['medications.0.doseMg', 'person.ageYears']);
    expect(problemsOf({ person: { ageYears: 46 } }).size).toBe(0);
  });

  it('of a row that says nothing are neither wrong nor sent', () => {
    const opened = { medications: [{ name: 'ibuprofen' }, {}], allergies: ['latex'] };
    expect(problemsOf(opened).size).toBe(0);
    expect(sendable(opened)).toEqual({ medications: [{ name: 'ibuprofen' }], allergies: ['latex'] });
    expect([...problemsOf({ medications: [{ doseMg: 5 }] }).keys()]).toEqual(['medications.0.name']);
  });

  it('of two people are compared question by question', () => {
    const a = { symptoms: { legPainNrs: 5, regions: [{ region: 'knee', side: 'left' }] } };
    const b = { symptoms: { legPainNrs: 5, regions: [{ side: 'left', region: 'knee' }] } };
    expect(differences(a, b, SECTIONS)).toEqual([]);
    const c = withAnswer(b, 'medications', [{ name: 'ibuprofen' }]);
    expect(differences(a, c, SECTIONS).map((field) => field.path)).toEqual(['medications']);
  });
});

describe('places on the body', () => {
  it('left and right together are both, the score stays, and other places keep their order', () => {
    const left = toggled([], 'knee', 'left');
    expect(left).toEqual([{ region: 'knee', side: 'left' }]);
    const scored = [
      { ...left[0]!, nrs: 7 },
      { region: 'sole' as const, side: 'right' as const },
    ];
    const both = toggled(scored, 'knee', 'right');
    expect(both).toEqual([{ region: 'knee', side: 'bilateral', nrs: 7 }, scored[1]]);
    expect(isMarked(both, 'knee', 'left') && isMarked(both, 'knee', 'right')).toBe(true);
    expect(toggled(both, 'knee', 'left')).toEqual([{ region: 'knee', side: 'right', nrs: 7 }, scored[1]]);
    expect(toggled(left, 'knee', 'left')).toEqual([]);
  });

  it('a place told without its side is not thrown away by marking another', () => {
    const told = [{ region: 'knee' as const }];
    expect(toggled(told, 'sole', 'left')).toEqual([told[0], { region: 'sole', side: 'left' }]);
  });
});
