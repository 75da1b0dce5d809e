import type { VcfRecord } from './vcf-record.ts';

/** One in a hundred such genotypes is wrong (GQ is a Phred score); below eight reads half of a heterozygote may have been missed. */
const LEAST_GQ = 20;
const LEAST_READS = 8;
/** Reads of another allele that a homozygous genotype does not explain: a heterozygote has half of them, errors of reading hardly one in a hundred. */
const CONTRADICTING_READS = 3;
const CONTRADICTING_SHARE = 0.2;
/** Below a tenth of the reads for one of its two alleles a heterozygote is hardly one: of twenty reads one in fifty thousand shows so few. */
const LEAST_SHARE = 0.1;
/** Below nine in ten an imputed genotype is commonly set to missing. */
const LEAST_PROBABILITY = 0.9;

/** Below this squared correlation with the truth one person's imputed genotype is a guess; studies of many keep more. */
const LEAST_R2 = 0.8;
/** Beagle 5 and 4, Minimac, and IMPUTE or GLIMPSE, whose short keys mean other things in other files. */
const IMPUTED_BY: readonly (readonly [key: RegExp, only: RegExp | null])[] = [
  [/(?:^|;)(DR2)=([^;]+)/, null],
  [/(?:^|;)(AR2)=([^;]+)/, null],
  [/(?:^|;)(R2|RSQ|Rsq)=([^;]+)/, /(?:^|;)(?:MAF=|IMPUTED|IMP(?:;|$))/],
  [/(?:^|;)(INFO)=([^;]+)/, /(?:^|;)(?:RAF=|IMPUTED|IMP(?:;|$))/],
];

/** How badly a position was imputed by its INFO, in words; null where it was typed, imputed well, or neither is said. */
export function poorlyImputed(info: string): string | null {
  if (info.length < 6 || /(?:^|;)(?:TYPED|GENOTYPED|TYPED_ONLY)(?:;|$)/.test(info)) return null;
  for (const [key, only] of IMPUTED_BY) {
    const said = key.exec(info);
    if (said === null || (only !== null && !only.test(info))) continue;
    const values = (said[2] ?? '').split(',').map(Number);
    const least = Math.min(...values);
    // A correlation lies between 0 and 1; anything else under that name is another thing.
    if (values.some((v) => !(v >= 0 && v <= 1.01))) return null;
    return least < LEAST_R2 ? `imputation quality ${least} (${said[1]})` : null;
  }
  return null;
}

/** What DeepVariant writes as FILTER of a site that it takes for the reference. */
const IS_REFERENCE = 'RefCall';

const numberAt = (parts: readonly string[], at: number): number =>
  at < 0 ? Number.NaN : Number.parseFloat(parts[at] ?? '');

/** The quality of the genotype: the least of GQ, of GATK's RGQ of reference sites and of Strelka's GQX; NaN where none is given. */
function qualityOf({ format }: VcfRecord, parts: readonly string[]): number {
  const given = [format.gq, format.rgq, format.gqx]
    .map((at) => numberAt(parts, at))
    .filter((n) => !Number.isNaN(n));
  return given.length === 0 ? Number.NaN : Math.min(...given);
}

/** The reads over the position; of a block the fewest over any of its bases. */
function readsOf({ format }: VcfRecord, parts: readonly string[]): number {
  const least = numberAt(parts, format.minDp);
  return Number.isNaN(least) ? numberAt(parts, format.dp) : least;
}

/** Reads by allele; null where they are not given for each. */
function depthsOf(record: VcfRecord, parts: readonly string[]): readonly number[] | null {
  const text = record.format.ad >= 0 ? parts[record.format.ad] : undefined;
  if (!text || text === '.') return null;
  const depths = text.split(',').map((depth) => (depth === '.' ? 0 : Number(depth)));
  return depths.length === record.alts.length + 1 && !depths.some(Number.isNaN) ? depths : null;
}

/** Which filters the record or the genotype failed, in words. */
function failedFilters(record: VcfRecord, parts: readonly string[], isVaried: boolean): string[] {
  const failed = (filter: string) => !/^(PASS|\.|)$/.test(filter) && (isVaried || filter !== IS_REFERENCE);
  const own = parts[record.format.ft] ?? '';
  return [
    ...(failed(record.filter) ? [`record failed filter ${record.filter}`] : []),
    ...(failed(own) ? [`genotype failed filter ${own}`] : []),
  ];
}

/** Reads of alleles that a homozygous genotype does not name, where they are more than errors make. */
function otherReads(record: VcfRecord, parts: readonly string[], indices: readonly number[]): string | null {
  const depths = new Set(indices).size === 1 ? depthsOf(record, parts) : null;
  if (depths === null) return null;
  const all = depths.reduce((sum, depth) => sum + depth, 0);
  const other = all - (depths[indices[0] ?? 0] ?? 0);
  return other >= CONTRADICTING_READS && other >= CONTRADICTING_SHARE * all
    ? `${other} of ${all} reads carry something else`
    : null;
}

