import { type PlacedForamen, ROOT_ABOVE_DISC_MM } from './foramen.ts';
import { localToLps } from './local-frame.ts';
import { pedicleAside } from './posterior-elements.ts';
import { clamp, type Rng } from './prng.ts';
import type { SpineColumn } from './spine-column.ts';
import { alongWall, type SpineCoordinates } from './spine-coordinates.ts';
import type { HerniationSpec, SpineSpec } from './spine-spec.ts';

/** A herniation placed along the wall: `s` of its disc's middle. */
interface PlacedHerniation {
  readonly disc: number;
  readonly s: number;
  readonly spec: HerniationSpec;
}

/** Cross-section of sac, cord and canal every millimetre of s. Lengths in mm, d behind the posterior wall. */
export interface Canal {
  readonly s0: number;
  readonly centre: Float32Array;
  readonly halfDepth: Float32Array;
  readonly halfWidth: Float32Array;
  readonly cordHalf: Float32Array;
  /** Back of the bony canal and ligamenta flava, midline. */
  readonly back: Float32Array;
  /** 1 between laminae (flavum and fat behind the sac), 0 under a lamina. */
  readonly window: Float32Array;
  /** Disc bulge at each s, already in mm. */
  readonly bulge: Float32Array;
  /** Narrowing from behind and the sides, 0 to 1. */
  readonly narrowing: Float32Array;
  readonly herniations: readonly PlacedHerniation[];
  /** Foramina whose fat is known; the others are drawn open. */
  readonly foramina: readonly PlacedForamen[];
  readonly roots: readonly {
    readonly l: number;
    readonly d: number;
    readonly phase: number;
    readonly ends: number;
  }[];
  readonly conusS: number;
  readonly sacEndS: number;
}

const bump = (x: number, sigma: number): number => Math.exp(-(x * x) / (2 * sigma * sigma));

