import type { Assembly } from './locus.ts';

/** Sex and mitochondrial chromosomes by number, as PLINK and array files write them. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  '23': 'chrX',
  '24': 'chrY',
  '25': 'chrX',
  '26': 'chrM',
};
const GENBANK_CHR1 = 663;

/**
 * One spelling of a chromosome name: `1`, `chr1` and `CHR1` are `chr1`; `MT`, `M` and `26` are `chrM`; RefSeq (`NC_000010.11`) and GenBank
 * (`CM000672.2`) names are known too.
 */
export function chromosomeName(name: string): string {
  const refseq = /^NC_0+(\d+)\.\d+$/.exec(name);
  if (refseq) {
    const n = Number(refseq[1]);
    if (n === 12920) return 'chrM';
    return BY_NUMBER[n] ?? `chr${n}`;
  }
  const genbank = /^CM000(6[678]\d)\.\d$/.exec(name);
  if (genbank) {
    const n = Number(genbank[1]) - GENBANK_CHR1 + 1;
    if (n >= 1 && n <= 24) return BY_NUMBER[n] ?? `chr${n}`;
  }
  if (name === 'J01415.2') return 'chrM';
  const bare = name.replace(/^chr/i, '').toUpperCase();
  if (bare === 'MT' || bare === 'M') return 'chrM';
  return BY_NUMBER[bare] ?? `chr${bare}`;
}

/** Lengths in bases of chromosomes 1 to 22, X and Y (Genome Reference Consortium). */
const LENGTHS: Readonly<Record<Assembly, readonly number[]>> = {
  GRCh38: [
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717,
    133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616,
    64444167, 46709983, 50818468, 156040895, 57227415,
  ],
  GRCh37: [
    249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431,
    135534747, 135006516, 133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983,
    63025520, 48129895, 51304566, 155270560, 59373566,
  ],
};

/** The assembly on which a chromosome is this long; null for the mitochondrion, and where it is neither. */
export function assemblyOfLength(chromosome: string, length: number): Assembly | null {
  const name = chromosome.slice(3);
  const at = name === 'X' ? 22 : name === 'Y' ? 23 : Number(name) - 1;
  for (const assembly of ['GRCh38', 'GRCh37'] as const) if (LENGTHS[assembly][at] === length) return assembly;
  return null;
}
