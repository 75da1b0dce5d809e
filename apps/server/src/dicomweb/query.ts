import { DICTIONARY, type Keyword } from '@foramen/dicom';
import { sql } from 'kysely';
import type { Tx } from '../database/connect.ts';
import { type JsonDataSet, tagName } from './json.ts';
import { dayRange, momentRange, timeRange } from './moments.ts';

/** A QIDO-RS search (PS3.18, 10.6), or a C-FIND of the same level: keys by tag name or keyword. */
export interface DicomQuery {
  readonly level: 'study' | 'series' | 'instance';
  readonly match: Readonly<Record<string, string>>;
  readonly studyUid?: string;
  readonly seriesUid?: string;
  /** Whose relationships narrow the search; it only saves work, the policy judges each row. Everybody's if absent. */
  readonly seenBy?: 'everybody' | 'research' | { readonly accountId: string };
  /** A range of dates and one of times are one range of moments (PS3.4, C.2.2.2.5.3); else each is matched alone. */
  readonly moments?: boolean;
  /** Tags beyond those every answer has. */
  readonly include?: 'all' | readonly string[];
  readonly limit: number;
  readonly offset: number;
}

export interface QueryRow {
  readonly patientId: string;
  readonly attributes: JsonDataSet;
  readonly studyUid: string;
  readonly seriesUid?: string;
  readonly sopUid?: string;
}

interface Key {
  readonly tag: string;
  readonly keyword: string;
  readonly column: string;
  readonly kind: 'text' | 'uid' | 'date' | 'time' | 'number' | 'name' | 'person';
}

