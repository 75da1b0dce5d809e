import { sql } from 'kysely';
import type { Tx } from '../database/connect.ts';
import { NO_NAME, writtenName } from '../records/person-name.ts';
import type { JsonDataSet } from './json.ts';
import { momentRange } from './moments.ts';
import { condition, isModalities, keyOf, modalityPatterns } from './query-keys.ts';

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
        sql`exists (select 1 from series m where m.site_id = s.site_id and m.study_id = s.id and m.modality like any(${modalityPatterns(value)}))`,
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
        select ${OF_STUDY},
          ${example(sql`i.study_id = s.id`)} as example
        from studies s join patients p on p.site_id = s.site_id and p.id = s.patient_id
        where ${where} order by s.study_date desc nulls last, s.study_uid ${page}`.execute(tx);
      const counts = await countsOf(tx, siteId, rows.rows);
      return rows.rows.map((row) => ({
        patientId: row.patientId,
        studyUid: row.studyUid,
        attributes: {
          ...included(row.example, include),
          ...studyAttributes(row, counts.ofStudy(row.studyId)),
        },
      }));
    }
    case 'series': {
      const rows = await sql<SeriesRow>`
        select ${OF_STUDY}, e.series_uid as "seriesUid", e.modality, e.number, e.description, e.body_part as part,
          e.id as "seriesId",
          ${example(sql`i.series_id = e.id`)} as example
        from series e join studies s on s.site_id = e.site_id and s.id = e.study_id
        join patients p on p.site_id = s.site_id and p.id = s.patient_id
        where ${where} order by s.study_uid, e.number nulls last, e.series_uid ${page}`.execute(tx);
      const counts = await countsOf(tx, siteId, rows.rows);
      return rows.rows.map((row) => ({
        patientId: row.patientId,
        studyUid: row.studyUid,
        seriesUid: row.seriesUid,
        attributes: {
          ...included(row.example, include),
          ...studyAttributes(row, counts.ofStudy(row.studyId)),
          ...seriesAttributes({ ...row, seriesNumber: row.number }, counts.ofSeries(row.seriesId)),
        },
      }));
    }
    case 'instance': {
      const rows = await sql<InstanceRow>`
        select ${OF_STUDY}, e.series_uid as "seriesUid", e.number as "seriesNumber", e.description as description, e.body_part as part,
          e.id as "seriesId",
          i.sop_uid as "sopUid", i.sop_class as class, i.number, i.rows, i.columns, i.frames, e.modality, ${include.length === 0 ? sql`null` : sql`i.metadata`} as example
        from instances i join series e on e.site_id = i.site_id and e.id = i.series_id
        join studies s on s.site_id = i.site_id and s.id = i.study_id
        join patients p on p.site_id = s.site_id and p.id = s.patient_id
        where ${where} order by s.study_uid, e.number nulls last, e.series_uid, i.number nulls last, i.sop_uid ${page}`.execute(
        tx,
      );
      const counts = await countsOf(tx, siteId, rows.rows);
      return rows.rows.map((row) => ({
        patientId: row.patientId,
        studyUid: row.studyUid,
        seriesUid: row.seriesUid,
        sopUid: row.sopUid,
        attributes: {
          ...included(row.example, include),
          ...studyAttributes(row, counts.ofStudy(row.studyId)),
          ...seriesAttributes(row, counts.ofSeries(row.seriesId)),
          '00080016': { vr: 'UI', Value: [row.class] },
          '00080018': { vr: 'UI', Value: [row.sopUid] },
          '00200013': attribute('IS', row.number),
          '00280010': attribute('US', row.rows),
          '00280011': attribute('US', row.columns),
          '00280008': { vr: 'IS', Value: [row.frames] },
        },
      }));
    }
  }
}

/** Patient and study, of which searches below them tell too (PS3.18, 10.6.3.3). */
const OF_STUDY = sql`p.id as "patientId", p.name, p.person_name as "personName", p.medical_record_number as mrn, p.id_issuer as issuer,
  p.birth_date as born, p.sex, p.sex_code as "sexCode", s.study_uid as "studyUid", s.study_date as date, s.study_time as time,
  s.study_label as label, s.referring_physician as referrer, s.accession_number as accession, s.description as "studyDescription",
  s.id as "studyId"`;

interface Counts {
  readonly series: number;
  readonly instances: number;
  readonly modalities: readonly string[] | null;
}
const NOTHING: Counts = { series: 0, instances: 0, modalities: null };

/** What the studies of a page hold, and their series: counted once for the page, however many of its rows are of one study. */
async function countsOf(
  tx: Tx,
  siteId: string,
  rows: readonly { readonly studyId: string }[],
): Promise<{ readonly ofStudy: (id: string) => Counts; readonly ofSeries: (id: string) => number }> {
  const ids = [...new Set(rows.map((row) => row.studyId))];
  if (ids.length === 0) return { ofStudy: () => NOTHING, ofSeries: () => 0 };
  const { rows: found } = await sql<{
    studyId: string;
    id: string;
    modality: string | null;
    instances: number;
  }>`
    select e.study_id as "studyId", e.id, e.modality,
      (select count(*)::int from instances i where i.site_id = e.site_id and i.series_id = e.id) as instances
    from series e where e.site_id = ${siteId} and e.study_id = any(${ids})`.execute(tx);
  const series = new Map(found.map((row) => [row.id, row.instances]));
  const studies = new Map<string, Counts>();
  for (const row of found) {
    const had = studies.get(row.studyId) ?? { ...NOTHING, modalities: [] };
    const modalities = new Set([...(had.modalities ?? []), ...(row.modality === null ? [] : [row.modality])]);
    studies.set(row.studyId, {
      series: had.series + 1,
      instances: had.instances + row.instances,
      modalities: [...modalities].sort(),
    });
  }
  return { ofStudy: (id) => studies.get(id) ?? NOTHING, ofSeries: (id) => series.get(id) ?? 0 };
}

interface StudyRow {
  example: string | null;
  patientId: string;
  name: string;
  personName: string | null;
  issuer: string | null;
  sexCode: string | null;
  mrn: string | null;
  born: string | null;
  sex: string;
  studyUid: string;
  date: string | null;
  time: string | null;
  label: string | null;
  referrer: string | null;
  accession: string | null;
  studyDescription: string | null;
  studyId: string;
}
interface SeriesRow extends StudyRow {
  seriesUid: string;
  modality: string | null;
  number: number | null;
  description: string | null;
  part: string | null;
  seriesId: string;
}
interface InstanceRow extends SeriesRow {
  seriesNumber: number | null;
  sopUid: string;
  class: string;
  rows: number | null;
  columns: number | null;
  frames: number;
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

function studyAttributes(row: StudyRow, counts: Counts): JsonDataSet {
  return {
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080020': attribute('DA', row.date?.replaceAll('-', '') ?? null),
    '00080030': attribute('TM', row.time),
    '00080050': attribute('SH', row.accession),
    '00080061':
      counts.modalities === null || counts.modalities.length === 0
        ? { vr: 'CS' }
        : { vr: 'CS', Value: counts.modalities },
    '00080090': row.referrer === null ? { vr: 'PN' } : { vr: 'PN', Value: [{ Alphabetic: row.referrer }] },
    '00081030': attribute('LO', row.studyDescription),
    '00100010': personName(row),
    '00100020': attribute('LO', row.mrn),
    ...(row.issuer === null ? {} : { '00100021': attribute('LO', row.issuer) }),
    '00100030': attribute('DA', row.born?.replaceAll('-', '') ?? null),
    '00100040': attribute('CS', row.sexCode ?? { male: 'M', female: 'F' }[row.sex] ?? null),
    '0020000D': { vr: 'UI', Value: [row.studyUid] },
    '00200010': attribute('SH', row.label),
    '00201206': { vr: 'IS', Value: [counts.series] },
    '00201208': { vr: 'IS', Value: [counts.instances] },
  };
}

/** As it was sent, in all its groups; a name that was typed, as DICOM would write it. */
function personName(row: StudyRow): JsonDataSet[string] {
  const name = row.personName ?? (row.name === NO_NAME ? '' : writtenName(row.name));
  const groups = Object.fromEntries(
    name.split('=').flatMap((text, i) => (text === '' || GROUPS[i] === undefined ? [] : [[GROUPS[i], text]])),
  );
  return Object.keys(groups).length === 0 ? { vr: 'PN' } : { vr: 'PN', Value: [groups] };
}
const GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;

function seriesAttributes(
  row: Pick<InstanceRow, 'modality' | 'description' | 'part' | 'seriesUid' | 'seriesNumber'>,
  instances: number,
): JsonDataSet {
  return {
    '00080060': attribute('CS', row.modality),
    '0008103E': attribute('LO', row.description),
    '00180015': attribute('CS', row.part),
    '0020000E': { vr: 'UI', Value: [row.seriesUid] },
    '00200011': attribute('IS', row.seriesNumber),
    '00201209': { vr: 'IS', Value: [instances] },
  };
}
