import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { triage } from './triage.ts';

function told(freeText: string) {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText } } });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value);
}
const acuteKeys = (text: string): readonly string[] =>
  told(text).statements.flatMap((s) => (s.key.startsWith('triage.acute.') ? [s.key.slice(13)] : []));

describe('dangers of the treatment', () => {
  it.each([
    ['Fentanyl patch 75, RR 6, pinpoint pupils.', 'overdose'],
    ['Mum takes morphine for her back and we cannot wake her.', 'overdose'],
    ['Twenty minutes after the dye: hives all over and wheezing.', 'anaphylaxis'],
    ['Se le hincharon los labios y le falta el aire tras el diclofenaco.', 'anaphylaxis'],
  ])('"%s" is an emergency at once, and nothing elective is ranked', (text, kind) => {
    const t = told(text);
    expect(acuteKeys(text)).toContain(kind);
    expect([t.urgency, t.withinHours, t.gate]).toEqual(['emergency', 1, true]);
    const said = t.statements.find((s) => s.key === `triage.acute.${kind}`);
    expect(said?.because.some((r) => r.kind === 'fact' && /in free text: ".{4,}"/.test(r.text))).toBe(true);
  });

  it.each([
    [
      'Since the epidural my head splits: the headache is bad when I sit up and gone when I lie flat.',
      'dural-leak',
    ],
    ['I ran out of oxycodone on Friday and I am sweating, shaking and vomiting.', 'withdrawal'],
    ['He is so sleepy on the new morphine tablets.', 'overdose'],
  ])('"%s" is seen the same day', (text, kind) => {
    const t = told(text);
    expect(acuteKeys(text)).toContain(kind);
    expect([t.urgency, t.withinHours]).toEqual(['urgent', 24]);
  });

  it.each([
    'The codeine makes me a bit sleepy but I only take it at night.',
    'Post-injection check: no headache, no fever, no leg weakness.',
    'Had an epidural with my daughter years ago. I get a headache when I stare at the screen.',
    'I came off tramadol slowly over two months and feel great.',
    'Face a bit puffy in the mornings from hay fever.',
    'Ran out of ibuprofen, can I buy more?',
    'No rash, no swelling of the lips, no wheeze after the contrast.',
  ])('"%s" is none', (text) => {
    expect(acuteKeys(text)).toEqual([]);
  });

  it('leaves a cauda equina beside it to be told as well', () => {
    const t = told(
      'Numb between the legs and cannot pass urine. After the morphine he is hard to rouse, RR 7.',
    );
    expect(t.flags.find((f) => f.condition === 'cauda-equina')?.status).toBe('raised');
    expect(t.who).toMatch(/ambulance/);
  });
});

describe('an allergy that is known', () => {
  const urgencyOf = (intake: Record<string, unknown>) => {
    const built = buildCase({ patientId: 'p', now: '2026-11-22', intake });
    if (!built.ok) throw new RangeError(built.problems[0].what);
    return triage(built.value).urgency;
  };
  it('is no shock of today, in the list of allergies or in the story', () => {
    const plain = urgencyOf({ symptoms: { backPainNrs: 4 } });
    expect(
      urgencyOf({ symptoms: { backPainNrs: 4 }, allergies: ['penicillin (anaphylaxis)', 'latex: hives'] }),
    ).toBe(plain);
    expect(
      urgencyOf({ symptoms: { backPainNrs: 4, freeText: 'Allergic to penicillin (anaphylaxis).' } }),
    ).toBe(plain);
    expect(
      urgencyOf({ symptoms: { backPainNrs: 4, freeText: 'Alergia a la penicilina, anafilaxia en 2010.' } }),
    ).toBe(plain);
  });
  it('leaves an illness that is listed what it is', () => {
    expect(urgencyOf({ history: { conditions: ['anaphylaxis to bee stings 2010'] } })).not.toBe('emergency');
    expect(urgencyOf({ history: { conditions: ['vomiting blood since yesterday'] } })).toBe('urgent');
  });
  it('still is one where it happens now', () => {
    for (const freeText of ['Allergic to dye and now anaphylaxis.', 'Anaphylaxis after the dye.'])
      expect(urgencyOf({ symptoms: { freeText } }), freeText).toBe('emergency');
  });
});
