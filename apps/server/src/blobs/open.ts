import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import type { Keyring } from './keyring.ts';
import type { S3Place } from './s3-client.ts';
import { S3BlobStore } from './s3-store.ts';
import { type BlobOrigin, type BlobStore, FileBlobStore } from './store.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where objects are kept: in a bucket when `FORAMEN_S3_BUCKET` is set, else in `blobs/` below the data folder.
 *
 * @throws Error with one line when the bucket's settings are incomplete.
 */
export function openBlobStore(dataDir: string, env: Env, ring: Keyring): BlobStore {
  const place = s3Place(env);
  return place === undefined
    ? new FileBlobStore(join(dataDir, 'blobs'), ring)
    : new S3BlobStore(place, ring, serverName(dataDir));
}

/** The store another thread of this process has open. */
export function reopenBlobStore(origin: BlobOrigin, ring: Keyring): BlobStore {
  return origin.kind === 'folder'
    ? new FileBlobStore(origin.root, ring)
    : new S3BlobStore(origin.place, ring, origin.server);
}

/** The bucket the environment names; undefined when none is named. */
export function s3Place(env: Env): S3Place | undefined {
  const bucket = env.FORAMEN_S3_BUCKET;
  if (bucket === undefined || bucket === '') return undefined;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Error('FORAMEN_S3_BUCKET is not the name of a bucket');
  const endpoint = endpointOf(env);
  const prefix = env.FORAMEN_S3_PREFIX ?? '';
  if (!/^([A-Za-z0-9._-]+\/)*$/.test(prefix))
    throw new Error('FORAMEN_S3_PREFIX: letters, digits, dots and hyphens in parts that end with a slash');
  const accessKeyId = env.FORAMEN_S3_KEY_ID ?? env.AWS_ACCESS_KEY_ID ?? '';
  const secretAccessKey =
    env.FORAMEN_S3_SECRET_FILE === undefined
      ? (env.FORAMEN_S3_SECRET ?? env.AWS_SECRET_ACCESS_KEY ?? '')
      : readFileSync(env.FORAMEN_S3_SECRET_FILE, 'utf8').trim();
  if (accessKeyId === '' || secretAccessKey === '')
    throw new Error('a bucket needs FORAMEN_S3_KEY_ID and FORAMEN_S3_SECRET_FILE (or FORAMEN_S3_SECRET)');
  return {
    endpoint,
    bucket,
    region: env.FORAMEN_S3_REGION ?? 'us-east-1',
    prefix,
    accessKeyId,
    secretAccessKey,
  };
}

/** Objects are encrypted, but who fetches which, and when, would be readable on an open line. */
function endpointOf(env: Env): string {
  const region = env.FORAMEN_S3_REGION ?? 'us-east-1';
  const text = env.FORAMEN_S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Error('FORAMEN_S3_ENDPOINT is not an address');
  const near = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !near && env.FORAMEN_S3_PLAIN !== '1')
    throw new Error(
      'FORAMEN_S3_ENDPOINT must be https (FORAMEN_S3_PLAIN=1 allows a plain line inside a closed network)',
    );
  return url.href;
}

/** Says whose objects wait in the bucket; made once for a data folder. */
function serverName(dataDir: string): string {
  const path = join(dataDir, 'server-name');
  makeFolder(dataDir, 0o711);
  try {
    writeFileSync(path, randomBytes(8).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
