import { describe, expect, it } from 'vitest';
import { readText } from './free-text.ts';

const said = (text: string, concept: string): readonly string[] =>
  readText(text, 'x')
    .filter((h) => h.concept === concept)
    .map((h) => h.assertion);

describe('what stands around settles alarming words', () => {
  it('takes what was there for years, and is the same, for old', () => {
    const told =
      'I leak when I cough, have done since my second was born (he is 14 now). Same as ever. My back aches.';
    expect(said(told, 'bladder')).not.toContain('affirmed');
    expect(
      said('He has always used catheters, that is normal for him. His back aches.', 'retention'),
    ).not.toContain('affirmed');
    expect(said('Tengo pérdidas al toser desde hace años. Igual que siempre.', 'bladder')).not.toContain(
      'affirmed',
    );
  });

  it('not where anything is new about it, or the next sentence brings it', () => {
    expect(
      said('I leak when I cough for years. Since Tuesday I leak without noticing.', 'bladder'),
    ).toContain('affirmed');
    expect(said('I leak when I cough. Same as ever, but now I cannot feel it.', 'bladder')).toContain(
      'affirmed',
    );
  });

  it('tells the sister’s story from the speaker’s', () => {
    const hers =
      'My sister ended up in a wheelchair because hers got missed, she couldn’t feel herself wipe. I have a spasm.';
    expect(said(hers, 'saddle')).not.toContain('affirmed');
    const mine = 'My sister told me to write, I couldn’t feel myself wipe this morning.';
    expect(said(mine, 'saddle')).toContain('affirmed');
    const cared = 'My sister had an operation, now she cannot feel herself wipe.';
    expect(said(cared, 'saddle')).not.toEqual([]);
  });

  it('asks about what went with its cause, and hears what came back', () => {
    const gone =
      'I was slow to get going at the urinal on it, and when I stopped the tablets it went away completely.';
    expect(said(gone, 'retention')).toEqual(['hedged']);
    const back = 'I used to be numb between the legs, it went away, but it came back this week.';
    expect(said(back, 'saddle')).toContain('affirmed');
  });

  it('takes a fright told with laughter for one', () => {
    expect(said('Casi me hago encima cuando mi hermano me asustó ayer, jaja.', 'bowel')).toEqual([
      'hypothetical',
    ]);
    expect(said('Casi no llego al baño y me hago encima desde el martes.', 'bowel')).toContain('affirmed');
  });
});
