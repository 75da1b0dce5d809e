import { drugNameIn, percent, writtenDay } from '@foramen/spine';
import type { Catalogue } from '../messages/catalogue.ts';

/** Ends of a path that say nothing without what stands before them. */
const DEPENDENT: ReadonlySet<string> = new Set(['p', 'grade', 'score', 'action', 'phenotype']);
const SIDED = /^(motor|sensoryLoss)(Left|Right)$/;
const LEVEL = /\b(?:T\d+|L\d)-(?:T\d+|L\d|S\d)\b/;
const SLUG = /^[a-z]+(?:-[a-z0-9]+)+$/;
const TOLD = /^in free text: ("[\s\S]*?)(?:, like words that meant this)?$/;
const OUTCOME = /^(.+): (better|same|worse)$/;
/** An answer that was set aside: its address and what was written. */
const ASIDE = /^([\w.[\]]+): ([\s\S]*)$/;
/** A gene and what was read of it: "CYP2D6 Poor Metabolizer". */
const GENE = /^([A-Z][A-Z0-9-]+) (.+)$/;
const QUALIFIED = /^(.+) \(([^()]+)\)$/;
const ISO_DAY = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b/g;
const NUMBER = /-?\d+(?:\.\d+)?/;

/** What a fact is about, by its address: the field of the case, and the side where the address has one. */
function subjectOf(path: string): { readonly field: string; readonly side?: 'left' | 'right' } {
  const parts = path.replace(/\[\d+\]/g, '').split('.');
  const last = parts.at(-1) ?? path;
  const above = parts.at(-2) ?? last;
  if (last === 'left' || last === 'right') return { field: above, side: last };
  const sided = [SIDED.exec(last), SIDED.exec(above)].find((m) => m !== null);
  if (sided !== undefined && sided !== null) {
    const side = sided[2] === 'Left' ? 'left' : 'right';
    return { field: SIDED.test(last) ? sided[1]! : last, side };
  }
  if (!DEPENDENT.has(last)) return { field: last };
  return { field: parts.includes('genes') ? 'genes' : above };
}

/** The name of a test in words, in the one language that it is written in. */
export const namedTest = (name: string, catalogue: Catalogue): string | undefined =>
  !SLUG.test(name) ? name : catalogue.language.startsWith('en') ? name.replaceAll('-', ' ') : undefined;

/** The text of a reason without the names of fields before it. */
function bare(text: string, path: string): string {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const names = [last, last.replace(/\[\d+\]$/, '')].map((n) => `${n}: `);
  let out = text;
  for (let name = names.find((n) => out.startsWith(n)); name !== undefined; ) {
    out = out.slice(name.length);
    name = names.find((n) => out.startsWith(n));
  }
  return out;
}

/** What an address speaks of in the catalogue's words, with the side where it has one. */
export function labelOf(path: string, catalogue: Catalogue): string | undefined {
  const { field, side } = subjectOf(path);
  const label = catalogue.facts[field];
  if (label === undefined || side === undefined) return label;
  return `${label} (${catalogue.answers?.[side] ?? side})`;
}

/** Places with their sides, "lateral-leg (left), sole", in the catalogue's words; undefined where it lacks one. */
function placesIn(value: string, catalogue: Catalogue): string | undefined {
  const said = value.split(', ').map((part) => {
    const [, place, side] = /^([a-z]+(?:-[a-z]+)*)(?: \((\w+)\))?$/.exec(part) ?? [];
    const where = catalogue.answers?.[place ?? ''];
    return where === undefined || side === undefined
      ? where
      : `${where} (${catalogue.answers?.[side] ?? side})`;
  });
  return said.some((s) => s === undefined) ? undefined : said.join(', ');
}

/**
 * A value part by part: an answer, a gene with its phenotype, a medicine with what to do and how strongly, a number with its words (kept in the
 * catalogue with `#` for the number). A part that the catalogue has no words for stays as it was given; days are written out.
 */
function valueIn(value: string, catalogue: Catalogue): string {
  const answers = catalogue.answers;
  const known = answers?.[value];
  if (known !== undefined) return known;
  const qualified = QUALIFIED.exec(value);
  // A recommendation that its guideline gives no strength says nothing by "none".
  if (qualified?.[2] === 'none') return valueIn(qualified[1]!, catalogue);
  if (qualified !== null && answers?.[qualified[2]!] !== undefined)
    return `${valueIn(qualified[1]!, catalogue)} (${answers[qualified[2]!]})`;
  const gene = GENE.exec(value);
  if (gene !== null && answers?.[gene[2]!] !== undefined) return `${gene[1]} ${answers[gene[2]!]}`;
  const cut = value.lastIndexOf(': ');
  if (cut > 0)
    return `${valueIn(value.slice(0, cut), catalogue)}: ${valueIn(value.slice(cut + 2), catalogue)}`;
  const number = NUMBER.exec(value)?.[0];
  const template = number === undefined ? undefined : answers?.[value.replace(NUMBER, '#')];
  if (template !== undefined) return template.replace('#', number!);
  return drugNameIn(value, catalogue.language).replace(ISO_DAY, (day) => writtenDay(day, catalogue.language));
}

/**
 * A fact of the case in the catalogue's words: what it is about, and what was answered or read. An answer that the catalogue has no words for stays as it
 * was given; the name of a test is left out where it would be read in another language than its own, for the label says what was looked at.
 */
export function factWords(path: string, text: string, catalogue: Catalogue): string {
  const { field } = subjectOf(path);
  // A contradiction is told in English; in another language the answers that do not fit are named.
  if (field === 'problems' && catalogue.original !== undefined) {
    const fields = (/^[\w.[\]]+(?: and [\w.[\]]+)*/.exec(text)?.[0] ?? '').split(' and ');
    const named = [...new Set(fields.map((f) => labelOf(f, catalogue)).filter((l) => l !== undefined))];
    return [catalogue.facts[field] ?? text, ...(named.length === 0 ? [] : [named.join(', ')])].join(': ');
  }
  const aside = path.startsWith('setAside') ? ASIDE.exec(text) : null;
  if (aside !== null) return `${labelOf(aside[1]!, catalogue) ?? aside[1]}: ${aside[2]}`;
  const where = labelOf(path, catalogue);
  if (where === undefined) return valueIn(text, catalogue);
  const value = bare(text, path);
  const told = TOLD.exec(value);
  if (told !== null) return `${where}: ${told[1]}`;
  const tried = OUTCOME.exec(value);
  if (tried !== null)
    return `${where}: ${valueIn(tried[1]!, catalogue)}, ${catalogue.answers?.[tried[2]!] ?? tried[2]}`;
  const places = catalogue.answers?.[value] ?? placesIn(value, catalogue);
  if (places !== undefined) return `${where}: ${places}`;
  if (path.startsWith('findings')) {
    const level = LEVEL.exec(value);
    if (level !== null) return `${where}: ${level[0]}`;
    const p = Number(value);
    if (value !== '' && p > 0 && p < 1) return `${where}: ${percent(p)}`;
  }
  const named = namedTest(value, catalogue);
  return named === undefined ? where : `${where}: ${valueIn(named, catalogue)}`;
}
