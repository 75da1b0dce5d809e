import { expect, it } from 'vitest';
import { everyMatch } from './every-match.ts';
import { plainly } from './register.ts';

it('puts the prose of reports in plain words', () => {
  expect(plainly('an inability to dorsiflex the ankle')).toBe('cannot dorsiflex the ankle');
  expect(plainly('she no longer perceives the passage of flatus')).toBe(
    'she no longer notices the passage of flatus',
  );
  expect(plainly('power of 2 out of 5 in the leg, pain 2 out of 5')).toBe(
    'power of 2/5 in the leg, pain 2 out of 5',
  );
  expect(plainly('l quads 4/5 on mon')).toBe('l quads 4/5 on monday');
  expect(plainly('presenta dificultad para elevar el pie')).toBe('le cuesta levantar el pie');
});

it('finds every match, again and again, and ends at an empty one', () => {
  const word = /\bno\b/g;
  expect(everyMatch('no and no', word).map((m) => m.index)).toEqual([0, 7]);
  expect(everyMatch('no and no', word)).toHaveLength(2);
  expect(everyMatch('abc', /x*/g)).toHaveLength(4);
  expect(everyMatch('abc', /x/g)).toEqual([]);
});
