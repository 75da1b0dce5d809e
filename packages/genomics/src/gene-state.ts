import type { GeneResult } from '@foramen/spine';
import type { GeneCall } from './call-gene.ts';
import type { GeneTable } from './gene-table.ts';
import { cyp2d6Phenotype, type Meaning, meaningOf } from './phenotype.ts';
import type { GeneSites } from './site.ts';

/** One way a gene may stand, with the keys under which guidelines may list it, most specific first. */
export interface GeneState {
  readonly gene: string;
  readonly diplotype: string;
  readonly phenotype: string;
  readonly score: string | null;
  /** Phenotypes, of which HLA genes have several. */
  readonly phenotypes: readonly string[];
  readonly label: string;
}

export const NO_RESULT = 'No Result';
export const INDETERMINATE = 'Indeterminate';

export function stateLabel(gene: string, phenotype: string, score: string | null): string {
  const text = phenotype === '' ? 'no phenotype assigned' : phenotype;
  return score === null || score === 'n/a' ? `${gene} ${text}` : `${gene} ${text} (activity score ${score})`;
}

export function makeState(gene: string, diplotype: string, meaning: Meaning): GeneState {
  return {
    gene,
    diplotype,
    phenotype: meaning.phenotype,
    score: meaning.score,
    phenotypes: [meaning.phenotype],
    label: stateLabel(gene, meaning.phenotype, meaning.score),
  };
}

/** States of a called gene; the same meaning reached by several diplotypes is one state. */
export function statesOf(call: GeneCall): readonly GeneState[] {
  const out = new Map<string, GeneState>();
  for (const { lookup, meaning } of call.diplotypes) {
    const diplotype = lookup[1] === null ? lookup[0] : `${lookup[0]}/${lookup[1]}`;
    const state = makeState(call.gene, diplotype, meaning);
    const key = `${meaning.phenotype}|${meaning.score}|${call.diplotypes.length > 30 ? '' : diplotype}`;
    if (!out.has(key)) out.set(key, state);
  }
  return [...out.values()];
}

/** Keys a guideline may list this state under. */
export function stateKeys(state: GeneState): readonly string[] {
  const keys = [`=${state.diplotype}`];
  if (state.score !== null) keys.push(state.score);
  return [...keys, ...state.phenotypes.filter(Boolean)];
}

export function scoreValue(score: string | null): number | string | null {
  if (score === null) return null;
  const value = Number(score);
  return Number.isNaN(value) ? score : value;
}

/**
 * An activity score after an inhibitor may fall between those a guideline lists (0.625). It is read as the nearest listed score
 * below it that has the same phenotype, else the nearest above.
 */
export function nearestListedScore(score: string, listed: readonly string[]): string | null {
  if (listed.includes(score)) return score;
  const value = Number(score.replace('≥', ''));
  if (Number.isNaN(value)) return null;
  const bin = cyp2d6Phenotype(value);
  const numbers = listed
    .filter((key) => /^\d/.test(key))
    .map((key) => ({ key, value: Number(key) }))
    .filter((entry) => cyp2d6Phenotype(entry.value) === bin)
    .sort((a, b) => a.value - b.value);
  const below = [...numbers].reverse().find((entry) => entry.value <= value);
  return below?.key ?? numbers[0]?.key ?? null;
}

export function summarise(states: readonly GeneState[]): { phenotype: string; score: string | null } {
  if (states.length === 0) return { phenotype: NO_RESULT, score: null };
  const phenotypes = [...new Set(states.map((state) => state.phenotypes.join('; ')))];
  const scores = [...new Set(states.map((state) => state.score))];
  return {
    phenotype: phenotypes.join(' or '),
    score:
      scores.length === 1 ? (scores[0] ?? null) : scores.some((s) => s !== null) ? scores.join(' or ') : null,
  };
}

export const NO_POSITION = 'no position of this gene is in the file';

/**
 * What a call from an incomplete file leaves open, as one clause that every action resting on it carries, so that a normal phenotype
 * which rests on missing positions is never shown without them. Null where every position was read and a diplotype explains them.
 */
export function openClause(table: GeneTable, call: GeneCall): string | null {
  if (call.diplotypes.length === 0) return null;
  // SLCO1B1 without a diplotype: one position speaks for the gene.
  if (call.uncalled !== null) return `${call.gene}: ${call.uncalled}; function read from one position alone`;
  if (call.missing.length + call.doubtful.length === 0) return null;
  const ofAll = `of ${table.positions.length} positions`;
  const read = `${call.gene}: ${[
    ...(call.missing.length > 0 ? [`${call.missing.length} ${ofAll} not read`] : []),
    ...(call.doubtful.length > 0 ? [`${call.doubtful.length} ${ofAll} read on thin evidence`] : []),
  ].join(', ')}`;
  if (call.notExcluded.length === 0) return read;
  const could = phenotypesLeftOpen(table, call);
  const shown = call.notExcluded.slice(0, 4).join(', ');
  const more = call.notExcluded.length > 4 ? ` and ${call.notExcluded.length - 4} more` : '';
  const means = could.length > 0 ? ` (with one of them: ${could.join(' or ')})` : '';
  return `${read}; not excluded: ${shown}${more}${means}`;
}

