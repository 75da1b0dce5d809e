import { type DataSet, isUid, part10Head, responseTo, STATUS, text } from '@foramen/dicom';
import type { Result } from '@foramen/spine';
import type { BlobWriter, StoredBlob } from '../blobs/store.ts';
import { HEAD_BYTES, type InstanceFacts, readInstance } from '../ingest/instance.ts';
import { errorKind } from '../observe/log.ts';
import { decide } from '../policy/evaluate.ts';
import { type Association, AssociationError } from './association.ts';
import type { NodeContext } from './node.ts';

const MOST_WAITING = 500;

/**
 * C-STORE as provider: pieces go through to the encrypted store as they come, never parsed beyond the head, so that private elements
 * and every byte stay as sent. Success is answered when the object is on disk; it is entered in the database a moment later,
 * or at the next start.
 */
export async function receiveObject(
  node: NodeContext,
  association: Association,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const { services, inbox, options } = node;
  const reply = (status: number, comment?: string): Promise<void> =>
    association.send(contextId, {
      ...responseTo(command, status),
      ...(comment === undefined ? {} : { ErrorComment: comment }),
    });
  const sopClass = text(command, 'AffectedSOPClassUID')?.replace(/\0+$/, '') ?? '';
  const sopUid = text(command, 'AffectedSOPInstanceUID')?.replace(/\0+$/, '') ?? '';
  const context = association.context(contextId);
  if (!hasData) return reply(STATUS.invalidArgument, 'no data set');
  const access = decide({
    subject: { accountId: association.callingAe, role: 'device' },
    resource: 'study',
    action: 'create',
    path: 'dimse',
    patient: null,
  });
  const refusal = !access.allow
    ? STATUS.notAuthorized
    : !isUid(sopUid) || !isUid(sopClass) || context === undefined || context.abstractSyntax !== sopClass
      ? STATUS.invalidArgument
      : !(await node.hasRoom())
        ? STATUS.outOfResources
        : undefined;
  if (refusal !== undefined || context === undefined) {
    await skip(association);
    return reply(refusal ?? STATUS.invalidArgument);
  }
  // Asked while the object comes in: is there another object with this identity?
  const known = storedHash(node, sopUid).catch(() => undefined);
  const start = part10Head({
    sopClassUid: sopClass,
    sopInstanceUid: sopUid,
    transferSyntax: context.transferSyntax,
    sourceAeTitle: association.callingAe,
  });
  let writer: BlobWriter | undefined;
  try {
    writer = await services.blobs.writer({ held: true });
    await writer.write(start);
    const head: Uint8Array[] = [start];
    let size = start.length;
    for (;;) {
      const piece = await association.receive();
      if (piece === undefined || piece.kind !== 'data') throw new AssociationError('a data set is missing');
      if (size < HEAD_BYTES) head.push(piece.bytes.slice(0, HEAD_BYTES - size));
      size += piece.bytes.length;
      if (size > options.maxObjectBytes) {
        await writer.abort();
        if (!piece.last) await skip(association);
        return reply(STATUS.outOfResources, 'larger than allowed');
      }
      await writer.write(piece.bytes);
      if (piece.last) break;
    }
    const stored = await writer.finish();
    const facts = await factsOf(node, stored, joined(head), sopUid);
    const fits = facts.ok && facts.value.sopUid === sopUid && facts.value.sopClass === sopClass;
    if (!fits) {
      await services.blobs.remove(stored.object);
      if (!facts.ok) return reply(STATUS.cannotUnderstand, facts.problems[0].what.slice(0, 64));
      return reply(STATUS.identifierMismatch, 'command and data set differ');
    }
    const other = inbox.waitingHash(sopUid) ?? (await known);
    if (other !== undefined && other !== stored.sha256) {
      await services.blobs.remove(stored.object);
      return reply(STATUS.duplicateSopInstance);
    }
    inbox.add({ stored, facts: facts.value, from: association.callingAe });
    services.metrics.count('foramen_objects_received_total', { way: 'dimse' });
    services.metrics.count('foramen_object_bytes_total', { way: 'dimse' }, size);
    await reply(STATUS.success);
    // The database is behind: let it catch up before more is taken.
    while (inbox.depth > MOST_WAITING) await new Promise((done) => setTimeout(done, 20));
  } catch (error) {
    await writer?.abort();
    if (error instanceof AssociationError) throw error;
    services.log('error', 'an object could not be stored', { error: errorKind(error) });
    await skip(association);
    await reply(
      (error as NodeJS.ErrnoException).code === 'ENOSPC' ? STATUS.outOfResources : STATUS.processingFailure,
    );
  }
}

/** Identity and picture size are in the first kilobytes; an enhanced object may keep them behind a long sequence. */
async function factsOf(
  node: NodeContext,
  stored: StoredBlob,
  head: Uint8Array,
  name: string,
): Promise<Result<InstanceFacts>> {
  const facts = readInstance(head, stored.size <= HEAD_BYTES, name);
  if (facts.ok || stored.size <= HEAD_BYTES) return facts;
  return readInstance(await node.services.blobs.read(stored.object), true, name);
}

async function storedHash(node: NodeContext, sopUid: string): Promise<string | undefined> {
  const { database, siteId } = node.services;
  const row = await database.inSite(siteId, (tx) =>
    tx
      .selectFrom('instances')
      .select('blob_id')
      .where('site_id', '=', siteId)
      .where('sop_uid', '=', sopUid)
      .executeTakeFirst(),
  );
  return row?.blob_id;
}

/** Reads the rest of a data set that is not wanted, so that the association can go on. */
async function skip(association: Association): Promise<void> {
  for (;;) {
    const piece = await association.receive();
    if (piece === undefined || piece.kind !== 'data' || piece.last) return;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
