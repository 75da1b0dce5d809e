import '../testing/patience.ts';
import { connect } from 'node:net';
import {
  COMMAND,
  dataSet,
  encodeForTransfer,
  number,
  readDataSet,
  responseTo,
  SOP_CLASS,
  STATUS,
  text,
  texts,
} from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { Association } from './association.ts';
import { SOP } from './client.ts';
import { readPeers } from './peers.ts';

/** What a query or a retrieval says of itself: its statuses, what it lets out, what it notes. */
let here: DicomSite;
let port: number;
const objects = [1, 2, 3].map((instance) => testObject({ study: 'one', patient: 'Q1', instance }));
const second = testObject({ study: 'two', patient: 'Q1', instance: 1 });
const stranger = testObject({ study: 'three', patient: 'Q2', name: 'Ros^Vera', instance: 1 });

beforeAll(async () => {
  here = await dicomSite({ quietSeconds: 0 });
  ({ port } = await here.node({ peers: readPeers('SCANNER=127.0.0.1:1') }));
  const all = [...objects, second, stranger].map((made) => made.bytes);
  await here.store(all, { aeTitle: 'FORAMEN', host: '127.0.0.1', port });
  await here.inbox.settled();
});
afterAll(() => here.close());

async function talk(
  sopClass: string,
  command: number,
  keys: Parameters<typeof dataSet>[0],
  /** What the peer takes at a C-GET. */
  takes: (sopUid: string) => number = () => STATUS.success,
) {
  const association = await Association.request(
    connect(port, '127.0.0.1'),
    {
      calledAe: 'FORAMEN',
      callingAe: 'SCANNER',
      contexts: [
        { abstractSyntax: sopClass, transferSyntaxes: ['1.2.840.10008.1.2'] },
        { abstractSyntax: SOP_CLASS.mr, transferSyntaxes: ['1.2.840.10008.1.2.1'] },
      ],
      scpRoles: [SOP_CLASS.mr],
      maxLength: 16_384,
    },
    { idleMs: 20_000, openMs: 5_000 },
  );
  const context = association.contexts.find((one) => one.abstractSyntax === sopClass)!;
  await association.send(
    context.id,
    { CommandField: command, AffectedSOPClassUID: sopClass, MessageID: 5, Priority: 0 },
    encodeForTransfer(dataSet(keys), context.transferSyntax),
  );
  const data = async () => {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = await association.receive();
      if (piece?.kind !== 'data') throw new Error('no data set');
      pieces.push(Uint8Array.from(piece.bytes));
      if (piece.last) return Buffer.concat(pieces);
    }
  };
  const [answers, statuses, got] = [[] as ReturnType<typeof dataSet>[], [] as number[], [] as string[]];
  for (;;) {
    const event = await association.receive();
    if (event?.kind !== 'command') throw new Error('no command');
    const bytes = event.hasData ? await data() : undefined;
    if (number(event.command, 'CommandField') === COMMAND.storeRequest) {
      const uid = text(event.command, 'AffectedSOPInstanceUID')?.replace(/\0/g, '') ?? '';
      got.push(uid);
      await association.send(event.contextId, responseTo(event.command, takes(uid)));
      continue;
    }
    statuses.push(number(event.command, 'Status') ?? -1);
    const read = bytes === undefined ? undefined : readDataSet(bytes, context.transferSyntax);
    if (read?.ok) answers.push(read.value);
    if (statuses.at(-1) === STATUS.pending || statuses.at(-1) === STATUS.pendingUnsupportedKeys) continue;
    await association.release();
    return { answers, statuses, got, last: event.command };
  }
}
const ask = (root: 'patient' | 'study', keys: Parameters<typeof dataSet>[0]) =>
  talk(root === 'patient' ? SOP.patientRootFind : SOP.studyRootFind, COMMAND.findRequest, keys);
const get = (keys: Parameters<typeof dataSet>[0], takes?: (sopUid: string) => number) =>
  talk(SOP.patientRootGet, COMMAND.getRequest, keys, takes);

