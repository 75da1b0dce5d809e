import { chromosomeName } from './chromosome.ts';
import type { GeneSpan } from './locus.ts';
import { isAnyOther, isSymbolic, type VcfRecord } from './vcf-record.ts';

const TAB = 9;
const COMMA = 44;
const DOT = 46;
const STAR = 42;
const LESS_THAN = 60;
const N = 78;
const BRACKETS: ReadonlySet<number> = new Set([91, 93]);

/** From so many bases on an insertion or deletion counts as a change of structure (VCF; Alkan 2011). */
const LEAST_LENGTH = 50;

/**
 * Whether the bytes of a record name a change of structure: a symbolic allele (other than that of a gVCF), a breakend, or bases 50 and more longer or shorter.
 * `from` is the tab behind the position.
 */
export function namesStructure(data: Uint8Array, from: number, end: number): boolean {
  let tabs = 0;
  let refAt = 0;
  let refLength = 0;
  let length = 0;
  for (let at = from; at < end; at++) {
    const c = data[at] ?? 0;
    if (c === TAB) {
      tabs++;
      if (tabs === 2) refAt = at;
      else if (tabs === 3) refLength = at - refAt - 1;
      else if (tabs === 4) return Math.abs(length - refLength) >= LEAST_LENGTH;
    } else if (tabs === 3) {
      if (c === COMMA) {
        if (Math.abs(length - refLength) >= LEAST_LENGTH) return true;
        length = 0;
      } else if (c === LESS_THAN) {
        if (data[at + 1] !== STAR && data[at + 1] !== N) return true;
        // The alternative of a gVCF is as long as nothing.
        while (at + 1 < end && data[at + 1] !== TAB && data[at + 1] !== COMMA) at++;
        length = refLength;
      } else if (BRACKETS.has(c) || (c === DOT && length > 0)) return true;
      else length++;
    }
  }
  return false;
}

/** Whether one alternative is a change of structure. `*` is what another record deletes. */
function isChange(ref: string, alt: string): boolean {
  // A single base, as nearly all are, is none.
  if ((alt.length === 1 && ref.length < LEAST_LENGTH) || isAnyOther(alt)) return false;
  if (alt === '*' || alt === '.') return false;
  return isSymbolic(alt) || Math.abs(alt.length - ref.length) >= LEAST_LENGTH;
}

const NONE: ReadonlySet<number> = new Set();

/** The alternatives that are changes of structure, by their number in genotypes. */
export function changesOf({ ref, alts }: Pick<VcfRecord, 'ref' | 'alts'>): ReadonlySet<number> {
  if (!alts.some((alt) => isChange(ref, alt))) return NONE;
  return new Set(alts.flatMap((alt, at) => (isChange(ref, alt) ? [at + 1] : [])));
}

/** Whether a sample's field says that it carries one of them; some callers leave the genotype open and count the copies (FORMAT CN). */
export function carriesChange(record: VcfRecord, field: string, changes: ReadonlySet<number>): boolean {
  const values = field.split(':');
  const gt = values[record.format.gt] ?? '.';
  if (gt.split(/[|/]/).some((slot) => changes.has(Number.parseInt(slot, 10)))) return true;
  const copies = Number.parseInt(values[record.format.cn] ?? '', 10);
  return !/[1-9]/.test(gt) && !Number.isNaN(copies) && copies !== 2;
}

/** Genes within whose positions a stretch lies, wholly or in part. */
export function genesWithin(spans: readonly GeneSpan[], from: number, to: number): readonly string[] {
  return spans.flatMap(({ gene, first, last }) => (from <= last && to >= first ? [gene] : []));
}

/** Letters told of an alternative. */
const MOST_LETTERS = 40;

/** What is told of it: where it is, and what it leaves open. `isOver`: it lies over positions that are read. */
export function changeText(record: VcfRecord, changes: ReadonlySet<number>, isOver: boolean): string {
  const { ref, alts, chromosome, pos, end } = record;
  const names = [...changes].map((number) => {
    const alt = alts[number - 1] ?? '';
    if (isSymbolic(alt)) return alt.length > MOST_LETTERS ? `${alt.slice(0, MOST_LETTERS)}…` : alt;
    const more = alt.length - ref.length;
    return `${Math.abs(more)} bases ${more > 0 ? 'inserted' : 'deleted'}`;
  });
  const where = `${chromosomeName(chromosome)}:${pos}${end > pos ? `-${end}` : ''}`;
  return isOver
    ? `a change of structure (${names.join()} at ${where}) is carried here and not read: copies of the gene may be missing or changed`
    : `a change of structure (${names.join()} at ${where}) is carried between the positions read, and not read itself: the gene may be changed`;
}
