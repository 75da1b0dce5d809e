import { readInput, writeReaderReport } from '@foramen/imaging';
import { type CrestReference, isCorridor, type ReaderMark, type SpineFindings } from '@foramen/spine';
import { nativeCodecs } from '../analysis/native-codecs.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Tx } from '../database/connect.ts';
import { type FileRef, filesOf } from '../jobs/subject.ts';
import { notYet, ProblemError } from '../problem-error.ts';
import { VERSION } from '../version.ts';
import { currentMarks } from './marks.ts';
import { newestFindings } from './newest.ts';

/** What a report of readers' measures is made of. */
export interface Measured {
  readonly marks: readonly ReaderMark[];
  readonly files: readonly FileRef[];
  readonly crest: CrestReference | null;
}

/** @throws ProblemError 404 when nobody has measured anything */
export async function measured(tx: Tx, siteId: string, studyId: string): Promise<Measured> {
  const marks = await currentMarks(tx, siteId, studyId);
  if (!marks.some((mark) => !mark.removed)) throw notYet('measures of readers');
  return { marks, files: await filesOf(tx, siteId, studyId), crest: await crestOf(tx, siteId, studyId) };
}

/**
 * What readers measured in a study as a DICOM structured report, on the objects as they came. It reads every one of them: outside any
 * transaction.
 *
 * @throws ProblemError 422 when no measure lies on a stored DICOM image
 */
export async function readerReport(
  blobs: BlobStore,
  { marks, files: refs, crest }: Measured,
  now: Date,
): Promise<Uint8Array> {
  const files = [];
  for (const { name, object } of refs) files.push({ name, bytes: await blobs.read(object) });
  const input = await readInput(files, { codecs: nativeCodecs(), anyRegion: true });
  if (!input.ok) throw new ProblemError(422, input.problems);
  const [first, ...rest] = input.value.series;
  if (first === undefined) throw new ProblemError(422, [noSeries]);
  const made = writeReaderReport(
    marks,
    [first, ...rest],
    { now: now.toISOString(), version: VERSION, models: [] },
    crest,
  );
  if (!made.ok) throw new ProblemError(422, made.problems);
  return made.value.bytes;
}

const noSeries = {
  code: 'missing',
  severity: 'error',
  where: 'study',
  what: 'holds no readable series',
  help: 'send the study again',
} as const;

/** The disc against which a crest is read, from the newest findings. */
export async function crestOf(tx: Tx, siteId: string, studyId: string): Promise<CrestReference | null> {
  const findings = await newestFindings(tx, siteId, studyId);
  return findings === undefined ? null : crestReference(findings);
}

function crestReference(findings: SpineFindings): CrestReference | null {
  for (const way of findings.corridors ?? []) if (!isCorridor(way) && way.crest) return way.crest;
  return null;
}
