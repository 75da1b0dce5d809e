import { describe, expect, it } from 'vitest';
import { spelled } from './spelling.ts';

describe('red-flag words misspelled', () => {
  it.each([
    ['incontinance', 'incontinence'],
    ['bladdder', 'bladder'],
    ['numbnes', 'numbness'],
    ['prostrate cancer', 'prostate cancer'],
    ['melenoma', 'melanoma'],
    ['limphoma', 'lymphoma'],
    ['osteoperosis', 'osteoporosis'],
    ['anurysm', 'aneurysm'],
  ])('%s is read as %s', (told, meant) => {
    expect(spelled(told)).toBe(meant);
  });

  it.each([
    'cancel the dancer',
    'fewer numbers',
    'things and sights',
    'the surgeon operated',
    'paddle and ladder',
  ])('leaves %s as it is', (text) => {
    expect(spelled(text)).toBe(text);
  });
});
