import '../testing/patience.ts';
import { dataSet, SOP_CLASS, TRANSFER_SYNTAX, writePart10 } from '@foramen/dicom';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../database/migrate.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { searchDicom } from './query.ts';

let site: TestSite;
let doctor: Visitor;

/** Studies by their last number: date, time as sent, and what is answered for it. */
const STUDIES = [
  [1, '20260301', '093000', '093000'],
  [2, '20260302', '0815', '081500'],
  [3, '20260302', '235959.5', '235959.5'],
  [4, '20260303', '17:45:10', '174510'],
  [5, '20260303', undefined, undefined],
  [6, '20260304', '9 o’clock', undefined],
] as const;

beforeAll(async () => {
  site = await testSite();
  doctor = await site.visitor('clinician');
  const parts = STUDIES.map(([n, day, time]) =>
    writePart10(
      dataSet({
        SpecificCharacterSet: 'ISO_IR 192',
        SOPClassUID: SOP_CLASS.mr,
        SOPInstanceUID: `1.2.3.${n}.1.1`,
        StudyInstanceUID: `1.2.3.${n}`,
        SeriesInstanceUID: `1.2.3.${n}.1`,
        StudyDate: day,
        ...(time === undefined ? {} : { StudyTime: time }),
        StudyID: `RAD-${n}`,
        ReferringPhysicianName: n < 4 ? 'Meier^Hans^^Dr.' : 'Öz^Ayla',
        Modality: 'MR',
        PatientID: 'T1',
        PatientName: 'Vogt^Anna',
      }),
      { transferSyntax: TRANSFER_SYNTAX.explicitLittle },
    ),
  );
  const body = Buffer.concat([
    ...parts.flatMap((bytes) => [
      Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
  const headers = { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' };
  expect((await doctor.request('/dicomweb/studies', { method: 'POST', body, headers })).status).toBe(200);
});
afterAll(() => site.close());

type Row = Record<string, { vr: string; Value?: unknown[] }>;
const numbers = (uids: readonly unknown[]): number[] =>
  uids.map((uid) => Number(String(uid).slice('1.2.3.'.length))).sort();
const find = async (query: string): Promise<Row[]> =>
  (await (await doctor.request(`/dicomweb/studies?${query}`)).json()) as Row[];

describe('a search of studies', () => {
  it.each([
    ['StudyTime=0930', [1]],
    ['StudyTime=09', [1]],
    ['StudyTime=093000', [1]],
    ['StudyTime=093001', []],
    ['StudyTime=08-1000', [1, 2]],
    ['StudyTime=1745-', [3, 4]],
    ['StudyTime=-0815', [2]],
    ['StudyTime=235959.5', [3]],
    ['StudyTime=235959.6-', []],
    ['00080030=0930', [1]],
    // From half past nine of the first to half past five of the third, not the working hours of three days.
    ['StudyDate=20260301-20260303&StudyTime=0931-1730', [2, 3]],
    ['StudyDate=20260301-20260303&StudyTime=0930-174510', [1, 2, 3, 4]],
    ['StudyDate=-20260302&StudyTime=-0900', [1, 2]],
    ['StudyDate=20260302-&StudyTime=0900-', [3, 4]],
    ['StudyDate=20260302&StudyTime=0800-0900', [2]],
    ['StudyID=RAD-3', [3]],
    ['StudyID=RAD-?', [1, 2, 3, 4, 5, 6]],
    ['ReferringPhysicianName=meier*', [1, 2, 3]],
    ['ReferringPhysicianName=%C3%96z%5EAyla', [4, 5, 6]],
    ['ReferringPhysicianName=Meier', []],
  ] as const)('by %s finds %j', async (query, expected) => {
    expect(numbers((await find(query)).map((row) => row['0020000D']?.Value?.[0]))).toEqual(expected);
  });

  it('answers with time, number and referring physician', async () => {
    for (const [n, , , time] of STUDIES) {
      const [row] = await find(`StudyInstanceUID=1.2.3.${n}`);
      expect(row?.['00080030']).toEqual(time === undefined ? { vr: 'TM' } : { vr: 'TM', Value: [time] });
      expect(row?.['00200010']?.Value).toEqual([`RAD-${n}`]);
    }
    const [row] = await find('StudyID=RAD-1');
    expect(row?.['00080090']).toEqual({ vr: 'PN', Value: [{ Alphabetic: 'Meier^Hans^^Dr.' }] });
  });

  it('by C-FIND matches days and times each alone, as agreed on there', async () => {
    const match = { StudyDate: '20260301-20260303', StudyTime: '0800-1000' };
    const rows = await site.database.inSite('main', (tx) =>
      searchDicom(tx, 'main', { level: 'study', match, limit: 10, offset: 0 }),
    );
    expect(numbers(rows.map((row) => row.studyUid))).toEqual([1, 2]);
  });

  it('knows them of studies that came before they were kept', async () => {
    const { text } = migrations().find(({ name }) => name === '0018_study_keys.sql')!;
    const kept = (tx: Parameters<Parameters<typeof site.database.inSite>[1]>[0]) =>
      tx
        .selectFrom('studies')
        .select(['study_uid', 'study_time', 'study_label', 'referring_physician'])
        .orderBy('study_uid')
        .execute();
    await site.database.inSite('main', async (tx) => {
      const before = await kept(tx);
      await tx
        .updateTable('studies')
        .set({ study_time: null, study_label: null, referring_physician: null })
        .execute();
      await sql.raw(text.slice(text.indexOf('update studies'))).execute(tx);
      // The retired form of the fourth is read when it comes only.
      expect(await kept(tx)).toEqual(
        before.map((row) => (row.study_uid === '1.2.3.4' ? { ...row, study_time: null } : row)),
      );
    });
  });
});

describe('a key whose value is no date, time or number', () => {
  const status = async (level: string, query: string): Promise<number> =>
    (await doctor.request(`/dicomweb/${level}?${query}`)).status;

  it.each([
    ['studies', 'StudyDate=2026-01-01'],
    ['studies', 'StudyDate=20261301'],
    ['studies', '00080020=20260101-20260102-20260103'],
    ['studies', 'PatientBirthDate=-'],
    ['studies', 'StudyDate=garbage'],
    ['studies', 'StudyTime=25'],
    ['studies', 'StudyTime=10-11-12'],
    ['studies', 'StudyTime=late'],
    ['instances', 'InstanceNumber=one'],
  ])('%s?%s is refused, and the refusal says what would do', async (level, query) => {
    const reply = await doctor.request(`/dicomweb/${level}?${query}`);
    expect(reply.status).toBe(400);
    const { problems } = (await reply.json()) as { problems: { where: string; help: string }[] };
    expect(problems[0]?.where).toBe(`query.${query.split('=')[0]}`);
    expect(problems[0]?.help).toMatch(/YYYYMMDD|HHMMSS|whole number/);
  });

  it('but ranges, open ones and empty keys are searched by', async () => {
    for (const query of [
      'StudyDate=20260101-',
      'StudyDate=-20260101',
      'StudyDate=',
      'StudyTime=1015-',
      'StudyDate=20260230',
    ])
      expect(await status('studies', query), query).toBe(200);
    expect(await status('instances', 'InstanceNumber=1')).toBe(200);
  });
});
