import type { z } from 'zod';
import type { evidenceRecordSchema, sourceSchema } from './schema.ts';

export type EvidenceRecord = z.infer<typeof evidenceRecordSchema>;
export type RecordType = EvidenceRecord['type'];
export type RecordOf<T extends RecordType> = Extract<EvidenceRecord, { type: T }>;
export type EvidenceSource = z.infer<typeof sourceSchema>;

export type EffectRecord = RecordOf<'effect'>;
export type LikelihoodRecord = RecordOf<'likelihood'>;
export type HarmRecord = RecordOf<'harm'>;
export type TreatmentRecord = RecordOf<'treatment'>;
export type PredictiveRecord = RecordOf<'predictive'>;
export type GuidelineRecord = RecordOf<'guideline'>;
