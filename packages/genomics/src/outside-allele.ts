import type { GeneTable } from './gene-table.ts';

/** Copies of one gene beyond this are a typing error, not a duplication. */
const MOST_COPIES = 20;

/** Cuts at `+` outside brackets. */
function partsOf(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (char === '+' && depth === 0) {
      out.push(text.slice(start, at));
      start = at + 1;
    }
  }
  out.push(text.slice(start));
  return out.map((part) => part.trim());
}

/**
 * `*4.013` is *4, and so are Aldy's own `*4.021.ALDY` and `*4.021X` (a sub-allele that its aligner shows in two ways); `*68:2` is the
 * second spelling of *68 in its database. Other letters stay, and are then unknown rather than guessed.
 */
function tidyPart(text: string, copies: string): string {
  const match = /^(\*\d+)(?:\.\d+X|(?:\.\d+)?(?:\.ALDY(?:_\d+)?)?)(?::\d{1,2})?(?:\s?x\s?(≥?\d+|N))?$/i.exec(
    text,
  );
  if (!match) return copies === '' ? text : `${text}x${copies}`;
  const own = match[2]?.toUpperCase();
  if (own !== undefined && copies !== '') return `${text}x${copies}`;
  const count = own ?? copies;
  return count === '' ? (match[1] ?? text) : `${match[1]}x${count}`;
}

/** Where the first bracket stands around all of it but a number of copies: the inside and that number. */
function grouped(text: string): { readonly inside: string; readonly copies: string } | null {
  if (!/^[([]/.test(text)) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    if (depth > 0) continue;
    const times = /^(?:\s?x\s?(≥?\d+|N)|\s?(DUP))?$/i.exec(text.slice(at + 1));
    if (!times) return null;
    const copies = times[2] ? 'N' : (times[1]?.toUpperCase() ?? '');
    return { inside: text.slice(1, at).trim(), copies };
  }
  return null;
}

/** The single alleles of one part, brackets within brackets opened; copies of copies stay as they are, and are then unknown. */
function opened(part: string, copies: string): string[] {
  const group = grouped(part);
  if (group && (group.copies === '' || copies === ''))
    return partsOf(group.inside).flatMap((inner) => opened(inner, group.copies || copies));
  if (group) return [`${part}x${copies}`];
  const doubled = copies === '' ? /^(\*\d+)(?:\.\d+)?\s?DUP$/i.exec(part) : null;
  return [doubled ? `${doubled[1]}xN` : tidyPart(part, copies)];
}

/**
 * One haplotype of CYP2D6 as callers and laboratories write it, in one spelling: `*36+*10`, `(*4)x2`, `[*36+*10]x2`, `*1X2`, `*2 × 2`,
 * `*2DUP` (a duplication not counted, so xN), `*4.013+*68`. What does not fit is left as it is.
 */
export function tidyCyp2d6(text: string): string {
  const plain = text
    .replaceAll('×', 'x')
    .replace(/>\s?=?\s?(?=\d)/g, '≥')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return partsOf(plain)
    .flatMap((part) => opened(part, ''))
    .join(' + ');
}

/** A star allele without its copy number; null where the number makes no sense. */
export function withoutCopies(part: string): string | null {
  const match = /^(.*?)x≥?(\d+|N)$/.exec(part);
  if (!match) return part;
  const copies = match[2] === 'N' ? 2 : Number(match[2]);
  return copies >= 1 && copies <= MOST_COPIES ? (match[1] ?? null) : null;
}

const PAIRED: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' };

/**
 * The alleles that two bases stand for, of a gene read at one position: both on the strand of the genome, else both on that of the gene (VKORC1 -1639 A
 * is T of rs9923231). Null where they are neither.
 */
export function byBases(table: GeneTable, pair: string): readonly string[] | null {
  if (!/^[ACGT]\/[ACGT]$/.test(pair) || table.positions.length !== 1) return null;
  const bases = pair.split('/');
  for (const letters of [bases, bases.map((base) => PAIRED[base] ?? '')]) {
    const meant = letters.flatMap(
      (letter) => table.alleles.find((allele) => allele.name.endsWith(`(${letter})`))?.name ?? [],
    );
    if (meant.length === bases.length) return meant;
  }
  return null;
}

/** Laboratories give the two bases of these instead of alleles. */
export const ONE_POSITION: ReadonlySet<string> = new Set(['VKORC1', 'ABCG2', 'IFNL3']);

/** `AA`, `-1639 G/A`, `rs9923231 C/T`: the two bases of a gene read at one position; null of other genes, and where it is written otherwise. */
export function basesOf(gene: string, text: string): string | null {
  if (!ONE_POSITION.has(gene)) return null;
  const found =
    /^\W*(?:rs\d+|(?:c\.)?-?\d+\s?[ACGT]>[ACGT]|-?\d+)?[\s:=,)]*(?:homo[cz]yg\w*\W{1,3}(?:(?:wild[ -]?type|normal|reference|variant|mutant)\W{1,3})?)?([ACGT])\s?[/|]?\s?([ACGT])(?![A-Za-z0-9>])/i.exec(
      text,
    );
  return found ? `${found[1]}/${found[2]}`.toUpperCase() : null;
}

/**
 * An allele that a laboratory calls by its short name, as the table calls it: `*2A` and HapB3 of DPYD stand in brackets behind the variant,
 * `Mediterranean` of G6PD in a list of synonyms, `Reference` and DPYD `*1` are the reference row, `1555A>G` lacks its `m.`. Null unless exactly
 * one allele is meant.
 */
export function byShortName(table: GeneTable, name: string): string | null {
  const reference = table.alleles[0]?.name ?? '';
  const starless = !reference.startsWith('*');
  if (starless && (name === 'Reference' || name === '*1' || `${name} (reference)` === reference))
    return reference;
  if (/^\d+[ACGT]>[ACGT]$/.test(name) && table.alleles.some((allele) => allele.name === `m.${name}`))
    return `m.${name}`;
  const meant = table.alleles.filter(
    (allele) => allele.name.endsWith(`(${name})`) || allele.name.split(', ').includes(name),
  );
  return meant.length === 1 ? (meant[0]?.name ?? null) : null;
}
