/** The shipped segmenter, or another of its kind, on one thread. */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { type RunNetwork, SegmenterModel } from '../packages/imaging/src/index.ts';

/** Description of the segmenter at `path` (without .json and .onnx), and what runs it. */
export async function openSegmenter(path: string): Promise<{ description: SegmenterModel; run: RunNetwork }> {
  const description = SegmenterModel.parse(JSON.parse(readFileSync(`${path}.json`, 'utf8')));
  const session = await ort.InferenceSession.create(`${path}.onnx`, { intraOpNumThreads: 1 });
  const run: RunNetwork = async (_name, inputs) => {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([k, t]) => [k, new ort.Tensor('float32', t.data, [...t.dims])]),
    );
    const result = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(result).map(([k, t]) => [k, { data: t.data as Float32Array, dims: t.dims }]),
    );
  };
  return { description, run };
}
