import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { decodeText } from '@foramen/spine/text-encoding';
import { chromosomeName } from './chromosome.ts';
import type { GeneTable } from './gene-table.ts';
import { poorlyImputed } from './genotype-evidence.ts';
import { type Assembly, buildLocusIndex, type GeneSpan, type LocusIndex, lociIn, touches } from './locus.ts';
import { otherFormat } from './other-format.ts';
import { mayReach, saidEnd } from './record-end.ts';
import type { GeneSites } from './site.ts';
import { type BuildEvidence, chooseAssembly, SiteCollector } from './site-collector.ts';
import { changesOf, genesWithin, namesStructure } from './structural-change.ts';
import { readVcfHeader, type VcfHeader } from './vcf-header.ts';
import { type FormatFields, isAnyOther, isStructural, readFormat, type VcfRecord } from './vcf-record.ts';

/** Everything a file says about the positions asked for. */
export interface VariantFile {
  readonly assembly: Assembly;
  readonly samples: readonly string[];
  /** Sites of one sample, gene by gene; a position not in the map is missing. */
  sitesOf(sample: string): ReadonlyMap<string, GeneSites>;
  /** Positions that records of the file speak of without a call: missing, and not because they are absent. */
  unreadOf(sample: string): ReadonlyMap<string, ReadonlySet<number>>;
  /** What was odd about this sample's records, gene by gene. */
  notesOf(sample: string): ReadonlyMap<string, readonly string[]>;
  /** Changes of structure that this sample carries over a gene, which are told and not read. */
  structuresOf(sample: string): ReadonlyMap<string, string>;
  /** Why this sample cannot be called though others of the file can; null where it can. */
  refusalOf(sample: string): Problem | null;
  /** Genotypes of this sample that cannot be read, in one line: their positions are missing. Null where all can. */
  problemOf(sample: string): Problem | null;
  readonly warnings: readonly Problem[];
  readonly recordCount: number;
  readonly matchedCount: number;
}

/** Longest REF looked back over when deciding whether a record may reach a position. */
const LONG_REF = 1000;
const MAX_HEADER_BYTES = 64 << 20;
/** A line of half a million samples stays well below. */
const MAX_LINE_BYTES = 48 << 20;
/** More empty lines than a file written by hand has. */
const MAX_BLANK_LINES = 10_000;
/** Alternatives at one site; the most that a call set of many people has is some hundred. */
const MAX_ALTERNATIVES = 5000;
const MAX_ALLELE = 200_000;
/** Records at one position: split sites have some; a file that repeats one for ever ends here. */
const MAX_SAME_SITE = 20_000;
const MAX_HEADER_LINES = 300_000;
const TAB = 9;
const NEWLINE = 10;
const HASH = 35;
const DOS_END = 0x1a;

interface ChromosomeWindows {
  readonly name: string;
  readonly spans: readonly Float64Array[];
  readonly genes: readonly GeneSpan[];
}

/**
 * Reads a VCF fed to it in pieces. Only lines that touch a position of interest are decoded; the rest are skipped on their bytes.
 * Both assemblies are watched at once, so a file that does not say which one it is can still be told by its reference bases.
 */
export class VcfReader {
  private readonly where: string;
  private readonly tables: readonly GeneTable[];
  private readonly only: ReadonlySet<string> | null;
  /** The line begun and not yet ended, in the pieces it came in. */
  private rest: Uint8Array[] = [];
  private restBytes = 0;
  private blankLines = 0;
  private lastPos = -1;
  private sameSite = 0;
  private headerLines: string[] = [];
  private headerBytes = 0;
  private header: VcfHeader | null = null;
  private problem: Problem | null = null;
  private readonly decoder = new TextDecoder();
  private indices: readonly LocusIndex[] = [];
  private collectors: SiteCollector[] = [];
  private columns: readonly number[] = [];
  private chromosomes = new Map<string, ChromosomeWindows | null>();
  private lastName: Uint8Array = new Uint8Array(0);
  private lastWindows: ChromosomeWindows | null = null;
  private lastFormat = '';
  private format: FormatFields = readFormat('');
  private records = 0;
  private withoutGenotype = 0;
  private begun = false;

