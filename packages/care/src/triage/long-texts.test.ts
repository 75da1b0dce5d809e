import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { triage } from './triage.ts';

const scored = vi.hoisted(() => ({ words: 0 }));
vi.mock('./told-reader.ts', async (original) => {
  const real = await original<typeof import('./told-reader.ts')>();
  return {
    ...real,
    scores: (...[words, model]: Parameters<typeof real.scores>) => {
      scored.words += words.length;
      return real.scores(words, model);
    },
  };
});
afterEach(() => vi.restoreAllMocks());

/** Work done for a text of `times` statements: characters that patterns were tried on, and words that the learned reader scored. */
function work(statement: (i: number) => string, times: number): { tried: number; scored: number } {
  const text = Array.from({ length: times }, (_, i) => statement(i)).join(' ');
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText: text } } });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  scored.words = 0;
  let tried = 0;
  const { test } = RegExp.prototype;
  vi.spyOn(RegExp.prototype, 'test').mockImplementation(function (this: RegExp, text: string) {
    tried += text.length;
    return test.call(this, text);
  });
  triage(built.value);
  vi.restoreAllMocks();
  return { tried, scored: scored.words };
}

describe('a long text', () => {
  it.each([
    ['one sign', () => 'My leg is weak.'],
    ['one sign, each time told a little otherwise', (i: number) => `On day ${i} my leg was weak.`],
    ['one denial', () => 'No fever, no chills, and my leg is not weak.'],
  ])('of %s costs no more than its length', (_, statement) => {
    work(statement, 1);
    const short = work(statement, 150);
    const long = work(statement, 600);
    expect(long.tried / short.tried).toBeLessThan(5);
    expect(long.scored).toBeLessThanOrEqual(4.5 * Math.max(1, short.scored));
  });

  it('is heard once where it says the same again', () => {
    expect(work(() => 'My leg is weak.', 600).scored).toBeLessThan(30);
  });
});
