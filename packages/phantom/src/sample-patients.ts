import type { Intake, LabelVolume } from '@foramen/spine';
import { buildAnatomy } from './anatomy.ts';
import { type DiaryDay, diaryCsv, writeDiary } from './diary.ts';
import { type GeneratedFile, type StudyIdentity, studyUid, writeStudy } from './dicom-study.ts';
import { type FhirBundle, writeBundle } from './fhir-bundle.ts';
import { writeVcf } from './genotype.ts';
import { acquireStudy } from './mr-series.ts';
import { rngFrom } from './prng.ts';
import { CAUDA_EQUINA } from './stories/cauda-equina.ts';
import { SLIP } from './stories/degenerative-slip.ts';
import { HEALTHY } from './stories/healthy.ts';
import { L5_RADICULOPATHY } from './stories/l5-radiculopathy.ts';
import type { SampleStory } from './stories/sample-story.ts';
import { SHRINKING } from './stories/shrinking-herniation.ts';
import { SILENT_DEGENERATION } from './stories/silent-degeneration.ts';
import { STENOSIS } from './stories/stenosis.ts';
import { type StudyTruth, studyTruth } from './truth.ts';

export const SAMPLE_STORIES: readonly SampleStory[] = [
  HEALTHY,
  L5_RADICULOPATHY,
  SHRINKING,
  STENOSIS,
  SLIP,
  SILENT_DEGENERATION,
  CAUDA_EQUINA,
];

interface SampleStudy {
  readonly key: string;
  /** ISO date. */
  readonly date: string;
  readonly studyInstanceUid: string;
  /** DICOM files, `dicom/<key>/<series>/NNN.dcm`. */
  readonly files: readonly GeneratedFile[];
  readonly truth: StudyTruth;
  /** Classes (see CLASS) on the sagittal series' grid. */
  readonly labels: LabelVolume;
}

/** One synthetic person with everything a clinic would hold. No real person is described. */
interface SamplePatient {
  readonly id: string;
  readonly title: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: 'female' | 'male';
  readonly birthDate: string;
  /** Oldest first. */
  readonly studies: readonly SampleStudy[];
  readonly vcf: string;
  readonly intake: Intake;
  readonly fhir: FhirBundle;
  readonly diary: readonly DiaryDay[];
}

/** One sample patient; the same seed and story give the same bytes. */
export function samplePatient(seed: number | string, story: SampleStory): SamplePatient {
  const root = `${seed}/${story.id}`;
  const axial = [0, 1, 2];
  const studies = story.scans.map((scan): SampleStudy => {
    const discs = { ...story.anatomy.discs };
    for (const [k, change] of Object.entries(scan.discs ?? {}))
      discs[Number(k)] = { ...discs[Number(k)], ...change };
    const anatomy = buildAnatomy(`${root}/anatomy`, { ...story.anatomy, discs });
    const series = acquireStudy(anatomy, rngFrom(`${root}/${scan.key}`), axial);
    const identity: StudyIdentity = {
      patientId: story.id.toUpperCase(),
      familyName: story.familyName,
      givenName: story.givenName,
      birthDate: story.birthDate.replaceAll('-', ''),
      sex: story.sex === 'female' ? 'F' : 'M',
      studyKey: scan.key,
      studyDate: scan.date.replaceAll('-', ''),
      ageYears: story.ageYears,
    };
    return {
      key: scan.key,
      date: scan.date,
      studyInstanceUid: studyUid(identity),
      files: writeStudy(identity, series),
      truth: studyTruth(anatomy),
      labels: series[0]!.labels,
    };
  });
  const diary = writeDiary(story.diary, rngFrom(`${root}/diary`));
  const { id, familyName, givenName, sex, birthDate, intake, conditions } = story;
  return {
    id,
    title: story.title,
    familyName,
    givenName,
    sex,
    birthDate,
    studies,
    vcf: writeVcf(id.toUpperCase(), story.genotype, story.markers),
    intake,
    fhir: writeBundle({ id, familyName, givenName, sex, birthDate, conditions, intake, diary }),
    diary,
  };
}

/** A patient as files of one folder: `dicom/...`, `patient.vcf`, `intake.json`, `bundle.json`, `diary.csv`, `truth.json`. */
export function patientFiles(p: SamplePatient): GeneratedFile[] {
  const text = (path: string, content: string): GeneratedFile => ({
    path,
    bytes: new TextEncoder().encode(content) as Uint8Array<ArrayBuffer>,
  });
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  return [
    ...p.studies.flatMap((s) => s.files),
    text('patient.vcf', p.vcf),
    text('intake.json', json(p.intake)),
    text('bundle.json', json(p.fhir)),
    text('diary.csv', diaryCsv(p.diary)),
    text('truth.json', json(p.studies.map((s) => ({ study: s.studyInstanceUid, date: s.date, ...s.truth })))),
  ];
}
