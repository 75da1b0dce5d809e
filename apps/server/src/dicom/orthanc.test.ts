import '../testing/patience.ts';
import { type DataSet, dataSet, element, keywordOf, readDicom, type Tag, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deidentify } from '../deidentify/apply.ts';
import { DUMMY } from '../deidentify/treat-elements.ts';
import type { Inbox } from '../ingest/inbox.ts';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { DICOM_PORT, type OrthancPeer, orthancPeer } from '../testing/orthanc.ts';
import { freePort } from '../testing/ports.ts';
import type { TestSite } from '../testing/site.ts';
import { readPeers } from './peers.ts';
import { dataSetStart, sendAll } from './sender.ts';

const port = await freePort();
const orthanc: OrthancPeer | undefined = await orthancPeer({ port });

let here: DicomSite;
let site: TestSite;
let inbox: Inbox;
beforeAll(async () => {
  if (orthanc === undefined) return;
  here = await dicomSite({ quietSeconds: 3_600 });
  ({ site, inbox } = here);
  const { node } = await here.node({
    host: orthanc.ourAddress,
    port,
    peers: readPeers(`ORTHANC=${orthanc.address}:${DICOM_PORT}!`),
    maxObjectBytes: 64 << 20,
    idleMs: 30_000,
  });
  await node.reportCommitments();
});
afterAll(async () => {
  if (orthanc === undefined) return;
  // First: whatever becomes of the rest, no server and no network is left behind.
  await orthanc.stop();
  await here.close();
});

const json = async (path: string, init?: RequestInit): Promise<unknown> => {
  const reply = await orthanc!.rest(path, init);
  if (!reply.ok) throw new Error(`Orthanc answered ${reply.status} to ${path}: ${await reply.text()}`);
  return reply.json();
};
const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
const body = (bytes: Uint8Array): Buffer => Buffer.from(bytes.subarray(dataSetStart(bytes)));
const parsed = (bytes: Uint8Array): DataSet => {
  const read = readDicom(bytes);
  if (!read.ok) throw new Error(read.problems[0].what);
  return read.value.set;
};

const peer = () => ({ aeTitle: 'ORTHANC', host: orthanc!.address, port: DICOM_PORT });
const idOf = async (sopUid: string): Promise<string> =>
  ((await json('/tools/lookup', { method: 'POST', body: sopUid })) as { ID: string }[])[0]!.ID;

