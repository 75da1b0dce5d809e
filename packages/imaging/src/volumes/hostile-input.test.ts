import fc from 'fast-check';
import { encode } from 'fast-png';
import { gzipSync, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeNiftiLabels } from './nifti.ts';
import { readInput } from './read-input.ts';

const nifti = writeNiftiLabels({
  size: [6, 20, 21],
  spacing: [4, 0.7, 0.7],
  ijkToLps: [4, 0, 0, -18, 0, -0.7, 0, 30, 0, 0, 0.7, -50, 0, 0, 0, 1],
  data: Uint8Array.from({ length: 6 * 20 * 21 }, (_, i) => i % 97),
});
const metaImage = (extra: string, voxels: Uint8Array): Uint8Array =>
  Uint8Array.from([
    ...new TextEncoder().encode(
      `ObjectType = Image\nNDims = 3\n${extra}ElementSpacing = 0.5 0.8 4\nDimSize = 10 8 5\nElementType = MET_SHORT\nElementDataFile = LOCAL\n`,
    ),
    ...voxels,
  ]);
const voxels = Uint8Array.from({ length: 800 }, (_, i) => i % 7);
const picture = encode({
  width: 40,
  height: 30,
  data: Uint8Array.from({ length: 1200 }, (_, i) => (i * 7) % 251),
  channels: 1,
});
const FILES = [
  nifti,
  gzipSync(nifti),
  metaImage('', voxels),
  metaImage('CompressedData = True\n', zlibSync(voxels)),
  picture,
];

describe('pictures with damaged bytes', () => {
  it('end in finite geometry and values, or in a problem', async () => {
    const edit = fc.record({ at: fc.nat(4000), value: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(FILES.length - 1),
        fc.array(edit, { maxLength: 6 }),
        fc.nat(4000),
        async (which, edits, cut) => {
          const bytes = FILES[which]!.slice();
          for (const { at, value } of edits) bytes[at % Math.min(bytes.length, 700)] = value;
          const result = await readInput([
            { name: 'x', bytes: cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes },
          ]);
          if (!result.ok) {
            expect(result.problems[0].what).not.toBe('');
            return;
          }
          for (const { volume } of result.value.series) {
            expect(volume.spacing.every((mm) => mm > 0 && Number.isFinite(mm))).toBe(true);
            expect(volume.ijkToLps.every(Number.isFinite)).toBe(true);
            expect(volume.data).toHaveLength(volume.size[0] * volume.size[1] * volume.size[2]);
            expect(volume.data.every(Number.isFinite)).toBe(true);
          }
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });

  it('that claim more than they hold take no memory for it', async () => {
    const huge = new TextEncoder().encode(
      'ObjectType = Image\nNDims = 3\nCompressedData = True\nDimSize = 640 640 600\nElementType = MET_DOUBLE\nElementDataFile = LOCAL\nabc',
    );
    const result = await readInput([{ name: 'bomb.mha', bytes: huge }]);
    expect(result.ok ? '' : result.problems[0].code).toBe('truncated');
    const zeros = gzipSync(new Uint8Array(5_000_000));
    const bomb = await readInput([{ name: 'bomb.nii.gz', bytes: zeros }], { maxInflated: 1_000_000 });
    expect(bomb.ok ? '' : bomb.problems[0].code).toBe('too-large');
  });
});
