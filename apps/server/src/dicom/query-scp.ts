import {
  type DataSet,
  DICTIONARY,
  type Element,
  element,
  encodeForTransfer,
  keywordOf,
  number,
  readDataSet,
  responseTo,
  STATUS,
  type Tag,
  text,
  texts,
} from '@foramen/dicom';
import { appendAudit } from '../audit/chain.ts';
import { tagName } from '../dicomweb/json.ts';
import { fromDicomJson } from '../dicomweb/json-read.ts';
import { type DicomQuery, type QueryRow, searchDicom } from '../dicomweb/query.ts';
import { unknownKeys } from '../dicomweb/query-keys.ts';
import { decide } from '../policy/evaluate.ts';
import type { Conversation } from './association.ts';
import { receiveData, SOP } from './client.ts';
import type { NodeContext } from './node.ts';

const MOST_ANSWERS = 5_000;

/** The identifier of a query or retrieve request, or the status it is refused with. */
export async function readIdentifier(
  association: Conversation,
  contextId: number,
  hasData: boolean,
): Promise<DataSet | undefined> {
  if (!hasData) return undefined;
  const bytes = await receiveData(association);
  const read = readDataSet(
    bytes,
    association.context(contextId)?.transferSyntax ?? '1.2.840.10008.1.2',
    'identifier',
  );
  return read.ok ? read.value : undefined;
}

/** C-FIND as provider, patient root and study root, answered by the same search as QIDO-RS. */
export async function answerFind(
  node: NodeContext,
  association: Conversation,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const { services, options } = node;
  const context = association.context(contextId);
  const identifier = await readIdentifier(association, contextId, hasData);
  const level = levelOf(identifier);
  if (
    context === undefined ||
    identifier === undefined ||
    level === undefined ||
    !inHierarchy(context.abstractSyntax, level, identifier)
  ) {
    return association.send(contextId, responseTo(command, STATUS.identifierMismatch));
  }
  const access = decide({
    subject: { accountId: association.callingAe, role: 'device' },
    resource: 'study',
    action: 'list',
    path: 'dimse',
    patient: null,
  });
  if (!access.allow) return association.send(contextId, responseTo(command, STATUS.notAuthorized));
  // What was acknowledged a moment ago is found.
  await node.inbox.settled(2_000);
  const match = matchKeys(identifier);
  const query: DicomQuery = {
    level: level === 'patient' ? 'study' : level,
    match: match.known,
    // Whatever the objects themselves hold is answered, whether or not it can be searched by.
    include: [...identifier.keys()].map(tagName),
    limit: MOST_ANSWERS,
    offset: 0,
  };
  const { siteId } = services;
  const rows = await services.database.inSite(siteId, async (tx) => {
    const found = await searchDicom(tx, siteId, query);
    await appendAudit(
      tx,
      siteId,
      [deviceEvent(association.callingAe, 'list', `${found.length} answers`)],
      services.now(),
    );
    return found;
  });
  const seen = new Set<string>();
  const messageId = number(command, 'MessageID') ?? 0;
  for (const row of rows) {
    if (association.cancelled(messageId))
      return association.send(contextId, responseTo(command, STATUS.cancelled));
    // A patient-level query answers each patient once.
    if (level === 'patient' && (seen.has(row.patientId) || !seen.add(row.patientId))) continue;
    const answer = answerSet(identifier, row, options.aeTitle);
    await association.send(
      contextId,
      responseTo(
        command,
        match.ignored || lacks(identifier, row) ? STATUS.pendingUnsupportedKeys : STATUS.pending,
      ),
      encodeForTransfer(answer, context.transferSyntax),
    );
  }
  await association.send(contextId, responseTo(command, STATUS.success));
}

export function deviceEvent(
  aeTitle: string,
  action: string,
  reason: string,
  patientId: string | null = null,
  resourceId: string | null = null,
) {
  return {
    accountId: aeTitle,
    role: 'device',
    path: 'dimse',
    action,
    resource: 'study',
    resourceId,
    patientId,
    outcome: 'allowed',
    reason,
  } as const;
}

