/** Months as they are shortened in running text; own tables, so that a report is the same bytes wherever it is made. */
const MONTHS = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'],
} as const;

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/;

/** The day at the head of an ISO 8601 date or moment, or of DICOM's YYYYMMDD, as YYYY-MM-DD; null where there is none. */
export function isoDay(text: string): string | null {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  return Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31
    ? null
    : `${year}-${month}-${day}`;
}

/**
 * A day as people read it, the month in letters so that nobody takes it for the day: "22 Nov 2026", "22 nov 2026". `language` is a BCP 47
 * tag, English for any that is not known; a text that is no date stays as it is.
 */
export function writtenDay(text: string, language = 'en'): string {
  const iso = isoDay(text);
  if (iso === null) return text;
  const months = language.toLowerCase().startsWith('es') ? MONTHS.es : MONTHS.en;
  return `${Number(iso.slice(8))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}
