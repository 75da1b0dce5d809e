import { statfs } from 'node:fs/promises';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import {
  type AcceptPolicy,
  type AssociateReject,
  type AssociateRequest,
  COMMAND,
  number,
  responseTo,
  STATUS,
  TRANSFER_SYNTAX,
} from '@foramen/dicom';
import { keyring } from '../blobs/keyring.ts';
import { reopenBlobStore } from '../blobs/open.ts';
import { Spool, type SpoolWriter } from '../blobs/spool.ts';
import type { BlobStore } from '../blobs/store.ts';
import { errorKind } from '../observe/log.ts';
import { Association, type AssociationAnswer, AssociationError, MAX_PDU } from './association.ts';
import { SOP } from './client.ts';
import type { FromReceiver, ReceiverSettings, ToReceiver } from './link.ts';
import { peerAt } from './peers.ts';
import { outcomeOf, printableTitle, storeReason } from './refusals.ts';
import { Answered, type Intake, type KeptObjects, receiveObject } from './store-scp.ts';

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
  SOP.performedStep,
]);
/** Storage SOP classes (PS3.4 B.5), and the private ones of vendors, which are kept as they are. */
const isStorage = (uid: string): boolean =>
  uid.startsWith('1.2.840.10008.5.1.4.1.1.') || !uid.startsWith('1.2.840.10008.');

/** What is known of a study is asked again after so long: other doors may have added to it. */
const KNOWN_MS = 10_000;

/**
 * Owns the sockets of the DICOM node, in a thread of its own: receives objects and writes them to disk; everything else is handed to
 * the node. Apart from the rest because it makes and drops a megabyte for every object: collecting that garbage is cheap
 * in a small heap, and nobody else has to wait for it or for the disk.
 */
