import { fail, type LabelVolume, ok, type Problem, type Result, type Vec3 } from '@foramen/spine';
import { decode, encode } from 'fast-png';
import type { SourcePicture } from './orientation.ts';

/** Row, column and slice spacing in mm of a picture that states none. */
export const ASSUMED_SPACING: Vec3 = [0.7, 0.7, 4];

const MOST_PIXELS = 24 * 1024 * 1024;

export function looksLikePng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => bytes[i] === byte);
}

/**
 * A grey PNG as one sagittal slice: anterior to the left, head up, so i runs to posterior, j to inferior and k to left.
 * Colour is taken when all three channels agree. Position in the patient is unknown: the origin is zero.
 * @param spacing row, column and slice spacing in mm
 */
export function readPng(bytes: Uint8Array, where: string, spacing: Vec3): Result<SourcePicture> {
  const bad = (
    code: Problem['code'],
    what: string,
    help = 'Give a grey PNG of one sagittal slice',
  ): Result<SourcePicture> => fail({ code, severity: 'error', where, what, help });
  if (!looksLikePng(bytes) || bytes.length < 33) return bad('unreadable', 'not a PNG file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  if (width === 0 || height === 0 || width * height > MOST_PIXELS)
    return bad('too-large', `the picture is ${width} x ${height} pixels`);
  let picture: ReturnType<typeof decode>;
  try {
    picture = decode(bytes);
  } catch (error) {
    const cut = !hasEnd(bytes);
    return cut
      ? bad('truncated', 'the file ends inside the picture', 'Copy or export the file again')
      : bad(
          'unreadable',
          `the picture is damaged (${error instanceof Error ? error.message : 'no reason given'})`,
        );
  }
  if (!hasEnd(bytes))
    return bad('truncated', 'the file ends inside the picture', 'Copy or export the file again');
  const grey = greyOf(picture);
  if (!grey) return bad('unsupported', 'the picture is in colour', 'Export the slice as a grey picture');
  return ok({
    size: [width, height, 1],
    ijkToLps: [0, 0, spacing[2], 0, spacing[1], 0, 0, 0, 0, -spacing[0], 0, 0, 0, 0, 0, 1],
    data: grey,
  });
}

function hasEnd(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 8; at >= Math.max(0, bytes.length - 4096); at--) {
    if (bytes[at] === 0x49 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x4e && bytes[at + 3] === 0x44)
      return true;
  }
  return false;
}

function greyOf(picture: ReturnType<typeof decode>): Float32Array | null {
  const { width, height, channels, data, palette, depth } = picture;
  const count = width * height;
  const out = new Float32Array(count);
  if (palette) {
    if (palette.some(([r, g, b]) => r !== g || g !== b)) return null;
    for (let i = 0; i < count; i++) out[i] = palette[sample(data, i, width, depth)]?.[0] ?? 0;
    return out;
  }
  for (let i = 0; i < count; i++) {
    if (channels >= 3) {
      const value = data[i * channels]!;
      if (value !== data[i * channels + 1] || value !== data[i * channels + 2]) return null;
      out[i] = value;
    } else out[i] = depth < 8 ? sample(data, i, width, depth) : data[i * channels]!;
  }
  return out;
}

/** Samples of fewer than eight bits lie packed, each row starting on a byte. */
function sample(data: ArrayLike<number>, i: number, width: number, depth: number): number {
  if (depth >= 8) return data[i] ?? 0;
  const perByte = 8 / depth;
  const row = Math.floor(i / width);
  const column = i % width;
  const byte = data[row * Math.ceil(width / perByte) + Math.floor(column / perByte)] ?? 0;
  return (byte >> (8 - depth * ((column % perByte) + 1))) & ((1 << depth) - 1);
}

/** The one slice of a label map as an 8-bit grey PNG of the input's size. */
export function writePngLabels(labels: LabelVolume): Uint8Array<ArrayBuffer> {
  const [width, height] = labels.size;
  const encoded = encode({
    width,
    height,
    data: labels.data.slice(0, width * height),
    depth: 8,
    channels: 1,
  });
  return new Uint8Array(encoded);
}
