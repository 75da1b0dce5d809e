/** Smooth random field over space: trilinear value noise on an integer lattice, about unit variance. */
export type NoiseField = (x: number, y: number, z: number) => number;

const TABLE_BITS = 12;
const TABLE_MASK = (1 << TABLE_BITS) - 1;

function mix(h: number): number {
  return (h ^ (h >>> 11) ^ (h >>> 19)) & TABLE_MASK;
}

/** `scale` is the lattice step in mm along x, y and z. Built from 4,096 draws of `next`. */
export function valueNoise(next: () => number, scale: readonly [number, number, number]): NoiseField {
  const table = new Float32Array(TABLE_MASK + 1);
  for (let i = 0; i < table.length; i++) table[i] = (next() * 2 - 1) * 2.6;
  const ix = 1 / scale[0];
  const iy = 1 / scale[1];
  const iz = 1 / scale[2];
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
    const hx = Math.imul(i, 0x27d4eb2d);
    const hX = (hx + 0x27d4eb2d) | 0;
    const hy = Math.imul(j, 0x165667b1);
    const hz = Math.imul(k, 0x1e3779b1);
    const h00 = hy ^ hz;
    const h10 = ((hy + 0x165667b1) | 0) ^ hz;
    const hZ = (hz + 0x1e3779b1) | 0;
    const h01 = hy ^ hZ;
    const h11 = ((hy + 0x165667b1) | 0) ^ hZ;
    const gx = 1 - fx;
    const a = table[mix(hx ^ h00)]! * gx + table[mix(hX ^ h00)]! * fx;
    const b = table[mix(hx ^ h10)]! * gx + table[mix(hX ^ h10)]! * fx;
    const c = table[mix(hx ^ h01)]! * gx + table[mix(hX ^ h01)]! * fx;
    const d = table[mix(hx ^ h11)]! * gx + table[mix(hX ^ h11)]! * fx;
    return (a * (1 - fy) + b * fy) * (1 - fz) + (c * (1 - fy) + d * fy) * fz;
  };
}
