import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-rules.ts';

const vera = { login: 'vera.ros@clinic.example', name: 'Vera Ros' };

describe('a password', () => {
  it.each([
    ['short', 'has 5 characters'],
    ['kite owl se', 'has 11 characters'],
    // By characters as people count them: these are eleven, of two units each.
    ['🦉🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵', 'has 11 characters'],
    ['aaaaaaaaaaaaaaaa', 'repeats'],
    ['abababababab', 'repeats'],
    ['123456789012', 'row of keys'],
    ['qwertyuiopasdf', 'row of keys'],
    ['lkjhgfdsapoiu', 'row of keys'],
    ['Password2026!', 'tried first'],
    ['passwordpassword', 'tried first'],
    ['correct horse battery staple', 'tried first'],
    ['Vera-Ros-2026', 'your name or login'],
    ['vera.ros@clinic.example', 'your name or login'],
    ['x'.repeat(1_001), 'longer'],
  ])('like %s is refused, and why', (password, why) => {
    expect(passwordFault(password, vera)).toContain(why);
  });

  it.each([
    'a long enough password',
    'kite owl sea',
    'nine green herons nap',
    'Grüße aus dem Süden',
    'タケノコ煮込みうどん二杯ください',
    'Kx3fJ-m2PqR-a7TzE-9cWvB',
    'our cat vera likes trams',
  ])('like %s will do', (password) => {
    expect(passwordFault(password, vera)).toBeUndefined();
  });

  it('is not judged by names of three letters, which are in many words', () => {
    expect(passwordFault('prosperous otters', { login: 'ros', name: 'Ros Li' })).toBeUndefined();
  });
});
