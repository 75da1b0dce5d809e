import type { Tx } from '../database/connect.ts';
import type { SeriesSummary, StudySummary } from '../http/shapes.ts';
import { analysisOfStudies, NO_ANALYSIS } from './jobs.ts';

interface Wanted {
  readonly patientId?: string;
  readonly studyId?: string;
}

/** Studies with their series and the state of their analysis, newest first: four statements however many there are. */
export async function studySummaries(
  tx: Tx,
  siteId: string,
  wanted: Wanted,
): Promise<readonly StudySummary[]> {
  let query = tx.selectFrom('studies').selectAll().where('site_id', '=', siteId);
  if (wanted.patientId !== undefined) query = query.where('patient_id', '=', wanted.patientId);
  if (wanted.studyId !== undefined) query = query.where('id', '=', wanted.studyId);
  const studies = await query
    .orderBy('study_date', (o) => o.desc().nullsLast())
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  const ids = studies.map((study) => study.id);
  if (ids.length === 0) return [];
  const pictures = await tx
    .selectFrom('pictures')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('study_id', 'in', ids)
    .orderBy('study_id')
    .orderBy('number')
    .execute();
  const read = new Set(
    (
      await tx
        .selectFrom('findings')
        .select('study_id')
        .distinct()
        .where('site_id', '=', siteId)
        .where('study_id', 'in', ids)
        .execute()
    ).map((row) => row.study_id),
  );
  const states = await analysisOfStudies(tx, siteId, ids);
  return studies.map((study) => ({
    id: study.id,
    patientId: study.patient_id,
    studyUid: study.study_uid,
    date: study.study_date,
    description: study.description,
    source: study.source,
    series: pictures
      .filter((picture) => picture.study_id === study.id)
      .map(
        (picture): SeriesSummary => ({
          number: picture.number,
          seriesUid: picture.series_uid,
          description: picture.description,
          modality: picture.modality,
          slices: picture.slices,
          rows: picture.rows,
          columns: picture.columns,
          spacingMm: picture.spacing,
          plane: picture.plane,
          role: picture.role,
          overlay: picture.labels_blob !== null,
          keySlice: picture.key_slice,
          ijkToLps: picture.ijk_to_lps,
          window:
            picture.window_center === null || picture.window_width === null
              ? null
              : { center: picture.window_center, width: picture.window_width },
        }),
      ),
    findings: read.has(study.id),
    analysis: states.get(study.id) ?? NO_ANALYSIS,
  }));
}
