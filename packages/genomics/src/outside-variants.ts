import { ONE_POSITION } from './outside-allele.ts';

/** What a laboratory says of one variant of a gene. */
export interface VariantSaid {
  readonly name: string;
  readonly isFound: boolean;
}

const VARIANT = String.raw`(?:\*\d+[A-Z]?|[cgm]\.[-0-9_+]*\d[A-Za-z>]*|-?\d+\s?[ACGT]>[ACGT]|rs\d+|HapB3)(?![\w>])`;
const IN_A_ROW = String.raw`${VARIANT}(?:(?:\s?[,/&]\s?|\s(?:and|or|y|o|ni|nor)\s)${VARIANT}){0,40}`;
const NOT_FOUND = 'not (?:detected|found|present|identified)|negative|absent|wild[ -]?type|undetected';
const FOUND = String.raw`detected|found|present|identified|positive|hetero[cz]yg\w*|homo[cz]yg\w*|heterocig\w*|homocig\w*`;
const BEHIND = new RegExp(
  String.raw`(${IN_A_ROW})[^\w.;\n]{1,20}(?:\([^()\n]{1,40}\)[^\w.;\n]{0,5})?(?:(?:is|was|are|were|result|status)\W{1,3})?(?:(${NOT_FOUND})|(${FOUND}))\b`,
  'gi',
);
const AHEAD = new RegExp(
  String.raw`\b(?:(negative for|not detected|absent|no)|(positive for|detected|present))\W{1,4}(?:the )?(?:variants?\W{1,3})?(${IN_A_ROW})`,
  'gi',
);

/** The variants that a text names with a result beside each, or behind or before a row of them. */
export function variantsSaid(text: string): readonly VariantSaid[] {
  const out = new Map<string, boolean>();
  const add = (list: string, isFound: boolean) => {
    for (const [name] of list.matchAll(new RegExp(VARIANT, 'gi'))) if (!out.has(name)) out.set(name, isFound);
  };
  for (const [, list = '', no] of text.matchAll(BEHIND)) add(list, no === undefined);
  for (const [, no, , list = ''] of text.matchAll(AHEAD)) add(list, no === undefined);
  return [...out].map(([name, isFound]) => ({ name, isFound }));
}

const MOST_NAMED = 6;

/**
 * Why single variants with their results are no genotype: that those looked for are not there says nothing of the others, and one that is there beside some that
 * are not leaves open what else was looked for.
 */
export function listedText(gene: string, listed: readonly VariantSaid[]): string {
  const names = (isFound: boolean) => {
    const all = [...new Set(listed.filter((one) => one.isFound === isFound).map((one) => one.name))];
    const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
    return `${all.slice(0, MOST_NAMED).join(', ')}${more}`;
  };
  const absent = names(false);
  const found = names(true);
  if (found === '' && ONE_POSITION.has(gene))
    return `${gene} ${absent}: said not to be there, and its two bases are not given`;
  if (found === '')
    return `${gene} ${absent}: looked for and not found, which says nothing of its other variants and is no genotype`;
  return `${gene} ${found}${absent === '' ? '' : `, and not ${absent}`}: named one by one, which is no genotype`;
}
