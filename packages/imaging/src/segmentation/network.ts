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
