import { z } from 'zod';

/** JSON shapes of docs/api.md. Documents of the spine (findings, case, plan ...) travel unchanged and are only named here. */
const problemShape = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  where: z.string(),
  what: z.string(),
  help: z.string(),
});

const analysisShape = z.object({
  state: z.enum(['none', 'queued', 'running', 'done', 'failed']),
  jobId: z.string().nullable(),
  percent: z.number(),
  step: z.string().nullable(),
  secondsLeft: z.number().nullable(),
  problems: z.array(problemShape),
});
export type AnalysisState = z.infer<typeof analysisShape>;

export const patientShape = z.object({
  id: z.string(),
  name: z.string(),
  birthDate: z.string().nullable(),
  ageYears: z.number().nullable(),
  sex: z.enum(['female', 'male', 'unknown']),
  sample: z.boolean(),
  story: z.string().nullable(),
  studies: z.number(),
  latestStudyDate: z.string().nullable(),
  analysis: analysisShape,
  urgency: z.enum(['emergency', 'urgent', 'soon', 'routine', 'self-care']).nullable(),
  headline: z.string().nullable(),
});
export type PatientSummary = z.infer<typeof patientShape>;

const seriesShape = z.object({
  number: z.number(),
  seriesUid: z.string().nullable(),
  description: z.string().nullable(),
  modality: z.string().nullable(),
  slices: z.number(),
  rows: z.number(),
  columns: z.number(),
  spacingMm: z.array(z.number()),
  plane: z.string(),
  role: z.string().nullable(),
  overlay: z.boolean(),
  keySlice: z.number(),
  ijkToLps: z.array(z.number()).nullable(),
  window: z.object({ center: z.number(), width: z.number() }).nullable(),
});
export type SeriesSummary = z.infer<typeof seriesShape>;

export const studyShape = z.object({
  id: z.string(),
  patientId: z.string(),
  studyUid: z.string().nullable(),
  date: z.string().nullable(),
  description: z.string().nullable(),
  source: z.enum(['dicom', 'nifti', 'png', 'mha']),
  series: z.array(seriesShape),
  findings: z.boolean(),
  analysis: analysisShape,
});
export type StudySummary = z.infer<typeof studyShape>;

export const patientDetailShape = patientShape.extend({
  studyList: z.array(studyShape),
  has: z.object({
    intake: z.boolean(),
    genome: z.boolean(),
    findings: z.boolean(),
    assessment: z.boolean(),
    plan: z.boolean(),
  }),
  sharesNumber: z.boolean().describe('another record bears the same number (PatientID): look who is who'),
  openedUntil: z
    .string()
    .nullable()
    .describe(
      'until when an emergency opening shows this record to this account; null where it is shown anyway',
    ),
});

export const jobShape = analysisShape.extend({
  id: z.string(),
  kind: z.string(),
  patientId: z.string().nullable(),
  studyId: z.string().nullable(),
});
export type JobStatus = z.infer<typeof jobShape>;

export const jobStarted = z.object({ job: z.object({ id: z.string() }) });

/** A document of the spine: `schema` says which. */
export const documentShape = z.looseObject({}).describe('a document of @foramen/spine');
export const byId = z.object({ id: z.string().min(1).max(100) });
