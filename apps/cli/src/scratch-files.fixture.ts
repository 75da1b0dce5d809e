import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for the files of one test file, gone when its tests are over. */
export function scratchFiles(name: string) {
  const dir = mkdtempSync(join(tmpdir(), `foramen-${name}-`));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const file = (called: string, content: string | Uint8Array): string => {
    const path = join(dir, called);
    writeFileSync(path, content);
    return path;
  };
  return { dir, file };
}
