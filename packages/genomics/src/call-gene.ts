import { matchCombinations } from './combination.ts';
import { type DiplotypeMatch, matchDiplotypes, preferredDiplotype } from './diplotype.ts';
import { NO_POSITION } from './gene-state.ts';
import type { GeneTable } from './gene-table.ts';
import { callLeastFunction } from './least-function.ts';
import { coreAllele, printDiplotype } from './name-order.ts';
import { functionOf, type Meaning, meaningOf } from './phenotype.ts';
import { type GeneSites, LEAST_FUNCTION_GENES, UNDOCUMENTED_AS_REFERENCE } from './site.ts';
import { accepts, layStrands, type Strands } from './strands.ts';

export interface CallOptions {
  /** All pairs that fit, not only the best. */
  readonly allMatches?: boolean;
  /** Combinations of named alleles and partial alleles where no plain pair fits (research use). */
  readonly combinations?: boolean;
}

/** A diplotype with what it means; `lookup` is the pair that decides, which for DPYD and RYR1 is the worst of each strand. */
interface CalledDiplotype {
  readonly name: string;
  readonly score: number;
  readonly lookup: readonly [string, string | null];
  readonly meaning: Meaning;
}

export interface GeneCall {
  readonly gene: string;
  readonly diplotypes: readonly CalledDiplotype[];
  /** Every name printed; for unphased DPYD and RYR1 these are single variants and fewer lookups stand behind them. */
  readonly names: readonly string[];
  readonly phased: boolean;
  readonly effectivelyPhased: boolean;
  readonly haploid: boolean;
  readonly missing: readonly number[];
  /** Positions read on thin evidence: the call uses them, and is provisional. */
  readonly doubtful: readonly number[];
  /** Alleles of altered or unknown function that nothing speaks surely against, because every position that would is missing or thinly read. */
  readonly notExcluded: readonly string[];
  /** Pairs that explain unphased genotypes too, by another phase and with fewer positions. */
  readonly otherPhase: readonly CalledDiplotype[];
  readonly notes: readonly string[];
  /** Why there is no call. */
  readonly uncalled: string | null;
}

function empty(
  table: GeneTable,
  strands: Strands,
  uncalled: string,
  notes: readonly string[] = [],
): GeneCall {
  return {
    gene: table.gene,
    diplotypes: [],
    names: [],
    phased: strands.phased,
    effectivelyPhased: strands.effectivelyPhased,
    haploid: strands.haploid,
    missing: strands.missing,
    doubtful: [...strands.doubtful],
    notExcluded: [],
    otherPhase: [],
    notes,
    uncalled,
  };
}

export function positionLabel(table: GeneTable, at: number): string {
  const position = table.positions[at];
  return position ? position.rsid || `${table.chromosome}:${position.pos38}` : '';
}

/**
 * Alleles that could be there unseen: none of their positions was surely read as something else, and at least one was not read, or on thin evidence. The
 * call stands on what was seen; this says what it leaves open.
 */
function notExcluded(table: GeneTable, strands: Strands): string[] {
  if (strands.missing.length + strands.doubtful.size === 0) return [];
  const out = table.alleles.filter((allele) => {
    if (allele.isReference || /^Normal/.test(functionOf(table, allele.name) ?? '')) return false;
    let unread = 0;
    for (const [at, base] of allele.bases) {
      if (!strands.isPresent.has(at)) unread++;
      else if (
        !accepts(base, strands.first.get(at) ?? null) &&
        !accepts(base, strands.second.get(at) ?? null)
      ) {
        if (!strands.doubtful.has(at)) return false;
        unread++;
      }
    }
    return unread > 0;
  });
  return out.map((allele) => coreAllele(allele.name)).filter((name, at, all) => all.indexOf(name) === at);
}

function slco1b1Fallback(table: GeneTable, strands: Strands): CalledDiplotype | null {
  const at = table.positions.findIndex((position) => position.rsid === 'rs4149056');
  const bases = [strands.first.get(at), strands.second.get(at)];
  const names = bases.map((base) => (base === 'T' ? '*1' : base === 'C' ? '*5' : null)).sort();
  const [a, b] = names;
  if (!a || !b) return null;
  return { name: `${a}/${b}`, score: 0, lookup: [a, b], meaning: meaningOf(table, a, b) };
}

