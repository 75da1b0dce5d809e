import type { Rng } from './prng.ts';
import { drawSignals, type SignalTable } from './sequence-signal.ts';
import { TISSUE, TISSUE_COUNT } from './tissue.ts';

/** Share of fat in the signal of each tissue; what is not named holds 1 %. */
const FAT_SHARE: Readonly<Partial<Record<keyof typeof TISSUE, number>>> = {
  air: 0,
  metal: 0,
  gas: 0,
  csf: 0,
  skin: 0.2,
  subcutaneousFat: 0.97,
  visceralFat: 0.93,
  epiduralFat: 0.95,
  marrow: 0.45,
  posteriorMarrow: 0.5,
  sacralMarrow: 0.5,
  osteophyte: 0.5,
  modic2: 0.7,
  haemangioma: 0.6,
  infiltratedMuscle: 0.41,
  lightlyInfiltrated: 0.14,
  interspinous: 0.4,
};

/** The two pictures of a water-fat separation (proton density, low flip angle), from one draw of `rng`. */
export function drawWaterFat(rng: Rng): { readonly water: SignalTable; readonly fat: SignalTable } {
  const base = drawSignals(rng.fork('base'), 'T1', 0);
  const density = new Float32Array(TISSUE_COUNT).fill(0.8);
  density[TISSUE.air] = 0.005;
  density[TISSUE.gas] = 0.01;
  density[TISSUE.metal] = 0;
  density[TISSUE.cortex] = 0.08;
  density[TISSUE.ligament] = 0.15;
  density[TISSUE.fascia] = 0.2;
  density[TISSUE.aorta] = 0.2;
  density[TISSUE.csf] = 0.7;
  const share = new Float32Array(TISSUE_COUNT).fill(0.01);
  for (const [name, value] of Object.entries(FAT_SHARE)) share[TISSUE[name as keyof typeof TISSUE]] = value;
  const gain = rng.fork('gain').range(0.85, 1.1);
  const table = (contrast: 'water' | 'fat'): SignalTable => ({
    ...base,
    contrast,
    signal: density.map((v, t) => v * gain * (contrast === 'fat' ? share[t]! : 1 - share[t]!)),
    nucleusByGrade: new Array<number>(5).fill(0.75 * gain * (contrast === 'fat' ? 0.01 : 0.99)),
  });
  return { water: table('water'), fat: table('fat') };
}