export function levelOf(
  identifier: DataSet | undefined,
): 'patient' | 'study' | 'series' | 'instance' | undefined {
  switch (identifier === undefined ? '' : text(identifier, 'QueryRetrieveLevel')?.trim().toUpperCase()) {
    case 'PATIENT':
      return 'patient';
    case 'STUDY':
      return 'study';
    case 'SERIES':
      return 'series';
    case 'IMAGE':
      return 'instance';
    default:
      return undefined;
  }
}

/**
 * Whether a query below studies names the one it asks of, and its level is one its information model has (PS3.4, C.4.1.3.1): relational queries were
 * not agreed on, and what looks like one would be answered with everything there is.
 */
function inHierarchy(
  sopClass: string,
  level: 'patient' | 'study' | 'series' | 'instance',
  identifier: DataSet,
): boolean {
  switch (level) {
    case 'patient':
      return sopClass !== SOP.studyRootFind;
    case 'study':
      return true;
    case 'series':
    case 'instance': {
      const [uid = '', ...more] = texts(identifier, 'StudyInstanceUID');
      return more.length === 0 && /^[0-9.]+$/.test(uid);
    }
  }
}

const NOT_KEYS = new Set([
  'QueryRetrieveLevel',
  'SpecificCharacterSet',
  'RetrieveAETitle',
  'InstanceAvailability',
  'TimezoneOffsetFromUTC',
]);

/** Keys with a value that we can match, and whether any with a value had to be passed over. */
function matchKeys(identifier: DataSet): { known: Record<string, string>; ignored: boolean } {
  const known: Record<string, string> = {};
  let ignored = false;
  const take = (keyword: string, value: unknown): void => {
    const words = Array.isArray(value)
      ? value.map((v) => String(v).replace(/\0/g, '').trim()).join('\\')
      : '';
    if (words === '' || words === '*') return;
    if (unknownKeys({ level: 'instance', match: { [keyword]: words } }).length > 0) ignored = true;
    else known[keyword] = words;
  };
  for (const [tag, item] of identifier) {
    const keyword = keywordOf(tag) ?? tagName(tag);
    if (NOT_KEYS.has(keyword)) continue;
    if (item.vr !== 'SQ') take(keyword, item.value);
    // A sequence is matched by the keys within its one item (PS3.4, C.2.2.2.6).
    else for (const [inner, key] of item.value[0] ?? []) take(`${tagName(tag)}.${tagName(inner)}`, key.value);
  }
  return { known, ignored };
}

/** Whether a key was asked for that we do not keep and no object of the answer has: told with FF01 (PS3.4, C.4.1.1.4). */
const lacks = (identifier: DataSet, row: QueryRow): boolean =>
  [...identifier.keys()].some((tag) => {
    const keyword = keywordOf(tag) ?? tagName(tag);
    return !NOT_KEYS.has(keyword) && row.attributes[tagName(tag)] === undefined;
  });

/** What was asked for, filled in where we know it, empty elsewhere. */
function answerSet(identifier: DataSet, row: QueryRow, aeTitle: string): DataSet {
  const out = new Map<Tag, Element>();
  for (const [tag, asked] of identifier) {
    out.set(tag, elementOf(tag, row.attributes[tagName(tag)]) ?? emptied(asked));
  }
  out.set(DICTIONARY.QueryRetrieveLevel[0], element('CS', text(identifier, 'QueryRetrieveLevel') ?? 'STUDY'));
  out.set(DICTIONARY.RetrieveAETitle[0], element('AE', aeTitle));
  out.set(DICTIONARY.SpecificCharacterSet[0], element('CS', 'ISO_IR 192'));
  return out;
}

function emptied(asked: Element): Element {
  return asked.vr === 'SQ' ? { vr: 'SQ', value: [] } : element(asked.vr, null);
}

/** An attribute of an answer; undefined where it is not known, or holds what an answer cannot carry. */
function elementOf(tag: Tag, found: QueryRow['attributes'][string] | undefined): Element | undefined {
  if (found === undefined) return undefined;
  try {
    return fromDicomJson({ [tagName(tag)]: found }, () => undefined).get(tag);
  } catch {
    return undefined;
  }
}

export { SOP };
