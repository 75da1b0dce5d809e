import type { Affine, Vec3 } from '@foramen/spine';
import type { Picture, PictureSource } from '../record/picture.ts';

type CutPlane = 'sagittal' | 'axial' | 'coronal';

/** Millimetres between voxels up to which a cut across the slices of a series is a picture of its own: 3-D sequences, not stacks of thick slices. */
const FINE_MM = 1.5;
/** A cut through fewer slices shows a strip. */
const FEWEST_SLICES = 24;
/** Voxels a series may have: the cut is a second copy of it in memory. */
const MOST_VOXELS = 32_000_000;
/** Cosine at which an axis of the series still counts as one of the body's: beyond 30 degrees a cut would go by a wrong name. */
const STRAIGHT = 0.87;

/** Which way columns, rows and slices of a picture run in patient coordinates (LPS), as a radiologist hangs it; slices of an axial one from the head down. */
const RUNS: Readonly<Record<CutPlane, readonly [Vec3, Vec3, Vec3]>> = {
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  axial: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, -1],
  ],
  coronal: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
};
const PLANES = Object.keys(RUNS) as readonly CutPlane[];

function column(a: Affine, axis: number): Vec3 {
  return [a[axis]!, a[4 + axis]!, a[8 + axis]!];
}

/** Which axis of the series runs along each axis of the cut, and whether backwards; null where the series lies too oblique. */
function axesOf(
  a: Affine,
  plane: CutPlane,
): readonly { readonly axis: number; readonly back: boolean }[] | null {
  const found = RUNS[plane].map((way) => {
    for (const axis of [0, 1, 2]) {
      const c = column(a, axis);
      const cosine = (c[0] * way[0] + c[1] * way[1] + c[2] * way[2]) / Math.hypot(...c);
      if (Math.abs(cosine) >= STRAIGHT) return { axis, back: cosine < 0 };
    }
    return null;
  });
  const all = found.flatMap((one) => (one === null ? [] : [one]));
  return new Set(all.map(({ axis }) => axis)).size === 3 ? all : null;
}

/** The same voxels in the order of another plane, none between them made up: spacing and place go with them. */
export function cutOf(picture: Picture, plane: CutPlane): Picture {
  const a = picture.ijkToLps;
  const axes = a === null ? null : axesOf(a, plane);
  if (a === null || axes === null) throw new Error(`${picture.title} has no ${plane} plane`);
  const stride = [1, picture.size[0], picture.size[0] * picture.size[1]];
  const size = axes.map(({ axis }) => picture.size[axis]!) as unknown as Vec3;
  const steps = axes.map(({ axis, back }) => (back ? -1 : 1) * stride[axis]!);
  const first = axes.reduce((at, { axis, back }, n) => at + (back ? (size[n]! - 1) * stride[axis]! : 0), 0);
  const inOrder = <T extends Picture['data']>(from: T): T => {
    const to = from.slice() as T;
    let at = 0;
    for (let k = 0; k < size[2]; k++)
      for (let j = 0; j < size[1]; j++) {
        let source = first + k * steps[2]! + j * steps[1]!;
        for (let i = 0; i < size[0]; i++, source += steps[0]!) to[at++] = from[source]!;
      }
    return to;
  };
  const columns = axes.map(({ axis, back }) => column(a, axis).map((v) => (back ? -v : v)));
  const origin = [0, 1, 2].map((row) =>
    axes.reduce(
      (sum, { axis, back }, n) => sum + (back ? column(a, axis)[row]! * (size[n]! - 1) : 0),
      a[4 * row + 3]!,
    ),
  );
  const rows = [0, 1, 2].flatMap((row) => [...columns.map((c) => c[row]!), origin[row]!]);
  return {
    ...picture,
    ...named(picture, plane),
    size,
    spacing: axes.map(({ axis }) => picture.spacing[axis]!) as unknown as Vec3,
    ijkToLps: [...rows, 0, 0, 0, 1] as unknown as Affine,
    data: inOrder(picture.data),
    labels: picture.labels === null ? null : inOrder(picture.labels),
    keySlice: Math.floor(size[2] / 2),
  };
}

/** What is measured on a cut is kept under a number of its own: its points are none of the series' pixels. */
function named(of: Pick<Picture, 'id' | 'series' | 'title'>, plane: CutPlane) {
  return {
    id: `${of.id}/${plane}`,
    series: { uid: null, number: 1000 * (1 + PLANES.indexOf(plane)) + of.series.number },
    title: `${of.title}, ${plane} cut`,
    plane,
  };
}

/** The series of a study, and after them the other two planes of each that is fine in all directions (multiplanar reformat). */
export function withCuts(sources: readonly PictureSource[]): readonly PictureSource[] {
  const cuts = sources.flatMap((source) => {
    const { place } = source;
    const a = place?.ijkToLps;
    if (!place || !a || Math.min(...place.size) < FEWEST_SLICES) return [];
    if (place.size[0] * place.size[1] * place.size[2] > MOST_VOXELS) return [];
    if ([0, 1, 2].some((axis) => Math.hypot(...column(a, axis)) > FINE_MM)) return [];
    return PLANES.filter((plane) => plane !== source.plane && axesOf(a, plane) !== null).map(
      (plane): PictureSource => {
        const axes = axesOf(a, plane)!;
        return {
          ...named(source, plane),
          role: null,
          slices: place.size[axes[2]!.axis]!,
          // The same room in the same coordinates, whatever the order of its voxels.
          place,
          load: async (signal) => cutOf(await source.load(signal), plane),
        };
      },
    );
  });
  return [...sources, ...cuts];
}
