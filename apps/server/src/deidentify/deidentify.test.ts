import '../testing/patience.ts';
import {
  type DataSet,
  dataSet,
  element,
  items,
  SOP_CLASS,
  type Tag,
  text,
  writePart10,
} from '@foramen/dicom';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { recordConsent } from '../testing/consents.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite } from '../testing/site.ts';
import { burnedInRisk, deidentify, mapUid, pseudonym, shiftDate, shiftDays } from './apply.ts';
import { cleanDescription } from './profile.ts';
import { cappedAge } from './treat-elements.ts';

const KEY = Buffer.alloc(32, 7);
const ALL = { cleanDescriptors: true, shiftDates: true } as const;
/** Words that must not be anywhere in a copy. */
const SECRETS = [
  'Geheim',
  'SECRET',
  'Musterstrasse',
  '4711',
  'Doctor',
  'Klinikum',
  'MRSERIAL',
  'ORDER77',
  '19991231',
];

function planted(): DataSet {
  const set = new Map(
    dataSet({
      SOPClassUID: SOP_CLASS.mr,
      SOPInstanceUID: '1.2.3.4711.1',
      StudyInstanceUID: '1.2.3.4711',
      SeriesInstanceUID: '1.2.3.4711.2',
      StudyDate: '20260301',
      StudyTime: '101500',
      Modality: 'MR',
      PatientName: 'Geheim^SECRET',
      PatientID: '4711',
      PatientBirthDate: '19991231',
      PatientSex: 'F',
      OtherPatientIDs: 'SECRET',
      PatientAddress: 'Musterstrasse 1',
      PatientComments: 'SECRET comment',
      InstitutionName: 'Klinikum',
      OperatorsName: 'Doctor^A',
      ReferringPhysicianName: 'Doctor^B',
      AccessionNumber: 'ORDER77',
      DeviceSerialNumber: 'MRSERIAL',
      StudyDescription: 'LUMBAR SPINE Geheim T2 SAG',
      SeriesDescription: 'T2 TSE SAG L4-S1',
      ImageComments: 'SECRET',
      EchoTime: 90,
      RequestAttributesSequence: [dataSet({ ScheduledProcedureStepID: 'SECRET' })],
      ReferencedImageSequence: [
        dataSet({ ReferencedSOPClassUID: SOP_CLASS.mr, ReferencedSOPInstanceUID: '1.2.3.4711.9' }),
      ],
      Rows: 2,
      Columns: 2,
      BitsAllocated: 16,
      PixelData: Uint16Array.of(1, 2, 3, 4),
    }),
  );
  set.set(0x00091010 as Tag, element('LO', 'SECRET private'));
  set.set(0x60003000 as Tag, element('OW', new Uint8Array(Buffer.from('SECRET'))));
  // Not in any list of ours: judged by what it can hold.
  set.set(0x00189999 as Tag, element('LO', 'SECRET'));
  set.set(0x00189998 as Tag, element('PN', 'Geheim'));
  return set;
}
const clean = (set: DataSet, options: { cleanDescriptors: boolean; shiftDates: boolean } = ALL): DataSet => {
  const result = deidentify(set, KEY, options);
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value;
};

