import { buildTexture, cutSlab, slabSignal } from './acquisition.ts';
import { type Anatomy, buildAnatomy } from './anatomy.ts';
import type { Plane } from './plane.ts';
import { sagittalPlane } from './plane.ts';
import { clamp, type Rng, rngFrom } from './prng.ts';
import { throughScanner } from './scanner.ts';
import { type Contrast, drawSignals } from './sequence-signal.ts';
import { type DiscTruth, discTruth } from './truth.ts';

export const SAMPLE_SIZE = 384;
export const SAMPLE_SPACING = 0.75;

/** One training picture: 8-bit image, class label of each pixel, and what is true of it. */
interface TrainingSample {
  readonly image: Uint8Array;
  readonly label: Uint8Array;
  readonly truth: SampleTruth;
}
interface SampleTruth {
  readonly seed: string;
  readonly offsetMm: number;
  readonly contrast: Contrast;
  readonly thicknessMm: number;
  readonly nativeSpacingMm: number;
  readonly rollDeg: number;
  readonly scale: number;
  readonly ageYears: number;
  readonly lumbarCount: number;
  readonly conusAt: number;
  readonly pathologies: readonly string[];
  readonly discs: readonly DiscTruth[];
}

function drawContrast(rng: Rng): Contrast {
  const u = rng.next();
  if (u < 0.28) return 'T2';
  if (u < 0.43) return 'T1';
  if (u < 0.53) return 'SPACE';
  if (u < 0.7) return rng.pick<Contrast>(['STIR', 'STIR', 'T2-fatsat']);
  if (u < 0.88) return rng.pick<Contrast>(['water', 'fat', 'in-phase', 'opposed-phase']);
  return 'random';
}

/** Often taken in three dimensions, with thinner slices. */
const DIXON: ReadonlySet<Contrast> = new Set<Contrast>(['water', 'fat', 'in-phase', 'opposed-phase']);

/** Fat suppression that fails towards one corner, where the field is off: there `signal` becomes `plain`. Changes `signal`. */
function suppressUnevenly(signal: Float32Array, plain: Float32Array, rng: Rng): void {
  const turn = rng.range(0, 2 * Math.PI);
  const from = rng.range(0, 0.5);
  const soft = rng.range(0.05, 0.25);
  for (let i = 0; i < signal.length; i++) {
    const x = (i % SAMPLE_SIZE) / SAMPLE_SIZE - 0.5;
    const y = Math.floor(i / SAMPLE_SIZE) / SAMPLE_SIZE - 0.5;
    const fails = 1 / (1 + Math.exp((from - x * Math.cos(turn) - y * Math.sin(turn)) / soft));
    signal[i] = signal[i]! * (1 - fails) + plain[i]! * fails;
  }
}

/** Sagittal plane aimed as a technologist would, or not quite: centre near L3, some roll and yaw, shifted crop. */
function drawSagittalPlane(rng: Rng, anatomy: Anatomy, offset: number): Plane & { readonly rollDeg: number } {
  const aim = anatomy.column.vertebrae[2]!.frame.c;
  const rollDeg = clamp(rng.normal(0, 4.5), -12, 12);
  const plane = sagittalPlane(
    [offset + aim[0] * 0.5, aim[1] + rng.normal(-4, 20), aim[2] + rng.normal(0, 28)],
    SAMPLE_SPACING,
    SAMPLE_SIZE,
    SAMPLE_SIZE,
    rollDeg,
    rng.normal(0, 2.5),
  );
  return { ...plane, rollDeg };
}

/** A smaller field of view than the grid: everything beyond a (curved, as after distortion correction) edge is empty. */
function maskFieldOfView(image: Uint8Array, label: Uint8Array, rng: Rng): void {
  const n = SAMPLE_SIZE;
  const left = rng.chance(0.45) ? rng.int(0, 90) : 0;
  const right = n - (rng.chance(0.25) ? rng.int(0, 50) : 0);
  const top = rng.chance(0.35) ? rng.int(0, 70) : 0;
  const bottom = n - (rng.chance(0.35) ? rng.int(0, 70) : 0);
  const bow = rng.chance(0.4) ? rng.range(-7, 7) : 0;
  for (let j = 0; j < n; j++) {
    const bj = bow * ((j - n / 2) / (n / 2)) ** 2;
    for (let i = 0; i < n; i++) {
      const bi = bow * ((i - n / 2) / (n / 2)) ** 2;
      if (i >= left + bj && i < right - bj && j >= top + bi && j < bottom - bi) continue;
      image[j * n + i] = 0;
      label[j * n + i] = 0;
    }
  }
}