export function buildCanal(spec: SpineSpec, column: SpineColumn, c: SpineCoordinates, rng: Rng): Canal {
  const n = c.wallX.length;
  const f = (): Float32Array => new Float32Array(n);
  const canal = {
    centre: f(),
    halfDepth: f(),
    halfWidth: f(),
    cordHalf: f(),
    back: f(),
    window: f(),
    bulge: f(),
    narrowing: f(),
  };
  const discS = column.discs.map((d) => alongWall(c, localToLps(d.frame, -d.depth / 2, 0, 0)));
  const bodyS = column.vertebrae.map((v) => alongWall(c, localToLps(v.frame, -v.spec.depth / 2, 0, 0)));
  const k0 = clamp(Math.floor(spec.conus), 0, bodyS.length - 2);
  const conusS = bodyS[k0]! + (spec.conus - k0) * (bodyS[k0 + 1]! - bodyS[k0]!);
  const s2 = column.sacrum[1]!;
  const sacEndS = alongWall(c, localToLps(s2.frame, -s2.depthTop / 2, 0, 0)) + rng.normal(0, 7);
  const base = spec.sacDepth;
  const sway = rng.range(0, 6.28);
  const lowGap = rng.range(1.5, 6);
  for (let i = 0; i < n; i++) {
    const s = c.s0 + i;
    let window = 0;
    let bulge = 0;
    let narrow = 0;
    for (let k = 0; k < discS.length; k++) {
      const off = s - discS[k]!;
      if (Math.abs(off) > 30) continue;
      const d = spec.discs[k]!;
      window = Math.max(window, bump(off + 3, 6));
      bulge = Math.max(bulge, d.bulge * bump(off, 3 + d.height * 0.3));
      narrow = Math.max(narrow, d.stenosis * bump(off + 1, 7));
    }
    // Above L1 the sac is a little shallower; below L5 it tapers to its end at S2.
    const taper = clamp((s - sacEndS) / 58, 0, 1);
    const upper = s > conusS ? 0.94 : 1;
    const half = (base / 2) * upper * Math.sqrt(taper) * (1 + 0.05 * Math.sin(s / 23 + sway));
    const low = clamp(1 - s / 30, 0, 1);
    const gap = 1 + (1 - bump(0, 1) * window) * 0.9 * clamp(1 - (s - 80) / 60, 0, 1) + low * lowGap;
    const sacHalf = half * (1 - 0.66 * narrow);
    canal.halfDepth[i] = s > sacEndS ? Math.max(sacHalf, 0.5) : 0;
    canal.halfWidth[i] = s > sacEndS ? (spec.sacWidth / 2) * Math.sqrt(taper) * (1 - 0.5 * narrow) : 0;
    canal.centre[i] = gap + half * (1 - 0.4 * narrow) + bulge * (0.45 + 0.35 * narrow);
    canal.cordHalf[i] =
      s > conusS
        ? Math.min(3.3, base * 0.27) *
          Math.sqrt(clamp((s - conusS) / 22, 0, 1)) *
          (1 + 0.08 * bump(s - conusS - 28, 14))
        : 0;
    const v = nearestIndex(bodyS, s);
    const bony = s < -4 ? base * clamp((s - sacEndS + 25) / 70, 0.25, 1) + 3 : spec.vertebrae[v]!.canalDepth;
    canal.back[i] = Math.max(bony, canal.centre[i]! + half + 0.6) - narrow * 1.5;
    canal.window[i] = window;
    canal.bulge[i] = bulge;
    canal.narrowing[i] = narrow;
  }
  const herniations = spec.discs.flatMap((d, k) =>
    d.herniation ? [{ disc: k, s: discS[k]!, spec: d.herniation }] : [],
  );
  const foramina = spec.discs.flatMap((d, disc) =>
    d.foramina
      ? [
          {
            disc,
            s: discS[disc]! + ROOT_ABOVE_DISC_MM,
            pedicleMm: pedicleAside(spec.vertebrae[disc]!, disc),
            spec: d.foramina,
          },
        ]
      : [],
  );
  const roots = Array.from({ length: 22 }, (_, k) => ({
    l: (rng.next() * 2 - 1) * 0.8,
    d: rng.range(0.05, 0.85),
    phase: rng.range(0, 6.28),
    ends: sacEndS + (conusS - sacEndS) * (k / 24),
  }));
  return { s0: c.s0, ...canal, herniations, foramina, roots, conusS, sacEndS };
}

function nearestIndex(values: readonly number[], s: number): number {
  let best = 0;
  for (let k = 1; k < values.length; k++)
    if (Math.abs(values[k]! - s) < Math.abs(values[best]! - s)) best = k;
  return best;
}

/**
 * How far herniated material reaches behind the wall at (s, lat), mm, and 0 where there is none. Protrusions are broad
 * caps on the disc; extrusions and sequestra are drops whose middle may have migrated.
 */
export function herniationDepth(h: PlacedHerniation, s: number, lat: number, discHeight: number): number {
  const { spec } = h;
  const l = (lat - spec.lateral) / (spec.width / 2);
  if (l * l >= 1) return 0;
  const cap = Math.sqrt(1 - l * l);
  const neck = Math.max(discHeight * 0.55, 3);
  const off = s - h.s;
  let depth = 0;
  if (spec.kind !== 'sequestration') {
    const r = off / neck;
    if (r * r < 1) depth = spec.ap * cap * Math.sqrt(1 - r * r) * (spec.kind === 'protrusion' ? 1 : 0.75);
  }
  if (spec.kind !== 'protrusion') {
    const centre = spec.migration * (spec.kind === 'sequestration' ? 1.3 : 0.6);
    const long = neck + Math.abs(spec.migration) * 0.6;
    const r = (off - centre) / long;
    if (r * r < 1) depth = Math.max(depth, spec.ap * cap * Math.sqrt(1 - r * r));
  }
  return depth;
}
