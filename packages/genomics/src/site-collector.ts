import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { addToRun, composeRun, isBaseRun, type RunOfSites } from './adjacent-bases.ts';
import type { Assembly, Locus } from './locus.ts';
import { mergeSites } from './merge-sites.ts';
import { SampleFaults } from './sample-faults.ts';
import type { GeneSites, SiteCall } from './site.ts';
import { carriesChange, changesOf, changeText } from './structural-change.ts';
import type { VariantFile } from './vcf-reader.ts';
import {
  CANNOT_BE_READ,
  type FieldCall,
  type Reading,
  readField,
  readLocus,
  type VcfRecord,
} from './vcf-record.ts';

/** How well a file's reference bases agree with one assembly at the sentinel sites (all positions of interest). */
export interface BuildEvidence {
  readonly assembly: Assembly;
  readonly agree: number;
  readonly disagree: number;
}

const MAX_NOTE = 300;
/** Positions of the other assembly at which a file's bases agree by chance. */
const FEW_BY_CHANCE = 5;
const SINGLE_COPY: ReadonlySet<string> = new Set(['chrM', 'chrY']);
/** Stands for a position whose records contradict each other. */
const CONFLICT: SiteCall = {
  first: null,
  second: null,
  haploid: false,
  phased: false,
  phaseSet: null,
  undocumented: [],
};

export class SiteCollector {
  readonly assembly: Assembly;
  private readonly samples: readonly string[];
  private readonly sites = new Map<Locus, (SiteCall | undefined)[]>();
  private readonly notes = new Map<string, Map<string, Set<string>>>();
  private agree = 0;
  private disagree = 0;
  private readonly faults: SampleFaults;
  private readonly structures = new Map<string, Map<string, string>>();
  private noteCount = 0;
  private readonly mismatched = new Set<string>();
  /** Positions the file speaks of without saying what is there: another reference base than the genome's, or no call. */
  private readonly unread = new Set<Locus>();
  private readonly runs = new Map<Locus, RunOfSites[]>();
  /** Who carries a deletion of a position, by number of the sample. */
  private readonly deleted = new Map<Locus, Set<number>>();

  constructor(assembly: Assembly, samples: readonly string[]) {
    this.assembly = assembly;
    this.samples = samples;
    this.faults = new SampleFaults(samples);
  }

  /** A position that the file lists without a call, or with one that cannot be told. */
  noCall(locus: Locus, why?: string): void {
    this.unread.add(locus);
    if (why !== undefined)
      this.noteAll(locus.gene, `${locus.rsid || `${locus.chromosome}:${locus.pos}`}: ${why}`);
  }

  evidence(): BuildEvidence {
    return { assembly: this.assembly, agree: this.agree, disagree: this.disagree };
  }

  private note(sample: string, gene: string, text: string): void {
    if (this.noteCount > 20_000) return;
    this.noteCount++;
    let genes = this.notes.get(sample);
    if (!genes) {
      genes = new Map();
      this.notes.set(sample, genes);
    }
    const list = genes.get(gene) ?? new Set();
    genes.set(gene, list.add(text.length > MAX_NOTE ? `${text.slice(0, MAX_NOTE)}…` : text));
  }

  add(record: VcfRecord, loci: readonly Locus[], cells: readonly string[], columns: readonly number[]): void {
    const single = SINGLE_COPY.has(record.chromosome);
    for (const locus of loci) {
      const reading = readLocus(locus, record);
      if (reading === null) {
        if (isBaseRun(locus)) this.addRun(record, locus, cells, columns);
        continue;
      }
      const label = locus.rsid || `${locus.chromosome}:${locus.pos}`;
      if (reading === 'reference mismatch') {
        if (record.pos === locus.pos) {
          this.unread.add(locus);
          if (!single) this.disagree++;
          if (this.mismatched.size < 1000) this.mismatched.add(label);
        }
        this.noteAll(
          locus.gene,
          `${label}: reference base ${record.ref} of the file is not ${locus.ref}, record ignored`,
        );
        continue;
      }
      if (reading.onlyCarried) {
        this.addDeletion(record, reading, locus, cells, columns);
        continue;
      }
      // The mitochondrion is the same on both assemblies.
      if (record.pos === locus.pos && !record.isBlock && !single) this.agree++;
      const seen = new Map<string, FieldCall>();
      let row = this.sites.get(locus);
      if (!row) {
        row = new Array<SiteCall | undefined>(this.samples.length).fill(undefined);
        this.sites.set(locus, row);
      }
      for (let s = 0; s < columns.length; s++) {
        const field = cells[9 + (columns[s] ?? 0)] ?? '.';
        let call = seen.get(field);
        if (!call) {
          call = readField(reading, record, field, locus, single);
          seen.set(field, call);
        }
        const sample = this.samples[s] ?? '';
        if (call.kind === 'silent') {
          if (call.why) this.note(sample, locus.gene, `${label}: ${call.why}; position treated as missing`);
          continue;
        }
        if (call.kind === 'bad') {
          if (call.why.includes('copies')) this.faults.tooManyCopies(s, label, call.why);
          this.faults.unreadable(s, label, call.why);
          this.note(sample, locus.gene, `${label}: ${call.why}; position treated as missing`);
          continue;
        }
        this.faults.isRead(s);
        if (call.why) this.note(sample, locus.gene, `${label}: ${call.why}`);
        row[s] = this.merged(row[s], call.site, locus, sample, label);
      }
    }
  }

