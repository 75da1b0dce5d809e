import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { explain } from './failure.tsx';
import { FRAME_WORDS } from './frame-words.ts';

/** Every text by its path, functions called with a stand-in. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String((value as (n: number) => unknown)(3))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

describe('what stands around every page', () => {
  it('is said in Spanish wherever it is said in English', () => {
    const es = new Map(texts(FRAME_WORDS.es));
    const same = texts(FRAME_WORDS.en).filter(([path, text]) => es.get(path) === text);
    expect(same).toEqual([]);
    expect([...es.values()].filter((text) => text === '')).toEqual([]);
  });

  it('tells what failed in the language of the record', () => {
    const es = FRAME_WORDS.es.wrong;
    expect(explain(new ApiError(403, []), es)).toBe('No puede ver esta historia.');
    expect(explain(new ApiError(503, []), es)).toContain('Pruebe otra vez');
    expect(explain(null, es)).toBe('Algo ha fallado.');
    expect(explain(new ApiError(413, []), FRAME_WORDS.en.wrong)).toContain('Send less');
  });
});
