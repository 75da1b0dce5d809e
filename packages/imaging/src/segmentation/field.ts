import { CLASS, CLASS_COUNT } from './model.ts';

/**
 * Class probabilities of a sagittal series on the network's grid: `width` x `height` pixels of `pixelMm` [column, row]
 * millimetres, `depth` slices which are slices `sliceIndex[z]` of the source volume, `sliceMm` apart.
 * `p` is 8-bit (255 = 1), index x + width * (y + height * (class + 7 * z)); `classes` is the most probable class.
 * The field's pixel x covers source columns of the same fraction of the picture: source i = (x + 0.5) * pixelMm / spacing - 0.5.
 */
export interface ProbabilityField {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly pixelMm: readonly [number, number];
  readonly sliceMm: number;
  readonly sliceIndex: readonly number[];
  readonly p: Uint8Array;
  readonly classes: Uint8Array;
}

/** Numerically safe softmax of one slice of logits, cropped from the padded size, into 8-bit probabilities and classes. */
export function putSlice(
  field: ProbabilityField,
  z: number,
  logits: Float32Array,
  offset: number,
  paddedWidth: number,
  paddedHeight: number,
  temperature: number,
): void {
  const { width, height, p, classes } = field;
  const plane = paddedWidth * paddedHeight;
  const n = width * height;
  const e = new Float64Array(CLASS_COUNT);
  const inverse = 1 / temperature;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = offset + y * paddedWidth + x;
      let best = 0;
      let top = logits[at] as number;
      for (let c = 1; c < CLASS_COUNT; c++) {
        const v = logits[at + c * plane] as number;
        if (v > top) {
          top = v;
          best = c;
        }
      }
      let sum = 0;
      for (let c = 0; c < CLASS_COUNT; c++) {
        const d = ((logits[at + c * plane] as number) - top) * inverse;
        // Below half of 1/255 a class rounds to 0: skipping the exponential halves the time of this loop.
        const v = c === best ? 1 : d < -6.3 ? 0 : Math.exp(d);
        e[c] = v;
        sum += v;
      }
      const to = y * width + x;
      const scale = 255 / sum;
      for (let c = 0; c < CLASS_COUNT; c++) {
        const v = e[c] as number;
        if (v > 0) p[to + n * (c + CLASS_COUNT * z)] = Math.round(v * scale);
      }
      classes[to + n * z] = best;
    }
  }
}

export function emptyField(
  width: number,
  height: number,
  pixelMm: readonly [number, number],
  sliceMm: number,
  sliceIndex: readonly number[],
): ProbabilityField {
  const depth = sliceIndex.length;
  const n = width * height * depth;
  return {
    width,
    height,
    depth,
    pixelMm,
    sliceMm,
    sliceIndex,
    p: new Uint8Array(n * CLASS_COUNT),
    classes: new Uint8Array(n),
  };
}

/** One class of one slice, a view of `width * height` bytes. */
export function classPlane(field: ProbabilityField, c: number, z: number): Uint8Array {
  const n = field.width * field.height;
  const at = n * (c + CLASS_COUNT * z);
  return field.p.subarray(at, at + n);
}

/** Mean probability of the winning class over everything that is not background; 0 when all is background. */
export function meanConfidence(field: ProbabilityField): number {
  const n = field.width * field.height;
  let sum = 0;
  let count = 0;
  for (let z = 0; z < field.depth; z++) {
    for (let i = 0; i < n; i++) {
      const c = field.classes[i + n * z] as number;
      if (c === 0) continue;
      sum += field.p[i + n * (c + CLASS_COUNT * z)] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / (255 * count);
}

/** No sacrum fills more of a lumbar picture than this. */
const LARGEST_SACRUM = 0.35;

/**
 * Gives the sacrum's share to the background when it covers more of the picture than any sacrum can: a network trained where sacrum and
 * background were not told apart. Returns whether it had to.
 */
export function dropImpossibleSacrum(field: ProbabilityField): boolean {
  const { p, classes, width, height, depth } = field;
  let count = 0;
  for (const c of classes) if (c === CLASS.sacrum) count++;
  if (count < LARGEST_SACRUM * classes.length) return false;
  const n = width * height;
  for (let z = 0; z < depth; z++) {
    const background = n * CLASS_COUNT * z;
    const sacrum = n * (CLASS.sacrum + CLASS_COUNT * z);
    for (let i = 0; i < n; i++) {
      p[background + i] = Math.min(255, (p[background + i] as number) + (p[sacrum + i] as number));
      p[sacrum + i] = 0;
      let best = 0;
      for (let c = 1; c < CLASS_COUNT; c++) {
        if ((p[n * (c + CLASS_COUNT * z) + i] as number) > (p[n * (best + CLASS_COUNT * z) + i] as number))
          best = c;
      }
      classes[i + n * z] = best;
    }
  }
  return true;
}