  /** A deletion that takes the position with it: of who carries it, what another record says of the position is half the truth at most. */
  private addDeletion(
    record: VcfRecord,
    reading: Reading,
    locus: Locus,
    cells: readonly string[],
    columns: readonly number[],
  ): void {
    for (const [s, column] of columns.entries()) {
      const call = readField(
        reading,
        record,
        cells[9 + column] ?? '.',
        locus,
        SINGLE_COPY.has(record.chromosome),
      );
      if (call.kind !== 'silent' || !call.why?.includes(CANNOT_BE_READ)) continue;
      this.deleted.set(locus, (this.deleted.get(locus) ?? new Set()).add(s));
      const label = locus.rsid || `${locus.chromosome}:${locus.pos}`;
      const what = `${record.ref.length} bases from ${record.chromosome}:${record.pos} on are changed in length`;
      this.note(this.samples[s] ?? '', locus.gene, `${label}: ${what}, and this position with them`);
    }
  }

  /** A change of structure is not read, and nobody is taken for the reference by it; who carries one over or between the positions of a gene is told. */
  addStructural(
    record: VcfRecord,
    loci: readonly Locus[],
    genes: readonly string[],
    cells: readonly string[],
    columns: readonly number[],
  ): void {
    const changes = changesOf(record);
    const over = new Set(loci.map((locus) => locus.gene));
    for (const [s, column] of columns.entries()) {
      if (!carriesChange(record, cells[9 + column] ?? '.', changes)) continue;
      const sample = this.samples[s] ?? '';
      const carried = this.structures.get(sample) ?? new Map<string, string>();
      this.structures.set(sample, carried);
      for (const gene of new Set([...over, ...genes])) {
        const text = changeText(record, changes, over.has(gene));
        this.note(sample, gene, text);
        carried.set(gene, text);
      }
      // Not even for who asks for it are these positions reference because nothing else is said of them.
      for (const locus of loci) this.unread.add(locus);
    }
  }

  private addRun(
    record: VcfRecord,
    locus: Locus,
    cells: readonly string[],
    columns: readonly number[],
  ): void {
    const row = this.runs.get(locus) ?? this.samples.map((): RunOfSites => []);
    this.runs.set(locus, row);
    for (const [s, run] of row.entries()) addToRun(locus, record, cells[9 + (columns[s] ?? 0)] ?? '.', run);
  }

  /** Variants of neighbouring bases that came base by base, where no record gave them whole. */
  private compose(): void {
    for (const [locus, runs] of this.runs) {
      const row =
        this.sites.get(locus) ?? new Array<SiteCall | undefined>(this.samples.length).fill(undefined);
      runs.forEach((run, s) => {
        if (row[s] !== undefined) return;
        const composed = composeRun(locus, run);
        if (composed === null) return;
        row[s] = 'site' in composed ? composed.site : CONFLICT;
        if ('open' in composed)
          this.note(
            this.samples[s] ?? '',
            locus.gene,
            `${locus.rsid || `${locus.chromosome}:${locus.pos}`}: ${composed.open}; position treated as missing`,
          );
      });
      if (row.some((site) => site !== undefined)) this.sites.set(locus, row);
    }
    this.runs.clear();
  }

  private merged(
    before: SiteCall | undefined,
    now: SiteCall,
    locus: Locus,
    sample: string,
    label: string,
  ): SiteCall {
    if (before === undefined) return now;
    if (before === CONFLICT) return CONFLICT;
    const merged = mergeSites(before, now, locus.ref);
    if ('site' in merged) return merged.site;
    this.note(sample, locus.gene, `${label}: ${merged.conflict}; position treated as missing`);
    return CONFLICT;
  }

  private noteAll(gene: string, text: string): void {
    for (const sample of this.samples.slice(0, 20)) this.note(sample, gene, text);
  }

  /** What makes the whole file unusable, if anything does. */
  problem(where: string): Problem | null {
    this.compose();
    this.faults.judge(this.sites, (site) => site !== CONFLICT);
    return this.faults.ofAll(where);
  }

  /** Reference bases that are not those of the assembly the file is on: their records were left out, and that must be seen. */
  private mismatch(where: string): readonly Problem[] {
    if (this.mismatched.size === 0) return [];
    const names = [...this.mismatched];
    const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
    return [
      {
        code: 'inconsistent',
        severity: 'error',
        where,
        what: `the reference base is not that of ${this.assembly} at ${names.slice(0, 3).join(', ')}${more}; these positions are read as missing`,
        help: 'Call again on the reference genome that the header names',
      },
    ];
  }

