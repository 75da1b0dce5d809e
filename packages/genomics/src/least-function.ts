import { type CombinationMatch, matchCombinations, readStrand, type StrandReading } from './combination.ts';
import { type DiplotypeMatch, matchDiplotypes } from './diplotype.ts';
import type { GeneTable, NamedAllele } from './gene-table.ts';
import {
  HAPB3_ALLELES,
  type HapB3Sites,
  hapB3OnStrand,
  hapB3Sites,
  hapB3Unphased,
  hasHapB3Variant,
} from './hapb3.ts';
import { combinationName, compareNames, printDiplotype } from './name-order.ts';
import { functionOf, strandParts } from './phenotype.ts';
import { accepts, layouts, type Strand, type Strands } from './strands.ts';

interface LeastFunctionCall {
  /** As a laboratory would print them: whole diplotypes when phased, else single variants. */
  readonly names: readonly string[];
  /** The two alleles that decide, worst first per strand. */
  readonly lookup: readonly [string, string] | null;
  readonly notes: readonly string[];
}

/** Worst first: lowest activity value, or malignant-hyperthermia-associated before anything else. */
function compareDamage(table: GeneTable, a: string, b: string): number {
  const rank = (name: string): number => {
    if (table.gene === 'RYR1') return functionOf(table, name)?.startsWith('Malignant') ? 0 : 1;
    const score = Number(table.scores.get(name));
    return Number.isNaN(score) ? -1 : score;
  };
  return rank(a) - rank(b) || compareNames(a, b);
}

function worst(table: GeneTable, strand: string): string {
  return [...strandParts(strand)].sort((a, b) => compareDamage(table, a, b))[0] ?? strand;
}

/** Of several diplotypes, the one that would do most harm if it were the true one. */
function decide(table: GeneTable, matches: readonly DiplotypeMatch[]): readonly [string, string] | null {
  const pairs = matches.map((match): [string, string] => [
    worst(table, match.alleles[0]),
    worst(table, match.alleles[1] ?? match.alleles[0]),
  ]);
  const damage = (pair: readonly [string, string]): number =>
    pair.reduce((sum, name) => {
      if (table.gene === 'RYR1') return sum - (functionOf(table, name)?.startsWith('Malignant') ? 1 : 0);
      const score = Number(table.scores.get(name));
      return sum + (Number.isNaN(score) ? 2 : score);
    }, 0);
  pairs.sort((a, b) => damage(a) - damage(b) || compareNames(a[0], b[0]) || compareNames(a[1], b[1]));
  return pairs[0] ?? null;
}

function addHapB3(
  table: GeneTable,
  reading: StrandReading,
  allele: string | null,
  sites: HapB3Sites,
): string {
  const alleles = [...reading.alleles, ...(allele ? [allele] : [])].sort(compareNames);
  const partials = reading.partials
    .filter(({ at }) => at !== sites.exon && at !== sites.intron)
    .map((p) => p.name);
  const all = [...alleles, ...partials];
  return all.length > 0 ? combinationName(all) : (table.alleles[0]?.name ?? 'Reference');
}

/** Strand by strand, with HapB3 read by its own rule and put back. */
function withHapB3(strands: Strands, sites: HapB3Sites, notes: Set<string>): DiplotypeMatch[] {
  const { table } = strands;
  const out = new Map<string, DiplotypeMatch>();
  for (const [a, b] of layouts(strands) ?? []) {
    const one: Strands = {
      ...strands,
      first: a,
      second: b,
      blocks: strands.blocks.length > 0 ? [strands.blocks.flat()] : [],
    };
    const calls = [a, b].map((strand: Strand) => hapB3OnStrand(table, strand, sites));
    for (const call of calls) if (call.note) notes.add(call.note);
    const usable = table.alleles.filter((allele) => !HAPB3_ALLELES.has(allele.name));
    for (const match of pairReadings(one, usable)) {
      const x = addHapB3(table, match[0], calls[0]?.allele ?? null, sites);
      const y = addHapB3(table, match[1], calls[1]?.allele ?? null, sites);
      const [p, q] = compareNames(x, y) <= 0 ? [x, y] : [y, x];
      out.set(`${p}/${q}`, { name: `${p}/${q}`, alleles: [p, q], score: 0 });
    }
  }
  return [...out.values()];
}

