/**
 * Branded numbers: a millimetre cannot be passed where a milligram is meant. Brands exist at compile time only;
 * in JSON a branded value is a plain number and its key carries the unit (`heightAnteriorMm`).
 */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

export type Mm = Branded<'mm'>;
export type Mm2 = Branded<'mm2'>;
export type Mm3 = Branded<'mm3'>;
export type Degrees = Branded<'deg'>;
export type Days = Branded<'days'>;
export type Mg = Branded<'mg'>;
/** A number from 0 to 1. */
export type Probability = Branded<'probability'>;

export const mm = (value: number): Mm => value as Mm;
export const mm2 = (value: number): Mm2 => value as Mm2;
export const mm3 = (value: number): Mm3 => value as Mm3;
export const degrees = (value: number): Degrees => value as Degrees;
export const days = (value: number): Days => value as Days;
export const mg = (value: number): Mg => value as Mg;

/**
 * @throws RangeError when the value is not in [0, 1]; a probability outside it is a bug, never an input error.
 */
export function probability(value: number): Probability {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`not a probability: ${value}`);
  return value as Probability;
}
