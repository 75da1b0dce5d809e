import type { Vec3 } from '@foramen/spine';
import { type Anatomy, rasterise } from './anatomy.ts';
import { localToLps } from './local-frame.ts';
import { add, dot, type Plane } from './plane.ts';
import { clamp } from './prng.ts';
import { sacralEndplateAt, sacralEndplateMiddle } from './sacrum-shape.ts';
import type { PlacedVertebra } from './spine-column.ts';
import { CLASS } from './tissue.ts';
import { endplateAt } from './vertebra-shape.ts';

/** What is true of one disc, mm and degrees; `box` in pixels of the plane it was asked for. */
export interface DiscTruth {
  readonly name: string;
  readonly indexFromBottom: number;
  /** [row0, col0, row1, col1] of the disc with its endplates, or null when outside the picture. */
  readonly box: readonly [number, number, number, number] | null;
  readonly pfirrmann: number;
  readonly heightAnteriorMm: number;
  readonly heightMiddleMm: number;
  readonly heightPosteriorMm: number;
  readonly depthMm: number;
  readonly bulgeMm: number;
  readonly slipMm: number;
  readonly herniation: {
    readonly kind: string;
    readonly apMm: number;
    readonly widthMm: number;
    readonly lateralMm: number;
    readonly migrationMm: number;
  } | null;
  readonly stenosis: number;
  readonly canalApMm: number;
  readonly modicUpper: number;
  readonly modicLower: number;
  readonly schmorlUpper: boolean;
  readonly schmorlLower: boolean;
  readonly cage: boolean;
}

function toPixel(plane: Plane, p: Vec3): readonly [number, number] {
  const q = add(p, plane.origin, -1);
  return [dot(q, plane.dv) / dot(plane.dv, plane.dv), dot(q, plane.du) / dot(plane.du, plane.du)];
}

/** Midline point of a vertebra's endplate surface. */
export function endplatePoint(v: PlacedVertebra, a: number, sign: 1 | -1): Vec3 {
  return localToLps(v.frame, a, 0, sign * endplateAt(v, a, 0, sign));
}

export function discTruth(anatomy: Anatomy, plane: Plane): DiscTruth[] {
  const { column, spec, canal } = anatomy;
  return column.discs.map((d, k) => {
    const above = column.vertebrae[k]!;
    const below = k > 0 ? column.vertebrae[k - 1]! : null;
    const gap = (t: number): number => {
      const a = t * (d.depth / 2) * 0.8;
      const top = endplatePoint(above, a, -1);
      const s1 = column.sacrum[0]!;
      const bottom = below
        ? endplatePoint(below, a, 1)
        : localToLps(s1.frame, sacralEndplateMiddle(s1) + a, 0, sacralEndplateAt(s1, a));
      return Math.abs(dot(add(top, bottom, -1), d.frame.u));
    };
    const half = d.depth / 2;
    const corners: [number, number][] = [];
    for (const a of [-half - 4, half + 3])
      for (const u of [-1, 1]) {
        const p = localToLps(d.frame, a, 0, u * (d.spec.height / 2 + 6));
        corners.push([...toPixel(plane, p)] as [number, number]);
      }
    const r0 = Math.min(...corners.map((c) => c[0]));
    const r1 = Math.max(...corners.map((c) => c[0]));
    const c0 = Math.min(...corners.map((c) => c[1]));
    const c1 = Math.max(...corners.map((c) => c[1]));
    const outside = r1 < 0 || c1 < 0 || r0 >= plane.height || c0 >= plane.width;
    const s = canal.herniations.find((h) => h.disc === k);
    const round = (v: number): number => Math.round(v * 100) / 100;
    return {
      name: `${spec.vertebrae[k]!.name}-${k > 0 ? spec.vertebrae[k - 1]!.name : 'S1'}`,
      indexFromBottom: k + 1,
      box: outside ? null : [Math.round(r0), Math.round(c0), Math.round(r1), Math.round(c1)],
      pfirrmann: d.spec.pfirrmann,
      heightAnteriorMm: round(gap(1)),
      heightMiddleMm: round(gap(0)),
      heightPosteriorMm: round(gap(-1)),
      depthMm: round(d.depth),
      bulgeMm: round(d.spec.bulge),
      slipMm: round(above.spec.slip),
      herniation: s
        ? {
            kind: s.spec.kind,
            apMm: round(s.spec.ap),
            widthMm: round(s.spec.width),
            lateralMm: round(s.spec.lateral),
            migrationMm: round(s.spec.migration),
          }
        : null,
      stenosis: round(d.spec.stenosis),
      canalApMm: round(sacDepthAt(anatomy, k)),
      modicUpper: d.spec.modicUpper,
      modicLower: d.spec.modicLower,
      schmorlUpper: d.spec.schmorl.upper > 0,
      schmorlLower: d.spec.schmorl.lower > 0,
      cage: d.spec.cage,
    };
  });
}

/**
 * Antero-posterior extent of the dural sac in the midline at a disc, along the disc's own plane, mm: counted on a ray of
 * 0.2 mm steps, so that herniation, bulge, slip and flavum all tell.
 */
function sacDepthAt(anatomy: Anatomy, k: number): number {
  const d = anatomy.column.discs[k]!;
  const step = 0.2;
  const back: Vec3 = [-d.frame.a[0] * step, -d.frame.a[1] * step, -d.frame.a[2] * step];
  const origin = localToLps(d.frame, -d.depth / 2 + 6, 0, 0);
  const { label } = rasterise(anatomy, { origin, du: back, dv: d.frame.u, width: 200, height: 1 });
  let n = 0;
  for (const c of label) if (c === CLASS.duralSac || c === CLASS.cord) n++;
  return n * step;
}

/** What is true of a study whatever the plane: levels from below up, conus, sacral slope. */
export interface StudyTruth {
  readonly lumbarCount: number;
  /** Upper end plate of S1 against the horizontal, degrees. */
  readonly sacralSlopeDeg: number;
  /** Vertebra at which the cord ends: the nearer one where it ends beside a disc. */
  readonly conusAt: string;
  readonly duralSacDepthMm: number;
  readonly muscleFatFraction: number;
  readonly discs: readonly DiscTruth[];
}

export function studyTruth(anatomy: Anatomy): StudyTruth {
  const { spec } = anatomy;
  // The end plate as it is drawn: the sacrum leans further than the column's base does.
  const [, y, z] = anatomy.column.sacrum[0]!.frame.a;
  const nowhere: Plane = { origin: [0, 0, 0], du: [0, 1, 0], dv: [0, 0, -1], width: 0, height: 0 };
  const discs = discTruth(anatomy, nowhere).map((d) => ({ ...d, box: null }));
  return {
    lumbarCount: spec.lumbarCount,
    sacralSlopeDeg: Math.round((Math.atan2(-z, -y) * 1800) / Math.PI) / 10,
    conusAt: spec.vertebrae[clamp(Math.round(spec.conus), 0, spec.vertebrae.length - 1)]!.name,
    duralSacDepthMm: Math.round(spec.sacDepth * 10) / 10,
    muscleFatFraction: Math.round(spec.muscleFat * 100) / 100,
    discs,
  };
}
