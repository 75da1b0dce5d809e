import { createHash, randomUUID } from 'node:crypto';
import { SAMPLE_STORIES, samplePatient } from '@foramen/phantom';
import { recordBlob } from '../blobs/catalogue.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Database } from '../database/connect.ts';
import { type Arrival, enterInstances } from '../ingest/enter.ts';
import { readInstance } from '../ingest/instance.ts';
import { lockUndone } from '../records/jobs.ts';
import { ANALYZE, type JobPayload, type JobQueue, updateJob } from './queue.ts';

interface SampleContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly queue: JobQueue;
  readonly now: () => Date;
}

/**
 * Draws one sample person (MR series as DICOM files, genotype, diary), enters everything as if it had been sent, and orders
 * the analyses. One transaction: a worker killed on the way leaves nothing half done.
 */
export async function sampleJob(context: SampleContext, payload: JobPayload): Promise<void> {
  const { database, blobs, queue } = context;
  const { siteId, jobId } = payload;
  const patientId = await database.inSite(siteId, async (tx) => {
    const job = await lockUndone(tx, siteId, jobId);
    if (job === undefined) return null;
    await updateJob(tx, siteId, jobId, { state: 'running', percent: 5, step: 'drawing the pictures' });
    return job.patient_id;
  });
  const story = SAMPLE_STORIES.find((s) => s.id === patientId);
  if (patientId === null || story === undefined) return;
  const person = samplePatient(payload.seed ?? 1, story);
  const arrivals: Arrival[] = [];
  for (const study of person.studies) {
    for (const file of study.files) {
      const facts = readInstance(file.bytes, true, file.path);
      if (!facts.ok) throw new Error(`a generated file cannot be read: ${facts.problems[0].what}`);
      // Drawing yields seconds of work without a pause; storing lets the heartbeat through.
      arrivals.push({ stored: await blobs.put(file.bytes), facts: facts.value, from: 'sample' });
    }
  }
  const genome = await blobs.put(Buffer.from(person.vcf));
  const now = context.now();
  await database.inSite(siteId, async (tx) => {
    if ((await lockUndone(tx, siteId, jobId)) === undefined) {
      for (const { stored } of arrivals) await blobs.remove(stored.object);
      await blobs.remove(genome.object);
      return;
    }
    await enterInstances({ tx, blobs, siteId, now, patientId }, arrivals);
    await tx
      .insertInto('genomes')
      .values({
        site_id: siteId,
        id: randomUUID(),
        patient_id: patientId,
        blob_id: await recordBlob(tx, blobs, siteId, genome),
        profile: null,
      })
      .execute();
    for (const day of person.diary) {
      await tx
        .insertInto('diary_entries')
        .values({
          site_id: siteId,
          id: createHash('sha256').update(`${patientId} ${day.date}`).digest('hex').slice(0, 32),
          patient_id: patientId,
          date: day.date,
          pain: day.pain,
          steps: day.steps,
          note: null,
        })
        .onConflict((c) => c.columns(['site_id', 'patient_id', 'date', 'revision']).doNothing())
        .execute();
    }
    const studies = await tx
      .selectFrom('studies')
      .select('id')
      .where('site_id', '=', siteId)
      .where('patient_id', '=', patientId)
      // Newest first: it is the one the worklist shows.
      .orderBy('study_date', 'desc')
      .execute();
    await tx
      .updateTable('studies')
      .set({ settled_at: now })
      .where('site_id', '=', siteId)
      .where('patient_id', '=', patientId)
      .execute();
    for (const [age, { id }] of studies.entries()) {
      await queue.enqueue(tx, siteId, {
        kind: ANALYZE,
        patientId,
        studyId: id,
        createdBy: null,
        priority: age === 0 ? 1 : 0,
      });
    }
    await updateJob(tx, siteId, jobId, { state: 'done', percent: 100, step: null, secondsLeft: 0 });
  });
}
