import { contradictsDepth, doubtOf, nothingRead, variantNote } from './genotype-evidence.ts';
import { baseAt, isCopies, minimalChange } from './indel.ts';
import type { Locus } from './locus.ts';
import type { SiteCall } from './site.ts';

/** A data line, cut up only as far as it is needed. */
export interface VcfRecord {
  readonly chromosome: string;
  readonly pos: number;
  readonly ref: string;
  readonly alts: readonly string[];
  readonly filter: string;
  /** Last base covered: the END of a reference block, else the end of REF. */
  readonly end: number;
  readonly isBlock: boolean;
  readonly format: FormatFields;
  /** How badly the position was imputed, in words; absent or null where it was not, or well. */
  readonly imputation?: string | null;
}

export interface FormatFields {
  /** Values that a sample has at most. */
  readonly count: number;
  readonly gt: number;
  readonly ps: number;
  readonly ad: number;
  readonly dp: number;
  readonly minDp: number;
  readonly gq: number;
  /** Quality of a reference genotype (GATK), and Strelka's quality of any. */
  readonly rgq: number;
  readonly gqx: number;
  /** Probabilities of the genotypes. */
  readonly gp: number;
  /** Filter of the one genotype. */
  readonly ft: number;
  /** Length of this sample's reference block (VCF 4.5). */
  readonly len: number;
  /** Copies of the stretch of a change of structure. */
  readonly cn: number;
}

/** Fields of a record that gives a genotype and no more. */
export const GENOTYPE_ALONE: FormatFields = readFormat('GT');

export function readFormat(text: string): FormatFields {
  const keys = text.split(':');
  const at = (key: string) => keys.indexOf(key);
  return {
    count: keys.length,
    gt: at('GT'),
    ps: at('PS'),
    ad: at('AD'),
    dp: at('DP'),
    minDp: at('MIN_DP'),
    gq: at('GQ'),
    rgq: at('RGQ'),
    gqx: at('GQX'),
    gp: at('GP'),
    ft: at('FT'),
    len: at('LEN'),
    cn: at('CN'),
  };
}

/** How each allele of a record reads at a locus, in the gene table's spelling. */
export interface Reading {
  /** By allele index: the allele; null where it is deleted, symbolic or not to be told. */
  readonly alleles: readonly (string | null)[];
  readonly undocumented: ReadonlySet<string>;
  /** Says no more than "nothing differs here". */
  readonly onlyReference: boolean;
  /** Deletes the position in who carries it, and says nothing of it in anybody else. */
  readonly onlyCarried?: true;
}

/** Not spelled in bases: `<DEL>`, `*`, a breakend with its mate (`G]17:198982]`) or without (`G.`). */
export function isSymbolic(alt: string): boolean {
  return alt.startsWith('<') || alt === '*' || /[.[\]]/.test(alt);
}

/** Whether an alternative is spelled in bases, and another than the reference: `R`, `A;C` and what is empty cannot be read. */
function isSpelled(ref: string, alt: string): boolean {
  return /^[ACGT]+$/.test(alt) && alt !== ref;
}

/** The alternative of a gVCF that stands for everything not seen. */
export function isAnyOther(alt: string): boolean {
  return alt === '<NON_REF>' || alt === '<*>';
}

/** A deletion, duplication, copy number or breakend. Whoever does not carry it may differ in any base within it. */
export function isStructural(alts: readonly string[]): boolean {
  return alts.length > 0 && alts.every((alt) => isSymbolic(alt) && !isAnyOther(alt) && alt !== '*');
}

/** How a record speaks of a locus: a reading, silence (null), or a disagreement about the reference base. */
export function readLocus(locus: Locus, record: VcfRecord): Reading | 'reference mismatch' | null {
  const { ref, alts } = record;
  const named = alts.filter((alt) => isSpelled(ref, alt));
  if (record.isBlock || named.length === 0) {
    // A site that nobody varies speaks of its first base, however long its REF is; only a gVCF means every base by it.
    const covers =
      record.pos === locus.pos ||
      ((record.isBlock || alts.some(isAnyOther)) && record.pos <= locus.pos && record.end >= locus.pos);
    if (!covers) return null;
    if (record.pos === locus.pos && ref[0] !== locus.ref[0] && ref[0] !== 'N') return 'reference mismatch';
    if (!record.isBlock && record.pos !== locus.pos && ref[locus.pos - record.pos] !== locus.ref[0])
      return 'reference mismatch';
    return { alleles: [locus.ref, ...alts.map(() => null)], undocumented: new Set(), onlyReference: true };
  }
  return locus.isIndel ? readIndel(locus, record) : readBase(locus, record);
}

