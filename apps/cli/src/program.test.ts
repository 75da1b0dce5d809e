import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const SLOW = { timeout: 120_000 };
const MAIN = join(import.meta.dirname, 'main.ts');
const dir = mkdtempSync(join(tmpdir(), 'foramen-program-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const foramen = (argv: readonly string[], stdout: number | 'pipe' = 'pipe'): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [MAIN, ...argv], { encoding: 'utf8', stdio: ['ignore', stdout, 'pipe'] });

describe('the program', () => {
  it('knows its commands and no others', SLOW, () => {
    for (const name of ['toString', 'constructor', '__proto__', '']) {
      const done = foramen([name]);
      expect(done.status, name).toBe(2);
      expect(done.stderr).toContain(`there is no command ${JSON.stringify(name)}`);
    }
  });

  it.runIf(process.platform === 'linux')('ends with 1 when its answer does not get out', SLOW, () => {
    const full = openSync('/dev/full', 'w');
    const done = foramen(['questionnaires', '--json'], full);
    closeSync(full);
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/^foramen: standard output cannot be written \(ENOSPC\)[^\n]*\n$/);
  });

  it.runIf(process.platform !== 'win32')('is quiet when its reader goes away', SLOW, () => {
    const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(MAIN)} questionnaires --json | head -c 10`;
    const done = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(done.stdout).toHaveLength(10);
    expect(done.stderr).toBe('');
  });

  it.runIf(process.platform === 'linux')(
    'ends by the signal that its Node 24 ended by, so that a loop around it stops',
    SLOW,
    async () => {
      // A launcher that takes itself for an older Node hands over to the packaged one, as on a machine with Node 20.
      const launcher = join(import.meta.dirname, '..', 'bin', 'foramen.js');
      const older = 'Object.defineProperty(process.versions, "node", { value: "20.0.0" });';
      const child = spawn(
        process.execPath,
        [
          '--import',
          `data:text/javascript,${encodeURIComponent(older)}`,
          launcher,
          'account',
          'add',
          '--login',
          'a',
          '--name',
          'A',
          '--role',
          'admin',
          '--data',
          join(dir, 'none'),
        ],
        // It waits for a password that does not come.
        { stdio: ['pipe', 'ignore', 'ignore'] },
      );
      const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
      // As soon as it has handed over.
      const children = `/proc/${child.pid}/task/${child.pid}/children`;
      await expect.poll(() => readFileSync(children, 'utf8')).toMatch(/\d/);
      child.kill('SIGINT');
      expect(await ended).toEqual({ code: null, signal: 'SIGINT' });
    },
  );
});
