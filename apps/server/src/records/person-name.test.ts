import { describe, expect, it } from 'vitest';
import { displayNameOf, NO_NAME, personNameOf } from './person-name.ts';

describe('a name on a page', () => {
  it('shows given and family name, whichever group says something', () => {
    expect(displayNameOf('Vogt^Anna^^Dr.')).toBe('Anna Vogt');
    expect(displayNameOf('=山田^太郎')).toBe('太郎 山田');
    expect(displayNameOf(null)).toBe(NO_NAME);
  });

  it('shows no mark that turns the line around it, and is kept as sent', () => {
    const sent = 'Vogt\u202e^An\u2066na\u200b';
    expect(displayNameOf(sent)).toBe('Anna Vogt');
    expect(personNameOf(sent)).toBe(sent);
    expect(displayNameOf('\u202e^\u2069')).toBe(NO_NAME);
    expect(displayNameOf('כהן^דנה')).toBe('דנה כהן');
  });
});
