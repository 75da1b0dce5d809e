import { fail, ok, type Result } from '@foramen/spine';
import { type DataSet, dataSet, number, text, type ValueInput } from '../data-set.ts';
import { DICTIONARY, type Keyword } from '../dictionary.ts';
import { parseDataSet } from '../parse.ts';
import { encodeDataSet } from '../write.ts';
import type { PresentationDataValue } from './pdu.ts';
import { encodePdu } from './pdu-encode.ts';

/** Command fields (PS3.7, E.1). A response is its request with the high bit of the low word set. */
export const COMMAND = {
  storeRequest: 0x0001,
  storeResponse: 0x8001,
  getRequest: 0x0010,
  getResponse: 0x8010,
  findRequest: 0x0020,
  findResponse: 0x8020,
  moveRequest: 0x0021,
  moveResponse: 0x8021,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
  eventReportRequest: 0x0100,
  eventReportResponse: 0x8100,
  setRequest: 0x0120,
  setResponse: 0x8120,
  actionRequest: 0x0130,
  actionResponse: 0x8130,
  createRequest: 0x0140,
  createResponse: 0x8140,
  cancelRequest: 0x0fff,
} as const;

/** Status codes (PS3.7 C, PS3.4 B.2.3, C.4) that a node gives or understands. */
export const STATUS = {
  success: 0x0000,
  pending: 0xff00,
  /** Pending, but some optional keys were not matched. */
  pendingUnsupportedKeys: 0xff01,
  cancelled: 0xfe00,
  subOperationsWarning: 0xb000,
  outOfResources: 0xa700,
  unableToCountMatches: 0xa701,
  unableToPerform: 0xa702,
  moveDestinationUnknown: 0xa801,
  identifierMismatch: 0xa900,
  cannotUnderstand: 0xc000,
  unrecognisedOperation: 0x0211,
  noSuchSopClass: 0x0118,
  invalidArgument: 0x0115,
  notAuthorized: 0x0124,
  processingFailure: 0x0110,
  duplicateSopInstance: 0x0111,
  noSuchSopInstance: 0x0112,
  invalidAttributeValue: 0x0106,
  missingAttribute: 0x0120,
} as const;

const NO_DATA_SET = 0x0101;

/** Elements of a command, group 0000, but for its length and data set type, which the encoder fills in. */
export type CommandFields = { readonly [K in Keyword]?: ValueInput | undefined };

interface DimseMessage {
  readonly contextId: number;
  readonly command: CommandFields;
  /** The data set, already encoded in the context's transfer syntax; null when there is none. */
  readonly data: Uint8Array | null;
}

/** A command set as it travels: implicit little endian, with its group length. */
function encodeCommand(command: CommandFields, hasData: boolean): Uint8Array<ArrayBuffer> {
  const plain = plainCommand(command, hasData);
  if (plain !== null) return plain;
  const body = encodeDataSet(
    dataSet({
      ...command,
      CommandGroupLength: undefined,
      CommandDataSetType: hasData ? 0x0001 : NO_DATA_SET,
    }),
    { explicit: false },
  );
  const head = encodeDataSet(dataSet({ CommandGroupLength: body.length }), { explicit: false });
  const out = new Uint8Array(head.length + body.length);
  out.set(head);
  out.set(body, head.length);
  return out;
}

/**
 * A command of nothing but identifiers and numbers, as nearly all are, written straight down: one goes with every object, and the way by a
 * data set costs ten times as much. Null for any other.
 */
function plainCommand(command: CommandFields, hasData: boolean): Uint8Array<ArrayBuffer> | null {
  const fields: { readonly tag: number; readonly value: string | number; readonly size: number }[] = [
    { tag: DICTIONARY.CommandDataSetType[0], value: hasData ? 0x0001 : NO_DATA_SET, size: 2 },
  ];
  let length = 10;
  for (const [keyword, value] of Object.entries(command)) {
    if (value === undefined || keyword === 'CommandGroupLength' || keyword === 'CommandDataSetType') continue;
    const [tag, vr] = DICTIONARY[keyword as Keyword];
    const fits = vr === 'UI' ? typeof value === 'string' : vr === 'US' && typeof value === 'number';
    if (!fits) return null;
    const field = value as string | number;
    const size = typeof field === 'string' ? (field.length + 1) & ~1 : 2;
    fields.push({ tag, value: field, size });
    length += 8 + size;
  }
  fields.sort((a, b) => a.tag - b.tag);
  const out = new Uint8Array(12 + length);
  const view = new DataView(out.buffer);
  view.setUint32(4, 4, true);
  view.setUint32(8, length, true);
  let at = 12;
  for (const { tag, value, size } of fields) {
    view.setUint16(at, tag >>> 16, true);
    view.setUint16(at + 2, tag & 0xffff, true);
    view.setUint32(at + 4, size, true);
    at += 8;
    if (typeof value === 'number') view.setUint16(at, value, true);
    else for (let i = 0; i < value.length; i++) out[at + i] = value.charCodeAt(i);
    at += size;
  }
  return out;
}

