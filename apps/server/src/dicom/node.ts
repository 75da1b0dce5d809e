import { statfs } from 'node:fs/promises';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import {
  type AcceptPolicy,
  type AssociateReject,
  type AssociateRequest,
  COMMAND,
  type DataSet,
  number,
  responseTo,
  STATUS,
  TRANSFER_SYNTAX,
  text,
} from '@foramen/dicom';
import type { Inbox } from '../ingest/inbox.ts';
import { errorKind } from '../observe/log.ts';
import type { Services } from '../services.ts';
import { Association, AssociationError, MAX_PDU } from './association.ts';
import { SOP } from './client.ts';
import { commit } from './commitment.ts';
import { type NodePeer, peerAt } from './peers.ts';
import { answerFind } from './query-scp.ts';
import { answerGet, answerMove } from './retrieve-scp.ts';
import { receiveObject } from './store-scp.ts';

export interface NodeOptions {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  /** Who may talk to us. Empty means nobody. */
  readonly peers: readonly NodePeer[];
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  readonly maxAssociations: number;
  readonly maxObjectBytes: number;
  /** Objects are refused when less than this is free. */
  readonly minFreeBytes: number;
  readonly dataDir: string;
  readonly idleMs: number;
}

export interface NodeContext {
  readonly services: Services;
  readonly inbox: Inbox;
  readonly options: NodeOptions;
  /** Whether the disk has room for more. */
  readonly hasRoom: () => Promise<boolean>;
}

const PLAIN = [TRANSFER_SYNTAX.explicitLittle, TRANSFER_SYNTAX.implicitLittle];
/** Stored as they come, so every encoding is welcome; the ones that lose nothing and are cheap to read first. */
const STORABLE = [
  TRANSFER_SYNTAX.explicitLittle,
  TRANSFER_SYNTAX.implicitLittle,
  TRANSFER_SYNTAX.jpegLosslessSv1,
  TRANSFER_SYNTAX.jpegLossless,
  TRANSFER_SYNTAX.jpegLs,
  TRANSFER_SYNTAX.jpeg2000Lossless,
  TRANSFER_SYNTAX.htj2kLossless,
  TRANSFER_SYNTAX.htj2kLosslessRpcl,
  TRANSFER_SYNTAX.rle,
  TRANSFER_SYNTAX.deflated,
  TRANSFER_SYNTAX.explicitBig,
  TRANSFER_SYNTAX.jpegBaseline,
  TRANSFER_SYNTAX.jpegExtended,
  TRANSFER_SYNTAX.jpegLsNear,
  TRANSFER_SYNTAX.jpeg2000,
  TRANSFER_SYNTAX.htj2k,
];
const QUERY = new Set<string>([
  SOP.verification,
  SOP.patientRootFind,
  SOP.patientRootMove,
  SOP.patientRootGet,
  SOP.studyRootFind,
  SOP.studyRootMove,
  SOP.studyRootGet,
  SOP.storageCommitment,
]);
/** Storage SOP classes (PS3.4 B.5), and the private ones of vendors, which are kept as they are. */
const isStorage = (uid: string): boolean =>
  uid.startsWith('1.2.840.10008.5.1.4.1.1.') || !uid.startsWith('1.2.840.10008.');

/** The DICOM network service of a site: echo, store, find, move, get and storage commitment. */
export class DicomNode {
  readonly #context: NodeContext;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #busy = new Set<Promise<void>>();
  #room: { at: number; free: Promise<boolean> } = { at: 0, free: Promise.resolve(true) };

