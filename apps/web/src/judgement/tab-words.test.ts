import { fernandezHuerta, fleschKincaidGrade, INSTRUMENTS } from '@foramen/care';
import { describe, expect, it } from 'vitest';
import { CLINICIAN_WORDS, PLAIN_WORDS, type TabWords } from './tab-words.ts';

/** Every text of a language by its path, functions called with stand-ins. */
function texts(words: TabWords): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'string') found.set(path, value);
    else if (typeof value === 'function')
      found.set(
        path,
        String(
          (value as (...a: unknown[]) => unknown)(
            ...(path === 'figure' || path === 'forecast.scale'
              ? ['NRS 0-10']
              : path === 'time.sum'
                ? [14, '6.1', '3.2', 7]
                : [
                    path.endsWith('contact') ||
                    path.endsWith('now') ||
                    path.endsWith('better') ||
                    path.endsWith('worse') ||
                    path.endsWith('by') ||
                    path.endsWith('beside')
                      ? 'X'
                      : 8,
                  ]),
          ),
        ),
      );
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) walk(path === '' ? key : `${path}.${key}`, inner);
  };
  walk('', words);
  return found;
}

describe('what stands around the statements of a record', () => {
  const [en, es] = [texts(CLINICIAN_WORDS), texts(PLAIN_WORDS.es)];

  it('is said in Spanish wherever it is said in English', () => {
    const same = [...en].filter(
      ([path, text]) =>
        es.get(path) === text && !/^(?:figure|plan\.noOption)$/.test(path) && /[a-z]{4}/.test(text),
    );
    expect(same).toEqual([]);
    expect([...en.keys()].filter((path) => !es.has(path))).toEqual([]);
    for (const side of ['left', 'right', 'midline', 'bilateral'])
      expect(PLAIN_WORDS.es.side[side]).toBeTruthy();
  });

  it('is read easily in Spanish', () => {
    const long = [...es.values()].filter((text) => text.split(/\s+/).length >= 4);
    expect(long.length).toBeGreaterThan(30);
    const difficult = long.filter((text) => fernandezHuerta(text) < 60);
    expect(difficult.map((text) => `${fernandezHuerta(text).toFixed(0)} ${text}`)).toEqual([]);
  });

  it('is read easily in plain English, without the names of scales, models and designs', () => {
    const plain = texts(PLAIN_WORDS.en);
    const long = [...plain.values()].filter((text) => text.split(/\s+/).length >= 4);
    expect(long.length).toBeGreaterThan(30);
    expect(long.filter((text) => fleschKincaidGrade(text) > 6)).toEqual([]);
    const jargon =
      /NRS|ODI|Model|placebo|sham|[Rr]ed flag|[Ee]scalat|[Rr]eoperation|[Hh]erniation|[Hh]ypothes|symptom/;
    expect([...plain].filter(([path, text]) => path !== 'figure' && jargon.test(text))).toEqual([]);
  });

  it('names every questionnaire by what it asks, to a patient', () => {
    const ids = INSTRUMENTS.map((instrument) => instrument.id).sort();
    for (const words of Object.values(PLAIN_WORDS))
      expect(Object.keys(words.assessment.asks).sort()).toEqual(ids);
  });

  it('writes numbers and scales as the language does', () => {
    expect(PLAIN_WORDS.es.figure('4.4 (0.5 a 8.3)')).toBe('4,4 (0,5 a 8,3)');
    expect(CLINICIAN_WORDS.figure('4.4')).toBe('4.4');
    expect(PLAIN_WORDS.es.forecast.scale('ODI 0-100')).toBe('de 0 a 100');
    expect(PLAIN_WORDS.es.forecast.at(26)).toBe('tras 6 meses');
  });
});
