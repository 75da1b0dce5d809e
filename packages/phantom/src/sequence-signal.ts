import { fatShare } from './fat-share.ts';
import { clamp, type Rng } from './prng.ts';
import { TISSUE, TISSUE_COUNT } from './tissue.ts';

export type Contrast =
  | 'T2'
  | 'T1'
  | 'SPACE'
  | 'STIR'
  | 'T2-fatsat'
  | 'water'
  | 'fat'
  | 'in-phase'
  | 'opposed-phase'
  | 'random';

/** Signal of each tissue, 0 to about 1.3, and how rough it is (standard deviation of its texture). */
export interface SignalTable {
  readonly contrast: Contrast;
  /** In an opposed-phase picture fat counts below nought, so that fat and water in one voxel cancel. */
  readonly signal: Float32Array;
  readonly rough: Float32Array;
  /** Signal of the nucleus by Pfirrmann grade 1 to 5, relative to CSF on this contrast. */
  readonly nucleusByGrade: readonly number[];
}

type Row = Readonly<Partial<Record<keyof typeof TISSUE, number>>>;

const T2: Row = {
  air: 0.01,
  skin: 0.3,
  subcutaneousFat: 0.85,
  muscle: 0.17,
  visceralFat: 0.62,
  bowelWall: 0.26,
  gas: 0.02,
  bowelFluid: 0.75,
  aorta: 0.05,
  vein: 0.14,
  marrow: 0.42,
  cortex: 0.06,
  nucleus: 0.6,
  annulus: 0.13,
  csf: 1,
  root: 0.5,
  cord: 0.42,
  epiduralFat: 0.8,
  ligament: 0.08,
  posteriorMarrow: 0.45,
  sacralMarrow: 0.45,
  sacralDisc: 0.3,
  infiltratedMuscle: 0.45,
  basivertebral: 0.62,
  modic1: 0.66,
  modic2: 0.62,
  modic3: 0.14,
  haemangioma: 0.78,
  metal: 0,
  herniated: 0.24,
  psoas: 0.17,
  organ: 0.3,
  bladder: 0.98,
  nuclearCleft: 0.34,
  facetFluid: 0.55,
  oedema: 0.58,
  interspinous: 0.4,
  fascia: 0.12,
  stool: 0.2,
  osteophyte: 0.42,
  innerAnnulus: 0.28,
  lightlyInfiltrated: 0.27,
};
const T1: Row = {
  air: 0.01,
  skin: 0.3,
  subcutaneousFat: 0.95,
  muscle: 0.27,
  visceralFat: 0.72,
  bowelWall: 0.28,
  gas: 0.02,
  bowelFluid: 0.2,
  aorta: 0.06,
  vein: 0.13,
  marrow: 0.5,
  cortex: 0.06,
  nucleus: 0.29,
  annulus: 0.23,
  csf: 0.12,
  root: 0.22,
  cord: 0.28,
  epiduralFat: 0.9,
  ligament: 0.1,
  posteriorMarrow: 0.55,
  sacralMarrow: 0.55,
  sacralDisc: 0.25,
  infiltratedMuscle: 0.55,
  basivertebral: 0.4,
  modic1: 0.28,
  modic2: 0.75,
  modic3: 0.16,
  haemangioma: 0.7,
  metal: 0,
  herniated: 0.25,
  psoas: 0.27,
  organ: 0.34,
  bladder: 0.16,
  nuclearCleft: 0.27,
  facetFluid: 0.2,
  oedema: 0.28,
  interspinous: 0.5,
  fascia: 0.14,
  stool: 0.4,
  osteophyte: 0.55,
  innerAnnulus: 0.26,
  lightlyInfiltrated: 0.36,
};
const STIR: Row = {
  air: 0.01,
  skin: 0.15,
  subcutaneousFat: 0.07,
  muscle: 0.23,
  visceralFat: 0.06,
  bowelWall: 0.3,
  gas: 0.02,
  bowelFluid: 0.8,
  aorta: 0.06,
  vein: 0.3,
  marrow: 0.12,
  cortex: 0.04,
  nucleus: 0.52,
  annulus: 0.11,
  csf: 1,
  root: 0.5,
  cord: 0.42,
  epiduralFat: 0.07,
  ligament: 0.07,
  posteriorMarrow: 0.1,
  sacralMarrow: 0.12,
  sacralDisc: 0.2,
  infiltratedMuscle: 0.17,
  basivertebral: 0.4,
  modic1: 0.55,
  modic2: 0.1,
  modic3: 0.06,
  haemangioma: 0.5,
  metal: 0,
  herniated: 0.2,
  psoas: 0.23,
  organ: 0.4,
  bladder: 1,
  nuclearCleft: 0.3,
  facetFluid: 0.6,
  oedema: 0.6,
  interspinous: 0.16,
  fascia: 0.07,
  stool: 0.25,
  osteophyte: 0.12,
  innerAnnulus: 0.25,
  lightlyInfiltrated: 0.2,
};
const ROUGH: Row = {
  subcutaneousFat: 0.07,
  muscle: 0.12,
  visceralFat: 0.22,
  bowelWall: 0.25,
  bowelFluid: 0.15,
  vein: 0.3,
  aorta: 0.4,
  marrow: 0.1,
  nucleus: 0.1,
  annulus: 0.22,
  csf: 0.06,
  cord: 0.06,
  epiduralFat: 0.12,
  posteriorMarrow: 0.14,
  sacralMarrow: 0.13,
  infiltratedMuscle: 0.3,
  psoas: 0.1,
  organ: 0.09,
  interspinous: 0.35,
  stool: 0.35,
  haemangioma: 0.15,
  modic1: 0.12,
  modic2: 0.12,
  herniated: 0.2,
  root: 0.15,
  ligament: 0.3,
  oedema: 0.12,
  osteophyte: 0.15,
  innerAnnulus: 0.15,
  lightlyInfiltrated: 0.2,
};
const NUCLEUS_T2 = [0.92, 0.7, 0.34, 0.18, 0.12];
const FATTY = new Set<number>([
  TISSUE.subcutaneousFat,
  TISSUE.visceralFat,
  TISSUE.epiduralFat,
  TISSUE.modic2,
  TISSUE.infiltratedMuscle,
  TISSUE.marrow,
  TISSUE.posteriorMarrow,
  TISSUE.sacralMarrow,
  TISSUE.osteophyte,
  TISSUE.interspinous,
]);

