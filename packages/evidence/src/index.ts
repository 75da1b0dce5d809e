/** The evidence base: facts with population, comparator, horizon, interval, design and source. Nothing here computes. */

export * from './base.ts';
export * from './check.ts';
export { disagreements } from './disagreement.ts';
export * from './lookup.ts';
export { type EvidenceOverride, readOverride, withOverride } from './override.ts';
export type * from './record.ts';
export {
  type EvidenceTag,
  evidenceRecordSchema,
  evidenceTag,
  sourceSchema,
} from './schema.ts';
