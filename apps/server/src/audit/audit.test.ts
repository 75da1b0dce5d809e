import '../testing/patience.ts';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../testing/site.ts';
import { type AuditEvent, type AuditRecord, appendAudit, auditHash } from './chain.ts';
import { exportTrail, verifyExport } from './export.ts';
import { readSeals, sealChain } from './seals.ts';
import { readChain, verifyChain } from './verify.ts';

let site: TestSite;
const dir = mkdtempSync(join(tmpdir(), 'foramen-audit-'));
beforeAll(async () => {
  site = await testSite();
});
afterAll(async () => {
  await site.close();
  rmSync(dir, { recursive: true, force: true });
});

const event = (n: number): AuditEvent => ({
  accountId: `account ${n % 3}`,
  role: 'clinician',
  path: 'api',
  action: 'read',
  resource: 'patient',
  resourceId: `p${n}`,
  patientId: `p${n}`,
  outcome: 'allowed',
  reason: null,
});
const add = (...events: AuditEvent[]) =>
  site.database.inSite('main', (tx) => appendAudit(tx, 'main', events, new Date()));
async function chain(): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of readChain(site.database, 'main')) records.push(record);
  return records;
}

describe('the audit chain', () => {
  it('stays one chain when many write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => add(event(n), event(n + 100))));
    const verdict = await verifyChain(await chain());
    expect(verdict).toMatchObject({ intact: true, records: 80 });
  });

  it('shows every kind of tampering and where it is', async () => {
    const good = await chain();
    const at = 30;
    const edit = (change: (records: AuditRecord[]) => AuditRecord[]) =>
      verifyChain(change(structuredClone(good)));
    for (const field of [
      'accountId',
      'role',
      'path',
      'action',
      'resource',
      'resourceId',
      'patientId',
      'outcome',
      'reason',
      'at',
    ] as const) {
      const verdict = await edit((r) =>
        r.map((x, i) => (i === at ? ({ ...x, [field]: 'denied' } as AuditRecord) : x)),
      );
      expect(verdict, field).toMatchObject({ intact: false, seq: at + 1 });
    }
    expect(await edit((r) => r.filter((_, i) => i !== at))).toMatchObject({ intact: false, seq: at + 1 });
    expect(await edit((r) => [...r.slice(0, at), r[at + 1]!, r[at]!, ...r.slice(at + 2)])).toMatchObject({
      intact: false,
    });
    // A forger who recomputes one hash is found at the next record.
    expect(
      await edit((r) =>
        r.map((x, i) =>
          i === at ? { ...x, reason: 'forged', hash: auditHash({ ...x, reason: 'forged' }) } : x,
        ),
      ),
    ).toMatchObject({ intact: false, seq: at + 2 });
  });

  it('shows by its seals what a forger with the whole database could hide', async () => {
    const { database, keyring } = site.services;
    await sealChain(database, keyring, dir, 'main', new Date());
    const { seals, forged } = await readSeals(keyring, dir, 'main');
    expect(forged).toBe(0);
    expect(seals).toHaveLength(1);
    await add(event(1));
    const good = await chain();
    expect(await verifyChain(good, seals)).toMatchObject({ intact: true, records: 81 });
    // Cut off at the end.
    expect(await verifyChain(good.slice(0, 60), seals)).toMatchObject({
      intact: false,
      what: expect.stringContaining('sealed'),
    });
    // Rebuilt from record 10 on with right hashes.
    let previous = good[9]!.hash;
    const rebuilt = good.map((record, i) => {
      if (i < 10) return record;
      const open = { ...record, accountId: 'somebody else', previous };
      previous = auditHash(open);
      return { ...open, hash: previous };
    });
    expect(await verifyChain(rebuilt)).toMatchObject({ intact: true });
    expect(await verifyChain(rebuilt, seals)).toMatchObject({
      intact: false,
      seq: 80,
      what: 'differs from its seal',
    });
    // Noted once: the same head is no new line, and what another site noted says nothing of this one.
    await sealChain(database, keyring, dir, 'main', new Date());
    await sealChain(database, keyring, dir, 'main', new Date());
    expect((await readSeals(keyring, dir, 'main')).seals.map((seal) => seal.seq)).toEqual([80, 81]);
    expect(await readSeals(keyring, dir, 'elsewhere')).toEqual({ seals: [], forged: 0 });
    // What a full disk cut off in the middle of a line is no forgery, neither before nor behind the next seal.
    appendFileSync(join(dir, 'audit', 'seals.ndjson'), '{"siteId":"main","seq":8');
    expect((await readSeals(keyring, dir, 'main')).forged).toBe(0);
    await add(event(2));
    await sealChain(database, keyring, dir, 'main', new Date());
    const after = await readSeals(keyring, dir, 'main');
    expect([after.forged, ...after.seals.map((seal) => seal.seq)]).toEqual([0, 80, 81, 82]);
    // And the seals cannot be forged without the key.
    const path = join(dir, 'audit', 'seals.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace(seals[0]!.hash, rebuilt[79]!.hash));
    expect((await readSeals(keyring, dir, 'main')).forged).toBe(1);
  });

  it('is checked from a file alone: whatever is changed, cut, moved or added is found', async () => {
    const { database, keyring } = site.services;
    const lines: string[] = [];
    for await (const line of exportTrail(database, keyring, 'main', new Date('2026-03-01T10:00:00Z')))
      lines.push(line);
    const records = lines.length - 1;
    expect(records).toBeGreaterThan(80);
    expect(await verifyExport(lines, keyring)).toMatchObject({
      ...{ intact: true, records, at: '2026-03-01T10:00:00.000Z', signature: 'holds' },
    });
    // On a computer without the key: the chain still, and it is said that the end was not checked.
    expect(await verifyExport(lines, undefined)).toMatchObject({ intact: true, signature: 'not checked' });
    const end = lines.at(-1)!;
    const at = (n: number, line: string) => [...lines.slice(0, n), line, ...lines.slice(n + 1)];
    const last = JSON.parse(lines[records - 2]!) as AuditRecord;
    const forgedEnd = end
      .replace(/"seq":\d+/, `"seq":${last.seq}`)
      .replace(/"hash":"[0-9a-f]+"/, `"hash":"${last.hash}"`);
    // Whoever knows how links are made writes all that follows anew, as long as before and sound in itself.
    let previous = (JSON.parse(lines[6]!) as AuditRecord).hash;
    const rewritten = lines.slice(7, records).map((line, n) => {
      const old = JSON.parse(line) as AuditRecord;
      const open = { ...old, ...(n === 0 ? { reason: 'nothing to see' } : {}), previous };
      previous = auditHash(open);
      return JSON.stringify({ ...open, hash: previous });
    });
    const spoilt: Readonly<Record<string, readonly string[]>> = {
      'rewritten from one record on': [...lines.slice(0, 7), ...rewritten, end],
      'a changed word': at(7, lines[7]!.replace('clinician', 'admin')),
      'a record taken out': [...lines.slice(0, 9), ...lines.slice(10)],
      'the last record taken out': [...lines.slice(0, records - 1), end],
      'the end taken off': lines.slice(0, -1),
      'cut in the middle of a line': [...lines.slice(0, 40), lines[40]!.slice(0, 30)],
      'two records changed over': [lines[1]!, lines[0]!, ...lines.slice(2)],
      'a record behind the end': [...lines, lines[0]!],
      'an end said twice': [...lines, end],
      'something that is no record': at(3, '{"hello":1}'),
      'an end that cannot be read': [...lines.slice(0, -1), '{"end":{"seq":1}}'],
      nothing: [],
      'cut, and given an end that fits': [...lines.slice(0, records - 1), forgedEnd],
      'a later date': [...lines.slice(0, -1), end.replace('2026-03-01', '2026-03-02')],
    };
    for (const [what, forged] of Object.entries(spoilt))
      expect(await verifyExport(forged, keyring), what).toMatchObject({ intact: false });
    expect(await verifyExport(spoilt['a record taken out']!, keyring)).toMatchObject({ seq: 10 });
  });
});
