import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keyring } from '../blobs/keyring.ts';
import type { Database } from '../database/connect.ts';

/**
 * Heads of the chain, noted outside the database and signed with a key the database does not hold: whoever can rewrite every row,
 * hashes included, still cannot rewrite these.
 */
interface Seal {
  readonly siteId: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly mac: string;
}

function mac(ring: Keyring, seal: Omit<Seal, 'mac'>): string {
  return createHmac('sha256', ring.derive('audit-seal'))
    .update(JSON.stringify([seal.siteId, seal.seq, seal.hash, seal.at]))
    .digest('hex');
}

const file = (dataDir: string): string => join(dataDir, 'audit', 'seals.ndjson');

/** Notes the present head, unless it was the last one noted. */
export async function sealChain(
  database: Database,
  ring: Keyring,
  dataDir: string,
  siteId: string,
  at: Date,
): Promise<void> {
  const head = await database.inSite(siteId, (tx) =>
    tx.selectFrom('sites').select(['audit_seq', 'audit_hash']).where('id', '=', siteId).executeTakeFirst(),
  );
  if (head === undefined || head.audit_seq === 0) return;
  const known = await readSeals(ring, dataDir, siteId);
  if ((known.seals.at(-1)?.seq ?? 0) >= head.audit_seq) return;
  const open = { siteId, seq: head.audit_seq, hash: head.audit_hash, at: at.toISOString() };
  await mkdir(join(dataDir, 'audit'), { recursive: true, mode: 0o700 });
  await dropCutLine(file(dataDir));
  await appendFile(file(dataDir), `${JSON.stringify({ ...open, mac: mac(ring, open) })}\n`, { mode: 0o600 });
}

/** A line that a crash or a full disk cut off goes, or what is written behind it would look forged ever after. */
async function dropCutLine(path: string): Promise<void> {
  const bytes = existsSync(path) ? await readFile(path) : Buffer.alloc(0);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
}

/** The seals of a site whose signature holds, and how many lines did not. A last line cut off by a crash is passed over. */
export async function readSeals(
  ring: Keyring,
  dataDir: string,
  siteId: string,
): Promise<{ seals: readonly Seal[]; forged: number }> {
  if (!existsSync(file(dataDir))) return { seals: [], forged: 0 };
  const lines = (await readFile(file(dataDir), 'utf8')).split('\n').filter((line) => line !== '');
  const seals: Seal[] = [];
  let forged = 0;
  for (const [index, line] of lines.entries()) {
    try {
      const seal = JSON.parse(line) as Seal;
      const good = timingSafeEqual(Buffer.from(mac(ring, seal), 'hex'), Buffer.from(seal.mac, 'hex'));
      if (!good) forged++;
      else if (seal.siteId === siteId) seals.push(seal);
    } catch {
      if (index < lines.length - 1) forged++;
    }
  }
  return { seals, forged };
}
