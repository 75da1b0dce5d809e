import { type SelectQueryBuilder, sql } from 'kysely';
import type { StoredBlob } from '../blobs/store.ts';
import type { Schema } from '../database/schema.ts';
import { ANALYZE } from '../jobs/queue.ts';
import { errorKind } from '../observe/log.ts';
import type { Services } from '../services.ts';
import { type Arrival, type Entered, enterInstances } from './enter.ts';
import { HEAD_BYTES, readInstance } from './instance.ts';

type Ready = SelectQueryBuilder<Schema, 'studies', { id: string; patient_id: string }>;

const BATCH = 100;
/** Objects that come one after the other are entered together: a transaction for each would cost more than receiving it. */
const GATHER_MS = 100;
/** A procedure step that is in progress for longer was forgotten by its modality. */
const LONGEST_STEP_MS = 2 * 3_600_000;
/** Outcomes that leave an object aside, and what the log says of them. */
const ASIDE: readonly (readonly [Entered, string])[] = [
  ['conflict', 'received objects bear the identifiers of others that are here; they are set aside'],
  ['other-person', 'received objects name a study of another person; they are set aside'],
];

/** The database is there and says that a value, or what it refers to, is wrong (classes 22 and 23 of SQLSTATE): trying again cannot help. */
function isUnfit(error: unknown): boolean {
  return /^2[23]/.test(String((error as { code?: unknown } | null)?.code ?? ''));
}

/**
 * Objects that are safe on disk wait here to be entered in the database, many in one transaction. A sender is answered when its object
 * is on disk; what a crash leaves between the two is found and entered at the next start.
 */
