import type { SiteCall } from './site.ts';

export type Merged = { readonly site: SiteCall } | { readonly conflict: string };

function variants(site: SiteCall, ref: string): string[] {
  return [site.first, site.second].filter((allele): allele is string => allele !== null && allele !== ref);
}

/**
 * Two records about one position: a split multiallelic, a normalised and a raw spelling, a reference line beside a variant line.
 * The result does not depend on which came first.
 */
export function mergeSites(a: SiteCall, b: SiteCall, ref: string): Merged {
  const merged = mergeGenotypes(a, b, ref);
  if ('conflict' in merged) return merged;
  const { doubt: _ofOne, ...site } = merged.site;
  const doubt = doubtOfBoth(a, b, ref);
  return { site: doubt === undefined ? site : { ...site, doubt } };
}

/** Two records that say the same vouch for each other; of two that each tell a part, each may be doubtful; who says nothing of a variant lends it no doubt. */
function doubtOfBoth(a: SiteCall, b: SiteCall, ref: string): string | undefined {
  const [va, vb] = [variants(a, ref).sort().join(), variants(b, ref).sort().join()];
  if (va === vb)
    return a.doubt === undefined || b.doubt === undefined ? undefined : [a.doubt, b.doubt].sort()[0];
  if (va === '') return b.doubt;
  if (vb === '') return a.doubt;
  return [a.doubt, b.doubt].filter((doubt) => doubt !== undefined).sort()[0];
}

function mergeGenotypes(a: SiteCall, b: SiteCall, ref: string): Merged {
  const va = variants(a, ref);
  const vb = variants(b, ref);
  if (denies(a, vb, b) || denies(b, va, a)) return { conflict: 'two records give different genotypes' };
  if (vb.length === 0) return { site: fill(a, b, ref) };
  if (va.length === 0) return { site: fill(b, a, ref) };
  const halves = otherHalf(a, b);
  if (!halves && [...va].sort().join() === [...vb].sort().join()) {
    const sameOrder = a.first === b.first && a.second === b.second;
    if (sameOrder) return { site: a.phased ? a : b };
    return a.phased && b.phased
      ? { conflict: 'two records disagree on the strand' }
      : { site: a.phased ? a : b };
  }
  if (!halves && va.some((allele) => vb.includes(allele)))
    return { conflict: 'two records give different genotypes' };
  const both = [...va, ...vb];
  if (both.length > (a.haploid ? 1 : 2))
    return { conflict: 'two records together give more than two alleles' };
  const undocumented = [...new Set([...a.undocumented, ...b.undocumented])].sort();
  if (a.phased && b.phased) {
    const slot = (x: string | null, y: string | null): string | null | undefined => {
      if (x === null || x === ref) return y ?? x;
      return y === null || y === ref ? x : undefined;
    };
    const first = slot(a.first, b.first);
    const second = slot(a.second, b.second);
    if (first === undefined || second === undefined)
      return { conflict: 'two records put different alleles on one strand' };
    return { site: { ...a, first, second, undocumented } };
  }
  both.sort();
  // In which order the two stand says nothing from here on.
  const { tied: _ofOneRecord, ...site } = a;
  return {
    site: {
      ...site,
      first: both[0] ?? null,
      second: both[1] ?? null,
      phased: false,
      phaseSet: null,
      undocumented,
    },
  };
}

/** Whether a record that is spelled as the other one names an allele of it, and says that it is not carried. */
function denies(site: SiteCall, carried: readonly string[], other: SiteCall): boolean {
  if (site.spelled?.site !== other.spelled?.site || site.spelled?.alt !== other.spelled?.alt) return false;
  return carried.some(
    (allele) => site.first !== allele && site.second !== allele && site.named?.includes(allele),
  );
}

/** A site of several alternatives, split into records: two of them may carry the same base here and differ in the next. */
function otherHalf(a: SiteCall, b: SiteCall): boolean {
  return a.spelled !== undefined && a.spelled.site === b.spelled?.site && a.spelled.alt !== b.spelled.alt;
}

/** A reference line beside a variant line fills the half that the variant line left open, and nothing else. */
function fill(main: SiteCall, other: SiteCall, ref: string): SiteCall {
  if (main.haploid || (main.first !== null && main.second !== null)) return main;
  if (other.first !== ref && other.second !== ref) return main;
  return { ...main, first: main.first ?? ref, second: main.second ?? ref };
}