describe('de-identification', () => {
  it('says of nobody that they are older than 89', () => {
    expect(['026Y', '089Y', '090Y', '103Y', '011M', ''].map(cappedAge)).toEqual([
      '026Y',
      '089Y',
      '090Y',
      '090Y',
      '011M',
      '',
    ]);
    const old = clean(new Map([...planted(), ...dataSet({ PatientAge: '097Y' })]));
    expect(text(old, 'PatientAge')).toBe('090Y');
  });

  it('leaves nothing of the planted identifiers, and everything the reading needs', () => {
    const copy = clean(planted());
    const bytes = Buffer.from(writePart10(copy, { transferSyntax: '1.2.840.10008.1.2.1' })).toString(
      'latin1',
    );
    for (const secret of SECRETS) expect(bytes, secret).not.toContain(secret);
    expect(text(copy, 'PatientName')).toBe(pseudonym(KEY, '4711'));
    expect(text(copy, 'PatientSex')).toBe('F');
    expect(text(copy, 'EchoTime')).toBe('90');
    expect(text(copy, 'StudyDescription')).toBe('LUMBAR SPINE T2 SAG');
    expect(text(copy, 'SeriesDescription')).toBe('T2 TSE SAG L4-S1');
    expect(text(copy, 'PatientIdentityRemoved')).toBe('YES');
    expect(items(copy, 'DeidentificationMethodCodeSequence').map((i) => text(i, 'CodeValue'))).toEqual([
      '113100',
      '113101',
      '113108',
      '113105',
      '113107',
    ]);
    // References inside the copy still point at the copies.
    expect(text(items(copy, 'ReferencedImageSequence')[0]!, 'ReferencedSOPInstanceUID')).toBe(
      mapUid(KEY, '1.2.3.4711.9'),
    );
    expect(text(copy, 'SOPClassUID')).toBe(SOP_CLASS.mr);
  });

  it('maps every UID but those of the standard, which mean the same everywhere', () => {
    for (const kept of ['1.2.840.10008.1.2.1', SOP_CLASS.mr, '']) expect(mapUid(KEY, kept)).toBe(kept);
    // Roots of makers and hospitals lie beside the standard's own.
    for (const uid of ['1.2.840.113619.2.5.1762583153', '1.2.840.100081.3', '1.3.12.2.1107.5.2', '2.25.1']) {
      const mapped = mapUid(KEY, uid);
      expect(mapped).toMatch(/^2\.25\.\d+$/);
      expect([mapUid(KEY, uid), mapUid(Buffer.alloc(32, 8), uid) === mapped]).toEqual([mapped, false]);
      expect(mapped).not.toBe(uid);
    }
  });

  it('gives the same person the same pseudonym, and keeps the days between studies', () => {
    const second = new Map(planted());
    for (const [tag, item] of dataSet({ StudyDate: '20260331', StudyInstanceUID: '1.2.3.9' }))
      second.set(tag, item);
    const [a, b] = [clean(planted()), clean(second)];
    expect(text(a, 'PatientID')).toBe(text(b, 'PatientID'));
    const day = (set: DataSet): number =>
      Date.parse((text(set, 'StudyDate') ?? '').replace(/(....)(..)(..)/, '$1-$2-$3'));
    expect((day(b) - day(a)) / 86_400_000).toBe(30);
    expect(text(a, 'StudyDate')).not.toBe('20260301');
    expect(pseudonym(KEY, '4711')).not.toBe(pseudonym(Buffer.alloc(32, 8), '4711'));
    expect(text(clean(planted(), { cleanDescriptors: false, shiftDates: false }), 'StudyDate') ?? '').toBe(
      '',
    );
    expect(
      text(clean(planted(), { cleanDescriptors: false, shiftDates: false }), 'StudyDescription'),
    ).toBeUndefined();
  });

  it('refuses what may show a name in its pixels', () => {
    const with_ = (entries: Parameters<typeof dataSet>[0]): DataSet =>
      new Map([...planted(), ...dataSet(entries)]);
    expect(burnedInRisk(planted())).toBeUndefined();
    expect(burnedInRisk(with_({ BurnedInAnnotation: 'YES' }))).toBeDefined();
    expect(burnedInRisk(with_({ SOPClassUID: SOP_CLASS.secondaryCapture }))).toBeDefined();
    expect(
      burnedInRisk(with_({ SOPClassUID: SOP_CLASS.secondaryCapture, BurnedInAnnotation: 'NO' })),
    ).toBeUndefined();
    expect(burnedInRisk(with_({ ImageType: ['DERIVED', 'SECONDARY', 'SCREEN SAVE'] }))).toBeDefined();
  });

  it('shifts every date by the same days, whatever the date, and cleans words whatever the text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.string(), (n, who) => {
        const iso = (d: number): string =>
          new Date(d * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
        const days = shiftDays(KEY, who);
        expect(days).toBeLessThan(0);
        expect(shiftDate(iso(n), days)).toBe(iso(n + days));
      }),
    );
    expect(cleanDescription('Herr Müller, T2 sag 4711 L5/S1')).toBe('T2 sag L5 S1');
  });
});

