import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  COMMAND,
  type CommandFields,
  type DataSet,
  encodeForTransfer,
  number,
  readDataSet,
  STATUS,
  TRANSFER_SYNTAX,
} from '@foramen/dicom';
import { Association, AssociationError, type Conversation, MAX_PDU } from './association.ts';

export interface Peer {
  readonly aeTitle: string;
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

export interface ContextWish {
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

const LIMITS = { idleMs: 60_000, openMs: 15_000 } as const;
const PLAIN = [TRANSFER_SYNTAX.explicitLittle, TRANSFER_SYNTAX.implicitLittle];

export const SOP = {
  verification: '1.2.840.10008.1.1',
  patientRootFind: '1.2.840.10008.5.1.4.1.2.1.1',
  patientRootMove: '1.2.840.10008.5.1.4.1.2.1.2',
  patientRootGet: '1.2.840.10008.5.1.4.1.2.1.3',
  studyRootFind: '1.2.840.10008.5.1.4.1.2.2.1',
  studyRootMove: '1.2.840.10008.5.1.4.1.2.2.2',
  studyRootGet: '1.2.840.10008.5.1.4.1.2.2.3',
  storageCommitment: '1.2.840.10008.1.20.1',
  storageCommitmentInstance: '1.2.840.10008.1.20.1.1',
  worklist: '1.2.840.10008.5.1.4.31',
  performedStep: '1.2.840.10008.3.1.2.3.3',
} as const;

function dial(peer: Peer): Promise<Socket> {
  return new Promise((done, failed) => {
    const target = { host: peer.host, port: peer.port };
    const socket: Socket =
      peer.tls === undefined
        ? connectTcp(target)
        : // A name is asked for by name; an address must be in the certificate itself.
          connectTls({ ...target, ...peer.tls, ...(isIP(peer.host) === 0 ? { servername: peer.host } : {}) });
    const timer = setTimeout(
      () => socket.destroy(new AssociationError(`${peer.aeTitle} does not answer`)),
      LIMITS.openMs,
    );
    socket.once(peer.tls === undefined ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer);
      done(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      failed(new AssociationError(`${peer.aeTitle}: ${error.message}`));
    });
  });
}

/** Opens an association with a peer. @throws AssociationError when it cannot be reached or refuses. */
export async function associate(
  peer: Peer,
  callingAe: string,
  contexts: readonly ContextWish[],
): Promise<Association> {
  return Association.request(
    await dial(peer),
    { calledAe: peer.aeTitle, callingAe, contexts, maxLength: MAX_PDU },
    LIMITS,
  );
}

/** Sends one command and waits for its (last) answer; data sets of pending answers go to `onPending`. */
export async function ask(
  association: Conversation,
  contextId: number,
  command: CommandFields,
  data: Uint8Array | null,
  onPending: (data: Uint8Array | null, command: DataSet) => void = () => undefined,
): Promise<{ status: number; command: DataSet }> {
  await association.send(contextId, { ...command, MessageID: association.nextMessageId() }, data);
  for (;;) {
    const answer = await association.receive();
    if (answer === undefined) throw new AssociationError('released before the answer');
    if (answer.kind !== 'command') continue;
    const body = answer.hasData ? await receiveData(association) : null;
    const status = number(answer.command, 'Status') ?? STATUS.processingFailure;
    if (status === STATUS.pending || status === STATUS.pendingUnsupportedKeys)
      onPending(body, answer.command);
    else return { status, command: answer.command };
  }
}

const MOST_IDENTIFIER_BYTES = 1 << 20;

/** A small data set (identifier, report) that follows a command. */
export async function receiveData(association: Conversation): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = await association.receive();
    if (piece === undefined || piece.kind !== 'data') throw new AssociationError('a data set is missing');
    size += piece.bytes.length;
    if (size > MOST_IDENTIFIER_BYTES) {
      association.abort();
      throw new AssociationError('an identifier is too long');
    }
    parts.push(piece.bytes.slice());
    if (piece.last) return Buffer.concat(parts);
  }
}

export async function echo(peer: Peer, callingAe: string): Promise<boolean> {
  const association = await associate(peer, callingAe, [
    { abstractSyntax: SOP.verification, transferSyntaxes: PLAIN },
  ]);
  const [context] = association.contexts;
  if (context === undefined) {
    association.abort();
    return false;
  }
  const { status } = await ask(
    association,
    context.id,
    { CommandField: COMMAND.echoRequest, AffectedSOPClassUID: SOP.verification },
    null,
  );
  await association.release();
  return status === STATUS.success;
}

/** C-FIND: study root query, or the modality worklist, as a client. */
export async function find(
  peer: Peer,
  callingAe: string,
  sopClass: string,
  identifier: DataSet,
  most = 10_000,
): Promise<readonly DataSet[]> {
  const association = await associate(peer, callingAe, [
    { abstractSyntax: sopClass, transferSyntaxes: PLAIN },
  ]);
  const [context] = association.contexts;
  if (context === undefined) {
    association.abort();
    throw new AssociationError(`${peer.aeTitle} does not answer this kind of query`);
  }
  const found: DataSet[] = [];
  const { status } = await ask(
    association,
    context.id,
    { CommandField: COMMAND.findRequest, AffectedSOPClassUID: sopClass, Priority: 0 },
    encodeForTransfer(identifier, context.transferSyntax),
    (data) => {
      if (data === null || found.length >= most) return;
      const read = readDataSet(data, context.transferSyntax);
      if (read.ok) found.push(read.value);
    },
  );
  await association.release();
  if (status !== STATUS.success)
    throw new AssociationError(`${peer.aeTitle} answered ${status.toString(16)} to the query`);
  return found;
}
