import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { readText } from './free-text.ts';
import { triage } from './triage.ts';

const affirmed = (text: string, concept: string): boolean =>
  readText(text, '').some((h) => h.concept === concept && h.assertion === 'affirmed');

describe('dangers that a longer story tells, and their neighbours', () => {
  it.each([
    ['arterial-claudication', 'After 90 metres walking my thigh cramps. I stand by the wall and it goes.'],
    ['arterial-claudication', 'Thigh pain at 150 yards, no need to sit, settles by standing still.'],
    [
      'arterial-claudication',
      'Al caminar dos cuadras me agarra un calambre en el muslo; me quedo parado y se me pasa.',
    ],
    ['cold-limb', 'ABPI left 0.44 in a man sent for his spine.'],
    ['arterial-claudication', 'Femoral pulse weak on the right.'],
    ['night-pain', 'It makes no difference how I lie or sit, the ache stays.'],
    ['severe-weakness', 'A stick in May, a frame in June, and today a wheelchair.'],
    ['infection-source', 'La herida de la columna suelta un agua turbia.'],
    ['severe-trauma', 'La yegua me tiró y caí en las piedras.'],
    ['cancer', 'Liver met treated in spring, now my back.'],
    ['cancer', 'PSA 41 last week.'],
    ['fever', 'Shivering since my swim on Sunday, temperature 38.'],
    ['self-harm', 'I got rope and hid it behind the freezer.'],
    ['self-harm', 'Dejó la insulina a propósito.'],
  ])('hears %s: %s', (concept, text) => expect(affirmed(text, concept)).toBe(true));

  it.each([
    ['arterial-claudication', 'Thigh pain after 200 metres walking, goes when I stop and sit on a bench.'],
    ['cold-limb', 'Thigh pain after 200 metres walking, goes when I stop and sit on a bench.'],
    [
      'arterial-claudication',
      'My thighs ached after walking the hills, standing was fine, gone in two days.',
    ],
    ['cold-limb', 'My thighs ached after walking the hills, standing was fine, gone in two days.'],
    ['cold-limb', 'ABPI right 1.05.'],
    ['severe-weakness', 'Mum has a stick, a frame for the stairs and no complaints.'],
    ['cancer', 'All goals met, home programme given.'],
    ['cancer', 'We met in spring and moved house.'],
    ['cancer', 'Prostate pills since 2014, no change.'],
    ['cancer', 'Breast lump in 2019, fibroadenoma.'],
    ['fever', 'Shivering when I came out of the lake, warm at once.'],
    ['pulsatile', 'AAA screening 2.2 cm.'],
    ['self-harm', 'Bought rope for the boat and carried it home.'],
    ['self-harm', 'He hid the knives from the toddler.'],
  ])('hears no %s: %s', (concept, text) => expect(affirmed(text, concept)).toBe(false));
});

describe('a leg that lacks blood', () => {
  const told = (freeText: string) => {
    const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText } } });
    if (!built.ok) throw new RangeError(built.problems[0].what);
    const { urgency, flags } = triage(built.value);
    return { urgency, status: flags.find((f) => f.condition === 'vascular')?.status };
  };
  it('is looked at soon where it claudicates, and at once where it is cold', () => {
    const calf =
      'My calves cramp after about 200 metres of walking and it goes when I stand still for a minute.';
    expect(told(calf)).toEqual({ urgency: 'soon', status: 'possible' });
    const cold = told(`${calf} Since this morning my foot is cold and white.`);
    // Cold since this morning: acute on what was there (ESVS 2020).
    expect(cold).toEqual({ urgency: 'emergency', status: 'raised' });
  });
});
