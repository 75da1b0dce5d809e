import {
  type CommandFields,
  type DataSet,
  dataSet,
  encodeForTransfer,
  number,
  responseTo,
  STATUS,
  text,
  texts,
} from '@foramen/dicom';
import { appendAudit } from '../audit/chain.ts';
import { decide } from '../policy/evaluate.ts';
import { storedInstances } from '../records/stored-instances.ts';
import { AssociationError, type Conversation } from './association.ts';
import type { NodeContext } from './node.ts';
import { deviceEvent, levelOf, readIdentifier } from './query-scp.ts';
import { count, type Sendable, type SubOperations, sendAll, sendObject } from './sender.ts';

interface Wanted extends Sendable {
  readonly patientId: string;
  readonly studyId: string;
}

/** The objects a retrieve request names; undefined when its identifier does not follow the standard. */
async function wantedObjects(
  node: NodeContext,
  identifier: DataSet | undefined,
): Promise<readonly Wanted[] | undefined> {
  const level = levelOf(identifier);
  if (identifier === undefined || level === undefined) return undefined;
  const uids = (name: 'StudyInstanceUID' | 'SeriesInstanceUID' | 'SOPInstanceUID'): readonly string[] =>
    texts(identifier, name)
      .map((uid) => uid.replace(/[\0\s]/g, ''))
      .filter((uid) => uid !== '');
  const [study, series, instance] = [
    uids('StudyInstanceUID'),
    uids('SeriesInstanceUID'),
    uids('SOPInstanceUID'),
  ];
  const patient = text(identifier, 'PatientID')?.trim();
  const key = { patient: patient === undefined || patient === '' ? [] : [patient], study, series, instance }[
    level
  ];
  if (key.length === 0) return undefined;
  const { database, siteId } = node.services;
  // What was acknowledged a moment ago is found.
  await node.inbox.settled(2_000);
  return database.inSite(siteId, async (tx) => {
    let query = storedInstances(tx, siteId)
      .innerJoin('patients as p', (on) =>
        on.onRef('p.site_id', '=', 's.site_id').onRef('p.id', '=', 's.patient_id'),
      )
      .select([
        'i.sop_class as sopClass',
        'i.sop_uid as sopUid',
        'i.transfer_syntax as transferSyntax',
        'b.object',
        'p.id as patientId',
        's.id as studyId',
      ]);
    if (level === 'patient') query = query.where('p.medical_record_number', '=', patient ?? '');
    if (study.length > 0) query = query.where('s.study_uid', 'in', [...study]);
    if (series.length > 0) query = query.where('e.series_uid', 'in', [...series]);
    if (instance.length > 0) query = query.where('i.sop_uid', 'in', [...instance]);
    return query.orderBy('e.number').orderBy('i.number').limit(100_000).execute();
  });
}

/** Every study that leaves is in the trail before its first object does. */
async function note(
  node: NodeContext,
  objects: readonly Wanted[],
  aeTitle: string,
  how: string,
): Promise<void> {
  const { database, siteId, now } = node.services;
  const studies = new Map(objects.map((o) => [o.studyId, o.patientId]));
  await database.inSite(siteId, (tx) =>
    appendAudit(
      tx,
      siteId,
      [...studies].map(([studyId, patientId]) => deviceEvent(aeTitle, 'read', how, patientId, studyId)),
      now(),
    ),
  );
}

function mayRead(association: Conversation): boolean {
  return decide({
    subject: { accountId: association.callingAe, role: 'device' },
    resource: 'picture',
    action: 'read',
    path: 'dimse',
    patient: null,
  }).allow;
}

function counts(result: SubOperations): CommandFields {
  return {
    NumberOfRemainingSuboperations: Math.min(0xffff, result.remaining),
    NumberOfCompletedSuboperations: Math.min(0xffff, result.completed),
    NumberOfFailedSuboperations: Math.min(0xffff, result.failed),
    NumberOfWarningSuboperations: Math.min(0xffff, result.warning),
  };
}

async function conclude(
  association: Conversation,
  contextId: number,
  command: DataSet,
  result: SubOperations,
): Promise<void> {
  const { NumberOfRemainingSuboperations: remaining, ...done } = counts(result);
  // A cancelled operation says how much was left; a finished one has nothing left to say.
  const cancelled = result.remaining > 0;
  const rest = cancelled ? { NumberOfRemainingSuboperations: remaining, ...done } : done;
  const status = cancelled
    ? STATUS.cancelled
    : result.failed === 0
      ? STATUS.success
      : result.completed + result.warning === 0
        ? STATUS.unableToPerform
        : STATUS.subOperationsWarning;
  const context = association.context(contextId);
  const failed =
    result.failedUids.length === 0 || context === undefined
      ? null
      : encodeForTransfer(
          dataSet({ FailedSOPInstanceUIDList: result.failedUids.slice(0, 1_000) }),
          context.transferSyntax,
        );
  await association.send(contextId, responseTo(command, status, rest), failed);
}

/** C-MOVE as provider: only to peers that are listed, never to an address a request names. */
export async function answerMove(
  node: NodeContext,
  association: Conversation,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const { services, options } = node;
  const identifier = await readIdentifier(association, contextId, hasData);
  const destination = text(command, 'MoveDestination')?.trim();
  const peer = options.peers.find((p) => p.aeTitle === destination);
  const refuse = (status: number): Promise<void> => association.send(contextId, responseTo(command, status));
  if (!mayRead(association)) return refuse(STATUS.notAuthorized);
  if (peer === undefined) return refuse(STATUS.moveDestinationUnknown);
  const objects = await wantedObjects(node, identifier);
  if (objects === undefined) return refuse(STATUS.identifierMismatch);
  await note(node, objects, association.callingAe, `C-MOVE to ${peer.aeTitle}`);
  const messageId = number(command, 'MessageID') ?? 0;
  let result: SubOperations;
  try {
    result = await sendAll(
      peer,
      options.aeTitle,
      services.blobs,
      objects,
      async (now) => {
        if (now.remaining > 0 && association.cancelled(messageId)) return false;
        if (now.remaining > 0)
          await association.send(contextId, responseTo(command, STATUS.pending, counts(now)));
        return true;
      },
      { aeTitle: association.callingAe, messageId },
    );
  } catch (error) {
    if (!(error instanceof AssociationError)) throw error;
    result = {
      remaining: 0,
      completed: 0,
      failed: objects.length,
      warning: 0,
      failedUids: objects.map((o) => o.sopUid),
    };
  }
  await conclude(association, contextId, command, result);
}

/** C-GET as provider: the objects come back over the same association. */
export async function answerGet(
  node: NodeContext,
  association: Conversation,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const { services } = node;
  const identifier = await readIdentifier(association, contextId, hasData);
  if (!mayRead(association)) return association.send(contextId, responseTo(command, STATUS.notAuthorized));
  const objects = await wantedObjects(node, identifier);
  if (objects === undefined)
    return association.send(contextId, responseTo(command, STATUS.identifierMismatch));
  await note(node, objects, association.callingAe, 'C-GET');
  const result: SubOperations = {
    remaining: objects.length,
    completed: 0,
    failed: 0,
    warning: 0,
    failedUids: [],
  };
  const messageId = number(command, 'MessageID') ?? 0;
  for (const item of objects) {
    if (association.cancelled(messageId)) break;
    count(result, await sendObject(association, services.blobs, item), item.sopUid);
    if (result.remaining > 0)
      await association.send(contextId, responseTo(command, STATUS.pending, counts(result)));
  }
  await conclude(association, contextId, command, result);
}
