import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderFault, makeFolder } from './make-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'foramen-folder-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const fault = (path: string): string => {
  try {
    makeFolder(path, 0o700);
  } catch (error) {
    return folderFault(error);
  }
  return 'made';
};

describe('a folder', () => {
  it('is made with those above it, and may be there already', () => {
    const deep = join(dir, 'a', 'b', 'c');
    expect(fault(deep)).toBe('made');
    expect(fault(deep)).toBe('made');
    expect(statSync(deep).mode & 0o777).toBe(0o700);
  });

  it('that a file is in the way of is refused in words', () => {
    writeFileSync(join(dir, 'file'), 'x');
    expect(fault(join(dir, 'file'))).toBe('it is a file');
    expect(fault(join(dir, 'file', 'below'))).toBe('a part of the name is a file');
  });

  it.runIf(existsSync('/proc/self'))('that the system lets nobody make is refused at once', () => {
    expect(fault('/proc/foramen/data')).toMatch(/cannot be made|may not write/);
  });
});
