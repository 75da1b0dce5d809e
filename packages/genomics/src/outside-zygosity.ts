import type { GeneTable } from './gene-table.ts';
import { byShortName, ONE_POSITION } from './outside-allele.ts';

/** Genes whose alleles are single variants beside one reference: a variant and its zygosity are a whole genotype. */
const BY_VARIANT: ReadonlySet<string> = new Set(['DPYD', 'RYR1', 'CACNA1S']);

export const HETEROZYGOUS = /\bhetero[cz]yg\w*|\bheterocig\w*/gi;
export const HOMOZYGOUS = /\bhomo[cz]yg\w*|\bhomocig\w*/gi;
/** Those whose genotype may stand in somebody's report. */
export const RELATIVES =
  'relative|mother|father|parent|sibling|brother|sister|son|daughter|madre|padre|herman[oa]|hij[oa]';
/** What makes a sentence of a genotype something else: a denial, a doubt, a second person. */
const OTHERWISE = new RegExp(
  String.raw`\b(?:no|not|nor|neither|never|without|negative|absent|excluded|normal|wild|compound|possible|suspected|or|negativ[oa]|ausente|sin|ni|compuest[oa]|posible|${RELATIVES})\b`,
  'i',
);
/** Whether a sentence tells of this person, without denial, doubt, choice or relative. */
export const tells = (text: string): boolean => !OTHERWISE.test(text);

/** Denied, and nothing else said in the clause. */
const DENIED =
  /^(?=.*\b(?:not (?:detected|found|present|identified)|negative|absent|wild[- ]?type|normal|no (?:se )?detectad[oa]s?|no (?:se )?detect\w+|negativ[oa]s?|ausentes?)\b)(?!.*\b(?:hetero|homo)[cz])/i;
const THE_OTHERS =
  /\b(?:(?:all |the |any )*(?:others?|other (?:\w+ )?variants?|remaining|rest)|(?:las |los |el )?(?:dem[aá]s|resto|otras|otros))\b/i;

/**
 * A panel's line without the variants that it denies ("c.1905+1G>A heterozygous, c.2846A>T and all others not detected"): what is left is what was found.
 * Null where what is denied is also found.
 */
function withoutOthersDenied(table: GeneTable, text: string): string | null {
  const clauses = text.split(/[;,]|\.(?=\s|$)|\b(?:and|but|with|y|pero)\b/i);
  const denies = (clause: string): boolean =>
    DENIED.test(clause) && ((clause.match(NAME) ?? []).length > 0 || THE_OTHERS.test(clause));
  if (!clauses.some(denies)) return text;
  const kept: string[] = [];
  const denied: string[] = [];
  // "c.2846A>T, c.1679T>G not detected": a name alone goes with the clause that follows.
  let open: string[] = [];
  for (const clause of clauses) {
    const namesAlone = clause.replace(NAME, '').replace(table.gene, '').trim() === '' && clause.trim() !== '';
    if (namesAlone) open.push(clause);
    else {
      (denies(clause) ? denied : kept).push(...open, clause);
      open = [];
    }
  }
  kept.push(...open);
  const alleles = (list: readonly string[]) =>
    new Set(
      list.flatMap((clause) => (clause.match(NAME) ?? []).map((name) => alleleOf(table, name) ?? name)),
    );
  const found = alleles(kept);
  for (const allele of alleles(denied)) if (found.has(allele)) return null;
  const left = kept.join(',');
  return left.includes(table.gene) ? left : `${table.gene} ${left}`;
}

/** A variant of the coding sequence or of the mitochondrion, or a name of letters and figures (HapB3, *2A). */
const NAME = /[cm]\.[0-9_+>A-Za-z-]*[0-9A-Za-z]|\*\d+[A-Z]?|\bHapB3\b/g;

/**
 * "c.1905+1G>A heterozygous", "homozygous for RYR1 c.1840C>T", "m.1555A>G detected": the genotype of a gene whose alleles are single variants, as a
 * pair; of a gene read at one position ("ABCG2 c.421C>A heterozygous") its two bases. Null where the text names no such variant or two of them, denies, doubts or says nothing of how many copies carry it.
 */
export function byZygosity(table: GeneTable, whole: string): string | null {
  const text = withoutOthersDenied(table, whole);
  if (text === null || !tells(text)) return null;
  const one = (text.match(HETEROZYGOUS) ?? []).length;
  const two = (text.match(HOMOZYGOUS) ?? []).length;
  if (ONE_POSITION.has(table.gene)) {
    const named = /\brs\d+\b/.exec(text)?.[0];
    const [only] = table.positions;
    // Its only position by its number: one copy of each base there is, which of them two copies are is not said.
    if (named !== undefined && named === only?.rsid && one === 1 && two === 0 && only.alts.length === 1)
      return `${only.ref}/${only.alts[0]}`;
    const [change, more] = [...text.matchAll(/-?\d+\s?([ACGT])>([ACGT])(?![A-Za-z])/g)];
    if (change === undefined || more !== undefined || one + two !== 1) return null;
    return `${two === 1 ? change[2] : change[1]}/${change[2]}`;
  }
  const named = new Set((text.match(NAME) ?? []).map((name) => alleleOf(table, name)));
  const [allele] = named;
  if (named.size !== 1 || !allele) return null;
  if (table.gene === 'MT-RNR1')
    return /\b(?:detected|present|positive|found|detectad[oa]|positiv[oa]|presente)\b/i.test(text)
      ? allele
      : null;
  if (!BY_VARIANT.has(table.gene)) return null;
  if (one + two !== 1) return null;
  return two === 1 ? `${allele}/${allele}` : `${table.alleles[0]?.name}/${allele}`;
}

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** The one allele of the table that is not the reference and has this name or short name, that begins with this variant alone, or of which it is one of several (c.1236G>A of HapB3); else null. */
function alleleOf(table: GeneTable, name: string): string | null {
  const others = table.alleles.slice(1);
  const own =
    others.find((allele) => allele.name === name) ??
    others.find((allele) => allele.name === byShortName(table, name)) ??
    others.find((allele) => allele.name.startsWith(`${name} (`)) ??
    onlyOne(
      others.filter(({ name: whole }) =>
        whole
          .replace(/ \([^()]*\)$/, '')
          .split(', ')
          .includes(name),
      ),
    );
  return own?.name ?? null;
}
