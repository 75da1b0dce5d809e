import { describe, expect, it } from 'vitest';
import { arrangeTokens, missingOf, type Token } from './tokens.ts';

describe('a new token', () => {
  it('needs a name, a scope and an end', () => {
    const good = { name: 'viewer', scopes: ['dicomweb:read'], days: 90 };
    expect(missingOf(good)).toBe('');
    expect(missingOf({ ...good, name: '  ' })).toMatch(/name/);
    expect(missingOf({ ...good, scopes: [] })).toMatch(/may do/);
    for (const days of [0, 367, 1.5, '', 'soon']) expect(missingOf({ ...good, days })).toMatch(/1 to 366/);
    expect(missingOf({ ...good, days: '30' })).toBe('');
  });
});

describe('tokens', () => {
  it('that still work come first', () => {
    const token = (id: string, state: Token['state'], createdAt: string): Token => ({
      id,
      name: id,
      scopes: [],
      createdAt,
      expiresAt: createdAt,
      lastUsedAt: null,
      state,
    });
    const all = [
      token('a', 'revoked', '2026-03'),
      token('b', 'active', '2026-01'),
      token('c', 'active', '2026-02'),
    ];
    expect(arrangeTokens(all).map((t) => t.id)).toEqual(['c', 'b', 'a']);
  });
});
