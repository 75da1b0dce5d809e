import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { chromosomeName } from './chromosome.ts';
import type { GeneTable } from './gene-table.ts';
import { type Assembly, buildLocusIndex, type Locus } from './locus.ts';
import { type BuildEvidence, SiteCollector } from './site-collector.ts';
import type { VariantFile } from './vcf-reader.ts';
import { GENOTYPE_ALONE, type VcfRecord } from './vcf-record.ts';

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' };

/** A row has some 30 letters, a note of the vendor some hundred. */
const MAX_LINE = 100_000;
/** What DOS programs put behind a text. */
const DOS_END = '\u001a';
/** The largest array has under five million. */
const MAX_ROWS = 6_000_000;

/** What the notes say of the assembly. */
function saysBuild(header: string): Assembly | 'older' | null {
  if (/build\s*3[56]|ncbi3[56]|hg1[78]/i.test(header)) return 'older';
  if (/build\s*38|grch38/i.test(header)) return 'GRCh38';
  return /build\s*37|grch37|hg19/i.test(header) ? 'GRCh37' : null;
}

/**
 * Alleles for the letters of an array at a locus. I and D say insertion and deletion against the longer or shorter allele; letters of the
 * other strand are turned over only where that cannot be mistaken (all of them, and never for A/T and C/G sites).
 */
function allelesOf(locus: Locus, letters: readonly string[]): readonly (string | null)[] {
  const { documented } = locus;
  if (locus.isIndel) {
    const forms = [...documented].sort((a, b) => a.length - b.length);
    return letters.map((letter) => (forms.length === 2 ? (forms['DI'.indexOf(letter)] ?? null) : null));
  }
  if (letters.some((letter) => !/^[ACGT]$/.test(letter))) return letters.map(() => null);
  return isTurned(locus, letters) ? letters.map((letter) => COMPLEMENT[letter] ?? '') : letters;
}

/** Whether bases look alike on both strands: of A and T, or C and G, nobody can tell which strand they are given on. */
function isPalindromic({ isIndel, documented }: Locus): boolean {
  return !isIndel && [...documented].some((base) => documented.has(COMPLEMENT[base] ?? ''));
}

/** Whether letters can only be those of the other strand. */
function isTurned(locus: Locus, letters: readonly string[]): boolean {
  return (
    !locus.isIndel &&
    !isPalindromic(locus) &&
    letters.length > 0 &&
    letters.every((letter) => locus.documented.has(COMPLEMENT[letter] ?? ''))
  );
}

const EITHER_STRAND =
  'the file gives other positions on the other strand, and these bases look alike on both; position treated as missing';

/** The positions of one assembly, and what the file says of them read as being on it. */
class OnAssembly {
  readonly assembly: Assembly;
  readonly collector: SiteCollector;
  private readonly byPlace = new Map<string, Map<number, Locus[]>>();
  private readonly byName = new Map<string, Locus[]>();
  private agree = 0;
  private disagree = 0;
  private turned = false;
  /** Kept until it is known whether the file gives all it has on one strand. */
  private readonly eitherStrand: (readonly [Locus, string])[] = [];

  constructor(tables: readonly GeneTable[], assembly: Assembly, sample: string) {
    this.assembly = assembly;
    this.collector = new SiteCollector(assembly, [sample]);
    for (const [chromosome, loci] of buildLocusIndex(tables, assembly).byChromosome) {
      this.byPlace.set(
        chromosome,
        Map.groupBy(loci, (locus) => locus.pos),
      );
      for (const locus of loci)
        if (locus.rsid !== '') this.byName.set(locus.rsid, [...(this.byName.get(locus.rsid) ?? []), locus]);
    }
  }

  row(rsid: string, chromosome: string, pos: number, genotype: string): void {
    const here = this.byPlace.get(chromosome)?.get(pos) ?? [];
    const named = (this.byName.get(rsid) ?? []).filter((locus) => locus.chromosome === chromosome);
    for (const locus of named) {
      if (locus.isIndel) continue;
      if (here.includes(locus)) this.agree++;
      else this.disagree++;
    }
    // Arrays place an insertion or deletion a base or more beside its VCF position, so its name counts too.
    for (const locus of new Set([...here, ...named.filter((one) => one.isIndel)])) {
      this.turned ||= isTurned(locus, genotype.split(''));
      if (isPalindromic(locus)) this.eitherStrand.push([locus, genotype]);
      else addGenotype(this.collector, locus, genotype);
    }
  }

  /** After the last row. */
  finish(): void {
    for (const [locus, genotype] of this.eitherStrand)
      if (this.turned) this.collector.noCall(locus, EITHER_STRAND);
      else addGenotype(this.collector, locus, genotype);
  }

  evidence(): BuildEvidence {
    return { assembly: this.assembly, agree: this.agree, disagree: this.disagree };
  }
}

/**
 * Reads raw data of a consumer array fed to it in pieces: 23andMe (`rsid chromosome position genotype`), AncestryDNA (`rsid chromosome
 * position allele1 allele2`), and others with the same columns between tabs or commas. Most positions are missing there, and stay so.
 * The assembly is the one the notes name, checked against the positions of variants known by name; without notes these decide.
 */
