import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStudy, studyInputs } from './study-files.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foramen-study-files-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A MetaImage header that names its data file. */
function header(name: string, data: string): string {
  const path = join(dir, name);
  writeFileSync(path, `ObjectType = Image\nNDims = 3\nDimSize = 1 1 1\nElementDataFile = ${data}\n`);
  return path;
}

describe('a MetaImage header and its data', () => {
  it('is read with the data file that lies beside it', () => {
    const path = header('one.mhd', 'one.raw');
    writeFileSync(join(dir, 'one.raw'), 'data');
    expect(loadStudy(path).map((file) => file.name)).toEqual(['one.mhd', 'one.raw']);
    expect(
      studyInputs([path])
        .inputs[0]?.load()
        .map((file) => file.name),
    ).toEqual(['one.mhd', 'one.raw']);
  });

  it('is read alone where it holds its data or they are not there, and never reaches out of its folder', () => {
    expect(loadStudy(header('local.mha', 'LOCAL'))).toHaveLength(1);
    expect(loadStudy(header('gone.mhd', 'gone.raw'))).toHaveLength(1);
    expect(loadStudy(header('out.mhd', '../../../etc/hostname'))).toHaveLength(1);
  });
});
