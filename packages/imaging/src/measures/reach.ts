/** Reach beyond a reading: absolute, and as a share of the value. */
export type Reach = readonly [absolute: number, share: number];

export const reachOf = ([absolute, share]: Reach, value: number): number =>
  absolute + share * Math.abs(value);

/** A thousandth: ratios need it, and millimetres are not written longer than they are known. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;