  constructor(services: Services, inbox: Inbox, options: NodeOptions) {
    this.#context = { services, inbox, options, hasRoom: () => this.#hasRoom() };
    const take = (socket: Socket): void => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      const work = this.#serve(socket).finally(() => this.#busy.delete(work));
      this.#busy.add(work);
    };
    this.#server =
      options.tls === undefined
        ? createTcp({ noDelay: true }, take)
        : createTls(
            {
              ...options.tls,
              requestCert: options.tls.ca !== undefined,
              rejectUnauthorized: options.tls.ca !== undefined,
            },
            take,
          );
    this.#server.on('error', (error) => services.log('error', 'DICOM service', { error: errorKind(error) }));
  }

  /** Answers the port that is listened on. */
  listen(): Promise<number> {
    return new Promise((done, failed) => {
      this.#server.once('error', failed);
      this.#server.listen(this.#context.options.port, this.#context.options.host, () => {
        const address = this.#server.address();
        done(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  async #hasRoom(): Promise<boolean> {
    const now = Date.now();
    if (now - this.#room.at > 1_000) {
      const { dataDir, minFreeBytes } = this.#context.options;
      this.#room = {
        at: now,
        free: statfs(dataDir).then(
          (disk) => disk.bavail * disk.bsize > minFreeBytes,
          () => true,
        ),
      };
    }
    return this.#room.free;
  }

  #policy(request: AssociateRequest, address: string): AcceptPolicy | AssociateReject {
    const { options, services } = this.#context;
    const peer = peerAt(options.peers, request.callingAe.trim(), address);
    const full = this.#sockets.size > options.maxAssociations;
    services.metrics.count('foramen_associations_total', {
      outcome: full ? 'full' : peer === undefined ? 'refused' : 'accepted',
    });
    // Source 3, reason 1: temporary congestion. The peer may try again.
    if (full) return { kind: 'associate-reject', result: 2, source: 3, reason: 1 };
    if (peer === undefined) return { kind: 'associate-reject', result: 1, source: 1, reason: 3 };
    return {
      aeTitle: options.aeTitle,
      callers: null,
      maxLength: MAX_PDU,
      transferSyntaxes: (uid) => (QUERY.has(uid) ? PLAIN : isStorage(uid) ? STORABLE : null),
      // A client that fetches with C-GET receives the objects itself.
      grantScpRole: isStorage,
    };
  }

  async #serve(socket: Socket): Promise<void> {
    const { options, services } = this.#context;
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const limits = { idleMs: options.idleMs, openMs: Math.min(options.idleMs, 10_000) };
    const association = await Association.accept(socket, (request) => this.#policy(request, address), limits);
    if (association === undefined) return;
    try {
      for (;;) {
        const event = await association.receive();
        if (event === undefined) return;
        if (event.kind !== 'command') continue;
        await this.#answer(association, event.contextId, event.command, event.hasData);
      }
    } catch (error) {
      association.abort();
      if (!(error instanceof AssociationError))
        services.log('error', 'DICOM association', { error: errorKind(error) });
    }
  }

  async #answer(
    association: Association,
    contextId: number,
    command: DataSet,
    hasData: boolean,
  ): Promise<void> {
    switch (number(command, 'CommandField')) {
      case COMMAND.echoRequest:
        await association.send(contextId, responseTo(command, STATUS.success));
        return;
      case COMMAND.storeRequest:
        return receiveObject(this.#context, association, contextId, command, hasData);
      case COMMAND.findRequest:
        return answerFind(this.#context, association, contextId, command, hasData);
      case COMMAND.moveRequest:
        return answerMove(this.#context, association, contextId, command, hasData);
      case COMMAND.getRequest:
        return answerGet(this.#context, association, contextId, command, hasData);
      case COMMAND.actionRequest:
        return commit(this.#context, association, contextId, command, hasData);
      case COMMAND.cancelRequest:
      case COMMAND.eventReportResponse:
        // What it would cancel is over; a report was received.
        return;
      default:
        await association.send(contextId, {
          ...responseTo(command, STATUS.unrecognisedOperation),
          ErrorComment: text(command, 'AffectedSOPClassUID') === undefined ? 'unknown' : 'unknown operation',
        });
    }
  }

  async stop(): Promise<void> {
    this.#server.close();
    const patience = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, 2_000);
    await Promise.allSettled([...this.#busy]);
    clearTimeout(patience);
  }
}
