import { type Affine, fail, type LabelVolume, ok, type Problem, perAxis, type Result } from '@foramen/spine';
import { notNumbers } from './not-numbers.ts';
import { flipXy, type SourcePicture } from './orientation.ts';
import { isScale } from './value-scale.ts';

/** NIfTI-1 and -2 (nifti.nimh.nih.gov), single file `.nii`; already decompressed. */
interface NiftiPicture extends SourcePicture {
  /** The header as read, 348 bytes, for a label map on the same grid; absent for NIfTI-2 and big endian files. */
  readonly header: Uint8Array | null;
  /** False when neither sform nor qform says where the picture lies. */
  readonly hasGeometry: boolean;
  readonly description: string;
}

const MOST_VOXELS = 256 * 1024 * 1024;

interface Layout {
  readonly version: 1 | 2;
  readonly little: boolean;
}

export function looksLikeNifti(bytes: Uint8Array): boolean {
  return layoutOf(bytes) !== null;
}

function layoutOf(bytes: Uint8Array): Layout | null {
  if (bytes.length < 348) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const little of [true, false]) {
    if (view.getInt32(0, little) === 348 && bytes[344] === 0x6e) return { version: 1, little };
    if (view.getInt32(0, little) === 540 && bytes.length >= 540 && bytes[4] === 0x6e)
      return { version: 2, little };
  }
  return null;
}

/**
 * Reads a NIfTI file of one volume (four and more dimensions of length one are read; several volumes are refused, for which of them is the picture is not said): scaled values (slope and intercept), affine from sform, else qform, else the
 * pixel sizes, converted from RAS to LPS.
 */
export function readNifti(bytes: Uint8Array, where: string): Result<NiftiPicture> {
  const bad = (code: Problem['code'], what: string): Result<NiftiPicture> =>
    fail({
      code,
      severity: 'error',
      where,
      what,
      help: 'Give a complete single-file NIfTI, one volume a file',
    });
  const layout = layoutOf(bytes);
  if (!layout) return bad('unreadable', 'not a NIfTI file');
  const { little } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const one = layout.version === 1;
  const dim = (n: number): number =>
    one ? view.getInt16(40 + 2 * n, little) : Number(view.getBigInt64(16 + 8 * n, little));
  const pixdim = (n: number): number =>
    one ? view.getFloat32(76 + 4 * n, little) : view.getFloat64(104 + 8 * n, little);
  const real = (at1: number, at2: number): number =>
    one ? view.getFloat32(at1, little) : view.getFloat64(at2, little);
  const dimensions = dim(0);
  if (dimensions < 2 || dimensions > 7)
    return bad('unreadable', `the header states ${dimensions} dimensions`);
  const size = perAxis((n) => (n < dimensions ? dim(n + 1) : 1));
  const count = size[0] * size[1] * size[2];
  if (!size.every((n) => Number.isInteger(n) && n > 0))
    return bad('out-of-range', `the volume is ${size.join(' x ')} voxels`);
  const volumes = [4, 5, 6, 7].reduce(
    (product, n) => product * (n <= dimensions ? Math.max(1, dim(n)) : 1),
    1,
  );
  if (volumes > 1) return bad('unsupported', `the file holds ${volumes} volumes, not one`);
  if (count > MOST_VOXELS) return bad('too-large', `the volume is ${size.join(' x ')} voxels`);
  const datatype = view.getInt16(one ? 70 : 12, little);
  const reader = READERS[datatype];
  if (!reader) return bad('unsupported', `NIfTI data type ${datatype} is no grey picture`);
  const offset = one ? view.getFloat32(108, little) : Number(view.getBigInt64(168, little));
  const from = Math.max(one ? 348 : 540, Math.round(offset));
  if (!(from + count * reader.size <= bytes.length))
    return bad('truncated', 'the file ends before the last voxel');
  const slope = real(112, 176);
  const intercept = real(116, 184);
  const stated = slope !== 0 && Number.isFinite(slope) && Number.isFinite(intercept);
  const scaled = stated && isScale(slope, intercept);
  const data = new Float32Array(count);
  const read = reader.read;
  let unreal = 0;
  for (let i = 0, at = from; i < count; i++, at += reader.size) {
    const value = read(view, at, little);
    if (Number.isFinite(value)) data[i] = value;
    else unreal++;
  }
  if (scaled && (slope !== 1 || intercept !== 0)) {
    for (let i = 0; i < count; i++) data[i] = data[i]! * slope + intercept;
  }
  const spacing = perAxis((n) => Math.abs(pixdim(n + 1)) * unitMm(view.getUint8(one ? 123 : 500)));
  const sform = view.getInt16(one ? 254 : 348, little);
  const qform = view.getInt16(one ? 252 : 344, little);
  const rotated =
    qform > 0
      ? fromQuaternion(
          [real(256, 352), real(260, 360), real(264, 368)],
          [real(268, 376), real(272, 384), real(276, 392)],
          spacing,
          pixdim(0) < 0 ? -1 : 1,
        )
      : null;
  let ras: Affine | null = null;
  if (sform > 0) {
    const rows = [0, 1, 2].flatMap((r) =>
      [0, 1, 2, 3].map((c) => real(280 + 16 * r + 4 * c, 400 + 32 * r + 8 * c)),
    );
    ras = [...rows, 0, 0, 0, 1] as unknown as Affine;
  }
  const contradicted =
    ras !== null &&
    rotated !== null &&
    usable(ras) &&
    usable(rotated) &&
    apartMm(ras, rotated, size) > MOST_APART_MM;
  if ((!ras || !usable(ras)) && rotated) ras = rotated;
  const hasGeometry = ras !== null && usable(ras);
  if (!ras || !usable(ras)) {
    if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) {
      return bad('missing', 'the header states neither orientation nor voxel size');
    }
    ras = [spacing[0], 0, 0, 0, 0, spacing[1], 0, 0, 0, 0, spacing[2], 0, 0, 0, 0, 1];
  }
  const description = String.fromCharCode(...bytes.subarray(one ? 148 : 240, one ? 228 : 320)).replace(
    /\0.*$/s,
    '',
  );
  const warnings: Problem[] = unreal > 0 ? [notNumbers(unreal, count, where)] : [];
  if (stated && !scaled)
    warnings.push({
      code: 'out-of-range',
      severity: 'warning',
      where,
      what: `scl_slope ${slope.toPrecision(3)} and scl_inter ${intercept.toPrecision(3)} are no scale for values; stored values were taken`,
      help: 'Write the file again from its source',
    });
  if (sform > 0 && !hasGeometry)
    warnings.push({
      code: 'inconsistent',
      severity: 'warning',
      where,
      what: 'its statement of where the picture lies (sform) cannot be used: planes and sides are not known',
      help: 'Write the file again from its source',
    });
  if (contradicted)
    warnings.push({
      code: 'contradiction',
      severity: 'warning',
      where,
      what: 'its two statements of where the picture lies (sform and qform) differ; the sform was taken',
      help: 'Check lengths and sides, or write the file again from its source',
    });
  return ok(
    {
      size,
      ijkToLps: flipXy(ras),
      data,
      header: one && little ? bytes.slice(0, 348) : null,
      hasGeometry,
      description,
    },
    warnings,
  );
}

