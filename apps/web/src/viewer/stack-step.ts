import type { Picture } from '../record/picture.ts';

/** A picture's grid as the imaging room knows it; only ever asked of a picture with geometry. */
export function gridOf(picture: Picture) {
  return { size: picture.size, ijkToLps: picture.ijkToLps! };
}

export function within(picture: Picture, slice: number): number {
  return Math.max(0, Math.min(picture.size[2] - 1, Math.round(slice)));
}

/** Slices of `other` that lie as far to the same side as `by` slices of `shown`. */
export function beside(shown: Picture, other: Picture, by: number): number {
  const step = (p: Picture) => (p.ijkToLps === null ? p.spacing[2] : p.ijkToLps[2]);
  const [own, theirs] = [step(shown), step(other)];
  return Math.abs(theirs) < 1e-6 ? by : Math.round((by * own) / theirs);
}