/** A heterozygote of whose alleles one has hardly any reads. */
function lopsided(record: VcfRecord, parts: readonly string[], indices: readonly number[]): string | null {
  const depths = new Set(indices).size === 2 ? depthsOf(record, parts) : null;
  if (depths === null) return null;
  const all = depths.reduce((sum, depth) => sum + depth, 0);
  const fewest = Math.min(...indices.map((index) => depths[index] ?? 0));
  return all >= LEAST_READS && fewest < LEAST_SHARE * all
    ? `${fewest} of ${all} reads carry one of its alleles`
    : null;
}

/** How likely the likeliest genotype is (GP), where it is given as a probability: before VCF 4.3 it was a Phred score. */
function probabilityOf({ format }: VcfRecord, parts: readonly string[]): number {
  const given = format.gp < 0 ? [] : (parts[format.gp] ?? '').split(',').map(Number);
  return given.length > 1 && given.every((p) => p >= 0 && p <= 1) ? Math.max(...given) : Number.NaN;
}

/** What makes a genotype doubtful: filters, and the file's own figures. */
export interface Doubt {
  readonly filters: readonly string[];
  readonly figures: readonly string[];
}

/** Null where a genotype is good by its figures, or the file gives none. `indices`: the alleles it names. */
export function doubtOf(
  record: VcfRecord,
  parts: readonly string[],
  indices: readonly number[],
  isVaried: boolean,
): Doubt | null {
  // Most records give a genotype, and nothing to doubt it by.
  const imputed = record.imputation ?? null;
  if (record.format.count === 1 && record.filter === 'PASS' && imputed === null) return null;
  const quality = qualityOf(record, parts);
  const reads = readsOf(record, parts);
  // An imputed genotype has no reads, but a quality.
  const isImputed = reads === 0 && quality >= LEAST_GQ;
  const contradicted = otherReads(record, parts, indices) ?? lopsided(record, parts, indices);
  const probability = probabilityOf(record, parts);
  const figures = [
    ...(quality < LEAST_GQ ? [`genotype quality ${quality}`] : []),
    ...(reads < LEAST_READS && !isImputed ? [`reads ${reads}`] : []),
    ...(probability < LEAST_PROBABILITY ? [`genotype probability ${probability}`] : []),
    ...(imputed === null ? [] : [imputed]),
    ...(contradicted === null ? [] : [contradicted]),
  ];
  const filters = failedFilters(record, parts, isVaried);
  return figures.length + filters.length === 0 ? null : { filters, figures };
}

/** A doubt about a variant that is carried, as a note says it. */
export function variantNote({ filters, figures }: Doubt): string {
  const thin =
    figures.length > 0
      ? [`variant on thin evidence (${figures.join(', ')}): confirm it before relying on it`]
      : [];
  return [...filters, ...thin].join('; ');
}

/**
 * Whether a reference genotype stands for nothing: GATK 4.2.3 to 4.5 and GLnexus write `0/0` with no reads, or with a quality of zero, for what
 * is `./.` elsewhere (broadinstitute/gatk 8328 and 8741, GLnexus 286). Imputed genotypes have no reads either, but a quality.
 */
export function nothingRead(record: VcfRecord, parts: readonly string[]): boolean {
  const { minDp, dp, ad, gq, rgq } = record.format;
  const zero = (at: number) => at >= 0 && /^0(?:,0)*$/.test(parts[at] ?? '');
  const sure = !record.isBlock && Number.parseFloat(parts[gq] ?? '') >= LEAST_GQ;
  return zero(gq) || zero(rgq) || zero(minDp) || (!sure && (zero(dp) || zero(ad)));
}

/**
 * What the reads by allele say against a genotype, so that neither half can be believed: a heterozygous one of which every read carries one allele (some
 * callers write these), a reference one against which too many reads speak. Null where they do not, or are not given.
 */
export function contradictsDepth(
  record: VcfRecord,
  parts: readonly string[],
  indices: readonly number[],
): string | null {
  const gt = parts[record.format.gt] ?? '';
  if (new Set(indices).size > 1) {
    const depths = depthsOf(record, parts);
    return depths?.filter((depth) => depth > 0).length === 1
      ? `genotype ${gt} is heterozygous but all reads carry one allele`
      : null;
  }
  const other = indices[0] === 0 ? otherReads(record, parts, indices) : null;
  return other === null ? null : `genotype ${gt} is the reference but ${other}`;
}
