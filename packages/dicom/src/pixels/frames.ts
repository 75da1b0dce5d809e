import { bytesOf, type DataSet, type Encapsulated, isEncapsulated } from '../data-set.ts';
import { DICTIONARY } from '../dictionary.ts';
import type { PixelShape } from './shape.ts';

/** Bytes of frame `index` (from 0) as stored: raw samples, or one code stream. Null when they are not all there. */
export function storedFrame(set: DataSet, shape: PixelShape, index: number): Uint8Array | null {
  const value = set.get(DICTIONARY.PixelData[0])?.value;
  if (isEncapsulated(value)) return encapsulatedFrame(set, value, shape.frames, index);
  const bytes =
    value instanceof Uint8Array
      ? value
      : (bytesOf(set, 'FloatPixelData') ?? bytesOf(set, 'DoubleFloatPixelData'));
  if (!bytes) return null;
  const bits = shape.rows * shape.columns * nativeSamples(shape) * shape.bitsAllocated;
  if (shape.bitsAllocated === 1) {
    // One-bit frames follow each other without padding (PS3.5, 8.1.1): cut out and realigned.
    const from = bits * index;
    if (from + bits > bytes.length * 8) return null;
    if (from % 8 === 0) return bytes.subarray(from / 8, Math.ceil((from + bits) / 8));
    const out = new Uint8Array(Math.ceil(bits / 8));
    for (let i = 0; i < out.length; i++) {
      const at = from + i * 8;
      const low = bytes[at >> 3]! >> (at & 7);
      const high = (bytes[(at >> 3) + 1] ?? 0) << (8 - (at & 7));
      out[i] = (low | high) & 0xff;
    }
    return out;
  }
  const size = bits / 8;
  const from = size * index;
  return from + size <= bytes.length ? bytes.subarray(from, from + size) : null;
}

/** YBR_FULL_422 shares colour between two pixels: two samples a pixel on the average. */
function nativeSamples(shape: PixelShape): number {
  return shape.photometric === 'YBR_FULL_422' ? 2 : shape.samples;
}

function encapsulatedFrame(
  set: DataSet,
  value: Encapsulated,
  frames: number,
  index: number,
): Uint8Array | null {
  const { fragments } = value;
  if (index >= frames || fragments.length === 0) return null;
  if (frames === 1) return join(fragments);
  const starts = value.offsets.length === frames ? value.offsets : extendedOffsets(set, frames);
  if (starts) {
    const at = positions(fragments);
    const first = at.indexOf(starts[index]!);
    const last = index + 1 < frames ? at.indexOf(starts[index + 1]!) : fragments.length;
    if (first >= 0 && last > first) return join(fragments.slice(first, last));
  }
  if (fragments.length === frames) return fragments[index] ?? null;
  // No usable table: a fragment that opens a code stream opens a frame.
  const opening = fragments.flatMap((fragment, i) => (opensStream(fragment) ? [i] : []));
  if (opening.length !== frames) return null;
  return join(fragments.slice(opening[index]!, opening[index + 1] ?? fragments.length));
}

function positions(fragments: readonly Uint8Array[]): number[] {
  let at = 0;
  return fragments.map((fragment) => {
    const here = at;
    at += 8 + fragment.length;
    return here;
  });
}

function extendedOffsets(set: DataSet, frames: number): number[] | null {
  const bytes = bytesOf(set, 'ExtendedOffsetTable');
  if (!bytes || bytes.length < 8 * frames) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: frames }, (_, i) => Number(view.getBigUint64(8 * i, true)));
}

function opensStream(fragment: Uint8Array): boolean {
  return fragment[0] === 0xff && (fragment[1] === 0xd8 || fragment[1] === 0x4f);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
