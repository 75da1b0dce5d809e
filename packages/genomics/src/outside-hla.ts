import type { GeneState } from './gene-state.ts';
import type { OutsideCall } from './outside.ts';

/** Alleles that guidelines act on, by gene. */
export const HLA_ALLELES: Readonly<Record<string, readonly string[]>> = {
  'HLA-A': ['*31:01'],
  'HLA-B': ['*15:02', '*57:01', '*58:01'],
};

/** A test for one allele, as calls hold it. */
export const HLA_WORD = /^(\*\d{2,3}:\d{2,3}) (positive|negative)$/;

/** The two sides of a diplotype. A GL string of HLA parts them by `+`, and means "or" by `/`: that is then no allele. */
export function chromosomesOf({ gene, diplotype }: OutsideCall): readonly string[] {
  const text = diplotype ?? '';
  return HLA_ALLELES[gene] && text.includes('+')
    ? text.replace(/^hla#[\d.]+#/i, '').split('+')
    : text.split('/');
}

/** The first two fields of an HLA allele or of a G or P group, which say the protein; null where they are not there, as in `*15` or `*1502`. */
export function twoFields(name: string): string | null {
  return /^\*?(\d{2,3}:\d{2,3})(?::\d{2,3}){0,2}[NLSCAQGP]?$/.exec(name)?.[1]?.replace(/^/, '*') ?? null;
}

/**
 * Names of before 2010, which had no colons, with them: `*1502` is *15:02, `*150201` is *15:02:01. Only behind an asterisk, and never A*92 and B*95, whose alleles were
 * renamed to *02 and *15 (WHO Nomenclature Committee, 2010).
 */
export function modernHla(text: string): string {
  return text.replace(
    /\*(?!92|95)(\d{2})(\d{2})(\d{2})?(?!\d|:\d)/g,
    (_all, group: string, protein: string, silent?: string) =>
      `*${group}:${protein}${silent === undefined ? '' : `:${silent}`}`,
  );
}

/** Of somebody typed on one chromosome only, what was not found is not known. */
export function hlaState(gene: string, alleles: readonly string[]): GeneState | null {
  const phenotypes = (HLA_ALLELES[gene] ?? []).flatMap((allele) =>
    alleles.some((name) => twoFields(name) === allele)
      ? [`${allele} positive`]
      : alleles.length > 1
        ? [`${allele} negative`]
        : [],
  );
  if (phenotypes.length === 0) return null;
  return {
    gene,
    diplotype: alleles.join('/'),
    phenotype: phenotypes.join('; '),
    score: null,
    phenotypes,
    label: `${gene} ${phenotypes.join(', ')}`,
  };
}

/**
 * Several tests of one gene, each for an allele of its own, as one state: they hold together, unlike diplotypes of which one is true. `both`: alleles found by one
 * and denied by another. Null of a single test, and of several typings.
 */
export function hlaTests(states: readonly GeneState[]): GeneState | { readonly both: string } | null {
  const [first] = states;
  const typings = states.filter((state) => state.diplotype !== '');
  if (first === undefined || states.length < 2 || typings.length > 1) return null;
  const phenotypes = [...new Set(states.flatMap((state) => state.phenotypes))];
  const both = phenotypes.flatMap((text) =>
    text.endsWith(' positive') && phenotypes.includes(text.replace('positive', 'negative'))
      ? [text.replace(' positive', '')]
      : [],
  );
  if (both.length > 0) return { both: both.join(', ') };
  return {
    ...first,
    diplotype: typings[0]?.diplotype ?? '',
    phenotype: phenotypes.join('; '),
    phenotypes,
    label: `${first.gene} ${phenotypes.join(', ')}`,
  };
}

const ALLELE = String.raw`\*?\d{2,3}:\d{2,3}(?::\d{2,3})*[NLSCAQGP]?`;
/** Alleles in a row, and what is said of them all: `*15:02, *57:01 and *58:01: not detected`. */
const IN_A_ROW = String.raw`${ALLELE}(?:(?:\s?,\s?|\s(?:and|or|nor|y|o|ni)\s)${ALLELE}){0,29}`;
/** What parts an allele from its result: no end of a sentence, but a line of dots. */
const GAP = String.raw`(?:[^\w.;]|\.(?=\.)|(?<=\.\.)\.){1,60}`;
/** What the allele matters for, in brackets, which is no result. */
const ASIDE = String.raw`(?:\s?\((?![^()]*(?:negativ|positiv|detect|found|present|absent|carrier))[^()]{1,40}\))?`;
/** Carriers at the end of what is said: a "carrier status" is yet to come. */
const CARRIER = String.raw`(?:non-?\s?carrier|not a carrier|carrier|hetero[cz]yg\w*|homo[cz]yg\w*)(?=\s*(?:[.;,)|]|$))`;
const TOLD = new RegExp(
  String.raw`(${IN_A_ROW})${ASIDE}${GAP}(?:(?:is|was|are|were|alleles?|result|status)\W{1,4}){0,2}(not (?:detected|found|present)|negative|absent|detected|positive|present|found|${CARRIER})\b(\W{0,3}(?:no|false)\b)?`,
  'gim',
);
const FIRST = new RegExp(String.raw`^(${IN_A_ROW})([^.;|]*)`, 'i');
const ARTICLE = String.raw`(?:(?:the|an?|el|la|los) )?(?:alleles? )?$`;
const FOR = new RegExp(
  String.raw`\b(negative(?: for|:)|positive(?: for|:)|not detected:?|detected:?) ${ARTICLE}`,
  'i',
);
const NO = new RegExp(String.raw`\bno ${ARTICLE}`, 'i');
const DENIED = /\b(?:no|not|neither|nor|ni|without|negative for|absence of|lacks?|free of)\b[^.;|]*$/i;
const RESULT = /\b(?:detected|found|present|identified|positive|negative|absent)\b/i;

/** Where what is said of an allele ends at the latest. */
const END = /[.;|\n]|\*?\d{2,3}:\d{2}/;
const NO_WORD = /\b(?:not (?:detected|found|present)|negative|absent)\b/i;
const YES_WORD = /\b(?<!not )(?:detected|found|present|positive)\b/i;

/** Tests for HLA alleles that a text tells, as `*15:02 negative`, and the alleles it names without one. */
export function hlaTold(
  written: string,
  before: string,
): { readonly told: readonly string[]; readonly named: readonly string[] } {
  const text = modernHla(written);
  const names = (list: string) =>
    [...list.matchAll(new RegExp(ALLELE, 'gi'))].flatMap((m) => twoFields(m[0]) ?? []);
  const named = names(text);
  const [, row = '', rest = ''] = FIRST.exec(text) ?? [];
  const verb = FOR.exec(before)?.[1]?.toLowerCase();
  if (row !== '' && verb !== undefined && !RESULT.test(rest)) {
    const word = /^(?:not|neg)/.test(verb) ? 'negative' : 'positive';
    return { told: names(row).map((name) => `${name} ${word}`), named };
  }
  if (DENIED.test(before)) {
    // "No HLA-B*15:02 was found" is an answer; what other denials take in is not clear.
    const no =
      NO.test(before) &&
      /^\W*(?:(?:alleles?|was|were|is|are) ?)*(?:detected|found|present|identified)\b/i.test(rest);
    return { told: no ? names(row).map((name) => `${name} negative`) : [], named };
  }
  const told = [...text.matchAll(TOLD)].flatMap(
    ({ 0: whole, 1: list = '', 2: word = '', 3: taken, index }) => {
      const no = /^(?:not|non|negative|absent)/i.test(word);
      // Either of two alleles is an answer only where neither is there.
      if (taken !== undefined || (!no && /\s(?:or|nor|o|ni)\s/i.test(list))) return [];
      // Of two results that stand behind an allele, neither is taken.
      const behind = text.slice(index + whole.length).split(END, 1)[0] ?? '';
      if ((no ? YES_WORD : NO_WORD).test(behind)) return [];
      return names(list).map((name) => `${name} ${no ? 'negative' : 'positive'}`);
    },
  );
  return { told, named };
}
