import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing. One at a time: `mkdir` of Node with `recursive` never returns where the system says
 * "no such folder" to every attempt, as below `/proc`.
 *
 * @throws Error with the system's code: `ENOTDIR` or `EEXIST` where a file is in the way, `ENOENT` where none can be made.
 */
export function makeFolder(path: string, mode: number): void {
  const missing: string[] = [];
  let at = resolve(path);
  while (!isThere(at)) {
    missing.unshift(at);
    const above = dirname(at);
    if (above === at) break;
    at = above;
  }
  if (missing.length === 0 && !statSync(at).isDirectory())
    throw Object.assign(new Error(`${path} is a file`), { code: 'EEXIST' });
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Somebody else made it a moment ago.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
    }
  }
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A file where a folder would have to be: the attempt to make one says so.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the name is a file',
  // What a folder to be made on a read-only disk is answered with.
  ENOENT: 'it cannot be made: the folder it should lie in does not exist or is read-only',
};

/** Why a folder cannot be made or written to, in words. */
export function folderFault(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? code ?? 'unknown reason';
}