describe('a query', () => {
  it('answers each patient once, and only of a model that has patients', async () => {
    const patients = await ask('patient', {
      QueryRetrieveLevel: 'PATIENT',
      PatientID: 'Q*',
      PatientName: null,
    });
    expect(patients.answers.map((one) => text(one, 'PatientID')?.trim()).sort()).toEqual(['Q1', 'Q2']);
    const none = await ask('study', { QueryRetrieveLevel: 'PATIENT', PatientID: 'Q*' });
    expect(none.statuses).toEqual([STATUS.identifierMismatch]);
  });

  it('below a study names the study: anything else is refused, not answered with everything', async () => {
    const [first] = objects;
    const level = (QueryRetrieveLevel: string, more: Parameters<typeof dataSet>[0]) =>
      ask('study', { QueryRetrieveLevel, SOPInstanceUID: null, ...more });
    const { studyUid, seriesUid } = first!;
    for (const refused of [
      level('SERIES', { SeriesInstanceUID: null }),
      level('SERIES', { StudyInstanceUID: '*', SeriesInstanceUID: null }),
      level('SERIES', { StudyInstanceUID: [studyUid, second.studyUid], SeriesInstanceUID: null }),
      level('IMAGE', { SeriesInstanceUID: seriesUid }),
      level('IMAGE', {}),
    ])
      expect((await refused).statuses).toEqual([STATUS.identifierMismatch]);
    const found = await level('IMAGE', { StudyInstanceUID: studyUid, SeriesInstanceUID: seriesUid });
    expect(found.answers).toHaveLength(3);
    expect((await level('IMAGE', { StudyInstanceUID: studyUid })).answers).toHaveLength(3);
  });

  it('says where it could not match by a key that had a value', async () => {
    const keys = { QueryRetrieveLevel: 'STUDY', PatientID: 'Q2', StudyInstanceUID: null };
    expect((await ask('study', keys)).statuses).toEqual([STATUS.pending, STATUS.success]);
    expect((await ask('study', { ...keys, Manufacturer: 'ACME' })).statuses).toEqual([
      STATUS.pendingUnsupportedKeys,
      STATUS.success,
    ]);
    // No time is known of it: that is a condition it does not meet, not one passed over.
    expect((await ask('study', { ...keys, StudyTime: '1000-1100' })).statuses).toEqual([STATUS.success]);
    // A key without a value is a question for it, not a condition.
    expect((await ask('study', { ...keys, StudyTime: null })).statuses).toEqual([
      STATUS.pending,
      STATUS.success,
    ]);
  });

  it.each([
    ['Vogt*', 2],
    ['VOGT^ANNA', 2],
    ['vogt', 2],
    ['Vo', 0],
    ['*o*', 3],
    ['R?s^Vera', 1],
    ['Vera*', 0],
    ['Ros^Vera^', 1],
    ['', 3],
    ['*', 3],
  ])('by the name %s finds %i studies', async (name, hits) => {
    const found = await ask('study', {
      QueryRetrieveLevel: 'STUDY',
      PatientID: 'Q*',
      StudyInstanceUID: null,
      PatientName: name,
    });
    expect(found.answers).toHaveLength(hits);
  });
});

describe('a retrieval', () => {
  it('of a patient brings that patient’s studies and no other, and is in the trail, study by study', async () => {
    const whole = await get({ QueryRetrieveLevel: 'PATIENT', PatientID: 'Q1' });
    expect(whole.statuses.at(-1)).toBe(STATUS.success);
    expect([...whole.got].sort()).toEqual([...objects, second].map((made) => made.sopUid).sort());
    const rows = await here.site.database.inSite('main', (tx) =>
      tx
        .selectFrom('audit')
        .select(['patient_id', 'resource_id', 'reason'])
        .where('account_id', '=', 'SCANNER')
        .where('action', '=', 'read')
        .execute(),
    );
    expect(rows.map((row) => row.reason)).toEqual(['C-GET', 'C-GET']);
    expect(new Set(rows.map((row) => row.resource_id)).size).toBe(2);
    expect(new Set(rows.map((row) => row.patient_id)).size).toBe(1);
  });

  it('of which the peer refuses some says so, and which; of which it refuses all, that nothing came of it', async () => {
    const { studyUid } = objects[0]!;
    const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: studyUid };
    const unwanted = objects[1]!.sopUid;
    const some = await get(keys, (uid) => (uid === unwanted ? STATUS.outOfResources : STATUS.success));
    expect(some.statuses.at(-1)).toBe(STATUS.subOperationsWarning);
    expect(number(some.last, 'NumberOfCompletedSuboperations')).toBe(2);
    expect(number(some.last, 'NumberOfFailedSuboperations')).toBe(1);
    expect(
      texts(some.answers.at(-1)!, 'FailedSOPInstanceUIDList').map((uid) => uid.replace(/\0/g, '')),
    ).toEqual([unwanted]);
    const none = await get(keys, () => STATUS.outOfResources);
    expect(none.statuses.at(-1)).toBe(STATUS.unableToPerform);
    expect(texts(none.answers.at(-1)!, 'FailedSOPInstanceUIDList')).toHaveLength(3);
  });

  it('of nothing is done at once; one without its key is refused', async () => {
    const none = await get({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '1.2.3.4' });
    expect([none.statuses, none.got]).toEqual([[STATUS.success], []]);
    expect((await get({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: null })).statuses).toEqual([
      STATUS.identifierMismatch,
    ]);
  });
});
