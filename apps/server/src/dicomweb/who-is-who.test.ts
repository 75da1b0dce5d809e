import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let doctor: Visitor;
beforeAll(async () => {
  site = await testSite();
  doctor = await site.visitor('clinician');
});
afterAll(() => site.close());

type Found = Record<string, { vr: string; Value?: unknown[] }>;

async function stow(...objects: readonly { readonly bytes: Uint8Array }[]): Promise<Response> {
  const boundary = 'edge';
  const parts = objects.flatMap(({ bytes }) => [
    Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
  return doctor.request('/dicomweb/studies', {
    method: 'POST',
    headers: { 'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}` },
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--`)]),
  });
}
const search = async (path: string): Promise<Found[]> =>
  (await (await doctor.request(`/dicomweb/${path}`)).json()) as Found[];
const names = async (value: string): Promise<unknown[]> =>
  (await search(`studies?PatientName=${encodeURIComponent(value)}`))
    .map((one) => one['00100020']?.Value?.[0])
    .sort();
const recordsOf = (number: string) =>
  site.database.inSite('main', (tx) =>
    tx
      .selectFrom('patients')
      .select(['id', 'id_issuer', 'person_name'])
      .where('medical_record_number', '=', number)
      .orderBy('created_at')
      .execute(),
  );

describe('a number is not a person', () => {
  it('keeps two people of two issuers, and two that contradict, apart', async () => {
    const at = (study: string, more: object) => testObject({ patient: 'N1', study, instance: 1, ...more });
    expect((await stow(at('n1', { issuer: 'East' }))).status).toBe(200);
    expect(
      (await stow(at('n2', { issuer: 'West', name: 'Meier^Jo', birth: '19510203', sex: 'M' }))).status,
    ).toBe(200);
    expect((await stow(at('n3', { issuer: 'East', name: 'Moss^Kim', birth: '20010101' }))).status).toBe(200);
    expect((await stow(at('n4', { issuer: 'East', name: 'VOGT^Anna^Maria' }))).status).toBe(200);
    const records = await recordsOf('N1');
    expect(records.map((r) => [r.id_issuer, r.person_name])).toEqual([
      ['East', 'Vogt^Anna'],
      ['West', 'Meier^Jo'],
      ['East', 'Moss^Kim'],
    ]);
    const detail = (await (await doctor.request(`/api/patients/${records[0]!.id}`)).json()) as {
      sharesNumber: boolean;
      studies: number;
    };
    expect(detail).toMatchObject({ sharesNumber: true, studies: 2 });
  });

  it('learns who issued a number, and tells the next one’s apart by it', async () => {
    await stow(testObject({ patient: 'N2', study: 'm1', instance: 1 }));
    await stow(testObject({ patient: 'N2', study: 'm2', instance: 1, issuer: 'East' }));
    await stow(testObject({ patient: 'N2', study: 'm3', instance: 1, issuer: 'West' }));
    expect((await recordsOf('N2')).map((r) => r.id_issuer)).toEqual(['East', 'West']);
  });

  it('keeps an object of somebody else out of a study that is here, and says so', async () => {
    const mine = testObject({ patient: 'N3', study: 'k', instance: 1 });
    const theirs = testObject({
      patient: 'N4',
      name: 'Meier^Jo',
      birth: '19510203',
      study: 'k',
      instance: 2,
    });
    expect((await stow(mine)).status).toBe(200);
    const answer = await stow(theirs);
    expect(answer.status).toBe(409);
    expect(JSON.stringify(await answer.json())).toContain(String(0x0110));
    expect(await search(`studies/${mine.studyUid}/instances`)).toHaveLength(1);
    const trail = await site.database.inSite('main', (tx) =>
      tx.selectFrom('audit').select(['outcome', 'reason']).where('outcome', '=', 'denied').execute(),
    );
    expect(trail.some((event) => event.reason?.includes('another person'))).toBe(true);
    // The same person under a number that was put right is no stranger.
    expect((await stow(testObject({ patient: 'N5', study: 'k', instance: 3 }))).status).toBe(200);
  });
});

describe('names', () => {
  beforeAll(async () => {
    await stow(
      testObject({
        patient: 'Y1',
        name: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
        study: 'y1',
        instance: 1,
        sex: 'O',
      }),
    );
    await stow(testObject({ patient: 'Y2', name: 'MÜLLER^Jürgen^^Dr.', study: 'y2', instance: 1 }));
    await stow(testObject({ patient: 'Y3', name: 'ΠΑΠΑΔΟΠΟΥΛΟΣ^Γιώργος', study: 'y3', instance: 1 }));
    await stow(testObject({ patient: 'Y4', name: 'van der Berg^Jan', study: 'y4', instance: 1 }));
  });

  it('come back as they were sent, sex O with them', async () => {
    const [found] = await search('studies?PatientID=Y1');
    expect(found?.['00100010']?.Value).toEqual([
      { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
    ]);
    expect(found?.['00100040']?.Value).toEqual(['O']);
    const [doctorsName] = await search('studies?PatientID=Y2');
    expect(doctorsName?.['00100010']?.Value).toEqual([{ Alphabetic: 'MÜLLER^Jürgen^^Dr.' }]);
  });

  it.each([
    ['van der*', ['Y4']],
    ['Yamada^T*', ['Y1']],
    ['*^Jan', ['Y4']],
    ['müller*', ['Y2']],
    ['MULLER*', []],
    ['παπαδοπουλος^*', ['Y3']],
    ['=山田*', ['Y1']],
    ['山田*', ['Y1']],
    ['Nobody=山田*', []],
    ['Yamada*=*', ['Y1']],
    ['jürgen müller', ['Y2']],
  ])('%s finds %j', async (asked, hits) => expect(await names(asked)).toEqual(hits));

  it('are matched with an empty group by what the others say', async () => {
    expect((await names('=*')).length).toBeGreaterThan(4);
  });
});

describe('searches below studies', () => {
  it('tell of patient and study too, and of series', async () => {
    for (const path of ['series?PatientID=Y2', 'instances?PatientID=Y2']) {
      const [found] = await search(path);
      expect(found?.['00100020']?.Value, path).toEqual(['Y2']);
      expect(found?.['00201208']?.Value, path).toEqual([1]);
      expect(found?.['00201209']?.Value, path).toEqual([1]);
      expect(found?.['00081030']?.Value, path).toEqual(['L-Wirbelsäule']);
    }
  });

  it('take modalities with wild cards, and the keys of a procedure step', async () => {
    expect((await search('studies?ModalitiesInStudy=M*')).length).toBeGreaterThan(3);
    expect(await search('studies?ModalitiesInStudy=C*')).toEqual([]);
    for (const key of [
      'PerformedProcedureStepStartDate=20260301',
      '00400275.00400009=A1',
      'RequestAttributesSequence.RequestedProcedureID=R1',
    ])
      expect(await search(`series?${key}`), key).toEqual([]);
  });
});
