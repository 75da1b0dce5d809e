import * as crypto from 'node:crypto';
import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Argon2id of Node 24.7 and later; older type packages do not know it yet. */
type Argon2 = (
  algorithm: 'argon2id',
  parameters: {
    readonly message: Buffer;
    readonly nonce: Buffer;
    readonly parallelism: number;
    readonly tagLength: number;
    readonly memory: number;
    readonly passes: number;
  },
  done: (error: Error | null, tag: Buffer) => void,
) => void;
const argon2 = (crypto as unknown as { readonly argon2: Argon2 }).argon2;

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}
/** OWASP Password Storage Cheat Sheet's first choice for Argon2id: 19 MiB, two passes, one lane. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };

function derive(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((done, failed) => {
    argon2(
      'argon2id',
      { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength: 32, ...cost },
      (error, tag) => (error === null ? done(tag) : failed(error)),
    );
  });
}

/** PHC string: the parameters travel with the hash, so they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive(password, nonce, COST);
  const b64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${b64(nonce)}$${b64(tag)}`;
}

/** A hash nobody has the password of: checking against it costs as much as checking a real one. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** `null` (no such account) takes as long as a wrong password, so that answers do not tell which logins exist. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? NOBODY);
  if (parts === null) return false;
  const cost = { memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]) };
  const tag = await derive(password, Buffer.from(parts[4]!, 'base64'), cost);
  const want = Buffer.from(parts[5]!, 'base64');
  return tag.length === want.length && timingSafeEqual(tag, want) && stored !== null;
}
