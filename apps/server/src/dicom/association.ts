import type { Socket } from 'node:net';
import {
  type AcceptPolicy,
  type AssociateAccept,
  type AssociateReject,
  type AssociateRequest,
  associateRequest,
  type CommandFields,
  decodePdu,
  encodePdu,
  MessageAssembler,
  type MessageEvent,
  messagePdus,
  negotiate,
  type Pdu,
  PduStream,
  type PresentationDataValue,
} from '@foramen/dicom';
import { type Problem, problemLine } from '@foramen/spine';
import { release } from '../blobs/seal-stream.ts';
import { ChunkQueue } from '../http/chunk-queue.ts';

/** Largest P-DATA-TF we announce. */
export const MAX_PDU = 128 << 10;

export interface AgreedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
}

/** What an operation sees of an association: messages in, messages out. */
export interface Conversation {
  readonly callingAe: string;
  readonly contexts: readonly AgreedContext[];
  context(id: number): AgreedContext | undefined;
  nextMessageId(): number;
  /**
   * The next command or piece of a data set, whose bytes are good until the next is asked for; undefined after an orderly release.
   * @throws AssociationError when the peer aborts or does not follow the standard.
   */
  receive(): Promise<MessageEvent | undefined>;
  send(contextId: number, command: CommandFields, data?: Uint8Array | null): Promise<void>;
  /** Whether the peer has asked to cancel the operation with this message id. */
  cancelled(messageId: number): boolean;
  abort(): void;
}

/** What a peer asked for and was answered; both undefined where what came was no request. */
export interface AssociationAnswer {
  readonly request: AssociateRequest | undefined;
  readonly answer: AssociateAccept | AssociateReject | undefined;
}

/** Why an association ended other than by release. */
export class AssociationError extends Error {}

interface AssociationLimits {
  /** An association on which nothing comes for so long, or on which one PDU takes so long, is aborted. */
  readonly idleMs: number;
  /** From connecting to the association request (the ARTIM timer of PS3.8, 9.1.5). */
  readonly openMs: number;
}

/** One DICOM association over a socket, either side. Reading is pulled, so a slow disk slows the sender and not our memory. */
export class Association implements Conversation {
  readonly #socket: Socket;
  readonly #pdus: PduReader;
  readonly #assembler = new MessageAssembler();
  #contexts: ReadonlyMap<number, AgreedContext> = new Map();
  #peerMax = 0;
  #messageId = 0;
  #over = false;
  callingAe = '';
  calledAe = '';
  /** Waited for before the peer's release is confirmed. */
  beforeRelease: () => Promise<void> = async () => undefined;

  private constructor(socket: Socket, limits: AssociationLimits) {
    this.#socket = socket;
    // A response held back by Nagle's algorithm costs the peer 40 ms an object.
    socket.setNoDelay(true);
    socket.setTimeout(limits.openMs, () => socket.destroy(new AssociationError('nothing came in time')));
    socket.on('error', () => undefined);
    this.#pdus = new PduReader(socket, limits);
  }

  /** Takes an association request; undefined when it was rejected or nothing sensible came. */
  static async accept(
    socket: Socket,
    policy: (request: AssociateRequest) => AcceptPolicy | AssociateReject,
    limits: AssociationLimits,
    told: (answer: AssociationAnswer) => void = () => undefined,
  ): Promise<Association | undefined> {
    const association = new Association(socket, limits);
    // Silence is not the only way to be slow: a request that comes byte by byte ends here too.
    let answered = false;
    const patience = setTimeout(
      () => socket.destroy(new AssociationError('no association request in time')),
      limits.openMs,
    );
    try {
      const request = await association.#next();
      if (request.kind !== 'associate-request') {
        answered = true;
        told({ request: undefined, answer: undefined });
        association.abort();
        return undefined;
      }
      const rule = policy(request);
      const answer = 'kind' in rule ? rule : negotiate(request, rule);
      answered = true;
      told({ request, answer });
      await association.#write(encodePdu(answer));
      if (answer.kind === 'associate-reject') {
        socket.end();
        return undefined;
      }
      association.#agree(request, answer, request.user.maxLength);
      socket.setTimeout(limits.idleMs);
      return association;
    } catch {
      // Whoever opens a connection and leaves again, as a monitor does, has asked for nothing.
      if (!answered && socket.bytesRead > 0) told({ request: undefined, answer: undefined });
      socket.destroy();
      return undefined;
    } finally {
      clearTimeout(patience);
    }
  }

