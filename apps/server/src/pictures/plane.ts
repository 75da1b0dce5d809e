import type { Affine } from '@foramen/spine';

/** The plane a slice lies in, from the direction of its normal in patient coordinates; oblique beyond 45 degrees of every axis. */
export function planeOf(affine: Affine): 'sagittal' | 'coronal' | 'axial' | 'oblique' {
  const [x, y, z] = [affine[2], affine[6], affine[10]];
  const length = Math.hypot(x, y, z);
  if (!(length > 0)) return 'oblique';
  const axis = [Math.abs(x), Math.abs(y), Math.abs(z)].map((v) => v / length);
  const most = axis.indexOf(Math.max(...axis));
  if (axis[most]! < Math.SQRT1_2) return 'oblique';
  return (['sagittal', 'coronal', 'axial'] as const)[most]!;
}
