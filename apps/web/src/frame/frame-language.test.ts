import { afterEach, describe, expect, it, vi } from 'vitest';
import { languageOf, recordLanguage } from './frame-language.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the language of a record', () => {
  it('is the one the intake names, in whatever case and for whatever country, else English', () => {
    expect(['es', 'ES-419', 'es-MX'].map(languageOf)).toEqual(['es', 'es', 'es']);
    expect(['en', 'de', 'the', ''].map(languageOf)).toEqual(Array(4).fill('en'));
    vi.stubGlobal('navigator', { language: 'es-MX' });
    for (const own of [true, false]) {
      expect(recordLanguage('en', own)).toBe('en');
      expect(recordLanguage('es', own)).toBe('es');
    }
  });

  it('is the browser’s for whoever reads the own record and has not been asked, English for a clinician', () => {
    vi.stubGlobal('navigator', { language: 'es-MX' });
    for (const told of [undefined, null, '', ' ', 4]) {
      expect(recordLanguage(told, true)).toBe('es');
      expect(recordLanguage(told, false)).toBe('en');
    }
    vi.stubGlobal('navigator', { language: 'de' });
    expect(recordLanguage(undefined, true)).toBe('en');
  });
});
