import { inflateRawSync } from 'node:zlib';
import { type Codecs, createCodecs } from '@foramen/dicom';
import { threadedCodecs } from './threaded-codecs.ts';

/**
 * Decoders for a process in Node: series on every processor, and deflated data sets by zlib, which is several times faster than JavaScript.
 */
export function nativeCodecs(): Codecs {
  const own = createCodecs(undefined, (bytes, most) => {
    try {
      const options = { maxOutputLength: most, chunkSize: chunkFor(bytes.length) };
      const { buffer, byteOffset, length } = inflateRawSync(bytes, options);
      return new Uint8Array(buffer, byteOffset, length);
    } catch {
      return null;
    }
  });
  return threadedCodecs(own);
}

/** A picture deflates to a third or so: room for all of it in one piece spares joining many. */
const chunkFor = (compressed: number): number => Math.min(2 ** 26, Math.max(2 ** 16, 4 * compressed));
