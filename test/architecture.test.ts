import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Floors of docs/architecture.md: a room may import its own floor's lower neighbours only, never up or sideways. */
const FLOOR: Readonly<Record<string, number>> = {
  spine: 0,
  dicom: 1,
  evidence: 2,
  phantom: 2,
  imaging: 3,
  genomics: 3,
  learning: 3,
  economics: 3,
  care: 4,
  monitoring: 4,
  exchange: 5,
  report: 5,
  analysis: 5,
};
const root = join(import.meta.dirname, '..');
/** Everything of ours that is TypeScript. */
const OURS = ['packages', 'apps', 'test', 'bench', 'scripts'] as const;

function sources(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    if (name === 'node_modules' || name === 'dist') return [];
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((m) => m[1]!);
}

const rooms = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe('the floors of the house', () => {
  it.each(rooms)('%s has a floor', (room) => {
    expect(
      FLOOR[room],
      `packages/${room} is not on any floor: add it here and in docs/architecture.md`,
    ).toBeTypeOf('number');
  });

  it.each(rooms)('%s imports nothing from its own floor or above, and does no I/O', (room) => {
    const files = sources(join(root, 'packages', room, 'src'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const test = /\.test\.tsx?$/.test(file);
      for (const name of importsOf(file)) {
        const where = `${relative(root, file)} imports ${name}`;
        const target = /^@foramen\/([^/]+)/.exec(name)?.[1];
        if (target !== undefined) {
          expect(FLOOR[target] ?? Number.POSITIVE_INFINITY, where).toBeLessThan(FLOOR[room]!);
        }
        if (name.includes('..')) {
          expect(
            relative(join(root, 'packages', room), join(file, '..', name)).startsWith('..'),
            `${where}: leaves its room`,
          ).toBe(false);
        }
        if (!test) expect(name.startsWith('node:'), `${where}: packages do no I/O`).toBe(false);
      }
    }
  });

  it.each(rooms)('%s reads no clock and draws no hidden randomness', (room) => {
    for (const file of sources(join(root, 'packages', room, 'src'))) {
      if (/\.test\.tsx?$/.test(file)) continue;
      const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      for (const banned of [
        /\bMath\.random\b/,
        /\bDate\.now\b/,
        /\bnew Date\(\s*\)/,
        /\bperformance\.now\b/,
        /\bcrypto\.getRandomValues\b/,
        /\brandomUUID\b/,
        /\bfetch\(/,
      ]) {
        expect(banned.test(text), `${relative(root, file)} uses ${banned.source}`).toBe(false);
      }
    }
  });

  it('keeps files under 400 lines', () => {
    const long = OURS.flatMap((dir) => sources(join(root, dir))).filter(
      (file) => readFileSync(file, 'utf8').split('\n').length > 401,
    );
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });

  it('has no utils, helpers or managers', () => {
    const bad = OURS.flatMap((dir) => sources(join(root, dir))).filter((file) =>
      /(utils?|helpers?|manager|misc|common)\.tsx?$/.test(file),
    );
    expect(bad.map((file) => relative(root, file))).toEqual([]);
  });
});
