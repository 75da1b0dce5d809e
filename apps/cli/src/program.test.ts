import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const SLOW = { timeout: 120_000 };
const MAIN = join(import.meta.dirname, 'main.ts');
const dir = mkdtempSync(join(tmpdir(), 'foramen-program-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LAUNCHER = join(import.meta.dirname, '..', 'bin', 'foramen.js');
/** Lets the launcher take itself for an older Node: it hands over to the packaged one, as on a machine with Node 20. */
const OLDER = `data:text/javascript,${encodeURIComponent('Object.defineProperty(process.versions, "node", { value: "20.0.0" });')}`;
/** A command that waits for a password that does not come. */
const WAITING = [
  ...['account', 'add', '--login', 'a', '--name', 'A', '--role', 'admin'],
  ...['--data', join(dir, 'none')],
];
const childrenOf = (pid: number | undefined): readonly number[] => {
  try {
    return (readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? []).map(Number);
  } catch {
    return [];
  }
};
/** A process that has ended and that nobody has asked about yet is still listed, as a zombie. */
const isThere = (pid: number): boolean => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

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

  it.runIf(process.platform === 'linux')(
    'reads a genotype that another program of Node hands it',
    SLOW,
    () => {
      const input = '##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n';
      const record = 'chr16\t31096368\t.\tC\tT\t.\tPASS\t.\tGT\t1/1\n';
      const done = spawnSync(process.execPath, [MAIN, 'genome', '-', '--json'], {
        encoding: 'utf8',
        input: input + record,
      });
      expect(done.stderr).not.toContain('named pipe');
      expect(JSON.parse(done.stdout).genes.VKORC1.diplotypes).toEqual([
        'rs9923231 variant (T)/rs9923231 variant (T)',
      ]);
    },
  );

  it.runIf(process.platform !== 'win32')('is quiet when its reader goes away', SLOW, () => {
    const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(MAIN)} questionnaires --json | head -c 10`;
    const done = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(done.stdout).toHaveLength(10);
    expect(done.stderr).toBe('');
  });

  it.runIf(process.platform === 'linux')(
    'ends with the shell that npm runs it by, and without npm outlives its shell',
    SLOW,
    async () => {
      const input = join(dir, 'input');
      spawnSync('mkfifo', [input]);
      // Read and write: nobody who reads from it comes to an end.
      const endless = openSync(input, 'r+');
      // The shell does more afterwards, so that it does not become the program itself.
      const line = `${[process.execPath, '--import', OLDER, LAUNCHER, ...WAITING].map((word) => `'${word}'`).join(' ')}; true`;
      const begin = async (env: NodeJS.ProcessEnv) => {
        const shell = spawn('sh', ['-c', line], { stdio: [endless, 'ignore', 'ignore'], env });
        await expect.poll(() => childrenOf(shell.pid)).toHaveLength(1);
        const launcher = childrenOf(shell.pid)[0]!;
        await expect.poll(() => childrenOf(launcher)).toHaveLength(1);
        const ended = new Promise((done) => shell.once('exit', done));
        shell.kill('SIGTERM');
        await ended;
        return [launcher, ...childrenOf(launcher)];
      };
      const { npm_lifecycle_event: _, ...plain } = process.env;
      const kept = await begin(plain);
      const left = await begin({ ...plain, npm_lifecycle_event: 'start' });
      await expect.poll(() => left.filter(isThere)).toEqual([]);
      expect(kept).toHaveLength(2);
      expect(kept.filter(isThere)).toEqual(kept);
      process.kill(kept[0]!, 'SIGTERM');
      await expect.poll(() => kept.filter(isThere)).toEqual([]);
      closeSync(endless);
    },
  );

  it.runIf(process.platform === 'linux')(
    'ends when npm is killed and leaves its shell behind, and not when what started npm ends',
    SLOW,
    async () => {
      const input = join(dir, 'npm-input');
      spawnSync('mkfifo', [input]);
      const endless = openSync(input, 'r+');
      const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');
      const script = `${quoted([process.execPath, '--import', OLDER, LAUNCHER, ...WAITING])}; true`;
      // Stands for npm: starts a shell with the script and waits. And one more before it, for who started npm.
      const npm = `require('node:child_process').spawn('sh', ['-c', process.env.npm_lifecycle_script], { stdio: 'inherit' })`;
      const starter = `require('node:child_process').spawn(process.execPath, ['-e', process.env.NPM], { stdio: 'inherit' })`;
      const user = spawn(process.execPath, ['-e', starter], {
        stdio: [endless, 'ignore', 'ignore'],
        env: { ...process.env, NPM: npm, npm_lifecycle_event: 'start', npm_lifecycle_script: script },
      });
      const only = async (pid: number | undefined): Promise<number> => {
        await expect.poll(() => childrenOf(pid), { timeout: 20_000 }).toHaveLength(1);
        return childrenOf(pid)[0]!;
      };
      const npmPid = await only(user.pid);
      const shell = await only(npmPid);
      const launcher = await only(shell);
      // It looks from before it hands over.
      const family = [shell, launcher, await only(launcher)];
      user.kill('SIGKILL');
      await expect.poll(() => isThere(user.pid!)).toBe(false);
      // Longer than it takes to look.
      await new Promise((done) => setTimeout(done, 2_500));
      expect(family.filter(isThere)).toEqual(family);
      process.kill(npmPid, 'SIGKILL');
      await expect.poll(() => family.filter(isThere), { timeout: 20_000 }).toEqual([]);
      closeSync(endless);
    },
  );

  it.runIf(process.platform === 'linux')(
    'ends by the signal that its Node 24 ended by, so that a loop around it stops',
    SLOW,
    async () => {
      const child = spawn(process.execPath, ['--import', OLDER, LAUNCHER, ...WAITING], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
      // As soon as it has handed over.
      await expect.poll(() => childrenOf(child.pid)).toHaveLength(1);
      child.kill('SIGINT');
      expect(await ended).toEqual({ code: null, signal: 'SIGINT' });
    },
  );
});
