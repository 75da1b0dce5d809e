/** Smooth random field over space: trilinear value noise on an integer lattice, about unit variance. */
export type NoiseField = (x: number, y: number, z: number) => number;

const TABLE_BITS = 12;
const TABLE_MASK = (1 << TABLE_BITS) - 1;

/** `scale` is the lattice step in mm along x, y and z. Built from 4,096 draws of `next`. */
export function valueNoise(next: () => number, scale: readonly [number, number, number]): NoiseField {
  const table = new Float32Array(TABLE_MASK + 1);
  for (let i = 0; i < table.length; i++) table[i] = (next() * 2 - 1) * 2.6;
  const ix = 1 / scale[0];
  const iy = 1 / scale[1];
  const iz = 1 / scale[2];
  const at = (i: number, j: number, k: number): number => {
    let h = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ Math.imul(k, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    return table[(h ^ (h >>> 13)) & TABLE_MASK]!;
  };
  return (x, y, z) => {
    const px = x * ix;
    const py = y * iy;
    const pz = z * iz;
    const i = Math.floor(px);
    const j = Math.floor(py);
    const k = Math.floor(pz);
    let fx = px - i;
    let fy = py - j;
    let fz = pz - k;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    fz = fz * fz * (3 - 2 * fz);
    const a = at(i, j, k) * (1 - fx) + at(i + 1, j, k) * fx;
    const b = at(i, j + 1, k) * (1 - fx) + at(i + 1, j + 1, k) * fx;
    const c = at(i, j, k + 1) * (1 - fx) + at(i + 1, j, k + 1) * fx;
    const d = at(i, j + 1, k + 1) * (1 - fx) + at(i + 1, j + 1, k + 1) * fx;
    return (a * (1 - fy) + b * fy) * (1 - fz) + (c * (1 - fy) + d * fy) * fz;
  };
}