function column(row: Row): Float32Array {
  const out = new Float32Array(TISSUE_COUNT);
  for (const [name, value] of Object.entries(row)) out[TISSUE[name as keyof typeof TISSUE]] = value;
  return out;
}

/** Draws a contrast: the sequence's means with the spread seen between scanners and patients. */
export function drawSignals(rng: Rng, contrast: Contrast, spread = 1): SignalTable {
  const t2 = column(T2);
  const t1 = column(T1);
  const stir = column(STIR);
  let signal: Float32Array;
  let nucleus: number[] = NUCLEUS_T2.map((v) => clamp(v + rng.normal(0, 0.05 * spread), 0.05, 1.05));
  switch (contrast) {
    case 'T2':
      signal = t2;
      break;
    case 'T1':
      signal = t1;
      nucleus = [0.3, 0.3, 0.29, 0.27, 0.24];
      break;
    case 'SPACE':
      // Long trains of refocusing pulses: marrow and muscle dark, fluid dominant.
      signal = t2.map((v) => v ** (1 + 0.55 * spread * rng.next()) * 0.95);
      for (const t of [TISSUE.marrow, TISSUE.posteriorMarrow, TISSUE.sacralMarrow])
        signal[t] = rng.range(0.16, 0.34);
      nucleus = nucleus.map((v) => v * rng.range(0.55, 0.9));
      break;
    case 'STIR':
      signal = stir;
      nucleus = nucleus.map((v) => v * 0.9);
      break;
    case 'T2-fatsat':
    case 'water':
      signal = (contrast === 'water' ? t1 : t2).map((v, t) => (FATTY.has(t) ? v * rng.range(0.08, 0.35) : v));
      break;
    case 'fat':
      signal = t1.map((v, t) => (FATTY.has(t) ? v : v * rng.range(0.03, 0.2)));
      nucleus = [0.06, 0.06, 0.06, 0.06, 0.06];
      break;
    case 'in-phase':
    case 'opposed-phase':
      // Gradient echoes: little between T1 and proton density. Marrow holds 20 to 65 % fat from youth to age.
      signal = t1.map((v, t) => (t === TISSUE.csf ? rng.range(0.15, 0.5) : v));
      nucleus = nucleus.map((v) => 0.25 + 0.2 * v);
      if (contrast === 'opposed-phase') signal = opposed(rng, signal);
      break;
    case 'random':
      signal = drawRandom(rng, t2, t1, stir);
      nucleus = nucleus.map((v) =>
        clamp(signal[TISSUE.nucleus]! + (v - 0.5) * rng.range(-0.6, 0.6), 0.02, 1.1),
      );
      break;
  }
  const jitter = 0.16 * spread;
  if (contrast !== 'random') {
    // Marrow brightness varies most between people: haematopoietic or fatty.
    const marrow = Math.exp(rng.normal(0, 0.28 * spread));
    for (const t of [TISSUE.marrow, TISSUE.posteriorMarrow, TISSUE.sacralMarrow, TISSUE.osteophyte])
      signal[t]! *= marrow;
    for (let t = 1; t < TISSUE_COUNT; t++) signal[t]! *= Math.exp(rng.normal(0, jitter));
    if (rng.chance(0.3 * spread)) signal[TISSUE.visceralFat]! *= rng.range(0.4, 1);
    if (rng.chance(0.25 * spread) && contrast !== 'T1') signal[TISSUE.csf]! *= rng.range(0.7, 1);
  }
  signal[TISSUE.metal] = 0;
  signal[TISSUE.air] = signal[TISSUE.air]! * 0.5;
  const rough = column(ROUGH).map((v) => v * rng.range(0.5, 1 + 0.7 * spread));
  return { contrast, signal, rough, nucleusByGrade: nucleus };
}