const STUDY_KEYS: readonly Key[] = [
  { tag: '0020000D', keyword: 'StudyInstanceUID', column: 's.study_uid', kind: 'uid' },
  { tag: '00080020', keyword: 'StudyDate', column: 's.study_date', kind: 'date' },
  { tag: '00080030', keyword: 'StudyTime', column: 's.study_time', kind: 'time' },
  { tag: '00080050', keyword: 'AccessionNumber', column: 's.accession_number', kind: 'text' },
  { tag: '00081030', keyword: 'StudyDescription', column: 's.description', kind: 'text' },
  { tag: '00080090', keyword: 'ReferringPhysicianName', column: 's.referring_physician', kind: 'person' },
  { tag: '00200010', keyword: 'StudyID', column: 's.study_label', kind: 'text' },
  { tag: '00100010', keyword: 'PatientName', column: 'p.name', kind: 'name' },
  { tag: '00100020', keyword: 'PatientID', column: 'p.medical_record_number', kind: 'text' },
  { tag: '00100030', keyword: 'PatientBirthDate', column: 'p.birth_date', kind: 'date' },
];
const SERIES_KEYS: readonly Key[] = [
  { tag: '0020000E', keyword: 'SeriesInstanceUID', column: 'e.series_uid', kind: 'uid' },
  { tag: '00080060', keyword: 'Modality', column: 'e.modality', kind: 'text' },
  { tag: '00200011', keyword: 'SeriesNumber', column: 'e.number', kind: 'number' },
  { tag: '0008103E', keyword: 'SeriesDescription', column: 'e.description', kind: 'text' },
  { tag: '00180015', keyword: 'BodyPartExamined', column: 'e.body_part', kind: 'text' },
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

const isModalities = (name: string): boolean => name === 'ModalitiesInStudy' || name === '00080061';
const keyOf = (level: DicomQuery['level'], name: string): Key | undefined =>
  keysOf(level).find((key) => key.tag === name.toUpperCase() || key.keyword === name);

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

/** Rows that match, newest study first, in one statement. Whether the asker may see a row is judged afterwards. */
export async function searchDicom(tx: Tx, siteId: string, query: DicomQuery): Promise<readonly QueryRow[]> {
  const conditions = [sql`s.site_id = ${siteId}`, sql`s.source = 'dicom'`];
  const { seenBy = 'everybody' } = query;
  if (seenBy === 'research') conditions.push(sql`p.deidentified`);
  else if (seenBy !== 'everybody')
    conditions.push(sql`exists (select 1 from relationships r where r.site_id = p.site_id and r.account_id = ${seenBy.accountId}
      and r.patient_id = p.id)`);
  if (query.studyUid !== undefined) conditions.push(sql`s.study_uid = ${query.studyUid}`);
  if (query.seriesUid !== undefined) conditions.push(sql`e.series_uid = ${query.seriesUid}`);
  const ranges = query.moments === true ? momentRange(query.match) : undefined;
  if (ranges !== undefined) conditions.push(ranges);
  for (const [name, value] of Object.entries(query.match)) {
    if (value === '' || value === '*') continue;
    const key = keyOf(query.level, name);
    if (ranges !== undefined && (key?.keyword === 'StudyDate' || key?.keyword === 'StudyTime')) continue;
    if (key !== undefined) conditions.push(condition(key, value));
    else if (isModalities(name)) {
      conditions.push(
        sql`exists (select 1 from series m where m.site_id = s.site_id and m.study_id = s.id and m.modality = any(${value.split(/[\\,]/)}))`,
      );
    }
  }
  const where = sql.join(conditions, sql` and `);
  const page = sql`limit ${query.limit} offset ${query.offset}`;
  const { include = [] } = query;
  // Of studies and series those of an object of theirs: what is asked for so is the same in all of them.
  const example = (of: ReturnType<typeof sql>) =>
    include.length === 0
      ? sql`null`
      : sql`(select i.metadata from instances i where i.site_id = s.site_id and ${of} order by i.number, i.sop_uid limit 1)`;
  switch (query.level) {
    case 'study': {
      const rows = await sql<StudyRow>`
        select p.id as "patientId", p.name, p.medical_record_number as mrn, p.birth_date as born, p.sex, s.study_uid as "studyUid",
          s.study_date as date, s.study_time as time, s.study_label as label, s.referring_physician as referrer,
          s.accession_number as accession, s.description, c.series, c.instances, c.modalities,
          ${example(sql`i.study_id = s.id`)} as example
        from studies s join patients p on p.site_id = s.site_id and p.id = s.patient_id
        left join lateral (
          select count(distinct e.id)::int as series, count(i.id)::int as instances, array_remove(array_agg(distinct e.modality), null) as modalities
          from series e left join instances i on i.site_id = e.site_id and i.series_id = e.id
          where e.site_id = s.site_id and e.study_id = s.id) c on true
        where ${where} order by s.study_date desc nulls last, s.study_uid ${page}`.execute(tx);
      return rows.rows.map((row) => ({
        patientId: row.patientId,
        studyUid: row.studyUid,
        attributes: { ...included(row.example, include), ...studyAttributes(row) },
      }));
    }
    case 'series': {
      const rows = await sql<SeriesRow>`
        select p.id as "patientId", s.study_uid as "studyUid", e.series_uid as "seriesUid", e.modality, e.number, e.description, e.body_part as part,
          (select count(*)::int from instances i where i.site_id = e.site_id and i.series_id = e.id) as instances,
          ${example(sql`i.series_id = e.id`)} as example
        from series e join studies s on s.site_id = e.site_id and s.id = e.study_id
        join patients p on p.site_id = s.site_id and p.id = s.patient_id
        where ${where} order by s.study_uid, e.number nulls last, e.series_uid ${page}`.execute(tx);
      return rows.rows.map((row) => ({
        patientId: row.patientId,
        studyUid: row.studyUid,
        seriesUid: row.seriesUid,
        attributes: {
          ...included(row.example, include),
          '0020000D': { vr: 'UI', Value: [row.studyUid] },
          '0020000E': { vr: 'UI', Value: [row.seriesUid] },
          '00080060': attribute('CS', row.modality),
          '00200011': attribute('IS', row.number),
          '0008103E': attribute('LO', row.description),
          '00180015': attribute('CS', row.part),
          '00201209': { vr: 'IS', Value: [row.instances] },
        },
      }));
    }
    case 'instance': {
      const rows = await sql<InstanceRow>`
        select p.id as "patientId", s.study_uid as "studyUid", e.series_uid as "seriesUid", i.sop_uid as "sopUid", i.sop_class as class,
          i.number, i.rows, i.columns, i.frames, e.modality, ${include.length === 0 ? sql`null` : sql`i.metadata`} as example
        from instances i join series e on e.site_id = i.site_id and e.id = i.series_id
        join studies s on s.site_id = i.site_id and s.id = i.study_id
        join patients p on p.site_id = s.site_id and p.id = s.patient_id
        where ${where} order by s.study_uid, e.number nulls last, e.series_uid, i.number nulls last, i.sop_uid ${page}`.execute(
        tx,
      );
      return rows.rows.map((row) => ({
        patientId: row.patientId,
        studyUid: row.studyUid,
        seriesUid: row.seriesUid,
        sopUid: row.sopUid,
        attributes: {
          ...included(row.example, include),
          '00080016': { vr: 'UI', Value: [row.class] },
          '00080018': { vr: 'UI', Value: [row.sopUid] },
          '0020000D': { vr: 'UI', Value: [row.studyUid] },
          '0020000E': { vr: 'UI', Value: [row.seriesUid] },
          '00080060': attribute('CS', row.modality),
          '00200013': attribute('IS', row.number),
          '00280010': attribute('US', row.rows),
          '00280011': attribute('US', row.columns),
          '00280008': { vr: 'IS', Value: [row.frames] },
        },
      }));
    }
  }
}

interface StudyRow {
  example: string | null;
  patientId: string;
  name: string;
  mrn: string | null;
  born: string | null;
  sex: string;
  studyUid: string;
  date: string | null;
  time: string | null;
  label: string | null;
  referrer: string | null;
  accession: string | null;
  description: string | null;
  series: number;
  instances: number;
  modalities: string[] | null;
}
interface SeriesRow {
  example: string | null;
  patientId: string;
  studyUid: string;
  seriesUid: string;
  modality: string | null;
  number: number | null;
  description: string | null;
  part: string | null;
  instances: number;
}
interface InstanceRow {
  example: string | null;
  patientId: string;
  studyUid: string;
  seriesUid: string;
  sopUid: string;
  class: string;
  number: number | null;
  rows: number | null;
  columns: number | null;
  frames: number;
  modality: string | null;
}

/** Those of an object's attributes that were asked for, without what is too large to be inline. */
function included(metadata: string | null, include: DicomQuery['include']): JsonDataSet {
  if (metadata === null) return {};
  const all = JSON.parse(metadata) as JsonDataSet;
  return Object.fromEntries(
    Object.entries(all).filter(
      ([tag, { BulkDataURI }]) => BulkDataURI === undefined && (include === 'all' || include?.includes(tag)),
    ),
  );
}

function attribute(vr: string, value: string | number | null): { vr: string; Value?: readonly unknown[] } {
  return value === null ? { vr } : { vr, Value: [value] };
}

function studyAttributes(row: StudyRow): JsonDataSet {
  const [given, ...family] = row.name.split(' ');
  const name = family.length === 0 ? row.name : `${family.join(' ')}^${given}`;
  return {
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080020': attribute('DA', row.date?.replaceAll('-', '') ?? null),
    '00080030': attribute('TM', row.time),
    '00080050': attribute('SH', row.accession),
    '00080061':
      row.modalities === null || row.modalities.length === 0
        ? { vr: 'CS' }
        : { vr: 'CS', Value: row.modalities },
    '00080090': row.referrer === null ? { vr: 'PN' } : { vr: 'PN', Value: [{ Alphabetic: row.referrer }] },
    '00081030': attribute('LO', row.description),
    '00100010': { vr: 'PN', Value: [{ Alphabetic: name }] },
    '00100020': attribute('LO', row.mrn),
    '00100030': attribute('DA', row.born?.replaceAll('-', '') ?? null),
    '00100040': attribute('CS', { male: 'M', female: 'F' }[row.sex] ?? null),
    '0020000D': { vr: 'UI', Value: [row.studyUid] },
    '00200010': attribute('SH', row.label),
    '00201206': { vr: 'IS', Value: [row.series] },
    '00201208': { vr: 'IS', Value: [row.instances] },
  };
}

/** A name as it is asked for, without empty components at its end; a DICOM name has no more than 64 letters a group. */
const nameAsked = (value: string): string =>
  value
    .trim()
    .slice(0, 200)
    .replace(/[\^\s]+$/, '');

/** One key's match (PS3.4, C.2.2.2): single value, list of UIDs, wild card, range of dates. */
function condition(key: Key, value: string) {
  const column = sql.ref(key.column);
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
    case 'person':
      return sql`${column} ilike ${pattern(nameAsked(value))}`;
    case 'name': {
      // Names are kept as "given family". A pattern is matched against the whole name as DICOM writes it; words without wild cards, which a
      // person types, may be any of its components.
      const wanted = nameAsked(value);
      const written = sql`regexp_replace(${column}, '^(\\S+)\\s+(.*)$', '\\2^\\1')`;
      const groups = wanted.split('=').filter((group) => group !== '');
      const words = wanted.split(/[\^=\s]+/).filter((word) => word !== '');
      const matches = groups.map((group) => sql`${written} ilike ${pattern(group)}`);
      if (!/[*?]/.test(wanted) && words.length > 0)
        matches.push(
          sql`(${sql.join(
            words.map((word) => sql`' ' || ${column} || ' ' ilike ${`% ${pattern(word)} %`}`),
            sql` and `,
          )})`,
        );
      // Names in other scripts stand in the objects only.
      if (/[^ -\u02ff]/.test(wanted))
        matches.push(sql`exists (select 1 from instances n where n.site_id = s.site_id and n.study_id = s.id
          and (n.metadata::jsonb #>> '{00100010,Value,0,Ideographic}' ilike ${pattern(groups[0] ?? '')}
            or n.metadata::jsonb #>> '{00100010,Value,0,Phonetic}' ilike ${pattern(groups[0] ?? '')}))`);
      return matches.length === 0 ? sql`true` : sql`(${sql.join(matches, sql` or `)})`;
    }
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
