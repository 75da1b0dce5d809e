import type { Problem } from '@foramen/spine/problem';
import type { Locus } from './locus.ts';
import type { SiteCall } from './site.ts';

/** Why the genotypes of one sample cannot be used, and what would help. */
interface Fault {
  readonly what: string;
  readonly help: string;
}

/** Positions named in one line; the rest is counted. */
const MOST_NAMED = 3;

/**
 * What is wrong with the genotypes of single samples. A column of a file is a person: the fault of one says nothing of the others, so each is kept
 * under the number of its sample, and only a file in which nobody can be used is refused as a whole.
 */
export class SampleFaults {
  private readonly refused = new Map<number, Fault>();
  private readonly bad = new Map<number, { first: string; readonly positions: Set<string> }>();
  private readonly read: Uint8Array;
  private readonly samples: readonly string[];

  constructor(samples: readonly string[]) {
    this.samples = samples;
    this.read = new Uint8Array(samples.length);
  }

  /** A genotype of this sample was read. */
  isRead(sample: number): void {
    this.read[sample] = 1;
  }

  /** A genotype that cannot be: its position is missing. */
  unreadable(sample: number, label: string, why: string): void {
    const known = this.bad.get(sample) ?? { first: `${label}: ${why}`, positions: new Set<string>() };
    this.bad.set(sample, known);
    if (known.positions.size < 1000) known.positions.add(label);
  }

  /** More copies of a chromosome than a diploid call set holds: nothing of this sample is believed. */
  tooManyCopies(sample: number, label: string, why: string): void {
    this.refuse(sample, `more than two copies: ${label}: ${why}`, 'Give a diploid germline call set');
  }

  /** Looks through all that was read: one copy of a gene here and two there is no person; nor is a column without any genotype. */
  judge(
    sites: ReadonlyMap<Locus, readonly (SiteCall | undefined)[]>,
    known: (site: SiteCall) => boolean,
  ): void {
    const copies = new Map<string, Uint8Array>();
    for (const [locus, row] of sites) {
      if (locus.chromosome === 'chrM') continue;
      const seen = copies.get(locus.gene) ?? new Uint8Array(this.read.length);
      copies.set(locus.gene, seen);
      row.forEach((site, s) => {
        if (site && known(site)) seen[s] = (seen[s] ?? 0) | (site.haploid ? 1 : 2);
      });
    }
    for (const [gene, seen] of copies)
      seen.forEach((both, s) => {
        if (both !== 3) return;
        const what = `mixed ploidy: sample ${this.samples[s]} has one copy of ${gene} at some positions and two at others`;
        this.refuse(s, what, 'Call all positions of a chromosome with the same ploidy');
      });
    for (const [s, { first }] of this.bad) {
      if (this.read[s] === 1) continue;
      const help = 'Write genotypes as numbers of the alleles of their record (0/1)';
      this.refuse(s, `no genotype can be read: ${first}`, help);
    }
  }

  /** Why nothing of this sample is used; null where it can be called. */
  refusal(sample: number): Fault | null {
    return this.refused.get(sample) ?? null;
  }

  /** What makes the whole file unusable: that none of its samples can be called. */
  ofAll(where: string): Problem | null {
    const first = this.refused.get(0);
    if (first === undefined || this.refused.size < this.samples.length) return null;
    return this.problem(0, first, where);
  }

  /** A fault as a problem of the file; of several samples it says whose it is. */
  problem(sample: number, fault: Fault | null, where: string): Problem | null {
    if (fault === null) return null;
    const whose = `sample ${this.samples[sample]}`;
    const isSaid = this.samples.length === 1 || fault.what.includes(whose);
    const what = isSaid ? fault.what : `${whose}: ${fault.what}`;
    return { code: 'inconsistent', severity: 'error', where, what, help: fault.help };
  }

  /** One line on the genotypes of this sample that cannot be read; none where all can, or where it is refused. */
  line(sample: number): Fault | null {
    const found = this.bad.get(sample);
    if (!found || this.refused.has(sample)) return null;
    const others = [...found.positions].slice(1, MOST_NAMED);
    const more = found.positions.size - others.length - 1;
    const also = others.length > 0 ? `, also ${others.join(', ')}${more > 0 ? ` and ${more} more` : ''}` : '';
    return {
      what: `${found.first}${also}; read as missing`,
      help: 'Call this sample again, or correct its genotypes',
    };
  }

  private refuse(sample: number, what: string, help: string): void {
    if (!this.refused.has(sample)) this.refused.set(sample, { what, help });
  }
}
