import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BlockFile } from './block-file.ts';

const BUFFER = 17 << 16;
const statOf = (fd: number): unknown => {
  try {
    return fstatSync(fd).size;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};
/** A file system in memory is not written to like a disk. */
const FOLDERS = [tmpdir(), '/dev/shm'].filter((folder) => existsSync(folder));

describe('files written past the page cache', () => {
  it.each(FOLDERS)('hold what was pushed, to the byte, in %s', async (base) => {
    const folder = mkdtempSync(join(base, 'foramen-block-'));
    try {
      for (const size of [0, 1, 4095, 4096, 4097, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, 3_000_000]) {
        const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
        const file = BlockFile.create(folder, String(size));
        for (let at = 0; at < size; at += 70_001) file.push(bytes.subarray(at, at + 70_001));
        await file.end(size % 2 === 0);
        file.close();
        expect(Buffer.compare(readFileSync(join(folder, String(size))), bytes), `${size} bytes`).toBe(0);
      }
      expect(() => BlockFile.create(folder, '1')).toThrow(/EEXIST/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are on their way to the disk before their end, and say how far behind that is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foramen-block-'));
    try {
      const file = BlockFile.create(folder, 'early');
      const bytes = randomBytes(500_000);
      file.push(bytes.subarray(0, 300_000));
      expect(file.behind).toBe(300_000);
      await file.settled(128 << 10);
      expect(file.behind).toBeLessThanOrEqual(128 << 10);
      expect(statSync(join(folder, 'early')).size).toBeGreaterThanOrEqual(300_000 - (128 << 10));
      file.push(bytes.subarray(300_000));
      await file.end(true);
      expect(file.behind).toBe(0);
      file.close();
      expect(readFileSync(join(folder, 'early')).equals(bytes)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are let go when what is under way has arrived', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foramen-block-'));
    try {
      const file = BlockFile.create(folder, 'gone');
      file.push(randomBytes(3_000_000));
      file.close();
      expect(fstatSync(file.fd).isFile()).toBe(true);
      await expect.poll(() => statOf(file.fd)).toBe('EBADF');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.runIf(existsSync('/dev/full'))('fail at their end with what the disk said', async () => {
    const file = BlockFile.create('/dev/shm', `foramen-full-${process.pid}`);
    rmSync(join('/dev/shm', `foramen-full-${process.pid}`));
    closeSync(file.fd);
    // The same number again, of a device that takes nothing.
    expect(openSync('/dev/full', 'w')).toBe(file.fd);
    file.push(new Uint8Array(300_000));
    await expect(file.end(true)).rejects.toThrow(/ENOSPC/);
    file.close();
  });

  it('use their buffers again without what lay in them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foramen-block-'));
    try {
      const long = BlockFile.create(folder, 'long');
      long.push(new Uint8Array(9_000).fill(7));
      await long.end(true);
      long.close();
      const short = BlockFile.create(folder, 'short');
      short.push(new Uint8Array(10).fill(1));
      await short.end(false);
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
