import type { SequenceRole } from '@foramen/spine';
import { CORD_ID, SAC_ID } from '../levels/instances.ts';
import { signalOf } from '../measures/signal.ts';
import type { Located } from './locate.ts';

/**
 * Brightness of the fluid in the sac over that of marrow: above about 1.4 on T2, below 0.8 on T1, as fluid is the brightest tissue of
 * one and among the darkest of the other. Null when sac or bodies are too small.
 */
export function fluidOverMarrow(located: Located): number | null {
  const { field, labels, items } = located.instances;
  const { width, height, depth, pixelMm } = field;
  const at = signalOf(located.volume, field.sliceIndex);
  const sac: number[] = [];
  const marrow: number[] = [];
  const isBody = new Uint8Array(256);
  for (const item of items) if (item.kind === 'body') isBody[item.id] = 1;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x++) {
        const id = labels[x + width * (y + height * z)] as number;
        if (id !== SAC_ID && id !== CORD_ID && !isBody[id]) continue;
        const v = at([(x + 0.5) * pixelMm[0], (y + 0.5) * pixelMm[1]], z);
        if (v !== null) (isBody[id] ? marrow : sac).push(v);
      }
    }
  }
  if (sac.length < 60 || marrow.length < 200) return null;
  const quantile = (values: number[], q: number) =>
    values.sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] as number;
  const m = quantile(marrow, 0.5);
  return m > 0 ? quantile(sac, 0.7) / m : null;
}

/** The role the picture itself suggests, and whether that contradicts what was said. */
export function judgeContrast(
  said: SequenceRole,
  ratio: number | null,
): { role: SequenceRole; contradiction: boolean } {
  if (ratio === null) return { role: said, contradiction: false };
  const looksT2 = ratio > 1.35;
  const looksT1 = ratio < 0.85;
  if (said === 'sagittal-unknown' || said === 'unknown') {
    return {
      role: looksT2 ? 'sagittal-T2' : looksT1 ? 'sagittal-T1' : 'sagittal-unknown',
      contradiction: false,
    };
  }
  if (said === 'sagittal-T2' && ratio < 0.7) return { role: 'sagittal-T1', contradiction: true };
  if (said === 'sagittal-T1' && ratio > 1.6) return { role: 'sagittal-T2', contradiction: true };
  return { role: said, contradiction: false };
}
