import type { Problem } from '@foramen/spine/problem';
import { type OutsideCall, refusedCall } from './outside.ts';
import { basesOf } from './outside-allele.ts';
import { type OutsideLines, unreadable } from './outside-callers.ts';
import { hlaTold } from './outside-hla.ts';
import { readPhenotype } from './outside-meaning.ts';
import { isGeneRead, OTHER_GENES } from './outside-others.ts';
import { listedText, type VariantSaid, variantsSaid } from './outside-variants.ts';
import { bareClass, byRepeats, classInWords } from './outside-wording.ts';
import { byZygosity, RELATIVES } from './outside-zygosity.ts';
import { geneTable } from './tables.ts';

const GENE = new RegExp(
  String.raw`\b(CYP\d[A-Z]\d{1,2}|HLA-[A-Z]+\d?|SLCO1B1|UGT1A1|TPMT|NUDT15|DPYD|NAT2|VKORC1|G6PD|RYR1|CACNA1S|ABCG2|CFTR|IFNL3|MT-RNR1|${OTHER_GENES})(?![A-Za-z0-9])`,
  'gi',
);
/** What says that a test was made and gave no answer. */
const NO_ANSWER =
  /\b(?:inconclusive|inconclusivo|no call|not called|undetermined|not determined|could not be (?:determined|called|genotyped)|no result|failed|failure|insufficient|quantity not sufficient|repeat (?:the )?(?:sample|test))\b/i;
const CLASS = /\b(likely )?(poor|intermediate|normal|extensive|rapid|ultra-?\s?rapid) metaboli[sz]er\b/i;
/** Behind a class what takes it back: "or intermediate", "to normal metabolizer", ": no". */
const TAKEN_BACK =
  /^\W{0,3}(?:no|false)\b|^(?:\s?[/–-]\s?|\s(?:or|to|and)\s)(?:likely |an? )?(?:poor|intermediate|normal|extensive|rapid|ultra-?\s?rapid)\b/i;
const SHORT = /\((PM|IM|NM|EM|RM|UM)\)/;
const WORDS: Readonly<Record<string, string>> = {
  PM: 'Poor',
  IM: 'Intermediate',
  NM: 'Normal',
  EM: 'Extensive',
  RM: 'Rapid',
  UM: 'Ultrarapid',
};

/** All that a text says of one gene. */
interface Said {
  readonly gene: string;
  readonly line: number;
  readonly pairs: { readonly text: string; readonly line: number }[];
  readonly hla: string[];
  /** HLA alleles named, with or without a result. */
  readonly named: Set<string>;
  /** What is said of copies apart from the pair. */
  readonly copies: string[];
  readonly classes: string[];
  readonly scores: string[];
  /** Variants named one by one, each with what is said of it. */
  readonly lists: VariantSaid[];
  /** A line of it says that there is no answer. */
  noAnswer: boolean;
  /** Why a line of it was refused already. */
  refused: string | null;
}

interface Segment {
  readonly gene: string | null;
  readonly text: string;
  /** What leads up to the gene on its line. */
  readonly before: string;
}

/** Letters before a gene in which the clause that leads up to it stands. */
const CLAUSE = 200;

/** A line cut where a gene is named; the second naming in `CYP2D6*1/CYP2D6*4` is no cut. */
function segmentsOf(line: string): Segment[] {
  const out: Segment[] = [];
  let from = 0;
  let gene: string | null = null;
  let before = '';
  let kept = '';
  for (const match of line.matchAll(GENE)) {
    const name = (match[1] ?? '').toUpperCase();
    const between = line.slice(from, match.index);
    from = match.index + match[0].length;
    kept += between;
    // HLA alleles of one gene stand in a row, each with its name: "HLA-B*15:02 and HLA-B*57:01: negative".
    if (name === gene && (name.startsWith('HLA-') || /[/+]\s*$/.test(between))) continue;
    out.push({ gene, text: kept, before });
    gene = name;
    before = line.slice(Math.max(0, match.index - CLAUSE), match.index);
    kept = '';
  }
  out.push({ gene, text: kept + line.slice(from), before });
  return out.filter((segment) => segment.gene !== null || segment.text.trim() !== '');
}

function balanced(token: string): string {
  let text = token.replace(/[,.;:]+$/, '');
  const count = (char: string) => text.split(char).length - 1;
  if (text.endsWith(')') && count(')') > count('(')) text = text.slice(0, -1);
  if (text.startsWith('(') && count('(') > count(')')) text = text.slice(1);
  return /^\([^()]*\/[^()]*\)$/.test(text) ? text.slice(1, -1) : text;
}

