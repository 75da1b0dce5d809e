import type { Side } from '@foramen/spine';
import type { FacetSpec } from './facet-joints.ts';
import type { ForamenSpec } from './foramen.ts';
import type { ParaspinalSpec } from './paraspinal.ts';
import { clamp, type Rng } from './prng.ts';

type HerniationKind = 'protrusion' | 'extrusion' | 'sequestration';

/** One herniation. Lengths in mm: `ap` behind the posterior wall line, `width` across, `migration` positive upward. */
export interface HerniationSpec {
  readonly kind: HerniationKind;
  readonly ap: number;
  readonly width: number;
  /** Centre of the base from the midline, mm, positive to the left. */
  readonly lateral: number;
  readonly migration: number;
}

export interface DiscSpec {
  readonly pfirrmann: 1 | 2 | 3 | 4 | 5;
  /** Distance of the endplates' rims in the middle of the disc, mm; the hollow of the endplates comes on top. */
  readonly height: number;
  readonly wedge: number;
  readonly bulge: number;
  readonly anteriorBulge: number;
  readonly cleft: number;
  readonly herniation: HerniationSpec | null;
  /** 0 none to 1: narrowing of the sac by flavum and facets at this disc. */
  readonly stenosis: number;
  /** 0 open to 1 closed. */
  readonly foraminal: Readonly<Record<Side, number>>;
  readonly schmorl: { readonly upper: number; readonly lower: number; readonly at: number };
  readonly modicUpper: 0 | 1 | 2 | 3;
  readonly modicLower: 0 | 1 | 2 | 3;
  readonly cage: boolean;
  /** Facet joints of known angle with recesses of known depth; without it they are drawn as everywhere else. */
  readonly facets?: FacetSpec;
  /** Exiting roots with the fat around them; without it they are drawn as everywhere else. */
  readonly foramina?: Readonly<Record<Side, ForamenSpec>>;
}

export interface VertebraSpec {
  readonly name: string;
  readonly height: number;
  /** Anterior-to-posterior difference of body height as an angle, radians, positive when taller in front. */
  readonly wedge: number;
  readonly depth: number;
  readonly width: number;
  readonly concavity: number;
  readonly waist: number;
  /** Forward shift against the vertebra below, mm (negative: backward). */
  readonly slip: number;
  /** Share of the body height lost in the middle and in front. */
  readonly fracture: number;
  readonly osteophyte: number;
  readonly haemangioma: number;
  readonly screws: boolean;
  readonly spinousLength: number;
  readonly canalDepth: number;
  readonly bifid: boolean;
}

/** Index 0 is the lowest: vertebra 0 stands on disc 0, which stands on the sacrum. */
export interface SpineSpec {
  readonly age: number;
  readonly sex: 'female' | 'male';
  readonly scale: number;
  readonly lumbarCount: 4 | 5 | 6;
  readonly sacralSlope: number;
  readonly vertebrae: readonly VertebraSpec[];
  readonly discs: readonly DiscSpec[];
  readonly lateralLean: readonly number[];
  /** Vertebra index (may be fractional) at which the cord ends. */
  readonly conus: number;
  readonly sacDepth: number;
  readonly sacWidth: number;
  readonly muscleFat: number;
  readonly subcutaneous: number;
  /** Multifidus and erector spinae apart, each with its own share of fat; without it the back is one muscle. */
  readonly paraspinal?: ParaspinalSpec;
  /** Thickness of the remnant disc between S1 and S2, mm. */
  readonly sacralRemnant: number;
  /** The uppermost sacral segment is square, over a disc as deep as it is: a lumbarised S1, or a sacralised L5 (O'Driscoll type 4). */
  readonly squareS1?: boolean;
}

export interface SpineOptions {
  readonly age?: number;
  readonly sex?: 'female' | 'male';
  readonly scale?: number;
  /** 0 young and healthy to 1 worn throughout. */
  readonly degeneration?: number;
  readonly lumbarCount?: 4 | 5 | 6;
  /** Chance weights of random lesions; 0 makes a spine with none but those given in `discs` and `vertebrae`. */
  readonly lesions?: number;
  readonly scoliosisDeg?: number;
  /** Forward tilt of the sacral endplate; lordosis follows it. */
  readonly sacralSlopeDeg?: number;
  readonly conus?: number;
  readonly muscleFat?: number;
  readonly sacDepth?: number;
  readonly subcutaneous?: number;
  readonly paraspinal?: ParaspinalSpec;
  readonly sacralRemnant?: number;
  readonly squareS1?: boolean;
  readonly discs?: Readonly<Record<number, Partial<DiscSpec>>>;
  readonly vertebrae?: Readonly<Record<number, Partial<VertebraSpec>>>;
}

