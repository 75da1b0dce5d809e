import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Keyring } from '../blobs/keyring.ts';
import { openingFault } from '../blobs/opening-fault.ts';
import { FileBlobStore } from '../blobs/store.ts';
import { readManifest, tableLines } from './restore.ts';

/** A damaged backup rarely has one damaged file: so many are named, the rest is counted. */
const MOST_NAMED = 20;

export interface BackupVerdict {
  /** ISO 8601: the moment the backup is of. */
  readonly at: string;
  readonly rows: number;
  readonly files: number;
  /** One line each; empty when the backup is whole. */
  readonly damage: readonly string[];
}

/**
 * Reads a whole backup without a database: every row file must have the rows and the sum that its manifest says, every blob must decrypt and be
 * what its row says it is. The trail is walked by a restore.
 *
 * @throws Error when this is not a backup.
 */
export async function verifyBackup(from: string, ring: Keyring): Promise<BackupVerdict> {
  const manifest = await readManifest(from);
  const blobs = new FileBlobStore(join(from, 'blobs'), ring);
  const damage: string[] = [];
  const told = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  let [rows, files, more] = [0, 0, 0];
  for (const table of Object.keys(manifest.tables)) {
    try {
      for await (const line of tableLines(from, table, manifest)) {
        rows++;
        if (table !== 'blobs') continue;
        const { id, object } = JSON.parse(line) as { id: string; object: string };
        files++;
        const fault = await faultOf(blobs, object, id).catch(openingFault);
        if (fault === undefined) continue;
        if (damage.length < MOST_NAMED) damage.push(`file ${object}: ${fault}`);
        else more++;
      }
    } catch (error) {
      damage.push(`rows of ${table}: ${told(error)}`);
    }
  }
  if (files !== manifest.blobs) damage.push(`${manifest.blobs} files were saved, rows name ${files}`);
  if (more > 0) damage.push(`${more} more files`);
  return { at: manifest.at, rows, files, damage };
}

async function faultOf(blobs: FileBlobStore, object: string, sha256: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  for await (const part of blobs.stream(object)) hash.update(part);
  return hash.digest('hex') === sha256 ? undefined : 'holds something else than its row says';
}
