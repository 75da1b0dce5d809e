import type { DiscLevel, Vertebra } from './level.ts';

/** Values of the label map on disk, as TotalSpineSeg (github.com/neuropoly/totalspineseg) numbers them; public API. */
export const LABEL_CORD = 1;
export const LABEL_CANAL = 2;
export const LABEL_SACRUM = 50;

export const VERTEBRA_LABEL: Readonly<Partial<Record<Vertebra, number>>> = {
  T1: 21,
  T2: 22,
  T3: 23,
  T4: 24,
  T5: 25,
  T6: 26,
  T7: 27,
  T8: 28,
  T9: 29,
  T10: 30,
  T11: 31,
  T12: 32,
  L1: 41,
  L2: 42,
  L3: 43,
  L4: 44,
  L5: 45,
  L6: 46,
  S1: LABEL_SACRUM,
};

/** With six lumbar vertebrae the lowest disc keeps 100 and the one above it keeps 95, as upstream does. */
export const DISC_LABEL: Readonly<Record<DiscLevel, number>> = {
  'T8-T9': 79,
  'T9-T10': 80,
  'T10-T11': 81,
  'T11-T12': 82,
  'T12-L1': 91,
  'L1-L2': 92,
  'L2-L3': 93,
  'L3-L4': 94,
  'L4-L5': 95,
  'L5-L6': 96,
  'L6-S1': 100,
  'L5-S1': 100,
};