const COUNT = /\b(?:copy number|copies|CNV?)\b\W{0,3}(\d+)|\b(\d+) (?:gene )?copies/i;
const CHANGE_FOUND =
  /\b(?:duplicat|multiplicat|amplificat|deletion)\w*\W{1,3}(?:\w+\W{1,3}){0,3}?(?:detected|found|present|identified|positive)\b/i;

/** Copies more or fewer than the two alleles of a pair, where a text speaks of them and does not deny them. */
function otherCopies(pair: string, after: string): boolean {
  const count = COUNT.exec(after);
  if (count && Number(count[1] ?? count[2]) !== 2) return true;
  const change =
    /\b(?:duplicat|multiplicat|amplificat|deletion)\w*|\bdup\b|\b(?:three|four|five|extra|additional) (?:gene )?copies\b|\bcopy number gain\b|\bgain of (?:gene )?copies\b|(?<![\w*])x(?:≥?\d|N)\b/i.exec(
      after,
    );
  // *5 is the deletion itself.
  if (!change || (/^del/i.test(change[0]) && /\*5(?!\d)/.test(pair))) return false;
  const before = after.slice(0, change.index);
  const behind = after.slice(change.index + change[0].length);
  return (
    !/\b(?:no|not|without|negative for|excluded|tests?|tested|testing|assay|screen\w*|detects|covers|includ\w+)\b[^.;]*$/i.test(
      before,
    ) && !/^\W*(?:was |were |is )?(?:not\b|no\b|none|absent|negative)/i.test(behind)
  );
}

/** Whether a text apart from a pair tells of copies found, as a line of its own does: "Copy number: 3". */
function tellsOfCopies(text: string): boolean {
  return COUNT.test(text) || CHANGE_FOUND.test(text);
}

