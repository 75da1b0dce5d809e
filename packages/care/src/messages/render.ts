import { decimals, drugNameIn, type StatementParam } from '@foramen/spine';
import { labelOf } from '../explain/fact-words.ts';
import type { Catalogue, ReaderLevel, Term } from './catalogue.ts';

type Params = Readonly<Record<string, StatementParam>>;

const pick = (term: Term, level: ReaderLevel): string => (typeof term === 'string' ? term : term[level]);

/** What stands at an address of the case, without the scale that its label ends with. */
const fieldName = (path: string, catalogue: Catalogue): string =>
  (labelOf(path, catalogue) ?? path).replace(/, \d+ \p{L}+ \d+(?= \(|$)/u, '');

/** A term of the catalogue for a key without its `@`, of `path.` and an address what stands there; the key's own tail when the language lacks it. */
export function term(catalogue: Catalogue, key: string, level: ReaderLevel): string {
  if (key.startsWith('path.')) return fieldName(key.slice(5), catalogue);
  const found = catalogue.terms[key];
  return found === undefined ? key.slice(key.lastIndexOf('.') + 1).replaceAll('-', ' ') : pick(found, level);
}

/** Hours as people say them: up to two days in hours, up to three weeks in days, then in weeks. */
function span(hours: number, language: string): string {
  const [count, unit] = hours <= 48 ? [hours, 0] : hours <= 21 * 24 ? [hours / 24, 1] : [hours / (7 * 24), 2];
  const n = Math.round(count);
  const names = language.startsWith('es')
    ? [
        ['hora', 'horas'],
        ['día', 'días'],
        ['semana', 'semanas'],
      ]
    : [
        ['hour', 'hours'],
        ['day', 'days'],
        ['week', 'weeks'],
      ];
  return `${n} ${names[unit]![n === 1 ? 0 : 1]}`;
}

/** A number of weeks with its word in the right number. */
function weeksText(weeks: number, language: string): string {
  const n = Math.round(weeks);
  const [one, many] = language.startsWith('es') ? ['semana', 'semanas'] : ['week', 'weeks'];
  return `${n} ${n === 1 ? one : many}`;
}

/** Shows a number as a placeholder asks: `pct` as whole percent (never "0" for a small chance), fixed decimals, or
 * `span` for hours said in hours, days or weeks, `weeks` for weeks with their word. */
export function showNumber(value: number, format: string | undefined, language: string): string {
  if (format === 'pct') {
    const percent = value * 100;
    if (percent > 0 && percent < 1) return '<1%';
    if (percent > 99 && percent < 100) return '>99%';
    return `${Math.round(percent)}%`;
  }
  if (format === 'span') return span(value, language);
  if (format === 'weeks') return weeksText(value, language);
  const digits = format === undefined ? 2 : Number(format);
  const text = decimals(value, digits);
  const shown = format === undefined ? String(Number(text)) : text;
  return language.startsWith('es') ? shown.replace('.', ',') : shown;
}

/** Placeholders that hold names of medicines; one of them may hold a nerve root, which stays as it is. */
const MEDICINES: ReadonlySet<string> = new Set(['drug', 'drugs', 'opioid', 'other']);

/** A parameter in words; `list` gives each item of a list its own short sentence. */
function show(
  param: StatementParam,
  format: string | undefined,
  catalogue: Catalogue,
  level: ReaderLevel,
): string {
  if (typeof param !== 'string') return showNumber(param.value, format, catalogue.language);
  if (!param.startsWith('@')) return param;
  const text = param
    .split('+')
    .map((part) => (part.startsWith('@') ? term(catalogue, part.slice(1), level) : part))
    .filter((part) => part !== '')
    .join(' ')
    .replace(/ (?=[,;])/g, '');
  if (format !== 'list') return text;
  return text
    .split(', ')
    .map((item) => item.charAt(0).toUpperCase() + item.slice(1))
    .join('. ');
}

/** A template cut into text and placeholders, so that a message is parsed once, not once per statement. */
type Piece = string | { readonly name: string; readonly format: string | undefined };
const parsed = new Map<string, readonly Piece[]>();

function pieces(template: string): readonly Piece[] {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  const out: Piece[] = [];
  let at = 0;
  for (const match of template.matchAll(/\{(\w+)(?:\|(\w+))?\}/g)) {
    if (match.index > at) out.push(template.slice(at, match.index));
    out.push({ name: match[1]!, format: match[2] });
    at = match.index + match[0].length;
  }
  if (at < template.length) out.push(template.slice(at));
  parsed.set(template, out);
  return out;
}

/** Fills a template. A placeholder without its parameter stays visible: a missing value is never invented. */
export function fill(template: string, params: Params, catalogue: Catalogue, level: ReaderLevel): string {
  let text = '';
  for (const piece of pieces(template)) {
    if (typeof piece === 'string') text += piece;
    else {
      const param = params[piece.name];
      const shown = param === undefined ? `{${piece.name}}` : show(param, piece.format, catalogue, level);
      text += MEDICINES.has(piece.name) ? drugNameIn(shown, catalogue.language) : shown;
    }
  }
  return text;
}

/** Spanish joins "a el" and "de el" (RAE); a term that brings its article cannot know what stands before it. */
const contracted = (text: string): string =>
  text.replace(/(?<!\p{L})([Aa]|[Dd]e) el (?=\p{Ll})/gu, (_, word: string) =>
    word.toLowerCase() === 'a' ? `${word}l ` : `${word.slice(0, -1)}el `,
  );

/** The message under a key at a level, or undefined when the language does not have it. */
export function render(
  catalogue: Catalogue,
  key: string,
  params: Params,
  level: ReaderLevel,
): string | undefined {
  const message = catalogue.messages[key];
  if (message === undefined) return undefined;
  const filled = fill(
    level === 'patient' ? (message.patient ?? message.clinician) : message.clinician,
    params,
    catalogue,
    level,
  );
  const text = catalogue.language === 'es' ? contracted(filled) : filled;
  // "eGFR" begins small.
  const first = /^\p{Ll}\p{Lu}/u.test(text) ? text.charAt(0) : text.charAt(0).toUpperCase();
  return first + text.slice(1).trimEnd();
}
