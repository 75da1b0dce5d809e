import { type Affine, type Vec3, voxelToLps } from '@foramen/spine';
import type { Picture } from '../record/picture.ts';

/** Letters of the patient's directions, along LPS: x grows to the left, y to posterior, z to the head. */
const LETTERS = [
  ['R', 'L'],
  ['A', 'P'],
  ['F', 'H'],
] as const;
/** A second letter is said from about 20 degrees of tilt. */
const TILTED = 0.35;

export interface Edges {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

function column(a: Affine, n: 0 | 1 | 2): Vec3 {
  const [x, y, z] = [a[n], a[4 + n] ?? 0, a[8 + n] ?? 0];
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** Where a direction (LPS) points, the larger part first: `P`, or `HA` for a tilted one. */
export function towards(direction: Vec3): string {
  return direction
    .map((part, axis) => ({ part, letter: LETTERS[axis]![part < 0 ? 0 : 1] }))
    .filter(({ part }) => Math.abs(part) >= TILTED)
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
    .slice(0, 2)
    .map(({ letter }) => letter)
    .join('');
}

/** What lies beyond each edge of the picture; null where the series has no geometry: nothing is guessed. */
export function edgesOf(picture: Pick<Picture, 'ijkToLps'>): Edges | null {
  if (picture.ijkToLps === null) return null;
  const [right, bottom] = [column(picture.ijkToLps, 0), column(picture.ijkToLps, 1)];
  const back = ([x, y, z]: Vec3): Vec3 => [-x, -y, -z];
  return {
    left: towards(back(right)),
    right: towards(right),
    top: towards(back(bottom)),
    bottom: towards(bottom),
  };
}

/** Where the middle of a slice lies along the axis it is stacked on, mm from the scanner's origin: `L 3.2 mm`; null without geometry. */
export function slicePlace(picture: Pick<Picture, 'ijkToLps' | 'size'>, k: number): string | null {
  if (picture.ijkToLps === null) return null;
  const [columns, rows] = picture.size;
  const [i, j] = [column(picture.ijkToLps, 0), column(picture.ijkToLps, 1)];
  const normal = [i[1] * j[2] - i[2] * j[1], i[2] * j[0] - i[0] * j[2], i[0] * j[1] - i[1] * j[0]];
  const axis = normal.reduce((best, part, n) => (Math.abs(part) > Math.abs(normal[best]!) ? n : best), 0);
  const at = voxelToLps(picture.ijkToLps, (columns - 1) / 2, (rows - 1) / 2, k)[axis]!;
  const amount = Math.abs(at).toFixed(1);
  return amount === '0.0' ? '0.0 mm' : `${LETTERS[axis]![at < 0 ? 0 : 1]} ${amount} mm`;
}
