import { describe, expect, it } from 'vitest';
import { ACCOUNT_WORDS } from './account-words.ts';
import { passwordMissing, problemsInWords } from './passwords.ts';

describe('a new password', () => {
  it('is sent only when it is long enough, another, and typed twice alike', () => {
    const next = 'a lamp beside the weir';
    expect(passwordMissing('x', 'short', 'short')).toContain('12 characters');
    expect(passwordMissing(next, next, next)).toContain('present one');
    expect(passwordMissing('x', next, `${next}s`)).toContain('two different ways');
    expect(passwordMissing('x', next, next)).toBe('');
  });

  it('is refused under the name of its field', () => {
    const problem = {
      code: 'usage',
      severity: 'error',
      where: 'body.current',
      what: 'w',
      help: 'h',
    } as const;
    expect(problemsInWords([problem, { ...problem, where: 'database' }]).map((p) => p.where)).toEqual([
      'Present password',
      'database',
    ]);
  });

  it('says what became of the other sessions', () => {
    const { changed } = ACCOUNT_WORDS.en;
    expect(changed(0)).toContain('nowhere else');
    expect(changed(1)).toContain('One other session was ended');
    expect(changed(3)).toContain('3 other sessions were ended');
  });

  it('and what stands around it is said in Spanish too', () => {
    const texts = (words: object) =>
      Object.values({ ...words, may: '' }).map((one: unknown) =>
        typeof one === 'function' ? String((one as (n: number) => unknown)(3)) : String(one),
      );
    const en = texts(ACCOUNT_WORDS.en);
    const es = texts(ACCOUNT_WORDS.es);
    expect(es.filter((text, n) => text !== '' && text === en[n])).toEqual([]);
    expect(passwordMissing('x', 'corta', 'corta', ACCOUNT_WORDS.es)).toContain('al menos 12');
  });
});
