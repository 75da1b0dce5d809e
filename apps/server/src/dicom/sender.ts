import { COMMAND, encodeForTransfer, readDicom, STATUS, TRANSFER_SYNTAX } from '@foramen/dicom';
import type { BlobStore } from '../blobs/store.ts';
import type { Conversation } from './association.ts';
import { ask, associate, type ContextWish, type Peer } from './client.ts';

/** An object to send, as the database knows it. */
export interface Sendable {
  readonly sopClass: string;
  readonly sopUid: string;
  readonly transferSyntax: string;
  readonly object: string;
}

export interface SubOperations {
  remaining: number;
  completed: number;
  failed: number;
  warning: number;
  readonly failedUids: string[];
}

const NATIVE: readonly string[] = [TRANSFER_SYNTAX.explicitLittle, TRANSFER_SYNTAX.implicitLittle];
/** Presentation contexts of one association (odd numbers to 255). */
const MOST_CONTEXTS = 128;

/** Where the data set of a Part 10 file begins; 0 for a bare data set. */
export function dataSetStart(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 144 || view.getUint32(128) !== 0x4449434d) return 0;
  // (0002,0000) UL: the length of the meta group behind it.
  return view.getUint32(132, true) === 0x00000002 ? 144 + view.getUint32(140, true) : 132;
}

/** One presentation context for each SOP class and stored syntax; uncompressed objects may also go as the other native syntax. */
function contextsFor(objects: readonly Sendable[]): readonly ContextWish[] {
  const wishes = new Map<string, ContextWish>();
  for (const { sopClass, transferSyntax } of objects) {
    const native = NATIVE.includes(transferSyntax);
    const key = `${sopClass} ${native ? 'native' : transferSyntax}`;
    wishes.set(key, { abstractSyntax: sopClass, transferSyntaxes: native ? NATIVE : [transferSyntax] });
  }
  return [...wishes.values()].slice(0, MOST_CONTEXTS);
}

/** Sends one object over an open association with C-STORE. Answers the peer's status. */
export async function sendObject(
  association: Conversation,
  blobs: BlobStore,
  item: Sendable,
  originator?: { readonly aeTitle: string; readonly messageId: number },
): Promise<number> {
  const fitting = association.contexts.filter((context) => context.abstractSyntax === item.sopClass);
  const same = fitting.find((context) => context.transferSyntax === item.transferSyntax);
  const other = NATIVE.includes(item.transferSyntax)
    ? fitting.find((context) => NATIVE.includes(context.transferSyntax))
    : undefined;
  const context = same ?? other;
  if (context === undefined) return STATUS.noSuchSopClass;
  const file = await blobs.read(item.object);
  let data: Uint8Array = file.subarray(dataSetStart(file));
  if (same === undefined) {
    const read = readDicom(file);
    if (!read.ok) return STATUS.processingFailure;
    data = encodeForTransfer(read.value.set, context.transferSyntax);
  }
  const { status } = await ask(
    association,
    context.id,
    {
      CommandField: COMMAND.storeRequest,
      AffectedSOPClassUID: item.sopClass,
      AffectedSOPInstanceUID: item.sopUid,
      Priority: 0,
      ...(originator === undefined
        ? {}
        : {
            MoveOriginatorApplicationEntityTitle: originator.aeTitle,
            MoveOriginatorMessageID: originator.messageId,
          }),
    },
    data,
  );
  return status;
}

/** Warnings (Bxxx) count as sent. */
export function count(result: SubOperations, status: number, sopUid: string): void {
  result.remaining--;
  if (status === STATUS.success) result.completed++;
  else if (status >>> 12 === 0xb) result.warning++;
  else {
    result.failed++;
    result.failedUids.push(sopUid);
  }
}

/** Sends objects to a peer over one association; `each` is told after every object and may stop by answering false. */
export async function sendAll(
  peer: Peer,
  callingAe: string,
  blobs: BlobStore,
  objects: readonly Sendable[],
  each: (result: SubOperations) => Promise<boolean> = async () => true,
  originator?: { readonly aeTitle: string; readonly messageId: number },
): Promise<SubOperations> {
  const result: SubOperations = {
    remaining: objects.length,
    completed: 0,
    failed: 0,
    warning: 0,
    failedUids: [],
  };
  if (objects.length === 0) return result;
  const association = await associate(peer, callingAe, contextsFor(objects));
  for (const item of objects) {
    count(result, await sendObject(association, blobs, item, originator), item.sopUid);
    if (!(await each(result))) break;
  }
  await association.release();
  return result;
}
