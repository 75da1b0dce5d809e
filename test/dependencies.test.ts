import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

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

  it('installs without running scripts that download', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('onnxruntime-node-install=skip');
    expect(readFileSync(join(root, 'deploy', 'Containerfile'), 'utf8')).toContain('npm ci --ignore-scripts');
  });
});
