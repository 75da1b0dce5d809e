import { type RawBuilder, sql } from 'kysely';

const TIME = /^([01]\d|2[0-3])(?:([0-5]\d)(?:([0-5]\d)(\.\d{1,6})?)?)?$/;

/** First and last day of a day or a range of days, as eight digits each, whatever month they name. Undefined when it is none. */
export function dayRange(value: string): { readonly low?: string; readonly high?: string } | undefined {
  const [from = '', to = from, ...more] = value.trim().split('-');
  if (more.length > 0 || (from === '' && to === '')) return undefined;
  if ([from, to].some((day) => day !== '' && !/^\d{8}$/.test(day))) return undefined;
  return { ...(from === '' ? {} : { low: from }), ...(to === '' ? {} : { high: to }) };
}

/** First and last moment of a time, or of a range of times, as they are kept; one given to the minute is all of that minute. Undefined when it is none. */
export function timeRange(value: string): { readonly low?: string; readonly high?: string } | undefined {
  const [from = '', to = from, ...more] = value
    .trim()
    .split('-')
    .map((part) => part.trim());
  if (more.length > 0 || (from === '' && to === '')) return undefined;
  const filled = (text: string, minute: string, second: string, fraction: string): string | undefined => {
    const found = TIME.exec(text);
    if (found === null) return undefined;
    return `${found[1]}${found[2] ?? minute}${found[3] ?? second}${found[4] ?? fraction}`;
  };
  const low = from === '' ? undefined : filled(from, '00', '00', '');
  const high = to === '' ? undefined : filled(to, '59', '59', '.999999');
  if ((from !== '' && low === undefined) || (to !== '' && high === undefined)) return undefined;
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** From the first day's time to the last day's, where both keys are ranges; undefined where they are not, or are wrong, and so are matched alone. */
export function momentRange(match: Readonly<Record<string, string>>): RawBuilder<unknown> | undefined {
  const given = (keyword: string, tag: string): string =>
    Object.entries(match).find(([name]) => name === keyword || name.toUpperCase() === tag)?.[1] ?? '';
  const dates = given('StudyDate', '00080020');
  const days = dates.includes('-') ? dayRange(dates) : undefined;
  const text = given('StudyTime', '00080030');
  const times = text.includes('-') ? timeRange(text) : undefined;
  if (days === undefined || times === undefined) return undefined;
  const moment = sql`(to_char(s.study_date, 'YYYYMMDD') || s.study_time) collate "C"`;
  const low = days.low === undefined ? sql`true` : sql`${moment} >= ${days.low + (times.low ?? '')}`;
  const high = days.high === undefined ? sql`true` : sql`${moment} <= ${days.high + (times.high ?? '~')}`;
  return sql`(s.study_time is not null and ${low} and ${high})`;
}
