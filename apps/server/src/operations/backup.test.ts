import '../testing/patience.ts';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileBlobStore } from '../blobs/store.ts';
import { encodePng } from '../pictures/png.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { backup } from './backup.ts';
import { readManifest, restore, tableLines } from './restore.ts';
import { SITE_TABLES } from './tables.ts';
import { verifyBackup } from './verify-backup.ts';

let source: TestSite;
let target: TestSite;
let clinician: Visitor;
const dir = mkdtempSync(join(tmpdir(), 'foramen-backup-'));
const upload = (site: Visitor, value: number) => {
  const data = new FormData();
  data.append('files', new File([new Uint8Array(encodePng(1, 1, 1, Uint8Array.from([value])))], 'a.png'));
  return site.request('/api/studies', { method: 'POST', body: data });
};
beforeAll(async () => {
  [source, target] = await Promise.all([testSite(), testSite()]);
  clinician = await source.visitor('clinician');
  for (let i = 0; i < 5; i++) expect((await upload(clinician, i)).status).toBe(202);
});
afterAll(async () => {
  await Promise.all([source.close(), target.close()]);
  rmSync(dir, { recursive: true, force: true });
});
const save = (to: string) =>
  backup({
    database: source.database,
    siteId: 'main',
    blobs: source.services.blobs,
    to,
    at: new Date('2026-11-22T00:00:00Z'),
  });

