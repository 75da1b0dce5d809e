import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callGene } from './call-gene.ts';
import { geneTable } from './tables.ts';
import { bruteForceDiplotypes, type PlainSite } from './testing/brute-force.ts';
import { readText } from './testing/read.ts';
import {
  type Dice,
  dice,
  inventGenome,
  type PlainTable,
  plainTable as parseTable,
} from './testing/sequence.ts';
import { type Spelling, spell } from './testing/spelling.ts';

const plainTable = (gene: string) =>
  parseTable(readFileSync(new URL(`../data/${gene}.json`, import.meta.url), 'utf8'));

const GENES = [
  'CYP2D6',
  'CYP2C19',
  'CYP2C9',
  'CYP2B6',
  'CYP3A4',
  'CYP3A5',
  'CYP4F2',
  'SLCO1B1',
  'UGT1A1',
  'TPMT',
  'NUDT15',
  'NAT2',
  'ABCG2',
  'VKORC1',
  'G6PD',
  'CFTR',
  'CACNA1S',
  'IFNL3',
];
const REQUIRED: Record<string, readonly number[]> = Object.fromEntries(
  GENES.map((gene) => [gene, geneTable(gene)?.required ?? []]),
);
const CODE: Record<string, string> = { R: 'AG', Y: 'CT', S: 'CG', W: 'AT', K: 'GT', M: 'AC' };

function strandOf(table: PlainTable, roll: Dice): string[] {
  const reference = table.alleles[0];
  const own = table.alleles[roll(table.alleles.length)];
  return table.positions.map((position, at) => {
    const base = own?.bases.get(at) ?? reference?.bases.get(at) ?? position.ref;
    const choices = CODE[base];
    if (!choices) return base;
    const open = [...choices].filter((b) => b === position.ref || position.alts.includes(b));
    return open[roll(open.length)] ?? position.ref;
  });
}

/** A person of one gene: two alleles of the table, now and then one base changed to another known one, positions lost. */
function somebody(table: PlainTable, roll: Dice): { sites: PlainSite[]; lost: number[] } {
  const strands = [strandOf(table, roll), strandOf(table, roll)];
  if (roll(6) === 0) {
    const at = roll(table.positions.length);
    const strand = strands[roll(2)];
    const alts = table.positions[at]?.alts ?? [];
    if (strand) strand[at] = alts[roll(alts.length)] ?? strand[at] ?? '';
  }
  const phase = roll(3);
  const many = roll(3);
  const chance = many === 0 ? 0 : many === 1 ? 30 : 3;
  const lost: number[] = [];
  const sites: PlainSite[] = [];
  table.positions.forEach((position, at) => {
    if (chance > 0 && roll(chance) === 0 && !REQUIRED[table.gene]?.includes(position.pos)) {
      lost.push(at);
      return;
    }
    const block = phase === 0 ? null : phase === 1 ? 'one' : `set ${roll(2)}`;
    sites.push({ at, bases: [strands[0]?.[at] ?? '', strands[1]?.[at] ?? ''], block });
  });
  return { sites, lost };
}

function called(table: PlainTable, text: string): { names: string[]; missing: readonly number[] } {
  const read = readText(text);
  const own = geneTable(table.gene);
  if (!('file' in read) || !own) throw new Error('file' in read ? table.gene : read.problem.what);
  const call = callGene(own, read.file.sitesOf('P1').get(table.gene) ?? new Map());
  const names = call.diplotypes
    .filter(() => call.uncalled === null)
    .map((d) => [d.lookup[0], d.lookup[1]].sort().join('/'));
  return { names: [...new Set(names)].sort(), missing: call.missing };
}

describe('people made up by another program', () => {
  it('the invented genome agrees with every table', () => {
    for (const gene of [...GENES, 'DPYD', 'RYR1']) expect(inventGenome(plainTable(gene)).clashes).toEqual([]);
  });

  for (const gene of GENES) {
    it(`${gene}: the same diplotypes as trying everything, however the file spells them`, () => {
      const table = plainTable(gene);
      const wrong: string[] = [];
      for (let seed = 1; seed <= 60; seed++) {
        const roll = dice(seed * 7919 + gene.length * 104729);
        const { sites, lost } = somebody(table, roll);
        const hets = sites.filter((s) => s.bases[0] !== s.bases[1] && s.block === null).length;
        if (sites.length === 0 || hets > 12) continue;
        const want = bruteForceDiplotypes(table, sites);
        const how: Spelling = {
          assembly: roll(3) === 0 ? 'GRCh37' : 'GRCh38',
          chr: roll(2) === 0,
          loose: roll(2) === 0,
          blocks: roll(3) === 0,
          split: roll(3) === 0,
          merge: roll(2) === 0,
          shuffle: roll(3) === 0,
        };
        const text = spell(table, sites, how, roll);
        const got = called(table, text);
        if (got.names.join() !== want.join() || got.missing.join() !== lost.join())
          wrong.push(
            `${seed} ${JSON.stringify(how)}: ${got.names.join()} for ${want.join()}, missing ${got.missing.join()} for ${lost.join()}`,
          );
      }
      expect(wrong).toEqual([]);
    });
  }
});

