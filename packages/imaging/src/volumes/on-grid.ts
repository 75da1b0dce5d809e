import { type Affine, invertAffine, type Vec3, type Volume, voxelToLps } from '@foramen/spine';

/**
 * A volume read at every voxel of another grid through patient coordinates, trilinear; the outermost slices hold for half a slice beyond them.
 * 0 outside; `covered` is the share of voxels inside.
 */
export function onGrid(
  { size, ijkToLps, data }: Volume,
  to: { readonly size: Volume['size']; readonly ijkToLps: Affine },
): { readonly data: Float32Array; readonly covered: number } {
  const back = invertAffine(ijkToLps);
  const place = (i: number, j: number, k: number): Vec3 => {
    const [x, y, z] = voxelToLps(to.ijkToLps, i, j, k);
    return voxelToLps(back, x, y, z);
  };
  const origin = place(0, 0, 0);
  const step = (p: Vec3): Vec3 => [p[0] - origin[0], p[1] - origin[1], p[2] - origin[2]];
  const [di, dj, dk] = [step(place(1, 0, 0)), step(place(0, 1, 0)), step(place(0, 0, 1))];
  const [ni, nj, nk] = to.size;
  const out = new Float32Array(ni * nj * nk);
  const read = reader(size, data);
  let inside = 0;
  for (let k = 0, n = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, n++) {
        const x = origin[0] + i * di[0] + j * dj[0] + k * dk[0];
        const y = origin[1] + i * di[1] + j * dj[1] + k * dk[1];
        const z = origin[2] + i * di[2] + j * dj[2] + k * dk[2];
        if (size.some((m, axis) => beyond([x, y, z][axis] as number, m))) continue;
        out[n] = read(x, y, z);
        inside++;
      }
    }
  }
  return { data: out, covered: inside / out.length };
}

/** A voxel reaches half its width past its middle; a little is left for rounding of stated positions. */
const beyond = (at: number, length: number): boolean => !(at > -0.51 && at < length - 0.49);

function reader(size: Volume['size'], data: ArrayLike<number>): (x: number, y: number, z: number) => number {
  const [w, h] = size;
  const clamp = (at: number, length: number): readonly [number, number] => {
    const held = Math.max(0, Math.min(length - 1, at));
    const low = Math.min(Math.floor(held), Math.max(0, length - 2));
    return [low, held - low];
  };
  return (x, y, z) => {
    const [i, e] = clamp(x, w);
    const [j, f] = clamp(y, h);
    const [k, g] = clamp(z, size[2]);
    const line = (o: number): number =>
      e === 0 ? (data[o] as number) : (1 - e) * (data[o] as number) + e * (data[o + 1] as number);
    const plane = (o: number): number => (f === 0 ? line(o) : (1 - f) * line(o) + f * line(o + w));
    const o = i + w * (j + h * k);
    return g === 0 ? plane(o) : (1 - g) * plane(o) + g * plane(o + w * h);
  };
}