/** Pairs of star alleles in a text, with what stands before and behind each on its line. */
function pairsOf(text: string): { readonly pair: string; readonly before: string; readonly after: string }[] {
  const tight = text
    .replace(/[,;|]/g, ' ')
    .replace(/\s?([/+])\s?/g, '$1')
    .replaceAll('×', 'x')
    .replace(/\s?[xX]\s?(?=(?:[≥>]=?)?\d|N\b)/g, 'x');
  const tokens = tight.split(/\s+/);
  return tokens.flatMap((token, at) => {
    const bare = balanced(token);
    if (!/^[([]*\*[^/]*\/[([]*\*/.test(bare)) return [];
    return [{ pair: bare, before: tokens.slice(0, at).join(' '), after: tokens.slice(at + 1).join(' ') }];
  });
}

function classOf(text: string): string | null {
  const found = CLASS.exec(text);
  if (found && /\bnot (?:a |an )?$/i.test(text.slice(0, found.index))) return null;
  if (found && TAKEN_BACK.test(text.slice(found.index + found[0].length))) return null;
  const word = found ? (found[2] ?? '').replace(/[-\s]/g, '').toLowerCase() : null;
  const short = WORDS[SHORT.exec(text)?.[1] ?? ''];
  if (word === null) return short ? `${short} Metabolizer` : null;
  const likely = found?.[1] ? 'Likely ' : '';
  return `${likely}${word.charAt(0).toUpperCase()}${word.slice(1)} Metabolizer`;
}

const LABELS =
  /^(?:[^A-Za-z]*(?:predicted |metaboli[sz]er )?(?:phenotype|status|result)\b(?: predicted\b)?){0,4}[^A-Za-z]*/i;

/** A class that stands alone after the gene or a label, in the words of the gene's own table: "Decreased Function", "Deficient". */
function ownClass(gene: string, text: string): string | null {
  const table = geneTable(gene);
  if (!table || table.pairs.size === 0) return null;
  return readPhenotype(table, text.replace(LABELS, '').split(/[.;,(|]/, 1)[0] ?? '');
}

/** Whether a class stands where a result stands: right after the gene or after a label, not in a sentence about people in general. */
function isStated(text: string): boolean {
  return /^[^A-Za-z]*(?:(?:predicted |metaboli[sz]er )?(?:phenotype|status|result)(?: predicted)?[^A-Za-z]*)?(?:likely )?(?:poor|intermediate|normal|extensive|rapid|ultra-?\s?rapid) metaboli[sz]er\b/i.test(
    text,
  );
}

/**
 * Laboratory text without columns: `CYP2D6 *1/*4 (IM)`, `CYP2D6: (*4)x2/*1`, `HLA-B*15:02 negative`, or a heading that names the gene and its
 * genotype below. The diplotype decides; a class or score beside it is kept for comparison. A gene that is named and of which no call
 * can be read is a problem, and so is a pair of alleles of no gene, or two different pairs of one gene.
 */
export function readLaboratoryText(
  lines: readonly { readonly text: string; readonly line: number }[],
  where: string,
): OutsideLines {
  const out: OutsideLines = { calls: [], problems: [], warnings: [] };
  const all = new Map<string, Said>();
  let current: Said | null = null;
  for (const { text, line } of lines) {
    for (const segment of segmentsOf(text)) {
      if (segment.gene !== null) {
        const said: Said = all.get(segment.gene) ?? {
          gene: segment.gene,
          line,
          pairs: [],
          hla: [],
          named: new Set(),
          copies: [],
          classes: [],
          scores: [],
          lists: [],
          noAnswer: false,
          refused: null,
        };
        all.set(segment.gene, said);
        current = said;
      }
      const found = pairsOf(segment.text);
      if (current === null) {
        for (const { pair } of found)
          out.problems.push(
            unreadable(where, line, `${pair}: of which gene?`, 'Name the gene on the same line'),
          );
        continue;
      }
      readSegment(segment, line, current, found, out, where);
    }
  }
  for (const said of all.values()) finish(said, out, where);
  return out;
}

/** The clause that leads up to a gene. */
const LEADING = /[^.;:|,()]*$/;
/** In the clause that leads up to a gene: "the patient is not a CYP2D6 poor metabolizer". */
const DENIED = /\b(?:not|no(?!\W*\d)|nor|neither|never|without|negative for)\b[^.;:|,()]*$/i;

/** A relative's result, or one that waits for another test. */
const NOT_SETTLED = new RegExp(
  String.raw`\b(?:${RELATIVES}|pending (?:confirmation|review|repeat)|to be confirmed|unconfirmed|pendiente de confirmar|expected genotype)\b`,
  'i',
);
/** "Father: CYP2D6 *4/*4": what ends in a colon leads up to the gene as well. */
const beforeColon = (text: string): string => /[^.;|,()]*:\s*$/.exec(text)?.[0] ?? '';

function readSegment(
  { text, before }: Segment,
  line: number,
  said: Said,
  found: ReturnType<typeof pairsOf>,
  out: OutsideLines,
  where: string,
): void {
  if (
    NOT_SETTLED.test(`${LEADING.exec(before)?.[0] ?? ''}${beforeColon(before)} ${text}`) &&
    /\*\d|metaboli|[cm]\.\d/i.test(text)
  ) {
    const what = `${said.gene} ${text.trim().slice(0, 40)}: of somebody else, or not yet settled?`;
    refuse(said, unreadable(where, line, what, "Write the patient's own final result alone"), out);
    return;
  }
  if (said.gene === 'CYP2D6')
    said.copies.push(...(found.length === 0 ? [text] : found.map((one) => one.before)).filter(tellsOfCopies));
  said.noAnswer ||= NO_ANSWER.test(text);
  for (const { pair, after } of found) {
    if (
      DENIED.test(before) ||
      /^\W*(?:is |was )?(?:not (?:detected|found|present)|negative|absent|excluded)/i.test(after)
    ) {
      const what = `${said.gene} ${pair} ${after.slice(0, 30)}: a genotype, or its absence?`;
      refuse(said, unreadable(where, line, what, 'Write the call alone'), out);
    } else if (said.gene === 'CYP2D6' && !hasCopies(pair) && otherCopies(pair, after)) {
      refuse(said, ofWhichAllele(pair, line, where), out);
    } else said.pairs.push({ text: pair, line });
  }
  if (said.gene.startsWith('HLA-')) {
    const { told, named } = hlaTold(text, before);
    said.hla.push(...told);
    for (const name of named) said.named.add(name);
    return;
  }
  said.lists.push(...variantsSaid(text));
  if (DENIED.test(before)) return;
  const table = geneTable(said.gene);
  const told =
    found.length > 0
      ? null
      : (basesOf(said.gene, text) ??
        byRepeats(said.gene, text) ??
        (table ? byZygosity(table, `${LEADING.exec(before)?.[0] ?? ''} ${text}`) : null));
  if (told !== null) said.pairs.push({ text: told, line });
  const stated =
    found.length > 0 || isStated(text)
      ? (classOf(text) ?? (found.length > 0 ? bareClass(found.at(-1)?.after ?? '') : null))
      : (ownClass(said.gene, text) ??
        classInWords(said.gene, text) ??
        ownClass(said.gene, bareClass(text) ?? ''));
  if (stated !== null) said.classes.push(stated);
  const score = /\b(?:[Aa]ctivity [Ss]core|AS)\s?[:=]?\s?(\d+(?:[.,]\d+)?)/.exec(text)?.[1];
  if (score !== undefined) said.scores.push(score.replace(',', '.'));
}

/** Told, and the gene has no result but that. */
function refuse(said: Said, problem: Problem, out: OutsideLines): void {
  out.problems.push(problem);
  said.refused ??= problem.what;
}

const hasCopies = (pair: string) => /x(?:≥?\d|N)|DUP/i.test(pair);

function ofWhichAllele(pair: string, line: number, where: string): Problem {
  const what = `CYP2D6 ${pair}: the text speaks of other copies, and does not say of which allele`;
  return unreadable(where, line, what, 'Write it as *1/*2x2 (or *1/*5), or leave it out');
}

/** Results of one gene that cannot all be so; beside a genotype, classes and scores are only compared. */
function severalOf({ classes, scores, hla }: Said, names: readonly string[]): readonly string[] | null {
  if (names.length > 0) return names.length > 1 ? names : null;
  const opposed = hla.filter(
    (one) => hla.includes(one.replace('positive', 'negative')) && one.endsWith('positive'),
  );
  if (opposed.length > 0) return opposed.flatMap((one) => [one, one.replace('positive', 'negative')]);
  for (const list of [classes, scores.map((score) => `activity score ${score}`)]) {
    const different = [...new Set(list)];
    if (different.length > 1) return different;
  }
  return null;
}

function finish(said: Said, out: OutsideLines, where: string): void {
  const { gene, line } = said;
  const call: OutsideCall = { gene, diplotype: null, phenotype: null, activityScore: null, line };
  if (!isGeneRead(gene)) {
    out.calls.push(call);
    return;
  }
  if (said.refused === null) read(said, call, out, where);
  if (said.refused !== null) out.calls.push(refusedCall(gene, line, said.refused));
}

/** The call of a gene of which no line was refused; what cannot be read of it is refused now. */
function read(said: Said, call: OutsideCall, out: OutsideLines, where: string): void {
  const { gene, line } = said;
  const silent = [...said.named].filter((name) => !said.hla.some((told) => told.startsWith(name)));
  if (said.hla.length > 0 && silent.length > 0)
    out.warnings.push({
      code: 'missing',
      severity: 'warning',
      where: `${where} line ${line}`,
      what: `${gene} ${silent.join(', ')}: named, and nothing said of it that can be read`,
      help: 'Left without a result; write it as *15:02 negative',
    });
  const names = [...new Set(said.pairs.map((pair) => pair.text))];
  const [stated] = said.classes;
  const [score] = said.scores;
  const several = severalOf(said, names);
  if (several !== null) {
    const what = `${gene}: ${several.slice(0, 3).join(' and ')} both stand in the text`;
    const help = 'Give one, or each possible one as GENE, tab, DIPLOTYPE';
    refuse(said, unreadable(where, said.pairs[1]?.line ?? line, what, help), out);
  } else if (names.some((name) => !hasCopies(name) && said.copies.some((text) => otherCopies(name, text)))) {
    refuse(said, ofWhichAllele(names[0] ?? '', said.pairs[0]?.line ?? line, where), out);
  } else if (names.length === 1) {
    out.calls.push({
      ...call,
      diplotype: names[0] ?? null,
      line: said.pairs[0]?.line ?? line,
      ...(stated === undefined ? {} : { statedPhenotype: stated }),
      ...(score === undefined ? {} : { statedScore: score }),
    });
  } else if (said.hla.length > 0) {
    out.calls.push({ ...call, phenotype: [...new Set(said.hla)].join('; ') });
  } else if (stated?.includes('Extensive')) {
    const what = `${gene} extensive metabolizer: a class of before 2020, which held scores from 1 to 2`;
    refuse(said, unreadable(where, line, what, 'Give the diplotype or the activity score'), out);
  } else if (stated !== undefined || score !== undefined) {
    out.calls.push({ ...call, phenotype: stated ?? null, activityScore: score ?? null });
  } else if (said.noAnswer) {
    const what = `${gene}: the laboratory gives no result`;
    const help = 'Have it tested again; it is left without a result';
    out.warnings.push({ code: 'missing', severity: 'warning', where: `${where} line ${line}`, what, help });
    out.calls.push(call);
  } else {
    const what =
      said.lists.length > 0
        ? listedText(gene, said.lists)
        : `${gene} is named, but no diplotype, phenotype or activity score can be read`;
    const help = 'Write it as GENE, tab, DIPLOTYPE [, tab, PHENOTYPE, tab, SCORE]';
    refuse(said, unreadable(where, line, what, help), out);
  }
}
