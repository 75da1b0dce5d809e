import { describe, expect, it } from 'vitest';
import type { VariantPosition } from './gene-table.ts';
import { callGenome } from './profile.ts';
import { geneTable } from './tables.ts';
import { readArrayText } from './testing/read.ts';

const NOTES =
  '# 23andMe\n# We are using reference human assembly build 37\n# rsid\tchromosome\tposition\tgenotype\n';
const OTHER: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' };

/** Raw data of one gene with every single-base position it names; `letters` as the file gives them. */
function rows(gene: string, letters: (position: VariantPosition) => string): string {
  const table = geneTable(gene);
  if (!table) throw new Error(gene);
  return table.positions
    .filter(({ rsid, ref, alts }) => rsid !== '' && ref.length === 1 && alts.every((alt) => alt.length === 1))
    .map(
      (position) =>
        `${position.rsid}\t${table.chromosome.slice(3)}\t${position.pos37}\t${letters(position)}\n`,
    )
    .join('');
}

function read(text: string) {
  const file = readArrayText(NOTES + text);
  if (!file.ok) return file.problems[0].what;
  const called = callGenome(file.value, 'me', { brief: true, genesOnly: true });
  if (!called.ok) return called.problems[0].what;
  return called.value.genes;
}
const genesOf = (text: string) => {
  const genes = read(text);
  if (typeof genes === 'string') throw new Error(genes);
  return genes;
};

const own = ({ ref37 }: VariantPosition) => ref37 + ref37;
const turned = ({ ref37 }: VariantPosition) => (OTHER[ref37] ?? '').repeat(2);

describe('raw data of an array', () => {
  it('given on the other strand leaves out what looks alike on both', () => {
    const { CYP2C19 } = genesOf(rows('CYP2C19', own));
    expect(CYP2C19).toMatchObject({ diplotypes: ['*1/*1'], missingPositions: [] });
    const other = genesOf(rows('CYP2C19', turned)).CYP2C19;
    expect(other?.diplotypes).toContain('*1/*1');
    const positions = geneTable('CYP2C19')?.positions ?? [];
    const alike = positions.filter(({ ref, alts }) =>
      [ref, ...alts].some((base) => [ref, ...alts].includes(OTHER[base] ?? '')),
    );
    expect(alike.length).toBeGreaterThan(2);
    expect(other?.missingPositions).toEqual(alike.map(({ rsid }) => rsid));
    expect(other?.notes.join()).toContain('look alike on both');
  });

  it('is read in small letters, too', () => {
    expect(genesOf(rows('CYP2C19', (position) => own(position).toLowerCase())).CYP2C19?.diplotypes).toEqual([
      '*1/*1',
    ]);
  });

  it('with one copy here and two there, or three, is refused, and one X in a man is not', () => {
    const [first, ...rest] = rows('CYP2C19', own).trimEnd().split('\n');
    const cut = `${first?.slice(0, -1)}\n${rest.join('\n')}\n`;
    expect(read(cut)).toMatch(/mixed ploidy/);
    expect(read(`${first}${first?.slice(-1)}\n${rest.join('\n')}\n`)).toMatch(/more than two copies/);
    expect(genesOf(rows('G6PD', ({ ref37 }) => ref37)).G6PD?.diplotypes).toEqual(['B (reference)']);
  });

  it('without a call, or half of one, is missing there', () => {
    const half = genesOf(rows('CYP2C19', (p) => (p.rsid === 'rs4244285' ? `${p.ref37}-` : own(p)))).CYP2C19;
    const none = genesOf(rows('CYP2C19', (p) => (p.rsid === 'rs4244285' ? '--' : own(p)))).CYP2C19;
    for (const gene of [half, none])
      expect(gene).toMatchObject({ missingPositions: ['rs4244285'], status: 'provisional' });
  });
});