  file(where: string, recordCount: number, others: readonly Problem[]): VariantFile {
    const { sites, samples, notes, unread, faults, deleted } = this;
    const numbers = new Map(samples.map((sample, at) => [sample, at]));
    const numberOf = (sample: string) => numbers.get(sample) ?? -1;
    const isRefused = (sample: string) => faults.refusal(numberOf(sample)) !== null;
    const warnings = [...others, ...this.mismatch(where)];
    return {
      assembly: this.assembly,
      samples,
      warnings,
      recordCount,
      matchedCount: sites.size,
      sitesOf(sample) {
        const at = numberOf(sample);
        const out = new Map<string, Map<number, SiteCall>>();
        if (isRefused(sample)) return out;
        for (const [locus, row] of sites) {
          const known = row[at];
          if (!known || known === CONFLICT) continue;
          const isDeleted = deleted.get(locus)?.has(at) === true;
          const site = isDeleted ? { ...known, doubt: 'a deletion over it is carried' } : known;
          const gene = out.get(locus.gene);
          if (gene) gene.set(locus.index, site);
          else out.set(locus.gene, new Map([[locus.index, site]]));
        }
        return out satisfies ReadonlyMap<string, GeneSites>;
      },
      unreadOf(sample) {
        const at = numberOf(sample);
        const out = new Map<string, Set<number>>();
        const add = ({ gene, index }: Locus) => out.set(gene, (out.get(gene) ?? new Set()).add(index));
        for (const [locus, row] of sites) if (row[at] === undefined || row[at] === CONFLICT) add(locus);
        for (const locus of unread) if (!sites.has(locus)) add(locus);
        for (const [locus, carriers] of deleted) if (carriers.has(at)) add(locus);
        return out;
      },
      refusalOf: (sample) => faults.problem(numberOf(sample), faults.refusal(numberOf(sample)), where),
      problemOf: (sample) => faults.problem(numberOf(sample), faults.line(numberOf(sample)), where),
      structuresOf: (sample) => this.structures.get(sample) ?? new Map<string, string>(),
      notesOf(sample) {
        const out = new Map<string, readonly string[]>();
        for (const [gene, list] of notes.get(sample) ?? []) out.set(gene, [...list].sort());
        return out;
      },
    };
  }
}

/** The assembly a file is on: what its header says, checked against its reference bases; or what the bases say. */
export function chooseAssembly(
  said: Assembly | null,
  evidence: readonly BuildEvidence[],
  where: string,
): Result<Assembly> {
  const of = (assembly: Assembly) =>
    evidence.find((e) => e.assembly === assembly) ?? { assembly, agree: 0, disagree: 0 };
  const fits = (e: BuildEvidence) => e.agree > 0 && e.agree >= 4 * e.disagree;
  const wrong = (what: string, help: string) =>
    fail<Assembly>({ code: 'wrong-assembly', severity: 'error', where, what, help });
  const [a, b] = [of('GRCh38'), of('GRCh37')];
  // By chance a record lies on a position of the other assembly, and one in four such has its base.
  const least = Math.max(FEW_BY_CHANCE, Math.max(a.agree, b.agree) / 20);
  if (fits(a) && fits(b) && Math.min(a.agree, b.agree) >= least)
    return wrong(
      `${a.agree} reference bases are those of positions on GRCh38 and ${b.agree} those on GRCh37`,
      'Give a file whose records are all on one assembly',
    );
  if (said) {
    const other = of(said === 'GRCh38' ? 'GRCh37' : 'GRCh38');
    const own = of(said);
    if (!fits(own) && fits(other) && other.agree > 2 * own.agree) {
      return wrong(
        `the header says ${said} but the reference bases are those of ${other.assembly}`,
        'Correct the header, or give the file on the assembly it was called on',
      );
    }
    if (own.disagree > 0 && own.agree < own.disagree) {
      return wrong(
        `${own.disagree} of ${own.agree + own.disagree} reference bases are not those of ${said}`,
        'The file is on another assembly or damaged: call again on GRCh38',
      );
    }
    return ok(said);
  }
  const score = (e: BuildEvidence) => e.agree - 3 * e.disagree;
  if (!fits(a) && !fits(b)) {
    if (a.agree + a.disagree + b.agree + b.disagree === 0) return ok('GRCh38');
    return wrong(
      'the reference bases fit neither GRCh38 nor GRCh37',
      'Call again on GRCh38, or name the assembly in ##contig lines',
    );
  }
  const chosen = score(a) >= score(b) ? a : b;
  return ok(chosen.assembly, [
    {
      code: 'missing',
      severity: 'warning',
      where,
      what: `the header does not name the assembly; ${chosen.assembly} told from ${chosen.agree} reference bases`,
      help: 'Add ##contig lines with an assembly',
    },
  ]);
}
