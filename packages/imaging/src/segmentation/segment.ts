import type { Volume } from '@foramen/spine';
import { agreeAcrossSlices } from './across-slices.ts';
import { dropImpossibleSacrum, emptyField, type ProbabilityField, putSlice } from './field.ts';
import { CLASS_COUNT, type SegmenterModel } from './model.ts';
import { NetworkFailure, type RunNetwork, type StepControl, throwIfAborted } from './network.ts';
import { normaliseInPlace, resizePicture } from './resample.ts';

interface SegmentOptions extends StepControl {
  /** Slices given to the network at once; more than a few only costs memory. */
  readonly batch?: number;
  /** Reads the volume with rows reversed (head at the bottom); the field is then in reversed rows too. */
  readonly flipRows?: boolean;
  /** Only these source slices; default is all, thinned so that neighbours are at least `minSliceMm` apart. */
  readonly slices?: readonly number[];
}

/** Thin isotropic series hold no more than a 2 mm one does for a 2-D network, and cost ten times as much. */
const MIN_SLICE_MM = 1.9;

/** A thin series may be as wide as the body (CT, SPACE): the spine lies within this of its middle. */
const REACH_MM = 60;

export function slicesToSegment(volume: Volume): number[] {
  const depth = volume.size[2];
  const step = Math.max(1, Math.round(MIN_SLICE_MM / Math.max(0.1, volume.spacing[2])));
  if (depth <= 3 || step === 1) return Array.from({ length: depth }, (_, k) => k);
  const first = Math.floor(((depth - 1) % step) / 2);
  const out: number[] = [];
  const reach = REACH_MM / volume.spacing[2];
  for (let k = first; k < depth; k += step) if (Math.abs(k - (depth - 1) / 2) <= reach) out.push(k);
  return out;
}

function prepareSlice(
  volume: Volume,
  k: number,
  width: number,
  height: number,
  flipRows: boolean,
): Float32Array {
  const [w, h] = volume.size;
  const plane = w * h;
  let data = volume.data.subarray(k * plane, (k + 1) * plane);
  if (flipRows) {
    const turned = new Float32Array(plane);
    for (let y = 0; y < h; y++) turned.set(data.subarray(y * w, (y + 1) * w), (h - 1 - y) * w);
    data = turned;
  }
  const picture = resizePicture({ width: w, height: h, data }, width, height);
  normaliseInPlace(picture.data);
  return picture.data;
}

/**
 * Runs the segmenter over the slices of a canonical sagittal volume (i anterior to posterior, j head to foot).
 * Result: class probabilities on the network's own grid, those of thin slices agreed with their neighbours. Deterministic; one pass, no
 * test-time augmentation.
 * @throws Cancelled when the signal was aborted; NetworkFailure when the network's output has a wrong shape; whatever `run` rejects with.
 */
export async function segmentVolume(
  volume: Volume,
  run: RunNetwork,
  model: SegmenterModel,
  options: SegmentOptions = {},
): Promise<ProbabilityField> {
  const [w, h] = volume.size;
  const width = Math.max(1, Math.round((w * volume.spacing[0]) / model.pixelMm));
  const height = Math.max(1, Math.round((h * volume.spacing[1]) / model.pixelMm));
  const slices = options.slices ?? slicesToSegment(volume);
  const sliceMm =
    slices.length > 1
      ? (volume.spacing[2] * Math.abs((slices.at(-1) as number) - (slices[0] as number))) /
        (slices.length - 1)
      : volume.spacing[2];
  const field = emptyField(
    width,
    height,
    [(w * volume.spacing[0]) / width, (h * volume.spacing[1]) / height],
    sliceMm,
    slices,
  );
  const pad = (n: number) => Math.ceil(n / model.multipleOf) * model.multipleOf;
  const paddedWidth = pad(width);
  const paddedHeight = pad(height);
  const plane = paddedWidth * paddedHeight;
  const half = (model.channels - 1) >> 1;
  const prepared = new Map<number, Float32Array>();
  const sliceOf = (z: number): Float32Array => {
    const k = slices[Math.min(slices.length - 1, Math.max(0, z))] as number;
    let data = prepared.get(k);
    if (!data) {
      data = prepareSlice(volume, k, width, height, options.flipRows === true);
      prepared.set(k, data);
    }
    return data;
  };
  // One slice a run: larger batches are no faster on a processor and hold twice the memory.
  const batch = Math.max(1, options.batch ?? 1);
  for (let from = 0; from < slices.length; from += batch) {
    throwIfAborted(options);
    const n = Math.min(batch, slices.length - from);
    const data = new Float32Array(n * model.channels * plane);
    for (let b = 0; b < n; b++) {
      for (let c = 0; c < model.channels; c++) {
        const slice = sliceOf(from + b + c - half);
        const at = (b * model.channels + c) * plane;
        for (let y = 0; y < height; y++)
          data.set(slice.subarray(y * width, (y + 1) * width), at + y * paddedWidth);
      }
    }
    const outputs = await run('segmenter', {
      [model.input]: { data, dims: [n, model.channels, paddedHeight, paddedWidth] },
    });
    const logits = outputs[model.output];
    const expected = n * CLASS_COUNT * plane;
    if (!logits || logits.data.length !== expected) {
      throw new NetworkFailure(
        `the segmenter network gave ${logits ? `[${logits.dims.join(', ')}]` : `no output "${model.output}"`}, expected [${n}, ${CLASS_COUNT}, ${paddedHeight}, ${paddedWidth}]`,
      );
    }
    for (let b = 0; b < n; b++) {
      putSlice(
        field,
        from + b,
        logits.data,
        b * CLASS_COUNT * plane,
        paddedWidth,
        paddedHeight,
        model.temperature,
      );
      prepared.delete(slices[from + b - half - 1] ?? -1);
    }
    options.onProgress?.((from + n) / slices.length);
  }
  dropImpossibleSacrum(field);
  agreeAcrossSlices(field);
  return field;
}
