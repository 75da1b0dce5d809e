import { setTimeout as delay } from 'node:timers/promises';
import { readChain, verifyChain } from '../../apps/server/src/audit/verify.ts';
import type { Attached } from '../../apps/server/src/operations/attach.ts';
import { type Kept, sha256, withoutHead } from './load.ts';
import type { Product } from './product.ts';
import type { Demand } from './tally.ts';

/** How many jobs are in each state, and with what some failed. */
export interface Jobs {
  readonly states: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** Waits, for minutes at most, until no job waits or runs: whatever was received before the database could enter it is entered then. None has failed. */
export async function jobsEnded(product: Product, demand: Demand): Promise<Jobs> {
  const open = ({ states }: Jobs): number => (states.queued ?? 0) + (states.running ?? 0);
  let jobs = await product.inside(jobsNow);
  for (let n = 0; n < 600 && open(jobs) > 0; n++) {
    await delay(500);
    jobs = await product.inside(jobsNow);
  }
  demand(open(jobs) === 0, `jobs that do not end: ${JSON.stringify(jobs.states)}`);
  demand(jobs.failures.length === 0, `jobs failed with: ${jobs.failures.join(' | ')}`);
  return jobs;
}

async function jobsNow({ database }: Attached): Promise<Jobs> {
  const rows = await database.inSite('main', (tx) =>
    tx.selectFrom('jobs').select(['state', 'problems']).execute(),
  );
  const failed = rows.filter(({ state }) => state === 'failed');
  return {
    states: Object.fromEntries(
      ['queued', 'running', 'done', 'failed'].map((s) => [s, rows.filter(({ state }) => state === s).length]),
    ),
    failures: [...new Set(failed.map(({ problems }) => problems.map(({ what }) => what).join('; ')))],
  };
}

/** Everything acknowledged is there once and as it was sent, and the trail is whole. */
export async function checkStored(attached: Attached, kept: Kept, demand: Demand): Promise<void> {
  const { database } = attached;
  const instances = await database.inSite('main', (tx) =>
    tx
      .selectFrom('instances as i')
      .innerJoin('blobs as b', 'b.id', 'i.blob_id')
      .select(['i.sop_uid as key', 'b.object'])
      .execute(),
  );
  await checkObjects(attached, 'objects', kept.objects, instances, withoutHead, demand);
  const files = await database.inSite('main', (tx) =>
    tx
      .selectFrom('study_files as f')
      .innerJoin('blobs as b', 'b.id', 'f.blob_id')
      .select(['f.study_id as key', 'b.object'])
      .execute(),
  );
  await checkObjects(attached, 'uploads', kept.uploads, files, (bytes) => bytes, demand);
  await checkAnswers(attached, kept.answers, demand);
  const verdict = await verifyChain(readChain(database, 'main'));
  demand(verdict.intact, 'the trail is broken');
  console.info(`trail: ${verdict.intact ? `intact, ${verdict.records} records` : 'broken'}`);
}

async function checkObjects(
  { blobs }: Attached,
  what: string,
  wanted: ReadonlyMap<string, string>,
  rows: readonly { readonly key: string; readonly object: string }[],
  part: (bytes: Uint8Array) => Uint8Array,
  demand: Demand,
): Promise<void> {
  const places = new Map<string, string[]>();
  for (const { key, object } of rows) places.set(key, [...(places.get(key) ?? []), object]);
  const lost = [...wanted.keys()].filter((key) => !places.has(key)).length;
  const twice = [...wanted.keys()].filter((key) => (places.get(key)?.length ?? 0) > 1).length;
  let changed = 0;
  for (const [key, hash] of wanted) {
    const [object] = places.get(key) ?? [];
    if (object !== undefined && sha256(part(await blobs.read(object))) !== hash) changed++;
  }
  console.info(`${what}: ${wanted.size} acknowledged, ${lost} missing, ${twice} doubled, ${changed} changed`);
  demand(lost + twice + changed === 0, `${what}: acknowledged and not there as they were`);
}

async function checkAnswers(
  { database }: Attached,
  wanted: ReadonlySet<number>,
  demand: Demand,
): Promise<void> {
  const days = await database.inSite('main', (tx) =>
    tx.selectFrom('diary_entries').select('steps').execute(),
  );
  const steps = days.map((row) => row.steps);
  const there = new Set(steps);
  const lost = [...wanted].filter((n) => !there.has(n)).length;
  const twice = steps.length - there.size;
  console.info(`answers: ${wanted.size} acknowledged, ${lost} missing, ${twice} doubled`);
  demand(lost + twice === 0, 'answers: acknowledged and not there once');
}
