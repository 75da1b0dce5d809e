import type { DiscFrame } from '../measures/disc-frame.ts';
import { along, type Point } from '../measures/geometry.ts';

/** Size of a crop in pixels and mm: 48 x 36 mm at 0.5 mm, disc axis horizontal, anterior left, head up. */
export const CROP = { width: 96, height: 72, pixelMm: 0.5, channels: 4 } as const;

/** Value of a picture at a point (mm) of the slice the disc frame lies in; null outside. */
export type PictureAt = (p: Point) => number | null;

/** A picture to crop from, with the signal that is written as `REFERENCE_VALUE`. */
export interface CropSource {
  readonly at: PictureAt;
  /** Frame of the disc in this picture: another series may show the disc at another place. */
  readonly frame: Pick<
    DiscFrame,
    'centre' | 'posterior' | 'superior' | 'depthMm' | 'upperBody' | 'lowerBody'
  >;
  /** Median signal of the vertebral bodies near the disc: marrow is there on every series and near the coil's shading. */
  readonly reference: number;
}

/** Marrow is written as this; everything is clipped to 0..1. */
export const REFERENCE_VALUE = 0.25;

function paint(source: CropSource, out: Float32Array, offset: number): void {
  const { width, height, pixelMm } = CROP;
  const { centre, posterior, superior } = source.frame;
  const scale = REFERENCE_VALUE / source.reference;
  for (let y = 0; y < height; y++) {
    const rise = (height / 2 - 0.5 - y) * pixelMm;
    for (let x = 0; x < width; x++) {
      const t = (x - width / 2 + 0.5) * pixelMm;
      const v = source.at(along(along(centre, posterior, t), superior, rise));
      out[offset + y * width + x] = v === null ? 0 : Math.min(1, Math.max(0, v * scale));
    }
  }
}

/**
 * Input of the grader for one disc: [4, 72, 96] float32, channels T2, T1 (zeros when absent), and two planes that are 1 where
 * T2 or T1 is present. A source without usable reference counts as absent.
 */
export function discCrop(t2: CropSource | null, t1: CropSource | null): Float32Array {
  const plane = CROP.width * CROP.height;
  const out = new Float32Array(CROP.channels * plane);
  [t2, t1].forEach((source, i) => {
    if (!source || !(source.reference > 0)) return;
    paint(source, out, i * plane);
    out.fill(1, (2 + i) * plane, (3 + i) * plane);
  });
  return out;
}
