/** Synthetic people whose levels are easy to miscount, as whole sagittal series of six weightings. */
import {
  type Anatomy,
  addNoise,
  blur,
  buildAnatomy,
  buildTexture,
  type Contrast,
  cutSlab,
  drawSignals,
  drawWaterFat,
  rngFrom,
  type SpineOptions,
  sagittalPlane,
  slabSignal,
} from '@foramen/phantom';
import { affineFrom, type Vec3, type Volume } from '@foramen/spine';

const collapsed = { height: 2.4, pfirrmann: 5 } as const;
const bridged = { pfirrmann: 5, bulge: 0, anteriorBulge: 0, cleft: 0 } as const;

export const PEOPLE: Readonly<Record<string, SpineOptions>> = {
  plain: { lumbarCount: 5, lesions: 0, scoliosisDeg: 0 },
  worn: { lumbarCount: 5, degeneration: 0.9 },
  'six lumbar': { lumbarCount: 6, lesions: 0 },
  'four lumbar': { lumbarCount: 4, lesions: 0 },
  'thin last disc': { lumbarCount: 5, lesions: 0, discs: { 0: { ...bridged, height: 2, wedge: 0.03 } } },
  'lumbarised S1': { lumbarCount: 5, lesions: 0, squareS1: true, sacralRemnant: 8 },
  'sacralised L5': { lumbarCount: 4, lesions: 0, squareS1: true, sacralRemnant: 6 },
  scoliosis: { lumbarCount: 5, scoliosisDeg: 28 },
  collapsed: { lumbarCount: 5, discs: { 0: collapsed, 1: collapsed, 2: collapsed, 3: collapsed } },
  'fused L3-L4': { lumbarCount: 5, lesions: 0, discs: { 2: { ...bridged, height: 0.4 } } },
  slips: { lumbarCount: 5, vertebrae: { 0: { slip: 12 }, 2: { slip: -5 } } },
  metal: {
    lumbarCount: 5,
    vertebrae: { 0: { screws: true }, 1: { screws: true } },
    discs: { 1: { cage: true, pfirrmann: 5 } },
  },
  fractures: { lumbarCount: 5, vertebrae: { 3: { fracture: 0.5 }, 5: { fracture: 0.45 } } },
  'flat sacrum': { lumbarCount: 5, sacralSlopeDeg: 18, lesions: 0.3 },
  'steep sacrum': { lumbarCount: 5, sacralSlopeDeg: 58, lesions: 0.3 },
};
export const WEIGHTINGS: readonly Contrast[] = ['T2', 'T1', 'STIR', 'SPACE', 'water', 'fat'];

const SIZE = 320;
const MM = 0.9;
const SLICE_MM = 4;

export interface Pictured {
  readonly weighting: Contrast;
  readonly volume: Volume;
}

/** Column, row and slice of each disc's middle, from below up, and the series of `count` slices in every weighting. */
export function picture(
  name: string,
  anatomy: Anatomy,
  count: number,
): { readonly series: readonly Pictured[]; readonly discs: readonly Vec3[] } {
  const rng = rngFrom(`${name}/scan`);
  const l3 = anatomy.column.vertebrae[2]!.frame.c;
  const aim: Vec3 = [l3[0] * 0.6 + rng.range(-3, 3), l3[1] + 8, l3[2] - 10 + rng.range(-15, 15)];
  const planes = Array.from({ length: count }, (_, k) =>
    sagittalPlane([aim[0] + (k - (count - 1) / 2) * SLICE_MM, aim[1], aim[2]], MM, SIZE, SIZE),
  );
  const slabs = planes.map((plane) => cutSlab(anatomy, plane, 3.6, 3));
  const { origin } = planes[0]!;
  const spacing: Vec3 = [MM, MM, SLICE_MM];
  const ijkToLps = affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    spacing,
    origin,
  );
  const waterFat = drawWaterFat(rng.fork('water and fat'));
  const series = WEIGHTINGS.map((weighting): Pictured => {
    const own = rng.fork(weighting);
    const table =
      weighting === 'water'
        ? waterFat.water
        : weighting === 'fat'
          ? waterFat.fat
          : drawSignals(own.fork('signals'), weighting, 0.6);
    const texture = buildTexture({ seed: `${name}/${weighting}`, size: 1 });
    const fall = own.range(0.5, 1.4);
    const data = new Float32Array(SIZE * SIZE * count);
    slabs.forEach((slab, k) => {
      const signal = slabSignal(slab, table, texture);
      blur(signal, SIZE, SIZE, 0.45, 0.45);
      // The coil lies under the back: signal falls towards the belly.
      for (let n = 0; n < signal.length; n++) {
        const y = origin[1] + (n % SIZE) * MM;
        signal[n]! *= Math.exp(-fall * Math.min(1.2, Math.max(0, (30 - y) / 220)));
      }
      addNoise(signal, 0.018, own);
      data.set(
        signal.map((v) => Math.round(v * 1500)),
        k * SIZE * SIZE,
      );
    });
    return { weighting, volume: { size: [SIZE, SIZE, count], spacing, ijkToLps, data } };
  });
  const discs = anatomy.column.discs.map(
    ({ frame: { c } }): Vec3 => [
      (c[1] - origin[1]) / MM,
      (origin[2] - c[2]) / MM,
      (c[0] - origin[0]) / SLICE_MM,
    ],
  );
  return { series, discs };
}

export const personOf = (name: string, seed: string): Anatomy =>
  buildAnatomy(`${name}/${seed}`, PEOPLE[name]);

/** The rows from `first` to before `end` of a series, as a picture with a smaller field of view. */
export function cropped(volume: Volume, first: number, end: number): Volume {
  const [w, h, depth] = volume.size;
  const data = new Float32Array(w * (end - first) * depth);
  for (let k = 0; k < depth; k++)
    data.set(volume.data.subarray(w * (first + h * k), w * (end + h * k)), w * (end - first) * k);
  const at = [...volume.ijkToLps];
  for (const r of [0, 1, 2]) at[4 * r + 3] = at[4 * r + 3]! + first * at[4 * r + 1]!;
  return { ...volume, size: [w, end - first, depth], ijkToLps: at as unknown as Volume['ijkToLps'], data };
}
