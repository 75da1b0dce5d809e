import type { JpegHeader } from './jpeg-stream.ts';

/** Adobe's marker segment (APP14), by which a stream says that its components are not transformed. */
const NOT_TRANSFORMED = Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0);

/**
 * A stream of three components whose colour space nobody but the data set tells: by RGB there its samples are red, green and blue (PS3.5, 8.2.1), where a
 * decoder takes them for luminance and chrominance. Given the marker that says so. Where components have fewer samples than others, it is chrominance
 * after all: streams that have JFIF's or Adobe's marker say it themselves.
 */
export function asLabelled(stream: Uint8Array, header: JpegHeader, photometric: string): Uint8Array {
  if (photometric !== 'RGB' || header.components !== 3 || header.subsampled || saysColours(stream))
    return stream;
  const out = new Uint8Array(stream.length + NOT_TRANSFORMED.length);
  out.set(stream.subarray(0, 2));
  out.set(NOT_TRANSFORMED, 2);
  out.set(stream.subarray(2), 2 + NOT_TRANSFORMED.length);
  return out;
}

/** Whether a segment before the scan is JFIF's or Adobe's. */
function saysColours(stream: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= stream.length && stream[at] === 0xff && stream[at + 1] !== 0xda) {
    const marker = stream[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const name = String.fromCharCode(...stream.subarray(at + 4, at + 9));
    if ((marker === 0xe0 && name.startsWith('JFIF')) || (marker === 0xee && name === 'Adobe')) return true;
    at += 2 + ((stream[at + 2]! << 8) | stream[at + 3]!);
  }
  return false;
}
