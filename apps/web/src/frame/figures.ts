/** Numbers and dates as they are written on a screen. */
export function percent(p: number): string {
  if (p > 0 && p < 0.01) return '<1 %';
  if (p < 1 && p > 0.99) return '>99 %';
  return `${Math.round(p * 100)} %`;
}

export function interval(range: readonly [number, number]): string {
  return `${Math.round(range[0] * 100)}–${Math.round(range[1] * 100)} %`;
}

export function amount(value: number, digits = 1): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(digits);
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** "3 May 2026" from an ISO date or DICOM's YYYYMMDD; the text itself where it is neither. */
export function day(text: string): string {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
  const date = new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso);
  return Number.isNaN(date.getTime()) ? text : DAY.format(date);
}

/** "3 May 2026 14:05" (UTC) from an ISO moment. */
export function moment(iso: string): string {
  return `${day(iso)} ${iso.slice(11, 16)}`;
}

export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

/** "cauda-equina" as words. */
export function words(key: string): string {
  const text = key.replaceAll('-', ' ').replaceAll('_', ' ');
  return text === '' ? '' : text[0]!.toUpperCase() + text.slice(1);
}

export const ROMAN = ['0', 'I', 'II', 'III', 'IV', 'V'] as const;
