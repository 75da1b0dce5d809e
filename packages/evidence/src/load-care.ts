import engine from '../data/care-engine.json' with { type: 'json' };
import sources from '../data/care-sources.json' with { type: 'json' };
import type { EvidenceRecord, EvidenceSource } from './record.ts';

/** Records that the judgement of `care/` adds: base rates, accuracies of next tests, engineering defaults. */
export const CARE_RECORDS = engine as unknown as readonly EvidenceRecord[];
export const CARE_SOURCES = sources as unknown as readonly EvidenceSource[];
