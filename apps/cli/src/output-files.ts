import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from './streams.ts';

/** Writes a file whole or not at all: under another name first, then renamed. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  const target = resolve(path);
  guarded(path, () => {
    mkdirAll(dirname(target));
    const temporary = join(dirname(target), `.${basename(target)}.part-${process.pid}`);
    try {
      writeFileSync(temporary, bytes);
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}

/** Writes the files of one result into a folder: all are complete on disk before the first appears under its name. */
export function writeAll(dir: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  guarded(dir, () => {
    mkdirAll(dir);
    const staging = mkdtempSync(join(dir, '.part-'));
    try {
      for (const [name, bytes] of Object.entries(files)) writeFileSync(join(staging, name), bytes);
      for (const name of Object.keys(files)) renameSync(join(staging, name), join(dir, name));
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Makes a folder and those above it that are missing. @throws InputError when it cannot be made, or is there and is no folder */
export function makeFolder(path: string): void {
  guarded(path, () => mkdirAll(path));
}

/**
 * One folder after the other, from the top: the recursive mkdir of Node never ends where a file system says ENOENT below a folder that is there,
 * as /proc does.
 */
function mkdirAll(path: string): void {
  const missing: string[] = [];
  let at = resolve(path);
  while (!existsSync(at) && dirname(at) !== at) {
    missing.push(at);
    at = dirname(at);
  }
  if (!statSync(at).isDirectory()) throw Object.assign(new Error(`${at} is no folder`), { code: 'ENOTDIR' });
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another process may have made it just now.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function guarded(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError([
      {
        code: 'usage',
        severity: 'error',
        where: path,
        what: `cannot be written (${code})`,
        help: 'Choose another place with --out, or free some space',
      },
    ]);
  }
}
