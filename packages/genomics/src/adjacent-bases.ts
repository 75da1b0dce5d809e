import type { Locus } from './locus.ts';
import type { SiteCall } from './site.ts';
import { readBase, readField, type VcfRecord } from './vcf-record.ts';

/** A variant of neighbouring bases (RYR1 c.7042_7043delinsTC and its like): some callers write it as one record a base. */
export function isBaseRun(locus: Locus): boolean {
  return locus.ref.length > 1 && locus.alts.every((alt) => alt.length === locus.ref.length);
}

const BASES: ReadonlySet<string> = new Set(['A', 'C', 'G', 'T']);
const ALONE = new WeakMap<Locus, readonly Locus[]>();

/** Each base of a run as a position of its own. */
function basesOf(locus: Locus): readonly Locus[] {
  const own =
    ALONE.get(locus) ??
    [...locus.ref].map((ref, at) => ({
      ...locus,
      pos: locus.pos + at,
      ref,
      isIndel: false,
      documented: BASES,
    }));
  ALONE.set(locus, own);
  return own;
}

/** What a sample shows at each base of a run, as far as records spoke of it. */
export type RunOfSites = (SiteCall | undefined)[];

/** Notes what a record of fewer bases than the run says of them. Two records about one base leave the first. */
export function addToRun(locus: Locus, record: VcfRecord, field: string, run: RunOfSites): void {
  basesOf(locus).forEach((base, at) => {
    if (run[at] !== undefined) return;
    const reading = readBase(base, record);
    if (reading === null || reading === 'reference mismatch') return;
    const call = readField(reading, record, field, base, false);
    if (call.kind === 'call') run[at] = call.site;
  });
}

type Composed = { readonly site: SiteCall } | { readonly open: string } | null;

/**
 * The run put together. Which bases lie on one strand is known when at most one of them is heterozygous, or all are phased together; otherwise
 * the variant and two single changes on different chromosomes cannot be told apart, and the position stays open. Null where a base was
 * not read.
 */
export function composeRun(locus: Locus, run: RunOfSites): Composed {
  const sites = locus.alts.length > 0 ? [...locus.ref].map((_base, at) => run[at]) : [];
  const known = sites.filter((site): site is SiteCall => site !== undefined);
  if (known.length === 0 || known.length < sites.length) return null;
  const haploid = known.every((site) => site.haploid);
  if (
    known.some(
      (site) => site.haploid !== haploid || site.first === null || (!haploid && site.second === null),
    )
  )
    return null;
  const hets = known.filter((site) => !site.haploid && site.first !== site.second);
  const together = hets.every((site) => site.phased && site.phaseSet === hets[0]?.phaseSet);
  if (hets.length > 1 && !together)
    return { open: `changes of ${hets.length} neighbouring bases whose phase is not known` };
  const first = known.map((site) => site.first ?? '').join('');
  const second = haploid ? null : known.map((site) => site.second ?? '').join('');
  return {
    site: {
      first,
      second,
      haploid,
      phased: hets.length > 0 ? hets.every((site) => site.phased) : known.every((site) => site.phased),
      phaseSet: hets[0]?.phaseSet ?? null,
      undocumented: [first, second].filter(
        (bases): bases is string => bases !== null && !locus.documented.has(bases),
      ),
    },
  };
}
