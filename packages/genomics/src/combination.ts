import type { DiplotypeMatch } from './diplotype.ts';
import type { GeneTable, NamedAllele } from './gene-table.ts';
import { combinationName, compareNames } from './name-order.ts';
import { accepts, layouts, type Strand, type Strands } from './strands.ts';

/** One reading of one strand: the named alleles on it and the variants left over that no named allele claims. */
export interface StrandReading {
  readonly alleles: readonly string[];
  readonly partials: readonly { readonly at: number; readonly name: string }[];
  readonly name: string;
}

function readingName(
  alleles: readonly string[],
  partials: readonly { name: string }[],
  reference: string,
): string {
  const left = partials.map((partial) => partial.name);
  if (alleles.length === 0) return left.length > 0 ? combinationName(left) : reference;
  return combinationName([...alleles, ...left]);
}

function makeReading(
  table: GeneTable,
  alleles: string[],
  partials: { at: number; name: string }[],
): StrandReading {
  const sorted = [...alleles].sort(compareNames);
  return {
    alleles: sorted,
    partials,
    name: readingName(sorted, partials, table.alleles[0]?.name ?? 'Reference'),
  };
}

function hgvsFor(table: GeneTable, at: number, base: string): string {
  const position = table.positions[at];
  if (!position) return '';
  const known = position.hgvs[position.alts.indexOf(base)];
  return known ?? `g.${position.pos38}${position.ref}>${base}`;
}

/**
 * Readings of one strand as a sum of named alleles. Larger alleles are placed first and smaller ones that share a position with
 * them are left out, their other bases then told one by one; two of the same size that share one (a missing position made them alike) give two readings.
 */
export function readStrand(
  table: GeneTable,
  strand: Strand,
  usable: readonly NamedAllele[],
): readonly StrandReading[] {
  const varied: number[] = [];
  for (const [at, base] of strand) if (base !== null && base !== table.positions[at]?.ref) varied.push(at);
  const covered = usable.filter((allele) => {
    if (allele.isReference || allele.bases.size === 0) return false;
    for (const [at, base] of allele.bases) if (!accepts(base, strand.get(at) ?? null)) return false;
    return true;
  });
  const leftOver = (taken: readonly NamedAllele[]) => {
    const claimed = new Set(taken.flatMap((allele) => [...allele.bases.keys()]));
    return varied
      .filter((at) => !claimed.has(at))
      .map((at) => ({ at, name: hgvsFor(table, at, strand.get(at) ?? '') }));
  };
  const reading = (combo: readonly NamedAllele[]) =>
    makeReading(
      table,
      combo.map((allele) => allele.name),
      leftOver(combo),
    );
  if (covered.length <= 1) return [reading(covered)];
  const bySize = [...covered].sort((a, b) => b.bases.size - a.bases.size || (a.name < b.name ? -1 : 1));
  const combos: NamedAllele[][] = [];
  for (const allele of bySize) {
    let added = false;
    let larger = false;
    for (const combo of combos) {
      let overlaps = false;
      for (const other of combo) {
        if (![...allele.bases.keys()].some((at) => other.bases.has(at))) continue;
        overlaps = true;
        if (other.bases.size !== allele.bases.size) {
          larger = true;
          break;
        }
      }
      if (!overlaps) {
        combo.push(allele);
        added = true;
      }
    }
    if (!added && !larger) combos.push([allele]);
  }
  return combos.map(reading);
}

export interface CombinationMatch extends DiplotypeMatch {
  readonly readings: readonly [StrandReading, StrandReading | null];
}

/**
 * Diplotypes in which a strand may be a combination of named alleles, or a named allele with variants of its own. Empty when there
 * are too many ways to lay out the strands to enumerate.
 */
export function matchCombinations(
  strands: Strands,
  exclude: ReadonlySet<string> = new Set(),
): readonly CombinationMatch[] {
  const { table } = strands;
  const usable = table.alleles.filter(
    (allele) => !exclude.has(allele.name) && !(table.gene === 'UGT1A1' && allele.name.includes('+')),
  );
  const ways = layouts(strands);
  if (!ways) return [];
  const found = new Map<string, CombinationMatch>();
  for (const [a, b] of ways) {
    const firsts = readStrand(table, a, usable);
    if (strands.haploid) {
      for (const x of firsts) {
        found.set(x.name, { name: x.name, alleles: [x.name, null], score: 0, readings: [x, null] });
      }
      continue;
    }
    for (const x of firsts) {
      for (const y of readStrand(table, b, usable)) {
        const [p, q] = compareNames(x.name, y.name) <= 0 ? [x, y] : [y, x];
        const name = `${p.name}/${q.name}`;
        if (!found.has(name))
          found.set(name, { name, alleles: [p.name, q.name], score: 0, readings: [p, q] });
      }
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compareNames(a.alleles[0], b.alleles[0]) || compareNames(a.alleles[1] ?? '', b.alleles[1] ?? ''),
  );
}
