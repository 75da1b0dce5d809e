import { DICTIONARY, type Keyword } from '@foramen/dicom';
import { type RawBuilder, sql } from 'kysely';
import { foldedName } from '../records/person-name.ts';
import { tagName } from './json.ts';
import { dayRange, timeRange } from './moments.ts';
import type { DicomQuery } from './query.ts';

/** What an object's search key is matched against, and how. */
interface Key {
  readonly tag: string;
  readonly keyword: string;
  /** Where it is kept. */
  readonly column: string;
  readonly kind: 'text' | 'uid' | 'date' | 'time' | 'number' | 'name';
}

const STUDY_KEYS: readonly Key[] = [
  { tag: '0020000D', keyword: 'StudyInstanceUID', column: 's.study_uid', kind: 'uid' },
  { tag: '00080020', keyword: 'StudyDate', column: 's.study_date', kind: 'date' },
  { tag: '00080030', keyword: 'StudyTime', column: 's.study_time', kind: 'time' },
  { tag: '00080050', keyword: 'AccessionNumber', column: 's.accession_number', kind: 'text' },
  { tag: '00081030', keyword: 'StudyDescription', column: 's.description', kind: 'text' },
  { tag: '00080090', keyword: 'ReferringPhysicianName', column: 's.referrer_key', kind: 'name' },
  { tag: '00200010', keyword: 'StudyID', column: 's.study_label', kind: 'text' },
  { tag: '00100010', keyword: 'PatientName', column: 'p.name_key', kind: 'name' },
  { tag: '00100020', keyword: 'PatientID', column: 'p.medical_record_number', kind: 'text' },
  { tag: '00100030', keyword: 'PatientBirthDate', column: 'p.birth_date', kind: 'date' },
];
const SERIES_KEYS: readonly Key[] = [
  { tag: '0020000E', keyword: 'SeriesInstanceUID', column: 'e.series_uid', kind: 'uid' },
  { tag: '00080060', keyword: 'Modality', column: 'e.modality', kind: 'text' },
  { tag: '00200011', keyword: 'SeriesNumber', column: 'e.number', kind: 'number' },
  { tag: '0008103E', keyword: 'SeriesDescription', column: 'e.description', kind: 'text' },
  { tag: '00180015', keyword: 'BodyPartExamined', column: 'e.body_part', kind: 'text' },
  {
    tag: '00400244',
    keyword: 'PerformedProcedureStepStartDate',
    column: '{00400244,Value,0}',
    kind: 'date',
  },
  {
    tag: '00400245',
    keyword: 'PerformedProcedureStepStartTime',
    column: '{00400245,Value,0}',
    kind: 'time',
  },
  {
    tag: '00400275.00400009',
    keyword: 'RequestAttributesSequence.ScheduledProcedureStepID',
    column: '{00400275,Value,0,00400009,Value,0}',
    kind: 'text',
  },
  {
    tag: '00400275.00401001',
    keyword: 'RequestAttributesSequence.RequestedProcedureID',
    column: '{00400275,Value,0,00401001,Value,0}',
    kind: 'text',
  },
];
const INSTANCE_KEYS: readonly Key[] = [
  { tag: '00080018', keyword: 'SOPInstanceUID', column: 'i.sop_uid', kind: 'uid' },
  { tag: '00080016', keyword: 'SOPClassUID', column: 'i.sop_class', kind: 'uid' },
  { tag: '00200013', keyword: 'InstanceNumber', column: 'i.number', kind: 'number' },
];
/** The tag, as eight digits, of an attribute named by tag or keyword; undefined when the standard has none of this name. */
export function tagOfKey(name: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}$/.test(name)) return name.toUpperCase();
  const tag = Object.hasOwn(DICTIONARY, name) ? DICTIONARY[name as Keyword][0] : undefined;
  return tag === undefined ? undefined : tagName(tag);
}

function keysOf(level: DicomQuery['level']): readonly Key[] {
  if (level === 'study') return STUDY_KEYS;
  return level === 'series'
    ? [...STUDY_KEYS, ...SERIES_KEYS]
    : [...STUDY_KEYS, ...SERIES_KEYS, ...INSTANCE_KEYS];
}

/** Whether a key may be matched against a list of values. */
export function takesList(name: string): boolean {
  return isModalities(name) || keyOf('instance', name)?.kind === 'uid';
}

export const isModalities = (name: string): boolean => name === 'ModalitiesInStudy' || name === '00080061';
export const keyOf = (level: DicomQuery['level'], name: string): Key | undefined =>
  keysOf(level).find(
    (key) => key.tag === name.toUpperCase() || key.keyword === name || sequenceName(key, name),
  );

/** A path of a sequence may mix tags and keywords. */
const sequenceName = (key: Key, name: string): boolean =>
  key.tag.includes('.') &&
  name.includes('.') &&
  name
    .split('.')
    .map((part) => tagOfKey(part) ?? part)
    .join('.') === key.tag;

/** Keys of `match` that this level cannot search by; QIDO must not ignore them silently. */
export function unknownKeys(query: Pick<DicomQuery, 'level' | 'match'>): readonly string[] {
  return Object.keys(query.match).filter(
    (name) => !isModalities(name) && keyOf(query.level, name) === undefined,
  );
}

/** A whole number as a key may give it; undefined when it is none. */
const numberOf = (value: string): number | undefined =>
  /^-?\d{1,9}$/.test(value.trim()) ? Number(value) : undefined;

const DAY = /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
/** Whether a key gives days that a calendar may have. */
const givesDays = (value: string): boolean => {
  const range = dayRange(value);
  return range !== undefined && Object.values(range).every((day) => DAY.test(day));
};

