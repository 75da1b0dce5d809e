import { type Affine, affineFrom, type Volume } from '@foramen/spine';
import { along, distance, middle, minus, type Point, superiorOf, times, unit } from '../measures/geometry.ts';
import { CLASS } from '../segmentation/model.ts';

/** What to draw. Lengths in mm, angles in degrees; arrays run from L5-S1 upwards. */
export interface DrawnSpec {
  readonly sizeMm?: readonly [number, number];
  readonly pixelMm?: number;
  readonly slices?: number;
  readonly sliceMm?: number;
  readonly sacralSlopeDeg?: number;
  readonly bodies?: number;
  readonly bodyHeightMm?: number;
  readonly bodyDepthMm?: number;
  /** Anterior and posterior height of each disc. */
  readonly discs?: readonly (readonly [number, number])[];
  /** Forward shift of the vertebra above the disc. */
  readonly slipMm?: readonly number[];
  /** Disc tissue behind the corner line at each disc, mm. */
  readonly bulgeMm?: readonly number[];
  readonly sacApMm?: number;
  /** Leaves out the sacrum (picture ends above it or the network missed it). */
  readonly noSacrum?: boolean;
  /** Half thickness of a bridge of bone through this disc. */
  readonly bridgeAt?: number;
  /** Down to this row (mm) the sac's content is drawn as cord. */
  readonly cordTo?: number;
  /** The first sacral segment is drawn as a free vertebral body with a disc of this share of full length below it. */
  readonly freeS1?: number;
  /** No disc tissue between the lowest body and the sacrum: bone instead. */
  readonly fusedLowest?: boolean;
}

/** A vertebral column drawn with straight edges, with the measures it was drawn from. */
interface DrawnSpine {
  readonly truth: Volume<Uint8Array>;
  readonly picture: Volume;
  readonly quads: readonly (readonly [Point, Point, Point, Point])[];
  readonly spec: Required<Pick<DrawnSpec, 'discs' | 'slipMm' | 'bulgeMm'>>;
}

const GREY: readonly number[] = [60, 120, 90, 80, 240, 110, 100];

function inside(p: Point, polygon: readonly Point[]): boolean {
  let hit = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i] as Point;
    const b = polygon[j] as Point;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0])
      hit = !hit;
  }
  return hit;
}

interface Shape {
  readonly polygon: readonly Point[];
  readonly c: number;
  readonly halfWidthMm: number;
}

/**
 * Draws bodies as quadrilaterals on a lordotic column rising from the sacrum, discs between, a sac behind, spinous processes
 * and a sacrum; extruded over the slices. Used where the measuring code must be right to a fraction of a pixel.
 */
