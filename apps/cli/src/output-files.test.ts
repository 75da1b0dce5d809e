import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, writeAll, writeWhole } from './output-files.ts';
import { spacingTable } from './spacing.ts';
import { InputError } from './streams.ts';
import { distinctNames, stemOf } from './study-files.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foramen-output-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('output files', () => {
  it('appear whole, with nothing left beside them', () => {
    writeWhole(join(dir, 'deep', 'one.json'), '{}');
    writeAll(join(dir, 'many'), { 'a.json': '1', 'b.bin': Uint8Array.of(1, 2) });
    expect(readdirSync(join(dir, 'deep'))).toEqual(['one.json']);
    expect(readdirSync(join(dir, 'many'))).toEqual(['a.json', 'b.bin']);
  });

  it('that cannot be written are one problem, and what was there stays', () => {
    const taken = join(dir, 'taken');
    writeFileSync(taken, 'mine');
    expect(() => writeAll(taken, { a: '1' })).toThrow(InputError);
    expect(() => writeWhole(join(taken, 'a'), '1')).toThrow(/cannot be written/);
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    // Written, but not to be moved to its place: nothing of it is left behind.
    mkdirSync(join(dir, 'full', 'a.json', 'kept'), { recursive: true });
    expect(() => writeWhole(join(dir, 'full', 'a.json'), '1')).toThrow(InputError);
    expect(readdirSync(join(dir, 'full'))).toEqual(['a.json']);
  });
});

describe('a folder for results', () => {
  it('is made with all above it, and one that cannot be is a problem and not a wait', () => {
    makeFolder(join(dir, 'x', 'y', 'z'));
    makeFolder(join(dir, 'x', 'y', 'z'));
    expect(readdirSync(join(dir, 'x', 'y'))).toEqual(['z']);
    // Below these no folder can be made, and the first says ENOENT to whoever tries.
    for (const path of ['/proc/foramen', '/proc/1/deep/er', '/dev/null/x', '/dev/null'])
      expect(() => makeFolder(path), path).toThrow(InputError);
    expect(() => writeWhole('/proc/foramen/a.json', '{}')).toThrow(/cannot be written/);
    expect(() => writeAll('/proc', { a: '1' })).toThrow(/cannot be written/);
  });
});

describe('a table of spacings', () => {
  it('gives what is plausible', () => {
    const table = spacingTable(
      'new_file_name,x,PixelSpacing\n1_t2,"a ""b"", c","[0.6, 0.6]"\n2_t2,,"[0.6, 0.9]"\n3_t2,,"[5, 5]"\n4_t2,,\n',
      't.csv',
    );
    expect([...table]).toEqual([['1_t2', [0.6, 0.6, 4]]]);
  });
});

describe('names of results', () => {
  it('are those of inputs, without extension', () => {
    expect(['a/101_t2.png', 'b.nii.gz', 'c.mha', '1.2.840.7', 'IM0001', '.'].map(stemOf)).toEqual([
      '101_t2',
      'b',
      'c',
      '1.2.840.7',
      'IM0001',
      stemOf(process.cwd()),
    ]);
    expect(() => distinctNames(['a', 'b', 'a'])).toThrow(/two inputs would write the same result \(a\)/);
  });
});
