import { DISC_LABEL, LABEL_CANAL, LABEL_CORD, LABEL_SACRUM } from '@foramen/spine';

/** RGBA of a label value. Discs and vertebrae alternate in tone so that neighbours are told apart; colour-blind safe hues (Okabe-Ito). */
export function labelColour(value: number): readonly [number, number, number, number] {
  if (value === 0) return [0, 0, 0, 0];
  if (value === LABEL_CANAL) return [86, 180, 233, 110];
  if (value === LABEL_CORD) return [0, 114, 178, 130];
  if (value === LABEL_SACRUM) return [204, 121, 167, 110];
  if (DISCS.has(value)) return value % 2 === 0 ? [230, 159, 0, 130] : [213, 94, 0, 130];
  return value % 2 === 0 ? [0, 158, 115, 100] : [100, 190, 120, 100];
}
const DISCS = new Set(Object.values(DISC_LABEL));