describe('what tells who, and what the reading needs', () => {
  const with_ = (entries: Parameters<typeof dataSet>[0]): DataSet =>
    new Map([...planted(), ...dataSet(entries)]);

  it('moves each person by days of their own, within five years, and keeps the time of day', () => {
    const days = Array.from({ length: 50 }, (_, n) => shiftDays(KEY, `person ${n}`));
    expect(new Set(days).size).toBeGreaterThan(40);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(-1826);
    const copy = clean(with_({ AcquisitionDateTime: '20260301101500.5+0100', ContentTime: '101501' }));
    expect(text(copy, 'StudyTime')?.trim()).toBe('101500');
    expect(text(copy, 'ContentTime')?.trim()).toBe('101501');
    const moved = shiftDate('20260301', shiftDays(KEY, '4711'));
    expect(text(copy, 'StudyDate')).toBe(moved);
    expect(text(copy, 'AcquisitionDateTime')?.trim()).toBe(`${moved}101500.5+0100`);
    expect(text(copy, 'LongitudinalTemporalInformationModified')?.trim()).toBe('MODIFIED');
    const without = clean(with_({}), { cleanDescriptors: true, shiftDates: false });
    expect(text(without, 'LongitudinalTemporalInformationModified')?.trim()).toBe('REMOVED');
    expect(text(without, 'StudyTime') ?? '').toBe('');
  });

  it('removes private elements and overlays of every kind, and figures that describe the person', () => {
    const set = new Map(with_({ PatientWeight: '71', PatientSize: '1.71', MilitaryRank: 'Major' }));
    const gone: [number, Parameters<typeof element>][] = [
      [0x00091011, ['DS', '4711']],
      [0x00291020, ['US', [4711]]],
      [0x00191008, ['CS', 'SECRET']],
      [0x60000010, ['US', [512]]],
      [0x601e3000, ['OW', new Uint8Array(2)]],
      [0x50000005, ['US', [1]]],
    ];
    for (const [tag, made] of gone) set.set(tag as Tag, element(...made));
    const copy = clean(set);
    for (const [tag] of gone) expect(copy.has(tag as Tag), tag.toString(16)).toBe(false);
    for (const name of ['PatientWeight', 'PatientSize', 'MilitaryRank'] as const)
      expect(text(copy, name), name).toBeUndefined();
  });

  it('goes into sequences in sequences, with the same days and the same UIDs', () => {
    const inner = dataSet({
      ReferencedSOPClassUID: SOP_CLASS.mr,
      ReferencedSOPInstanceUID: '1.2.3.4711.9',
      StudyDate: '20260301',
      PatientName: 'Geheim^SECRET',
      InstitutionName: 'Klinikum',
      OtherPatientIDs: 'SECRET',
    });
    const copy = clean(
      with_({
        SourceImageSequence: [new Map([...inner, ...dataSet({ ReferencedImageSequence: [inner] })])],
      }),
    );
    const [outer] = items(copy, 'SourceImageSequence');
    const [nested] = items(outer!, 'ReferencedImageSequence');
    for (const one of [outer!, nested!]) {
      expect(text(one, 'ReferencedSOPInstanceUID')).toBe(mapUid(KEY, '1.2.3.4711.9'));
      expect(text(one, 'ReferencedSOPClassUID')).toBe(SOP_CLASS.mr);
      expect(text(one, 'StudyDate')).toBe(text(copy, 'StudyDate'));
      for (const name of ['PatientName', 'InstitutionName', 'OtherPatientIDs'] as const)
        expect(text(one, name), name).toBeUndefined();
    }
  });

  it.each([
    ['ultrasound', '1.2.840.10008.5.1.4.1.1.6.1'],
    ['ultrasound, several frames', '1.2.840.10008.5.1.4.1.1.3.1'],
    ['a capture of a screen, several frames', '1.2.840.10008.5.1.4.1.1.7.2'],
    ['a photograph', '1.2.840.10008.5.1.4.1.1.77.1.4'],
    ['a PDF', '1.2.840.10008.5.1.4.1.1.104.1'],
  ])('refuses %s, unless somebody has looked and said so', (_, SOPClassUID) => {
    expect(burnedInRisk(with_({ SOPClassUID }))).toBeDefined();
    expect(burnedInRisk(with_({ SOPClassUID, BurnedInAnnotation: 'NO' }))).toBeUndefined();
  });
  it('refuses what calls itself a picture of a screen, whatever it says of burned in text', () => {
    for (const kind of ['SCREEN SAVE', 'SCREENSAVE', 'screen save '])
      expect(
        burnedInRisk(with_({ ImageType: ['DERIVED', 'SECONDARY', kind], BurnedInAnnotation: 'NO' })),
        kind,
      ).toBeDefined();
  });

  it('keeps no number longer than three digits and no word it does not know', () => {
    expect(cleanDescription('T2 4711 123 45678 Frau_Meier L5-S1 sag')).toBe('T2 123 L5-S1 sag');
  });
});