export class ArrayReader {
  readonly samples: readonly string[];
  private readonly where: string;
  private readonly decoder = new TextDecoder();
  private readonly sides: readonly OnAssembly[];
  private readonly names = new Map<string, string>();
  private rest = '';
  private notes = '';
  private rows = 0;
  private problem: Problem | null = null;

  /** `name`: what to call the person, whom the file does not name; else the file's own name. */
  constructor(tables: readonly GeneTable[], where: string, name: string | null = null) {
    this.where = where;
    const sample = name ?? where.replace(/^.*\//, '').replace(/(\.(txt|csv|tsv))?(\.(gz|zip))?$/i, '');
    this.samples = [sample];
    this.sides = (['GRCh38', 'GRCh37'] as const).map((on) => new OnAssembly(tables, on, sample));
  }

  get failed(): Problem | null {
    return this.problem;
  }

  push(chunk: Uint8Array): void {
    if (this.problem) return;
    const lines = (this.rest + this.decoder.decode(chunk, { stream: true })).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      this.line(line);
      if (this.problem) return;
    }
    if (this.rest.length > MAX_LINE) this.line(this.rest);
  }

  finish(): Result<VariantFile> {
    if (!this.problem && this.rest !== '') this.line(this.rest);
    if (!this.problem && this.rows === 0)
      this.stop('unreadable', 'no genotype rows', 'Give the raw data file as it was downloaded');
    const on = this.problem ? null : this.chosen();
    if (this.problem || on === null) return fail(this.problem ?? this.blank('unreadable', 'no assembly', ''));
    on.finish();
    const odd = on.collector.problem(this.where);
    return odd ? fail(odd) : ok(on.collector.file(this.where, this.rows, []));
  }

  private line(text: string): void {
    if (text.length > MAX_LINE) {
      const what = `a line longer than ${MAX_LINE} letters`;
      this.stop('too-large', what, 'Give the raw data file as it was downloaded');
      return;
    }
    const line = text
      .replace(/^\uFEFF/, '')
      .replaceAll(DOS_END, '')
      .trimEnd();
    if (line === '') return;
    if (line.startsWith('#') || /^"?rsid"?[\t,]/i.test(line)) {
      if (this.notes.length < 4000) this.notes += `${line}\n`;
      return;
    }
    const cells = (line.includes('"') ? line.replaceAll('"', '') : line).split(
      line.includes('\t') ? '\t' : ',',
    );
    if (cells.length < 4) {
      const what = `line "${line.slice(0, 40)}" does not have four columns`;
      this.stop('unreadable', what, 'Give the raw data file as it was downloaded');
      return;
    }
    if (++this.rows > MAX_ROWS) {
      this.stop('too-large', 'more rows than any array has', 'Give the raw data file as it was downloaded');
      return;
    }
    const [rsid = '', chromosome = '', pos, first = '', second = ''] = cells;
    const named = this.names.get(chromosome) ?? chromosomeName(chromosome);
    if (this.names.size < 100) this.names.set(chromosome, named);
    const genotype = (first + second).trim().toUpperCase();
    for (const side of this.sides) side.row(rsid, named, Number(pos), genotype);
  }

  private chosen(): OnAssembly | null {
    const evidence = this.sides.map((side) => side.evidence());
    const named = evidence.some(({ agree, disagree }) => agree + disagree > 0);
    const fit = this.sides[evidence.findIndex(({ agree, disagree }) => agree > 0 && agree >= disagree)];
    const said = saysBuild(this.notes);
    if (said === 'older' || (named && !fit)) {
      const those = said === 'older' ? 'of' : 'of neither GRCh37 nor GRCh38, so perhaps of';
      const what = `positions are those ${those} build 36, an older genome`;
      this.stop('wrong-assembly', what, 'Download the raw data again; it comes on build 37 now');
      return null;
    }
    const own = this.sides.find((side) => side.assembly === (said ?? fit?.assembly ?? 'GRCh37'));
    if (fit && own !== fit) {
      const what = `the notes say ${said} but the positions are those of ${fit.assembly}`;
      this.stop('wrong-assembly', what, 'Give the raw data file as it was downloaded');
    }
    return own ?? null;
  }

  private stop(code: Problem['code'], what: string, help: string): void {
    this.problem = this.blank(code, what, help);
  }

  private blank(code: Problem['code'], what: string, help: string): Problem {
    return { code, severity: 'error', where: this.where, what, help };
  }
}

function addGenotype(collector: SiteCollector, locus: Locus, genotype: string): void {
  const letters = genotype.split('');
  const alleles = allelesOf(locus, letters);
  if (letters.length === 0 || alleles.some((allele) => allele === null)) {
    collector.noCall(locus);
    return;
  }
  // The probe knows the other alleles too: a second row that does not carry them denies them.
  const known = alleles.filter((allele): allele is string => allele !== null);
  const alts = [...new Set([...locus.documented, ...known])].filter((allele) => allele !== locus.ref);
  const record: VcfRecord = {
    chromosome: locus.chromosome,
    pos: locus.pos,
    ref: locus.ref,
    alts,
    filter: 'PASS',
    end: locus.pos + locus.ref.length - 1,
    isBlock: false,
    format: GENOTYPE_ALONE,
  };
  const gt = alleles.map((allele) => (allele === locus.ref ? 0 : alts.indexOf(allele ?? '') + 1)).join('/');
  collector.add(record, [locus], ['', '', '', '', '', '', '', '', 'GT', gt], [0]);
}
