import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RunNetwork, Tensor } from '@foramen/analysis';
import type { ModelReference } from '@foramen/spine';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { ProblemError, problem } from '../problem-error.ts';

export interface NetworkRunner {
  readonly run: RunNetwork;
  /** Loads every model of the folder, so that the first analysis does not pay for it. */
  warm(): Promise<void>;
  /** Identity of a model file, for provenance. */
  reference(model: string): ModelReference;
  release(): Promise<void>;
}

/** Beyond this a network of this size gains little. */
const MOST_THREADS = 4;

/**
 * Threads for a command that someone waits for. The load of the last minute says nothing of the next second: a machine that has just done something else
 * is not busy, and on one that is, two threads that give their processor away while they wait cost no more than one.
 */
export function threadsForCommand(): number {
  return Math.min(MOST_THREADS, availableParallelism());
}

/**
 * Runs the networks of a folder of `.onnx` files with onnxruntime-node. One session a model, loaded on first use. One thread a
 * session unless told: a server's parallel work is done by more worker processes. The number of threads changes no digit of a result. Rejects with a `ProblemError` when a model file is missing.
 */
export function createNetworkRunner(modelDir: string, threads = 1): NetworkRunner {
  const sessions = new Map<string, Promise<InferenceSession>>();

  const pathOf = (model: string): string => {
    const path = join(modelDir, `${model}.onnx`);
    if (!/^[\w.-]+$/.test(model) || !existsSync(path)) {
      throw new ProblemError(503, [
        problem(
          'missing',
          `models/${model}.onnx`,
          'the network is not installed',
          'install the complete product, or train it: see training/',
        ),
      ]);
    }
    return path;
  };

  const session = (model: string): Promise<InferenceSession> => {
    let found = sessions.get(model);
    if (found === undefined) {
      const path = pathOf(model);
      found = import('onnxruntime-node').then((ort) =>
        ort.InferenceSession.create(path, {
          executionProviders: ['cpu'],
          intraOpNumThreads: threads,
          interOpNumThreads: 1,
          // A thread that waits gives its processor away.
          extra: { session: { intra_op: { allow_spinning: '0' } } },
          graphOptimizationLevel: 'all',
          logSeverityLevel: 3,
        }),
      );
      sessions.set(model, found);
      found.catch(() => sessions.delete(model));
    }
    return found;
  };

  const run: RunNetwork = async (model, inputs) => {
    const loaded = await session(model);
    const ort = await import('onnxruntime-node');
    const feeds: Record<string, OrtTensor> = {};
    for (const [name, tensor] of Object.entries(inputs))
      feeds[name] = new ort.Tensor('float32', tensor.data, [...tensor.dims]);
    const results = await loaded.run(feeds);
    const out: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(results)) {
      const data = tensor.data;
      out[name] = {
        data: data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>, Number),
        dims: tensor.dims,
      };
    }
    return out;
  };

  return {
    run,
    warm: async () => {
      if (!existsSync(modelDir)) return;
      for (const name of readdirSync(modelDir)) if (name.endsWith('.onnx')) await session(name.slice(0, -5));
    },
    reference: (model) => ({
      id: model,
      version: '1',
      sha256: createHash('sha256')
        .update(readFileSync(pathOf(model)))
        .digest('hex'),
    }),
    release: async () => {
      const open = await Promise.allSettled(sessions.values());
      sessions.clear();
      for (const result of open) if (result.status === 'fulfilled') await result.value.release();
    },
  };
}
