import { type Affine, perAxis, type Vec3 } from '@foramen/spine';

/** Row-major product of two affines: first `b`, then `a`. */
export function compose(a: Affine, b: Affine): Affine {
  const out: number[] = [];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = 0;
      for (let n = 0; n < 4; n++) sum += (a[4 * row + n] as number) * (b[4 * n + column] as number);
      out.push(sum);
    }
  }
  return out as unknown as Affine;
}

/** Rotation by a unit quaternion [w, x, y, z] that carries `from` onto `to`, as an affine. */
function placed(q: readonly number[], from: Vec3, to: Vec3): Affine {
  const [w = 1, x = 0, y = 0, z = 0] = q;
  const r = [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ] as const;
  const [first, second, third] = r;
  const [a, b, c] = perAxis((n) => to[n] - r[n][0] * from[0] - r[n][1] * from[1] - r[n][2] * from[2]);
  return [...first, a, ...second, b, ...third, c, 0, 0, 0, 1];
}

/**
 * Turn by degrees about each of three unit axes through `centre`, then a shift in mm along the same axes. Small turns: the order
 * of the axes (first to last) hardly matters.
 */
export function nudge(axes: readonly [Vec3, Vec3, Vec3], centre: Vec3, shiftMm: Vec3, turnDeg: Vec3): Affine {
  let out: Affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  for (const n of [0, 1, 2] as const) {
    const half = (turnDeg[n] * Math.PI) / 360;
    const s = Math.sin(half);
    const u = axes[n];
    out = compose(placed([Math.cos(half), s * u[0], s * u[1], s * u[2]], centre, centre), out);
  }
  const t = perAxis((c) => shiftMm[0] * axes[0][c] + shiftMm[1] * axes[1][c] + shiftMm[2] * axes[2][c]);
  return compose([1, 0, 0, t[0], 0, 1, 0, t[1], 0, 0, 1, t[2], 0, 0, 0, 1], out);
}

/** Eigenvector of the greatest eigenvalue of a symmetric 4 x 4 matrix, by Jacobi rotations. */
function greatestEigenvector(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row]);
  const v = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
  const at = (m: number[][], i: number, j: number): number => (m[i] as number[])[j] as number;
  const put = (m: number[][], i: number, j: number, value: number): void => {
    (m[i] as number[])[j] = value;
  };
  for (let sweep = 0; sweep < 40; sweep++) {
    let off = 0;
    for (let p = 0; p < 3; p++) {
      for (let q = p + 1; q < 4; q++) {
        const apq = at(a, p, q);
        off += apq * apq;
        if (Math.abs(apq) < 1e-300) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < 4; k++) {
          const [akp, akq] = [at(a, k, p), at(a, k, q)];
          put(a, k, p, c * akp - s * akq);
          put(a, k, q, s * akp + c * akq);
        }
        for (let k = 0; k < 4; k++) {
          const [apk, aqk] = [at(a, p, k), at(a, q, k)];
          put(a, p, k, c * apk - s * aqk);
          put(a, q, k, s * apk + c * aqk);
          const [vkp, vkq] = [at(v, k, p), at(v, k, q)];
          put(v, k, p, c * vkp - s * vkq);
          put(v, k, q, s * vkp + c * vkq);
        }
      }
    }
    if (off < 1e-24) break;
  }
  let best = 0;
  for (let n = 1; n < 4; n++) if (at(a, n, n) > at(a, best, best)) best = n;
  return [0, 1, 2, 3].map((k) => at(v, k, best));
}

/**
 * The rigid motion (no mirroring) that carries points `from` closest to their partners `to` in the least-squares sense: Kabsch's problem
 * by Horn's quaternions (1987, J Opt Soc Am A 4:629). Null with fewer than three pairs.
 */
export function rigidFit(from: readonly Vec3[], to: readonly Vec3[]): Affine | null {
  const n = Math.min(from.length, to.length);
  if (n < 3) return null;
  const mean = (points: readonly Vec3[]): Vec3 =>
    perAxis((c) => points.slice(0, n).reduce((sum, p) => sum + p[c], 0) / n);
  const p = mean(from);
  const q = mean(to);
  const s = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) {
        sum +=
          (((from[k] as Vec3)[i] as number) - (p[i] as number)) *
          (((to[k] as Vec3)[j] as number) - (q[j] as number));
      }
      return sum;
    }),
  );
  const [[xx = 0, xy = 0, xz = 0] = [], [yx = 0, yy = 0, yz = 0] = [], [zx = 0, zy = 0, zz = 0] = []] = s;
  const quaternion = greatestEigenvector([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ]);
  return placed(quaternion, p, q);
}
