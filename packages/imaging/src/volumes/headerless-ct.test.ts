import { describe, expect, it } from 'vitest';
import { writeNiftiLabels } from './nifti.ts';
import { readInput } from './read-input.ts';

describe('a CT without a header', () => {
  it('is told by its air', async () => {
    const grid = { size: [30, 40, 50], spacing: [0.5, 0.5, 2] } as const;
    const header = writeNiftiLabels({
      ...grid,
      ijkToLps: [0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1],
      data: new Uint8Array(60000),
    });
    const read = async (value: (n: number) => number) => {
      // The same header with values of two bytes.
      const data = Int16Array.from({ length: 60000 }, (_, n) => value(n));
      const whole = new Uint8Array(352 + data.byteLength);
      whole.set(header.subarray(0, 352));
      whole.set(new Uint8Array(data.buffer), 352);
      const view = new DataView(whole.buffer);
      view.setInt16(70, 4, true);
      view.setInt16(72, 16, true);
      view.setFloat32(108, 352, true);
      const result = await readInput([{ name: 'volume.nii', bytes: whole }]);
      if (!result.ok) throw new Error(result.problems[0].what);
      return result.value.series[0];
    };
    const ct = await read((n) => (n % 3 === 0 ? -1000 : n % 400));
    expect(ct?.contrast).toBe('ct');
    expect(ct?.plane).toBe('sagittal');
    // An MRI stored with its lowest value at -1024 has tissue where a CT has next to none.
    expect((await read((n) => (n % 3 === 0 ? -1010 : (n % 1300) - 1024)))?.contrast).not.toBe('ct');
  });
});
