import { randomUUID } from 'node:crypto';
import type { MarkDrawing, ReaderMark } from '@foramen/spine';
import type { Tx } from '../database/connect.ts';
import { notThere, refuse } from '../problem-error.ts';

/** All revisions of a study's marks, or of one of them, oldest first. */
export async function markRevisions(
  tx: Tx,
  siteId: string,
  studyId: string,
  markId?: string,
): Promise<readonly ReaderMark[]> {
  let query = tx
    .selectFrom('reader_marks as m')
    .innerJoin('accounts as a', (on) =>
      on.onRef('a.site_id', '=', 'm.site_id').onRef('a.id', '=', 'm.account_id'),
    )
    .select([
      'm.mark_id',
      'm.revision',
      'm.removed',
      'm.body',
      'm.frame_of_reference_uid',
      'm.created_at',
      'a.name',
    ])
    .where('m.site_id', '=', siteId)
    .where('m.study_id', '=', studyId);
  if (markId !== undefined) query = query.where('m.mark_id', '=', markId);
  // By their numbers: a clock may be set back between two revisions.
  const rows = await query.orderBy('m.revision').orderBy('m.created_at').orderBy('m.mark_id').execute();
  const first = new Map<string, string>();
  return rows.map((row) => {
    const at = row.created_at.toISOString();
    const drawnAt = first.get(row.mark_id) ?? at;
    first.set(row.mark_id, drawnAt);
    return {
      id: row.mark_id,
      revision: row.revision,
      removed: row.removed,
      drawing: row.body,
      frameOfReferenceUid: row.frame_of_reference_uid,
      author: row.name,
      at,
      drawnAt,
    };
  });
}

/** Each mark of a study as it is now, in the order they were drawn; those taken away too, marked so. */
export async function currentMarks(tx: Tx, siteId: string, studyId: string): Promise<readonly ReaderMark[]> {
  const newest = new Map<string, ReaderMark>();
  for (const mark of await markRevisions(tx, siteId, studyId)) newest.set(mark.id, mark);
  return [...newest.values()].sort((a, b) => a.drawnAt.localeCompare(b.drawnAt));
}

interface MarkChange {
  readonly studyId: string;
  readonly accountId: string;
  readonly now: Date;
  readonly drawing: MarkDrawing;
  readonly removed: boolean;
}

/**
 * Adds a revision: the first of a new mark, or the one after `after`.
 *
 * @throws ProblemError 409 when the mark has been changed since `after`, 404 when the study has no such mark.
 */
export async function reviseMark(
  tx: Tx,
  siteId: string,
  change: MarkChange,
  after: { readonly markId: string; readonly revision: number } | null,
): Promise<ReaderMark> {
  const { studyId } = change;
  if (after !== null) {
    const before = (await markRevisions(tx, siteId, studyId, after.markId)).at(-1);
    if (before === undefined) throw notThere('mark');
    if (before.revision !== after.revision) throw changed(before.author);
  }
  const markId = after?.markId ?? randomUUID();
  const written = await tx
    .insertInto('reader_marks')
    .values({
      site_id: siteId,
      id: randomUUID(),
      study_id: studyId,
      mark_id: markId,
      revision: (after?.revision ?? 0) + 1,
      removed: change.removed,
      body: JSON.stringify(change.drawing),
      frame_of_reference_uid: await frameOf(tx, siteId, studyId, change.drawing.seriesUid),
      account_id: change.accountId,
      created_at: change.now,
    })
    .onConflict((c) => c.columns(['site_id', 'mark_id', 'revision']).doNothing())
    .executeTakeFirst();
  // Somebody else wrote the same revision between the look and the write.
  if (written.numInsertedOrUpdatedRows === 0n) throw changed('another reader');
  return (await markRevisions(tx, siteId, studyId, markId)).at(-1)!;
}

function changed(by: string): Error {
  return refuse(409, 'contradiction', 'mark', `was changed by ${by} meanwhile`, 'load the marks again');
}

/** Frame of reference the objects of a series state; a picture that is one of several stacks of a series is named `UID#n`. */
async function frameOf(
  tx: Tx,
  siteId: string,
  studyId: string,
  seriesUid: string | null,
): Promise<string | null> {
  if (seriesUid === null) return null;
  const row = await tx
    .selectFrom('instances as i')
    .innerJoin('series as s', (on) =>
      on.onRef('s.site_id', '=', 'i.site_id').onRef('s.id', '=', 'i.series_id'),
    )
    .select('i.metadata')
    .where('i.site_id', '=', siteId)
    .where('i.study_id', '=', studyId)
    .where('s.series_uid', '=', seriesUid.split('#')[0] ?? seriesUid)
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const metadata = (typeof row.metadata === 'string' ? JSON.parse(row.metadata) : row.metadata) as {
    readonly '00200052'?: { readonly Value?: readonly unknown[] };
  };
  const uid = metadata['00200052']?.Value?.[0];
  return typeof uid === 'string' ? uid : null;
}
