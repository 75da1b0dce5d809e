import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fresh } from './random.ts';

/**
 * The keys that wrap every blob's own key. The first one wraps; the others only open what was wrapped before a change of key.
 */
export interface Keyring {
  readonly keys: readonly [MasterKey, ...MasterKey[]];
  /** A key for one other purpose, derived from the first by HKDF (RFC 5869). */
  derive(purpose: string): Buffer;
}
interface MasterKey {
  /** First 8 bytes of the key's SHA-256: says which key wrapped a blob, nothing about the key. */
  readonly id: Buffer;
  readonly bytes: Buffer;
  /** The same, ready for use: making it ready each time costs more than the wrapping. */
  readonly secret: KeyObject;
}

export const WRAPPED_BYTES = 8 + 12 + 32 + 16;

/** @throws Error unless each text is 32 bytes in base64. */
export function keyring(texts: readonly string[]): Keyring {
  const keys = texts.map((text) => {
    const bytes = Buffer.from(text.trim(), 'base64');
    if (bytes.length !== 32) throw new Error('a master key is 32 bytes in base64');
    return {
      id: createHash('sha256').update(bytes).digest().subarray(0, 8),
      bytes,
      secret: createSecretKey(bytes),
    };
  });
  const [first, ...rest] = keys;
  if (first === undefined) throw new Error('no master key');
  return {
    keys: [first, ...rest],
    derive: (purpose) => Buffer.from(hkdfSync('sha256', first.bytes, 'foramen', purpose, 32)),
  };
}

/**
 * From `FORAMEN_MASTER_KEY`, else the file `FORAMEN_MASTER_KEY_FILE` names, else `secrets/master.key` below the data folder, made
 * on first use. A file may hold several keys, one a line, the newest first.
 */
export function loadKeyring(dataDir: string, env: Readonly<Record<string, string | undefined>>): Keyring {
  const direct = env.FORAMEN_MASTER_KEY;
  if (direct !== undefined && direct !== '') return keyring(direct.split(/\s+/));
  const named = env.FORAMEN_MASTER_KEY_FILE === '' ? undefined : env.FORAMEN_MASTER_KEY_FILE;
  const path = named ?? join(dataDir, 'secrets', 'master.key');
  if (named === undefined && !existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    try {
      // Exclusive: a second process that starts at the same moment must use this key, not its own.
      writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new Error(
      `the master key in ${path} cannot be read (${code})${named === undefined ? '' : ': check FORAMEN_MASTER_KEY_FILE'}`,
    );
  }
  return keyring(text.split('\n').filter((line) => line.trim() !== ''));
}

/** The same where a key exists already; one is never made. */
export function existingKeyring(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Keyring | undefined {
  const given = [env.FORAMEN_MASTER_KEY, env.FORAMEN_MASTER_KEY_FILE].some(
    (value) => value !== undefined && value !== '',
  );
  return given || existsSync(join(dataDir, 'secrets', 'master.key')) ? loadKeyring(dataDir, env) : undefined;
}

/** What is said of an object that no key of the ring opens. */
export const OTHER_KEY = 'a master key that is not in the keyring';

/** Key id, nonce, wrapped key and tag: 68 bytes. `bound` ties the wrapping to one object. */
export function wrap(ring: Keyring, key: Uint8Array, bound: Uint8Array): Buffer {
  const master = ring.keys[0];
  const nonce = fresh(12);
  const cipher = createCipheriv('aes-256-gcm', master.secret, nonce).setAAD(bound);
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([master.id, nonce, body, cipher.getAuthTag()]);
}

/** @throws Error when no key of the ring wrapped it, or it was changed. */
export function unwrap(ring: Keyring, wrapped: Uint8Array, bound: Uint8Array): Buffer {
  const id = wrapped.subarray(0, 8);
  const master = ring.keys.find((key) => key.id.equals(id));
  if (master === undefined) throw new Error(`this blob was encrypted with ${OTHER_KEY}`);
  const open = createDecipheriv('aes-256-gcm', master.secret, wrapped.subarray(8, 20)).setAAD(bound);
  open.setAuthTag(wrapped.subarray(52, 68));
  return Buffer.concat([open.update(wrapped.subarray(20, 52)), open.final()]);
}
