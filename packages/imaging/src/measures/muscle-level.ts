import type { Side } from '@foramen/spine';
import { median } from '../levels/smoothing.ts';
import { type AxialView, columnOf, rowOf, VIEW_HEIGHT, VIEW_WIDTH } from './axial-frame.ts';
import {
  commonCleft,
  type Muscle,
  type MuscleBorders,
  muscleBorders,
  musclePixels,
  subcutaneousPixels,
} from './muscle-borders.ts';
import { dixonShare, type FatScale, fatScale, meanFatShare, type Placed, placed } from './muscle-fat.ts';

/** What a share of fat was read from, best first. */
export type FatSource = 'water-fat' | 'axial-T1' | 'axial-T2' | 'sagittal-T1' | 'sagittal-T2';

/** Share of fat of one muscle on one side, 0 to 1, with its standard error. */
export interface FatShare {
  readonly share: number;
  readonly error: number;
  /** Cross-section that was read, mean over the slices, mm². */
  readonly areaMm2: number;
  readonly slice: number;
}

export interface MuscleFat {
  readonly from: FatSource;
  readonly slices: number;
  readonly multifidus: Readonly<Partial<Record<Side, FatShare>>>;
  readonly erectorSpinae: Readonly<Partial<Record<Side, FatShare>>>;
  /** Sides on which the cleft between both muscles was not seen and its usual place was taken. */
  readonly assumedCleft: readonly Side[];
}
export type MuscleAnswer = { readonly muscles: MuscleFat } | { readonly abstained: string };

/**
 * Error that remains whatever the picture: signal of T2-weighted pictures against water-fat separation scatters by about five points
 * in people (limits of agreement about ten, BMC Med Imaging 2023;23:36), T1 a little less; sagittal slices partly miss the muscle.
 */
const METHOD_ERROR: Readonly<Record<FatSource, number>> = {
  'water-fat': 0.02,
  'axial-T1': 0.04,
  'axial-T2': 0.05,
  'sagittal-T1': 0.11,
  'sagittal-T2': 0.12,
};
/** Where the cleft was taken at its usual place the neighbour's fat may have been read. */
const ASSUMED_ERROR = 0.03;
/** Share of fat for each degree beyond ten that a slice is oblique to its level. */
const OBLIQUE_ERROR = 0.006;
const SMALLEST_MM2 = 90;
/** Half-width of the band beside the vertebra in which psoas lies, mm for a disc 34 mm deep. */
const PSOAS_MM = { from: 30, to: 43, front: -22, back: -6 } as const;

function psoasPixels(view: AxialView, scale: number): readonly number[] {
  const out: number[] = [];
  for (const sign of [-1, 1]) {
    for (let lat = PSOAS_MM.from * scale; lat <= PSOAS_MM.to * scale; lat += 1.4) {
      const c = Math.round(columnOf(sign * lat));
      for (let d = PSOAS_MM.front; d <= PSOAS_MM.back; d += 1.4) {
        const o = Math.round(rowOf(d)) * VIEW_WIDTH + c;
        if ((view.signal[o] ?? -1) >= 0) out.push(o);
      }
    }
  }
  return out;
}

/** Noise as the air behind the back shows it: the median of Rayleigh noise is 1.177 standard deviations. */
function airNoise(view: AxialView, borders: MuscleBorders): number {
  const values: number[] = [];
  for (let c = 0; c < VIEW_WIDTH; c += 3) {
    const skin = borders.skin[c] as number;
    if (Number.isNaN(skin)) continue;
    for (let r = Math.round(rowOf(skin + 6)); r < VIEW_HEIGHT; r += 2) {
      const v = view.signal[r * VIEW_WIDTH + c] as number;
      if (v >= 0) values.push(v);
    }
  }
  return values.length < 50 ? 0 : median(values) / 1.177;
}

/** A slice with the pictures of it that carry the measure: one, or water and fat. */
export interface MuscleSlice {
  /** Where borders are sought: fat bright, muscle dark. */
  readonly view: AxialView;
  readonly water?: AxialView;
}

interface Read {
  readonly slice: MuscleSlice;
  readonly borders: MuscleBorders;
}

const SIDES = ['left', 'right'] as const;
const MUSCLES = ['multifidus', 'erectorSpinae'] as const;

/**
 * Share of fat of multifidus and erector spinae at a level, each side, over the given slices: area inside the muscle's own borders, the
 * fat between the muscles and under the fascia left out.
 * */