describe('genes read by their worst variants', () => {
  const hapB3 = 'c.1129-5923C>G, c.1236G>A (HapB3)';
  const worst = (table: PlainTable, names: readonly string[]) =>
    [...names].sort((a, b) => (table.scores.get(a) ?? 9) - (table.scores.get(b) ?? 9));

  for (const gene of ['DPYD', 'RYR1']) {
    it(`${gene}: what is carried and what it means, phased or not`, () => {
      const table = plainTable(gene);
      const reference = table.alleles[0]?.name ?? '';
      const wrong: string[] = [];
      for (let seed = 1; seed <= 150; seed++) {
        const roll = dice(seed * 6271 + gene.length);
        const phased = roll(2) === 0;
        const carried = [0, 1].map(() =>
          Array.from({ length: roll(3) }, () => table.alleles[1 + roll(table.alleles.length - 1)]),
        );
        const taken = new Map<number, string>();
        const clash = carried.some((strand) => {
          const own = new Set<number>();
          return strand.some((allele) =>
            [...(allele?.bases ?? [])].some(([at, base]) => {
              const twice = own.has(at) || (taken.has(at) && taken.get(at) !== base);
              own.add(at);
              taken.set(at, base);
              return twice;
            }),
          );
        });
        // The exonic HapB3 marker shares a base with the intronic allele; both in one person are told apart by rules tested elsewhere.
        const names = carried.map((strand) => strand.map((allele) => allele?.name ?? ''));
        if (clash || names.flat().filter((name) => name.includes('c.1129-5923')).length > 1) continue;
        const sites = table.positions.map((position, at): PlainSite => {
          const base = (k: number) =>
            carried[k]?.find((allele) => allele?.bases.has(at))?.bases.get(at) ?? position.ref;
          return { at, bases: [base(0), base(1)], block: phased ? 'one' : null };
        });
        const how: Spelling = {
          assembly: roll(2) === 0 ? 'GRCh37' : 'GRCh38',
          chr: roll(2) === 0,
          loose: roll(2) === 0,
          blocks: roll(2) === 0,
          split: roll(2) === 0,
          merge: roll(2) === 0,
          shuffle: roll(2) === 0,
        };
        const read = readText(spell(table, sites, how, roll));
        const own = geneTable(gene);
        if (!('file' in read) || !own) throw new Error('file' in read ? gene : read.problem.what);
        const call = callGene(own, read.file.sitesOf('P1').get(gene) ?? new Map());
        const got = call.diplotypes[0]?.meaning;
        const all = names.flat();
        if (gene === 'RYR1') {
          const hit = all.some((name) => table.functions.get(name)?.startsWith('Malignant'));
          const want = hit ? 'Malignant Hyperthermia Susceptibility' : 'Uncertain Susceptibility';
          if (got?.phenotype !== want) wrong.push(`${seed} ${all.join()}: ${got?.phenotype} for ${want}`);
        } else {
          // A homozygous variant lies on both strands whatever the phase.
          const lowest = (list: readonly string[]) =>
            table.scores.get(worst(table, list)[0] ?? reference) ?? 1;
          const free = worst(table, [...all, reference, reference]);
          const sum = phased
            ? lowest(names[0] ?? []) + lowest(names[1] ?? [])
            : (table.scores.get(free[0] ?? '') ?? 1) + (table.scores.get(free[1] ?? '') ?? 1);
          if (Number(got?.score) !== sum)
            wrong.push(`${seed} ${phased} ${names.join(' | ')}: ${got?.score} for ${sum}`);
        }
        const printed = call.names.join(' ');
        for (const name of all)
          if (!printed.includes(name) && !(name === hapB3 && printed.includes('HapB3')))
            wrong.push(`${seed} ${name} not in ${printed}`);
      }
      expect(wrong).toEqual([]);
    });
  }
});

describe('one X', () => {
  it('gives a man one allele, and another man the same allele twice where his file writes two copies', () => {
    const table = plainTable('G6PD');
    const own = geneTable('G6PD');
    for (let seed = 1; seed <= 60; seed++) {
      const roll = dice(seed * 31337);
      const strand = strandOf(table, roll);
      const sites = table.positions.map((_p, at): PlainSite => {
        const base = strand[at] ?? '';
        return { at, bases: [base, base], block: null };
      });
      const plain = { chr: true, loose: false, blocks: false, split: false, merge: false, shuffle: false };
      const text = spell(table, sites, { assembly: 'GRCh38', ...plain }, roll);
      const two = called(table, text).names;
      const read = readText(text.replace(/\t(\d)\/\1(:\.)$/gm, '\t$1$2'));
      if (!('file' in read) || !own) throw new Error('G6PD');
      const one = callGene(own, read.file.sitesOf('P1').get('G6PD') ?? new Map());
      expect(one.haploid).toBe(true);
      expect(one.diplotypes.map((d) => `${d.lookup[0]}/${d.lookup[0]}`)).toEqual(
        two.filter((name) => name.split('/')[0] === name.split('/')[1]),
      );
      const meanings = one.diplotypes.map((d) => d.meaning.phenotype);
      expect(meanings.every((text2) => text2 !== '' && text2 !== 'Variable')).toBe(true);
    }
  });
});