/** Population means from the sacrum up: body height, depth, width, disc height (mm); lordosis shares of disc and body. */
const HEIGHT = [27, 27.5, 27.5, 27.3, 26.5, 25, 23.5, 22.5, 21.5, 21];
const DEPTH = [34.5, 34.5, 34, 33, 32, 30.5, 30, 29.5, 28.5, 28];
const WIDTH = [51, 48.5, 46, 44, 42.5, 41, 39, 36, 34, 33];
const DISC = [8.6, 9.4, 8.8, 7.8, 6.6, 5.2, 4.3, 3.8, 3.4, 3.3];
const DISC_SHARE = [0.25, 0.19, 0.14, 0.1, 0.06, 0.02, 0, 0, 0, 0];
const BODY_SHARE = [0.15, 0.05, 0.02, 0.01, 0.0, -0.02, -0.02, -0.02, -0.02, -0.02];

/** Height of a disc that is not worn, mm: of disc `k` from the sacrum up, in a person whose body there is `depth` mm deep. */
export function usualDiscHeight(k: number, depth: number): number {
  return (DISC[k]! * depth) / DEPTH[k]!;
}

function vertebraName(index: number, lumbarCount: number): string {
  const lumbar = lumbarCount - index;
  return lumbar >= 1 ? `L${lumbar}` : `T${12 + lumbar}`;
}

function herniationFrom(rng: Rng, scale: number): HerniationSpec {
  const kind = rng.pick<HerniationKind>([
    'protrusion',
    'protrusion',
    'extrusion',
    'extrusion',
    'sequestration',
  ]);
  const ap = (kind === 'protrusion' ? rng.range(3, 6.5) : rng.range(5, 11)) * scale;
  return {
    kind,
    ap,
    width: rng.range(8, 20) * scale,
    lateral: rng.normal(0, 6) * scale,
    migration: kind === 'protrusion' ? 0 : rng.normal(-2, 7),
  };
}

function discSpec(rng: Rng, k: number, wear: number, scale: number, lesions: number): DiscSpec {
  const own = clamp(wear + rng.normal(k < 3 ? 0.08 : -0.06, 0.22), 0, 1);
  const pfirrmann = (own < 0.12 ? 1 : own < 0.36 ? 2 : own < 0.6 ? 3 : own < 0.83 ? 4 : 5) as
    | 1
    | 2
    | 3
    | 4
    | 5;
  const loss = [0, 0, 0.04, 0.18, 0.5][pfirrmann - 1]! * rng.range(0.6, 1.35);
  const risky = k < 3 ? 1 : 0.35;
  const hernia = rng.chance(lesions * risky * (pfirrmann >= 3 ? 0.3 : 0.06));
  const modic = (): 0 | 1 | 2 | 3 =>
    rng.chance(lesions * (pfirrmann >= 4 ? 0.35 : 0.04)) ? rng.pick<1 | 2 | 3>([1, 1, 2, 2, 2, 3]) : 0;
  const schmorl = (): number => (rng.chance(lesions * 0.13) ? rng.range(2, 7) : 0);
  return {
    pfirrmann,
    height: Math.max(2.4, DISC[k]! * scale * rng.range(0.85, 1.15) * (1 - loss)),
    wedge: DISC_SHARE[k]!,
    bulge: own < 0.3 ? rng.range(0, 1) : rng.range(0.2, 1.5 + 2.5 * own),
    anteriorBulge: rng.range(0.3, 1.5 + 2.5 * own),
    cleft: pfirrmann === 2 ? rng.range(0.4, 1) : rng.chance(0.4) ? rng.range(0.2, 0.8) : 0,
    herniation: hernia ? herniationFrom(rng, scale) : null,
    stenosis: rng.chance(lesions * 0.25 * (own + 0.15)) ? rng.range(0.2, 0.85) : rng.range(0, 0.12),
    foraminal: {
      left: clamp(rng.normal(own * 0.5, 0.25), 0, 1),
      right: clamp(rng.normal(own * 0.5, 0.25), 0, 1),
    },
    schmorl: { upper: schmorl(), lower: schmorl(), at: rng.range(-0.3, 0.45) },
    modicUpper: modic(),
    modicLower: modic(),
    cage: false,
  };
}