export class Inbox {
  readonly #services: Services;
  readonly #quietMs: number;
  readonly #waiting: Arrival[] = [];
  #gathering: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(services: Services, options: { readonly quietSeconds: number }) {
    this.#services = services;
    this.#quietMs = options.quietSeconds * 1000;
  }

  /** Objects waiting to be entered; senders are slowed down when it grows. */
  get depth(): number {
    return this.#waiting.length;
  }

  /** Waiting objects of a study, by identity and SHA-256. */
  waitingOf(studyUid: string): readonly (readonly [sopUid: string, sha256: string])[] {
    return this.#waiting
      .filter(({ facts }) => facts.studyUid === studyUid)
      .map(({ facts, stored }) => [facts.sopUid, stored.sha256]);
  }

  /** Where a waiting object of this identity is. */
  objectOf(sopUid: string): string | undefined {
    return this.#waiting.find(({ facts }) => facts.sopUid === sopUid)?.stored.object;
  }

  add(arrival: Arrival): void {
    this.#waiting.push(arrival);
    if (this.#waiting.length >= BATCH) this.hurry();
    else this.#gathering ??= setTimeout(() => this.hurry(), GATHER_MS);
  }

  /** Enters what waits now, without waiting for more. */
  hurry(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#waiting.length > 0) this.#working ??= this.#drain();
  }

  /** Everything added so far is in the database; or, while that is away, the patience is over. */
  async settled(patienceMs = 60_000): Promise<void> {
    const until = performance.now() + patienceMs;
    while (!this.#stopped && performance.now() < until) {
      this.hurry();
      if (this.#working === undefined) return;
      await this.#working;
    }
  }

  async #drain(): Promise<void> {
    try {
      do {
        const batch = this.#waiting.slice(0, BATCH);
        try {
          await this.#enter(batch);
          this.#waiting.splice(0, batch.length);
        } catch (error) {
          if (this.#stopped) return;
          if (isUnfit(error)) {
            await this.#separate(batch.length);
            continue;
          }
          // The objects are safe on disk: wait for the database, and keep their order.
          this.#services.log('warn', 'received objects wait for the database', {
            error: errorKind(error),
            count: this.#waiting.length,
          });
          await new Promise((done) => setTimeout(done, 1_000));
        }
      } while (this.#waiting.length >= BATCH);
    } finally {
      this.#working = undefined;
      if (this.#waiting.length > 0 && !this.#stopped)
        this.#gathering ??= setTimeout(() => this.hurry(), GATHER_MS);
    }
  }

  /** One of so many objects is such that the database refuses it: it must not keep the others, and everybody's after them, waiting. */
  async #separate(count: number): Promise<void> {
    for (let n = 0; n < count && !this.#stopped; ) {
      const one = this.#waiting[0];
      if (one === undefined) return;
      try {
        await this.#enter([one]);
      } catch (error) {
        if (!isUnfit(error)) {
          // The database went away meanwhile: the same object again.
          await new Promise((done) => setTimeout(done, 1_000));
          continue;
        }
        const { blobs, log } = this.#services;
        log('error', 'a received object does not fit into the database; it is set aside', {
          error: errorKind(error),
          peer: one.from,
        });
        // Where it cannot be moved it stays where it is, and is looked at again at the next start.
        await blobs
          .setAside(one.stored.object)
          .catch((why: unknown) => log('error', 'it could not be set aside', { error: errorKind(why) }));
        this.#services.metrics.count('foramen_objects_set_aside_total');
      }
      this.#waiting.shift();
      n++;
    }
  }

  async #enter(batch: readonly Arrival[]): Promise<readonly Entered[]> {
    const { database, blobs, siteId, now } = this.#services;
    const outcomes = await database.inSite(siteId, (tx) =>
      enterInstances({ tx, blobs, siteId, now: now(), acknowledged: true }, batch),
    );
    for (const [i, { stored }] of batch.entries())
      if (outcomes[i] === 'stored') await blobs.settle(stored.object);
    this.#tellAside(outcomes);
    await this.#completeByCount(batch);
    await this.completeBySteps(new Set(batch.map(({ facts }) => facts.studyUid)));
    return outcomes;
  }

  /** What is set aside waits for somebody to look: it is said, without a word of whom it is. */
  #tellAside(outcomes: readonly Entered[]): void {
    const { log, metrics } = this.#services;
    for (const [why, message] of ASIDE) {
      const count = outcomes.filter((outcome) => outcome === why).length;
      if (count === 0) continue;
      log('warn', message, { count });
      metrics.count('foramen_objects_set_aside_total', {}, count);
    }
  }

  /** Enters what an earlier run acknowledged but did not enter. Answers how many objects that were. */
  async recover(): Promise<number> {
    const { blobs, database, siteId, log } = this.#services;
    let recovered = 0;
    for (const object of await blobs.held()) {
      try {
        const known = await database.inSite(siteId, (tx) =>
          tx
            .selectFrom('blobs')
            .select('id')
            .where('site_id', '=', siteId)
            .where('object', '=', object)
            .executeTakeFirst(),
        );
        if (known !== undefined) {
          await blobs.settle(object);
          continue;
        }
        const arrival = await this.#reread(object);
        if (arrival === undefined) {
          await blobs.setAside(object);
          continue;
        }
        await this.#enter([arrival]);
        recovered++;
      } catch (error) {
        log('error', 'a received object could not be entered; it is kept', { error: errorKind(error) });
      }
    }
    return recovered;
  }

  async #reread(object: string): Promise<Arrival | undefined> {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256');
    const head: Buffer[] = [];
    let size = 0;
    try {
      for await (const part of this.#services.blobs.stream(object)) {
        hash.update(part);
        if (size < HEAD_BYTES) head.push(part.subarray(0, HEAD_BYTES - size));
        size += part.length;
      }
    } catch (error) {
      // A missing key is an administrator's mistake and no reason to give an object up.
      if (error instanceof Error && error.message.includes('master key')) throw error;
      return undefined;
    }
    let facts = readInstance(Buffer.concat(head), size <= HEAD_BYTES, 'received object');
    if (!facts.ok && size > HEAD_BYTES) {
      facts = readInstance(await this.#services.blobs.read(object), true, 'received object');
    }
    if (!facts.ok) return undefined;
    const stored: StoredBlob = { object, size, sha256: hash.digest('hex') };
    return { stored, facts: facts.value, from: 'recovered' };
  }

  /** Looks every second for studies that have been quiet long enough, and orders their analysis. */
  watchStudies(): void {
    const look = async (): Promise<void> => {
      try {
        await this.orderAnalyses();
      } catch {
        // The database is away; look again.
      }
      if (!this.#stopped) this.#timer = setTimeout(() => void look(), 1_000);
    };
    this.#timer = setTimeout(() => void look(), 1_000);
  }

  /** Orders the analysis of every MR study that is complete by quiet time. Answers how many were looked at. */
  async orderAnalyses(): Promise<number> {
    const before = new Date(this.#services.now().getTime() - this.#quietMs);
    const { now } = this.#services;
    return this.#order((query) =>
      query.where('arrived_at', '<', before).where((eb) =>
        // A modality that pauses between series has said that it is still at it; one that never says it is done is not waited for.
        eb.not(
          eb.exists(
            eb
              .selectFrom('procedure_steps as p')
              .select('p.id')
              .whereRef('p.site_id', '=', 'studies.site_id')
              .where('p.settled_at', 'is', null)
              .where('p.status', '=', 'IN PROGRESS')
              .where('p.updated_at', '>', new Date(now().getTime() - LONGEST_STEP_MS))
              .where(sql<boolean>`p.study_uids @> array[studies.study_uid]`),
          ),
        ),
      ),
    );
  }

  /** Orders the analysis of studies whose procedure steps are completed and whose objects, all that the steps name, are here. */
  async completeBySteps(studyUids?: ReadonlySet<string>): Promise<number> {
    if (studyUids?.size === 0) return 0;
    const { database, siteId, now } = this.#services;
    const steps = await database.inSite(siteId, async (tx) => {
      let query = tx
        .selectFrom('procedure_steps as p')
        .select(['p.id', 'p.study_uids'])
        .where('p.site_id', '=', siteId)
        .where('p.settled_at', 'is', null)
        .where('p.status', '=', 'COMPLETED')
        .where(
          sql<boolean>`not exists (select 1 from unnest(p.objects) o(uid) where not exists (
            select 1 from instances i where i.site_id = p.site_id and i.sop_uid = o.uid))`,
        );
      if (studyUids !== undefined)
        query = query.where(sql<boolean>`p.study_uids && array[${sql.join([...studyUids])}]::text[]`);
      const done = await query.execute();
      if (done.length > 0)
        await tx
          .updateTable('procedure_steps')
          .set({ settled_at: now() })
          .where('site_id', '=', siteId)
          .where(
            'id',
            'in',
            done.map(({ id }) => id),
          )
          .execute();
      return done;
    });
    return this.complete([...new Set(steps.flatMap(({ study_uids: uids }) => uids))]);
  }

  /** Somebody says that all of these studies have been sent: they are analysed without waiting for quiet. */
  async complete(studyUids: readonly string[]): Promise<number> {
    return studyUids.length === 0
      ? 0
      : this.#order((query) => query.where('study_uid', 'in', studyUids).where('arrived_at', 'is not', null));
  }

  /** Studies whose objects say how many there are, and that have as many. */
  async #completeByCount(batch: readonly Arrival[]): Promise<void> {
    const wanted = new Map(
      batch.flatMap(({ facts }) =>
        facts.studyObjects === null || facts.studyObjects < 1 ? [] : [[facts.studyUid, facts.studyObjects]],
      ),
    );
    if (wanted.size === 0) return;
    const { database, siteId } = this.#services;
    const counts = await database.inSite(siteId, (tx) =>
      tx
        .selectFrom('instances as i')
        .innerJoin('studies as s', (on) =>
          on.onRef('s.site_id', '=', 'i.site_id').onRef('s.id', '=', 'i.study_id'),
        )
        .select((eb) => ['s.study_uid', eb.fn.countAll<string>().as('objects')])
        .where('i.site_id', '=', siteId)
        .where('s.study_uid', 'in', [...wanted.keys()])
        .groupBy('s.study_uid')
        .execute(),
    );
    await this.complete(
      counts.flatMap(({ study_uid: uid, objects }) =>
        uid !== null && Number(objects) >= (wanted.get(uid) ?? Number.POSITIVE_INFINITY) ? [uid] : [],
      ),
    );
  }

  async #order(narrow: (query: Ready) => Ready): Promise<number> {
    const { database, siteId, queue, now } = this.#services;
    return database.inSite(siteId, async (tx) => {
      const ready = await narrow(
        tx
          .selectFrom('studies')
          .select(['id', 'patient_id'])
          .where('site_id', '=', siteId)
          .where((eb) => eb.or([eb('settled_at', 'is', null), eb('settled_at', '<', eb.ref('arrived_at'))])),
      )
        // The longest waiting first: an index holds those that are open in this order, and the planner takes it only when asked for it.
        .orderBy('arrived_at')
        .limit(20)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const study of ready) {
        await tx
          .updateTable('studies')
          .set({ settled_at: now() })
          .where('site_id', '=', siteId)
          .where('id', '=', study.id)
          .execute();
        const mr = await tx
          .selectFrom('series')
          .select('id')
          .where('site_id', '=', siteId)
          .where('study_id', '=', study.id)
          .where('modality', '=', 'MR')
          .limit(1)
          .executeTakeFirst();
        if (mr !== undefined) {
          await queue.enqueue(tx, siteId, {
            kind: ANALYZE,
            patientId: study.patient_id,
            studyId: study.id,
            createdBy: null,
          });
        }
      }
      return ready.length;
    });
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    // What is waiting is safe on disk; give the database a moment, then leave it to the next start.
    const patience = Promise.withResolvers<void>();
    const over = setTimeout(patience.resolve, 10_000);
    await Promise.race([this.settled(), patience.promise]);
    clearTimeout(over);
    this.#stopped = true;
    clearTimeout(this.#gathering);
  }
}