export function drawSpine(spec: DrawnSpec = {}): DrawnSpine {
  const pixel = spec.pixelMm ?? 0.6;
  const [wMm, hMm] = spec.sizeMm ?? [200, 280];
  const n = spec.bodies ?? 7;
  const discs = Array.from(
    { length: n },
    (_, i) => spec.discs?.[i] ?? ([12 - i * 0.6, 7.5 - i * 0.2] as const),
  );
  const slipMm = Array.from({ length: n }, (_, i) => spec.slipMm?.[i] ?? 0);
  const bulgeMm = Array.from({ length: n }, (_, i) => spec.bulgeMm?.[i] ?? 0);
  const depth = spec.bodyDepthMm ?? 33;
  const height = spec.bodyHeightMm ?? 27;
  const tilt = ((spec.sacralSlopeDeg ?? 36) * Math.PI) / 180;
  const shapes: Shape[] = [];
  const quads: [Point, Point, Point, Point][] = [];
  // Superior end plate of S1: posterior direction points up and back when the front end is lower.
  let back: Point = [Math.cos(tilt), -Math.sin(tilt)];
  let anterior: Point = [wMm * 0.36, hMm * 0.8];
  let posterior = along(anterior, back, depth);
  const s1: readonly [Point, Point] = [anterior, posterior];
  const walls: Point[] = [posterior];
  for (let i = 0; i < n; i++) {
    const [ha, hp] = discs[i] as readonly [number, number];
    // Heights are measured square to the bisector of the two end plates.
    const half = Math.asin((ha - hp) / 2 / depth);
    const turn = (p: Point, angle: number): Point => [
      p[0] * Math.cos(angle) - p[1] * Math.sin(angle),
      p[0] * Math.sin(angle) + p[1] * Math.cos(angle),
    ];
    const bisector = turn(back, half);
    const upperBack = turn(back, 2 * half);
    const up = superiorOf(bisector);
    const forward = times(bisector, -(slipMm[i] as number));
    const lowerMiddle = middle(anterior, posterior);
    const upperMiddle = along([lowerMiddle[0] + forward[0], lowerMiddle[1] + forward[1]], up, (ha + hp) / 2);
    const inferiorAnterior = along(upperMiddle, upperBack, -depth / 2);
    const inferiorPosterior = along(upperMiddle, upperBack, depth / 2);
    const bulge = bulgeMm[i] as number;
    const apex = along(middle(posterior, inferiorPosterior), bisector, bulge);
    const edge: Point[] =
      bulge > 0
        ? [
            along(posterior, bisector, 0),
            along(posterior, bisector, bulge * 0.7),
            apex,
            along(inferiorPosterior, bisector, bulge * 0.7),
          ]
        : [posterior];
    shapes.push({
      polygon: [anterior, ...edge, inferiorPosterior, inferiorAnterior],
      c: i === 0 && spec.fusedLowest ? CLASS.sacrum : CLASS.disc,
      halfWidthMm: 23,
    });
    back = upperBack;
    const rise = superiorOf(back);
    anterior = along(inferiorAnterior, rise, height);
    posterior = along(inferiorPosterior, rise, height);
    const quad: [Point, Point, Point, Point] = [anterior, posterior, inferiorPosterior, inferiorAnterior];
    quads.push(quad);
    shapes.push({ polygon: quad, c: CLASS.body, halfWidthMm: 22 });
    if (spec.bridgeAt === i) {
      const m = middle(middle(posterior, anterior), middle(inferiorPosterior, inferiorAnterior));
      const c = along(m, rise, -height);
      shapes.push({
        polygon: [along(c, back, -1.5), along(c, back, 1.5), along(m, back, 1.5), along(m, back, -1.5)],
        c: CLASS.body,
        halfWidthMm: 22,
      });
    }
    walls.push(inferiorPosterior, posterior);
    const root = along(inferiorPosterior, back, 22);
    shapes.push({
      polygon: [
        along(root, rise, 10),
        along(along(root, back, 26), rise, 2),
        along(along(root, back, 26), rise, -12),
        along(root, rise, -4),
      ],
      c: CLASS.posterior,
      halfWidthMm: 4,
    });
  }
  const s1Down = superiorOf(unit(minus(s1[1], s1[0])));
  const sacrum: Point[] = [
    s1[0],
    s1[1],
    along(along(s1[1], s1Down, -60), unit(minus(s1[1], s1[0])), -6),
    along(along(s1[0], s1Down, -60), unit(minus(s1[1], s1[0])), 10),
  ];
  if (!spec.noSacrum) shapes.push({ polygon: sacrum, c: CLASS.sacrum, halfWidthMm: 40 });
  if (spec.freeS1 !== undefined) {
    const backS1 = unit(minus(s1[1], s1[0]));
    const low = along(middle(s1[0], s1[1]), s1Down, -26);
    const half = depth * 0.42;
    shapes.push({
      polygon: [s1[0], s1[1], along(low, backS1, half), along(low, backS1, -half)],
      c: CLASS.body,
      halfWidthMm: 22,
    });
    const length = (half * spec.freeS1) as number;
    const bottom = along(low, s1Down, -4.5);
    shapes.push({
      polygon: [
        along(low, backS1, -length),
        along(low, backS1, length),
        along(bottom, backS1, length),
        along(bottom, backS1, -length),
      ],
      c: CLASS.disc,
      halfWidthMm: 20,
    });
  }
  const sacAp = spec.sacApMm ?? 13;
  const line = [along(s1[1], s1Down, -45), ...walls];
  const front: Point[] = [];
  const rear: Point[] = [];
  line.forEach((p, i) => {
    const a = line[Math.max(0, i - 1)] as Point;
    const b = line[Math.min(line.length - 1, i + 1)] as Point;
    const d = distance(a, b) > 0 ? unit(minus(b, a)) : ([0, -1] as Point);
    const out: Point = [-d[1], d[0]];
    front.push(along(p, out, 4));
    rear.push(along(p, out, 4 + sacAp));
  });
  const sac: Shape = { polygon: [...front, ...rear.reverse()], c: CLASS.sac, halfWidthMm: 8 };
  const all = [sac, ...shapes.filter((s) => s.c !== CLASS.disc), ...shapes.filter((s) => s.c === CLASS.disc)];
  return { ...raster(all, wMm, hMm, pixel, spec), quads, spec: { discs, slipMm, bulgeMm } };
}

function raster(
  shapes: readonly Shape[],
  wMm: number,
  hMm: number,
  pixel: number,
  spec: DrawnSpec,
): { truth: Volume<Uint8Array>; picture: Volume } {
  const w = Math.round(wMm / pixel);
  const h = Math.round(hMm / pixel);
  const depth = spec.slices ?? 1;
  const sliceMm = spec.sliceMm ?? 4;
  const truth = new Uint8Array(w * h * depth);
  const boxed = shapes.map((s) => ({
    ...s,
    x0: Math.min(...s.polygon.map((p) => p[0])),
    x1: Math.max(...s.polygon.map((p) => p[0])),
    y0: Math.min(...s.polygon.map((p) => p[1])),
    y1: Math.max(...s.polygon.map((p) => p[1])),
  }));
  for (let j = 0; j < h; j++) {
    for (let i = 0; i < w; i++) {
      const p: Point = [(i + 0.5) * pixel, (j + 0.5) * pixel];
      for (const s of boxed) {
        if (p[0] < s.x0 || p[0] > s.x1 || p[1] < s.y0 || p[1] > s.y1 || !inside(p, s.polygon)) continue;
        for (let k = 0; k < depth; k++) {
          if (Math.abs((k - (depth - 1) / 2) * sliceMm) > s.halfWidthMm) continue;
          const at = i + w * (j + h * k);
          const c = s.c === CLASS.sac && spec.cordTo !== undefined && p[1] < spec.cordTo ? CLASS.cord : s.c;
          // Bodies and discs are drawn over the sac's edge, a bridge over its disc.
          if (s.c === CLASS.disc && truth[at] === CLASS.body) continue;
          truth[at] = c;
        }
      }
    }
  }
  const spacing = [pixel, pixel, sliceMm] as const;
  const ijkToLps: Affine = affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    spacing,
    [(-(depth - 1) / 2) * sliceMm, -60, 120],
  );
  const size = [w, h, depth] as const;
  const data = Float32Array.from(truth, (c, at) => (GREY[c] as number) + ((at * 7919) % 13) - 6);
  return { truth: { size, spacing, ijkToLps, data: truth }, picture: { size, spacing, ijkToLps, data } };
}
