import type { Role } from '../frame/who.ts';

/** An account as `GET /api/accounts` gives it. */
export interface Account {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly lockedUntil: string | null;
  /** The password an administrator chose is still in use. */
  readonly firstPassword: boolean;
  readonly createdAt: string;
  /** Tokens that still work. */
  readonly tokens: number;
}

type AccountState = 'open' | 'locked' | 'closed';

export const stateOf = (account: Account): AccountState =>
  account.disabled ? 'closed' : account.lockedUntil === null ? 'open' : 'locked';

/** What may be done to an account: nobody shuts the own one or sets its password here, a device has neither password nor another role. */
export function changesOf(
  account: Account,
  own: string,
): {
  readonly role: boolean;
  readonly close: boolean;
  readonly password: boolean;
  readonly unlock: boolean;
  readonly makeToken: boolean;
} {
  const device = account.role === 'device';
  const self = account.id === own;
  return {
    role: !self && !device,
    close: !self,
    password: !device && !self,
    unlock: stateOf(account) === 'locked',
    // People make their own tokens: an administrator with one would see patients in their name.
    makeToken: device,
  };
}

/** Accounts that match all words, open ones first, by name. */
export function arrangeAccounts(
  accounts: readonly Account[],
  text: string,
  role: string | null,
): readonly Account[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return accounts
    .filter(
      (a) =>
        (role === null || a.role === role) &&
        words.every((word) => `${a.name} ${a.login}`.toLowerCase().includes(word)),
    )
    .sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name));
}

/** Letters and digits that are not taken for one another when read aloud. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password of 20 letters and digits in groups of five (about 115 bits); `random` fills bytes. */
export function newPassword(random: (bytes: Uint8Array) => Uint8Array): string {
  let out = '';
  while (out.length < 20) {
    // Bytes beyond the last whole multiple would favour the first letters.
    for (const byte of random(new Uint8Array(32)))
      if (byte < 256 - (256 % ALPHABET.length) && out.length < 20) out += ALPHABET[byte % ALPHABET.length];
  }
  return out.replace(/(.{5})(?=.)/g, '$1-');
}
