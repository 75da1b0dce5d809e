import { fail, ok, type Result } from '@foramen/spine/problem';
import { chromosomeName } from './chromosome.ts';
import type { GeneTable } from './gene-table.ts';
import { type Assembly, buildLocusIndex, type Locus } from './locus.ts';
import { SiteCollector } from './site-collector.ts';
import type { VariantFile } from './vcf-reader.ts';
import type { VcfRecord } from './vcf-record.ts';

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' };

/** 23andMe (`rsid chromosome position genotype`) and AncestryDNA (`rsid chromosome position allele1 allele2`) raw data. */
export function isArrayText(firstBytes: string): boolean {
  return (
    /^#.*(23andMe|AncestryDNA)/im.test(firstBytes) ||
    /^#?\s*rsid\tchromosome\tposition\t(genotype|allele1)/im.test(firstBytes)
  );
}

function saysBuild(header: string): Assembly | null {
  if (/build\s*3[56]|ncbi3[56]|hg1[78]/i.test(header)) return null;
  return /build\s*38|grch38/i.test(header) ? 'GRCh38' : 'GRCh37';
}

/**
 * Allele letters of an array at a locus. I and D say insertion and deletion against the longer or shorter allele; letters of the other
 * strand are turned over only where that cannot be mistaken (never for A/T and C/G sites).
 */
function alleleOf(locus: Locus, letter: string): string | null {
  if (locus.isIndel) {
    const forms = [...locus.documented].sort((a, b) => a.length - b.length);
    if (forms.length !== 2) return null;
    if (letter === 'D') return forms[0] ?? null;
    return letter === 'I' ? (forms[1] ?? null) : null;
  }
  if (locus.documented.has(letter)) return letter;
  const turned = COMPLEMENT[letter];
  const palindromic = [...locus.documented].some((base) => locus.documented.has(COMPLEMENT[base] ?? ''));
  return turned && !palindromic && locus.documented.has(turned) ? turned : letter;
}

/** Reads a consumer array file into the same form as a VCF. Most positions are missing, and stay so. */
export function readArrayText(
  text: string,
  tables: readonly GeneTable[],
  where: string,
): Result<VariantFile> {
  const header = text.slice(0, 4000);
  const assembly = saysBuild(header);
  if (assembly === null) {
    return fail({
      code: 'wrong-assembly',
      severity: 'error',
      where,
      what: 'positions are those of build 36, an older genome',
      help: 'Download the raw data again; it comes on build 37 now',
    });
  }
  const index = buildLocusIndex(tables, assembly);
  const collector = new SiteCollector(assembly, [where.replace(/^.*\//, '').replace(/\.[^.]+$/, '')]);
  let rows = 0;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line === '' || line.startsWith('#') || line.startsWith('rsid')) continue;
    const cells = line.split(/[\t,]/).map((cell) => cell.replaceAll('"', ''));
    if (cells.length < 4) {
      return fail({
        code: 'unreadable',
        severity: 'error',
        where,
        what: `line "${line.slice(0, 40)}" does not have four columns`,
        help: 'Give the raw data file as it was downloaded',
      });
    }
    rows++;
    const chromosome = chromosomeName(cells[1] ?? '');
    const pos = Number(cells[2]);
    const genotype = cells.length >= 5 ? `${cells[3]}${cells[4]}` : (cells[3] ?? '');
    const loci = (index.byChromosome.get(chromosome) ?? []).filter(
      (locus) => locus.pos === pos || (locus.isIndel && locus.rsid !== '' && locus.rsid === cells[0]),
    );
    for (const locus of loci) addGenotype(collector, locus, genotype);
  }
  if (rows === 0) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what: 'no genotype rows',
      help: 'Give the raw data file as it was downloaded',
    });
  }
  return ok(collector.file(where, rows, []));
}

function addGenotype(collector: SiteCollector, locus: Locus, genotype: string): void {
  const letters = genotype.replace(/0/g, '-').split('');
  const alleles = letters.map((letter) => (/[ACGTDI]/.test(letter) ? alleleOf(locus, letter) : null));
  if (letters.length === 0 || alleles.some((allele) => allele === null)) {
    collector.noCall(locus);
    return;
  }
  const alts = [
    ...new Set(alleles.filter((allele): allele is string => allele !== null && allele !== locus.ref)),
  ];
  const record: VcfRecord = {
    chromosome: locus.chromosome,
    pos: locus.pos,
    ref: locus.ref,
    alts,
    filter: 'PASS',
    end: locus.pos + locus.ref.length - 1,
    isBlock: false,
    format: { gt: 0, ps: -1, ad: -1, dp: -1, minDp: -1, gq: -1 },
  };
  const gt = alleles.map((allele) => (allele === locus.ref ? 0 : alts.indexOf(allele ?? '') + 1)).join('/');
  collector.add(record, [locus], ['', '', '', '', '', '', '', '', 'GT', gt], [0]);
}
