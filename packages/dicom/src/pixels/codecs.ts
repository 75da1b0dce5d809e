/** The wasm decoders (@cornerstonejs/codec-*), loaded when a compressed picture first needs one. */

export type WasmCodec = 'openjpeg' | 'openjph' | 'libjpeg';

/**
 * Gives the wasm binary of a codec. In Node it may be left out: each codec then finds the file beside itself. In a
 * browser the edge passes a loader that fetches the asset its bundler made of these exports:
 * `@cornerstonejs/codec-openjpeg/decodewasm`, `-openjph/wasm`, `-libjpeg-turbo-8bit/decodewasm`.
 */
export type LoadWasm = (codec: WasmCodec) => Promise<ArrayBuffer | Uint8Array>;

export interface CodecFrame {
  readonly columns: number;
  readonly rows: number;
  readonly bitsPerSample: number;
  readonly components: number;
  readonly signed: boolean;
  /** Samples little endian, interleaved; a copy, not a view of wasm memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface EmbindDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned?: boolean;
  };
  delete(): void;
}
type DecoderClass = new () => EmbindDecoder;
type CodecModule = Readonly<Record<string, DecoderClass>>;
type ModuleFactory = (settings: object) => Promise<CodecModule>;

const CLASS: Readonly<Record<WasmCodec, string>> = {
  openjpeg: 'J2KDecoder',
  openjph: 'HTJ2KDecoder',
  libjpeg: 'JPEGDecoder',
};

/** The packages ship no types; each entry is a CommonJS Emscripten factory. */
function importFactory(codec: WasmCodec): Promise<unknown> {
  switch (codec) {
    case 'openjpeg':
      // @ts-expect-error no types
      return import('@cornerstonejs/codec-openjpeg/decodewasmjs');
    case 'openjph':
      // @ts-expect-error no types
      return import('@cornerstonejs/codec-openjph/wasmjs');
    case 'libjpeg':
      // @ts-expect-error no types
      return import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
  }
}

/**
 * Inflates a raw deflate stream that must be whole, giving at most `most` bytes; null when it is damaged, cut off or longer. An edge may bring
 * its platform's own, which is several times faster than one in JavaScript.
 */
export type InflateRaw = (bytes: Uint8Array, most: number) => Uint8Array | null;

export interface Codecs {
  /** Of deflated transfer syntaxes; absent, the one in JavaScript does it. */
  readonly inflateRaw?: InflateRaw;
  /** How many frames of a series are worth asking for at the same time; one where absent. */
  readonly atOnce?: number;
  /** @returns null when the code stream cannot be decoded. Rejects only when the codec itself cannot be loaded. */
  decode(codec: WasmCodec, data: Uint8Array): Promise<CodecFrame | null>;
}

/** A set of codecs sharing loaded modules. Make one for a process and pass it on. */
export function createCodecs(loadWasm?: LoadWasm, inflateRaw?: InflateRaw): Codecs {
  const modules = new Map<WasmCodec, Promise<CodecModule>>();
  const load = async (codec: WasmCodec): Promise<CodecModule> => {
    const imported = (await importFactory(codec)) as {
      readonly default: ModuleFactory | { default: ModuleFactory };
    };
    const factory = typeof imported.default === 'function' ? imported.default : imported.default.default;
    const quiet = { print: () => undefined, printErr: () => undefined };
    if (!loadWasm) return factory(quiet);
    const binary = await loadWasm(codec);
    return factory({ ...quiet, wasmBinary: binary });
  };
  return {
    ...(inflateRaw === undefined ? {} : { inflateRaw }),
    async decode(codec, data) {
      let pending = modules.get(codec);
      if (!pending) {
        pending = load(codec);
        modules.set(codec, pending);
        pending.catch(() => modules.delete(codec));
      }
      const Decoder = (await pending)[CLASS[codec]];
      if (!Decoder) throw new Error(`codec ${codec} has no ${CLASS[codec]}`);
      let decoder: EmbindDecoder | null = null;
      try {
        decoder = new Decoder();
        decoder.getEncodedBuffer(data.length).set(data);
        decoder.decode();
        const info = decoder.getFrameInfo();
        const view = decoder.getDecodedBuffer();
        const bytes = new Uint8Array(view.length);
        bytes.set(view);
        return {
          columns: info.width,
          rows: info.height,
          bitsPerSample: info.bitsPerSample,
          components: info.componentCount,
          signed: info.isSigned === true,
          bytes,
        };
      } catch {
        // An abort may leave the module's memory in any state: the next picture gets a fresh one.
        modules.delete(codec);
        decoder = null;
        return null;
      } finally {
        decoder?.delete();
      }
    },
  };
}
