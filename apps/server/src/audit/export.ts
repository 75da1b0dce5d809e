import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Keyring } from '../blobs/keyring.ts';
import type { Database } from '../database/connect.ts';
import { type AuditRecord, FIRST_HASH } from './chain.ts';
import { readChain, type Verdict, verifyChain } from './verify.ts';

/**
 * A trail as a file that can be checked anywhere: one record a line, and a last line that says where the chain ended and when that was,
 * signed with a key the database does not hold. A file that was cut has no such line; one that was cut and given another has a wrong one.
 */
const endSchema = z.object({
  siteId: z.string(),
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
type End = z.infer<typeof endSchema>;

export type ExportVerdict = Verdict & {
  /** When the file was written, by its last line. */
  readonly at?: string;
  /** Whether the last line's signature was checked; without the master key only the chain can be. */
  readonly signature: 'holds' | 'not checked';
};

function macOf(ring: Keyring, end: Omit<End, 'mac'>): string {
  return createHmac('sha256', ring.derive('audit-export'))
    .update(JSON.stringify([end.siteId, end.seq, end.hash, end.at]))
    .digest('hex');
}

/** Lines of a site's trail, without line ends. */
export async function* exportTrail(
  database: Database,
  ring: Keyring,
  siteId: string,
  at: Date,
): AsyncGenerator<string> {
  let seq = 0;
  let hash = FIRST_HASH;
  for await (const record of readChain(database, siteId)) {
    ({ seq, hash } = record);
    yield JSON.stringify(record);
  }
  const end = { siteId, seq, hash, at: at.toISOString() };
  yield JSON.stringify({ end: { ...end, mac: macOf(ring, end) } });
}

/** Checks the lines of an exported trail: every record, that none is missing at the end, and with the master key that the end is genuine. */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  ring: Keyring | undefined,
): Promise<ExportVerdict> {
  const signature = ring === undefined ? 'not checked' : 'holds';
  const bad = (seq: number, what: string): ExportVerdict => ({ intact: false, seq, what, signature });
  let end: End | undefined;
  let broken: { seq: number; what: string } | undefined;
  let seq = 0;
  async function* records(): AsyncGenerator<AuditRecord> {
    for await (const line of lines) {
      if (line === '') continue;
      const value = parse(line);
      if (end !== undefined) broken ??= { seq: seq + 1, what: 'stands behind the end of the trail' };
      else if (typeof value === 'object' && value !== null && 'end' in value) {
        const read = endSchema.safeParse(value.end);
        if (read.success) end = read.data;
        else broken ??= { seq: seq + 1, what: 'is an end that cannot be read' };
      } else if (typeof value === 'object' && value !== null && 'seq' in value) {
        seq++;
        yield value as AuditRecord;
      } else broken ??= { seq: seq + 1, what: 'is no record' };
      if (broken !== undefined) return;
    }
  }
  const verdict = await verifyChain(records());
  if (!verdict.intact) return { ...verdict, signature };
  if (broken !== undefined) return bad(broken.seq, broken.what);
  if (end === undefined)
    return bad(seq + 1, 'is missing, and whatever followed: the file has no end, it was cut');
  if (end.seq !== verdict.records || end.hash !== verdict.head)
    return bad(verdict.records + 1, `does not fit: the trail was written out with ${end.seq} records`);
  if (ring !== undefined) {
    const { mac, ...open } = end;
    if (!timingSafeEqual(Buffer.from(macOf(ring, open), 'hex'), Buffer.from(mac, 'hex')))
      return bad(end.seq, 'is followed by an end that this master key did not sign');
  }
  return { ...verdict, at: end.at, signature };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
