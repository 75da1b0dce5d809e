import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from './streams.ts';

/** Writes a file whole or not at all: under another name first, then renamed. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  const target = resolve(path);
  guarded(path, () => {
    mkdirSync(dirname(target), { recursive: true });
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
    mkdirSync(dir, { recursive: true });
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
