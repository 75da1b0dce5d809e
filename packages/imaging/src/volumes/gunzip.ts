import { crc32 } from '@foramen/spine/crc32';
import { Gunzip } from 'fflate';

/** Inflates gzip with a cap on the output. Null when it is damaged or cut off, `too-large` past the cap. */
export function gunzipBounded(bytes: Uint8Array, most: number): Uint8Array | 'too-large' | null {
  const parts: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  let over = false;
  const stream = new Gunzip((part, final) => {
    total += part.length;
    if (total > most) {
      over = true;
      throw new RangeError('too large');
    }
    if (part.length > 0) parts.push(part.slice());
    ended ||= final;
  });
  const step = 1 << 16;
  try {
    for (let at = 0; at < bytes.length; at += step) {
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
    }
  } catch {
    return over ? 'too-large' : null;
  }
  if (!ended) return null;
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  // The trailer's checksum and length, modulo 2^32, must agree: Gunzip itself does not look.
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  return view.getUint32(4, true) === total % 2 ** 32 && view.getUint32(0, true) === crc32(out) ? out : null;
}

export function looksLikeGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes.length >= 18;
}