describe('backup and restore', () => {
  it('is refused where something lies, or where nothing can be made, and touches neither', async () => {
    const file = join(dir, 'letter.txt');
    writeFileSync(file, 'dear colleague');
    await expect(save(file)).rejects.toThrow('is a file');
    expect(readFileSync(file, 'utf8')).toBe('dear colleague');
    await expect(save(join(file, 'below'))).rejects.toThrow('is a file');
    await expect(save(dir)).rejects.toThrow('not empty');
    if (process.platform === 'linux')
      await expect(save('/proc/foramen')).rejects.toThrow('cannot be written to');
    // A neighbour that is only called like a draft stays; a draft whose writer is gone goes.
    const [own, left] = [join(dir, 'next.part-mine'), join(dir, 'next.part-left')];
    for (const folder of [own, left]) mkdirSync(folder);
    writeFileSync(join(own, 'thesis.txt'), 'x');
    writeFileSync(join(left, 'unfinished-backup'), '999999999');
    await save(join(dir, 'next'));
    expect(readdirSync(dir).filter((name) => name.startsWith('next'))).toEqual(['next', 'next.part-mine']);
    expect(readdirSync(join(dir, 'next')).sort()).not.toContain('unfinished-backup');
  });

  it('knows every table there is', async () => {
    const rows = await source.database.pool.query<{ name: string }>(
      `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where nspname = 'foramen' and relkind = 'r' and relname <> 'schema_migrations'`,
    );
    expect(rows.rows.map((r) => r.name).sort()).toEqual([...SITE_TABLES].sort());
  });

  it('gives back every row and every blob in another database, while the first one goes on', async () => {
    const to = join(dir, 'good');
    const [manifest] = await Promise.all([save(to), upload(clinician, 99), upload(clinician, 98)]);
    // The target reads blobs with the source's key, as a restored clinic would with the key it kept apart.
    const blobs = new FileBlobStore(join(target.dataDir, 'blobs'), source.services.keyring);
    const restored = await restore({ database: target.database, blobs, from: to });
    expect(restored).toEqual(manifest);
    expect(restored.blobs).toBeGreaterThanOrEqual(5);
    for (const table of [
      'patients',
      'studies',
      'study_files',
      'blobs',
      'audit',
      'accounts',
      'jobs',
    ] as const) {
      const rows = async (site: TestSite) =>
        JSON.stringify(
          (
            await site.database.inSite('main', (tx) =>
              tx.selectFrom(table).selectAll().orderBy('site_id').execute(),
            )
          )
            .map((r) => JSON.stringify(r))
            .sort(),
        );
      const before = JSON.parse(await rows(source)) as string[];
      const after = JSON.parse(await rows(target)) as string[];
      expect(after.length).toBe(manifest.tables[table]?.rows);
      for (const row of after) if (table !== 'accounts') expect(before).toContain(row);
    }
    await expect(restore({ database: target.database, blobs, from: to })).rejects.toThrow('already holds');
  });

  it('takes in a backup of an older version, whose rows lack what was added since', async () => {
    const from = join(dir, 'older');
    await source.database.inSite('main', (tx) =>
      sql`insert into judgements (site_id, id, patient_id, patient_case, assessment, plan)
        select site_id, 'j', id, '{}', '{}', '{"urgency":"urgent"}' from patients limit 1`.execute(tx),
    );
    const manifest = await save(from);
    const tables: Record<string, { rows: number; sha256: string }> = { ...manifest.tables };
    for (const [table, added] of [
      ['accounts', ['must_change_password']],
      ['patients', ['urgency_rank', 'sort_name']],
      ['judgements', ['urgency', 'headline']],
    ] as const) {
      const file = join(from, 'tables', `${table}.ndjson.gz`);
      const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
      const older = lines.map((line) => {
        const row = JSON.parse(line) as Record<string, unknown>;
        for (const name of added) {
          expect(Object.keys(row)).toContain(name);
          delete row[name];
        }
        return `${JSON.stringify(row)}\n`;
      });
      writeFileSync(file, gzipSync(older.join('')));
      tables[table] = {
        rows: older.length,
        sha256: createHash('sha256').update(older.join('')).digest('hex'),
      };
    }
    writeFileSync(join(from, 'manifest.json'), JSON.stringify({ ...manifest, tables }));
    const fresh = await testSite();
    try {
      const blobs = new FileBlobStore(join(fresh.dataDir, 'blobs'), source.services.keyring);
      await restore({ database: fresh.database, blobs, from });
      const ranks = await fresh.database.inSite('main', (tx) =>
        tx.selectFrom('patients').select('urgency_rank').orderBy('urgency_rank').execute(),
      );
      expect(ranks.slice(0, 2).map((row) => row.urgency_rank)).toEqual([1, 5]);
    } finally {
      await fresh.close();
    }
  });

  it('takes rows of any size, a few of the large ones at a time', async () => {
    const fresh = await testSite();
    try {
      await source.database.inSite('main', (tx) =>
        sql`insert into judgements (site_id, id, patient_id, patient_case, assessment, plan)
          select p.site_id, 'big-' || n, p.id, jsonb_build_object('words', repeat('x', case when n % 20 = 0 then 3000000 else 10 end)), '{}', '{}'
          from (select site_id, id from patients limit 1) p, generate_series(1, 200) n`.execute(tx),
      );
      const to = join(dir, 'large');
      await save(to);
      const blobs = new FileBlobStore(join(fresh.dataDir, 'blobs'), source.services.keyring);
      await restore({ database: fresh.database, blobs, from: to });
      const sizes = await fresh.database.inSite('main', (tx) =>
        sql`select count(*)::int as n, length(patient_case->>'words') as size
          from judgements where id like 'big-%' group by 2 order by 2`.execute(tx),
      );
      expect(sizes.rows).toEqual([
        { n: 190, size: 10 },
        { n: 10, size: 3_000_000 },
      ]);
    } finally {
      await fresh.close();
      await source.database.inSite('main', (tx) =>
        sql`delete from judgements where id like 'big-%'`.execute(tx),
      );
    }
  });

  it('has bytes of its own, and is read through without a database: what is damaged or missing is named', async () => {
    const to = join(dir, 'read-through');
    const { blobs: count } = await save(to);
    const ring = source.services.keyring;
    const objects = readdirSync(join(to, 'blobs')).flatMap((folder) =>
      readdirSync(join(to, 'blobs', folder)).map((object) => join(to, 'blobs', folder, object)),
    );
    expect(objects).toHaveLength(count);
    for (const path of objects) expect(statSync(path).nlink).toBe(1);
    const whole = await verifyBackup(to, ring);
    expect(whole).toMatchObject({ at: '2026-11-22T00:00:00.000Z', files: count, damage: [] });
    const [first, second] = objects as [string, string];
    const spoilt = readFileSync(first);
    spoilt[spoilt.length >> 1]! ^= 1;
    writeFileSync(first, spoilt);
    rmSync(second);
    writeFileSync(join(to, 'tables', 'patients.ndjson.gz'), gzipSync(''));
    const { damage } = await verifyBackup(to, ring);
    expect(damage).toHaveLength(3);
    for (const word of [basename(first), basename(second), 'rows of patients'])
      expect(
        damage.some((line) => line.includes(word)),
        word,
      ).toBe(true);
    const cut = join(to, 'tables', 'audit.ndjson.gz');
    writeFileSync(cut, readFileSync(cut).subarray(0, -20));
    const manifest = await readManifest(to);
    const readAll = async () => {
      for await (const _ of tableLines(to, 'audit', manifest)) {
        // Only its end is looked at.
      }
    };
    await expect(readAll()).rejects.toThrow(/^audit of the backup is damaged \(/);
    // The store's own is as it was.
    const object = basename(first);
    await expect(source.services.blobs.read(object)).resolves.toBeDefined();
    await expect(verifyBackup(join(dir, 'nowhere'), ring)).rejects.toThrow('not a backup');
  });

  it('refuses a damaged backup before anything is written', async () => {
    const other = await testSite();
    try {
      const to = join(dir, 'bad');
      await save(to);
      const blobs = new FileBlobStore(join(other.dataDir, 'blobs'), source.services.keyring);
      const attempt = () => restore({ database: other.database, blobs, from: to });
      const path = join(to, 'tables', 'patients.ndjson.gz');
      const whole = readFileSync(path);
      writeFileSync(path, whole.subarray(0, whole.length - 20));
      await expect(attempt()).rejects.toThrow();
      writeFileSync(path, whole);
      const manifest = readFileSync(join(to, 'manifest.json'), 'utf8');
      writeFileSync(join(to, 'manifest.json'), manifest.replace(/"rows": (\d+)/, '"rows": 999'));
      await expect(attempt()).rejects.toThrow();
      writeFileSync(join(to, 'manifest.json'), manifest);
      const folder = join(to, 'blobs', readdirSync(join(to, 'blobs'))[0]!);
      const object = join(folder, readdirSync(folder)[0]!);
      const sealed = readFileSync(object);
      const spoilt = Buffer.from(sealed);
      spoilt[spoilt.length - 1]! ^= 1;
      writeFileSync(object, spoilt);
      await expect(attempt()).rejects.toThrow(/^file \w+ of the backup: is damaged/);
      rmSync(object);
      await expect(attempt()).rejects.toThrow();
      writeFileSync(object, sealed);
      rmSync(path);
      await expect(attempt()).rejects.toThrow('patients.ndjson.gz');
      writeFileSync(path, whole);
      // Rows changed under the manifest, its count the same; then rows and their sum, so that only the trail tells.
      const table = (
        name: string,
        change: (line: string, at: number) => string | undefined,
        told: boolean,
      ) => {
        const at = join(to, 'tables', `${name}.ndjson.gz`);
        const before = readFileSync(at);
        const lines = gunzipSync(before).toString().trim().split('\n');
        const text = lines
          .flatMap((line, n) => change(line, n) ?? [])
          .map((line) => `${line}\n`)
          .join('');
        writeFileSync(at, gzipSync(text));
        const sum = createHash('sha256').update(text).digest('hex');
        const entry = { rows: text.split('\n').length - 1, sha256: sum };
        const parsed = JSON.parse(manifest) as { tables: object };
        if (told)
          writeFileSync(
            join(to, 'manifest.json'),
            JSON.stringify({ ...parsed, tables: { ...parsed.tables, [name]: entry } }),
          );
        return () => {
          writeFileSync(at, before);
          writeFileSync(join(to, 'manifest.json'), manifest);
        };
      };
      for (const [name, change, told, why] of [
        [
          'patients',
          (line: string) => line.replace('"name":', '"name" :'),
          false,
          'patients of the backup is damaged',
        ],
        [
          'audit',
          // By its number: rows of a backup are in no order.
          (line: string) => ((JSON.parse(line) as { seq: number }).seq === 3 ? undefined : line),
          true,
          'audit chain of the backup is broken',
        ],
        [
          'audit',
          (line: string) => line.replace('clinician', 'admin'),
          true,
          'audit chain of the backup is broken',
        ],
        [
          'audit',
          (line: string) => ((JSON.parse(line) as { seq: number }).seq > 4 ? undefined : line),
          true,
          'the audit chain has 4 records',
        ],
      ] as const) {
        const back = table(name, change, told);
        await expect(attempt(), why).rejects.toThrow(why);
        // What a restore refuses, the reading through names.
        expect((await verifyBackup(to, source.services.keyring)).damage.join('; '), why).toContain(why);
        back();
      }
      for (const [from, into, why] of [
        ['"auditHash": "', '"auditHash": "0', 'does not end as it did'],
        ['"migrations": [', '"migrations": ["9999_later.sql",', 'newer version'],
      ] as const) {
        writeFileSync(join(to, 'manifest.json'), manifest.replace(from, into));
        await expect(attempt(), why).rejects.toThrow(why);
        expect((await verifyBackup(to, source.services.keyring)).damage.join('; '), why).toContain(why);
      }
      writeFileSync(join(to, 'manifest.json'), manifest);
      const left = await other.database.inSite('main', (tx) =>
        tx.selectFrom('patients').selectAll().execute(),
      );
      expect(left).toEqual([]);
      // And whole again it comes in.
      await attempt();
    } finally {
      await other.close();
    }
  });

  it('refuses a target that holds something, and what is no backup', async () => {
    const to = join(dir, 'full');
    rmSync(to, { recursive: true, force: true });
    await save(to);
    await expect(save(to)).rejects.toThrow('not empty');
    // A clinic that has made its accounts and has no patient yet is somebody's, too; the first administrator alone is not.
    const begun = await testSite();
    try {
      const blobs = new FileBlobStore(join(begun.dataDir, 'blobs'), source.services.keyring);
      const attempt = () => restore({ database: begun.database, blobs, from: to });
      await begun.visitor('admin', 'admin');
      const { accountId } = await begun.visitor('clinician', 'vera');
      await expect(attempt()).rejects.toThrow('already holds');
      await begun.database.inSite('main', async (tx) => {
        await tx.deleteFrom('sessions').execute();
        await tx.deleteFrom('accounts').where('id', '=', accountId).execute();
      });
      expect((await attempt()).siteId).toBe('main');
    } finally {
      await begun.close();
    }
    await expect(
      restore({
        database: target.database,
        blobs: target.services.blobs,
        from: join(dir, randomUUID()),
      }),
    ).rejects.toThrow('is not a backup');
  });
});
