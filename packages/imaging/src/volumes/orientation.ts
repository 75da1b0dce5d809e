import { type Affine, perAxis, type Vec3, type Volume } from '@foramen/spine';
import { type AxisStep, canonicalWalk, type Plane } from './series.ts';

/** A sampled picture in its source grid. */
export interface SourcePicture {
  readonly size: readonly [number, number, number];
  readonly ijkToLps: Affine;
  readonly data: Float32Array;
}

/** What canonical axes n = i, j, k grow towards, as signed LPS axes. */
const VIEW: Readonly<Record<'sagittal' | 'axial' | 'coronal', readonly [Direction, Direction, Direction]>> = {
  sagittal: [
    { axis: 1, sign: 1 },
    { axis: 2, sign: -1 },
    { axis: 0, sign: 1 },
  ],
  axial: [
    { axis: 0, sign: 1 },
    { axis: 1, sign: 1 },
    { axis: 2, sign: 1 },
  ],
  coronal: [
    { axis: 0, sign: 1 },
    { axis: 2, sign: -1 },
    { axis: 1, sign: 1 },
  ],
};
interface Direction {
  readonly axis: 0 | 1 | 2;
  readonly sign: 1 | -1;
}

const PLANE_OF_NORMAL = ['sagittal', 'coronal', 'axial'] as const;

/** Unit vector and length in mm of one affine column. */
export function affineColumn(a: Affine, column: 0 | 1 | 2): { readonly unit: Vec3; readonly length: number } {
  const v: Vec3 = [a[column], a[4 + column]!, a[8 + column]!];
  const length = Math.hypot(...v);
  return { unit: [v[0] / length, v[1] / length, v[2] / length], length };
}

/**
 * Nearest anatomical plane of an image normal (unit, LPS); `oblique` when it leans more than 35 degrees from every
 * axis. Scoliosis and disc-angled axials lean up to about 30.
 */
export function planeOfNormal(normal: Vec3): {
  readonly plane: Plane;
  readonly nearest: Exclude<Plane, 'oblique'>;
} {
  const size = perAxis((n) => Math.abs(normal[n]));
  const axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2;
  const nearest = PLANE_OF_NORMAL[axis]!;
  return { plane: size[axis] >= Math.cos((35 * Math.PI) / 180) ? nearest : 'oblique', nearest };
}

/** Slices through a steep lumbosacral disc lean as far as this towards the coronal plane, and to the side no more than a turned patient does, degrees. */
const STEEPEST_DISC_DEG = 65;
const ASIDE_DEG = 15;

/**
 * Whether slices with this normal may be axial ones through a disc too steep for `planeOfNormal`. A coronal oblique of the sacroiliac joints
 * leans alike: only its name or the other slices of its series tell the two apart.
 */
export function mayCutSteepDisc(normal: Vec3): boolean {
  return (
    Math.abs(normal[0]) <= Math.sin((ASIDE_DEG * Math.PI) / 180) &&
    Math.abs(normal[2]) >= Math.cos((STEEPEST_DISC_DEG * Math.PI) / 180)
  );
}

/** The affine turned about the patient's left-right axis until its slices lie across the body, to tell their axes by. */
export function laidAcross(a: Affine): Affine {
  const { unit } = affineColumn(a, 2);
  const angle = Math.atan(unit[1] / unit[2]);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const y = (n: number): number => c * a[4 + n]! - s * a[8 + n]!;
  const z = (n: number): number => s * a[4 + n]! + c * a[8 + n]!;
  return [a[0], a[1], a[2], a[3], y(0), y(1), y(2), y(3), z(0), z(1), z(2), z(3), 0, 0, 0, 1];
}

/**
 * For each canonical axis of a view, the source axis lying closest to it and whether it runs backwards. The three are
 * always a permutation, so no voxel is lost or read twice.
 */
export function axesForView(
  ijkToLps: Affine,
  view: Exclude<Plane, 'oblique'>,
): readonly [AxisStep, AxisStep, AxisStep] {
  const units = [0, 1, 2].map((c) => affineColumn(ijkToLps, c as 0 | 1 | 2).unit);
  const wanted = VIEW[view];
  let best: readonly [number, number, number] = [0, 1, 2];
  let bestScore = -1;
  for (const order of PERMUTATIONS) {
    const score = order.reduce<number>(
      (sum, source, n) => sum + Math.abs(units[source]![wanted[n]!.axis]),
      0,
    );
    if (score > bestScore) {
      bestScore = score;
      best = order;
    }
  }
  return best.map((source, n) => ({
    axis: source as 0 | 1 | 2,
    flip: units[source]![wanted[n]!.axis] * wanted[n]!.sign < 0,
  })) as unknown as readonly [AxisStep, AxisStep, AxisStep];
}

const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * The source picture with its axes permuted and flipped; the affine keeps every voxel where it was. Takes the source's
 * voxels over: a mere flip is done in place, since a volume of a hundred million bytes is better not held twice.
 */
export function reorient(
  source: SourcePicture,
  axes: readonly [AxisStep, AxisStep, AxisStep],
): Volume<Float32Array> {
  const size = perAxis((n) => source.size[axes[n].axis]);
  const spacing = perAxis((n) => affineColumn(source.ijkToLps, axes[n].axis).length);
  const ijkToLps = reorientAffine(source.ijkToLps, source.size, axes);
  if (axes.every(({ axis }, n) => axis === n)) {
    for (const { axis, flip } of axes) if (flip) reverseAxis(source.data, source.size, axis);
    return { size, spacing, ijkToLps, data: source.data };
  }
  const data = new Float32Array(source.data.length);
  const { start, step } = canonicalWalk(source.size, axes);
  let at = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      let from = start + k * step[2] + j * step[1];
      for (let i = 0; i < size[0]; i++, from += step[0]) data[at++] = source.data[from]!;
    }
  }
  return { size, spacing, ijkToLps, data };
}

function reverseAxis(data: Float32Array, size: readonly [number, number, number], axis: 0 | 1 | 2): void {
  const [ni, nj, nk] = size;
  if (axis === 0) {
    for (let row = 0; row < nj * nk; row++) data.subarray(row * ni, (row + 1) * ni).reverse();
    return;
  }
  // Blocks of rows or of slices change places from both ends.
  const block = axis === 1 ? ni : ni * nj;
  const count = axis === 1 ? nj : nk;
  const kept = new Float32Array(block);
  for (let outer = 0; outer < (axis === 1 ? nk : 1); outer++) {
    const from = outer * ni * nj;
    for (let low = 0, high = count - 1; low < high; low++, high--) {
      const [a, b] = [from + low * block, from + high * block];
      kept.set(data.subarray(a, a + block));
      data.copyWithin(a, b, b + block);
      data.set(kept, b);
    }
  }
}

function reorientAffine(
  a: Affine,
  size: readonly [number, number, number],
  axes: readonly [AxisStep, AxisStep, AxisStep],
): Affine {
  const row = (r: 0 | 1 | 2): [number, number, number, number] => {
    let origin = a[4 * r + 3]!;
    const columns = perAxis((n) => {
      const { axis, flip } = axes[n];
      const value = a[4 * r + axis]!;
      if (flip) origin += value * (size[axis] - 1);
      return flip ? -value : value;
    });
    return [...columns, origin];
  };
  return [...row(0), ...row(1), ...row(2), 0, 0, 0, 1];
}

/** RAS to LPS or back: the first two rows change sign. */
export function flipXy(a: Affine): Affine {
  return a.map((value, i) => (i < 8 ? (value === 0 ? 0 : -value) : value)) as unknown as Affine;
}