/** Phenotypes other than those called that one unseen allele on one strand would give. */
function phenotypesLeftOpen(table: GeneTable, call: GeneCall): readonly string[] {
  const called = new Set(call.diplotypes.map((d) => d.meaning.phenotype));
  const out = new Set<string>();
  for (const { lookup } of call.diplotypes.slice(0, 20)) {
    for (const allele of call.notExcluded) {
      const partners = lookup[1] === null ? [null] : [...new Set(lookup)];
      for (const partner of partners) {
        const { phenotype } = meaningOf(table, allele, partner);
        if (phenotype !== '' && phenotype !== 'n/a' && !called.has(phenotype)) out.add(phenotype);
      }
    }
  }
  return [...out].sort();
}

function openNote(call: GeneCall): string[] {
  const { notExcluded } = call;
  if (notExcluded.length === 0) return [];
  const shown = notExcluded.slice(0, 8).join(', ');
  const more = notExcluded.length > 8 ? ` and ${notExcluded.length - 8} more` : '';
  const why = call.doubtful.length > 0 ? 'missing or thinly read' : 'missing';
  return [`not excluded, because their positions are ${why}: ${shown}${more}`];
}

/** Reference positions read on thin evidence, each with the file's own figures; a variant has its note from where it was read. */
function thinNote(call: GeneCall, sites: GeneSites, label: (at: number) => string): string[] {
  const told = call.doubtful.flatMap((at) => {
    const site = sites.get(at);
    const isCarried = [site?.first, site?.second].some((base) => base && base !== site?.named?.[0]);
    return isCarried ? [] : [`${label(at)} (${site?.doubt ?? ''})`];
  });
  if (told.length === 0) return [];
  const more = told.length > 8 ? ` and ${told.length - 8} more` : '';
  return [`reference read on thin evidence: ${told.slice(0, 8).join('; ')}${more}`];
}

function phaseNote(call: GeneCall): string[] {
  if (call.otherPhase.length === 0) return [];
  const shown = call.otherPhase
    .slice(0, 4)
    .map((d) => `${d.name} (${d.meaning.phenotype || 'no phenotype assigned'})`)
    .join(', ');
  return [`unphased: ${shown} would explain the genotypes too`];
}

/** The public form of a call from variants. */
export function geneResult(
  table: GeneTable,
  call: GeneCall,
  notes: readonly string[],
  label: (at: number) => string,
  sites: GeneSites = new Map(),
): GeneResult {
  const called = call.uncalled === null;
  const open = openClause(table, call);
  const { phenotype, score } = summarise(statesOf(call));
  const single =
    call.diplotypes.length === 1 && call.diplotypes[0]?.name === call.diplotypes[0]?.lookup.join('/');
  return {
    diplotypes: called ? call.names : [],
    phenotype: call.diplotypes.length > 0 ? phenotype : NO_RESULT,
    activityScore: scoreValue(score),
    phased: call.phased && call.uncalled !== NO_POSITION,
    missingPositions: call.missing.map(label),
    notes: [...notes, ...call.notes, ...thinNote(call, sites, label), ...openNote(call), ...phaseNote(call)],
    ...(call.doubtful.length > 0 ? { doubtfulPositions: call.doubtful.map(label) } : {}),
    ...(call.notExcluded.length > 0 ? { notExcluded: call.notExcluded } : {}),
    ...(call.notExcluded.length > 0 && call.diplotypes.length > 0
      ? { phenotypesNotExcluded: phenotypesLeftOpen(table, call) }
      : {}),
    ...(open === null ? {} : { provisional: open }),
    status: call.diplotypes.length === 0 ? 'no-result' : open === null ? 'called' : 'provisional',
    ...(called ? {} : { uncalled: call.uncalled ?? '' }),
    source: 'vcf',
    ...(call.diplotypes.length > 0 && !single
      ? {
          candidates: call.diplotypes.slice(0, 200).map((d) => ({
            diplotype: d.name,
            lookup: d.lookup.filter((name): name is string => name !== null),
            phenotype: d.meaning.phenotype,
            activityScore: scoreValue(d.meaning.score),
            functions: d.meaning.functions,
          })),
        }
      : {}),
    definitions: table.version,
  };
}
