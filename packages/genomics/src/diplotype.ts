import type { GeneTable, NamedAllele } from './gene-table.ts';
import { compareNames } from './name-order.ts';
import { accepts, definedCount, expectedBase, isWobble, type Strands } from './strands.ts';

export interface DiplotypeMatch {
  readonly name: string;
  /** Allele names of the two strands; the second is null for one-copy genes. */
  readonly alleles: readonly [string, string | null];
  /** How many defined positions the pair explains; the reference allele scores every position present. */
  readonly score: number;
}

interface Candidate {
  readonly allele: NamedAllele;
  readonly defined: number;
}

/**
 * Alleles that each present position allows on at least one strand. Positions where both strands read as the reference
 * allele need no look: an allele is refused there exactly when it defines something else, which its own positions tell.
 */
function candidates(table: GeneTable, strands: Strands): Candidate[] {
  const differing: number[] = [];
  const reference = table.alleles[0];
  for (const at of strands.present) {
    const expected = reference ? defaultBase(table, at) : '';
    if (strands.first.get(at) !== expected || (!strands.haploid && strands.second.get(at) !== expected))
      differing.push(at);
  }
  const fits = (allele: NamedAllele, at: number) => {
    const expected = expectedBase(table, allele, at);
    return (
      accepts(expected, strands.first.get(at) ?? null) || accepts(expected, strands.second.get(at) ?? null)
    );
  };
  const out: Candidate[] = [];
  const anyMissing = strands.missing.length > 0;
  for (const allele of table.alleles) {
    const defined = definedCount(allele, strands);
    if (anyMissing && defined === 0) continue;
    let ok = true;
    if (!allele.isReference) {
      for (const at of allele.bases.keys()) {
        if (strands.isPresent.has(at) && !fits(allele, at)) {
          ok = false;
          break;
        }
      }
    }
    if (ok && differing.every((at) => fits(allele, at))) out.push({ allele, defined });
  }
  return out;
}

function defaultBase(table: GeneTable, at: number): string {
  const base = table.alleles[0]?.bases.get(at) ?? '';
  return isWobble(base) ? (table.positions[at]?.ref ?? '') : base;
}

/** A wobble that met the reference base explains nothing, so it does not count. */
function wobblePenalty(table: GeneTable, allele: NamedAllele, at: number, observed: string | null): number {
  const base = allele.bases.get(at);
  return base !== undefined && isWobble(base) && observed === table.positions[at]?.ref ? 1 : 0;
}

function fitPair(table: GeneTable, strands: Strands, x: NamedAllele, y: NamedAllele): number | null {
  let penalty = 0;
  for (const block of strands.blocks) {
    let best: number | null = null;
    for (const swapped of [false, true]) {
      let cost: number | null = 0;
      for (const at of block) {
        const a = (swapped ? strands.second : strands.first).get(at) ?? null;
        const b = (swapped ? strands.first : strands.second).get(at) ?? null;
        if (!accepts(expectedBase(table, x, at), a) || !accepts(expectedBase(table, y, at), b)) {
          cost = null;
          break;
        }
        cost += wobblePenalty(table, x, at, a) + wobblePenalty(table, y, at, b);
      }
      if (cost !== null && (best === null || cost < best)) best = cost;
    }
    if (best === null) return null;
    penalty += best;
  }
  return penalty;
}

/** Whether a pair of alleles explains what a sample shows at the positions it has. */
export function pairFits(strands: Strands, x: NamedAllele, y: NamedAllele): boolean {
  const { table } = strands;
  const inBlocks = new Set(strands.blocks.flat());
  return (
    strands.present.every(
      (at) =>
        inBlocks.has(at) ||
        (accepts(expectedBase(table, x, at), strands.first.get(at) ?? null) &&
          accepts(expectedBase(table, y, at), strands.second.get(at) ?? null)),
    ) && fitPair(table, strands, x, y) !== null
  );
}

/** Wobbles at positions where both strands agree, which no layout changes. */
function fixedPenalty(
  table: GeneTable,
  strands: Strands,
  allele: NamedAllele,
  inBlocks: ReadonlySet<number>,
): number {
  let penalty = 0;
  for (const at of allele.bases.keys()) {
    if (!strands.isPresent.has(at) || inBlocks.has(at)) continue;
    penalty += wobblePenalty(table, allele, at, strands.first.get(at) ?? null);
  }
  return penalty;
}

/**
 * Every pair of named alleles that explains the sample, best first. A position the sample lacks is left out of the comparison, so
 * alleles it would have told apart all stay. Work grows with the square of the alleles still possible, never with the number of
 * ways to phase, so a file with few positions costs no more than a full one.
 */
export function matchDiplotypes(strands: Strands, topOnly: boolean): readonly DiplotypeMatch[] {
  const { table } = strands;
  const possible = candidates(table, strands);
  const inBlocks = new Set(strands.blocks.flat());
  const fixed = possible.map((c) => fixedPenalty(table, strands, c.allele, inBlocks));
  const found: DiplotypeMatch[] = [];
  if (strands.haploid) {
    possible.forEach((c, i) => {
      found.push({ name: c.allele.name, alleles: [c.allele.name, null], score: c.defined - (fixed[i] ?? 0) });
    });
  } else {
    for (let i = 0; i < possible.length; i++) {
      const x = possible[i];
      if (!x) continue;
      for (let j = i; j < possible.length; j++) {
        const y = possible[j];
        if (!y) continue;
        const fit = fitPair(table, strands, x.allele, y.allele);
        if (fit === null) continue;
        const [a, b] = [x.allele.name, y.allele.name];
        const ordered: [string, string] = compareNames(a, b) <= 0 ? [a, b] : [b, a];
        found.push({
          name: `${ordered[0]}/${ordered[1]}`,
          alleles: ordered,
          score: x.defined + y.defined - (fixed[i] ?? 0) - (fixed[j] ?? 0) - fit,
        });
      }
    }
  }
  found.sort((a, b) => b.score - a.score || compareDiplotypes(a, b));
  const best = found[0]?.score;
  return topOnly ? found.filter((match) => match.score === best) : found;
}

function compareDiplotypes(a: DiplotypeMatch, b: DiplotypeMatch): number {
  return compareNames(a.alleles[0], b.alleles[0]) || compareNames(a.alleles[1] ?? '', b.alleles[1] ?? '');
}

/** Of several equally possible unphased pairs, the one that population data say is meant (NAT2; Gutiérrez-Virgen 2016). */
export function preferredDiplotype(
  table: GeneTable,
  matches: readonly DiplotypeMatch[],
): DiplotypeMatch | null {
  const names = new Set(matches.map((match) => match.name));
  for (const rule of table.priorities) {
    if (!rule.among.every((name) => names.has(name))) continue;
    return matches.find((match) => match.name === rule.pick) ?? null;
  }
  return null;
}
