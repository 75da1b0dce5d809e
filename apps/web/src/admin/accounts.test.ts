import { describe, expect, it } from 'vitest';
import { ROLES, rightsOf, screensOf } from '../frame/who.ts';
import { type Account, arrangeAccounts, changesOf, newPassword, stateOf } from './accounts.ts';

const account = (over: Partial<Account>): Account => ({
  id: 'a',
  login: 'anna',
  name: 'Anna Vogt',
  role: 'clinician',
  disabled: false,
  lockedUntil: null,
  firstPassword: false,
  createdAt: '2026-01-01T00:00:00Z',
  tokens: 0,
  ...over,
});

describe('accounts', () => {
  it('are found by every word of name or login, open ones first', () => {
    const all = [
      account({ id: '1', name: 'Zoe Closed', login: 'zoe', disabled: true }),
      account({ id: '2', name: 'Emil Bach', login: 'ebach', role: 'care-team' }),
      account({ id: '3' }),
    ];
    expect(arrangeAccounts(all, '', null).map((a) => a.id)).toEqual(['3', '2', '1']);
    expect(arrangeAccounts(all, 'bach em', null).map((a) => a.id)).toEqual(['2']);
    expect(arrangeAccounts(all, '', 'clinician').map((a) => a.id)).toEqual(['3', '1']);
  });

  it('cannot be shut by their own administrator, and devices get tokens instead of passwords', () => {
    const own = account({ id: 'me', role: 'admin' });
    expect(changesOf(own, 'me')).toEqual({
      role: false,
      close: false,
      password: false,
      unlock: false,
      makeToken: false,
    });
    expect(changesOf(account({}), 'me').password).toBe(true);
    expect(changesOf(account({ role: 'device' }), 'me')).toMatchObject({
      role: false,
      close: true,
      password: false,
      makeToken: true,
    });
    expect(changesOf(account({ lockedUntil: '2026-01-01T00:01:00Z' }), 'me').unlock).toBe(true);
    expect(stateOf(account({ disabled: true, lockedUntil: '2026-01-01T00:01:00Z' }))).toBe('closed');
  });

  it('get passwords without letters that are confused, evenly drawn', () => {
    let n = 0;
    const counting = (bytes: Uint8Array) => bytes.map(() => n++ % 256);
    const password = newPassword(counting);
    expect(password).toMatch(/^[a-zA-Z2-9]{5}(-[a-zA-Z2-9]{5}){3}$/);
    expect(password).not.toMatch(/[ilIO01]/);
    // Bytes that would favour the first letters are passed over.
    expect(newPassword((bytes) => bytes.map((_, i) => (i % 2 === 0 ? 255 : 7)))).toBe(
      'hhhhh-hhhhh-hhhhh-hhhhh',
    );
  });
});

describe('screens of a role', () => {
  it('are a worklist for people who see patients, accounts and the trail for administrators', () => {
    expect(screensOf('admin')).toEqual(['accounts', 'trail', 'evidence', 'account']);
    for (const role of ROLES.filter((r) => r !== 'admin')) {
      expect(screensOf(role)).not.toContain('accounts');
      expect(screensOf(role)).not.toContain('trail');
    }
    expect(screensOf('patient')).toContain('tokens');
    expect(screensOf(null)).toEqual(['analyse', 'evidence']);
  });

  it('leave consents to patient and treating clinician, and accesses to the patient', () => {
    expect(rightsOf('patient')).toEqual({ reads: true, consents: true, team: false, accesses: true });
    expect(rightsOf('clinician')).toMatchObject({ consents: true, team: true, accesses: false });
    expect(rightsOf('care-team')).toMatchObject({ reads: true, consents: false, team: false });
    for (const role of ['proxy', 'researcher', 'admin', 'device', null] as const)
      expect(rightsOf(role).reads).toBe(false);
  });
});
