import { type LabelVolume, voxelToLps } from '@foramen/spine';
import { gunzipSync, gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeLabelFile } from './label-files.ts';
import { readNifti, writeNiftiLabels } from './nifti.ts';
import { readInput } from './read-input.ts';

describe('NIfTI', () => {
  const size = [4, 5, 6] as const;
  const spine: LabelVolume = {
    size,
    spacing: [4, 0.5, 0.8],
    // Stored right to left, posterior to anterior, foot to head, as dcm2niix leaves a sagittal series.
    ijkToLps: [-4, 0, 0, 8, 0, -0.5, 0, 30, 0, 0, 0.8, -50, 0, 0, 0, 1],
    data: Uint8Array.from({ length: 120 }, (_, n) => n),
  };

  it('comes back on the same grid, and its label map has the identical affine', async () => {
    const file = writeNiftiLabels(spine);
    const result = await readInput([{ name: 'x_t1.nii.gz', bytes: gzipSync(file) }]);
    if (!result.ok) throw new Error(result.problems[0].what);
    const series = result.value.series[0]!;
    expect(series.reading.role).toBe('sagittal-T1');
    expect(series.volume.size).toEqual([5, 6, 4]);
    expect(voxelToLps(series.volume.ijkToLps, 0, 0, 0)).toEqual(
      [-4, 28, -46].map((n) => expect.closeTo(n, 4)),
    );
    const written = writeLabelFile(series, { ...series.volume, data: Uint8Array.from(series.volume.data) });
    expect(written.extension).toBe('.nii.gz');
    const bytes = gunzipSync(written.bytes);
    expect(bytes.subarray(252, 328)).toEqual(file.subarray(252, 328));
    expect(bytes.subarray(352)).toEqual(spine.data);
  });

  it('takes the quaternion when there is no sform', () => {
    const file = writeNiftiLabels(spine);
    const byForm = readNifti(file, 'a');
    new DataView(file.buffer).setInt16(254, 0, true);
    const byQuaternion = readNifti(file, 'a');
    if (!byForm.ok || !byQuaternion.ok) throw new Error('unreadable');
    byForm.value.ijkToLps.forEach((n, i) => void expect(byQuaternion.value.ijkToLps[i]).toBeCloseTo(n, 4));
  });

  it('says so when sform and qform differ in length or side, and takes the sform', () => {
    const file = writeNiftiLabels(spine);
    const same = readNifti(file, 'a');
    expect(same.ok && same.warnings).toEqual([]);
    const view = new DataView(file.buffer);
    // The picture elsewhere as a whole is no contradiction; a mirrored or stretched one is.
    view.setFloat32(292, view.getFloat32(292, true) + 40, true);
    const moved = readNifti(file, 'a');
    expect(moved.ok && moved.warnings).toEqual([]);
    view.setFloat32(280, -view.getFloat32(280, true), true);
    const mirrored = readNifti(file, 'a');
    expect(mirrored.ok && mirrored.warnings.map((w) => w.code)).toEqual(['contradiction']);
    expect(mirrored.ok && mirrored.value.ijkToLps[0]).toBe(4);
  });

  it('of four dimensions is read when it holds one volume, and refused in one line when more', () => {
    const file = writeNiftiLabels(spine);
    const view = new DataView(file.buffer);
    view.setInt16(40, 4, true);
    const one = readNifti(file, 'a');
    expect(one.ok && [one.value.size, one.warnings]).toEqual([size, []]);
    view.setInt16(48, 3, true);
    const three = readNifti(file, 'a');
    expect(three.ok ? '' : three.problems.map((p) => `${p.code}: ${p.what}`)).toEqual([
      'unsupported: the file holds 3 volumes, not one',
    ]);
  });

  it('that is cut off is truncated', async () => {
    const result = await readInput([{ name: 'x.nii', bytes: writeNiftiLabels(spine).subarray(0, 400) }]);
    expect(result.ok ? '' : result.problems[0].code).toBe('truncated');
    const packed = gzipSync(writeNiftiLabels(spine));
    const cut = await readInput([{ name: 'x.nii.gz', bytes: packed.subarray(0, packed.length - 10) }]);
    expect(cut.ok ? '' : cut.problems[0].code).toBe('truncated');
  });

  it('whose gzip checksum does not fit its bytes is damaged, though its length is right', async () => {
    const packed = gzipSync(writeNiftiLabels(spine));
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
    const result = await readInput([{ name: 'x.nii.gz', bytes: packed }]);
    expect(result.ok ? '' : result.problems[0].what).toContain('damaged');
  });

  it('with voxels that are no numbers, or a form that cannot be used, says so', () => {
    const whole = writeNiftiLabels(spine);
    const file = new Uint8Array(352 + 4 * 120);
    file.set(whole.subarray(0, 352));
    const view = new DataView(file.buffer);
    view.setInt16(70, 16, true);
    view.setInt16(72, 32, true);
    for (let n = 0; n < 120; n++) view.setFloat32(352 + 4 * n, n % 4 === 0 ? Number.NaN : n, true);
    for (let at = 280; at < 328; at += 4) view.setFloat32(at, 0, true);
    view.setInt16(252, 0, true);
    const read = readNifti(file, 'a');
    if (!read.ok) throw new Error(read.problems[0].what);
    expect(read.value.data.every(Number.isFinite)).toBe(true);
    expect(read.warnings.map((w) => w.what).join()).toMatch(/25 % of its voxels are not numbers.*sform/s);
  });
});
