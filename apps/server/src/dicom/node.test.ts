import '../testing/patience.ts';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import {
  associateRequest,
  COMMAND,
  dataSet,
  encodeForTransfer,
  encodePdu,
  number,
  responseTo,
  SOP_CLASS,
  STATUS,
  text,
} from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Inbox } from '../ingest/inbox.ts';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { freePort } from '../testing/ports.ts';
import type { TestSite } from '../testing/site.ts';
import { Association } from './association.ts';
import { ask, associate, echo, find, SOP } from './client.ts';
import { peerAt, readPeers } from './peers.ts';

let here: DicomSite;
let site: TestSite;
let inbox: Inbox;
let port: number;
let archivePort: number;
const peersOf = () => readPeers(`SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:${archivePort}!`);

beforeAll(async () => {
  archivePort = await freePort();
  here = await dicomSite({ quietSeconds: 0 });
  ({ site, inbox } = here);
  const opened = await here.node({ peers: peersOf() });
  port = opened.port;
});
afterAll(() => here.close());

const us = () => ({ aeTitle: 'FORAMEN', host: '127.0.0.1', port });
const store = (objects: readonly Uint8Array[], peer = us()) => here.store(objects, peer);
const stored = (sopUid: string) => here.stored(sopUid);

describe('the DICOM node', () => {
  it('answers an echo to those on its list and to nobody else', async () => {
    expect(await echo(us(), 'SCANNER')).toBe(true);
    await expect(echo(us(), 'STRANGER')).rejects.toThrow('rejected');
    await expect(echo({ ...us(), aeTitle: 'OTHER' }, 'SCANNER')).rejects.toThrow('rejected');
    const peers = readPeers('A=10.0.0.1:11112, B C=pacs.example!');
    expect(peers).toEqual([
      { aeTitle: 'A', host: '10.0.0.1', port: 11112, sendBack: false },
      { aeTitle: 'B C', host: 'pacs.example', port: 104, sendBack: true },
    ]);
    expect(peerAt(peers, 'A', '10.0.0.2')).toBeUndefined();
    expect(() => readPeers('nonsense')).toThrow('not a DICOM peer');
  });

  it('stores objects as they were sent, orders an analysis when the study is quiet, and knows duplicates', async () => {
    const objects = [1, 2, 3].map((instance) => testObject({ study: 'dimse', patient: 'D1', instance }));
    expect(await store(objects.map((o) => o.bytes))).toMatchObject({ completed: 3, failed: 0 });
    await inbox.settled();
    const row = await stored(objects[0]!.sopUid);
    expect(row?.received_from).toBe('SCANNER');
    const kept = await site.services.blobs.read(row?.object ?? '');
    // The meta group is ours; the data set is the sender's, byte for byte.
    const body = (bytes: Uint8Array) =>
      Buffer.from(bytes.subarray(144 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(140, true)));
    expect(body(kept).equals(body(objects[0]!.bytes))).toBe(true);
    expect(await site.services.blobs.held()).toEqual([]);
    expect(await store(objects.map((o) => o.bytes))).toMatchObject({ completed: 3 });
    const changed = Buffer.from(objects[0]!.bytes);
    changed[changed.length - 1]! ^= 1;
    expect(await store([changed])).toMatchObject({ completed: 0, failed: 1 });
    await inbox.settled();
    site.clock.now = new Date(site.clock.now.getTime() + 10_000);
    expect(await inbox.orderAnalyses()).toBe(1);
    expect(await inbox.orderAnalyses()).toBe(0);
    const jobs = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('jobs')
        .selectAll()
        .where('study_id', '=', row?.study_id ?? '')
        .execute(),
    );
    expect(jobs).toHaveLength(1);
  });

  it('enters after a crash what it had acknowledged', async () => {
    const object = testObject({ study: 'crash', patient: 'D2', instance: 1 });
    const writer = await site.services.blobs.writer({ held: true });
    await writer.write(object.bytes);
    await writer.finish();
    const fresh = new Inbox(site.services, { quietSeconds: 0 });
    expect(await fresh.recover()).toBe(1);
    expect(await fresh.recover()).toBe(0);
    expect(await stored(object.sopUid)).toBeDefined();
  });

  it('answers queries on every level', async () => {
    const { studyUid, seriesUid } = testObject({ study: 'dimse', instance: 1 });
    const query = (keys: Parameters<typeof dataSet>[0]) =>
      find(us(), 'SCANNER', SOP.studyRootFind, dataSet(keys));
    const studies = await query({
      QueryRetrieveLevel: 'STUDY',
      PatientID: 'D1',
      StudyInstanceUID: null,
      PatientName: null,
      StudyDate: '20260101-',
    });
    expect(studies).toHaveLength(1);
    expect(text(studies[0]!, 'StudyInstanceUID')).toBe(studyUid);
    expect(text(studies[0]!, 'PatientName')).toBe('Vogt^Anna');
    expect(await query({ QueryRetrieveLevel: 'STUDY', PatientName: 'NOBODY*' })).toEqual([]);
    expect(
      await query({ QueryRetrieveLevel: 'SERIES', StudyInstanceUID: studyUid, SeriesInstanceUID: null }),
    ).toHaveLength(1);
    expect(
      await query({
        QueryRetrieveLevel: 'IMAGE',
        StudyInstanceUID: studyUid,
        SeriesInstanceUID: seriesUid,
        SOPInstanceUID: null,
      }),
    ).toHaveLength(3);
    const patients = await find(
      us(),
      'SCANNER',
      SOP.patientRootFind,
      dataSet({ QueryRetrieveLevel: 'PATIENT', PatientID: 'D*' }),
    );
    expect(patients).toHaveLength(2);
    await expect(query({ QueryRetrieveLevel: 'NONSENSE' })).rejects.toThrow('a900');
  });

  it('refuses what does not fit, and goes on', async () => {
    const association = await associate(us(), 'SCANNER', [
      { abstractSyntax: SOP_CLASS.mr, transferSyntaxes: ['1.2.840.10008.1.2.1'] },
    ]);
    const id = association.contexts[0]!.id;
    const command = {
      CommandField: COMMAND.storeRequest,
      AffectedSOPClassUID: SOP_CLASS.mr,
      AffectedSOPInstanceUID: '1.2.3',
      Priority: 0,
    };
    const object = testObject({ study: 'odd', instance: 1 });
    const body = object.bytes.subarray(144 + new DataView(object.bytes.buffer).getUint32(140, true));
    expect((await ask(association, id, command, body)).status).toBe(STATUS.identifierMismatch);
    expect(
      (
        await ask(
          association,
          id,
          { ...command, AffectedSOPInstanceUID: object.sopUid },
          body.subarray(0, 300),
        )
      ).status,
    ).toBe(STATUS.cannotUnderstand);
    expect(
      (
        await ask(
          association,
          id,
          { ...command, AffectedSOPInstanceUID: object.sopUid },
          Buffer.alloc(9 << 20),
        )
      ).status,
    ).toBe(STATUS.outOfResources);
    expect((await ask(association, id, { CommandField: 0x0150 }, null)).status).toBe(
      STATUS.unrecognisedOperation,
    );
    // Queries, retrievals, commitments and steps have contexts of their own: one for storage does not answer them.
    for (const field of [
      COMMAND.findRequest,
      COMMAND.moveRequest,
      COMMAND.getRequest,
      COMMAND.actionRequest,
      COMMAND.createRequest,
      COMMAND.setRequest,
    ])
      expect(
        (await ask(association, id, { CommandField: field, AffectedSOPClassUID: SOP_CLASS.mr }, body)).status,
        field.toString(16),
      ).toBe(STATUS.noSuchSopClass);
    expect(
      (await ask(association, id, { ...command, AffectedSOPInstanceUID: object.sopUid }, body)).status,
    ).toBe(STATUS.success);
    await association.release();
    await inbox.settled();
  });

  it('stops taking objects when the disk is nearly full', async () => {
    const { node: full, port: fullPort } = await here.node({ minFreeBytes: Number.MAX_SAFE_INTEGER });
    const result = await store([testObject({ study: 'full', instance: 1 }).bytes], {
      ...us(),
      port: fullPort,
    });
    expect(result).toMatchObject({ completed: 0, failed: 1 });
    await full.stop();
  });

  it('stops sending when a C-GET is cancelled midway, says what is left, and goes on', async () => {
    const count = 40;
    await store(
      Array.from({ length: count }, (_, instance) =>
        testObject({ study: 'get', patient: 'G1', instance, side: 128 }),
      ).map((made) => made.bytes),
    );
    await inbox.settled();
    const { studyUid } = testObject({ study: 'get', instance: 0 });
    const socket = connect(port, '127.0.0.1');
    const association = await Association.request(
      socket,
      {
        calledAe: 'FORAMEN',
        callingAe: 'SCANNER',
        contexts: [
          { abstractSyntax: SOP.studyRootGet, transferSyntaxes: ['1.2.840.10008.1.2'] },
          { abstractSyntax: SOP_CLASS.mr, transferSyntaxes: ['1.2.840.10008.1.2.1'] },
        ],
        scpRoles: [SOP_CLASS.mr],
        maxLength: 16_384,
      },
      { idleMs: 20_000, openMs: 5_000 },
    );
    const get = association.contexts.find((context) => context.abstractSyntax === SOP.studyRootGet)!;
    const ask = (messageId: number): Promise<void> =>
      association.send(
        get.id,
        {
          CommandField: COMMAND.getRequest,
          AffectedSOPClassUID: SOP.studyRootGet,
          MessageID: messageId,
          Priority: 0,
        },
        encodeForTransfer(
          dataSet({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: studyUid }),
          get.transferSyntax,
        ),
      );
    /** Takes objects until the last answer; cancels after so many. */
    const take = async (messageId: number, cancelAfter: number) => {
      await ask(messageId);
      for (let taken = 0; ; ) {
        const event = await association.receive();
        if (event?.kind !== 'command') throw new Error('no command');
        if (number(event.command, 'CommandField') === COMMAND.storeRequest) {
          for (let piece = await association.receive(); piece?.kind === 'data' && !piece.last; )
            piece = await association.receive();
          await association.send(event.contextId, responseTo(event.command, STATUS.success));
          if (++taken === cancelAfter)
            await association.send(get.id, {
              CommandField: COMMAND.cancelRequest,
              MessageIDBeingRespondedTo: messageId,
            });
          continue;
        }
        const status = number(event.command, 'Status');
        if (status === STATUS.pending) continue;
        return {
          status,
          taken,
          left: number(event.command, 'NumberOfRemainingSuboperations'),
          done: number(event.command, 'NumberOfCompletedSuboperations'),
        };
      }
    };
    const cut = await take(7, 3);
    expect(cut.status).toBe(STATUS.cancelled);
    expect(cut.taken).toBeGreaterThanOrEqual(3);
    expect(cut.taken).toBeLessThan(count);
    expect(cut.done).toBe(cut.taken);
    expect(cut.left).toBe(count - cut.taken);
    // A cancel that is late, or of another message, changes nothing of the next.
    const whole = await take(8, Number.POSITIVE_INFINITY);
    expect(whole).toMatchObject({ status: STATUS.success, taken: count });
    await association.release();
  });

  it('takes the same object of another sender for what it is: success, before and after it is entered', async () => {
    const { bytes, sopUid } = testObject({ study: 'both senders', patient: 'BOTH', instance: 1 });
    const [first, again] = await Promise.all([
      here.store([bytes], { aeTitle: 'FORAMEN', host: '127.0.0.1', port }),
      here.store([bytes], { aeTitle: 'FORAMEN', host: '127.0.0.1', port }, 'ARCHIVE'),
    ]);
    expect([first.completed, again.completed]).toEqual([1, 1]);
    await expect.poll(() => here.stored(sopUid)).toBeDefined();
    const late = await here.store([bytes], { aeTitle: 'FORAMEN', host: '127.0.0.1', port }, 'ARCHIVE');
    expect(late.completed).toBe(1);
    const changed = Buffer.from(bytes);
    changed[changed.length - 1]! ^= 1;
    const other = await here.store([changed], { aeTitle: 'FORAMEN', host: '127.0.0.1', port }, 'ARCHIVE');
    expect(other).toMatchObject({ completed: 0, failed: 1 });
    expect(await here.storedOf('both senders')).toHaveLength(1);
  });

  it('says in a line that its port is taken, and which setting chooses another', async () => {
    await expect(here.node({ port })).rejects.toThrow(
      `port ${port} is in use: stop what uses it, or choose another with --dicom-port`,
    );
  });

  it('is there again when the thread that receives dies, and kept what it acknowledged', async () => {
    const said = vi.spyOn(Worker.prototype, 'postMessage');
    const { port: at } = await here.node({ peers: peersOf() });
    const door = { ...us(), port: at };
    const object = testObject({ study: 'thread', patient: 'T1', instance: 1 });
    expect(await store([object.bytes], door)).toMatchObject({ completed: 1 });
    const thread = said.mock.contexts.at(-1) as Worker;
    said.mockRestore();
    await thread.terminate();
    await expect.poll(() => echo(door, 'SCANNER').catch(() => false)).toBe(true);
    const next = testObject({ study: 'thread', patient: 'T1', instance: 2 });
    expect(await store([next.bytes], door)).toMatchObject({ completed: 1 });
    await inbox.settled();
    expect(await here.storedOf('thread')).toHaveLength(2);
  });

  it('survives garbage, silence, oversized units and too many callers', async () => {
    const { node: impatient, port: at } = await here.node({ idleMs: 300, maxAssociations: 3 });
    const talk = (bytes: Uint8Array | undefined): Promise<number> =>
      new Promise((done) => {
        const began = Date.now();
        const socket = connect(
          { host: '127.0.0.1', port: at },
          () => bytes !== undefined && socket.write(bytes),
        );
        socket.on('error', () => undefined);
        socket.resume();
        socket.on('close', () => done(Date.now() - began));
      });
    expect(await talk(undefined)).toBeLessThan(3_000);
    expect(await talk(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBeLessThan(3_000);
    expect(await talk(Uint8Array.of(1, 0, 0x7f, 0xff, 0xff, 0xff))).toBeLessThan(3_000);
    expect(await talk(encodePdu({ kind: 'release-request' }))).toBeLessThan(3_000);
    // Never silent for long, and never done: an association request, and a data unit on an open association, byte by byte.
    const dribble = (bytes: Uint8Array, first = 0): Promise<number> =>
      new Promise((done) => {
        const began = Date.now();
        const socket = connect({ host: '127.0.0.1', port: at }, () => socket.write(bytes.subarray(0, first)));
        let sent = first;
        const drip = setInterval(() => {
          if (sent < bytes.length && socket.writable) socket.write(bytes.subarray(sent, ++sent));
        }, 50);
        socket.on('error', () => undefined);
        socket.resume();
        socket.on('close', () => {
          clearInterval(drip);
          done(Date.now() - began);
        });
      });
    const request = encodePdu(
      associateRequest({
        calledAe: 'FORAMEN',
        callingAe: 'SCANNER',
        contexts: [{ abstractSyntax: SOP_CLASS.mr, transferSyntaxes: ['1.2.840.10008.1.2.1'] }],
        maxLength: 16_384,
      }),
    );
    expect(await dribble(request)).toBeLessThan(3_000);
    const unit = encodePdu({
      kind: 'data',
      values: [{ contextId: 1, command: true, last: false, data: new Uint8Array(20_000) }],
    });
    expect(await dribble(Buffer.concat([request, unit]), request.length)).toBeLessThan(5_000);
    await impatient.stop();
    const { node: crowded, port: crowdedPort } = await here.node({ idleMs: 20_000, maxAssociations: 3 });
    const door = { ...us(), port: crowdedPort };
    const idle = Array.from({ length: 4 }, () =>
      connect({ host: '127.0.0.1', port: door.port }).on('error', () => undefined),
    );
    await expect.poll(() => echo(door, 'SCANNER').catch(() => false)).toBe(false);
    for (const socket of idle) socket.destroy();
    await expect.poll(() => echo(door, 'SCANNER').catch(() => false)).toBe(true);
    await crowded.stop();
  });
});
