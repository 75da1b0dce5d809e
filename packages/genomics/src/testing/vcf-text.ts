import type { GeneTable } from '../gene-table.ts';
import { geneTable } from '../tables.ts';

/** For tests: VCF text of a person with the named alleles given, every position of those genes present. */
export interface PersonOptions {
  readonly phased?: boolean;
  readonly sample?: string;
  readonly assembly?: 'GRCh38' | 'GRCh37';
  readonly chr?: boolean;
  /** Positions (GRCh38) to leave out. */
  readonly without?: readonly number[];
  /** Leave out positions at which both strands carry the reference base. */
  readonly variantsOnly?: boolean;
}

const ONE: Readonly<Record<string, string>> = { R: 'G', Y: 'T', S: 'C', M: 'C', W: 'A', K: 'T' };

function baseOf(table: GeneTable, name: string, at: number): string {
  const position = table.positions[at];
  const allele = table.alleles.find((entry) => entry.name === name);
  if (!allele || !position) throw new Error(`${table.gene} has no ${name}`);
  const base = allele.bases.get(at) ?? position.ref;
  if (base === position.ref || position.alts.includes(base)) return base;
  return position.alts.find((alt) => alt === ONE[base]) ?? position.ref;
}

export function header(sample: string, assembly: 'GRCh38' | 'GRCh37' = 'GRCh38'): string {
  const length = assembly === 'GRCh38' ? 248956422 : 249250621;
  return `##fileformat=VCFv4.2\n##contig=<ID=chr1,length=${length}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${sample}\n`;
}

/** Data lines, one a position; `alleles` maps a gene to the alleles of its strands (one for a single copy). */
export function dataLines(
  alleles: Readonly<Record<string, readonly string[]>>,
  options: PersonOptions = {},
): string[] {
  const { phased = false, assembly = 'GRCh38', chr = true } = options;
  const lines: string[] = [];
  for (const [gene, strands] of Object.entries(alleles)) {
    const table = geneTable(gene);
    if (!table) throw new Error(gene);
    table.positions.forEach((position, at) => {
      if (options.without?.includes(position.pos38)) return;
      const bases = strands.map((name) => baseOf(table, name, at));
      const ref = assembly === 'GRCh37' ? position.ref37 : position.ref;
      if (options.variantsOnly && bases.every((base) => base === ref)) return;
      const alts = [...new Set([position.ref, ...position.alts])].filter((base) => base !== ref);
      const gt = bases.map((base) => (base === ref ? 0 : alts.indexOf(base) + 1)).join(phased ? '|' : '/');
      const name = chr ? table.chromosome : table.chromosome.replace('chr', '');
      const pos = assembly === 'GRCh38' ? position.pos38 : position.pos37;
      lines.push(
        `${name}\t${pos}\t${position.rsid || '.'}\t${ref}\t${alts.join(',')}\t.\tPASS\t.\tGT\t${gt}`,
      );
    });
  }
  return lines;
}

export function personVcf(
  alleles: Readonly<Record<string, readonly string[]>>,
  options: PersonOptions = {},
): string {
  return `${header(options.sample ?? 'P1', options.assembly)}${dataLines(alleles, options).join('\n')}\n`;
}