/** Signal of water less that of fat. The marrow's share of fat is drawn: near one half marrow turns black. */
function opposed(rng: Rng, signal: Float32Array): Float32Array {
  const share = fatShare();
  const marrow = rng.range(0.2, 0.65);
  for (const t of [TISSUE.marrow, TISSUE.posteriorMarrow, TISSUE.sacralMarrow, TISSUE.osteophyte])
    share[t] = marrow;
  return signal.map((v, t) => v * (1 - 2 * share[t]!));
}

/** A contrast no scanner makes: mixtures of real ones, inverted or drawn tissue by tissue, so a network learns shape. */
function drawRandom(rng: Rng, t2: Float32Array, t1: Float32Array, stir: Float32Array): Float32Array {
  const style = rng.next();
  if (style < 0.45) {
    const a = rng.range(-0.4, 1);
    const b = rng.range(-0.4, 1);
    const c = rng.range(-0.4, 1);
    const mixed = t2.map((v, t) => a * v + b * t1[t]! + c * stir[t]!);
    const low = Math.min(...mixed);
    const high = Math.max(...mixed);
    return mixed.map((v) => (v - low) / Math.max(0.1, high - low));
  }
  const out = t2.map((v) => (style < 0.7 ? clamp(v + rng.normal(0, 0.22), 0, 1.2) : rng.next()));
  out[TISSUE.air] = rng.range(0, 0.04);
  // Cousins stay close: the same marrow in body, arch and sacrum, the same fat everywhere.
  const near = (t: number, like: number): void => {
    out[t] = clamp(out[like]! + rng.normal(0, 0.05), 0, 1.2);
  };
  near(TISSUE.posteriorMarrow, TISSUE.marrow);
  near(TISSUE.sacralMarrow, TISSUE.marrow);
  near(TISSUE.osteophyte, TISSUE.marrow);
  near(TISSUE.psoas, TISSUE.muscle);
  near(TISSUE.epiduralFat, TISSUE.subcutaneousFat);
  near(TISSUE.herniated, TISSUE.annulus);
  near(TISSUE.root, TISSUE.cord);
  out[TISSUE.lightlyInfiltrated] = out[TISSUE.muscle]! * 0.7 + out[TISSUE.subcutaneousFat]! * 0.3;
  out[TISSUE.infiltratedMuscle] = (out[TISSUE.muscle]! + out[TISSUE.subcutaneousFat]!) / 2;
  out[TISSUE.cortex] = rng.range(0, 0.2);
  return out;
}
