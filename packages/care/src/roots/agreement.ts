import { type EvidenceBase, recordOf } from '@foramen/evidence';

/** Agreement of two readers on a finding, as the evidence base has it. */
export const kappaOf = (id: string, base: EvidenceBase): number => recordOf('agreement', id, base).estimate;

/**
 * Bounds a probability by reader agreement: nobody, human or model, is surer that a finding is there than two readers
 * agree on it. With agreement kappa the ceiling is (1 + kappa)/2. There is no floor: most of these findings are rare,
 * and readers agree far better that one is absent.
 */
export function boundByAgreement(p: number, kappa: number): number {
  return Math.min((1 + kappa) / 2, p);
}
