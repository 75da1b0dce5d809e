import { z } from 'zod';
import { decimals } from './decimals.ts';
import { DISC_LEVELS } from './level.ts';

/** What a reader draws on a slice: a length, the angle between two lines, an outlined area, or the top of an iliac crest. */
const MARK_KINDS = ['length', 'angle', 'area', 'crest'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Points each kind is made of. */
const POINTS: Readonly<Record<MarkKind, readonly [least: number, most: number]>> = {
  length: [2, 2],
  angle: [4, 4],
  area: [3, 400],
  crest: [1, 1],
};

const number = z.number().min(-1e5).max(1e5);

/**
 * A drawing with the place it was made on. `points` are voxel units of the series' canonical grid (a voxel's centre is at i + 0.5, j + 0.5),
 * `lps` the same points in the study's frame of reference, null where the picture has no position. An angle's points are both ends of its
 * first line, then of its second.
 */
export const markDrawing = z
  .object({
    kind: z.enum(MARK_KINDS),
    seriesUid: z.string().max(200).nullable(),
    /** Number of the picture in its study, for series that have no UID. */
    series: z.number().int().min(0).max(10_000),
    title: z.string().max(200),
    slice: z.number().int().min(0).max(100_000),
    spacingMm: z.tuple([z.number().positive().max(100), z.number().positive().max(100)]),
    points: z.array(z.tuple([number, number])).max(400),
    lps: z
      .array(z.tuple([number, number, number]))
      .max(400)
      .nullable(),
    level: z.enum(DISC_LEVELS).nullable().default(null),
    note: z.string().max(500).default(''),
  })
  .refine(
    ({ kind, points }) => points.length >= POINTS[kind][0] && points.length <= POINTS[kind][1],
    'another number of points than this kind has',
  )
  .refine(({ lps, points }) => lps === null || lps.length === points.length, 'one position for each point')
  .refine(({ kind, lps }) => kind !== 'crest' || lps !== null, 'a crest needs a picture with a position');
export type MarkDrawing = z.infer<typeof markDrawing>;

/** A drawing as it is kept: every change is a revision of its own, and one that was taken away can be brought back. */
export interface ReaderMark {
  readonly id: string;
  readonly revision: number;
  readonly removed: boolean;
  readonly drawing: MarkDrawing;
  /** Of the series, where it states one. */
  readonly frameOfReferenceUid: string | null;
  /** Who made this revision, and when; and when the mark was first drawn, ISO 8601. */
  readonly author: string;
  readonly at: string;
  readonly drawnAt: string;
}

type Point = readonly [number, number];

/** Value and unit of a drawing; null for a crest, whose height is read against its disc (`crestHeight`). */
export function markValue({ kind, points, spacingMm }: Pick<MarkDrawing, 'kind' | 'points' | 'spacingMm'>): {
  readonly value: number;
  readonly unit: 'mm' | 'deg' | 'mm2';
} | null {
  const mm = points.map(([i, j]): Point => [i * spacingMm[0], j * spacingMm[1]]);
  const along = (a: number, b: number): Point => {
    const [p, q] = [mm[a] ?? [0, 0], mm[b] ?? [0, 0]];
    return [q[0] - p[0], q[1] - p[1]];
  };
  switch (kind) {
    case 'length':
      return { value: Math.hypot(...along(0, 1)), unit: 'mm' };
    case 'angle':
      return { value: between(along(0, 1), along(2, 3)), unit: 'deg' };
    case 'area':
      return { value: shoelace(mm), unit: 'mm2' };
    case 'crest':
      return null;
  }
}

/** Angle between two lines, 0 to 90 degrees: which way a line was drawn does not matter (Cobb). */
function between(u: Point, v: Point): number {
  const size = Math.hypot(...u) * Math.hypot(...v);
  if (size === 0) return 0;
  return (Math.acos(Math.min(1, Math.abs(u[0] * v[0] + u[1] * v[1]) / size)) * 180) / Math.PI;
}

function shoelace(outline: readonly Point[]): number {
  let twice = 0;
  outline.forEach(([x, y], n) => {
    const [nx, ny] = outline[(n + 1) % outline.length] ?? [0, 0];
    twice += x * ny - nx * y;
  });
  return Math.abs(twice) / 2;
}

const UNIT = { mm: ' mm', mm2: ' mm²', deg: '°' } as const;
/** Digits that pixels of half a millimetre bear out. */
const DIGITS = { mm: 1, mm2: 0, deg: 1 } as const;

/** "12.4 mm", "23.0°", "134 mm²"; without a position the spacing may have been assumed, so millimetres are marked. Empty for a crest. */
export function markText(drawing: Pick<MarkDrawing, 'kind' | 'points' | 'spacingMm' | 'lps'>): string {
  const found = markValue(drawing);
  if (found === null) return '';
  const about = drawing.lps === null && found.unit !== 'deg' ? '≈ ' : '';
  return `${about}${decimals(found.value, DIGITS[found.unit])}${UNIT[found.unit]}`;
}
