import type { AnalysedPicture, Analysis } from '@foramen/analysis';
import type { SpineFindings } from '@foramen/spine';
import type { PatientRecord, StudyRecord } from '../record/patient-record.ts';
import { distinct, type PictureSource, windowOf } from '../record/picture.ts';

const DONE = {
  state: 'done',
  jobId: null,
  percent: 100,
  step: null,
  secondsLeft: null,
  problems: [],
} as const;

/** An analysis of this tab as the record that a patient's page shows. */
export function localRecord(analysis: Analysis, name: string): PatientRecord {
  const person = analysis.intake?.person;
  const studies: StudyRecord[] = [];
  if (analysis.findings !== null) studies.push(study('newest', analysis.findings, analysis.pictures));
  analysis.case.priorFindings.forEach((findings, n) => {
    studies.push(study(`prior-${n}`, findings, analysis.priorPictures[n] ?? []));
  });
  return {
    id: analysis.case.patientId,
    name,
    ageYears: person?.ageYears ?? null,
    sex: person?.sex ?? 'unknown',
    sample: false,
    story: null,
    local: true,
    sharesNumber: false,
    openedUntil: null,
    studies,
    case: analysis.case,
    assessment: analysis.assessment,
    plan: analysis.plan,
    genome: analysis.genome,
    intake: analysis.intake,
    diary: [],
    analysis: null,
  };
}

function study(id: string, findings: SpineFindings, pictures: readonly AnalysedPicture[]): StudyRecord {
  return {
    id,
    date: findings.studyDate ?? null,
    description: null,
    analysis: DONE,
    findings,
    pictures: distinct(pictures.map((picture, n) => source(`${id}/${n}`, n + 1, picture))),
    reportUrl: null,
  };
}

function source(id: string, number: number, picture: AnalysedPicture): PictureSource {
  const { volume, labels, reading } = picture;
  const series = { uid: reading.seriesUid ?? null, number };
  return {
    id,
    series,
    title: picture.name,
    plane: picture.plane,
    role: reading.role,
    slices: volume.size[2],
    place: { size: volume.size, ijkToLps: picture.hasGeometry ? volume.ijkToLps : null },
    load: async () => ({
      id,
      series,
      title: picture.name,
      plane: picture.plane,
      size: volume.size,
      spacing: volume.spacing,
      ijkToLps: picture.hasGeometry ? volume.ijkToLps : null,
      data: volume.data,
      labels: labels?.data ?? null,
      window: windowOf(volume.data),
      keySlice: picture.keySlice,
    }),
  };
}
