import type { ReadBefore } from '@foramen/analysis';
import type { ReportPicture } from '@foramen/report';
import type { LabelVolume, SpineFindings, Volume } from '@foramen/spine';
import { objectOf } from '../blobs/catalogue.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Database, Tx } from '../database/connect.ts';
import { readVolume } from '../pictures/volume-file.ts';
import { newestFindings } from '../records/newest.ts';
import type { Subject } from './subject.ts';

/** What an earlier analysis read of a study and of those before it, with the pictures it kept for the report. */
export interface Before extends ReadBefore {
  readonly pictures: readonly ReportPicture[];
  readonly priorPictures: readonly (readonly ReportPicture[])[];
}

interface PictureRow {
  readonly name: string;
  readonly seriesUid: string | null;
  readonly keySlice: number;
  readonly volume: string;
  readonly labels: string | null;
}
interface Read {
  readonly findings: SpineFindings;
  readonly pictures: readonly PictureRow[];
}

/**
 * New answers and genes say nothing about the pictures: what was read of them stands. `undefined` where the subject's own study has not
 * been read yet, so that it must be. Earlier studies that were never read are left out, as they are when they cannot be used.
 */
export async function readBefore(
  context: { readonly database: Database; readonly blobs: BlobStore },
  siteId: string,
  subject: Subject,
): Promise<Before | undefined> {
  const { studyId } = subject;
  if (studyId === null) return undefined;
  const [own, priors] = await context.database.inSite(siteId, async (tx) => {
    const earlier: (Read | undefined)[] = [];
    for (const prior of subject.priors) earlier.push(await readOf(tx, siteId, prior.studyId));
    return [await readOf(tx, siteId, studyId), earlier.filter((read) => read !== undefined)] as const;
  });
  if (own === undefined) return undefined;
  const priorPictures: (readonly ReportPicture[])[] = [];
  for (const prior of priors) priorPictures.push(await picturesOf(context.blobs, prior));
  return {
    findings: own.findings,
    priorFindings: priors.map((prior) => prior.findings),
    pictures: await picturesOf(context.blobs, own),
    priorPictures,
  };
}

async function readOf(tx: Tx, siteId: string, studyId: string): Promise<Read | undefined> {
  const findings = await newestFindings(tx, siteId, studyId);
  if (findings === undefined) return undefined;
  const rows = await tx
    .selectFrom('pictures')
    .select(['description', 'series_uid', 'key_slice', 'volume_blob', 'labels_blob'])
    .where('site_id', '=', siteId)
    .where('study_id', '=', studyId)
    .orderBy('number')
    .execute();
  const pictures: PictureRow[] = [];
  for (const row of rows) {
    pictures.push({
      name: row.description ?? '',
      seriesUid: row.series_uid,
      keySlice: row.key_slice,
      volume: await objectOf(tx, siteId, row.volume_blob),
      labels: row.labels_blob === null ? null : await objectOf(tx, siteId, row.labels_blob),
    });
  }
  return { findings, pictures };
}

async function picturesOf(blobs: BlobStore, read: Read): Promise<readonly ReportPicture[]> {
  const out: ReportPicture[] = [];
  for (const row of read.pictures) {
    const { header, data } = readVolume(await blobs.read(row.volume));
    const grid = { size: header.size, spacing: header.spacing, ijkToLps: header.ijkToLps };
    const volume: Volume = { ...grid, data: Float32Array.from(data) };
    const labelled = row.labels === null ? null : readVolume(await blobs.read(row.labels)).data;
    const labels: LabelVolume = {
      ...grid,
      data: labelled instanceof Uint8Array ? labelled : new Uint8Array(data.length),
    };
    const reading = read.findings.series.find(
      (series) =>
        (series.seriesUid ?? null) === row.seriesUid &&
        series.size.every((n, axis) => n === header.size[axis]),
    );
    out.push({
      name: row.name,
      volume,
      labels,
      keySlice: row.keySlice,
      ...(reading === undefined ? {} : { reading }),
    });
  }
  return out;
}