/** A key whose value is no date, time or number, and what would be one: it matches nothing, and who mistyped it must not take that for an answer. */
export function unfitKey(
  query: Pick<DicomQuery, 'level' | 'match'>,
): { readonly name: string; readonly help: string } | undefined {
  for (const [name, given] of Object.entries(query.match)) {
    const kind = keyOf(query.level, name)?.kind;
    if (given.trim() === '' || given.trim() === '*') continue;
    if (kind === 'number' && numberOf(given) === undefined) return { name, help: 'a whole number' };
    if (kind === 'time' && timeRange(given) === undefined)
      return { name, help: 'a time as HHMMSS, or a range as HHMM-HHMM' };
    if (kind === 'date' && !givesDays(given))
      return { name, help: 'a day as YYYYMMDD, or a range as YYYYMMDD-YYYYMMDD' };
  }
  return undefined;
}

/** One key's match (PS3.4, C.2.2.2): single value, list of UIDs, wild card, range of dates. */
export function condition(key: Key, value: string) {
  const column = columnOf(key);
  switch (key.kind) {
    case 'uid':
      return sql`${column} = any(${value.split(/[\\,]/).map((uid) => uid.trim())})`;
    case 'number': {
      const number = numberOf(value);
      return number === undefined ? sql`false` : sql`${column} = ${number}`;
    }
    case 'date': {
      const range = dayRange(value);
      if (range === undefined) return sql`false`;
      const day = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
      // Compared as text: an impossible day matches nothing instead of failing the search.
      const low = range.low === undefined ? sql`true` : sql`${column}::text >= ${day(range.low)}`;
      const high = range.high === undefined ? sql`true` : sql`${column}::text <= ${day(range.high)}`;
      return sql`(${low} and ${high})`;
    }
    case 'time': {
      const range = timeRange(value);
      if (range === undefined) return sql`false`;
      const time = sql`${column} collate "C"`;
      const low = range.low === undefined ? sql`true` : sql`${time} >= ${range.low}`;
      const high = range.high === undefined ? sql`true` : sql`${time} <= ${range.high}`;
      return sql`(${column} is not null and ${low} and ${high})`;
    }
    case 'name':
      return nameCondition(key, column, value);
    case 'text':
      return /[*?]/.test(value) ? sql`${column} ilike ${pattern(value)}` : sql`${column} = ${value.trim()}`;
  }
}

/** DICOM wild cards as SQL's, everything else literal. */
function pattern(value: string): string {
  return value
    .replace(/[\\%_]/g, (c) => `\\${c}`)
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}

/** A column, or what an object of the series holds: what a study search seldom asks for is not kept twice. */
function columnOf(key: Key): RawBuilder<unknown> {
  if (!key.column.startsWith('{')) return sql.ref(key.column);
  const held = sql`(select x.metadata::jsonb #>> ${key.column}::text[] from instances x
    where x.site_id = e.site_id and x.series_id = e.id order by x.number, x.sop_uid limit 1)`;
  return key.kind === 'date'
    ? sql`regexp_replace(${held}, '^(\\d{4})(\\d{2})(\\d{2})$', '\\1-\\2-\\3')`
    : held;
}

const UNIVERSAL = /^[*^\s]*$/;
/** Letters beyond Latin. */
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/**
 * A person name (PS3.4, C.2.2.2): each group that is given must match, an empty one matches all. Without `=` it is the alphabetic group, or, in letters of
 * another script, any. Words without wild cards, which a person types, may be any components of that group.
 */
function nameCondition(key: Key, column: RawBuilder<unknown>, value: string) {
  const asked = foldedName(value.trim().slice(0, LONGEST_NAME));
  // Rows of an older backup have no folded name.
  const whole =
    key.column === 'p.name_key'
      ? sql`coalesce(${column}, lower(regexp_replace(p.name, '^(\\S+)\\s+(.*)$', '\\2^\\1')))`
      : sql`coalesce(${column}, lower(s.referring_physician))`;
  const group = (n: number) => sql`split_part(${whole}, '=', ${n}::int)`;
  const is = (n: number, wanted: string) => sql`${group(n)} like ${pattern(wanted.replace(/[\^\s]+$/, ''))}`;
  if (asked.includes('=')) {
    const given = asked
      .split('=')
      .slice(0, 3)
      .flatMap((text, i) => (UNIVERSAL.test(text) ? [] : [is(i + 1, text)]));
    return given.length === 0 ? sql`true` : sql`(${sql.join(given, sql` and `)})`;
  }
  if (UNIVERSAL.test(asked)) return sql`true`;
  const ways = [is(1, asked)];
  if (OTHER_SCRIPT.test(asked)) ways.push(is(2, asked), is(3, asked));
  const words = asked.split(/[\^\s]+/).filter((word) => word !== '');
  if (key.column === 'p.name_key' && !/[*?]/.test(asked) && words.length > 0)
    ways.push(
      sql`(${sql.join(
        words.map(
          (word) => sql`' ' || translate(${group(1)}, '^', ' ') || ' ' like ${`% ${pattern(word)} %`}`,
        ),
        sql` and `,
      )})`,
    );
  return sql`(${sql.join(ways, sql` or `)})`;
}
/** A DICOM name has no more than 64 letters a group; what is longer cannot match. */
const LONGEST_NAME = 400;

/** Modalities asked for, as patterns: wild cards may stand in a code (PS3.4, C.2.2.2.4). */
export const modalityPatterns = (value: string): readonly string[] =>
  value.split(/[\\,]/).map((one) => pattern(one.trim().toUpperCase()));