/** The call of one gene from what a sample shows at its positions. Never reads a missing position as reference. */
export function callGene(table: GeneTable, sites: GeneSites, options: CallOptions = {}): GeneCall {
  const least = LEAST_FUNCTION_GENES.has(table.gene);
  const asReference = UNDOCUMENTED_AS_REFERENCE.has(table.gene) && (least || !options.combinations);
  const strands = layStrands(table, sites, asReference);
  if (strands.present.length === 0) return empty(table, strands, NO_POSITION);
  const requiredMissing = strands.missing.filter((at) =>
    table.required.includes(table.positions[at]?.pos38 ?? -1),
  );
  if (requiredMissing.length > 0) {
    const which = requiredMissing.map((at) => positionLabel(table, at)).join(', ');
    return empty(table, strands, `required positions missing: ${which}`);
  }
  const notes: string[] = [];
  for (const at of strands.undocumented) {
    const found = sites.get(at)?.undocumented.join(', ') ?? '';
    const how = asReference ? 'read as reference' : 'not in any allele definition';
    notes.push(`${positionLabel(table, at)}: ${found} ${how}`);
  }
  const base = {
    gene: table.gene,
    phased: strands.phased,
    effectivelyPhased: strands.effectivelyPhased,
    haploid: strands.haploid,
    missing: strands.missing,
    doubtful: [...strands.doubtful],
    notExcluded: notExcluded(table, strands),
    otherPhase: [],
    uncalled: null,
  };
  if (least) {
    const call = callLeastFunction(strands);
    if (!call.lookup) return empty(table, strands, 'no named allele explains the genotypes', notes);
    // One copy of an autosome leaves the other open, but for a variant of malignant hyperthermia one is enough.
    const alone = strands.haploid && !functionOf(table, call.lookup[0])?.startsWith('Malignant');
    const lookup: CalledDiplotype['lookup'] = alone ? [call.lookup[0], null] : call.lookup;
    const meaning = meaningOf(table, ...lookup);
    const diplotypes = [{ name: call.names.join('; '), score: 0, lookup, meaning }];
    return { ...base, diplotypes, names: call.names, notes: [...notes, ...call.notes] };
  }
  if (strands.partial && !options.combinations) {
    return empty(table, strands, 'a position is only half called', notes);
  }
  const prioritised = !strands.effectivelyPhased && table.priorities.length > 0;
  const all = strands.partial ? [] : matchDiplotypes(strands, false);
  let matches = options.allMatches || prioritised ? all : topOf(all);
  if (matches.length === 0 && options.combinations) matches = matchCombinations(strands);
  if (matches.length === 0) {
    const fallback = table.gene === 'SLCO1B1' ? slco1b1Fallback(table, strands) : null;
    const mixed = strands.haploid && strands.present.some((at) => strands.first.get(at) === null);
    const why = mixed
      ? 'a position of a single-copy chromosome is read as two alleles'
      : 'no pair of named alleles explains the genotypes';
    const nothing = empty(table, strands, why, notes);
    return fallback
      ? { ...nothing, diplotypes: [fallback], notes: [...notes, 'function read from rs4149056 alone'] }
      : nothing;
  }
  const preferred = prioritised && !options.allMatches ? preferredDiplotype(table, matches) : null;
  if (preferred) notes.push(`several unphased pairs fit; ${preferred.name} is by far the commonest of them`);
  const picked = preferred ? [preferred] : prioritised && !options.allMatches ? topOf(matches) : matches;
  const diplotypes = describe(table, picked);
  const rest = strands.effectivelyPhased ? [] : all.filter((match) => !picked.includes(match));
  return {
    ...base,
    names: diplotypes.map((diplotype) => diplotype.name),
    diplotypes,
    otherPhase: describe(table, rest.slice(0, 20)),
    notes,
  };
}

/** Sub-alleles become their core allele, which can make two pairs one. */
function describe(table: GeneTable, matches: readonly DiplotypeMatch[]): CalledDiplotype[] {
  const reference = table.alleles[0]?.name ?? '';
  const out = new Map<string, CalledDiplotype>();
  for (const match of matches) {
    const first = coreAllele(match.alleles[0]);
    const second = match.alleles[1] === null ? null : coreAllele(match.alleles[1]);
    const name = second === null ? first : printDiplotype(reference, first, second);
    if (out.has(name)) continue;
    out.set(name, {
      name,
      score: match.score,
      lookup: [first, second],
      meaning: meaningOf(table, first, second),
    });
  }
  return [...out.values()];
}

function topOf<T extends { readonly score: number }>(matches: readonly T[]): readonly T[] {
  return matches.filter((match) => match.score === matches[0]?.score);
}
