/** Vertebrae from the head down, as far as a lumbar study shows them. L6 and T13 are real in transitional anatomy. */
export const VERTEBRAE = [
  'T1',
  'T2',
  'T3',
  'T4',
  'T5',
  'T6',
  'T7',
  'T8',
  'T9',
  'T10',
  'T11',
  'T12',
  'L1',
  'L2',
  'L3',
  'L4',
  'L5',
  'L6',
  'S1',
] as const;
export type Vertebra = (typeof VERTEBRAE)[number];

/** Discs from the head down. `L5-L6` and `L6-S1` occur only with six lumbar vertebrae. */
export const DISC_LEVELS = [
  'T8-T9',
  'T9-T10',
  'T10-T11',
  'T11-T12',
  'T12-L1',
  'L1-L2',
  'L2-L3',
  'L3-L4',
  'L4-L5',
  'L5-L6',
  'L6-S1',
  'L5-S1',
] as const;
export type DiscLevel = (typeof DISC_LEVELS)[number];

/** The discs of an ordinary five-vertebra lumbar spine counted from the sacrum up: index 0 is L5-S1. */
export const LUMBAR_DISCS_FROM_BELOW = [
  'L5-S1',
  'L4-L5',
  'L3-L4',
  'L2-L3',
  'L1-L2',
  'T12-L1',
  'T11-T12',
  'T10-T11',
  'T9-T10',
  'T8-T9',
] as const satisfies readonly DiscLevel[];

export const NERVE_ROOTS = ['L1', 'L2', 'L3', 'L4', 'L5', 'S1', 'S2'] as const;
export type NerveRoot = (typeof NERVE_ROOTS)[number];

export function vertebraAbove(level: DiscLevel): Vertebra {
  return level.split('-')[0] as Vertebra;
}

export function vertebraBelow(level: DiscLevel): Vertebra {
  return level.split('-')[1] as Vertebra;
}

/** How sure it is that level names are right: numbering from the sacrum fails with transitional vertebrae. */
export interface Enumeration {
  /** 0 to 1: probability that the names are right for this patient. */
  readonly confidence: number;
  readonly lumbarCount: number | 'unknown';
  readonly transitional: 'none' | 'lumbarised-S1' | 'sacralised-L5' | 'possible' | 'unknown';
  readonly because: readonly string[];
  /** Why levels are not named, where they are not: names in the findings and values of the label map then only count from the lowest disc in view. */
  readonly unnamed?: string;
}
