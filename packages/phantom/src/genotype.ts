import PANEL from '../data/pharmacogene-panel.json' with { type: 'json' };

/** Named alleles of the two chromosomes, gene by gene; a gene not named is homozygous for its first allele (*1). */
export type GenotypeStory = Readonly<Record<string, readonly [string, string]>>;

interface PanelGene {
  readonly gene: string;
  readonly chromosome: string;
  readonly positions: readonly (readonly [number, string, string, string])[];
  readonly alleles: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const GENES = PANEL.genes as unknown as readonly PanelGene[];
const MARKERS = PANEL.markers as unknown as readonly (readonly [string, number, string, string, string])[];

const CHROMOSOME_ORDER = (name: string): number => {
  const n = Number(name.replace('chr', ''));
  return Number.isNaN(n) ? 99 : n;
};

/**
 * A targeted-panel VCF 4.2 on GRCh38: every position of the panel's genes is written, reference or not, so that nothing is
 * left to assumption. Positions and alleles are CPIC's (CC0). Structural alleles of CYP2D6 are not written.
 * @param markers Genotypes by rs number for single markers outside star-allele genes ('0/1'); others are reference.
 * @throws RangeError when a story names an allele the panel does not know.
 */
export function writeVcf(
  sample: string,
  story: GenotypeStory,
  markers: Readonly<Record<string, string>> = {},
): string {
  const rows: { readonly chrom: string; readonly pos: number; readonly line: string }[] = [];
  for (const gene of GENES) {
    const names = Object.keys(gene.alleles);
    const fallback = names.includes('*1') ? '*1' : names[0];
    const pair = story[gene.gene] ?? (fallback ? [fallback, fallback] : null);
    const strands = pair
      ? pair.map((name) => {
          const allele = gene.alleles[name];
          if (!allele) throw new RangeError(`${gene.gene} ${name} is not in the panel`);
          return allele;
        })
      : [{}, {}];
    for (const [pos, rsid, ref, alt] of gene.positions) {
      const alts = alt.split(',');
      const codes = strands.map((s) => {
        const base = (s as Readonly<Record<string, string>>)[String(pos)];
        return base === undefined ? 0 : alts.indexOf(base) + 1;
      });
      const gt = `${codes[0]}|${codes[1]}`;
      const line = [
        gene.chromosome,
        pos,
        rsid || '.',
        ref,
        alt,
        '99',
        'PASS',
        `GENE=${gene.gene}`,
        'GT:GQ:DP',
        `${gt}:99:42`,
      ];
      rows.push({ chrom: gene.chromosome, pos, line: line.join('\t') });
    }
  }
  for (const [chrom, pos, rsid, ref, alt] of MARKERS) {
    const line = [
      chrom,
      pos,
      rsid,
      ref,
      alt,
      '99',
      'PASS',
      '.',
      'GT:GQ:DP',
      `${markers[rsid] ?? '0/0'}:99:40`,
    ];
    rows.push({ chrom, pos, line: line.join('\t') });
  }
  rows.sort((a, b) => CHROMOSOME_ORDER(a.chrom) - CHROMOSOME_ORDER(b.chrom) || a.pos - b.pos);
  const header = [
    '##fileformat=VCFv4.2',
    '##source=foramen-phantom (synthetic, no real person)',
    '##reference=GRCh38',
    ...CONTIGS.map(([id, length]) => `##contig=<ID=${id},length=${length},assembly=GRCh38>`),
    '##INFO=<ID=GENE,Number=1,Type=String,Description="Gene">',
    '##FILTER=<ID=PASS,Description="All filters passed">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Read depth">',
    ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT', sample].join('\t'),
  ];
  return `${[...header, ...rows.map((r) => r.line)].join('\n')}\n`;
}

/** Lengths of GRCh38 chromosomes the panel touches. */
const CONTIGS = [
  ['chr1', 248956422],
  ['chr2', 242193529],
  ['chr4', 190214555],
  ['chr6', 170805979],
  ['chr7', 159345973],
  ['chr10', 133797422],
  ['chr11', 135086622],
  ['chr12', 133275309],
  ['chr16', 90338345],
  ['chr19', 58617616],
  ['chr22', 50818468],
] as const;