  /** `only`: samples wanted, or null for all. */
  constructor(tables: readonly GeneTable[], where: string, only: readonly string[] | null = null) {
    this.tables = tables;
    this.where = where;
    this.only = only ? new Set(only) : null;
  }

  /** Sample names, once the header has been read. */
  get samples(): readonly string[] | null {
    return this.header?.samples ?? null;
  }

  get failed(): Problem | null {
    return this.problem;
  }

  push(chunk: Uint8Array): void {
    if (this.problem) return;
    let data = chunk;
    if (!this.begun && chunk.length > 2) {
      const other = otherFormat(chunk);
      if (other) {
        this.stop(other.code, other.what, other.help);
        return;
      }
      // Some editors put a byte order mark in front.
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) data = chunk.subarray(3);
      this.begun = true;
    }
    let start = 0;
    if (this.restBytes > 0) {
      const first = data.indexOf(NEWLINE);
      const end = first < 0 ? data.length : first + 1;
      this.keep(data.subarray(0, end));
      if (first < 0 || this.problem) return;
      const line = this.takeRest();
      this.line(line, 0, trimmed(line, 0, line.length - 1));
      start = end;
    }
    while (start < data.length && !this.problem) {
      const newline = data.indexOf(NEWLINE, start);
      if (newline < 0) {
        this.keep(data.subarray(start));
        return;
      }
      this.line(data, start, trimmed(data, start, newline));
      start = newline + 1;
    }
  }

  /** Copied, since a stream may fill its buffer again. */
  private keep(piece: Uint8Array): void {
    this.rest.push(piece.slice());
    this.restBytes += piece.length;
    if (this.restBytes > MAX_LINE_BYTES) {
      this.rest = [];
      this.stop('too-large', `a line longer than ${MAX_LINE_BYTES >> 20} MB`, 'This is not a VCF');
    }
  }

  private takeRest(): Uint8Array {
    const line = new Uint8Array(this.restBytes);
    let at = 0;
    for (const piece of this.rest) {
      line.set(piece, at);
      at += piece.length;
    }
    this.rest = [];
    this.restBytes = 0;
    return line;
  }

  finish(): Result<VariantFile> {
    if (!this.problem && this.restBytes > 0) {
      const tail = withoutEndMark(this.takeRest());
      if (tail.length === 0) return this.finish();
      if (this.header && this.decoder.decode(tail).split('\t').length < 9 + this.header.samples.length) {
        this.stop('truncated', 'the last line is cut off', 'The file is incomplete: copy or export it again');
      } else {
        this.line(tail, 0, tail.length);
      }
    }
    if (!this.problem && !this.header) this.openBody();
    if (this.problem) return fail(this.problem);
    const header = this.header;
    if (!header) return fail({ ...this.blank('unreadable', 'no header', 'Give a VCF') });
    const evidence: BuildEvidence[] = this.collectors.map((collector) => collector.evidence());
    const choice = chooseAssembly(header.assembly, evidence, this.where);
    if (!choice.ok) return choice;
    const collector = this.collectors.find((c) => c.assembly === choice.value);
    if (!collector) return fail(this.blank('unreadable', 'no assembly', 'Give a VCF'));
    const odd = collector.problem(this.where);
    if (odd) return fail(odd);
    const file = collector.file(this.where, this.records, choice.warnings);
    if (file.matchedCount === 0 && this.withoutGenotype > 0) {
      const help = 'Export the genotypes of the sample (FORMAT GT), not only sites or depths';
      return fail(this.blank('missing', 'the records have no genotype (GT) field', help));
    }
    return ok(file);
  }

  private blank(code: Problem['code'], what: string, help: string): Problem {
    return { code, severity: 'error', where: this.where, what, help };
  }

  private stop(code: Problem['code'], what: string, help: string): void {
    this.problem = this.blank(code, what, help);
  }

  private line(data: Uint8Array, start: number, end: number): void {
    if (end <= start) {
      if (++this.blankLines > MAX_BLANK_LINES)
        this.stop('unreadable', 'thousands of empty lines', 'This is not a VCF');
      return;
    }
    if (!this.header) {
      this.headerLine(data, start, end);
      return;
    }
    if (data[start] === HASH || (data[start] === DOS_END && end === start + 1)) return;
    this.records++;
    const nameEnd = data.indexOf(TAB, start);
    if (nameEnd < 0 || nameEnd >= end) {
      this.stop(
        'unreadable',
        `line ${this.records} of the body has no columns`,
        'Columns must be separated by tabs',
      );
      return;
    }
    const windows = this.windowsFor(data, start, nameEnd);
    let pos = 0;
    let at = nameEnd + 1;
    for (; at < end; at++) {
      const digit = (data[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      pos = pos * 10 + digit;
    }
    if (at === nameEnd + 1 || (at < end && data[at] !== TAB)) {
      const said = this.decoder
        .decode(data.subarray(nameEnd + 1, Math.min(end, nameEnd + 21)))
        .split('\t')[0];
      const what = `line ${this.records} of the body has "${said}" where the position belongs`;
      this.stop('unreadable', what, 'The file is damaged: copy or export it again');
      return;
    }
    this.sameSite = pos === this.lastPos ? this.sameSite + 1 : 0;
    this.lastPos = pos;
    if (this.sameSite > MAX_SAME_SITE)
      this.stop('unreadable', `the position ${pos} again and again`, 'This is not a call set');
    if (!windows || this.problem) return;
    const reach = mayReach(data, at, end, pos);
    for (const spans of windows.spans) {
      if (touches(spans, pos, Math.max(reach, pos + LONG_REF))) {
        this.decode(windows.name, pos, data, start, end);
        return;
      }
    }
    // Rare enough to be looked at only where nothing else was.
    const { genes } = windows;
    if (genes.some(({ first, last }) => pos <= last && reach >= first) && namesStructure(data, at, end))
      this.decode(windows.name, pos, data, start, end);
  }

  private headerLine(data: Uint8Array, start: number, end: number): void {
    this.headerBytes += end - start;
    if (data[start] !== HASH || this.headerBytes > MAX_HEADER_BYTES) {
      this.openBody();
      if (!this.problem) this.line(data, start, end);
      return;
    }
    if (this.headerLines.length >= MAX_HEADER_LINES) {
      this.stop('too-large', 'hundreds of thousands of header lines', 'This is not a VCF');
      return;
    }
    const text = decodeText(data.subarray(start, end));
    this.headerLines.push(text);
    if (text.startsWith('#CHROM')) this.openBody();
  }

  private openBody(): void {
    const read = readVcfHeader(this.headerLines, this.where);
    this.headerLines = [];
    if (!read.ok) {
      this.problem = read.problems[0];
      return;
    }
    const header = read.value;
    const only = this.only;
    const missing = only ? [...only].filter((name) => !header.samples.includes(name)) : [];
    if (missing.length > 0) {
      const known = header.samples.slice(0, 5).join(', ');
      this.stop(
        'not-found',
        `no sample named ${missing.join(', ')}`,
        `The file holds: ${known}${header.samples.length > 5 ? ', …' : ''}`,
      );
      return;
    }
    this.header = header;
    this.columns = header.samples.flatMap((name, index) => (!only || only.has(name) ? [index] : []));
    const tables = header.oldMitochondrion
      ? this.tables.filter((table) => table.chromosome !== 'chrM')
      : this.tables;
    const names = this.columns.map((index) => header.samples[index] ?? '');
    this.indices = (['GRCh38', 'GRCh37'] as const).map((assembly) => buildLocusIndex(tables, assembly));
    this.collectors = this.indices.map((index) => new SiteCollector(index.assembly, names));
  }

  private windowsFor(data: Uint8Array, start: number, end: number): ChromosomeWindows | null {
    const last = this.lastName;
    if (last.length === end - start) {
      let same = true;
      for (let i = 0; i < last.length; i++) {
        if (last[i] !== data[start + i]) {
          same = false;
          break;
        }
      }
      if (same) return this.lastWindows;
    }
    this.lastName = data.slice(start, end);
    const name = this.decoder.decode(this.lastName);
    let found = this.chromosomes.get(name);
    if (found === undefined) {
      const plain = chromosomeName(name);
      const spans = this.indices.flatMap((index) => index.windows.get(plain) ?? []);
      const genes = this.indices.flatMap((index) => index.genes.get(plain) ?? []);
      found = spans.length > 0 ? { name: plain, spans, genes } : null;
      if (this.chromosomes.size < 10_000) this.chromosomes.set(name, found);
    }
    this.lastWindows = found;
    return found;
  }

  private decode(chromosome: string, pos: number, data: Uint8Array, start: number, end: number): void {
    const wanted = 9 + (this.header?.samples.length ?? 1);
    const cells = this.decoder.decode(data.subarray(start, end)).split('\t', wanted + 1);
    // Of several people, whose value is whose cannot be told where there is one too many; an empty cell behind the last is none.
    if (wanted > 10 && cells.length > wanted && cells[wanted]?.trim() !== '') {
      const what = `the record at ${chromosome}:${pos} has more columns than the ${wanted} of the header`;
      this.stop('inconsistent', what, 'The file is damaged: copy or export it again');
      return;
    }
    if (cells.length < wanted) {
      const what = `the record at ${chromosome}:${pos} has ${cells.length} columns where ${wanted} are expected`;
      this.stop('truncated', what, 'The file is incomplete or damaged: copy or export it again');
      return;
    }
    const ref = (cells[3] ?? '').toUpperCase();
    const altText = (cells[4] ?? '.').toUpperCase();
    const alts = altText === '.' ? [] : altText.split(',', MAX_ALTERNATIVES + 1);
    const longest = alts.reduce((most, alt) => Math.max(most, alt.length), ref.length);
    if (alts.length > MAX_ALTERNATIVES || longest > MAX_ALLELE) {
      const what = longest > MAX_ALLELE ? 'an allele longer than 200,000 bases' : 'thousands of alternatives';
      this.stop(
        'too-large',
        `the record at ${chromosome}:${pos} has ${what}`,
        'Leave it out, or write it as a symbolic allele',
      );
      return;
    }
    if (cells[8] !== this.lastFormat) {
      this.lastFormat = cells[8] ?? '';
      this.format = readFormat(this.lastFormat);
    }
    const said = saidEnd(pos, alts, this.format, cells);
    const structural = isStructural(alts);
    // GATK and DeepVariant name what they did not see; Strelka and bcftools write no alternative at all. Copy-number segments look like the latter.
    const isBlock =
      !Number.isNaN(said) &&
      alts.every(isAnyOther) &&
      (alts.length > 0 || (/^[ACGT]$/.test(ref) && !/(^|;)(SVTYPE|SVLEN|REFLEN)=/.test(cells[7] ?? '')));
    const last = isBlock || (structural && said > pos) ? said : pos + ref.length - 1;
    if (this.format.gt < 0 && !(structural && this.format.cn >= 0)) {
      this.withoutGenotype++;
      return;
    }
    const record: VcfRecord = {
      chromosome,
      pos,
      ref,
      alts,
      filter: cells[6] ?? '.',
      end: last,
      isBlock,
      format: this.format,
      imputation: poorlyImputed(cells[7] ?? '.'),
    };
    const isChanging = changesOf(record).size > 0;
    this.indices.forEach((index, at) => {
      const loci = lociIn(index.byChromosome.get(chromosome) ?? [], pos, last);
      const collector = this.collectors[at];
      const genes = isChanging ? genesWithin(index.genes.get(chromosome) ?? [], pos, last) : [];
      if (loci.length + genes.length === 0 || !collector) return;
      if (isChanging) collector.addStructural(record, loci, genes, cells, this.columns);
      if (!structural) collector.add(record, loci, cells, this.columns);
    });
  }
}

/** The last line without the mark that DOS programs put behind a text. */
function withoutEndMark(line: Uint8Array): Uint8Array {
  return line.at(-1) === DOS_END ? line.subarray(0, trimmed(line, 0, line.length - 1)) : line;
}

/** Where a line ends that ends at a newline: before a carriage return. */
function trimmed(data: Uint8Array, start: number, newline: number): number {
  return newline > start && data[newline - 1] === 13 ? newline - 1 : newline;
}
