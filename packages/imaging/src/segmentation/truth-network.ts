import type { Volume } from '@foramen/spine';
import { CLASS_COUNT } from './model.ts';
import type { RunNetwork } from './network.ts';
import { resizePicture } from './resample.ts';

/**
 * A segmenter that knows the truth: it answers the calls of `segmentVolume`, in order, with the classes of `truth` (0 to 6) on
 * the same grid as the volume that is segmented. Everything behind the network can then be tested for itself.
 * `sure` is the probability the true class gets.
 */
export function truthNetwork(
  truth: Volume<Uint8Array>,
  slices: readonly number[],
  pixelMm = 0.75,
  sure = 0.99,
): RunNetwork {
  const [w, h] = truth.size;
  const width = Math.max(1, Math.round((w * truth.spacing[0]) / pixelMm));
  const height = Math.max(1, Math.round((h * truth.spacing[1]) / pixelMm));
  let next = 0;
  return (_model, inputs) => {
    const input = Object.values(inputs)[0];
    if (!input) throw new Error('no input');
    const [n = 0, , H = 0, W = 0] = input.dims;
    const data = new Float32Array(n * CLASS_COUNT * H * W);
    const floor = (1 - sure) / (CLASS_COUNT - 1);
    const [never, always] = [Math.log(floor), Math.log(sure)];
    const mask = new Float32Array(w * h);
    for (let b = 0; b < n; b++) {
      const k = slices[next++ % slices.length] as number;
      const plane = truth.data.subarray(k * w * h, (k + 1) * w * h);
      for (let c = 0; c < CLASS_COUNT; c++) {
        if (c > 0 && !plane.includes(c)) {
          data.fill(never, (b * CLASS_COUNT + c) * H * W, (b * CLASS_COUNT + c + 1) * H * W);
          continue;
        }
        for (let i = 0; i < mask.length; i++) mask[i] = plane[i] === c ? 1 : 0;
        const small = resizePicture({ width: w, height: h, data: mask }, width, height).data;
        const at = (b * CLASS_COUNT + c) * H * W;
        data.fill(c === 0 ? always : never, at, at + H * W);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            // Only edges are neither inside nor outside.
            const share = small[y * width + x] as number;
            data[at + y * W + x] =
              share === 0 ? never : share === 1 ? always : Math.log(floor + (sure - floor) * share);
          }
        }
      }
    }
    return Promise.resolve({ logits: { data, dims: [n, CLASS_COUNT, H, W] } });
  };
}
