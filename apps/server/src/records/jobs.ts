import type { Selectable } from 'kysely';
import type { Tx } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';
import type { AnalysisState, JobStatus } from '../http/shapes.ts';

export const NO_ANALYSIS: AnalysisState = {
  state: 'none',
  jobId: null,
  percent: 0,
  step: null,
  secondsLeft: null,
  problems: [],
};

export async function jobStatus(tx: Tx, siteId: string, jobId: string): Promise<JobStatus | undefined> {
  const row = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('id', '=', jobId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { id: row.id, kind: row.kind, patientId: row.patient_id, studyId: row.study_id, ...stateOf(row) };
}

/**
 * A job's row, locked until the transaction ends; undefined when there is none, or when it is done: a job that was taken over writes once.
 */
export async function lockUndone(
  tx: Tx,
  siteId: string,
  jobId: string,
): Promise<Selectable<Schema['jobs']> | undefined> {
  const job = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('id', '=', jobId)
    .forUpdate()
    .executeTakeFirst();
  return job?.state === 'done' ? undefined : job;
}

interface JobRow {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly percent: number;
  readonly step: string | null;
  readonly seconds_left: number | null;
  readonly problems: readonly AnalysisState['problems'][number][];
}

export function stateOf(row: JobRow): AnalysisState {
  return {
    state: row.state,
    jobId: row.id,
    percent: row.percent,
    step: row.step,
    secondsLeft: row.seconds_left,
    problems: [...row.problems],
  };
}

/** The newest job of each study. */
export async function analysisOfStudies(
  tx: Tx,
  siteId: string,
  studyIds: readonly string[],
): Promise<ReadonlyMap<string, AnalysisState>> {
  if (studyIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('jobs')
    .distinctOn('study_id')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('study_id', 'in', [...studyIds])
    // Sending results back is no analysis.
    .where('kind', '<>', 'send-back')
    .orderBy('study_id')
    .orderBy('created_at', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.study_id ?? '', stateOf(row)]));
}

/** The newest job of each patient: what is shown of somebody who has no study yet. */
export async function analysisOfPatients(
  tx: Tx,
  siteId: string,
  patientIds: readonly string[],
): Promise<ReadonlyMap<string, AnalysisState>> {
  if (patientIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('jobs')
    .distinctOn('patient_id')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('patient_id', 'in', [...patientIds])
    .where('kind', '<>', 'send-back')
    .orderBy('patient_id')
    .orderBy('created_at', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.patient_id ?? '', stateOf(row)]));
}
