import type { BlobStore } from '../blobs/store.ts';
import type { Database } from '../database/connect.ts';
import { AssociationError } from '../dicom/association.ts';
import type { NodePeer } from '../dicom/peers.ts';
import { sendAll } from '../dicom/sender.ts';
import { problem } from '../problem-error.ts';
import { type JobPayload, updateJob } from './queue.ts';
import { MADE_HERE } from './results.ts';

interface SendContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly aeTitle: string;
  readonly peers: readonly NodePeer[];
}

/** The peer that gets a study's results: the one that sent the study, if it is marked for that. */
export function resultPeer(peers: readonly NodePeer[], receivedFrom: string | null): NodePeer | undefined {
  return peers.find((peer) => peer.sendBack && peer.aeTitle === receivedFrom);
}

/** Sends the objects made here (SEG, SR) back to the PACS the study came from. Sending twice is harmless: the objects are the same. */
export async function sendBackJob(context: SendContext, payload: JobPayload, last: boolean): Promise<void> {
  const { database } = context;
  const { siteId, jobId } = payload;
  const work = await database.inSite(siteId, async (tx) => {
    const job = await tx
      .selectFrom('jobs')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('id', '=', jobId)
      .executeTakeFirst();
    if (job === undefined || job.state === 'done' || job.study_id === null) return undefined;
    await updateJob(tx, siteId, jobId, { state: 'running', step: 'sending results' });
    const study = await tx
      .selectFrom('studies')
      .select('received_from')
      .where('site_id', '=', siteId)
      .where('id', '=', job.study_id)
      .executeTakeFirst();
    const objects = await tx
      .selectFrom('instances as i')
      .innerJoin('blobs as b', (on) =>
        on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'),
      )
      .select([
        'i.sop_class as sopClass',
        'i.sop_uid as sopUid',
        'i.transfer_syntax as transferSyntax',
        'b.object',
      ])
      .where('i.site_id', '=', siteId)
      .where('i.study_id', '=', job.study_id)
      .where('i.received_from', '=', MADE_HERE)
      .execute();
    return { objects, peer: resultPeer(context.peers, study?.received_from ?? null) };
  });
  if (work === undefined) return;
  const finish = (state: 'done' | 'failed', what?: string): Promise<void> =>
    database.inSite(siteId, (tx) =>
      updateJob(tx, siteId, jobId, {
        state,
        percent: state === 'done' ? 100 : 0,
        step: null,
        problems:
          what === undefined
            ? []
            : [
                problem(
                  'unsupported',
                  work.peer?.aeTitle ?? 'PACS',
                  what,
                  'see that it is reachable and accepts SEG and SR',
                ),
              ],
      }),
    );
  if (work.peer === undefined) return finish('done');
  try {
    const sent = await sendAll(work.peer, context.aeTitle, context.blobs, work.objects);
    if (sent.failed === 0) return await finish('done');
    throw new AssociationError(`refused ${sent.failed} of ${work.objects.length} results`);
  } catch (error) {
    if (!last || !(error instanceof AssociationError)) throw error;
    await finish('failed', error.message);
  }
}