function unitMm(code: number): number {
  const space = code & 7;
  return space === 1 ? 1000 : space === 3 ? 0.001 : 1;
}

function usable(a: Affine): boolean {
  if (!a.every(Number.isFinite)) return false;
  const det =
    a[0] * (a[5] * a[10] - a[6] * a[9]) -
    a[1] * (a[4] * a[10] - a[6] * a[8]) +
    a[2] * (a[4] * a[9] - a[5] * a[8]);
  return Math.abs(det) > 1e-9;
}

/** Rounding of a quaternion moves a corner by less. */
const MOST_APART_MM = 1;

/** Greatest distance between two places of one corner of the picture; where the picture as a whole lies may differ freely (a registration). */
function apartMm(a: Affine, b: Affine, size: readonly [number, number, number]): number {
  let most = 0;
  for (let corner = 1; corner < 8; corner++) {
    const at = size.map((n, axis) => ((corner >> axis) & 1 ? n : 0)) as [number, number, number];
    const apart = [0, 4, 8].map((row) =>
      at.reduce((sum, n, axis) => sum + n * (a[row + axis]! - b[row + axis]!), 0),
    );
    most = Math.max(most, Math.hypot(...apart));
  }
  return most;
}

/** Method 2 of the NIfTI-1 standard. */
function fromQuaternion(
  [b, c, d]: readonly [number, number, number],
  offset: readonly [number, number, number],
  spacing: readonly [number, number, number],
  sign: number,
): Affine {
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const [x, y, z] = [spacing[0], spacing[1], spacing[2] * sign];
  return [
    (a * a + b * b - c * c - d * d) * x,
    2 * (b * c - a * d) * y,
    2 * (b * d + a * c) * z,
    offset[0],
    2 * (b * c + a * d) * x,
    (a * a + c * c - b * b - d * d) * y,
    2 * (c * d - a * b) * z,
    offset[1],
    2 * (b * d - a * c) * x,
    2 * (c * d + a * b) * y,
    (a * a + d * d - c * c - b * b) * z,
    offset[2],
    0,
    0,
    0,
    1,
  ];
}

interface Reader {
  readonly size: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}
