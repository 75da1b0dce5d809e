import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditRecord, auditHash } from '@foramen/server';
import { afterAll, describe, expect, it } from 'vitest';
import { runServe } from './serve.ts';

const dir = mkdtempSync(join(tmpdir(), 'foramen-trail-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const key = randomBytes(32).toString('base64');
const path = join(dir, 'trail.ndjson');

function chain(length: number): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  let previous = '0'.repeat(64);
  for (let n = 1; n <= length; n++) {
    const open = {
      ...{
        siteId: 'main',
        seq: n,
        at: '2026-03-01T10:00:00.000Z',
        accountId: `a${n % 3}`,
        role: 'clinician',
      },
      ...{ path: 'api', action: 'read', resource: 'patient', resourceId: `p${n}`, patientId: `p${n}` },
      ...{ outcome: 'allowed' as const, reason: null, previous },
    };
    const record = { ...open, hash: auditHash(open) };
    previous = record.hash;
    records.push(record);
  }
  return records;
}

async function verify(
  text: string,
  env: Record<string, string> = { FORAMEN_MASTER_KEY: key },
  ...more: string[]
) {
  writeFileSync(path, text);
  const said = { out: '', err: '' };
  const status = await runServe(['audit', 'verify', path, '--data', join(dir, 'none'), ...more], {
    env,
    out: (line) => {
      said.out += line;
    },
    err: (line) => {
      said.err += line;
    },
  });
  return { status, ...said };
}

describe('foramen audit verify FILE', () => {
  it('needs no server, no database and no key, finds tampering, and makes no key of its own', async () => {
    const records = chain(50);
    const head = records.at(-1)!;
    const end = { siteId: 'main', seq: 50, hash: head.hash, at: '2026-03-02T00:00:00.000Z' };
    const text = `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
    const whole = `${text}${JSON.stringify({ end: { ...end, mac: createHash('sha256').update('x').digest('hex') } })}\n`;
    const good = await verify(whole, {});
    expect(good.status, good.err).toBe(0);
    expect(good.out).toContain('intact: 50 records');
    expect(good.err).toContain('without the master key');
    // With a key, the end must be signed by it.
    expect(await verify(whole)).toMatchObject({ status: 1 });
    const changed = await verify(whole.replace('"accountId":"a1"', '"accountId":"a2"'), {});
    expect(changed).toMatchObject({ status: 1, out: '' });
    expect(changed.err).toContain('record 1 was changed after it was written');
    const without = await verify(whole.replace(/^.*"seq":5,.*\n/m, ''), {});
    expect(without.err).toContain('with: record 5 is missing');
    const cut = await verify(text, {}, '--json');
    expect(cut.status).toBe(1);
    expect(JSON.parse(cut.out)).toMatchObject({ intact: false, seq: 51 });
    expect((await verify('not a trail\n', {})).status).toBe(1);
    expect(() => readFileSync(join(dir, 'none', 'secrets', 'master.key'))).toThrow();
  });
});
