import { invertAffine, type Volume, voxelToLps } from '@foramen/spine';
import type { CropSource, PictureAt } from '../grades/disc-crop.ts';
import type { SpineInstances } from '../levels/instances.ts';
import { median } from '../levels/smoothing.ts';
import type { DiscFrame } from '../measures/disc-frame.ts';
import type { Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { type SignalAt, signalOf } from '../measures/signal.ts';
import type { Located } from './locate.ts';

/** How far along the spine marrow is looked for around a disc, mm. */
const MARROW_REACH_MM = 60;

/** Median signal of vertebral bodies on a slice near a point; null when too few pixels are seen. */
function marrowSignal(s: SpineInstances, at: SignalAt, z: number, near: Point): number | null {
  const { width, height, pixelMm } = s.field;
  const isBody = new Uint8Array(256);
  for (const item of s.items) if (item.kind === 'body') isBody[item.id] = 1;
  const values: number[] = [];
  const y0 = Math.max(0, Math.floor((near[1] - MARROW_REACH_MM) / pixelMm[1]));
  const y1 = Math.min(height - 1, Math.ceil((near[1] + MARROW_REACH_MM) / pixelMm[1]));
  for (let y = y0; y <= y1; y += 2) {
    for (let x = 0; x < width; x += 2) {
      if (!isBody[s.labels[x + width * (y + height * z)] as number]) continue;
      const v = at([(x + 0.5) * pixelMm[0], (y + 0.5) * pixelMm[1]], z);
      if (v !== null) values.push(v);
    }
  }
  if (values.length < 40) return null;
  const m = median(values);
  return m > 0 ? m : null;
}

/** Crop source of a disc in the series its frame was measured on. */
export function ownSource(located: Located, m: MeasuredDisc): CropSource | null {
  const { frame } = m;
  if (!frame) return null;
  const signal = signalOf(located.volume, located.instances.field.sliceIndex);
  const reference = marrowSignal(located.instances, signal, frame.slice, frame.centre);
  return reference === null ? null : { at: (p) => signal(p, frame.slice), frame, reference };
}

/** Reads another volume at points of a slice of the first, through patient coordinates: bilinear in its nearest slice. */
export function throughPatient(from: Volume, slice: number, other: Volume): PictureAt {
  const inverse = invertAffine(other.ijkToLps);
  const [w, h, depth] = other.size;
  return (p) => {
    const [x, y, z] = voxelToLps(
      from.ijkToLps,
      p[0] / from.spacing[0] - 0.5,
      p[1] / from.spacing[1] - 0.5,
      slice,
    );
    const [i, j, k] = voxelToLps(inverse, x, y, z);
    const kk = Math.round(k);
    // Half a slice beyond the last one is still that slice.
    if (kk < 0 || kk >= depth) return null;
    const i0 = Math.floor(i);
    const j0 = Math.floor(j);
    if (i0 < 0 || j0 < 0 || i0 + 1 >= w || j0 + 1 >= h) return null;
    const f = i - i0;
    const g = j - j0;
    const at = i0 + w * (j0 + h * kk);
    const d = other.data;
    return (
      (1 - g) * ((1 - f) * (d[at] as number) + f * (d[at + 1] as number)) +
      g * ((1 - f) * (d[at + w] as number) + f * (d[at + w + 1] as number))
    );
  };
}

/** Crop source of the same disc in another sagittal series with true geometry in the same frame of reference. */
export function mappedSource(located: Located, m: MeasuredDisc, other: Volume): CropSource | null {
  const { frame } = m;
  if (!frame) return null;
  const slice = located.instances.field.sliceIndex[frame.slice];
  if (slice === undefined) return null;
  const at = throughPatient(located.volume, slice, other);
  const reference = marrowSignal(located.instances, (p) => at(p), frame.slice, frame.centre);
  return reference === null ? null : { at, frame, reference };
}

/**
 * Pairs discs of two pictures without geometry by their place from the bottom. The pairing is kept only when the fractions
 * of the picture at which the discs lie agree, so a level missed on one series cannot shift the other.
 */
export function pairByPlace(
  a: { readonly located: Located; readonly discs: readonly MeasuredDisc[] },
  b: { readonly located: Located; readonly discs: readonly MeasuredDisc[] },
): ReadonlyMap<MeasuredDisc, MeasuredDisc> {
  const heightOf = (l: Located) => l.volume.size[1] * l.volume.spacing[1];
  const place = (l: Located, f: DiscFrame) => f.centre[1] / heightOf(l);
  const shifted = [0, -1, 1].map((shift) => {
    const pairs = a.discs.flatMap((x) => {
      const y = b.discs.find((d) => d.disc.indexFromBottom === x.disc.indexFromBottom + shift);
      return y?.frame && x.frame
        ? [{ x, y, gap: Math.abs(place(a.located, x.frame) - place(b.located, y.frame)) }]
        : [];
    });
    return { pairs, gap: pairs.length >= 3 ? median(pairs.map((p) => p.gap)) : Number.POSITIVE_INFINITY };
  });
  const best = shifted.reduce((p, q) => (q.gap < p.gap ? q : p));
  if (best.gap > 0.06) return new Map();
  return new Map(best.pairs.map(({ x, y }) => [x, y]));
}
