/** Outlines of labelled regions in one slice, as drawing paths in voxel units (a voxel's centre is at i + 0.5, j + 0.5). */
export interface Outline {
  readonly label: number;
  /** Path data: straight pieces between the middles of voxel edges (marching squares). */
  readonly path: string;
}

export interface SlicePlace {
  readonly label: number;
  readonly voxels: number;
  /** Centroid in voxel units. */
  readonly centre: readonly [number, number];
  /** Where the region's near edge lies on the row of its centroid: stray voxels elsewhere do not move it. */
  readonly edge: readonly [number, number];
  /** First column, first row, last column, last row. */
  readonly box: readonly [number, number, number, number];
}

/** Marching squares on the binary mask of one label inside its bounding box. */
function outlineOf(
  labels: Uint8Array,
  columns: number,
  rows: number,
  offset: number,
  label: number,
  box: SlicePlace['box'],
): string {
  const inside = (i: number, j: number) =>
    i >= 0 && j >= 0 && i < columns && j < rows && labels[offset + i + columns * j] === label ? 1 : 0;
  const pieces: string[] = [];
  const line = (x1: number, y1: number, x2: number, y2: number) => pieces.push(`M${x1} ${y1}L${x2} ${y2}`);
  for (let j = box[1] - 1; j <= box[3]; j++) {
    for (let i = box[0] - 1; i <= box[2]; i++) {
      const kind =
        inside(i, j) | (inside(i + 1, j) << 1) | (inside(i + 1, j + 1) << 2) | (inside(i, j + 1) << 3);
      if (kind === 0 || kind === 15) continue;
      // Corners of this cell are voxel centres; its edge middles:
      const top = [i + 1, j + 0.5] as const;
      const right = [i + 1.5, j + 1] as const;
      const bottom = [i + 1, j + 1.5] as const;
      const left = [i + 0.5, j + 1] as const;
      const join = (a: readonly [number, number], b: readonly [number, number]) =>
        line(a[0], a[1], b[0], b[1]);
      switch (kind) {
        case 1:
        case 14:
          join(left, top);
          break;
        case 2:
        case 13:
          join(top, right);
          break;
        case 4:
        case 11:
          join(right, bottom);
          break;
        case 8:
        case 7:
          join(bottom, left);
          break;
        case 3:
        case 12:
          join(left, right);
          break;
        case 6:
        case 9:
          join(top, bottom);
          break;
        case 5:
          join(left, top);
          join(right, bottom);
          break;
        case 10:
          join(top, right);
          join(bottom, left);
          break;
      }
    }
  }
  return pieces.join('');
}

export interface SliceMap {
  readonly places: ReadonlyMap<number, SlicePlace>;
  readonly outlines: readonly Outline[];
}

/** What is labelled on slice `k`, with its outlines. */
export function sliceMap(labels: Uint8Array, size: readonly [number, number, number], k: number): SliceMap {
  const [columns, rows] = size;
  const offset = columns * rows * k;
  const sums = new Map<number, { n: number; i: number; j: number; box: [number, number, number, number] }>();
  for (let j = 0, at = offset; j < rows; j++) {
    for (let i = 0; i < columns; i++, at++) {
      const label = labels[at]!;
      if (label === 0) continue;
      const sum = sums.get(label);
      if (sum === undefined) {
        sums.set(label, { n: 1, i, j, box: [i, j, i, j] });
        continue;
      }
      sum.n++;
      sum.i += i;
      sum.j += j;
      if (i < sum.box[0]) sum.box[0] = i;
      if (i > sum.box[2]) sum.box[2] = i;
      sum.box[3] = j;
    }
  }
  const places = new Map<number, SlicePlace>();
  const outlines: Outline[] = [];
  for (const [label, sum] of sums) {
    places.set(label, {
      label,
      voxels: sum.n,
      centre: [sum.i / sum.n + 0.5, sum.j / sum.n + 0.5],
      edge: edgeOf(
        labels,
        columns,
        offset,
        label,
        Math.round(sum.i / sum.n),
        Math.round(sum.j / sum.n),
        sum.box,
      ),
      box: sum.box,
    });
    outlines.push({ label, path: outlineOf(labels, columns, rows, offset, label, sum.box) });
  }
  return { places, outlines };
}

/** Walks from the centroid, or the labelled voxel of its row nearest to it, towards column 0 as far as the label goes. */
function edgeOf(
  labels: Uint8Array,
  columns: number,
  offset: number,
  label: number,
  i: number,
  j: number,
  box: SlicePlace['box'],
): readonly [number, number] {
  const at = (column: number) => labels[offset + column + columns * j] === label;
  let start = -1;
  for (let away = 0; away <= columns && start < 0; away++) {
    if (i - away >= box[0] && at(i - away)) start = i - away;
    else if (i + away <= box[2] && at(i + away)) start = i + away;
  }
  if (start < 0) return [box[0], j + 0.5];
  while (start > box[0] && at(start - 1)) start--;
  return [start, j + 0.5];
}
