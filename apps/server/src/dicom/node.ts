import { Worker } from 'node:worker_threads';
import { COMMAND, type DataSet, number, responseTo, STATUS, text } from '@foramen/dicom';
import { appendAudit } from '../audit/chain.ts';
import { keptOf } from '../ingest/enter.ts';
import type { Inbox } from '../ingest/inbox.ts';
import { sameObject } from '../ingest/same-object.ts';
import { listeningFault } from '../listening-fault.ts';
import { errorKind } from '../observe/log.ts';
import type { Services } from '../services.ts';
import { type AgreedContext, AssociationError, type Conversation } from './association.ts';
import { SOP } from './client.ts';
import { commit, reportCommitments } from './commitment.ts';
import type { FromReceiver, Kept, NodeOptions, ReceiverSettings, ToReceiver } from './link.ts';
import { performedStep } from './performed-step.ts';
import { answerFind } from './query-scp.ts';
import { type Refusal, Refusals } from './refusals.ts';
import { RemoteAssociation } from './remote-association.ts';
import { answerGet, answerMove } from './retrieve-scp.ts';

export type { NodeOptions };

export interface NodeContext {
  readonly services: Services;
  readonly inbox: Inbox;
  readonly options: NodeOptions;
}

/** What was agreed on must fit what is asked: a presentation context for storage answers no query. */
const SERVICES: Readonly<Record<number, readonly string[]>> = {
  [COMMAND.findRequest]: [SOP.patientRootFind, SOP.studyRootFind],
  [COMMAND.moveRequest]: [SOP.patientRootMove, SOP.studyRootMove],
  [COMMAND.getRequest]: [SOP.patientRootGet, SOP.studyRootGet],
  [COMMAND.actionRequest]: [SOP.storageCommitment],
  [COMMAND.createRequest]: [SOP.performedStep],
  [COMMAND.setRequest]: [SOP.performedStep],
};
/** Objects on disk that wait for the database before senders are slowed down. */
const MOST_WAITING = 500;
/** From the end of a receiver's thread to the next one. */
const RELAUNCH_MS = 500;
const SETTINGS = { portSetting: '--dicom-port', hostSetting: 'FORAMEN_DICOM_HOST' };
/** The DICOM network service of a site: echo, store, find, move, get, storage commitment and performed procedure steps. */
export class DicomNode {
  readonly #context: NodeContext;
  readonly #associations = new Map<number, RemoteAssociation>();
  readonly #tickets = new Map<number, (failure: string | undefined) => void>();
  readonly #refusals: Refusals;
  #thread: Worker | undefined;
  #waiting: NodeJS.Timeout | undefined;
  #ticket = 0;
  #slow = false;

  constructor(services: Services, inbox: Inbox, options: NodeOptions) {
    this.#context = { services, inbox, options };
    this.#refusals = new Refusals((refusal, count) => void this.#record(refusal, count));
  }

  /** Answers the port that is listened on. */
  listen(): Promise<number> {
    return this.#launch(this.#context.options.port);
  }