const READERS: Readonly<Record<number, Reader>> = {
  2: { size: 1, read: (v, at) => v.getUint8(at) },
  4: { size: 2, read: (v, at, l) => v.getInt16(at, l) },
  8: { size: 4, read: (v, at, l) => v.getInt32(at, l) },
  16: { size: 4, read: (v, at, l) => v.getFloat32(at, l) },
  64: { size: 8, read: (v, at, l) => v.getFloat64(at, l) },
  256: { size: 1, read: (v, at) => v.getInt8(at) },
  512: { size: 2, read: (v, at, l) => v.getUint16(at, l) },
  768: { size: 4, read: (v, at, l) => v.getUint32(at, l) },
  1024: { size: 8, read: (v, at, l) => Number(v.getBigInt64(at, l)) },
  1280: { size: 8, read: (v, at, l) => Number(v.getBigUint64(at, l)) },
};

/**
 * A label map as an uncompressed NIfTI-1 file, 8-bit. With the header of a NIfTI input, orientation and dimensions are
 * that header's bytes, so both files have the identical grid; otherwise the affine is written as sform and qform code 1.
 */
export function writeNiftiLabels(labels: LabelVolume, inputHeader?: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(352 + labels.data.length);
  const view = new DataView(out.buffer);
  if (inputHeader && inputHeader.length >= 348) out.set(inputHeader.subarray(0, 348));
  else {
    const a = flipXy(labels.ijkToLps);
    view.setInt32(0, 348, true);
    view.setFloat32(76, 1, true);
    labels.spacing.forEach((mm, n) => void view.setFloat32(80 + 4 * n, mm, true));
    view.setUint8(123, 2);
    view.setInt16(254, 1, true);
    for (let n = 0; n < 12; n++) view.setFloat32(280 + 4 * n, a[n]!, true);
    const q = quaternionOf(a, labels.spacing);
    if (q) {
      view.setInt16(252, 1, true);
      view.setFloat32(76, q.sign, true);
      [q.b, q.c, q.d, a[3], a[7], a[11]].forEach(
        (value, n) => void view.setFloat32(256 + 4 * n, value, true),
      );
    }
  }
  view.setInt16(40, 3, true);
  labels.size.forEach((n, axis) => void view.setInt16(42 + 2 * axis, n, true));
  for (let n = 4; n <= 7; n++) view.setInt16(40 + 2 * n, 1, true);
  view.setInt16(70, 2, true);
  view.setInt16(72, 8, true);
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  view.setFloat32(116, 0, true);
  view.setFloat32(124, 0, true);
  view.setFloat32(128, 0, true);
  out.fill(0, 148, 228);
  out.set([0x6e, 0x2b, 0x31, 0], 344);
  out.fill(0, 348, 352);
  out.set(labels.data, 352);
  return out;
}

/** Quaternion of the rotation part; null when the columns are not orthogonal (gantry tilt). */
function quaternionOf(
  a: Affine,
  spacing: readonly [number, number, number],
): { readonly b: number; readonly c: number; readonly d: number; readonly sign: number } | null {
  const r = [0, 1, 2].map((row) => [0, 1, 2].map((c) => a[4 * row + c]! / spacing[c]!)) as number[][];
  const at = (row: number, c: number): number => r[row]![c]!;
  for (const [p, q] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    if (Math.abs(at(0, p) * at(0, q) + at(1, p) * at(1, q) + at(2, p) * at(2, q)) > 1e-3) return null;
  }
  const det =
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  const sign = det < 0 ? -1 : 1;
  for (const row of r) row[2] = row[2]! * sign;
  const trace = at(0, 0) + at(1, 1) + at(2, 2) + 1;
  if (trace > 0.5) {
    const w = 0.5 * Math.sqrt(trace);
    return {
      b: (0.25 * (at(2, 1) - at(1, 2))) / w,
      c: (0.25 * (at(0, 2) - at(2, 0))) / w,
      d: (0.25 * (at(1, 0) - at(0, 1))) / w,
      sign,
    };
  }
  const xd = 1 + at(0, 0) - at(1, 1) - at(2, 2);
  const yd = 1 + at(1, 1) - at(0, 0) - at(2, 2);
  const zd = 1 + at(2, 2) - at(0, 0) - at(1, 1);
  let b: number;
  let c: number;
  let d: number;
  let w: number;
  if (xd >= yd && xd >= zd) {
    b = 0.5 * Math.sqrt(xd);
    c = (0.25 * (at(0, 1) + at(1, 0))) / b;
    d = (0.25 * (at(0, 2) + at(2, 0))) / b;
    w = (0.25 * (at(2, 1) - at(1, 2))) / b;
  } else if (yd >= zd) {
    c = 0.5 * Math.sqrt(yd);
    b = (0.25 * (at(0, 1) + at(1, 0))) / c;
    d = (0.25 * (at(1, 2) + at(2, 1))) / c;
    w = (0.25 * (at(0, 2) - at(2, 0))) / c;
  } else {
    d = 0.5 * Math.sqrt(zd);
    b = (0.25 * (at(0, 2) + at(2, 0))) / d;
    c = (0.25 * (at(1, 2) + at(2, 1))) / d;
    w = (0.25 * (at(1, 0) - at(0, 1))) / d;
  }
  return w < 0 ? { b: -b, c: -c, d: -d, sign } : { b, c, d, sign };
}
