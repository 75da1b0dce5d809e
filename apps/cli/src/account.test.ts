import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { attach, readSettings } from '@foramen/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runServe } from './serve.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

let dataDir: string;
let held: Awaited<ReturnType<typeof attach>>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'foramen-account-'));
  // The database's own user must be able to pass through.
  chmodSync(dataDir, 0o755);
  const { FORAMEN_POSTGRES } = process.env;
  held = await attach(readSettings({ dataDir }, { FORAMEN_POSTGRES }), {});
});
afterAll(async () => {
  await held.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function account(argv: readonly string[], password: string): Promise<{ status: number; err: string }> {
  let err = '';
  const status = await runServe(['account', ...argv, '--data', dataDir], {
    env: { FORAMEN_PASSWORD: password, DATABASE_URL: held.databaseUrl },
    out: () => undefined,
    err: (text) => {
      err += text;
    },
  });
  return { status, err };
}
const must = async (login: string): Promise<boolean | undefined> =>
  held.database.inSite('main', async (tx) => {
    const found = tx.selectFrom('accounts').select('must_change_password').where('login', '=', login);
    return (await found.executeTakeFirst())?.must_change_password;
  });

describe('foramen account', () => {
  it('sets a first password, which its owner must change, unless it is said to be their own', async () => {
    const vera = ['--login', 'vera', '--name', 'Vera Ros', '--role', 'clinician'];
    expect(await account(['add', ...vera], 'nine green herons nap')).toEqual({ status: 0, err: '' });
    expect(await must('vera')).toBe(true);
    expect((await account(['password', '--login', 'vera', '--final'], 'a lamp beside the weir')).status).toBe(
      0,
    );
    expect(await must('vera')).toBe(false);
    expect((await account(['password', '--login', 'vera'], 'nine green herons nap')).status).toBe(0);
    expect(await must('vera')).toBe(true);
  });

  it('refuses a weak password in one line, and makes nothing', async () => {
    const weak = await account(
      ['add', '--login', 'karl', '--name', 'Karl Maier', '--role', 'clinician'],
      'Password2026!',
    );
    expect(weak.status).toBe(1);
    expect(weak.err.trim().split('\n')).toEqual([
      expect.stringContaining('is one of those that are tried first'),
    ]);
    expect(await must('karl')).toBeUndefined();
  });
});

describe('commands that read what is kept', () => {
  it('say so when seals of the trail are forged', async () => {
    const seals = join(dataDir, 'audit', 'seals.ndjson');
    mkdirSync(dirname(seals), { recursive: true });
    const forged = {
      siteId: 'main',
      seq: 1,
      hash: '0'.repeat(64),
      at: '2026-01-01T00:00:00.000Z',
      mac: '0'.repeat(64),
    };
    writeFileSync(seals, `${JSON.stringify(forged)}\n{}\n`);
    const argv = ['audit', 'verify', '--data', dataDir];
    const plain = await attempt(argv, { DATABASE_URL: held.databaseUrl });
    expect(plain).toMatchObject({ status: 1, out: '' });
    expect(plain.err).toContain('seals of the audit trail are forged');
    const json = await attempt([...argv, '--json'], { DATABASE_URL: held.databaseUrl });
    expect(json.status).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ intact: false, forgedSeals: 1 });
    rmSync(seals);
  });

  const to = () => join(dataDir, 'copy');
  const commands = () => [
    ['backup', '--to', to()],
    ['audit', 'verify'],
    ['audit', 'export'],
    ['account', 'password', '--login', 'vera'],
  ];
  const attempt = async (argv: readonly string[], env: Record<string, string>) => {
    const said = { out: '', err: '' };
    const status = await runServe(argv, {
      env: { FORAMEN_PASSWORD: 'nine green herons nap', ...env },
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
    });
    return { status, ...said };
  };

  it('find a mistyped folder wanting, and do not make it', async () => {
    const typo = join(dataDir, 'typo');
    for (const argv of commands()) {
      const done = await attempt([...argv, '--data', typo], {});
      expect(done, argv.join(' ')).toMatchObject({ status: 1, out: '' });
      expect(done.err).toBe(
        `${typo} holds no data of Foramen: name its folder with --data or FORAMEN_DATA\n`,
      );
    }
    expect(existsSync(typo)).toBe(false);
    expect(existsSync(to())).toBe(false);
  });

  it('find a site wanting that the database does not hold', async () => {
    for (const argv of commands()) {
      const env = { DATABASE_URL: held.databaseUrl, FORAMEN_SITE: 'elsewhere' };
      const done = await attempt([...argv, '--data', dataDir], env);
      expect(done, argv.join(' ')).toMatchObject({ status: 1, out: '' });
      expect(done.err).toContain('holds no site elsewhere');
    }
    expect(existsSync(to())).toBe(false);
    expect(
      (await attempt(['audit', 'verify', '--data', dataDir], { DATABASE_URL: held.databaseUrl })).status,
    ).toBe(0);
  });
});
