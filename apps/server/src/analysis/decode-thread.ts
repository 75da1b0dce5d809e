import { parentPort } from 'node:worker_threads';
import { type CodecFrame, createCodecs, type WasmCodec } from '@foramen/dicom/codecs';

export interface ToDecode {
  readonly id: number;
  readonly codec: WasmCodec;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** `failed` is set when the codec itself cannot be loaded; a damaged picture has a `frame` of null. */
export interface Decoded {
  readonly id: number;
  readonly frame: CodecFrame | null;
  readonly failed?: string;
}

/** Decodes compressed frames beside the thread that asks for them. */
if (parentPort === null) throw new Error('runs as a thread');
const port = parentPort;
const codecs = createCodecs();
port.on('message', async ({ id, codec, data }: ToDecode) => {
  try {
    const frame = await codecs.decode(codec, data);
    port.postMessage({ id, frame } satisfies Decoded, frame ? [frame.bytes.buffer] : []);
  } catch (error) {
    port.postMessage({ id, frame: null, failed: String(error) } satisfies Decoded);
  }
});
port.postMessage('ready');
