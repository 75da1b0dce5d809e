import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AuditRecord } from '../audit/chain.ts';
import { recordOf, verifyChain } from '../audit/verify.ts';
import type { Keyring } from '../blobs/keyring.ts';
import { openingFault } from '../blobs/opening-fault.ts';
import { FileBlobStore } from '../blobs/store.ts';
import type { BackupManifest } from './backup.ts';
import { chainFault, newerThanUs, readManifest, tableLines } from './restore.ts';

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
 * what its row says it is, and the trail is walked from its first record: what is whole here, a restore takes in.
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
  const newer = newerThanUs(manifest);
  if (newer !== undefined) damage.push(newer);
  const trail = await trailFault(from, manifest).catch(told);
  if (trail !== undefined && !damage.some((line) => line.startsWith('rows of audit'))) damage.push(trail);
  if (files !== manifest.blobs) damage.push(`${manifest.blobs} files were saved, rows name ${files}`);
  if (more > 0) damage.push(`${more} more files`);
  return { at: manifest.at, rows, files, damage };
}

async function trailFault(from: string, manifest: BackupManifest): Promise<string | undefined> {
  return chainFault(await verifyChain(inOrder(tableLines(from, 'audit', manifest))), manifest);
}

/** The records of a backup by number: a table is saved in whatever order the database keeps it, which is nearly that of writing. */
async function* inOrder(lines: AsyncIterable<string>): AsyncGenerator<AuditRecord> {
  const early = new Map<number, AuditRecord>();
  let next = 1;
  for await (const line of lines) {
    const record = recordOf(JSON.parse(line) as Parameters<typeof recordOf>[0]);
    early.set(record.seq, record);
    for (let due = early.get(next); due !== undefined; due = early.get(next)) {
      yield due;
      early.delete(next++);
    }
  }
  // Behind a gap: the chain's walk names it.
  yield* [...early.values()].sort((a, b) => a.seq - b.seq);
}

async function faultOf(blobs: FileBlobStore, object: string, sha256: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  for await (const part of blobs.stream(object)) hash.update(part);
  return hash.digest('hex') === sha256 ? undefined : 'holds something else than its row says';
}
