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