describe.runIf(orthanc !== undefined)('Orthanc', () => {
  it('gets objects from us and sends them back, byte for byte', async () => {
    const made = [0, 1, 2, 3].map((instance) => {
      const set = new Map(parsed(testObject({ study: 'orthanc', patient: 'O1', instance, side: 64 }).bytes));
      // What only the vendor understands goes through as well.
      set.set(0x00290010 as Tag, element('LO', 'VENDOR'));
      set.set(0x00291001 as Tag, element('OB', Uint8Array.of(1, 2, 3, instance)));
      return writePart10(set, { transferSyntax: '1.2.840.10008.1.2.1' });
    });
    const items = await Promise.all(made.map(here.sendable));
    expect(await sendAll(peer(), 'FORAMEN', site.services.blobs, items)).toMatchObject({
      completed: 4,
      failed: 0,
    });
    const ids: string[] = [];
    for (const [i, { sopUid }] of items.entries()) {
      const id = await idOf(sopUid);
      ids.push(id);
      const file = new Uint8Array(await (await orthanc!.rest(`/instances/${id}/file`)).arrayBuffer());
      expect(body(file).equals(body(made[i]!))).toBe(true);
    }
    await json('/modalities/foramen/store', post(ids));
    await inbox.settled();
    const rows = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('instances as i')
        .innerJoin('blobs as b', 'b.id', 'i.blob_id')
        .select(['i.sop_uid', 'b.object', 'i.received_from'])
        .execute(),
    );
    expect(rows).toHaveLength(4);
    for (const { sop_uid: uid, object, received_from: from } of rows) {
      const at = items.findIndex((item) => item.sopUid === uid);
      expect(from).toBe('ORTHANC');
      expect(body(await site.services.blobs.read(object)).equals(body(made[at]!))).toBe(true);
    }
  });

  it('is told truthfully what we keep', async () => {
    const { sopUid } = testObject({ study: 'orthanc', instance: 0 });
    const sopClass = '1.2.840.10008.5.1.4.1.1.4';
    const ask = async (uid: string): Promise<string> => {
      const { ID } = (await json(
        '/modalities/foramen/storage-commitment',
        post({ DicomInstances: [[sopClass, uid]] }),
      )) as { ID: string };
      const status = async (): Promise<string> =>
        ((await json(`/storage-commitment/${ID}`)) as { Status: string }).Status;
      await expect.poll(status).not.toBe('Pending');
      return status();
    };
    const jobs = () =>
      site.database.inSite('main', (tx) =>
        tx.selectFrom('jobs').select('kind').where('kind', '=', 'analyze').execute(),
      );
    expect(await jobs()).toHaveLength(0);
    expect(await ask(sopUid)).toBe('Success');
    // Who asks has sent everything: the study is analysed without waiting for quiet, once.
    expect(await jobs()).toEqual([{ kind: 'analyze' }]);
    expect(await ask('1.2.3.4.5')).toBe('Failure');
  });

  it('finds and fetches what we have', async () => {
    const { studyUid } = testObject({ study: 'orthanc', instance: 0 });
    const { ID } = (await json(
      '/modalities/foramen/query',
      post({ Level: 'Study', Query: { PatientID: 'O1', StudyInstanceUID: '' } }),
    )) as { ID: string };
    const answers = (await json(`/queries/${ID}/answers?expand&simplify`)) as { StudyInstanceUID: string }[];
    expect(answers.map((answer) => answer.StudyInstanceUID)).toEqual([studyUid]);
    for (const id of (await json('/studies')) as string[])
      await orthanc!.rest(`/studies/${id}`, { method: 'DELETE' });
    await json(`/queries/${ID}/retrieve`, { method: 'POST', body: 'ORTHANC' });
    expect((await json('/instances')) as string[]).toHaveLength(4);
  });

  it('de-identifies as we do, but for the differences that docs/dicom-node.md explains', async () => {
    const set = identified();
    const bytes = writePart10(set, { transferSyntax: '1.2.840.10008.1.2.1' });
    const { ID } = (await json('/instances', { method: 'POST', body: new Uint8Array(bytes) })) as {
      ID: string;
    };
    const reply = await orthanc!.rest(`/instances/${ID}/anonymize`, post({ DicomVersion: '2021b' }));
    const theirs = parsed(new Uint8Array(await reply.arrayBuffer()));
    const state = (copy: DataSet, tag: Tag): string => {
      const [before, after] = [set.get(tag), copy.get(tag)];
      const values = Array.isArray(after?.value) ? after.value.join('') : undefined;
      if (after === undefined || values === '' || DUMMIES.has(values ?? '')) return 'gone';
      return JSON.stringify(before?.value) === JSON.stringify(after.value) ? 'kept' : 'replaced';
    };
    for (const [on, expected] of [
      [false, CHARACTERISTICS],
      [true, WITH_OPTIONS],
    ] as const) {
      const result = deidentify(set, Buffer.alloc(32, 7), { cleanDescriptors: on, shiftDates: on });
      if (!result.ok) throw new Error(result.problems[0].what);
      const ours = result.value;
      const differences: Record<string, string> = {};
      for (const tag of set.keys()) {
        const [mine, other] = [state(ours, tag), state(theirs, tag)];
        const name = keywordOf(tag) ?? (tag as number).toString(16).padStart(8, '0');
        if (mine !== other) differences[name] = `${mine}, Orthanc ${other}`;
      }
      expect(differences).toEqual(expected);
      const words = Buffer.from(writePart10(ours, { transferSyntax: '1.2.840.10008.1.2.1' })).toString(
        'latin1',
      );
      for (const secret of ['Geheim', 'SECRET', 'Klinikum', 'Doctor', '4711'])
        expect(words, secret).not.toContain(secret);
    }
  });
});

