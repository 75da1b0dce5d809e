import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  held = await attach(readSettings({ dataDir }, {}), {});
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
