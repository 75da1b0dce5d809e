import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BlockFile } from './block-file.ts';

const BUFFER = 17 << 16;
/** A file system in memory is not written to like a disk. */
const FOLDERS = [tmpdir(), '/dev/shm'].filter((folder) => existsSync(folder));

describe('files written past the page cache', () => {
  it.each(FOLDERS)('hold what was pushed, to the byte, in %s', (base) => {
    const folder = mkdtempSync(join(base, 'foramen-block-'));
    try {
      for (const size of [0, 1, 4095, 4096, 4097, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, 3_000_000]) {
        const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
        const file = BlockFile.create(folder, String(size));
        for (let at = 0; at < size; at += 70_001) file.push(bytes.subarray(at, at + 70_001));
        file.end();
        file.close();
        expect(Buffer.compare(readFileSync(join(folder, String(size))), bytes), `${size} bytes`).toBe(0);
      }
      expect(() => BlockFile.create(folder, '1')).toThrow(/EEXIST/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('may be left with zeros up to a whole block', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foramen-block-'));
    try {
      for (const beside of [false, true]) {
        const file = BlockFile.create(folder, String(beside));
        file.push(new Uint8Array(5_000).fill(7));
        if (beside) await file.endBeside(true);
        else file.end(true);
        file.close();
        const bytes = readFileSync(join(folder, String(beside)));
        expect([5_000, 8_192]).toContain(bytes.length);
        expect(bytes.every((byte, at) => byte === (at < 5_000 ? 7 : 0))).toBe(true);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('use their buffers again without what lay in them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'foramen-block-'));
    try {
      const long = BlockFile.create(folder, 'long');
      long.push(new Uint8Array(9_000).fill(7));
      long.end();
      long.close();
      const short = BlockFile.create(folder, 'short');
      short.push(new Uint8Array(10).fill(1));
      short.end();
      short.close();
      // Made longer afterwards: behind its own bytes lie zeros.
      const again = openSync(join(folder, 'short'), 'r+');
      writeSync(again, Uint8Array.of(2), 0, 1, 5_000);
      closeSync(again);
      const bytes = readFileSync(join(folder, 'short'));
      expect(bytes.subarray(0, 10).every((byte) => byte === 1)).toBe(true);
      expect(bytes.subarray(10, 5_000).every((byte) => byte === 0)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
