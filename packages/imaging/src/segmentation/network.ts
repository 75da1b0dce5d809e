import type { Problem } from '@foramen/spine';

/** A dense tensor, row-major, batch first. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/**
 * Runs the network of this name. The edge passes it in (onnxruntime in Node or in the browser, a site's GPU), so nothing here
 * knows a runtime; it rejects when the network is not there.
 */
export type RunNetwork = (
  model: 'segmenter' | 'grader',
  inputs: Readonly<Record<string, Tensor>>,
) => Promise<Readonly<Record<string, Tensor>>>;

/** Thrown between steps once the caller asked to stop; the entry point turns it into a Problem. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled by the caller');
    this.name = 'Cancelled';
  }
}

/** The network itself failed: it is not installed, could not be run, or does not answer as its description says. Not a defect of the reading. */
export class NetworkFailure extends Error {
  /** What the edge had to say about it, where it said so as problems. */
  readonly problem: Problem | null;
  constructor(message: string, problem: Problem | null = null) {
    super(message);
    this.name = 'NetworkFailure';
    this.problem = problem;
  }
}

/** Whatever `run` rejects with, told apart from defects of the code around it. */
export function networkOf(run: RunNetwork): RunNetwork {
  return async (model, inputs) => {
    try {
      return await run(model, inputs);
    } catch (error) {
      if (error instanceof Cancelled || error instanceof NetworkFailure) throw error;
      const [said] = (error as { problems?: readonly Problem[] } | null)?.problems ?? [];
      const text = error instanceof Error ? error.message : String(error);
      throw new NetworkFailure(`the ${model} network could not be run: ${text}`, said ?? null);
    }
  };
}

/** What a long step tells and asks the caller. Both may be absent. */
export interface StepControl {
  /** 0 to 1 of this step. */
  readonly onProgress?: (fraction: number) => void;
  /** An AbortSignal fits. */
  readonly signal?: { readonly aborted: boolean };
}

export function throwIfAborted(control: StepControl): void {
  if (control.signal?.aborted) throw new Cancelled();
}