function vertebraSpec(
  rng: Rng,
  k: number,
  count: number,
  scale: number,
  wear: number,
  lesions: number,
): VertebraSpec {
  const fracture = rng.chance(lesions * 0.035) ? rng.range(0.12, 0.5) : 0;
  const slipped = rng.chance(lesions * (k < 2 ? 0.07 : 0.025));
  return {
    name: vertebraName(k, count),
    height: HEIGHT[k]! * scale * rng.range(0.93, 1.07),
    wedge: BODY_SHARE[k]!,
    depth: DEPTH[k]! * scale * rng.range(0.95, 1.05),
    width: WIDTH[k]! * scale * rng.range(0.95, 1.05),
    concavity: rng.range(0.4, 1.7) * scale,
    waist: rng.range(0.03, 0.1),
    slip: slipped ? rng.range(3, 11) * (rng.chance(0.75) ? 1 : -0.6) : rng.normal(0, 0.5),
    fracture,
    osteophyte: rng.chance(0.2 + 0.6 * wear) ? rng.range(0.5, 1 + 5 * wear) : 0,
    haemangioma: rng.chance(lesions * 0.07) ? rng.range(4, 10) : 0,
    screws: false,
    spinousLength: (k === 0 ? rng.range(14, 24) : rng.range(22, 34)) * scale,
    canalDepth: rng.range(15.5, 20) * scale,
    bifid: rng.chance(k === 0 ? 0.06 : 0.01),
  };
}

/** Draws a whole spine; everything named in `options` is taken as given. */
export function drawSpine(rng: Rng, options: SpineOptions = {}): SpineSpec {
  const age = options.age ?? rng.range(20, 85);
  const sex = options.sex ?? (rng.chance(0.5) ? 'female' : 'male');
  const scale = options.scale ?? (sex === 'male' ? 1.05 : 0.96) * rng.range(0.86, 1.14);
  const wear = options.degeneration ?? clamp(rng.normal((age - 20) / 85, 0.2), 0, 1);
  const lesions = options.lesions ?? 1;
  const lumbarCount = options.lumbarCount ?? (rng.chance(0.05) ? 4 : rng.chance(0.06) ? 6 : 5);
  // Lordosis follows the sacral slope: a spine balanced over its pelvis.
  const drawnLordosis = rng.normal(52, 12);
  const lordosis =
    ((options.sacralSlopeDeg === undefined ? drawnLordosis : options.sacralSlopeDeg / 0.74) * Math.PI) / 180;
  const kyphosis = (rng.range(2, 9) * Math.PI) / 180;
  const drawnSlope = clamp(lordosis * 0.72 + rng.normal(0, 0.1), 0.36, 1.15);
  const sacralSlope =
    options.sacralSlopeDeg === undefined ? drawnSlope : (options.sacralSlopeDeg * Math.PI) / 180;
  const count = 10;
  const fused = rng.chance(lesions * 0.05) ? rng.int(0, 2) : -1;
  const scoliosis =
    ((options.scoliosisDeg ?? (rng.chance(lesions * 0.15) ? rng.normal(0, 14) : rng.normal(0, 2))) *
      Math.PI) /
    180;
  const phase = rng.range(0, Math.PI);
  const discs: DiscSpec[] = [];
  const vertebrae: VertebraSpec[] = [];
  for (let k = 0; k < count; k++) {
    const d = discSpec(rng, k, wear, scale, lesions);
    const share = k < 5 ? d.wedge * lordosis * rng.range(0.7, 1.3) : -kyphosis * 0.5 * rng.range(0.5, 1.5);
    const metal =
      k === fused
        ? { cage: rng.chance(0.7), pfirrmann: 5 as const, height: Math.max(d.height, 6 * scale) }
        : {};
    const collapsed = d.pfirrmann === 5 ? 0.5 : 1;
    discs.push({ ...d, wedge: share * collapsed, ...metal, ...options.discs?.[k] });
    const v = vertebraSpec(rng, k, lumbarCount, scale, wear, lesions);
    const body = k < 5 ? v.wedge * lordosis : -kyphosis * 0.5;
    const screwed = fused >= 0 && (k === fused || k === fused - 1);
    vertebrae.push({ ...v, wedge: body + rng.normal(0, 0.015), screws: screwed, ...options.vertebrae?.[k] });
  }
  const lateralLean = vertebrae.map((_, k) => scoliosis * Math.cos(phase + (k * Math.PI) / 5));
  return {
    age,
    sex,
    scale,
    lumbarCount,
    sacralSlope,
    vertebrae,
    discs,
    lateralLean,
    conus: options.conus ?? lumbarCount - 1 + rng.normal(0.4, 0.6),
    sacDepth: options.sacDepth ?? rng.range(11.5, 16.5) * scale,
    sacWidth: rng.range(17, 22) * scale,
    muscleFat: options.muscleFat ?? clamp(rng.normal(0.08 + wear * 0.35, 0.12), 0, 0.8),
    subcutaneous: options.subcutaneous ?? rng.range(6, 38),
    ...(options.paraspinal ? { paraspinal: options.paraspinal } : {}),
    sacralRemnant: options.sacralRemnant ?? (rng.chance(0.2) ? rng.range(2.5, 5) : rng.range(0.8, 2.5)),
    ...(options.squareS1 ? { squareS1: true } : {}),
  };
}