describe('a de-identified copy', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await testSite();
  });
  afterAll(() => site.close());

  it('is a record of its own with its origin kept, open to research only with consent', async () => {
    const doctor = await site.visitor('clinician');
    const researcher = await site.visitor('researcher');
    const form = new FormData();
    for (const instance of [1, 2])
      form.append(
        'files',
        new File(
          [new Uint8Array(testObject({ patient: 'GEHEIM', name: 'Geheim^Person', instance }).bytes)],
          `${instance}.dcm`,
        ),
      );
    const { studyId, patientId } = (await (
      await doctor.request('/api/studies', { method: 'POST', body: form })
    ).json()) as { studyId: string; patientId: string };
    for (const scope of ['research', 'treatment'] as const)
      await site.database.inSite('main', (tx) => recordConsent(tx, patientId, { scope, decision: 'permit' }));
    const copy = () =>
      doctor.request(`/api/studies/${studyId}/deidentified-copy`, {
        method: 'POST',
        body: JSON.stringify(ALL),
        headers: { 'content-type': 'application/json' },
      });
    const reply = await copy();
    expect(reply.status).toBe(200);
    const made = (await reply.json()) as { patientId: string; studyId: string; copied: number };
    expect(made.copied).toBe(2);
    expect(((await (await copy()).json()) as typeof made).studyId).toBe(made.studyId);
    const seen = await researcher.request(`/api/patients/${made.patientId}`);
    expect(seen.status).toBe(200);
    expect(JSON.stringify(await seen.json())).not.toMatch(/geheim/i);
    expect((await researcher.request(`/api/patients/${patientId}`)).status).toBe(404);
    const metadata = await site.database.inSite('main', (tx) =>
      tx.selectFrom('instances').select('metadata').where('study_id', '=', made.studyId).execute(),
    );
    expect(metadata).toHaveLength(2);
    for (const row of metadata) expect(row.metadata).not.toMatch(/geheim/i);
    const origin = await site.database.inSite('main', (tx) =>
      tx.selectFrom('deidentified_copies').selectAll().execute(),
    );
    expect(origin[0]).toMatchObject({
      source_study_id: studyId,
      study_id: made.studyId,
      made_by: doctor.accountId,
    });
    // What the person said of research goes with it, and no more; the copy is not read as a study of somebody's.
    const [scopes, studies] = await site.database.inSite('main', async (tx) => [
      await tx.selectFrom('consents').select('scope').where('patient_id', '=', made.patientId).execute(),
      await tx.selectFrom('studies').select('settled_at').where('id', '=', made.studyId).execute(),
    ]);
    expect(new Set(scopes.map((row) => row.scope))).toEqual(new Set(['research']));
    expect(studies.map((row) => row.settled_at)).toEqual([expect.any(Date)]);
    // Somebody who may not see the patient may not copy either.
    const stranger = await site.visitor('clinician', 'stranger');
    expect(
      (
        await stranger.request(`/api/studies/${studyId}/deidentified-copy`, {
          method: 'POST',
          body: JSON.stringify(ALL),
        })
      ).status,
    ).toBe(404);
    await site.database.inSite('main', (tx) =>
      relate(tx, 'main', stranger.accountId, patientId, 'break-glass', 'emergency'),
    );
    expect(
      (
        await stranger.request(`/api/studies/${studyId}/deidentified-copy`, {
          method: 'POST',
          body: JSON.stringify(ALL),
        })
      ).status,
    ).toBe(403);
  });
});
