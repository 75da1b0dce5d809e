import '../testing/patience.ts';
import { createServer } from 'node:net';
import {
  COMMAND,
  type DataSet,
  dataSet,
  encodeForTransfer,
  items,
  number,
  readDataSet,
  responseTo,
  SOP_CLASS,
  STATUS,
  text,
} from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { freePort } from '../testing/ports.ts';
import { Association } from './association.ts';
import { ask, associate, receiveData, SOP } from './client.ts';
import { readPeers } from './peers.ts';

const SYNTAX = '1.2.840.10008.1.2';
let here: DicomSite;
let archivePort: number;
const peersOf = () => readPeers(`SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:${archivePort}!`);
beforeAll(async () => {
  archivePort = await freePort();
  here = await dicomSite({ quietSeconds: 3_600 });
});
afterAll(() => here.close());

interface Report {
  readonly event: number | undefined;
  readonly transaction: string | undefined;
  readonly kept: readonly (string | undefined)[];
  readonly failed: readonly (readonly [string | undefined, number | undefined])[];
}

/** The archive's side: listens for one report, answers it with this status, and stops listening. */
function oneReport(status: number = STATUS.success): Promise<Report> {
  return new Promise((done, failed) => {
    const server = createServer((socket) => {
      void (async () => {
        const association = await Association.accept(
          socket,
          () => ({
            aeTitle: 'ARCHIVE',
            callers: null,
            maxLength: 65_536,
            transferSyntaxes: () => [SYNTAX],
          }),
          { idleMs: 5_000, openMs: 5_000 },
        );
        const event = await association?.receive();
        if (association === undefined || event?.kind !== 'command') return;
        const read = readDataSet(await receiveData(association), SYNTAX);
        await association.send(event.contextId, responseTo(event.command, status));
        await association.receive();
        await new Promise((closed) => server.close(closed));
        if (!read.ok) return failed(new Error('unreadable report'));
        const uids = (name: 'ReferencedSOPSequence' | 'FailedSOPSequence'): readonly DataSet[] =>
          items(read.value, name);
        done({
          event: number(event.command, 'EventTypeID'),
          transaction: text(read.value, 'TransactionUID'),
          kept: uids('ReferencedSOPSequence').map((i) => text(i, 'ReferencedSOPInstanceUID')),
          failed: uids('FailedSOPSequence').map((i) => [
            text(i, 'ReferencedSOPInstanceUID'),
            number(i, 'FailureReason'),
          ]),
        });
      })().catch(failed);
    }).listen(archivePort, '127.0.0.1');
  });
}

async function askCommitment(port: number, transaction: string, objects: readonly (readonly string[])[]) {
  const association = await associate({ aeTitle: 'FORAMEN', host: '127.0.0.1', port }, 'ARCHIVE', [
    { abstractSyntax: SOP.storageCommitment, transferSyntaxes: [SYNTAX] },
  ]);
  const { status } = await ask(
    association,
    association.contexts[0]!.id,
    {
      CommandField: COMMAND.actionRequest,
      RequestedSOPClassUID: SOP.storageCommitment,
      RequestedSOPInstanceUID: SOP.storageCommitmentInstance,
      ActionTypeID: 1,
    },
    encodeForTransfer(
      dataSet({
        TransactionUID: transaction,
        ReferencedSOPSequence: objects.map(([sopClass, sopUid]) =>
          dataSet({ ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopUid }),
        ),
      }),
      SYNTAX,
    ),
  );
  await association.release();
  return status;
}
const told = (transaction: string) =>
  here.site.database.inSite('main', (tx) =>
    tx
      .selectFrom('commitments as c')
      .innerJoin('jobs as j', 'j.id', 'c.id')
      .select(['c.reported_at', 'j.state'])
      .where('c.transaction_uid', '=', transaction)
      .executeTakeFirst(),
  );

describe('storage commitment', () => {
  it('is promised by one process and reported by the next, also when the peer is away at first', async () => {
    const { node: first, port } = await here.node({ peers: peersOf() });
    const object = testObject({ study: 'committed', instance: 1 });
    await here.store([object.bytes], { aeTitle: 'FORAMEN', host: '127.0.0.1', port });
    // This process takes the promise and is gone before it reports.
    expect(await askCommitment(port, '1.2.3.1', [[SOP_CLASS.mr, object.sopUid]])).toBe(STATUS.success);
    await first.stop();
    expect(await told('1.2.3.1')).toEqual({ reported_at: null, state: 'queued' });
    const { node: next } = await here.node({ peers: peersOf() });
    await next.reportCommitments();
    // Nobody listens yet: tried again.
    await expect
      .poll(
        () =>
          here.site.logged.filter(
            (line) => line.includes('report could not be sent') && line.includes('ARCHIVE'),
          ).length,
        { timeout: 60_000 },
      )
      .toBeGreaterThan(0);
    expect(await oneReport()).toEqual({
      event: 1,
      transaction: '1.2.3.1',
      kept: [object.sopUid],
      failed: [],
    });
    await expect.poll(() => told('1.2.3.1')).toMatchObject({ state: 'done' });
    expect((await told('1.2.3.1'))?.reported_at).not.toBeNull();
  });

  it('is reported truthfully: what is kept, what is not, and what is another thing than was said', async () => {
    const { port } = await here.node({ peers: peersOf() });
    const { sopUid } = testObject({ study: 'committed', instance: 1 });
    const other = testObject({ study: 'committed', instance: 2 });
    await here.store([other.bytes], { aeTitle: 'FORAMEN', host: '127.0.0.1', port });
    const report = oneReport();
    const ct = '1.2.840.10008.5.1.4.1.1.2';
    expect(
      await askCommitment(port, '1.2.3.2', [
        [SOP_CLASS.mr, sopUid],
        [SOP_CLASS.mr, '1.2.999'],
        [ct, other.sopUid],
      ]),
    ).toBe(STATUS.success);
    expect(await report).toEqual({
      event: 2,
      transaction: '1.2.3.2',
      kept: [sopUid],
      failed: [
        ['1.2.999', 0x0112],
        [other.sopUid, 0x0119],
      ],
    });
  });

  it('is not promised of nothing', async () => {
    const { port } = await here.node({ peers: peersOf() });
    expect(await askCommitment(port, '1.2.3.4', [])).toBe(STATUS.invalidArgument);
    expect(await told('1.2.3.4')).toBeUndefined();
  });

  it('is not promised while it could be forgotten', async () => {
    const { port } = await here.node({ peers: peersOf() });
    await here.site.database.pool.query('alter table foramen.commitments rename to away');
    try {
      expect(await askCommitment(port, '1.2.3.3', [[SOP_CLASS.mr, '1.2.3']])).toBe(STATUS.processingFailure);
    } finally {
      await here.site.database.pool.query('alter table foramen.away rename to commitments');
    }
    expect(await told('1.2.3.3')).toBeUndefined();
  });
});
