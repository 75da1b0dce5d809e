import libjpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjph from '@cornerstonejs/codec-openjph/wasm?url';
import { type Codecs, createCodecs, type WasmCodec } from '@foramen/dicom';

const FILES: Readonly<Record<WasmCodec, string>> = { libjpeg, openjpeg, openjph };

/** Decoders of compressed DICOM; each is fetched from this site when a picture first needs it. */
export function wasmCodecs(): Codecs {
  return createCodecs(async (codec) => {
    const response = await fetch(FILES[codec]);
    if (!response.ok) throw new Error(`the decoder ${codec} could not be loaded (${response.status})`);
    return response.arrayBuffer();
  });
}
