import {
  COMMAND,
  type DataSet,
  dataSet,
  encodeForTransfer,
  items,
  readDataSet,
  responseTo,
  STATUS,
  text,
} from '@foramen/dicom';
import { COMMITMENT, updateJob } from '../jobs/queue.ts';
import { errorKind } from '../observe/log.ts';
import { AssociationError, type Conversation } from './association.ts';
import { ask, associate, receiveData, SOP } from './client.ts';
import type { NodeContext } from './node.ts';

type Reference = readonly [sopClass: string, sopUid: string];

const CLASS_CONFLICT = 0x0119;
/** From the answer to the report: peers expect it on an association of its own a moment later. */
const REPORT_AFTER_MS = 200;

/**
 * Storage commitment push model (PS3.4 J) as provider: which of the named objects this node keeps. An object counts when its row is
 * committed and its encrypted file can be opened. The report goes to the requesting peer over a new association, by a job that
 * outlives this process.
 */
export async function commit(
  node: NodeContext,
  association: Conversation,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const context = association.context(contextId);
  const bytes = hasData ? await receiveData(association) : new Uint8Array(0);
  const read = readDataSet(bytes, context?.transferSyntax ?? '1.2.840.10008.1.2', 'commitment');
  const transaction = read.ok ? text(read.value, 'TransactionUID')?.trim() : undefined;
  if (
    !read.ok ||
    transaction === undefined ||
    text(command, 'RequestedSOPClassUID')?.trim() !== SOP.storageCommitment
  ) {
    return association.send(contextId, responseTo(command, STATUS.invalidArgument));
  }
  const wanted = items(read.value, 'ReferencedSOPSequence').map(
    (item) =>
      [
        text(item, 'ReferencedSOPClassUID')?.trim() ?? '',
        text(item, 'ReferencedSOPInstanceUID')?.trim() ?? '',
      ] as const,
  );
  // A report that everything is safe, of nothing, would let a sender delete what was never named.
  if (wanted.length === 0) return association.send(contextId, responseTo(command, STATUS.invalidArgument));
  try {
    await promise(node, association.callingAe, transaction, wanted);
  } catch (error) {
    // A promise that a restart would forget is not made: the peer asks again.
    node.services.log('warn', 'a storage commitment could not be noted', { error: errorKind(error) });
    return association.send(contextId, responseTo(command, STATUS.processingFailure));
  }
  await association.send(contextId, responseTo(command, STATUS.success));
}

/** Notes what is asked, and the job that reports, in one transaction: both outlive this process. */
async function promise(
  node: NodeContext,
  caller: string,
  transaction: string,
  wanted: readonly Reference[],
): Promise<void> {
  const { database, siteId, queue } = node.services;
  await database.inSite(siteId, async (tx) => {
    const id = await queue.enqueue(tx, siteId, {
      kind: COMMITMENT,
      patientId: null,
      studyId: null,
      createdBy: null,
    });
    await tx
      .insertInto('commitments')
      .values({
        site_id: siteId,
        id,
        caller,
        transaction_uid: transaction,
        wanted: JSON.stringify(wanted),
        reported_at: null,
      })
      .execute();
  });
}

/**
 * Does the reports of storage commitment that are due, also those an earlier process promised. A peer that is away is tried again for
 * a day.
 */
export async function reportCommitments(node: NodeContext): Promise<void> {
  const { database, siteId, queue, now } = node.services;
  await queue.work(COMMITMENT, async ({ siteId: whose, jobId }, { last }) => {
    // Sites that share a database each have a node of their own: it comes round to the right one.
    if (whose !== siteId) throw new Error('the commitment of another site');
    const due = await database.inSite(siteId, (tx) =>
      tx
        .selectFrom('commitments')
        .select(['caller', 'transaction_uid', 'wanted', 'reported_at'])
        .where('site_id', '=', siteId)
        .where('id', '=', jobId)
        .executeTakeFirst(),
    );
    const close = (state: 'done' | 'failed'): Promise<void> =>
      database.inSite(siteId, async (tx) => {
        if (state === 'done')
          await tx
            .updateTable('commitments')
            .set({ reported_at: now() })
            .where('site_id', '=', siteId)
            .where('id', '=', jobId)
            .execute();
        await updateJob(tx, siteId, jobId, { state, percent: state === 'done' ? 100 : 0 });
      });
    if (due === undefined || due.reported_at !== null) return close('done');
    await new Promise((done) => setTimeout(done, REPORT_AFTER_MS));
    try {
      await report(node, due.caller, due.transaction_uid, due.wanted);
    } catch (error) {
      node.services.log('warn', 'a storage commitment report could not be sent', {
        error: errorKind(error),
        peer: due.caller,
      });
      if (!last) throw error;
      return close('failed');
    }
    await close('done');
  });
}

