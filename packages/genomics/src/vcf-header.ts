import { fail, ok, type Result } from '@foramen/spine/problem';
import type { Assembly } from './locus.ts';

export interface VcfHeader {
  readonly samples: readonly string[];
  /** What the header says of the assembly; null when it says nothing. */
  readonly assembly: Assembly | null;
  /** Reference blocks (gVCF) may occur: records then reach to their END. */
  readonly hasBlocks: boolean;
  /** Mitochondrial contig of hg19, whose numbering differs from the rCRS. */
  readonly oldMitochondrion: boolean;
}

const CHR1: Readonly<Record<string, Assembly | 'other'>> = {
  '248956422': 'GRCh38',
  '249250621': 'GRCh37',
  '247249719': 'other',
  '248387328': 'other',
};

function saysAssembly(text: string): Assembly | null {
  if (/grch38|hg38|hs38|b38\b/i.test(text)) return 'GRCh38';
  return /grch37|hg19|hs37|b37\b|g1k_v37/i.test(text) ? 'GRCh37' : null;
}

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
  const said = new Set<Assembly>();
  let byLength: Assembly | 'other' | null = null;
  let hasBlocks = false;
  let oldMitochondrion = false;
  let somatic: string | null = null;
  for (const line of lines) {
    if (line.startsWith('##contig=')) {
      const id = /ID=([^,>]+)/.exec(line)?.[1] ?? '';
      const length = /length=(\d+)/.exec(line)?.[1];
      const assembly = /assembly="?([^",>]+)/.exec(line)?.[1];
      if (/^(chr)?1$/i.test(id) && length && CHR1[length]) byLength = CHR1[length] ?? null;
      if (/^(chr)?MT?$/i.test(id) && length === '16571') oldMitochondrion = true;
      const named = assembly ? saysAssembly(assembly) : null;
      if (named) said.add(named);
    } else if (/^##(reference|assembly)=/i.test(line)) {
      const named = saysAssembly(line);
      if (named) said.add(named);
    } else if (/^##(ALT=<ID=(NON_REF|\*)|INFO=<ID=END[,>])/.test(line)) {
      hasBlocks = true;
    }
    if (
      /^##(tumor_sample|normal_sample)=|^##(source|content)=.*(mutect|somatic)|^##GATKCommandLine.*ID=mutect|^##INFO=<ID=SOMATIC,/i.test(
        line,
      )
    ) {
      somatic = line.slice(2, 60);
    }
  }
  const columns = (lines.find((line) => line.startsWith('#CHROM')) ?? '').split('\t');
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
  if (byLength === 'other') {
    return fail({
      code: 'wrong-assembly',
      severity: 'error',
      where,
      what: 'chromosome 1 has the length of neither GRCh38 nor GRCh37',
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
  if (byLength) said.add(byLength);
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
  return ok({ samples, assembly: assembly ?? null, hasBlocks, oldMitochondrion });
}
