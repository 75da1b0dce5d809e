import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { PatientCase, RiskEstimate } from '@foramen/spine';
import { ageOf, because, rule, type Seen, unlessWithheld } from '../facts.ts';
import { say } from '../say.ts';
import { chronicPain } from './chronic-pain.ts';
import { opioidUseDisorder } from './opioid.ts';
import { chronicPostSurgicalPain } from './post-surgical.ts';
import { progression } from './progression.ts';

/** The figures of chronic pain were counted in adults. */
const ADULT = 18;

/** No number for who is not yet grown: what an adult's figure would say of a child nobody has counted. What can be changed stands. */
function notForChildren(estimate: RiskEstimate, age: Seen<number>): RiskEstimate {
  return {
    ...estimate,
    p: null,
    interval: null,
    band: 'unknown',
    statement: say('risk.adults-only', { risk: `@risk.${estimate.risk}` }, 'insufficient', [
      because(age),
      rule('risk/adults-only', 'the figures come from adults'),
    ]),
  };
}

/** The four risks, each with what is modifiable and by how much; an unknown is `unknown`, never low. */
export function riskEstimates(patient: PatientCase, base: EvidenceBase = EVIDENCE): readonly RiskEstimate[] {
  const age = unlessWithheld(patient, ageOf(patient));
  const grown = (estimate: RiskEstimate): RiskEstimate =>
    age !== undefined && age.value < ADULT ? notForChildren(estimate, age) : estimate;
  return [
    grown(chronicPain(patient, base)),
    grown(chronicPostSurgicalPain(patient, base)),
    opioidUseDisorder(patient, base),
    progression(patient, base),
  ];
}
