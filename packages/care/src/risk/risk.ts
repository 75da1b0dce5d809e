import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { PatientCase, RiskEstimate } from '@foramen/spine';
import { chronicPain } from './chronic-pain.ts';
import { opioidUseDisorder } from './opioid.ts';
import { chronicPostSurgicalPain } from './post-surgical.ts';
import { progression } from './progression.ts';

/** The four risks, each with what is modifiable and by how much; an unknown is `unknown`, never low. */
export function riskEstimates(patient: PatientCase, base: EvidenceBase = EVIDENCE): readonly RiskEstimate[] {
  return [
    chronicPain(patient, base),
    chronicPostSurgicalPain(patient, base),
    opioidUseDisorder(patient, base),
    progression(patient, base),
  ];
}
