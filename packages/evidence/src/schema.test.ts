import { describe, expect, it } from 'vitest';
import { RECORDS, SOURCES } from './load.ts';
import { evidenceRecordSchema, sourceSchema } from './schema.ts';

describe('the shipped data', () => {
  it('match the schema, record by record', () => {
    for (const r of RECORDS) {
      const parsed = evidenceRecordSchema.safeParse(r);
      expect(parsed.success, `${r.id}: ${parsed.error?.message}`).toBe(true);
    }
    for (const s of SOURCES) expect(sourceSchema.safeParse(s).success, s.id).toBe(true);
  });
});
