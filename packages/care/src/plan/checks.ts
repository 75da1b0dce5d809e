import { CLINICAL_CHECKS } from './clinical-checks.ts';
import { DRUG_CHECKS } from './drug-checks.ts';
import type { Check } from './verdict.ts';

export const CHECKS = { ...CLINICAL_CHECKS, ...DRUG_CHECKS } as const satisfies Readonly<
  Record<string, Check>
>;
export type CheckKey = keyof typeof CHECKS;