  /** Asks for an association over a connected socket. @throws AssociationError when it is refused. */
  static async request(
    socket: Socket,
    options: Parameters<typeof associateRequest>[0],
    limits: AssociationLimits,
  ): Promise<Association> {
    const association = new Association(socket, limits);
    const request = associateRequest(options);
    await association.#write(encodePdu(request));
    const answer = await association.#next();
    if (answer.kind !== 'associate-accept') {
      socket.destroy();
      throw new AssociationError(
        answer.kind === 'associate-reject'
          ? `association rejected (reason ${answer.reason})`
          : 'association refused',
      );
    }
    association.#agree(request, answer, answer.user.maxLength);
    socket.setTimeout(limits.idleMs);
    return association;
  }

  #agree(request: AssociateRequest, answer: AssociateAccept, peerMax: number): void {
    const abstract = new Map(request.contexts.map((context) => [context.id, context.abstractSyntax]));
    this.#contexts = new Map(
      answer.contexts
        .filter((context) => context.result === 0)
        .map((context) => [
          context.id,
          {
            id: context.id,
            abstractSyntax: abstract.get(context.id) ?? '',
            transferSyntax: context.transferSyntax,
          },
        ]),
    );
    this.#peerMax = peerMax;
    this.callingAe = request.callingAe.trim();
    this.calledAe = request.calledAe.trim();
  }

  get remoteAddress(): string {
    return (this.#socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  }

  get contexts(): readonly AgreedContext[] {
    return [...this.#contexts.values()];
  }

  context(id: number): AgreedContext | undefined {
    return this.#contexts.get(id);
  }

  nextMessageId(): number {
    this.#messageId = (this.#messageId % 0xffff) + 1;
    return this.#messageId;
  }

  async #next(): Promise<Pdu> {
    const pdu = this.#pdus.ready() ?? (await this.#pdus.next());
    if (pdu === undefined) throw new AssociationError('the peer closed the connection');
    return pdu;
  }

  readonly #waiting: MessageEvent[] = [];
  /** Read, but for `receive` to answer. */
  #unanswered: Pdu | undefined;

  /**
   * What `receive` would answer, where it has come already; undefined says that it must be asked. A wait for each of the pieces of an
   * object costs more than taking them.
   */
  ready(): MessageEvent | undefined {
    for (;;) {
      const event = this.#waiting.shift();
      if (event !== undefined || this.#unanswered !== undefined) return event;
      const pdu = this.#pdus.ready();
      if (pdu?.kind === 'data') this.#assemble(pdu.values);
      else {
        this.#unanswered = pdu;
        return undefined;
      }
    }
  }

  #assemble(values: readonly PresentationDataValue[]): void {
    for (const value of values) {
      if (!this.#contexts.has(value.contextId))
        throw this.#broken('a presentation context that was not agreed');
      const event = this.#assembler.push(value);
      if (!event.ok) throw this.#broken(event.problems[0].what);
      if (event.value !== null) this.#waiting.push(event.value);
    }
  }

  async receive(): Promise<MessageEvent | undefined> {
    for (;;) {
      const event = this.ready();
      if (event !== undefined) return event;
      const pdu = this.#unanswered ?? (await this.#next());
      this.#unanswered = undefined;
      switch (pdu.kind) {
        case 'data':
          this.#assemble(pdu.values);
          break;
        case 'release-request':
          this.#over = true;
          await this.beforeRelease();
          await this.#write(encodePdu({ kind: 'release-response' }));
          this.#socket.end();
          return undefined;
        case 'release-response':
          this.#over = true;
          this.#socket.end();
          return undefined;
        case 'abort':
          this.#over = true;
          this.#socket.destroy();
          throw new AssociationError('the peer aborted');
        default:
          throw this.#broken('an association message in the middle of an association');
      }
    }
  }

  #broken(what: string): AssociationError {
    this.abort();
    return new AssociationError(what);
  }

  /** The message that is on its way, or the last of those that wait. */
  #sending: Promise<void> | undefined;

  /**
   * Messages go whole, one after the other, whoever sends them. Where none is on its way, the first unit is with the system before this
   * returns: who answers and goes on working must not hold up the answer.
   */
  send(contextId: number, command: CommandFields, data: Uint8Array | null = null): Promise<void> {
    const before = this.#sending;
    const mine = (async () => {
      if (before !== undefined) await before;
      for (const bytes of messagePdus({ contextId, command, data }, this.#peerMax)) await this.#write(bytes);
    })();
    const over = mine
      .catch(() => undefined)
      .then(() => {
        if (this.#sending === over) this.#sending = undefined;
      });
    this.#sending = over;
    return mine;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#socket.destroyed) throw new AssociationError('the connection is gone');
    if (this.#socket.write(bytes)) return;
    await new Promise<void>((done, failed) => {
      const settle = (error?: Error): void => {
        this.#socket.off('drain', settle);
        this.#socket.off('close', gone);
        if (error === undefined) done();
        else failed(error);
      };
      const gone = (): void => settle(new AssociationError('the connection is gone'));
      this.#socket.once('drain', settle);
      this.#socket.once('close', gone);
    });
  }

  /** Ends in order: nothing more is sent, the peer confirms. */
  async release(): Promise<void> {
    if (this.#over || this.#socket.destroyed) return;
    await this.#write(encodePdu({ kind: 'release-request' }));
    try {
      while ((await this.receive()) !== undefined) {
        // Late answers are of no interest any more.
      }
    } catch {
      this.#socket.destroy();
    }
  }

  cancelled(): boolean {
    // What comes is read when it is asked for; the node, which reads ahead, is the one who knows.
    return false;
  }

  abort(): void {
    if (this.#over) return;
    this.#over = true;
    if (!this.#socket.destroyed) this.#socket.end(encodePdu({ kind: 'abort', source: 2, reason: 0 }));
    setTimeout(() => this.#socket.destroy(), 1_000).unref();
  }
}

/** Protocol data units of a connection; each is good until the next is asked for. */
class PduReader {
  readonly #socket: Socket;
  readonly #limits: AssociationLimits;
  readonly #stream = new PduStream({ maxData: MAX_PDU + 1024 });
  readonly #chunks: ChunkQueue;
  #chunk: Buffer | undefined;
  #units: ReturnType<PduStream['units']> | undefined;
  #begun = 0;
  #fresh = true;

  constructor(socket: Socket, limits: AssociationLimits) {
    this.#socket = socket;
    this.#limits = limits;
    this.#chunks = new ChunkQueue(socket);
  }

  /** The next that has come as a whole; undefined when there is none yet. @throws AssociationError */
  ready(): Pdu | undefined {
    for (;;) {
      if (this.#units === undefined) {
        const chunk = this.#chunks.ready();
        if (chunk === undefined) return undefined;
        this.#chunk = chunk;
        this.#fresh = this.#stream.pending === 0;
        this.#units = this.#stream.units(chunk);
      }
      const { value: unit } = this.#units.next();
      if (unit !== undefined) {
        if (!unit.ok) throw broken(this.#socket, unit.problems[0]);
        const pdu = decodePdu(unit.value);
        if (!pdu.ok) throw broken(this.#socket, pdu.problems[0]);
        this.#fresh = true;
        return pdu.value;
      }
      // Who asks for the next unit has done with what lay in this chunk.
      if (this.#chunk !== undefined) release(this.#chunk);
      this.#chunk = undefined;
      this.#units = undefined;
      this.#keepPace();
    }
  }

  /** Waits for it; undefined at the end of the connection. @throws AssociationError */
  async next(): Promise<Pdu | undefined> {
    for (;;) {
      if (!(await this.#chunks.more())) return undefined;
      const pdu = this.ready();
      if (pdu !== undefined) return pdu;
    }
  }

  /** A unit that dribbles in is given no longer than a silent peer. */
  #keepPace(): void {
    if (this.#stream.pending === 0) return;
    const now = performance.now();
    if (this.#fresh) this.#begun = now;
    else if (now - this.#begun > this.#limits.idleMs) {
      this.#socket.destroy();
      throw new AssociationError('a protocol data unit took too long');
    }
  }
}

function broken(socket: Socket, problem: Problem): AssociationError {
  socket.end(encodePdu({ kind: 'abort', source: 2, reason: 1 }));
  setTimeout(() => socket.destroy(), 1_000).unref();
  return new AssociationError(problemLine(problem));
}