export class Receiver {
  readonly #settings: ReceiverSettings;
  readonly #tell: (message: FromReceiver) => void;
  readonly #server: Server;
  readonly #spool: Spool | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #busy = new Set<Promise<void>>();
  readonly #associations = new Map<number, { association: Association; taken: () => void }>();
  readonly #asks = new Map<number, (kept: KeptObjects) => void>();
  readonly #comparing = new Map<number, (same: boolean) => void>();
  readonly #listening = new Map<number, () => void>();
  readonly #known = new Map<string, { at: number; kept: Promise<KeptObjects> }>();
  readonly #intake: Intake;
  #count = 0;
  #room: { at: number; free: Promise<boolean> } = {
    at: Number.NEGATIVE_INFINITY,
    free: Promise.resolve(true),
  };
  #pace: { slow: Promise<void>; over: () => void } | undefined;

  constructor(settings: ReceiverSettings, tell: (message: FromReceiver) => void) {
    this.#settings = settings;
    this.#tell = tell;
    const ring = keyring(settings.keys);
    const blobs = reopenBlobStore(settings.origin, ring);
    this.#spool = blobs.heldFolder === undefined ? undefined : new Spool(blobs.heldFolder, ring);
    // Where that fails (full disk), it is the next writer's to report.
    this.#spool?.fill().catch(() => undefined);
    this.#intake = {
      maxObjectBytes: settings.maxObjectBytes,
      writer: () => this.#spool?.writer() ?? heldWriter(blobs),
      read: (object) => blobs.read(object),
      remove: (object) => blobs.remove(object),
      hasRoom: () => this.#hasRoom(),
      known: (studyUid) => this.#knownOf(studyUid),
      same: (sopUid, object) =>
        new Promise((done) => {
          const ask = ++this.#count;
          this.#comparing.set(ask, done);
          tell({ kind: 'same', ask, sopUid, object });
        }),
      receiving: { count: 0 },
      answered: new Answered(),
      deliver: (arrival) => tell({ kind: 'arrival', arrival }),
      pace: async () => this.#pace?.slow,
      error: (what, error) => tell({ kind: 'error', what, error }),
    };
    const take = (socket: Socket): void => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      const work = this.#serve(socket).finally(() => this.#busy.delete(work));
      this.#busy.add(work);
    };
    const { tls } = settings;
    this.#server =
      tls === undefined
        ? createTcp({ noDelay: true }, take)
        : createTls(
            {
              ...tls,
              requestCert: tls.ca !== undefined,
              rejectUnauthorized: tls.ca !== undefined,
              handshakeTimeout: Math.min(settings.idleMs, 10_000),
            },
            take,
          );
    // Beyond what could ever be accepted, connections are not even read from.
    this.#server.maxConnections = settings.maxAssociations + 64;
    this.#server.on('error', (error: NodeJS.ErrnoException) =>
      tell({ kind: 'failed', message: error.message, code: error.code }),
    );
  }

  listen(): void {
    this.#server.listen(this.#settings.port, this.#settings.host, () => {
      const address = this.#server.address();
      this.#tell({
        kind: 'listening',
        port: typeof address === 'object' && address !== null ? address.port : 0,
      });
    });
  }

  /** A message of the node. */
  hear(message: ToReceiver): void {
    switch (message.kind) {
      case 'send': {
        const { association: id, ticket, contextId, command, data } = message;
        const { association } = this.#associations.get(id) ?? {};
        const sending =
          association === undefined
            ? Promise.reject(new AssociationError('the association is over'))
            : association.send(contextId, command, data);
        sending.then(
          () => this.#tell({ kind: 'sent', ticket, failure: undefined }),
          (error: unknown) =>
            this.#tell({ kind: 'sent', ticket, failure: error instanceof Error ? error.message : 'failed' }),
        );
        return;
      }
      case 'taken':
        this.#associations.get(message.association)?.taken();
        return;
      case 'abort':
        this.#associations.get(message.association)?.association.abort();
        return;
      case 'known': {
        this.#asks.get(message.ask)?.(new Map(message.kept));
        this.#asks.delete(message.ask);
        return;
      }
      case 'same':
        this.#comparing.get(message.ask)?.(message.same);
        this.#comparing.delete(message.ask);
        return;
      case 'heard':
        this.#listening.get(message.ask)?.();
        this.#listening.delete(message.ask);
        return;
      case 'pace':
        if (message.slow) {
          const { promise, resolve } = Promise.withResolvers<void>();
          this.#pace ??= { slow: promise, over: resolve };
        } else {
          this.#pace?.over();
          this.#pace = undefined;
        }
        return;
      case 'stop':
        void this.#stop();
        return;
    }
  }

  async #hasRoom(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#room.at > 1_000) {
      const { dataDir, minFreeBytes } = this.#settings;
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

  #knownOf(studyUid: string): Promise<KeptObjects> {
    const now = performance.now();
    const known = this.#known.get(studyUid);
    if (known !== undefined && now - known.at < KNOWN_MS) return known.kept;
    for (const [uid, { at }] of this.#known) if (now - at >= KNOWN_MS) this.#known.delete(uid);
    const ask = ++this.#count;
    const kept = new Promise<KeptObjects>((done) => this.#asks.set(ask, done));
    this.#tell({ kind: 'known', ask, studyUid });
    this.#known.set(studyUid, { at: now, kept });
    return kept;
  }

  /** When the node has heard of every object that was answered until now. */
  async #heard(): Promise<void> {
    await this.#intake.answered.none();
    const ask = ++this.#count;
    await new Promise<void>((done) => {
      this.#listening.set(ask, done);
      this.#tell({ kind: 'heard', ask });
    });
  }

  #policy(request: AssociateRequest, address: string): AcceptPolicy | AssociateReject {
    const { aeTitle, peers, maxAssociations } = this.#settings;
    const peer = peerAt(peers, request.callingAe.trim(), address);
    const full = this.#sockets.size > maxAssociations;
    // Source 3, reason 1: temporary congestion. The peer may try again.
    if (full) return { kind: 'associate-reject', result: 2, source: 3, reason: 1 };
    if (peer === undefined) return { kind: 'associate-reject', result: 1, source: 1, reason: 3 };
    return {
      aeTitle,
      callers: null,
      maxLength: MAX_PDU,
      transferSyntaxes: (uid) => (QUERY.has(uid) ? PLAIN : isStorage(uid) ? STORABLE : null),
      // A client that fetches with C-GET receives the objects itself.
      grantScpRole: isStorage,
    };
  }

  /** Counts how a request was answered, and tells of those that were not agreed on. */
  #answered({ request, answer }: AssociationAnswer, address: string): void {
    const { outcome, reason } = outcomeOf(answer);
    this.#tell({ kind: 'association', outcome });
    if (reason !== null)
      this.#tell({
        kind: 'refused',
        refusal: { what: 'association', reason, peer: printableTitle(request?.callingAe ?? ''), address },
      });
  }

  async #serve(socket: Socket): Promise<void> {
    const { idleMs } = this.#settings;
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const limits = { idleMs, openMs: Math.min(idleMs, 10_000) };
    const association = await Association.accept(
      socket,
      (request) => this.#policy(request, address),
      limits,
      (answer) => this.#answered(answer, address),
    );
    if (association === undefined) return;
    // Whoever has been let go in order finds the node told of every object.
    association.beforeRelease = () => this.#heard();
    const id = ++this.#count;
    const intake: Intake = {
      ...this.#intake,
      refused: (status) =>
        this.#tell({
          kind: 'refused',
          refusal: {
            what: 'store',
            reason: storeReason(status),
            peer: printableTitle(association.callingAe),
            address,
          },
        }),
    };
    let failure: string | undefined;
    let taken = Promise.withResolvers<void>();
    taken.resolve();
    this.#associations.set(id, { association, taken: () => taken.resolve() });
    socket.once('close', () => taken.resolve());
    this.#tell({
      kind: 'opened',
      association: id,
      callingAe: association.callingAe,
      contexts: association.contexts,
    });
    try {
      for (;;) {
        const event = await association.receive();
        if (event === undefined) break;
        const field = event.kind === 'command' ? number(event.command, 'CommandField') : undefined;
        if (event.kind === 'command' && field === COMMAND.storeRequest) {
          await receiveObject(intake, association, event.contextId, event.command, event.hasData);
        } else if (event.kind === 'command' && field === COMMAND.echoRequest && !event.hasData) {
          await association.send(event.contextId, responseTo(event.command, STATUS.success));
        } else {
          // One at a time: a peer that sends faster than the node takes is slowed down by its own socket.
          await taken.promise;
          taken = Promise.withResolvers();
          // The node hears first of the objects that this may be about.
          await this.#intake.answered.none();
          this.#tell({
            kind: 'event',
            association: id,
            event: event.kind === 'data' ? { ...event, bytes: event.bytes.slice() } : event,
          });
        }
      }
    } catch (error) {
      association.abort();
      failure = error instanceof Error ? error.message : 'failed';
      if (!(error instanceof AssociationError))
        this.#tell({ kind: 'error', what: 'DICOM association', error: errorKind(error) });
    } finally {
      this.#associations.delete(id);
      await this.#intake.answered.none();
      this.#tell({ kind: 'closed', association: id, failure });
    }
  }

  async #stop(): Promise<void> {
    this.#server.close();
    const patience = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, 2_000);
    this.hear({ kind: 'pace', slow: false });
    await Promise.allSettled([...this.#busy]);
    clearTimeout(patience);
    await this.#spool?.close();
    this.#tell({ kind: 'stopped' });
  }
}

/** For a store that is not a folder: held there, and acknowledged when it has answered. */
async function heldWriter(blobs: BlobStore): Promise<SpoolWriter> {
  const writer = await blobs.writer({ held: true });
  let written: Promise<void> = Promise.resolve();
  return {
    write: (bytes) => {
      const copy = bytes.slice();
      written = written.then(() => writer.write(copy));
      written.catch(() => undefined);
      return written;
    },
    finish: async () => {
      await written;
      const { object, size, sha256 } = await writer.finish();
      return { object, size, sha256: async () => sha256, close: () => undefined };
    },
    abort: () => void written.catch(() => undefined).then(() => writer.abort()),
  };
}
