import { fatShare } from './fat-share.ts';
import type { Rng } from './prng.ts';
import { drawSignals, type SignalTable } from './sequence-signal.ts';
import { TISSUE, TISSUE_COUNT } from './tissue.ts';

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
  const share = fatShare();
  const gain = rng.fork('gain').range(0.85, 1.1);
  const table = (contrast: 'water' | 'fat'): SignalTable => ({
    ...base,
    contrast,
    signal: density.map((v, t) => v * gain * (contrast === 'fat' ? share[t]! : 1 - share[t]!)),
    nucleusByGrade: new Array<number>(5).fill(0.75 * gain * (contrast === 'fat' ? 0.01 : 0.99)),
  });
  return { water: table('water'), fat: table('fat') };
}
