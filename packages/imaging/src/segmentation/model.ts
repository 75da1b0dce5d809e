import { z } from 'zod';

/** Channels of the segmenter's output, in order. */
export const CLASS = {
  background: 0,
  body: 1,
  posterior: 2,
  disc: 3,
  sac: 4,
  sacrum: 5,
  cord: 6,
} as const;
export const CLASS_COUNT = 7;

/**
 * Description of a segmentation network, `models/segmenter.json`. The network sees sagittal slices (row 0 superior, column 0
 * anterior) of `pixelMm` millimetres, values v = clip((x - p0.5) / (p99.5 - p0.5), 0, 1) over the resampled slice, padded with
 * zeros at bottom and right to a multiple of `multipleOf`: input [N, C, H, W], output logits [N, 7, H, W].
 */
export const SegmenterModel = z.object({
  id: z.string(),
  version: z.string(),
  /** Lower-case hex SHA-256 of the ONNX file. */
  sha256: z.string(),
  pixelMm: z.number().positive().default(0.75),
  multipleOf: z.number().int().positive().default(32),
  /** 1, or an odd number of neighbouring slices with the one to be labelled in the middle. */
  channels: z.number().int().positive().default(1),
  input: z.string().default('image'),
  output: z.string().default('logits'),
  classes: z
    .array(z.string())
    .length(CLASS_COUNT)
    .default(['background', 'body', 'posterior', 'disc', 'sac', 'sacrum', 'cord']),
  /** Logits are divided by this before the softmax (temperature scaling, Guo 2017). */
  temperature: z.number().positive().default(1),
});
export type SegmenterModel = z.infer<typeof SegmenterModel>;

/** Used when the caller passes no description: the contract with no identity. */
export const DEFAULT_SEGMENTER: SegmenterModel = SegmenterModel.parse({
  id: 'foramen-segmenter',
  version: '0',
  sha256: '',
});
