import { describe, expect, it } from 'vitest';
import { readText } from './free-text.ts';

const affirmed = (text: string, concept: string): boolean =>
  readText(text, '').some((h) => h.concept === concept && h.assertion === 'affirmed');

describe('dangers that a longer story tells, and their neighbours', () => {
  it.each([
    ['cold-limb', 'After 90 metres walking my thigh cramps. I stand by the wall and it goes.'],
    ['cold-limb', 'Thigh pain at 150 yards, no need to sit, settles by standing still.'],
    ['cold-limb', 'Al caminar dos cuadras me agarra un calambre en el muslo; me quedo parado y se me pasa.'],
    ['cold-limb', 'ABPI left 0.44 in a man sent for his spine.'],
    ['cold-limb', 'Femoral pulse weak on the right.'],
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
    ['cold-limb', 'Thigh pain after 200 metres walking, goes when I stop and sit on a bench.'],
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
