import type { Affine, LabelVolume, Volume } from '@foramen/spine';

/** How a picture without reliable geometry was turned before it was read. */
export interface Turn {
  readonly rows: boolean;
  readonly columns: boolean;
}
export const AS_GIVEN: Turn = { rows: false, columns: false };

export const isTurned = (turn: Turn): boolean => turn.rows || turn.columns;

export function turnText(turn: Turn): string {
  if (turn.rows && turn.columns) return 'the picture was rotated by 180 degrees to be read';
  if (turn.rows) return 'the picture was upside down and was flipped to be read';
  return 'the picture was mirrored front to back and was flipped to be read';
}

function turnData<D extends Float32Array | Uint8Array>(
  data: D,
  size: readonly [number, number, number],
  turn: Turn,
): D {
  const [w, h, depth] = size;
  const out = data.slice() as D;
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < h; j++) {
      const from = w * ((turn.rows ? h - 1 - j : j) + h * k);
      const to = w * (j + h * k);
      if (!turn.columns) out.set(data.subarray(from, from + w) as never, to);
      else for (let i = 0; i < w; i++) out[to + i] = data[from + w - 1 - i] as number;
    }
  }
  return out;
}

/** The volume with rows and columns reversed as asked; the affine keeps every voxel at its place in the patient. */
export function turnVolume(volume: Volume, turn: Turn): Volume {
  if (!isTurned(turn)) return volume;
  const a = [...volume.ijkToLps];
  const reverse = (axis: number, n: number): void => {
    for (let r = 0; r < 3; r++) {
      const step = a[4 * r + axis] as number;
      a[4 * r + 3] = (a[4 * r + 3] as number) + step * (n - 1);
      a[4 * r + axis] = -step;
    }
  };
  if (turn.columns) reverse(0, volume.size[0]);
  if (turn.rows) reverse(1, volume.size[1]);
  return { ...volume, ijkToLps: a as unknown as Affine, data: turnData(volume.data, volume.size, turn) };
}

/** Labels of a turned volume on the grid as it was given. */
export function turnLabelsBack(labels: LabelVolume, original: Volume, turn: Turn): LabelVolume {
  if (!isTurned(turn)) return labels;
  return { ...labels, ijkToLps: original.ijkToLps, data: turnData(labels.data, labels.size, turn) };
}

export type Box = readonly [number, number, number, number];

/** A box on the turned picture as a box on the given one. */
export function turnBoxBack(box: Box, width: number, height: number, turn: Turn): Box {
  const [r0, c0, r1, c1] = box;
  return [
    turn.rows ? height - r1 : r0,
    turn.columns ? width - c1 : c0,
    turn.rows ? height - r0 : r1,
    turn.columns ? width - c0 : c1,
  ];
}
