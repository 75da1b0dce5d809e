import prevalence from '../data/prevalence.json' with { type: 'json' };
import sources from '../data/sources.json' with { type: 'json' };
import treatments from '../data/treatments.json' with { type: 'json' };
import type { EvidenceRecord, EvidenceSource } from './record.ts';

/** Shipped data are validated against the schema by the tests and by `foramen evidence check`, not at every start. */
export const RECORDS = [prevalence, treatments].flat() as unknown as readonly EvidenceRecord[];
export const SOURCES = sources as unknown as readonly EvidenceSource[];
