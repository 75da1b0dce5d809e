import type { RunNetwork } from '@foramen/analysis';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import * as ort from 'onnxruntime-web/wasm';

/**
 * Networks run by WebAssembly in this worker, on one thread: more threads gave nothing on two busy cores and need a page that is
 * isolated from its opener. A model file is fetched once, when it is first asked for.
 */
export function onnxEngine(onLoading: (model: string) => void): RunNetwork {
  ort.env.wasm.wasmPaths = { wasm };
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
  const sessions = new Map<string, Promise<ort.InferenceSession>>();
  const open = async (model: string): Promise<ort.InferenceSession> => {
    onLoading(model);
    const response = await fetch(`/models/${model}.onnx`);
    if (!response.ok)
      throw new Error(`the model file ${model}.onnx could not be loaded (${response.status})`);
    return ort.InferenceSession.create(new Uint8Array(await response.arrayBuffer()), {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      // Errors only: a session has a level of its own, and what the runtime tidies up in a network is no fault of the page.
      logSeverityLevel: 3,
    });
  };
  return async (model, inputs) => {
    let session = sessions.get(model);
    if (session === undefined) {
      session = open(model);
      sessions.set(model, session);
    }
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, tensor]) => [
        name,
        new ort.Tensor('float32', tensor.data, [...tensor.dims]),
      ]),
    );
    const results = await (await session).run(feeds);
    return Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [
        name,
        { data: tensor.data as Float32Array, dims: tensor.dims },
      ]),
    );
  };
}

/** The description beside a model file; undefined where the server has none. */
export async function modelDescription(model: string): Promise<unknown> {
  const response = await fetch(`/models/${model}.json`);
  if (!response.ok || isPage(response)) return undefined;
  return (await response.json()) as unknown;
}

/** A server of single-page applications answers an unknown path with the page itself. */
function isPage(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') === true;
}
