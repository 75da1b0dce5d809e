import { randomUUID } from 'node:crypto';
import type { Analysis } from '@foramen/analysis';
import { writeReport, writeSegmentation } from '@foramen/imaging';
import { type ClinicalReportParts, renderClinicalReport } from '@foramen/report';
import { recordBlob } from '../blobs/catalogue.ts';
import type { BlobStore, StoredBlob } from '../blobs/store.ts';
import type { Tx } from '../database/connect.ts';
import { type Arrival, enterInstances } from '../ingest/enter.ts';
import { readInstance } from '../ingest/instance.ts';
import { VERSION } from '../version.ts';

/** Objects made here carry this as their origin: they are not read again, and they are what goes back to a PACS. */
export const MADE_HERE = 'foramen';

/** What an analysis leaves for people and for the PACS, on disk but not yet named in the database. */
export interface Results {
  readonly report: StoredBlob;
  /** DICOM SEG and SR, only of a DICOM study. */
  readonly objects: readonly Arrival[];
}

/** `shown` are the pictures of the report: those of the analysis, or those an earlier one kept. */
export async function writeResults(
  blobs: BlobStore,
  analysis: Analysis,
  shown: Pick<ClinicalReportParts, 'pictures' | 'priorPictures'>,
  now: string,
): Promise<Results> {
  const report = await blobs.put(
    Buffer.from(
      renderClinicalReport({
        version: VERSION,
        case: analysis.case,
        assessment: analysis.assessment,
        plan: analysis.plan,
        pictures: shown.pictures,
        priorPictures: shown.priorPictures,
        siteEvidence: analysis.siteEvidence,
      }),
    ),
  );
  const objects: Arrival[] = [];
  const { study } = analysis;
  const primary = study?.series[study.reading.primary];
  if (study != null && primary?.format === 'dicom') {
    const { models, enumeration } = study.reading.findings;
    const stamp = { now, version: VERSION, models, unnamed: enumeration.unnamed !== undefined };
    const seg = writeSegmentation(primary, study.reading.labels, stamp);
    const others = study.series.filter((series) => series !== primary);
    const sr = writeReport(
      study.reading.findings,
      [primary, ...others],
      stamp,
      seg.ok ? seg.value : undefined,
    );
    for (const made of [seg, sr]) {
      if (!made.ok) continue;
      const facts = readInstance(made.value.bytes, true, 'result');
      if (facts.ok)
        objects.push({ stored: await blobs.put(made.value.bytes), facts: facts.value, from: MADE_HERE });
    }
  }
  return { report, objects };
}

/** Names the results in the caller's transaction; those of an earlier analysis of the study give way. */
export async function keepResults(
  tx: Tx,
  blobs: BlobStore,
  siteId: string,
  about: { readonly studyId: string; readonly genome: { readonly id: string } | null },
  results: Results,
  now: Date,
): Promise<void> {
  const { studyId } = about;
  const spoken = { genome_id: about.genome?.id ?? null, created_at: now };
  const blob = await recordBlob(tx, blobs, siteId, results.report);
  await tx
    .insertInto('documents')
    .values({
      site_id: siteId,
      id: randomUUID(),
      study_id: studyId,
      kind: 'report',
      blob_id: blob,
      ...spoken,
    })
    .onConflict((c) => c.columns(['site_id', 'study_id', 'kind']).doUpdateSet({ blob_id: blob, ...spoken }))
    .execute();
  if (results.objects.length === 0) return;
  await tx
    .deleteFrom('instances')
    .where('site_id', '=', siteId)
    .where('study_id', '=', studyId)
    .where('received_from', '=', MADE_HERE)
    .execute();
  await enterInstances({ tx, blobs, siteId, now }, results.objects);
  // Our own results are no reason to analyse the study again.
  await tx
    .updateTable('studies')
    .set({ settled_at: now })
    .where('site_id', '=', siteId)
    .where('id', '=', studyId)
    .execute();
}

export async function dropResults(blobs: BlobStore, results: Results): Promise<void> {
  await blobs.remove(results.report.object);
  for (const { stored } of results.objects) await blobs.remove(stored.object);
}
