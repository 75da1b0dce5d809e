import { fail, ok, type Result } from '@foramen/spine/problem';
import { assemblyOfLength, chromosomeName } from './chromosome.ts';
import type { Assembly } from './locus.ts';

export interface VcfHeader {
  readonly samples: readonly string[];
  /** What the header says of the assembly; null when it says nothing. */
  readonly assembly: Assembly | null;
  /** Mitochondrial contig of hg19, whose numbering differs from the rCRS. */
  readonly oldMitochondrion: boolean;
}

/** Chromosome 1 of NCBI36 and of T2T-CHM13. */
const OTHER_CHR1: ReadonlySet<number> = new Set([247249719, 248387328]);

/** No chromosome of a human genome is shorter, in bases; a contig that is can only be a part or an example. */
const SHORTEST = 40_000_000;

function isPrimary(chromosome: string): boolean {
  return /^chr([1-9]|1\d|2[0-2]|X|Y)$/.test(chromosome);
}

function saysAssembly(text: string): Assembly | null {
  if (/grch38|hg38|hs38|b38\b/i.test(text)) return 'GRCh38';
  return /grch37|hg19|hs37|b37\b|g1k_v37/i.test(text) ? 'GRCh37' : null;
}

/** Genomes older than GRCh37, and T2T. */
function isOtherAssembly(text: string): boolean {
  return saysAssembly(text) === null && /hg1[5-8]\b|(ncbi|\bb)3[456]\b|chm13|t2t/i.test(text);
}

const COLUMNS = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT'];

/** Reads `##` lines and the `#CHROM` line. Refuses what is not a germline VCF with genotypes on GRCh38 or GRCh37. */
export function readVcfHeader(lines: readonly string[], where: string): Result<VcfHeader> {
  const first = lines[0] ?? '';
  if (!first.startsWith('##fileformat=VCF') && !lines.some((line) => line.startsWith('#CHROM\t'))) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what: 'not a VCF: the header lines are missing',
      help: 'Give a VCF (plain, gzip or bgzip) or a 23andMe or AncestryDNA text file',
    });
  }
  if (first.includes('\r')) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what: 'its lines end in carriage returns alone',
      help: 'Save it with line ends of Unix or Windows',
    });
  }
  const said = new Set<Assembly>();
  let misfit: string | null = null;
  let other = false;
  let older: string | null = null;
  let oldMitochondrion = false;
  let somatic: string | null = null;
  for (const line of lines) {
    if (line.startsWith('##contig=')) {
      const id = /ID=([^,>]+)/.exec(line)?.[1] ?? '';
      const length = /length=(\d+)/.exec(line)?.[1];
      const assembly = /assembly="?([^",>]+)/.exec(line)?.[1];
      const chromosome = chromosomeName(id);
      const fits = length ? assemblyOfLength(chromosome, Number(length)) : null;
      if (fits) said.add(fits);
      else if (isPrimary(chromosome) && Number(length) > SHORTEST) misfit ??= chromosome;
      if (chromosome === 'chr1' && OTHER_CHR1.has(Number(length))) other = true;
      if (chromosome === 'chrM' && length === '16571') oldMitochondrion = true;
      const build = assembly ? saysAssembly(assembly) : null;
      if (build) said.add(build);
      if (assembly && isOtherAssembly(assembly)) older ??= assembly;
    } else if (/^##(reference|assembly)=/i.test(line)) {
      const build = saysAssembly(line);
      if (build) said.add(build);
      if (isOtherAssembly(line)) older ??= line.replace(/^##\w+=|.*\//g, '').slice(0, 60);
    }
    if (
      /^##(tumor_sample|normal_sample)=|^##(source|content)=.*(mutect|somatic)|^##GATKCommandLine.*ID=mutect|^##INFO=<ID=SOMATIC,/i.test(
        line,
      )
    ) {
      somatic = line.slice(2, 60);
    }
  }
  const named = lines.find((line) => line.startsWith('#CHROM'));
  if (named === undefined) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what: 'the header ends without its #CHROM line',
      help: 'Give the file as its caller wrote it',
    });
  }
  const columns = named.split('\t');
  const samples = columns.slice(9);
  if (samples.length > 1 && samples.some((name) => /^tumou?r$/i.test(name)))
    somatic ??= `sample ${samples.join(', ')}`;
  if (new Set(samples).size < samples.length) {
    const twice = samples.find((name, at) => samples.indexOf(name) !== at) ?? '';
    return fail({
      code: 'inconsistent',
      severity: 'error',
      where,
      what: `two sample columns are called ${twice}`,
      help: 'Give each sample its own name (bcftools reheader)',
    });
  }
  if (somatic) {
    return fail({
      code: 'unsupported',
      severity: 'error',
      where,
      what: `a somatic (tumour) VCF: ${somatic}`,
      help: 'Drug metabolism is inherited: give the germline call set of this person',
    });
  }
  if (other || ((misfit || older) && said.size === 0)) {
    const first = other ? 'chr1' : misfit;
    return fail({
      code: 'wrong-assembly',
      severity: 'error',
      where,
      what: first
        ? `${first} has the length of neither GRCh38 nor GRCh37`
        : `called on ${older}, which is neither GRCh38 nor GRCh37`,
      help: 'Call or lift over to GRCh38 first',
    });
  }
  if (columns.length === 1 && /^#CHROM\s+POS\s/.test(columns[0] ?? '')) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what: 'columns are separated by spaces',
      help: 'Separate them by tabs, as VCF asks',
    });
  }
  if (samples.length === 0) {
    return fail({
      code: 'missing',
      severity: 'error',
      where,
      what: 'no sample column: a list of sites without genotypes',
      help: 'Give a VCF with at least one sample and a GT field',
    });
  }
  const odd = COLUMNS.findIndex((name, at) => columns[at]?.trim().toUpperCase() !== name);
  if (odd >= 0) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what: `column ${odd + 1} is called ${columns[odd]} where ${COLUMNS[odd]} belongs`,
      help: 'Give the file as its caller wrote it',
    });
  }
  if (said.size > 1) {
    return fail({
      code: 'wrong-assembly',
      severity: 'error',
      where,
      what: 'the header names both GRCh38 and GRCh37',
      help: 'Correct the ##contig and ##reference lines, or call again on one assembly',
    });
  }
  const [assembly] = said;
  return ok({ samples, assembly: assembly ?? null, oldMitochondrion });
}
