import { type DataSet, isUid, part10Head, responseTo, STATUS, text } from '@foramen/dicom';
import type { Result } from '@foramen/spine';
import type { Spooled, SpoolWriter } from '../blobs/spool.ts';
import type { Arrival } from '../ingest/enter.ts';
import { HEAD_BYTES, HeadBytes, type InstanceFacts, readInstance } from '../ingest/instance.ts';
import { errorKind } from '../observe/log.ts';
import { decide } from '../policy/evaluate.ts';
import { type Association, AssociationError } from './association.ts';

/** SHA-256 by identity: as text, or, of an object that has just come, still being worked out. */
export type KeptObjects = Map<string, string | Promise<string>>;

/** Objects whose senders have been answered, and which are yet to be hashed and delivered. */
export class Answered {
  readonly #under = new Set<Promise<void>>();

  add(work: Promise<void>): void {
    const done = work.finally(() => this.#under.delete(done));
    this.#under.add(done);
  }

  /** When there are not too many of them: each holds a copy of an object. */
  async few(): Promise<void> {
    while (this.#under.size >= MOST_ANSWERED) await Promise.race(this.#under);
  }

  /** When all that were answered until now have been delivered. */
  async none(): Promise<void> {
    await Promise.all(this.#under);
  }
}
const MOST_ANSWERED = 8;

/** What storing needs of its surroundings. */
export interface Intake {
  readonly maxObjectBytes: number;
  writer(): Promise<SpoolWriter>;
  /** Content of an object that was written but not yet delivered. */
  read(object: string): Promise<Uint8Array>;
  remove(object: string): Promise<void>;
  /** Whether the disk has room for more. */
  hasRoom(): Promise<boolean>;
  /** What is kept of a study, by identity; what is stored is added to it. */
  known(studyUid: string): Promise<KeptObjects>;
  /** Whether a written object is the one kept under this identity, in another file: by another sender, say. */
  same(sopUid: string, object: string): Promise<boolean>;
  /** Objects that are being received now, this one included. */
  readonly receiving: { count: number };
  readonly answered: Answered;
  deliver(arrival: Arrival): void;
  /** Resolves when the database is no longer behind. */
  pace(): Promise<void>;
  error(what: string, error: string): void;
  /** An object was answered with this status and not kept. */
  refused?(status: number): void;
}

/**
 * C-STORE as provider: pieces go through to the encrypted store as they come, never parsed beyond the head, so that private elements
 * and every byte stay as sent. Success is answered when the object is on disk; it is entered in the database a moment later,
 * or at the next start.
 */
export async function receiveObject(
  intake: Intake,
  association: Association,
  contextId: number,
  command: DataSet,
  hasData: boolean,
): Promise<void> {
  const reply = (status: number, comment?: string): Promise<void> => {
    if (status !== STATUS.success) intake.refused?.(status);
    return association.send(contextId, {
      ...responseTo(command, status),
      ...(comment === undefined ? {} : { ErrorComment: comment }),
    });
  };
  const sopClass = text(command, 'AffectedSOPClassUID') ?? '';
  const sopUid = text(command, 'AffectedSOPInstanceUID') ?? '';
  const context = association.context(contextId);
  if (!hasData) return reply(STATUS.invalidArgument, 'no data set');
  const access = decide({
    subject: { accountId: association.callingAe, role: 'device' },
    resource: 'study',
    action: 'create',
    path: 'dimse',
    patient: null,
  });
  const refusal = !access.allow
    ? STATUS.notAuthorized
    : !isUid(sopUid) || !isUid(sopClass) || context === undefined || context.abstractSyntax !== sopClass
      ? STATUS.invalidArgument
      : !(await intake.hasRoom())
        ? STATUS.outOfResources
        : undefined;
  if (refusal !== undefined || context === undefined) {
    await skip(association);
    return reply(refusal ?? STATUS.invalidArgument);
  }
  const start = part10Head({
    sopClassUid: sopClass,
    sopInstanceUid: sopUid,
    transferSyntax: context.transferSyntax,
    sourceAeTitle: association.callingAe,
  });
  let writer: SpoolWriter | undefined;
  let whole = false;
  intake.receiving.count++;
  try {
    writer = await intake.writer();
    writer.write(start);
    const head = new HeadBytes();
    head.add(start);
    let size = start.length;
    let facts: Result<InstanceFacts> | undefined;
    let kept: Promise<KeptObjects> | undefined;
    for (;;) {
      const piece = association.ready() ?? (await association.receive());
      if (piece === undefined || piece.kind !== 'data') throw new AssociationError('a data set is missing');
      whole = piece.last;
      size += piece.bytes.length;
      if (size > intake.maxObjectBytes) {
        writer.abort();
        if (!whole) await skip(association);
        return reply(STATUS.outOfResources, 'larger than allowed');
      }
      const behind = writer.write(piece.bytes);
      if (behind !== undefined) await behind;
      if (facts === undefined && (head.add(piece.bytes) || whole)) {
        facts = readInstance(head.bytes, size <= HEAD_BYTES, sopUid);
        // Asked while the rest of the object comes in: is there another object with this identity?
        if (facts.ok) kept = intake.known(facts.value.studyUid);
        kept?.catch(() => undefined);
      }
      if (whole) break;
    }
    const stored = await writer.finish(intake.receiving.count === 1);
    // An enhanced object may keep its identity behind a long sequence.
    if (facts?.ok !== true && size > HEAD_BYTES) {
      stored.close();
      facts = readInstance(await intake.read(stored.object), true, sopUid);
    }
    if (facts?.ok !== true || facts.value.sopUid !== sopUid || facts.value.sopClass !== sopClass) {
      stored.close();
      await intake.remove(stored.object);
      if (facts?.ok === false) return reply(STATUS.cannotUnderstand, facts.problems[0].what.slice(0, 64));
      return reply(STATUS.identifierMismatch, 'command and data set differ');
    }
    // Kept under the syntax of its context it could be read by nobody who believes that.
    if (facts.value.transferSyntax !== context.transferSyntax) {
      stored.close();
      await intake.remove(stored.object);
      return reply(STATUS.cannotUnderstand, 'the data set is not in the agreed transfer syntax');
    }
    await settle(intake, association, stored, facts.value, kept, reply);
  } catch (error) {
    writer?.abort();
    if (error instanceof AssociationError) throw error;
    intake.error('an object could not be stored', errorKind(error));
    // Behind its last piece nothing more comes: the sender waits for the answer.
    if (!whole) await skip(association);
    await reply(
      (error as NodeJS.ErrnoException).code === 'ENOSPC' ? STATUS.outOfResources : STATUS.processingFailure,
    );
  } finally {
    intake.receiving.count--;
  }
}

/** The object is on disk: is it new, the same again, or another under one identity? */
async function settle(
  intake: Intake,
  association: Association,
  spooled: Spooled,
  facts: InstanceFacts,
  asked: Promise<KeptObjects> | undefined,
  reply: (status: number) => Promise<void>,
): Promise<void> {
  // While the database is away nobody can tell; what is entered later finds out, and keeps both.
  const kept = await (asked ?? intake.known(facts.studyUid)).catch(() => undefined);
  const other = kept?.get(facts.sopUid);
  if (other !== undefined) {
    const own = spooled.sha256();
    spooled.close();
    const same = (await other) === (await own) || (await intake.same(facts.sopUid, spooled.object));
    await intake.remove(spooled.object);
    return reply(same ? STATUS.success : STATUS.duplicateSopInstance);
  }
  // No wait between asking and noting: of two senders at one moment, the second finds the first.
  const answer = reply(STATUS.success);
  const sha256 = spooled.sha256();
  kept?.set(facts.sopUid, sha256);
  // The answer is on its way; while the sender fetches its next object, the rest of the work on this one is done.
  spooled.close();
  intake.answered.add(
    sha256.then(
      (digest) => {
        kept?.set(facts.sopUid, digest);
        const stored = { object: spooled.object, size: spooled.size, sha256: digest };
        intake.deliver({ stored, facts, from: association.callingAe });
      },
      // It is on disk, and entered at the next start.
      (error: unknown) => intake.error('an object could not be hashed', errorKind(error)),
    ),
  );
  await answer;
  await intake.answered.few();
  await intake.pace();
}

/** Reads the rest of a data set that is not wanted, so that the association can go on. */
async function skip(association: Association): Promise<void> {
  for (;;) {
    const piece = await association.receive();
    if (piece === undefined || piece.kind !== 'data' || piece.last) return;
  }
}
