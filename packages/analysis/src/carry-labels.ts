import { type Affine, invertAffine, type LabelVolume, type Volume } from '@foramen/spine';

/** Row-major product of two 4 x 4 affines: first `b`, then `a`. */
function compose(a: Affine, b: Affine): readonly number[] {
  const out: number[] = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = column === 3 ? a[4 * row + 3]! : 0;
      for (let n = 0; n < 3; n++) sum += a[4 * row + n]! * b[4 * n + column]!;
      out.push(sum);
    }
  }
  return out;
}

/**
 * A label map on the grid of another series of the same frame of reference: each voxel takes the label of the nearest voxel of
 * `labels`, in patient millimetres; 0 outside. A level found on the sagittal is so named on the axial.
 */
export function carryLabels(labels: LabelVolume, onto: Volume): LabelVolume {
  const [ni, nj, nk] = onto.size;
  const [si, sj, sk] = labels.size;
  const m = compose(invertAffine(labels.ijkToLps), onto.ijkToLps);
  const data = new Uint8Array(ni * nj * nk);
  let at = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      // Half a voxel is added once, so that truncation rounds.
      let x = m[1]! * j + m[2]! * k + m[3]! + 0.5;
      let y = m[5]! * j + m[6]! * k + m[7]! + 0.5;
      let z = m[9]! * j + m[10]! * k + m[11]! + 0.5;
      for (let i = 0; i < ni; i++, at++, x += m[0]!, y += m[4]!, z += m[8]!) {
        if (x < 0 || y < 0 || z < 0 || x >= si || y >= sj || z >= sk) continue;
        data[at] = labels.data[(x | 0) + si * ((y | 0) + sj * (z | 0))]!;
      }
    }
  }
  return { size: onto.size, spacing: onto.spacing, ijkToLps: onto.ijkToLps, data };
}

/** A label map on this grid on which nothing is labelled. */
export function noLabels(volume: Volume): LabelVolume {
  return {
    size: volume.size,
    spacing: volume.spacing,
    ijkToLps: volume.ijkToLps,
    data: new Uint8Array(volume.data.length),
  };
}
