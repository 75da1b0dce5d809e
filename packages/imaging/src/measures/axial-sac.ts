import { invertAffine, type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import { median } from '../levels/smoothing.ts';

/** The dural sac on the axial slice that cuts it at a disc. */
export interface AxialSac {
  /** Slice of the axial volume. */
  readonly slice: number;
  readonly areaMm2: number;
  /** Antero-posterior and transverse extent, mm. */
  readonly apMm: number;
  readonly widthMm: number;
  /** Share of the sac that is as bright as fluid; roots take the rest. */
  readonly fluidShare: number;
  /** The same for its front third, where no roots lie in a person on their back. */
  readonly frontFluidShare: number;
  /** [row0, column0, row1, column1] on that slice, end exclusive. */
  readonly box: readonly [number, number, number, number];
}

/** Why a series that lies elsewhere says nothing of a disc. */
export const NO_SLICE = 'no axial slice cuts this disc';

export type AxialAnswer = { readonly sac: AxialSac } | { readonly abstained: string };

/** Furthest the axial slice may lie from the middle of the canal at the disc, mm. */
const OFF_SLICE_MM = 4;
const SEARCH_MM = 17;

function directionOf(volume: Volume, axis: 0 | 1 | 2): Vec3 {
  const a = volume.ijkToLps;
  const v: Vec3 = [a[axis] as number, a[4 + axis] as number, a[8 + axis] as number];
  const l = Math.hypot(...v);
  return [v[0] / l, v[1] / l, v[2] / l];
}

const dot3 = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Measures the sac on axial T2: the axial slice through the middle of the canal at a disc (known from the sagittal series in patient
 * coordinates), then the bright connected region around that point, with the dark roots inside it filled. It abstains when no slice
 * cuts the disc, when the slice is oblique to the canal by more than 30 degrees, and when what was found disagrees
 * with the sagittal extent or is not compact, which is how epidural fat and a sac without fluid show themselves.
 *
 * @param centre middle of the sac at the disc, LPS mm
 * @param canal unit direction of the canal there, LPS
 * @param sagittalApMm extent of the sac on the sagittal series at the disc
 */
export function axialSac(axial: Volume, centre: Vec3, canal: Vec3, sagittalApMm: number): AxialAnswer {
  const normal = directionOf(axial, 2);
  const [w, h, depth] = axial.size;
  const inverse = invertAffine(axial.ijkToLps);
  const [ci, cj, ck] = voxelToLps(inverse, centre[0], centre[1], centre[2]);
  const k = Math.round(ck);
  if (k < 0 || k >= depth || Math.abs(ck - k) * axial.spacing[2] > OFF_SLICE_MM) {
    return { abstained: NO_SLICE };
  }
  if (Math.abs(dot3(normal, canal)) < Math.cos((30 * Math.PI) / 180)) {
    return { abstained: 'the axial slices are too oblique to the canal at this disc' };
  }
  // The slice lies off the point along its normal: the canal is followed to where it meets the slice.
  const off = (k - ck) * axial.spacing[2];
  const along = off / dot3(normal, canal);
  const onSlice: Vec3 = [
    centre[0] + along * canal[0],
    centre[1] + along * canal[1],
    centre[2] + along * canal[2],
  ];
  const [si, sj] = voxelToLps(inverse, onSlice[0], onSlice[1], onSlice[2]);
  const seedI = Math.round(Number.isFinite(si) ? si : ci);
  const seedJ = Math.round(Number.isFinite(sj) ? sj : cj);
  if (seedI < 2 || seedJ < 2 || seedI >= w - 2 || seedJ >= h - 2) {
    return { abstained: 'the canal lies outside the axial picture' };
  }
  const [sx, sy] = axial.spacing;
  const plane = axial.data.subarray(k * w * h, (k + 1) * w * h);
  const near: number[] = [];
  const around: number[] = [];
  const reachI = Math.ceil(SEARCH_MM / sx);
  const reachJ = Math.ceil(SEARCH_MM / sy);
  const i0 = Math.max(0, seedI - reachI);
  const i1 = Math.min(w - 1, seedI + reachI);
  const j0 = Math.max(0, seedJ - reachJ);
  const j1 = Math.min(h - 1, seedJ + reachJ);
  const inner = Math.max(2.5, sagittalApMm * 0.35);
  for (let j = j0; j <= j1; j++) {
    for (let i = i0; i <= i1; i++) {
      const r = Math.hypot((i - seedI) * sx, (j - seedJ) * sy);
      const v = plane[i + w * j] as number;
      if (r <= inner) near.push(v);
      else if (r > 10 && r <= SEARCH_MM) around.push(v);
    }
  }
  near.sort((a, b) => a - b);
  const fluid = near[Math.floor(near.length * 0.85)] ?? 0;
  const tissue = median(around);
  if (!(fluid > 1.5 * tissue))
    return { abstained: 'no fluid is seen in the sac: its outline is unclear (severe stenosis possible)' };
  // Where the dura is thin against bright fat the region leaks at half-way; higher up fluid alone remains.
  for (const level of [0.5, 0.6, 0.7, 0.8]) {
    const threshold = tissue + level * (fluid - tissue);
    const found = grow(plane, w, [i0, i1, j0, j1], seedI, seedJ, threshold, inner / sx);
    if (!found) return { abstained: 'the sac was not found on the axial slice' };
    const { bright, count, box } = found;
    const areaMm2 = count * sx * sy;
    const apMm = (box[2] - box[0]) * sy;
    const widthMm = (box[3] - box[1]) * sx;
    const fill = areaMm2 / ((Math.PI / 4) * apMm * widthMm);
    const edge = box[0] <= j0 || box[1] <= i0 || box[2] > j1 || box[3] > i1;
    const fits =
      !edge &&
      areaMm2 >= 15 &&
      areaMm2 <= 450 &&
      fill >= 0.72 &&
      Math.abs(apMm - sagittalApMm) <= Math.max(3, 0.35 * sagittalApMm);
    if (!fits) continue;
    const { front: frontFluidShare } = found;
    return {
      sac: { slice: k, areaMm2, apMm, widthMm, fluidShare: bright / count, frontFluidShare, box },
    };
  }
  return {
    abstained: 'the bright region around the canal does not fit the sagittal picture: the outline is unclear',
  };
}

/** Bright region connected to the seed's surroundings, holes filled. */
function grow(
  plane: Float32Array,
  w: number,
  window: readonly [number, number, number, number],
  seedI: number,
  seedJ: number,
  threshold: number,
  seedRadius: number,
): {
  mask: Uint8Array;
  bright: number;
  /** Share of bright pixels in the front third. */
  front: number;
  count: number;
  box: readonly [number, number, number, number];
} | null {
  const [i0, i1, j0, j1] = window;
  const cw = i1 - i0 + 1;
  const ch = j1 - j0 + 1;
  const mask = new Uint8Array(cw * ch);
  const stack: number[] = [];
  const bright = (x: number, y: number) => (plane[x + i0 + w * (y + j0)] as number) > threshold;
  for (let y = 0; y < ch; y++) {
    for (let x = 0; x < cw; x++) {
      if (Math.hypot(x + i0 - seedI, y + j0 - seedJ) <= seedRadius && bright(x, y)) {
        mask[x + cw * y] = 1;
        stack.push(x + cw * y);
      }
    }
  }
  if (stack.length === 0) return null;
  const flood = (
    from: number[],
    to: Uint8Array,
    value: number,
    may: (x: number, y: number) => boolean,
  ): void => {
    while (from.length > 0) {
      const at = from.pop() as number;
      const x = at % cw;
      const y = (at - x) / cw;
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const nx = x + dx;
        const ny = y + dy;
        if (nx < 0 || ny < 0 || nx >= cw || ny >= ch) continue;
        const n = nx + cw * ny;
        if (to[n] !== 0 || !may(nx, ny)) continue;
        to[n] = value;
        from.push(n);
      }
    }
  };
  flood(stack, mask, 1, bright);
  let fluid = 0;
  for (const v of mask) fluid += v;
  // Everything that cannot be reached from the window's edge lies inside the sac: roots.
  const outside = new Uint8Array(cw * ch);
  const edge: number[] = [];
  for (let y = 0; y < ch; y++) {
    for (let x = 0; x < cw; x++) {
      if ((x === 0 || y === 0 || x === cw - 1 || y === ch - 1) && !mask[x + cw * y]) {
        outside[x + cw * y] = 1;
        edge.push(x + cw * y);
      }
    }
  }
  flood(edge, outside, 1, (x, y) => !mask[x + cw * y]);
  const lit = mask.slice();
  let [r0, c0, r1, c1] = [ch, cw, 0, 0];
  let count = 0;
  for (let y = 0; y < ch; y++) {
    for (let x = 0; x < cw; x++) {
      if (outside[x + cw * y]) continue;
      mask[x + cw * y] = 1;
      count++;
      r0 = Math.min(r0, y);
      r1 = Math.max(r1, y + 1);
      c0 = Math.min(c0, x);
      c1 = Math.max(c1, x + 1);
    }
  }
  let [first, firstLit] = [0, 0];
  for (let at = r0 * cw; at < Math.ceil(r0 + (r1 - r0) / 3) * cw; at++) {
    if (!mask[at]) continue;
    first++;
    firstLit += lit[at] as number;
  }
  const front = first > 0 ? firstLit / first : 0;
  return { mask, bright: fluid, front, count, box: [r0 + j0, c0 + i0, r1 + j0, c1 + i0] };
}
