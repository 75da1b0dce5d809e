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
