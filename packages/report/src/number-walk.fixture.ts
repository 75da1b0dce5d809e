import type { EvidenceBase } from '@foramen/evidence';

/** One element of a page that we wrote ourselves, or a piece of its text. */
interface Node {
  readonly tag: string;
  readonly attributes: string;
  readonly children: (Node | string)[];
}

const VOID = new Set(['meta', 'br', 'img', 'input', 'hr', 'link']);

/** Reads well-formed HTML, as our own pages are. @throws RangeError where a tag is closed that was not open. */
function parsePage(html: string): Node {
  const root: Node = { tag: '#page', attributes: '', children: [] };
  const open = [root];
  const body = html.replace(/<!doctype[^>]*>/i, '').replace(/<style>[\s\S]*?<\/style>/g, '');
  for (const [whole, closing, tag, attributes, self] of body.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:[^>"]|"[^"]*")*?)(\/?)>|[^<]+/g,
  )) {
    const here = open.at(-1)!;
    if (tag === undefined) here.children.push(whole);
    else if (closing === '/') {
      if (here.tag !== tag) throw new RangeError(`</${tag}> closes <${here.tag}>`);
      open.pop();
    } else {
      const node: Node = { tag, attributes: attributes ?? '', children: [] };
      here.children.push(node);
      if (self !== '/' && !VOID.has(tag)) open.push(node);
    }
  }
  return root;
}

/** Names that hold digits and are no quantities: levels, roots, scales, genes, instruments. */
const NAMES =
  /\b(?:[TLS]\d{1,2}(?:[-/][TLS]?\d{1,2})?|T[12]|CYP\w+|Modic \d|PHQ-\d+|GAD-\d+|EQ-5D\w*|DN4|HLA-\S+|NASS \d\.\d|SF-36|BRCA\d|MRC \d|NRS 0-10|ODI 0-100|(?<![\d.])0 to 100?(?![\d.])|of 100?|of 6)\b/g;
const numbersOf = (text: string): readonly string[] =>
  text
    .replaceAll(/&(?:[a-z]+|#\d+);/g, ' ')
    .replace(NAMES, ' ')
    .match(/(?<![\w.-])\d+(?:\.\d+)?(?![\w-]|\.\d)/g) ?? [];

export interface Orphan {
  readonly number: string;
  /** The text it stands in. */
  readonly text: string;
  /** Tags from the page down to it. */
  readonly at: string;
}

export interface WalkOptions {
  readonly base: EvidenceBase;
  /** Whether an element carries the reasons of what stands in it: its references, or null where it carries none. */
  readonly reasonsOf: (node: Node) => readonly string[] | null;
  /** Elements whose numbers are shared by everything in them: a row of a table, a card, the banner. */
  readonly unit: (node: Node) => boolean;
  /** Set where the element that carries reasons holds the words as well, as on our pages; in a report it is a list under them. */
  readonly wordsInside?: true;
  /** Elements that hold no statement of ours: the head of the page, measures with their picture, the foot. */
  readonly aside: (node: Node) => boolean;
}

export const withClass = (node: Node, name: string): boolean =>
  new RegExp(`class="[^"]*\\b${name}\\b`).test(node.attributes);

/** Every reference that a part of the page carries, below and in `node`. */
function carried(node: Node, options: WalkOptions): readonly string[] {
  const own = options.reasonsOf(node);
  return [
    ...(own ?? []),
    ...node.children.flatMap((c) => (typeof c === 'string' ? [] : carried(c, options))),
  ];
}

/**
 * Walks a page and returns each number that no reason stands with: none in the nearest unit around it, or only references to evidence
 * that does not exist. Empty means that every number on it can be followed to a fact of the case, a rule or a record.
 */
export function numbersWithoutReason(html: string, options: WalkOptions): readonly Orphan[] {
  const out: Orphan[] = [];
  const resolves = (ref: string): boolean => !/^[a-z-]+\/[\w.+-]+$/.test(ref) || known(ref);
  const prefixes = new Set([...options.base.records.keys()].map((id) => id.slice(0, id.indexOf('/'))));
  const known = (id: string): boolean =>
    options.base.records.has(id) || !prefixes.has(id.slice(0, id.indexOf('/')));
  const walk = (node: Node, covered: boolean, at: string): void => {
    if (options.aside(node) || (options.wordsInside !== true && options.reasonsOf(node) !== null)) return;
    const refs = options.unit(node) ? carried(node, options) : [];
    const here = options.unit(node) ? refs.length > 0 && refs.every(resolves) : covered;
    const path = `${at}>${node.tag}`;
    for (const child of node.children) {
      if (typeof child !== 'string') walk(child, here, path);
      else if (!here)
        for (const number of numbersOf(child)) out.push({ number, text: child.trim(), at: path });
    }
  };
  walk(parsePage(html), false, '');
  return out;
}

/** How the clinical report carries its reasons: a list of class `why`, each item with the id or path that it names. */
export const REPORT_WALK: Omit<WalkOptions, 'base'> = {
  reasonsOf: (node) =>
    node.tag === 'ul' && withClass(node, 'why')
      ? node.children.flatMap((item) =>
          typeof item === 'string'
            ? []
            : item.children.flatMap((c) =>
                typeof c !== 'string' && (c.tag === 'code' || c.tag === 'a')
                  ? [c.children.filter((t) => typeof t === 'string').join('')]
                  : [],
              ),
        )
      : null,
  unit: (node) =>
    node.tag === 'tr' ||
    (node.tag === 'details' && withClass(node, 'said')) ||
    (node.tag === 'section' &&
      (withClass(node, 'banner') || (withClass(node, 'card') && !withClass(node, 'level')))),
  // Measures and grades stand with the picture they were read from; the head and the foot hold dates, versions and citations.
  aside: (node) =>
    ['head', 'header', 'footer', 'figure', 'th'].includes(node.tag) ||
    (node.tag === 'section' && withClass(node, 'level')) ||
    (node.tag === 'p' && withClass(node, 'meta')),
};

/** How many reasons are folded under it: a count of what stands there, not a statement. */
const COUNT = /^\d+ more reasons?$|^\d+, each with its first reason$/;
const ownText = (node: Node): string =>
  node.children
    .filter((c) => typeof c === 'string')
    .join('')
    .trim();

/**
 * How our pages carry theirs: a statement that opens to its reasons, and says how many it has. A table whose reasons stand under it says
 * that it shares them; the patient's own answers are facts, not conclusions.
 */
export const PAGE_WALK: Omit<WalkOptions, 'base'> = {
  wordsInside: true,
  reasonsOf: (node) => {
    if (!withClass(node, 'fo-statement')) return null;
    const n = Number(/data-reasons="(\d+)"/.exec(node.attributes)?.[1] ?? 0);
    return n > 0 ? [`${n} reasons`] : [];
  },
  unit: (node) =>
    node.tag === 'article' ||
    node.attributes.includes('data-numbers="shared"') ||
    ['fo-statement', 'fo-fan', 'fo-option', 'fo-hypothesis', 'fo-drug', 'fo-trigger', 'fo-common'].some(
      (name) => withClass(node, name),
    ),
  aside: (node) => node.attributes.includes('data-numbers="answers"') || COUNT.test(ownText(node)),
};
