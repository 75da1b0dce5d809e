import { voxelToLps } from '@foramen/spine';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readInput } from './read-input.ts';
import type { NamedBytes } from './series.ts';

const read = async (files: readonly NamedBytes[]) => {
  const result = await readInput(files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
};

describe('MetaImage', () => {
  const header = (extra: string) =>
    new TextEncoder().encode(
      `ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n${extra}TransformMatrix = 0 1 0 0 0 -1 1 0 0\nOffset = 1 2 3\nElementSpacing = 0.5 0.8 4\nDimSize = 3 2 2\nElementType = MET_SHORT\nElementDataFile = LOCAL\n`,
    );
  const voxels = new Uint8Array(Int16Array.from({ length: 12 }, (_, n) => n - 6).buffer);
  const join = (a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b]);

  it('reads compressed and plain .mha alike', async () => {
    const plain = await read([{ name: '1_t2.mha', bytes: join(header(''), voxels) }]);
    const packed = await read([
      { name: '1_t2.mha', bytes: join(header('CompressedData = True\n'), zlibSync(voxels)) },
    ]);
    const { volume, reading } = plain.value.series[0]!;
    expect(reading.role).toBe('sagittal-T2');
    expect(voxelToLps(volume.ijkToLps, 2, 1, 1)).toEqual([5, 3, 2.2].map((n) => expect.closeTo(n, 6)));
    expect([...volume.data]).toEqual(Array.from({ length: 12 }, (_, n) => n - 6));
    expect(packed.value.series[0]!.volume).toEqual(volume);
  });

  it.each([
    'dim[0] = 3\nintent_name = \n',
    '0008|0060 = MR\n0008|0008 = ORIGINAL\\PRIMARY\n',
    'ITK FileNotes = first line\nand a second\n\n',
  ])('reads .mha that carries fields of the file it was made from: %j', async (extra) => {
    const plain = await read([{ name: '1_t2.mha', bytes: join(header(''), voxels) }]);
    const more = await read([{ name: '1_t2.mha', bytes: join(header(extra), voxels) }]);
    expect(more.value.series[0]!.volume).toEqual(plain.value.series[0]!.volume);
  });

  it('reads .mha of four dimensions with one volume, and refuses several in one line', async () => {
    const four = (count: number) =>
      new TextEncoder().encode(
        `ObjectType = Image\nNDims = 4\nBinaryData = True\nBinaryDataByteOrderMSB = False\nTransformMatrix = 0 1 0 0 0 0 -1 0 1 0 0 0 0 0 0 1\nOffset = 1 2 3 0\nElementSpacing = 0.5 0.8 4 1\nDimSize = 3 2 2 ${count}\nElementType = MET_SHORT\nElementDataFile = LOCAL\n`,
      );
    const three = await read([{ name: '1_t2.mha', bytes: join(header(''), voxels) }]);
    const one = await read([{ name: '1_t2.mha', bytes: join(four(1), voxels) }]);
    expect(one.value.series[0]!.volume).toEqual(three.value.series[0]!.volume);
    const several = await readInput([{ name: '1_t2.mha', bytes: join(four(2), join(voxels, voxels)) }]);
    expect(several.ok ? '' : several.problems.map((p) => `${p.code}: ${p.what}`)).toEqual([
      'unsupported: the file holds 2 volumes, not one',
    ]);
  });

  it('says which header line is no size, and how much of a picture is no number', async () => {
    const words = new TextDecoder().decode(header('')).replace('DimSize = 3 2 2', 'DimSize = many lots few');
    const lost = await readInput([{ name: 'a.mha', bytes: join(new TextEncoder().encode(words), voxels) }]);
    expect(lost.ok ? '' : lost.problems[0].what).toContain('DimSize "many lots few"');
    const real = new TextDecoder().decode(header('')).replace('MET_SHORT', 'MET_FLOAT');
    const values = Float32Array.from({ length: 12 }, (_, n) => (n < 6 ? Number.POSITIVE_INFINITY : n));
    const bytes = join(new TextEncoder().encode(real), new Uint8Array(values.buffer));
    const half = await readInput([{ name: 'a.mha', bytes }]);
    expect(half.ok && half.warnings.map((w) => w.what).join()).toContain('50 % of its voxels');
  });
});