/** What stands where an attribute may not be missing. */
const DUMMIES: ReadonlySet<string> = new Set([DUMMY, '19000101', '000000']);
/** Our treatment, then Orthanc's (DicomVersion 2021b); the reasons are in docs/dicom-node.md. */
const CHARACTERISTICS: Readonly<Record<string, string>> = {
  PatientAge: 'kept, Orthanc gone',
  PatientSex: 'kept, Orthanc gone',
};
const WITH_OPTIONS: Readonly<Record<string, string>> = {
  ...CHARACTERISTICS,
  AcquisitionDate: 'replaced, Orthanc gone',
  AcquisitionTime: 'kept, Orthanc gone',
  ContentDate: 'replaced, Orthanc gone',
  SeriesDate: 'replaced, Orthanc gone',
  StudyDate: 'replaced, Orthanc gone',
  StudyTime: 'kept, Orthanc gone',
  ProtocolName: 'kept, Orthanc gone',
  SeriesDescription: 'kept, Orthanc gone',
  StudyDescription: 'replaced, Orthanc gone',
};

/** An object with one element of every kind that may say who it is, and what the reading needs. */
function identified(): DataSet {
  const set = new Map(
    dataSet({
      ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
      SOPInstanceUID: '1.2.3.4711.1',
      StudyInstanceUID: '1.2.3.4711',
      SeriesInstanceUID: '1.2.3.4711.2',
      FrameOfReferenceUID: '1.2.3.4711.3',
      StudyDate: '20260301',
      SeriesDate: '20260301',
      AcquisitionDate: '20260301',
      ContentDate: '20260301',
      StudyTime: '101500',
      AcquisitionTime: '101600',
      Modality: 'MR',
      Manufacturer: 'Maker',
      ManufacturerModelName: 'Model 3',
      StationName: 'SECRETMR1',
      SoftwareVersions: 'V1',
      DeviceSerialNumber: 'SECRET99',
      ProtocolName: 'LUMBAR SPINE',
      PatientName: 'Geheim^SECRET',
      PatientID: '4711',
      PatientBirthDate: '19991231',
      PatientSex: 'F',
      PatientAge: '026Y',
      PatientWeight: '70',
      PatientSize: '1.7',
      OtherPatientIDs: 'SECRET',
      PatientAddress: 'SECRET street',
      PatientComments: 'SECRET comment',
      EthnicGroup: 'SECRET',
      InstitutionName: 'Klinikum',
      InstitutionalDepartmentName: 'Klinikum R',
      OperatorsName: 'Doctor^A',
      ReferringPhysicianName: 'Doctor^B',
      PerformingPhysicianName: 'Doctor^C',
      AccessionNumber: 'SECRET77',
      StudyID: 'SECRET7',
      StudyDescription: 'LUMBAR SPINE Geheim T2 SAG',
      SeriesDescription: 'T2 TSE SAG',
      ImageComments: 'SECRET',
      RequestAttributesSequence: [dataSet({ ScheduledProcedureStepID: 'SECRET' })],
      ReferencedImageSequence: [
        dataSet({
          ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
          ReferencedSOPInstanceUID: '1.2.3.4711.9',
        }),
      ],
      SeriesNumber: 3,
      InstanceNumber: 1,
      EchoTime: 90,
      RepetitionTime: 3000,
      SliceThickness: 4,
      ImagePositionPatient: [0, 0, 0],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [0.7, 0.7],
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: 2,
      Columns: 2,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: Uint16Array.of(1, 2, 3, 4),
    }),
  );
  set.set(0x00091010 as Tag, element('LO', 'SECRET private'));
  return set;
}