export function muscleFat(
  slices: readonly MuscleSlice[],
  level: string,
  scale: number,
  from: FatSource,
): MuscleAnswer {
  const reads = slices.flatMap((slice): Read[] => {
    const borders = muscleBorders(slice.view, level, scale);
    return borders ? [{ slice, borders }] : [];
  });
  if (slices.length === 0) return { abstained: 'no slice shows the muscle at this level' };
  if (reads.length === 0) {
    return {
      abstained:
        'the fascia is not seen on it: fat is suppressed, or the subcutaneous fat lies outside the picture',
    };
  }
  const sagittal = from.startsWith('sagittal');
  const borders = reads.map((r) => r.borders);
  const first = borders[0] as MuscleBorders;
  const cleft = {
    left: commonCleft(borders, 'left', first.cleft.left),
    right: commonCleft(borders, 'right', first.cleft.right),
  };
  const pixels = reads.map((r) => musclePixels(r.slice.view, r.borders, cleft));
  let scaleOf: FatScale | null = null;
  if (from !== 'water-fat') {
    const inside: Placed[] = [];
    const under: Placed[] = [];
    const psoas: Placed[] = [];
    reads.forEach((r, n) => {
      const own = pixels[n] as (typeof pixels)[number];
      for (const side of SIDES) {
        inside.push(...placed(r.slice.view.signal, own.multifidus[side], 2));
        if (!sagittal) inside.push(...placed(r.slice.view.signal, own.erectorSpinae[side], 2));
      }
      under.push(...placed(r.slice.view.signal, subcutaneousPixels(r.slice.view, r.borders)));
      psoas.push(...placed(r.slice.view.signal, psoasPixels(r.slice.view, scale)));
    });
    const answer = fatScale(inside, under, psoas);
    if ('abstained' in answer) return answer;
    scaleOf = answer.scale;
  }
  const share = (muscle: Muscle, side: Side): FatShare | null => {
    const values: number[] = [];
    let count = 0;
    reads.forEach((r, n) => {
      const own = (pixels[n] as (typeof pixels)[number])[muscle][side];
      if (own.length * 0.49 < SMALLEST_MM2) return;
      const here = placed(r.slice.view.signal, own);
      const one = r.slice.water
        ? dixonShare(placed(r.slice.water.signal, own), here, airNoise(r.slice.view, r.borders))
        : scaleOf
          ? meanFatShare(here, scaleOf)
          : null;
      if (one === null) return;
      values.push(one);
      count += own.length;
    });
    if (values.length === 0) return null;
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread =
      values.length > 1
        ? Math.sqrt(values.reduce((a, v) => a + (v - mean) ** 2, 0) / (values.length - 1))
        : 0.05;
    const reference = scaleOf ? (1 - mean) * scaleOf.muscleError : 0;
    const assumed = cleft[side].seen ? 0 : ASSUMED_ERROR;
    // A slice across two levels reads some of the neighbour's muscle, which is fatter below and leaner above.
    const oblique = OBLIQUE_ERROR * Math.max(0, (reads[0] as Read).slice.view.obliqueDeg - 10);
    return {
      share: mean,
      error: Math.hypot(METHOD_ERROR[from], spread / Math.sqrt(values.length), reference, assumed, oblique),
      areaMm2: (count * 0.49) / values.length,
      slice: (reads[Math.floor(reads.length / 2)] as Read).slice.view.slice,
    };
  };
  const both = (muscle: Muscle): Partial<Record<Side, FatShare>> => {
    const out: Partial<Record<Side, FatShare>> = {};
    if (sagittal && muscle === 'erectorSpinae') return out;
    for (const side of SIDES) {
      const one = share(muscle, side);
      if (one) out[side] = one;
    }
    return out;
  };
  const [multifidus, erectorSpinae] = MUSCLES.map(both) as [
    Partial<Record<Side, FatShare>>,
    Partial<Record<Side, FatShare>>,
  ];
  if (Object.keys(multifidus).length + Object.keys(erectorSpinae).length === 0) {
    return { abstained: 'too little of the muscle lies inside the picture' };
  }
  return {
    muscles: {
      from,
      slices: reads.length,
      multifidus,
      erectorSpinae,
      assumedCleft: SIDES.filter((s) => !cleft[s].seen),
    },
  };
}
