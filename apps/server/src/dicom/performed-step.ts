import { randomUUID } from 'node:crypto';
import {
  COMMAND,
  type DataSet,
  isUid,
  items,
  type Keyword,
  number,
  readDataSet,
  responseTo,
  STATUS,
  text,
  uidFromSeed,
} from '@foramen/dicom';
import { appendAudit } from '../audit/chain.ts';
import { errorKind } from '../observe/log.ts';
import { decide } from '../policy/evaluate.ts';
import type { Conversation } from './association.ts';
import { receiveData } from './client.ts';
import type { NodeContext } from './node.ts';
import { deviceEvent } from './query-scp.ts';

/** PS3.4 F.7.2.2.2: a step that has ended may no longer be changed. */
const STEP_HAS_ENDED = STATUS.processingFailure;
const FINAL = new Set(['COMPLETED', 'DISCONTINUED']);
const uidOf = (set: DataSet, name: Keyword): string => text(set, name) ?? '';

/**
 * Modality performed procedure step (PS3.4 F) as provider: a modality tells when it begins a step of a study, and which objects it has
 * made when it ends it. While a step is under way its study is not taken for complete because it is quiet; when the step is completed and
 * every object it names is here, the study is complete by message.
 */
export async function performedStep(
  node: NodeContext,
  association: Conversation,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const context = association.context(contextId);
  const bytes = hasData ? await receiveData(association) : new Uint8Array(0);
  const reply = (status: number, comment?: string, id?: string): Promise<void> =>
    association.send(
      contextId,
      responseTo(command, status, {
        ...(comment === undefined ? {} : { ErrorComment: comment }),
        ...(id === undefined ? {} : { AffectedSOPInstanceUID: id }),
      }),
    );
  if (context === undefined) return reply(STATUS.noSuchSopClass);
  const access = decide({
    subject: { accountId: association.callingAe, role: 'device' },
    resource: 'study',
    action: 'create',
    path: 'dimse',
    patient: null,
  });
  if (!access.allow) return reply(STATUS.notAuthorized);
  const read = readDataSet(bytes, context.transferSyntax, 'procedure step');
  if (!read.ok) return reply(STATUS.processingFailure, 'the data set cannot be read');
  const create = number(command, 'CommandField') === COMMAND.createRequest;
  try {
    const work = create ? begin : change;
    await reply(...(await work(node, association.callingAe, command, read.value)));
  } catch (error) {
    node.services.log('warn', 'a procedure step could not be noted', { error: errorKind(error) });
    return reply(STATUS.processingFailure);
  }
  if (!create) await node.inbox.settled(2_000).then(() => node.inbox.completeBySteps());
}

type Answer = readonly [status: number, comment?: string | undefined, id?: string];

async function begin(node: NodeContext, caller: string, command: DataSet, set: DataSet): Promise<Answer> {
  const { database, siteId, now } = node.services;
  const given = uidOf(command, 'AffectedSOPInstanceUID');
  const studyUids = [
    ...new Set(items(set, 'ScheduledStepAttributesSequence').map((item) => uidOf(item, 'StudyInstanceUID'))),
  ];
  if (studyUids.length === 0 || studyUids.includes(''))
    return [STATUS.missingAttribute, 'Study Instance UID of the step'];
  if (!studyUids.every(isUid)) return [STATUS.invalidAttributeValue, 'Study Instance UID'];
  if (given !== '' && !isUid(given)) return [STATUS.invalidAttributeValue, 'SOP Instance UID'];
  if (text(set, 'PerformedProcedureStepStatus')?.trim() !== 'IN PROGRESS')
    return [STATUS.invalidAttributeValue, 'a step begins IN PROGRESS'];
  // The provider names the step when the modality does not (PS3.7 10.1.5.1.4).
  const id = given === '' ? uidFromSeed(`${siteId}/step/${randomUUID()}`) : given;
  const fresh = await database.inSite(siteId, async (tx) => {
    const made = await tx
      .insertInto('procedure_steps')
      .values({
        site_id: siteId,
        id,
        study_uids: studyUids,
        status: 'IN PROGRESS',
        caller,
        settled_at: null,
        created_at: now(),
        updated_at: now(),
      })
      .onConflict((c) => c.columns(['site_id', 'id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made !== undefined)
      await appendAudit(tx, siteId, [deviceEvent(caller, 'create', 'a procedure step begins')], now());
    return made !== undefined;
  });
  if (!fresh) return [STATUS.duplicateSopInstance];
  return given === '' ? [STATUS.success, undefined, id] : [STATUS.success];
}

async function change(node: NodeContext, caller: string, command: DataSet, set: DataSet): Promise<Answer> {
  const { database, siteId, now } = node.services;
  const id = uidOf(command, 'RequestedSOPInstanceUID');
  const status = text(set, 'PerformedProcedureStepStatus')?.trim();
  if (status !== undefined && status !== 'IN PROGRESS' && !FINAL.has(status))
    return [STATUS.invalidAttributeValue, 'Performed Procedure Step Status'];
  const objects = madeBy(set);
  return database.inSite(siteId, async (tx): Promise<Answer> => {
    const step = await tx
      .selectFrom('procedure_steps')
      .select(['status', 'objects', 'caller'])
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (step === undefined || step.caller !== caller) return [STATUS.noSuchSopInstance];
    if (FINAL.has(step.status)) return [STEP_HAS_ENDED, 'the step has ended'];
    const next = (status ?? step.status) as typeof step.status;
    const known = objects.length === 0 ? step.objects : objects;
    await tx
      .updateTable('procedure_steps')
      .set({
        status: next,
        objects: [...known],
        updated_at: now(),
        // Without a list of objects the message says that no more come, not what came: quiet time decides.
        settled_at: next === 'DISCONTINUED' || (next === 'COMPLETED' && known.length === 0) ? now() : null,
      })
      .where('site_id', '=', siteId)
      .where('id', '=', id)
      .execute();
    if (FINAL.has(next))
      await appendAudit(
        tx,
        siteId,
        [deviceEvent(caller, 'create', `a procedure step is ${next.toLowerCase()}, ${known.length} objects`)],
        now(),
      );
    return [STATUS.success];
  });
}

/** Images and other objects of every series of the step. */
function madeBy(set: DataSet): readonly string[] {
  const uids = items(set, 'PerformedSeriesSequence').flatMap((series) =>
    (['ReferencedImageSequence', 'ReferencedNonImageCompositeSOPInstanceSequence'] as const).flatMap((name) =>
      items(series, name).map((item) => uidOf(item, 'ReferencedSOPInstanceUID')),
    ),
  );
  return [...new Set(uids.filter(isUid))];
}
