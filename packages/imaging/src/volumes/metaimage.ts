import { type Affine, fail, ok, type Problem, type Result } from '@foramen/spine';
import { unzlibSync } from 'fflate';
import { notNumbers } from './not-numbers.ts';
import type { SourcePicture } from './orientation.ts';

/** MetaImage (ITK): `.mha` with its data behind the header, or `.mhd` naming a data file. */
interface MetaHeader {
  readonly fields: ReadonlyMap<string, string>;
  /** First byte behind the header. */
  readonly dataStart: number;
  /** Name of the data file; `LOCAL` when the data follow. */
  readonly dataFile: string;
}

const TYPES: Readonly<
  Record<string, { readonly size: number; readonly get: (v: DataView, at: number, l: boolean) => number }>
> = {
  MET_CHAR: { size: 1, get: (v, at) => v.getInt8(at) },
  MET_UCHAR: { size: 1, get: (v, at) => v.getUint8(at) },
  MET_SHORT: { size: 2, get: (v, at, l) => v.getInt16(at, l) },
  MET_USHORT: { size: 2, get: (v, at, l) => v.getUint16(at, l) },
  MET_INT: { size: 4, get: (v, at, l) => v.getInt32(at, l) },
  MET_UINT: { size: 4, get: (v, at, l) => v.getUint32(at, l) },
  MET_LONG: { size: 4, get: (v, at, l) => v.getInt32(at, l) },
  MET_ULONG: { size: 4, get: (v, at, l) => v.getUint32(at, l) },
  MET_LONG_LONG: { size: 8, get: (v, at, l) => Number(v.getBigInt64(at, l)) },
  MET_ULONG_LONG: { size: 8, get: (v, at, l) => Number(v.getBigUint64(at, l)) },
  MET_FLOAT: { size: 4, get: (v, at, l) => v.getFloat32(at, l) },
  MET_DOUBLE: { size: 8, get: (v, at, l) => v.getFloat64(at, l) },
};

const MOST_VOXELS = 256 * 1024 * 1024;

/** Fields that a header may begin with (MetaIO): whatever else stands in it, `dim[0]` or `0008|0060` of the file it was made from, is kept or passed over. */
const FIRST = /^(?:ObjectType|ObjectSubType|ObjectName|Comment|NDims|DimSize|ID|ParentID|TransformType)$/;
/** A field's name, as ITK writes those of other formats too. */
const NAME = /^[\x21-\x7e][\x20-\x7e]{0,127}$/;

/** The text header; null when the bytes are no MetaImage. */
export function metaHeader(bytes: Uint8Array): MetaHeader | null {
  const fields = new Map<string, string>();
  let at = 0;
  const most = Math.min(bytes.length, 65536);
  while (at < most) {
    let end = at;
    while (end < most && bytes[end] !== 0x0a) end++;
    const line = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 4096)));
    at = end + 1;
    const [key = '', ...rest] = line.split('=');
    const name = key.trim();
    if (fields.size === 0 && !FIRST.test(name)) return null;
    // A value of several lines goes on without a name.
    if (rest.length === 0 || !NAME.test(name)) continue;
    const value = rest.join('=').trim();
    if (!fields.has(name)) fields.set(name, value);
    if (name === 'ElementDataFile') return { fields, dataStart: at, dataFile: value };
  }
  return null;
}

/** Name, without folder, of the separate file in which a MetaImage header says its data lie; undefined where it holds them itself or is none. */
export function metaDataFile(bytes: Uint8Array): string | undefined {
  const named = metaHeader(bytes)?.dataFile.replace(/^.*[\\/]/, '');
  return named === '' || named === 'LOCAL' ? undefined : named;
}

/** Printed directions are rounded, and a tilted gantry shears by no more, as cosines. */
const OFF_ROTATION = 0.03;

/** Whether the columns of an affine are directions of length 1, square to each other, times the spacing. */
function isRotation(
  columns: readonly (readonly number[])[],
  lengths: readonly number[],
  spacing: readonly number[],
): boolean {
  return columns.every((a, n) => {
    if (Math.abs(lengths[n]! / Math.abs(spacing[n] ?? 1) - 1) > OFF_ROTATION) return false;
    return columns.slice(n + 1).every((b, m) => {
      const cosine = a.reduce((sum, x, r) => sum + x * b[r]!, 0) / (lengths[n]! * lengths[n + 1 + m]!);
      return Math.abs(cosine) <= OFF_ROTATION;
    });
  });
}

/**
 * Reads a MetaImage. ITK stores positions in LPS, so the affine is taken as it is: `TransformMatrix` holds one
 * direction a line of three.
 * @param data the content of the separate data file of an `.mhd`
 */
