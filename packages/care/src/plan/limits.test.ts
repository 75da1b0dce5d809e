import type { PatientCase, SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { limitsOf } from './limits.ts';

const nothing = bareCase(null);
const findings = {
  schema: 'foramen.findings/1',
  series: [],
  enumeration: { confidence: 0.95, lumbarCount: 5, transitional: 'none', because: [] },
  levels: [],
  vertebrae: [],
  limits: [],
  models: [],
} as unknown as SpineFindings;
const keys = (patient: PatientCase) => limitsOf(patient).map((s) => s.key);

describe('what a plan cannot claim', () => {
  it('names what was not given, and only that', () => {
    expect(keys(nothing)).toEqual(['limit.decision-support', 'limit.no-intake', 'limit.no-imaging']);
    expect(keys({ ...nothing, intake: {} })).toEqual(['limit.decision-support', 'limit.no-imaging']);
    expect(keys({ ...nothing, findings })).toEqual(['limit.decision-support', 'limit.no-intake']);
    expect(keys({ ...nothing, intake: {}, findings })).toEqual(['limit.decision-support']);
  });
});
