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
  /** Positions whose genotype was read on thin evidence (quality, reads, filter): used for the call, which is provisional. */
  readonly doubtfulPositions?: readonly string[];
  readonly notes: readonly string[];
  /** Present when the gene could not be called. */
  readonly uncalled?: string;
  /** How far the phenotype may be relied on; only `called` settles anything (`isSettledNormal`). */
  readonly status?: CallStatus;
  /** Where the call came from: variants of this file, or an outside call. */
  readonly source?: 'vcf' | 'outside';
  /** Phenotype after co-medication (phenoconversion), when it differs. */
  readonly phenotypeWithDrugs?: string;
  readonly activityScoreWithDrugs?: number | string | null;
  /** What each diplotype would mean, when there is more than one or the deciding pair is not the printed one. */
  readonly candidates?: readonly DiplotypeMeaning[];
  /** DPWG phenotype, where its thresholds differ from CPIC's. */
  readonly phenotypeDpwg?: string;
  /** What a file of small variants cannot see: gene deletions, duplications and hybrids. */
  readonly structure?: StructureAssessment;
  /** Alleles of altered or unknown function that the missing positions leave open. */
  readonly notExcluded?: readonly string[];
  /** Other phenotypes that one of those alleles on one strand would give. */
  readonly phenotypesNotExcluded?: readonly string[];
  /**
   * Present when positions are missing or thinly read: the phenotype is what follows from those read, and this says what is left open. A
   * phenotype is never shown without it (`shownPhenotype`).
   */
  readonly provisional?: string;
  /** How likely the positions not read, or thinly, make the phenotype another, where allele frequencies are at hand. Never the person's result. */
  readonly unread?: UnreadAssessment;
  /** Positions read as reference because the caller asked for it, each by name. */
  readonly assumedReference?: readonly string[];
  /** Release of the allele definitions used. */
  readonly definitions?: string;
}

/**
 * `called`: every position of the gene was read (or a laboratory called it). `provisional`: the phenotype follows from the positions read,
 * and others are missing or rest on thin evidence. `no-result`: nothing could be called.
 */
type CallStatus = 'called' | 'provisional' | 'no-result';

/** Phenotypes that ask for nothing. "Uncertain Susceptibility" is not among them: it clears nobody. */
const NORMAL = /^(Normal|normal risk)/;

/**
 * Whether a gene is known to be normal: read in full, and normal by every diplotype that fits. A gene that is indeterminate or without a result
 * can never become this by losing a position, since losing one makes the call provisional.
 */
export function isSettledNormal(result: Pick<GeneResult, 'phenotype' | 'status' | 'uncalled'>): boolean {
  if (result.status !== 'called' || result.uncalled !== undefined) return false;
  return result.phenotype.split(' or ').every((phenotype) => NORMAL.test(phenotype));
}

/** The phenotype as people read it: one that rests on an incomplete reading says so in the same breath. */
export function shownPhenotype(result: Pick<GeneResult, 'phenotype' | 'provisional'>): string {
  return result.provisional === undefined || result.phenotype === ''
    ? result.phenotype
    : `${result.phenotype} (provisional)`;
}

interface DiplotypeMeaning {
  readonly diplotype: string;
  /** The pair that decides: for DPYD and RYR1 the worst variant of each strand. */
  readonly lookup: readonly string[];
  readonly phenotype: string;
  readonly activityScore: number | string | null;
  readonly functions: readonly (string | null)[];
}

export interface UnreadAssessment {
  /** Probability of each phenotype, by pairs of common alleles that what was read allows. */
  readonly phenotypes: readonly { readonly phenotype: string; readonly p: number }[];
  /** Probability of any phenotype but those called. */
  readonly pOther: number;
  readonly population: string;
}

export interface StructureAssessment {
  readonly assessed: boolean;
  readonly text: string;
  /** Probability of each phenotype once unseen deletions, duplications and hybrids are weighed in, by declared ancestry. */
  readonly phenotypes: readonly { readonly phenotype: string; readonly p: number }[];
  readonly population: string;
  /** Probability that no deletion, duplication or hybrid is there. */
  readonly pNoStructuralVariant: number;
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
  /** The guideline's own word for the strength: Strong, Moderate, Optional, No recommendation, Unspecified. */
  readonly classification?: string;
  /** CPIC's level of drug and genes, second-hand: A and B, genes change what is prescribed; C, they do not. Absent where it is not known. */
  readonly cpicLevel?: 'A' | 'B' | 'C';
  /** State of each gene that led here, e.g. `CYP2D6 Poor Metabolizer (activity score 0)`. */
  readonly basis?: readonly string[];
  /** Present when several diplotypes fit and not all lead here: those under which the action holds. Another entry holds under the others. */
  readonly dependsOn?: string;
  /** Alleles, each with its gene, that missing positions leave open and that might call for another action: the action is provisional. */
  readonly notExcluded?: readonly string[];
  /** Present when a gene behind the action has missing positions: the action holds for what was read. */
  readonly provisional?: string;
  /** Release date of the guidance used. */
  readonly dated?: string;
  /** False where the rule was taken second-hand: to be checked at its source before it is relied on. */
  readonly verified?: boolean;
  /** Untested gene: phenotypes to be expected in the declared population, and what a test would change. */
  readonly untested?: UntestedPrior;
}

/** Whose guidance an action is. What was taken second-hand never goes by the bare name. */
export function guidanceName(action: Pick<DrugAction, 'guideline' | 'verified'>): string {
  return `${action.guideline ?? 'rule'}${action.verified === false ? ', second-hand' : ''}`;
}

/** A prior for somebody who has not been tested. Never the patient's result. */
export interface UntestedPrior {
  readonly gene: string;
  readonly population: string;
  readonly phenotypes: readonly {
    readonly phenotype: string;
    readonly p: number;
    readonly action: DrugActionKind;
  }[];
  /** Probability that a test would lead to something other than the standard dose. */
  readonly pActionable: number;
  /** False where a frequency behind it is second-hand and was not checked at its source. */
  readonly verified?: boolean;
  readonly text: string;
}

/** One slot of the peri-operative page. */
export interface PerioperativeItem {
  readonly role: 'opioid' | 'nsaid' | 'antiemetic' | 'anaesthetic' | 'local-anaesthetic' | 'blood-thinner';
  readonly prefer: readonly string[];
  readonly avoid: readonly string[];
  readonly because: readonly string[];
}

export interface LedgerEntry {
  readonly what: string;
  readonly source: string;
  readonly version: string;
  /** ISO date of the release. */
  readonly dated: string;
  /** Why it is not from its source itself, and where to check it. */
  readonly secondHand?: string;
}

export interface MarkerResult {
  readonly marker: string;
  readonly verdict: 'information' | 'research' | 'refused';
  readonly genotype?: string;
  readonly text: string;
  readonly effect?: string;
  readonly sources: readonly string[];
}

/** Stands for the sample where calls from outside came without a file and without a name. */
export const UNNAMED_SAMPLE = 'outside calls';

export interface GenomicProfile {
  readonly sample: string;
  readonly assembly: string;
  readonly genes: Readonly<Record<string, GeneResult>>;
  readonly drugs: readonly DrugAction[];
  readonly markers: readonly MarkerResult[];
  /** What to use and what to leave around an operation, on one page. */
  readonly perioperative?: readonly PerioperativeItem[];
  readonly ledger?: readonly LedgerEntry[];
  readonly notes?: readonly string[];
}