export function readMetaImage(bytes: Uint8Array, where: string, data?: Uint8Array): Result<SourcePicture> {
  const bad = (code: Problem['code'], what: string): Result<SourcePicture> =>
    fail({
      code,
      severity: 'error',
      where,
      what,
      help: 'Give a complete three-dimensional grey .mha volume, one a file',
    });
  const header = metaHeader(bytes);
  if (!header) return bad('unreadable', 'not a MetaImage file');
  const list = (key: string): number[] =>
    (header.fields.get(key) ?? '').split(/\s+/).filter(Boolean).map(Number);
  const dims = list('DimSize');
  const nDims = Number(header.fields.get('NDims') ?? dims.length);
  if (dims.length !== nDims || nDims < 2) return bad('unsupported', `the picture has ${nDims} dimensions`);
  const volumes = dims.slice(3).reduce((product, n) => product * n, 1);
  if (volumes !== 1) return bad('unsupported', `the file holds ${volumes} volumes, not one`);
  const size = [dims[0] ?? 0, dims[1] ?? 0, dims[2] ?? 1] as [number, number, number];
  if (!size.every((n) => Number.isInteger(n) && n > 0))
    return bad(
      'out-of-range',
      `DimSize "${(header.fields.get('DimSize') ?? '').slice(0, 60)}" is not whole numbers above 0`,
    );
  const count = size[0] * size[1] * size[2];
  if (count > MOST_VOXELS) return bad('too-large', `the volume is ${dims.join(' x ')} voxels`);
  if (Number(header.fields.get('ElementNumberOfChannels') ?? 1) !== 1)
    return bad('unsupported', 'the picture is in colour');
  const type = TYPES[header.fields.get('ElementType') ?? ''];
  if (!type) return bad('unsupported', `element type ${header.fields.get('ElementType')} is no grey picture`);
  if (header.dataFile !== 'LOCAL' && !data)
    return bad('missing', `its data file ${header.dataFile} was not given`);
  let raw = header.dataFile === 'LOCAL' ? bytes.subarray(header.dataStart) : data!;
  if (/^true$/i.test(header.fields.get('CompressedData') ?? '')) {
    // No deflate stream expands more than 1032 times: do not reserve memory for one that says so.
    if (raw.length * 1040 < count * type.size)
      return bad('truncated', 'the compressed voxels are not all there');
    try {
      raw = unzlibSync(raw, { out: new Uint8Array(count * type.size) });
    } catch {
      return bad('truncated', 'the compressed voxels cannot be inflated');
    }
  }
  if (raw.length < count * type.size) return bad('truncated', 'the file ends before the last voxel');
  const little = !/^true$/i.test(
    header.fields.get('BinaryDataByteOrderMSB') ?? header.fields.get('ElementByteOrderMSB') ?? '',
  );
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = new Float32Array(count);
  let unreal = 0;
  for (let i = 0, at = 0; i < count; i++, at += type.size) {
    const value = type.get(view, at, little);
    if (Number.isFinite(value)) values[i] = value;
    else unreal++;
  }
  const spacing = list('ElementSpacing').length > 0 ? list('ElementSpacing') : list('ElementSize');
  const origin = ['Offset', 'Position', 'Origin'].map(list).find((v) => v.length > 0) ?? [0, 0, 0];
  const matrix = ['TransformMatrix', 'Rotation', 'Orientation'].map(list).find((v) => v.length > 0);
  const column = (n: number): [number, number, number] => {
    const mm = spacing[n] ?? 1;
    const m = matrix && matrix.length >= nDims * nDims ? matrix : null;
    const unit = [0, 1, 2].map((r) =>
      m && n < nDims && r < nDims ? (m[n * nDims + r] ?? 0) : n === r ? 1 : 0,
    );
    return unit.map((u) => u * mm) as [number, number, number];
  };
  const [u, v, w] = [column(0), column(1), column(2)];
  const ijkToLps: Affine = [
    u[0],
    v[0],
    w[0],
    origin[0] ?? 0,
    u[1],
    v[1],
    w[1],
    origin[1] ?? 0,
    u[2],
    v[2],
    w[2],
    origin[2] ?? 0,
    0,
    0,
    0,
    1,
  ];
  const lengths = [u, v, w].map((c) => Math.hypot(...c));
  if (!ijkToLps.every(Number.isFinite) || !lengths.every((n) => n > 1e-6)) {
    return bad('inconsistent', 'spacing or directions in the header are not usable');
  }
  if (!isRotation([u, v, w], lengths, spacing))
    return bad(
      'inconsistent',
      'TransformMatrix is no rotation: its directions are not of length 1 and square to each other',
    );
  return ok({ size, ijkToLps, data: values }, unreal > 0 ? [notNumbers(unreal, count, where)] : []);
}