/** Parses a command set. Without a command field it is no command, and the association must be aborted. */
export function decodeCommand(bytes: Uint8Array): Result<DataSet> {
  const parsed = parseDataSet(
    bytes,
    0,
    { explicit: false, little: true },
    { maxElements: 1000, maxDepth: 0, onlyGroup: 0 },
  );
  if (parsed.problem === undefined && !parsed.truncated && number(parsed.set, 'CommandField') !== undefined) {
    return ok(parsed.set);
  }
  return fail({
    code: 'unreadable',
    severity: 'error',
    where: 'association',
    what: 'a command set is malformed',
    help: 'The peer does not follow DICOM PS3.7',
  });
}

function commandHasData(command: DataSet): boolean {
  return (number(command, 'CommandDataSetType') ?? NO_DATA_SET) !== NO_DATA_SET;
}

/**
 * A message as P-DATA-TF units, ready to be sent one after the other; `data` is read in slices, not copied whole.
 * @param maxLength the peer's maximum length from the association; 0 (no limit) is taken as 64 KiB
 */
export function* messagePdus(message: DimseMessage, maxLength: number): Generator<Uint8Array<ArrayBuffer>> {
  const most = Math.max(1024, (maxLength === 0 ? 65536 : Math.min(maxLength, 1 << 20)) - 6) & ~1;
  const parts = (bytes: Uint8Array, command: boolean): PresentationDataValue[] => {
    const out: PresentationDataValue[] = [];
    for (let at = 0; at === 0 || at < bytes.length; at += most) {
      out.push({
        contextId: message.contextId,
        command,
        last: at + most >= bytes.length,
        data: bytes.subarray(at, at + most),
      });
    }
    return out;
  };
  for (const value of parts(encodeCommand(message.command, message.data !== null), true)) {
    yield encodePdu({ kind: 'data', values: [value] });
  }
  if (message.data === null) return;
  for (const value of parts(message.data, false)) yield encodePdu({ kind: 'data', values: [value] });
}

/** What a data value contributed to the message being received. */
export type MessageEvent =
  | {
      readonly kind: 'command';
      readonly contextId: number;
      readonly command: DataSet;
      readonly hasData: boolean;
    }
  /** A piece of the data set, to be written through as it comes; `last` ends the message. */
  | { readonly kind: 'data'; readonly contextId: number; readonly bytes: Uint8Array; readonly last: boolean };

/**
 * Puts data values together to commands, and hands data set pieces on without holding them, so that an object of any
 * size passes in constant memory.
 */
export class MessageAssembler {
  private parts: Uint8Array[] = [];
  private size = 0;
  private expectsData = false;
  private context = -1;
  private readonly maxCommand: number;

  constructor(maxCommand = 64 * 1024) {
    this.maxCommand = maxCommand;
  }

  push(value: PresentationDataValue): Result<MessageEvent | null> {
    const bad = (what: string): Result<MessageEvent | null> =>
      fail({
        code: 'unreadable',
        severity: 'error',
        where: 'association',
        what,
        help: 'The peer does not follow DICOM PS3.7',
      });
    if (!value.command) {
      if (!this.expectsData || value.contextId !== this.context)
        return bad('a data set came without its command');
      if (value.last) this.expectsData = false;
      return ok({ kind: 'data', contextId: value.contextId, bytes: value.data, last: value.last });
    }
    if (this.expectsData) return bad('a command came before the data set of the last one was complete');
    if (this.parts.length > 0 && value.contextId !== this.context) return bad('two commands are interleaved');
    this.context = value.contextId;
    this.size += value.data.length;
    if (this.size > this.maxCommand) return bad('a command set is too long');
    this.parts.push(value.data.slice());
    if (!value.last) return ok(null);
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.parts = [];
    this.size = 0;
    const command = decodeCommand(bytes);
    if (!command.ok) return command;
    this.expectsData = commandHasData(command.value);
    return ok({
      kind: 'command',
      contextId: value.contextId,
      command: command.value,
      hasData: this.expectsData,
    });
  }
}

/** The fields every response repeats from its request: message ID and SOP class (and instance), with a status. */
export function responseTo(request: DataSet, status: number, more: CommandFields = {}): CommandFields {
  return {
    AffectedSOPClassUID: text(request, 'AffectedSOPClassUID') ?? text(request, 'RequestedSOPClassUID'),
    CommandField: (number(request, 'CommandField') ?? 0) | 0x8000,
    MessageIDBeingRespondedTo: number(request, 'MessageID') ?? 0,
    Status: status,
    AffectedSOPInstanceUID:
      text(request, 'AffectedSOPInstanceUID') ?? text(request, 'RequestedSOPInstanceUID'),
    ...more,
  };
}
