import type { Affine, LabelVolume, Volume } from '@foramen/spine';

/**
 * A volume as bytes: a JSON header, then the samples in the order of `Volume.data`, little endian. A slice is one contiguous
 * range, so showing it reads and decrypts that range only.
 */
const MAGIC = 'FRMVOL1\n';

export interface VolumeHeader {
  readonly size: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  readonly ijkToLps: Affine;
  readonly type: 'uint8' | 'int16' | 'float32';
  /** Where the first sample is. */
  readonly offset: number;
  /** Grey window that shows the middle of the picture well: centre and width in stored units. */
  readonly window: readonly [number, number];
}

const BYTES = { uint8: 1, int16: 2, float32: 4 } as const;

export function writeVolume(
  volume: Volume<Float32Array | Int16Array | Uint16Array | Uint8Array> | LabelVolume,
): Uint8Array {
  const { data } = volume;
  const type = data instanceof Uint8Array ? 'uint8' : fitsInt16(data) ? 'int16' : 'float32';
  const header = {
    size: volume.size,
    spacing: volume.spacing,
    ijkToLps: volume.ijkToLps,
    type,
    window: windowOf(data),
  };
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil((MAGIC.length + 4 + json.length) / 16) * 16;
  const out = Buffer.alloc(padded + data.length * BYTES[type]);
  out.write(MAGIC, 'latin1');
  out.writeUInt32LE(json.length, MAGIC.length);
  json.copy(out, MAGIC.length + 4);
  const view = new DataView(out.buffer, out.byteOffset + padded);
  for (let i = 0; i < data.length; i++) {
    if (type === 'uint8') view.setUint8(i, data[i]!);
    else if (type === 'int16') view.setInt16(i * 2, data[i]!, true);
    else view.setFloat32(i * 4, data[i]!, true);
  }
  return out;
}

/** From the first bytes (4 KB are enough). @throws Error when these are not a volume's. */
export function readVolumeHeader(bytes: Uint8Array): VolumeHeader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString('latin1', 0, 8) !== MAGIC) throw new Error('not a stored volume');
  const length = buffer.readUInt32LE(8);
  const header = JSON.parse(buffer.toString('utf8', 12, 12 + length)) as Omit<VolumeHeader, 'offset'>;
  return { ...header, offset: Math.ceil((12 + length) / 16) * 16 };
}

/** All samples of a stored volume. @throws Error when these are not a volume's, or are cut off. */
export function readVolume(bytes: Uint8Array): {
  readonly header: VolumeHeader;
  readonly data: Float32Array | Uint8Array;
} {
  const header = readVolumeHeader(bytes);
  const [ni, nj, nk] = header.size;
  const count = ni * nj * nk;
  const width = BYTES[header.type];
  if (bytes.length < header.offset + count * width) throw new Error('a stored volume is cut off');
  if (header.type === 'uint8') return { header, data: bytes.slice(header.offset, header.offset + count) };
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.offset, count * width);
  return { header, data: Float32Array.from({ length: count }, (_, n) => sampleAt(header, view, n)) };
}

/** First byte and end of slice `k`. */
export function sliceRange(header: VolumeHeader, k: number): readonly [number, number] {
  const bytes = header.size[0] * header.size[1] * BYTES[header.type];
  return [header.offset + k * bytes, header.offset + (k + 1) * bytes];
}

export function sampleAt(header: VolumeHeader, slice: DataView, index: number): number {
  switch (header.type) {
    case 'uint8':
      return slice.getUint8(index);
    case 'int16':
      return slice.getInt16(index * 2, true);
    case 'float32':
      return slice.getFloat32(index * 4, true);
  }
}

function fitsInt16(data: ArrayLike<number>): boolean {
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (!Number.isInteger(v) || v < -32_768 || v > 32_767) return false;
  }
  return true;
}

/** From the 1st to the 99.5th percentile of an even sample; background and bright fat do not decide it. */
export function windowOf(data: ArrayLike<number>): readonly [number, number] {
  const step = Math.max(1, Math.floor(data.length / 50_000));
  const sample: number[] = [];
  for (let i = 0; i < data.length; i += step) if (Number.isFinite(data[i]!)) sample.push(data[i]!);
  if (sample.length === 0) return [0, 1];
  sample.sort((a, b) => a - b);
  const low = sample[Math.floor(sample.length * 0.01)]!;
  const high = sample[Math.min(sample.length - 1, Math.floor(sample.length * 0.995))]!;
  return [(low + high) / 2, Math.max(high - low, 1e-6)];
}