function pairReadings(strands: Strands, usable: readonly NamedAllele[]): [StrandReading, StrandReading][] {
  const a = readStrand(strands.table, strands.first, usable);
  const b = readStrand(strands.table, strands.second, usable);
  return a.flatMap((x) => b.map((y): [StrandReading, StrandReading] => [x, y]));
}

/** Alleles that some layout of the strands could carry, and those that both strands must carry. */
function singleVariants(
  strands: Strands,
  exclude: ReadonlySet<string>,
): { present: string[]; homozygous: Set<string> } {
  const { table } = strands;
  const blockOf = new Map<number, number>();
  strands.blocks.forEach((block, index) => {
    for (const at of block) blockOf.set(at, index);
  });
  const present: string[] = [];
  const homozygous = new Set<string>();
  for (const allele of table.alleles) {
    if (exclude.has(allele.name)) continue;
    const sides = new Map<number, Set<number>>();
    let possible = allele.isReference ? strands.present.length > 0 : false;
    let both = true;
    for (const [at, base] of allele.bases) {
      if (!strands.isPresent.has(at)) {
        if (allele.isReference) continue;
        possible = false;
        both = false;
        break;
      }
      possible = true;
      const onFirst = accepts(base, strands.first.get(at) ?? null);
      const onSecond = accepts(base, strands.second.get(at) ?? null);
      if (!onFirst || !onSecond) both = false;
      const block = blockOf.get(at) ?? -1 - at;
      const before = sides.get(block) ?? new Set([0, 1]);
      const here = new Set(
        [onFirst ? 0 : -1, onSecond ? 1 : -1].filter((side) => side >= 0 && before.has(side)),
      );
      if (here.size === 0) {
        possible = false;
        break;
      }
      sides.set(block, here);
    }
    if (!possible) continue;
    present.push(allele.name);
    if (both) homozygous.add(allele.name);
  }
  return { present: present.sort(compareNames), homozygous };
}

function unphased(strands: Strands, notes: Set<string>): LeastFunctionCall {
  const { table } = strands;
  const reference = table.alleles[0]?.name ?? 'Reference';
  const isDpyd = table.gene === 'DPYD';
  const { present, homozygous } = singleVariants(strands, isDpyd ? HAPB3_ALLELES : new Set());
  const hapB3 = isDpyd ? hapB3Unphased(strands, hapB3Sites(table)) : { alleles: [], notes: [] };
  for (const note of hapB3.notes) notes.add(note);
  const keepReference = present.length + hapB3.alleles.length <= 2;
  const names = [...present.filter((name) => keepReference || name !== reference), ...hapB3.alleles];
  if (names.length === 0) return { names: [], lookup: null, notes: [...notes] };
  const copies = names.flatMap((name) =>
    homozygous.has(name) && name !== reference ? [name, name] : [name],
  );
  copies.sort((a, b) => compareDamage(table, a, b));
  const [a, b] = [copies[0] ?? reference, copies[1] ?? reference];
  return { names: [...new Set(names)].sort(compareNames), lookup: [a, b], notes: [...notes] };
}

/**
 * DPYD and RYR1. Their variants are rare and combine freely, so each strand may carry several, and what counts is the worst
 * variant of each strand; without phase, the two worst of all (CPIC DPYD 2017 with update 2023; CPIC RYR1 2018).
 */
export function callLeastFunction(strands: Strands): LeastFunctionCall {
  const { table } = strands;
  const notes = new Set<string>();
  const reference = table.alleles[0]?.name ?? 'Reference';
  const print = (matches: readonly DiplotypeMatch[]): LeastFunctionCall => ({
    names: matches
      .map(({ alleles: [a, b] }) => (b === null ? a : printDiplotype(reference, a, b)))
      .filter((name, index, all) => all.indexOf(name) === index),
    lookup: decide(table, matches),
    notes: [...notes],
  });
  const tied = strands.effectivelyPhased || (strands.usesPhaseSets && strands.blocks.length <= 12);
  if (!tied) return unphased(strands, notes);
  if (table.gene === 'DPYD') {
    const sites = hapB3Sites(table);
    if (hasHapB3Variant(strands, sites)) return print(withHapB3(strands, sites, notes));
  }
  if (strands.effectivelyPhased && !strands.partial) {
    const exact = matchDiplotypes(strands, false);
    if (exact.length > 0) return print(exact);
  }
  const combined: readonly CombinationMatch[] = matchCombinations(strands);
  return combined.length > 0 ? print(combined) : unphased(strands, notes);
}
