/**
 * What a genotype says about drugs. The shape of `genes` and `drugs` is public API (CONTRACT.md, `foramen genome --json`).
 * "No Result", "Indeterminate" and a normal phenotype are three different things and stay three different strings.
 */
export interface GeneResult {
  /** All diplotypes that fit equally well; empty when the gene could not be called. */
  readonly diplotypes: readonly string[];
  readonly phenotype: string;
  readonly activityScore: number | string | null;
  readonly phased: boolean;
  readonly missingPositions: readonly string[];
  readonly notes: readonly string[];
  /** Present when the gene could not be called. */
  readonly uncalled?: string;
  /** Where the call came from: variants of this file, or an outside call. */
  readonly source?: 'vcf' | 'outside';
  /** Phenotype after co-medication (phenoconversion), when it differs. */
  readonly phenotypeWithDrugs?: string;
  readonly activityScoreWithDrugs?: number | string | null;
}

export type DrugActionKind =
  | 'avoid'
  | 'reduce'
  | 'start-low'
  | 'increase'
  | 'alternative'
  | 'monitor'
  | 'standard'
  | 'no-recommendation'
  | 'untested';

export interface DrugAction {
  readonly drug: string;
  readonly genes: readonly string[];
  readonly action: DrugActionKind;
  readonly strength: 'strong' | 'moderate' | 'optional' | 'none';
  /** Case facts and rules behind the action, one clause each. */
  readonly because: readonly string[];
  /** Alternatives already checked against this patient's other genes, drugs, kidneys, age and allergies. */
  readonly alternatives: readonly string[];
  readonly sources: readonly string[];
  readonly guideline?: 'CPIC' | 'DPWG' | 'FDA';
  readonly population?: string;
  readonly indication?: string;
  readonly doseText?: string;
}

export interface MarkerResult {
  readonly marker: string;
  readonly verdict: 'information' | 'research' | 'refused';
  readonly genotype?: string;
  readonly text: string;
  readonly effect?: string;
  readonly sources: readonly string[];
}

export interface GenomicProfile {
  readonly sample: string;
  readonly assembly: string;
  readonly genes: Readonly<Record<string, GeneResult>>;
  readonly drugs: readonly DrugAction[];
  readonly markers: readonly MarkerResult[];
}