export function readBase(locus: Locus, record: VcfRecord): Reading | 'reference mismatch' | null {
  const offset = locus.pos - record.pos;
  if (offset < 0 || offset >= record.ref.length) return null;
  if (record.ref[offset] !== locus.ref) return 'reference mismatch';
  // An insertion behind the base leaves the base as it is, and says no more of it than a deletion does.
  const inserted = (alt: string) => record.ref.length === 1 && alt.length > 1 && alt[0] === record.ref;
  const exact = record.ref.length === 1 && !(record.alts.length > 0 && record.alts.every(inserted));
  const undocumented = new Set<string>();
  const alleles: (string | null)[] = [locus.ref];
  let deleted = false;
  for (const alt of record.alts) {
    const isRead = isSpelled(record.ref, alt);
    const base = !isRead ? null : exact && !inserted(alt) ? alt : baseAt(record.ref, alt, offset);
    if (isRead && base === null) deleted = true;
    alleles.push(base);
    if (base !== null && !locus.documented.has(base)) undocumented.add(base);
  }
  // A deletion or a longer substitution speaks of the bases it changes. That nobody carries it says nothing about its other bases.
  // In a gVCF it does: no reference block repeats the bases of such a record.
  const changed = alleles.some((base) => base !== null && base !== locus.ref);
  if (!exact && !changed && !record.alts.some(isAnyOther))
    return deleted ? { alleles, undocumented, onlyReference: false, onlyCarried: true } : null;
  return { alleles, undocumented, onlyReference: alleles.every((base) => base === locus.ref) };
}

function isWithin(pos: number, locus: Locus): boolean {
  return locus.run !== null && pos >= locus.pos && pos <= locus.run.last;
}

function readIndel(locus: Locus, record: VcfRecord): Reading | 'reference mismatch' | null {
  const exact = record.pos === locus.pos && record.ref === locus.ref;
  const covers = record.pos <= locus.pos && record.pos + record.ref.length >= locus.pos + locus.ref.length;
  const undocumented = new Set<string>();
  const alleles: (string | null)[] = [locus.ref];
  let speaks = exact;
  let deleted = false;
  for (const alt of record.alts) {
    if (!isSpelled(record.ref, alt)) {
      alleles.push(null);
      continue;
    }
    const change = minimalChange(record.pos, record.ref, alt);
    const known = locus.equivalents.get(`${change.pos}:${change.ref}:${change.alt}`);
    if (known !== undefined) {
      alleles.push(known);
      speaks = true;
    } else if (exact) {
      alleles.push(alt);
      undocumented.add(alt);
    } else if (locus.run && isCopies(change, locus.run.unit) && isWithin(change.pos, locus)) {
      // Another number of copies of the same run: the same allele that the record would be in the table's own spelling.
      const spelled = `${change.ref}>${change.alt}`;
      alleles.push(spelled);
      undocumented.add(spelled);
      speaks = true;
    } else if (change.ref.length === change.alt.length) {
      alleles.push(covers ? locus.ref : null);
    } else {
      alleles.push(null);
      const last = locus.pos + locus.ref.length - 1;
      deleted ||=
        change.alt.length < change.ref.length &&
        change.pos < last &&
        change.pos + change.ref.length > locus.pos + 1;
    }
  }
  if (!speaks && deleted) return { alleles, undocumented, onlyReference: false, onlyCarried: true };
  if (!speaks) return null;
  return { alleles, undocumented, onlyReference: alleles.every((allele) => allele === locus.ref) };
}

export const CANNOT_BE_READ = 'cannot be read here';
/** Longer than any genotype of one or two copies; what is longer is not read. */
const MAX_GENOTYPE = 40;

export type FieldCall =
  | { readonly kind: 'call'; readonly site: SiteCall; readonly why?: string }
  | { readonly kind: 'silent'; readonly why: string | null }
  | { readonly kind: 'bad'; readonly why: string };

