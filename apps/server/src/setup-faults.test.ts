import './testing/patience.ts';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBlob } from './blobs/catalogue.ts';
import { keyring, loadKeyring } from './blobs/keyring.ts';
import { FileBlobStore } from './blobs/store.ts';
import { lockDataDir } from './data-lock.ts';
import { connect } from './database/connect.ts';
import { readTls } from './dicom/peers.ts';
import { readSettings } from './settings.ts';
import { ensureSite, start } from './start.ts';
import { freePort } from './testing/ports.ts';
import { type TestDatabase, testDatabase } from './testing/site.ts';

const root = mkdtempSync(join(tmpdir(), 'foramen-faults-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What somebody who sets Foramen up gets wrong is told in one line that says what is wrong and what helps. */
describe('a setting that is wrong', () => {
  it('of the database: its address is no address, and is not repeated, for a password stands in it', () => {
    for (const url of ['nonsense', 'mysql://x', 'user:secret@host/db']) {
      const read = () => readSettings({}, { DATABASE_URL: url });
      expect(read, url).toThrow('postgres://user:password@host:5432/name');
      expect(read, url).not.toThrow(url);
    }
    expect(readSettings({}, { DATABASE_URL: 'postgresql://h/d' }).databaseUrl).toBe('postgresql://h/d');
    expect(readSettings({}, { DATABASE_URL: '' }).databaseUrl).toBeUndefined();
  });

  it('of the data folder: it is a file, or lies in one', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')])
      expect(() => lockDataDir(folder), folder).toThrow(
        /data folder .*file.*cannot be used|cannot be used \(.*file/,
      );
  });

  it('of the master key: there is no such file', () => {
    expect(() => loadKeyring(root, { FORAMEN_MASTER_KEY_FILE: join(root, 'none') })).toThrow(
      'check FORAMEN_MASTER_KEY_FILE',
    );
  });
});

describe('the files of DICOM over TLS', () => {
  it('are named when one is missing, and when they are none', () => {
    const file = join(root, 'not.pem');
    writeFileSync(file, 'no certificate');
    expect(() => readTls({ cert: join(root, 'none.pem'), key: file })).toThrow(
      /none\.pem cannot be read \(ENOENT\).*FORAMEN_DICOM_TLS_CERT/,
    );
    expect(() => readTls({ cert: file, key: file })).toThrow(/cannot be used .*FORAMEN_DICOM_TLS_CERT/);
  });
});

describe('with a database', () => {
  let base: TestDatabase;
  let url: string;
  const ring = keyring([randomBytes(32).toString('base64')]);
  beforeAll(async () => {
    base = await testDatabase();
    url = base.url;
  });
  afterAll(() => base.close());
  const reach = async (connection: string): Promise<void> => {
    const database = await connect({ connection, log: () => undefined });
    await database.close();
  };

  it('says which part of its address is wrong', async () => {
    const port = await freePort();
    const wrong = new URL(url);
    wrong.pathname = '/nowhere';
    for (const [address, help] of [
      [`postgres://u:p@127.0.0.1:${port}/x`, 'nothing listens there'],
      ['postgres://u:p@no.such.host.invalid/x', 'DATABASE_URL right|network up'],
      [`postgres://u:p@localhost/x?host=${encodeURIComponent(join(root, 'none'))}`, 'no such socket'],
      [wrong.href, 'no database of this name'],
    ] as const) {
      await expect(reach(address), address).rejects.toThrow(new RegExp(help));
      await expect(reach(address), address).rejects.not.toThrow('u:p');
    }
  });

  it('refuses to start with a master key that opens nothing of what is kept', async () => {
    const dataDir = join(root, 'server');
    const store = new FileBlobStore(join(dataDir, 'blobs'), ring);
    const stored = await store.put(Buffer.from('a picture'));
    const database = await connect({ connection: url, log: () => undefined });
    try {
      await ensureSite(database, 'main');
      await database.inSite('main', (tx) => recordBlob(tx, store, 'main', stored));
    } finally {
      await database.close();
    }
    const settings = { ...readSettings({ dataDir, port: 0, workers: 0 }, {}), databaseUrl: url };
    const begin = (key: string) =>
      start({
        settings,
        env: { FORAMEN_MASTER_KEY: key },
        say: () => undefined,
        writeLog: () => undefined,
        web: { dir: '/nowhere', ready: () => true },
      });
    await expect(begin(randomBytes(32).toString('base64'))).rejects.toThrow('another master key');
    const [key] = ring.keys;
    const running = await begin(`${randomBytes(32).toString('base64')} ${key.bytes.toString('base64')}`);
    await running.stop();
  });
});
