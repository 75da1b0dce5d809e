/**
 * A number with `digits` decimals as it is written everywhere: `toFixed`, but what rounds to nothing has no sign
 * (a slip of -0.3% is 0%, not -0%).
 */
export function decimals(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** A change: `decimals` with a plus where it is one. */
export function signed(value: number, digits: number): string {
  const text = decimals(value, digits);
  return Number(text) > 0 ? `+${text}` : text;
}

/** A number written with its unit: `12.3 mm`, `31%`, `40°`; a ratio has none. */
export function withUnit(text: string, unit: string): string {
  if (unit === '') return text;
  return unit === '%' || unit === '°' ? `${text}${unit}` : `${text} ${unit}`;
}

/** A chance as a person reads it: what is little is not written as none, nor what is much as all. */
export function percent(p: number): string {
  return `${ofHundred(p)}%`;
}

/** The same without its sign, for the lower end of a range. */
export function ofHundred(p: number): string {
  if (p > 0 && p < 0.01) return '<1';
  if (p < 1 && p > 0.99) return '>99';
  return String(Math.round(p * 100));
}