/** One sample's field at a locus. */
export function readField(
  reading: Reading,
  record: VcfRecord,
  field: string,
  locus: Pick<Locus, 'pos'>,
  haploidChromosome: boolean,
): FieldCall {
  const parts = field.split(':');
  // Of several people in one record, each has a block of an own length.
  if (record.isBlock && locus.pos >= record.pos + Number.parseInt(parts[record.format.len] ?? '', 10))
    return { kind: 'silent', why: null };
  // A blank before or behind it, as some spreadsheets leave, is none of it.
  const text = parts[record.format.gt]?.trim() ?? '.';
  // Since VCF 4.4 the first copy may bear its own phase, as in `/0/1` and `|0|1`.
  const gt = /^[|/]./.test(text) ? text.slice(1) : text;
  if (parts.length > record.format.count)
    return { kind: 'bad', why: `${parts.length} values where FORMAT names ${record.format.count}` };
  if (gt.length > MAX_GENOTYPE)
    return { kind: 'bad', why: `genotype ${gt.slice(0, 12)}… has too many copies` };
  const phased = !text.includes('/');
  const slots = gt.split(/[|/]/);
  const indices = slots.map((slot) =>
    slot === '.' || slot === '' ? -1 : /^\d+$/.test(slot) ? Number(slot) : Number.NaN,
  );
  if (indices.every((index) => index < 0)) return { kind: 'silent', why: null };
  if (indices.some((index) => Number.isNaN(index) || index >= reading.alleles.length)) {
    return { kind: 'bad', why: `genotype ${gt} names an allele the record does not have` };
  }
  if (slots.length > 2) return { kind: 'bad', why: `genotype ${gt} has ${slots.length} copies` };
  const nothingVaries = indices.every((i) => i < 0 || reading.alleles[i] === reading.alleles[0]);
  if (nothingVaries && nothingRead(record, parts))
    return { kind: 'silent', why: 'no reads at this position' };
  const contradicted = contradictsDepth(record, parts, indices);
  if (contradicted !== null) return { kind: 'silent', why: contradicted };
  const first = (indices[0] ?? -1) < 0 ? null : (reading.alleles[indices[0] ?? 0] ?? null);
  const second =
    indices.length < 2 || (indices[1] ?? -1) < 0 ? null : (reading.alleles[indices[1] ?? 0] ?? null);
  const untold = indices.some((index) => index >= 0 && reading.alleles[index] === null);
  if (untold)
    return {
      kind: 'silent',
      why: `an allele of ${gt} ${CANNOT_BE_READ} (deleted, symbolic or spelt differently)`,
    };
  const haploid = slots.length === 1 || haploidChromosome;
  if (slots.length === 2 && indices.some((index) => index < 0)) {
    const known = first ?? second;
    if (known === reading.alleles[0] && !haploidChromosome)
      return { kind: 'silent', why: `only half of ${gt} is known` };
  }
  const carried = [first, second].filter(
    (allele): allele is string => allele !== null && reading.undocumented.has(allele),
  );
  if (haploidChromosome && first !== null && second !== null && first !== second) {
    // Some mitochondria carry the variant and some do not. No guideline says from which share on it counts: no call, and never "not carried".
    const why = `genotype ${gt} on a single-copy chromosome (heteroplasmy): neither carried nor absent`;
    const site: SiteCall = {
      first: null,
      second: null,
      haploid: true,
      phased,
      phaseSet: null,
      undocumented: [],
    };
    return { kind: 'call', site, why };
  }
  const setText = parts[record.format.ps];
  const varied = [first, second].some((allele) => allele !== null && allele !== reading.alleles[0]);
  const doubt = doubtOf(record, parts, indices, varied);
  return {
    kind: 'call',
    ...(doubt !== null && varied ? { why: variantNote(doubt) } : {}),
    site: {
      first: haploid ? (first ?? second) : first,
      second: haploid ? null : second,
      haploid,
      phased,
      phaseSet: phased && record.format.ps >= 0 && setText && setText !== '.' ? setText : null,
      undocumented: carried,
      named: reading.alleles,
      ...(doubt === null ? {} : { doubt: [...doubt.filters, ...doubt.figures].join(', ') }),
      ...(record.ref.length > 1 && !phased && !haploid && first !== second
        ? { tied: `${record.pos}:${record.ref}:${record.alts.join()}` }
        : {}),
      ...(record.ref.length > 1 && record.alts.length === 1
        ? { spelled: { site: `${record.pos}:${record.ref}`, alt: record.alts[0] ?? '' } }
        : {}),
    },
  };
}
