import type { Picture } from '../record/picture.ts';

/** What part of a slice is seen: the point at the middle of the view, in millimetres on the slice, and screen pixels per millimetre. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

type Grid = Pick<Picture, 'size' | 'spacing'>;

/** The whole slice, as large as the view allows; pixels that are not square are shown in true proportion. */
export function fitted(picture: Grid, width: number, height: number): Frame {
  const across = picture.size[0] * picture.spacing[0];
  const down = picture.size[1] * picture.spacing[1];
  return { x: across / 2, y: down / 2, scale: Math.max(1e-3, Math.min(width / across, height / down)) };
}

/** Screen position of a point in voxel units. */
export function screenOf(
  picture: Grid,
  frame: Frame,
  width: number,
  height: number,
  i: number,
  j: number,
): readonly [number, number] {
  return [
    (i * picture.spacing[0] - frame.x) * frame.scale + width / 2,
    (j * picture.spacing[1] - frame.y) * frame.scale + height / 2,
  ];
}

/** Voxel units under a screen position. */
export function voxelOf(
  picture: Grid,
  frame: Frame,
  width: number,
  height: number,
  x: number,
  y: number,
): readonly [number, number] {
  return [
    ((x - width / 2) / frame.scale + frame.x) / picture.spacing[0],
    ((y - height / 2) / frame.scale + frame.y) / picture.spacing[1],
  ];
}

/** Zooms by `factor` and keeps what is at (x, y), measured from the middle of the view, where it is. */
export function zoomedAt(frame: Frame, factor: number, x: number, y: number, fit: Frame): Frame {
  const scale = Math.min(fit.scale * 12, Math.max(fit.scale * 0.8, frame.scale * factor));
  return {
    scale,
    x: frame.x + x / frame.scale - x / scale,
    y: frame.y + y / frame.scale - y / scale,
  };
}

/** Keeps the middle of the view on the picture, so that it cannot be lost. */
export function keepInside(picture: Grid, frame: Frame, width: number, height: number): Frame {
  const across = picture.size[0] * picture.spacing[0];
  const down = picture.size[1] * picture.spacing[1];
  const hold = (value: number, extent: number, view: number) => {
    const half = view / frame.scale / 2;
    if (half * 2 >= extent) return extent / 2;
    return Math.min(extent - half, Math.max(half, value));
  };
  return { scale: frame.scale, x: hold(frame.x, across, width), y: hold(frame.y, down, height) };
}

/** The view moved by screen pixels. */
export function shiftedBy(frame: Frame, dx: number, dy: number): Frame {
  return { ...frame, x: frame.x + dx / frame.scale, y: frame.y + dy / frame.scale };
}

type At = readonly [number, number];

/** Two fingers on the view: how far apart they are and what lies in their middle, pixels; null for one. */
export function fingers(touches: readonly At[]): { readonly apart: number; readonly middle: At } | null {
  const [a, b] = touches;
  if (a === undefined || b === undefined) return null;
  return {
    apart: Math.hypot(a[0] - b[0], a[1] - b[1]),
    middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
  };
}

/** Zooms by `factor` and takes what was under the middle of the fingers along with it. */
export function pinched(frame: Frame, factor: number, from: At, to: At, view: At, fit: Frame): Frame {
  const zoomed = zoomedAt(frame, factor, from[0] - view[0] / 2, from[1] - view[1] / 2, fit);
  return {
    ...zoomed,
    x: zoomed.x - (to[0] - from[0]) / zoomed.scale,
    y: zoomed.y - (to[1] - from[1]) / zoomed.scale,
  };
}
