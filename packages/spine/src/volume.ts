/**
 * Patient coordinates are LPS in millimetres throughout: x grows to the patient's Left, y to Posterior, z to Superior
 * (DICOM PS3.3 C.7.6.2). NIfTI's RAS is converted at the door.
 */
export type Vec3 = readonly [number, number, number];

/** Row-major 4 x 4; maps homogeneous voxel index (i, j, k) to LPS millimetres. */
export type Affine = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * A sampled picture. `data` is ordered i fastest, then j, then k: index = i + size[0] * (j + size[1] * k).
 * For a sagittal series as acquired, i runs along an image row (anterior to posterior), j down the columns (head to foot)
 * and k over slices. `spacing` in mm is the length of each affine column.
 */
export interface Volume<D extends Float32Array | Int16Array | Uint16Array | Uint8Array = Float32Array> {
  readonly size: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  readonly ijkToLps: Affine;
  readonly data: D;
}

export type LabelVolume = Volume<Uint8Array>;

/** One value for each of three axes, in their order; unlike `map` over a triple, the type keeps the three. */
export function perAxis<T>(value: (axis: 0 | 1 | 2) => T): [T, T, T] {
  return [value(0), value(1), value(2)];
}

export function voxelToLps(a: Affine, i: number, j: number, k: number): Vec3 {
  return [
    a[0] * i + a[1] * j + a[2] * k + a[3],
    a[4] * i + a[5] * j + a[6] * k + a[7],
    a[8] * i + a[9] * j + a[10] * k + a[11],
  ];
}

/** Composes an affine from unit direction vectors of i, j, k, spacing in mm and the LPS position of voxel (0,0,0). */
export function affineFrom(directions: readonly [Vec3, Vec3, Vec3], spacing: Vec3, origin: Vec3): Affine {
  const [u, v, w] = directions;
  return [
    u[0] * spacing[0],
    v[0] * spacing[1],
    w[0] * spacing[2],
    origin[0],
    u[1] * spacing[0],
    v[1] * spacing[1],
    w[1] * spacing[2],
    origin[1],
    u[2] * spacing[0],
    v[2] * spacing[1],
    w[2] * spacing[2],
    origin[2],
    0,
    0,
    0,
    1,
  ];
}

/** @throws RangeError when the affine is singular. */
export function invertAffine(a: Affine): Affine {
  const [m00, m01, m02, tx, m10, m11, m12, ty, m20, m21, m22, tz] = a;
  const c00 = m11 * m22 - m12 * m21;
  const c01 = m12 * m20 - m10 * m22;
  const c02 = m10 * m21 - m11 * m20;
  const det = m00 * c00 + m01 * c01 + m02 * c02;
  if (!(Math.abs(det) > 1e-12)) throw new RangeError('affine is singular');
  const r = 1 / det;
  const b00 = c00 * r,
    b01 = (m02 * m21 - m01 * m22) * r,
    b02 = (m01 * m12 - m02 * m11) * r;
  const b10 = c01 * r,
    b11 = (m00 * m22 - m02 * m20) * r,
    b12 = (m02 * m10 - m00 * m12) * r;
  const b20 = c02 * r,
    b21 = (m01 * m20 - m00 * m21) * r,
    b22 = (m00 * m11 - m01 * m10) * r;
  return [
    b00,
    b01,
    b02,
    -(b00 * tx + b01 * ty + b02 * tz),
    b10,
    b11,
    b12,
    -(b10 * tx + b11 * ty + b12 * tz),
    b20,
    b21,
    b22,
    -(b20 * tx + b21 * ty + b22 * tz),
    0,
    0,
    0,
    1,
  ];
}