async function report(
  node: NodeContext,
  caller: string,
  transaction: string,
  wanted: readonly Reference[],
): Promise<void> {
  const { options, inbox } = node;
  const peer = options.peers.find((p) => p.aeTitle === caller);
  if (peer === undefined) return;
  // What was acknowledged a moment ago may still be on its way into the database.
  await inbox.settled();
  const kept = await keptClasses(node, wanted);
  // Asking who keeps the objects says that they have all been sent.
  await inbox.complete([...new Set([...kept.values()].map(({ studyUid }) => studyUid))]);
  const good: DataSet[] = [];
  const bad: DataSet[] = [];
  for (const [sopClass, sopUid] of wanted) {
    const reference = { ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopUid };
    const found = kept.get(sopUid)?.sopClass;
    if (found === sopClass) good.push(dataSet(reference));
    else
      bad.push(
        dataSet({
          ...reference,
          FailureReason: found === undefined ? STATUS.noSuchSopInstance : CLASS_CONFLICT,
        }),
      );
  }
  const body = dataSet({
    TransactionUID: transaction,
    RetrieveAETitle: options.aeTitle,
    ReferencedSOPSequence: good,
    ...(bad.length === 0 ? {} : { FailedSOPSequence: bad }),
  });
  const association = await associate(peer, options.aeTitle, [
    { abstractSyntax: SOP.storageCommitment, transferSyntaxes: ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'] },
  ]);
  const [context] = association.contexts;
  if (context === undefined) {
    association.abort();
    throw new AssociationError(`${caller} does not take reports`);
  }
  const { status } = await ask(
    association,
    context.id,
    {
      CommandField: COMMAND.eventReportRequest,
      AffectedSOPClassUID: SOP.storageCommitment,
      AffectedSOPInstanceUID: SOP.storageCommitmentInstance,
      EventTypeID: bad.length === 0 ? 1 : 2,
    },
    encodeForTransfer(body, context.transferSyntax),
  );
  await association.release();
  if (status !== STATUS.success) throw new AssociationError(`${caller} refused the report`);
}

async function keptClasses(
  node: NodeContext,
  wanted: readonly Reference[],
): Promise<ReadonlyMap<string, { readonly sopClass: string; readonly studyUid: string }>> {
  const { database, siteId, blobs } = node.services;
  const uids = wanted.map(([, sopUid]) => sopUid);
  if (uids.length === 0) return new Map();
  const rows = await database.inSite(siteId, (tx) =>
    tx
      .selectFrom('instances as i')
      .innerJoin('blobs as b', (on) =>
        on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'),
      )
      .innerJoin('studies as s', (on) =>
        on.onRef('s.site_id', '=', 'i.site_id').onRef('s.id', '=', 'i.study_id'),
      )
      .select(['i.sop_uid', 'i.sop_class', 's.study_uid', 'b.object', 'b.size'])
      .where('i.site_id', '=', siteId)
      .where('i.sop_uid', 'in', uids)
      .execute(),
  );
  const kept = new Map<string, { sopClass: string; studyUid: string }>();
  for (const row of rows) {
    if ((await blobs.size(row.object).catch(() => -1)) === row.size)
      kept.set(row.sop_uid, { sopClass: row.sop_class, studyUid: row.study_uid ?? '' });
  }
  return kept;
}
