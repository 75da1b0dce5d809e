import { describe, expect, it } from 'vitest';
import { weeksIn } from './told-duration.ts';
import { isOfNow, sentenceAt, tellsOfNow } from './told-now.ts';

const at = (text: string, words: string): number => {
  const place = text.indexOf(words);
  if (place < 0) throw new Error(`"${words}" is not in the text`);
  return place;
};

describe('a sentence of a text', () => {
  it('is cut out between the stops around a place', () => {
    const text = 'my leg hurts. since may, it is worse; i rest';
    expect(sentenceAt(text, at(text, 'it is'))).toBe(' since may, it is worse');
    expect(sentenceAt(text, 0)).toBe('my leg hurts');
    expect(sentenceAt(text, text.length)).toBe(' i rest');
    expect(sentenceAt('', 0)).toBe('');
  });
});

describe('whether words tell of now', () => {
  it.each([
    ['i cannot walk far', true],
    ['i worry that i cannot walk far', false],
    ['if it gets bad, i cannot walk far', true],
    ['if it rains, and i cannot walk far', false],
    ['last year i had it and cannot walk far then', false],
    ['i have pain. last year i had it. i cannot walk far', true],
    ['will it be that i cannot walk far?', false],
    ['i cannot walk far because of my knee', false],
  ])('%s', (text, now) => {
    expect(isOfNow(text, at(text, 'cannot walk'))).toBe(now);
  });

  it("an act may be denied, or another person's", () => {
    const denied = 'i have never put socks on with help';
    expect(tellsOfNow(denied, at(denied, 'put socks'), 9)).toBe(false);
    const mine = 'my wife puts my socks on';
    expect(tellsOfNow(mine, at(mine, 'puts my socks'), 13)).toBe(true);
  });
});

describe('a long text of nothing but stops or commas', () => {
  it.each(['. ', ', ', 'x,'])('"%s" is read in good time', (unit) => {
    const text = unit.repeat(10_000);
    expect(() => expect(weeksIn(text)).toBeUndefined()).toNeedLessThan(5000);
  });
});
