import { TISSUE, TISSUE_COUNT } from './tissue.ts';

/** Share of fat in the signal of each tissue in a grown-up; what is not named holds 1 %. */
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

/** Share of fat, 0 to 1, by tissue. */
export function fatShare(): Float32Array {
  const share = new Float32Array(TISSUE_COUNT).fill(0.01);
  for (const [name, value] of Object.entries(FAT_SHARE)) share[TISSUE[name as keyof typeof TISSUE]] = value;
  return share;
}