function pathologiesOf(a: Anatomy): string[] {
  const out: string[] = [];
  a.spec.discs.forEach((d, k) => {
    const at = `${a.spec.vertebrae[k]!.name}`;
    if (d.herniation) out.push(`${d.herniation.kind} below ${at}`);
    if (d.stenosis > 0.3) out.push(`stenosis below ${at}`);
    if (d.modicUpper || d.modicLower) out.push(`modic below ${at}`);
    if (d.schmorl.upper || d.schmorl.lower) out.push(`schmorl below ${at}`);
    if (d.cage) out.push(`cage below ${at}`);
  });
  for (const v of a.spec.vertebrae) {
    if (v.fracture > 0) out.push(`fracture ${v.name}`);
    if (Math.abs(v.slip) > 3) out.push(`slip ${v.name}`);
    if (v.screws) out.push(`screws ${v.name}`);
    if (v.haemangioma > 0) out.push(`haemangioma ${v.name}`);
  }
  if (a.spec.lumbarCount !== 5) out.push(`${a.spec.lumbarCount} lumbar vertebrae`);
  return out;
}

/** Slices of one drawn person. Deterministic in `seed`. */
export function trainingSamples(seed: string, slices: number): TrainingSample[] {
  const rng = rngFrom(seed);
  const anatomy = buildAnatomy(rng.fork('anatomy'));
  return Array.from({ length: slices }, (_, k) =>
    trainingSample(anatomy, rng.fork(`slice ${k}`), `${seed}/${k}`),
  );
}

function trainingSample(anatomy: Anatomy, rng: Rng, seed: string): TrainingSample {
  const contrast = drawContrast(rng);
  const offset = rng.chance(0.65)
    ? rng.range(-12, 12)
    : (12 + 20 * rng.next() ** 1.5) * (rng.chance(0.5) ? 1 : -1);
  const plane = drawSagittalPlane(rng, anatomy, offset);
  const space = contrast === 'SPACE';
  const thickness = space ? rng.range(0.8, 1.2) : rng.range(DIXON.has(contrast) ? 1.5 : 3, 5);
  const table = drawSignals(rng.fork('signals'), contrast);
  const texture = buildTexture({ seed: `${seed}/texture`, size: rng.range(0.7, 1.5) });
  const slab = cutSlab(anatomy, plane, thickness, 5);
  const { tissue, label } = slab.centre;
  const nativeSpacing = space ? rng.range(0.4, 0.8) : rng.range(0.3, 1.2);
  const signal = slabSignal(slab, table, texture);
  if (contrast === 'T2-fatsat' && rng.chance(0.4))
    suppressUnevenly(
      signal,
      slabSignal(slab, drawSignals(rng.fork('signals'), 'T2'), texture),
      rng.fork('uneven'),
    );
  const image = throughScanner(
    signal,
    tissue,
    SAMPLE_SIZE,
    SAMPLE_SIZE,
    { spacing: SAMPLE_SPACING, nativeSpacing, strength: 1, fatSaturated: contrast === 'STIR' },
    rng.fork('scanner'),
  );
  maskFieldOfView(image, label, rng.fork('view'));
  return {
    image,
    label,
    truth: {
      seed,
      offsetMm: offset,
      contrast,
      thicknessMm: thickness,
      nativeSpacingMm: nativeSpacing,
      rollDeg: plane.rollDeg,
      scale: anatomy.spec.scale,
      ageYears: anatomy.spec.age,
      lumbarCount: anatomy.spec.lumbarCount,
      conusAt: anatomy.spec.conus,
      pathologies: pathologiesOf(anatomy),
      discs: discTruth(anatomy, plane),
    },
  };
}
