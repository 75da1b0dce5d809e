import { describe, expect, it } from 'vitest';
import { changedText, passwordMissing, problemsInWords } from './passwords.ts';

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
    expect(changedText(0)).toContain('nowhere else');
    expect(changedText(1)).toContain('One other session was ended');
    expect(changedText(3)).toContain('3 other sessions were ended');
  });
});