  #launch(port: number): Promise<number> {
    const { services, options } = this.#context;
    const workerData: ReceiverSettings = {
      ...options,
      port,
      origin: services.blobs.origin,
      keys: services.keyring.keys.map((key) => key.bytes.toString('base64')),
    };
    // A small young generation: buffers of objects just written are given back after a few, not after hundreds.
    const thread = new Worker(new URL('./receiver-thread.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    });
    this.#thread = thread;
    return new Promise((done, failed) => {
      // None yet: a fault until then is told to whoever starts the node.
      let at = 0;
      thread.on('message', (message: FromReceiver) => {
        if (message.kind === 'listening') {
          at = message.port;
          done(at);
        } else if (message.kind === 'failed' && at === 0) {
          const error = Object.assign(new Error(message.message), { code: message.code });
          failed(listeningFault(error, { ...options, port, ...SETTINGS }));
          return;
        }
        this.#hear(message);
      });
      thread.on('error', (error) => {
        services.log('error', 'DICOM service', { error: errorKind(error) });
        failed(error);
      });
      thread.once('exit', () => {
        failed(new Error('the DICOM service ended'));
        if (this.#thread === thread) this.#relaunch(at === 0 ? port : at);
      });
    });
  }

  /** The thread died: its sockets are gone, what it acknowledged is on disk. Peers find the node again at its port. */
  #relaunch(port: number): void {
    this.#thread = undefined;
    for (const association of this.#associations.values()) association.end('the DICOM service ended');
    this.#associations.clear();
    for (const settle of this.#tickets.values()) settle('the DICOM service ended');
    this.#tickets.clear();
    this.#context.services.log('error', 'the DICOM service ended by itself and is started again');
    this.#waiting = setTimeout(() => {
      // Its end is heard of like the first one's, and it is tried again.
      this.#launch(port).catch((error: unknown) => {
        this.#context.services.log('error', 'DICOM service', { error: errorKind(error) });
        void this.#thread?.terminate();
      });
    }, RELAUNCH_MS);
  }

  /** Does the reports of storage commitment that are due from now on; apart from `listen`, because they need the job queue. */
  reportCommitments(): Promise<void> {
    return reportCommitments(this.#context);
  }

  #tell(message: ToReceiver): void {
    this.#thread?.postMessage(message);
  }

  #hear(message: FromReceiver): void {
    const { services, inbox } = this.#context;
    switch (message.kind) {
      case 'opened':
        this.#open(message.association, message.callingAe, message.contexts);
        return;
      case 'event':
        this.#associations.get(message.association)?.push(message.event);
        return;
      case 'closed':
        this.#associations.get(message.association)?.end(message.failure);
        this.#associations.delete(message.association);
        inbox.hurry();
        return;
      case 'sent':
        this.#tickets.get(message.ticket)?.(message.failure);
        this.#tickets.delete(message.ticket);
        return;
      case 'arrival': {
        inbox.add(message.arrival);
        services.metrics.count('foramen_objects_received_total', { way: 'dimse' });
        services.metrics.count('foramen_object_bytes_total', { way: 'dimse' }, message.arrival.stored.size);
        if (inbox.depth > MOST_WAITING && !this.#slow) void this.#slowDown();
        return;
      }
      case 'known':
        void this.#known(message.studyUid).then(
          (kept) => this.#tell({ kind: 'known', ask: message.ask, kept }),
          () => this.#tell({ kind: 'known', ask: message.ask, kept: [] }),
        );
        return;
      case 'same':
        void this.#isKept(message.sopUid, message.object).then(
          (same) => this.#tell({ kind: 'same', ask: message.ask, same }),
          () => this.#tell({ kind: 'same', ask: message.ask, same: false }),
        );
        return;
      case 'heard':
        this.#tell({ kind: 'heard', ask: message.ask });
        return;
      case 'association':
        services.metrics.count('foramen_associations_total', { outcome: message.outcome });
        return;
      case 'refused':
        if (message.refusal.what === 'store')
          services.metrics.count('foramen_objects_refused_total', { reason: message.refusal.reason });
        this.#refusals.add(message.refusal);
        return;
      case 'error':
      case 'failed':
        services.log('error', message.kind === 'error' ? message.what : 'DICOM service', {
          error: message.kind === 'error' ? message.error : (message.code ?? 'error'),
        });
        return;
      case 'listening':
      case 'stopped':
        return;
    }
  }

  /** A refusal stands in the log and, as an attempt that was denied, in the trail. */
  async #record(refusal: Refusal, count: number): Promise<void> {
    const { database, siteId, log, now } = this.#context.services;
    const { what, reason, peer, address } = refusal;
    const store = what === 'store';
    log('warn', store ? 'a received object was refused' : 'a DICOM association was refused', {
      peer,
      address,
      reason,
      count,
    });
    const event = {
      accountId: peer,
      role: 'device',
      path: 'dimse',
      action: store ? 'create' : 'associate',
      resource: store ? 'study' : 'association',
      resourceId: null,
      patientId: null,
      outcome: 'denied' as const,
      reason: `${reason}; from ${address}${count > 1 ? `, ${count} times` : ''}`,
    };
    try {
      await database.inSite(siteId, (tx) => appendAudit(tx, siteId, [event], now()));
    } catch (error) {
      // The line above stands; the database may be away.
      log('warn', 'a refusal could not be put into the trail', { error: errorKind(error) });
    }
  }

  async #slowDown(): Promise<void> {
    this.#slow = true;
    this.#tell({ kind: 'pace', slow: true });
    const { inbox } = this.#context;
    while (inbox.depth > MOST_WAITING / 2) await new Promise((done) => setTimeout(done, 20));
    this.#slow = false;
    this.#tell({ kind: 'pace', slow: false });
  }

  /** What is kept of a study: entered, or on its way. What moves from waiting to entered meanwhile is seen in one or the other. */
  async #known(studyUid: string): Promise<readonly Kept[]> {
    const { services, inbox } = this.#context;
    const { database, siteId } = services;
    const waiting = inbox.waitingOf(studyUid);
    const rows = await database.inSite(siteId, (tx) =>
      tx
        .selectFrom('instances as i')
        .innerJoin('studies as s', (on) =>
          on.onRef('s.site_id', '=', 'i.site_id').onRef('s.id', '=', 'i.study_id'),
        )
        .select(['i.sop_uid', 'i.blob_id'])
        .where('i.site_id', '=', siteId)
        .where('s.study_uid', '=', studyUid)
        .execute(),
    );
    return [...waiting, ...rows.map((row) => [row.sop_uid, row.blob_id] as const)];
  }

  /** Whether this is the object that is kept under its identity, entered or on its way. */
  async #isKept(sopUid: string, object: string): Promise<boolean> {
    const { services, inbox } = this.#context;
    const { database, siteId, blobs } = services;
    const first =
      inbox.objectOf(sopUid) ??
      (await database.inSite(siteId, (tx) => keptOf(tx, siteId, [sopUid]))).get(sopUid)?.object;
    return first !== undefined && (await sameObject(blobs, first, object));
  }

  #open(id: number, callingAe: string, contexts: readonly AgreedContext[]): void {
    const association = new RemoteAssociation(callingAe, contexts, {
      send: (contextId, command, data) =>
        new Promise((done, failed) => {
          const ticket = ++this.#ticket;
          this.#tickets.set(ticket, (failure) =>
            failure === undefined ? done() : failed(new AssociationError(failure)),
          );
          this.#tell({ kind: 'send', association: id, ticket, contextId, command, data });
        }),
      taken: () => this.#tell({ kind: 'taken', association: id }),
      abort: () => this.#tell({ kind: 'abort', association: id }),
    });
    this.#associations.set(id, association);
    void this.#serve(association);
  }

  async #serve(association: RemoteAssociation): Promise<void> {
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
        this.#context.services.log('error', 'DICOM association', { error: errorKind(error) });
    }
  }

  async #answer(
    association: Conversation,
    contextId: number,
    command: DataSet,
    hasData: boolean,
  ): Promise<void> {
    const field = number(command, 'CommandField') ?? 0;
    const service = SERVICES[field];
    if (service !== undefined && !service.includes(association.context(contextId)?.abstractSyntax ?? ''))
      return association.send(contextId, responseTo(command, STATUS.noSuchSopClass));
    switch (field) {
      case COMMAND.findRequest:
        return answerFind(this.#context, association, contextId, command, hasData);
      case COMMAND.moveRequest:
        return answerMove(this.#context, association, contextId, command, hasData);
      case COMMAND.getRequest:
        return answerGet(this.#context, association, contextId, command, hasData);
      case COMMAND.actionRequest:
        return commit(this.#context, association, contextId, command, hasData);
      case COMMAND.createRequest:
      case COMMAND.setRequest:
        return performedStep(this.#context, association, contextId, command, hasData);
      case COMMAND.eventReportResponse:
        return;
      default:
        await association.send(contextId, {
          ...responseTo(command, STATUS.unrecognisedOperation),
          ErrorComment: text(command, 'AffectedSOPClassUID') === undefined ? 'unknown' : 'unknown operation',
        });
    }
  }

  async stop(): Promise<void> {
    const thread = this.#thread;
    clearTimeout(this.#waiting);
    this.#refusals.end();
    this.#thread = undefined;
    // Ended by itself already: nobody is left to answer.
    if (thread === undefined || thread.threadId === -1) return;
    const stopped = new Promise<void>((done) => {
      thread.on('message', (message: FromReceiver) => message.kind === 'stopped' && done());
      thread.once('exit', () => done());
    });
    thread.postMessage({ kind: 'stop' } satisfies ToReceiver);
    await stopped;
    await thread.terminate();
  }
}
