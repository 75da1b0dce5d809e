import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { basesOf } from './outside-allele.ts';
import { unreadable as problem, readCallerFile } from './outside-callers.ts';
import { HLA_ALLELES, modernHla } from './outside-hla.ts';
import { isGeneRead, notRead } from './outside-others.ts';
import { inEnglish } from './outside-spanish.ts';
import { readLaboratoryText } from './outside-text.ts';

/** A call made elsewhere: a diplotype, a phenotype, an activity score, or several of them. The score outranks the phenotype. */
export interface OutsideCall {
  readonly gene: string;
  readonly diplotype: string | null;
  readonly phenotype: string | null;
  readonly activityScore: string | null;
  readonly line: number;
  /** Whose call it is, where the file says so (Cyrius tables). */
  readonly sample?: string;
  /** What the report says the diplotype means. Compared, never used. */
  readonly statedPhenotype?: string;
  readonly statedScore?: string;
  /** It comes from a caller's file, whose class and score follow tables of its own. */
  readonly ofCaller?: true;
  /** The report itself does not stand behind it yet (FHIR status preliminary). */
  readonly preliminary?: true;
  /** Why what was given for the gene cannot be read: it has no result, and what a file of variants says does not take its place. */
  readonly refused?: string;
}

/** Stands for what was given of a gene and cannot be read, so that the other genes of a report can. */
export function refusedCall(gene: string, line: number, refused: string): OutsideCall {
  return { gene, diplotype: null, phenotype: null, activityScore: null, line, refused };
}

const blank = (cell: string | undefined) => (cell === undefined || cell === '' ? null : cell);

function tabbed(raw: string, line: number, where: string): OutsideCall | Problem {
  const cells = raw.split('\t').map((cell) => cell.trim());
  const named = (cells[0] ?? '').replace('IFNL3/4', 'IFNL3');
  const gene = isGeneRead(named.toUpperCase()) ? named.toUpperCase() : named;
  if (!/^[A-Z][A-Z0-9-]+$/.test(gene)) {
    const what = `no gene and call in "${raw.slice(0, 60)}"`;
    const help = 'Expected GENE, tab, DIPLOTYPE [, tab, PHENOTYPE, tab, ACTIVITY SCORE]';
    return problem(where, line, what, help);
  }
  const written = blank(cells[1]?.replace(/\s*\((?:[PINERU]M)\)$/, ''));
  // A test for one HLA allele is often written where the typing would stand.
  const isHla = HLA_ALLELES[gene] !== undefined;
  const isTest = isHla && /positive|negative/i.test(written ?? '');
  const tested = modernHla(written ?? '');
  const diplotype = isTest ? null : (basesOf(gene, written ?? '') ?? written);
  const phenotype = (isHla ? modernHla(cells[2] ?? '') || null : blank(cells[2])) ?? (isTest ? tested : null);
  const activityScore = blank(cells[3]);
  if (diplotype === null && phenotype === null && activityScore === null)
    return problem(where, line, `${gene}: no diplotype, phenotype or activity score`, 'Give at least one');
  if ((diplotype ?? '').split('/').length > 2) {
    const what = `${gene}: more than two alleles in ${diplotype}`;
    return problem(where, line, what, 'Separate alternatives into lines of their own');
  }
  return { gene, diplotype, phenotype, activityScore, line };
}

/** Without byte order mark and quotes of a table, in English words, with the asterisk of the keyboard for those of typesetting, `CYP 2D6` in one word and HLA genes with hyphen and asterisk. */
function plainSpelling(text: string): string {
  return inEnglish(text)
    .replace(/^\uFEFF/, '')
    .replaceAll('"', '')
    .replace(/[\u2217\u204E\uFE61\uFF0A]/g, '*')
    .replace(/\bCYP (?=\d[A-Z]\d)/g, 'CYP')
    .replace(
      /(?<![A-Za-z0-9])HLA[-\u2010-\u2013_ ]?([AB]) ?[-*]? ?(?=\d{2}:?\d{2}(?!\d))/gi,
      (_all, gene: string) => `HLA-${gene.toUpperCase()}*`,
    );
}

/** Bad lines told one by one where none is good. */
const MOST_SAID = 10;

/**
 * Outside calls: files of Cyrius, Aldy and StellarPGx; lines of gene, diplotype, phenotype, activity score with tabs between (the
 * last two optional); and laboratory text without tabs. What cannot be read of one gene is among the warnings as an error, and the gene has a call
 * that says so (`refused`); the file fails only where nothing of it can be read. Other warnings name what a caller could not call.
 */
export function readOutsideCalls(text: string, where: string): Result<readonly OutsideCall[]> {
  const lines = plainSpelling(text).split(/\r?\n/);
  const file = readCallerFile(lines, where);
  const calls: OutsideCall[] = [];
  const problems: Problem[] = [];
  const loose: { readonly text: string; readonly line: number }[] = [];
  if (!file) {
    lines.forEach((raw, index) => {
      if (raw.trim() === '' || raw.startsWith('#') || /^gene?\t/i.test(raw)) return;
      if (!raw.includes('\t')) loose.push({ text: raw, line: index + 1 });
      else {
        const read = tabbed(raw, index + 1, where);
        if ('gene' in read) calls.push(read);
        else {
          const gene = raw.split('\t')[0]?.trim().toUpperCase() ?? '';
          problems.push(read);
          if (isGeneRead(gene)) calls.push(refusedCall(gene, index + 1, read.what));
        }
      }
    });
  }
  const rest = file ?? readLaboratoryText(loose, where);
  const warnings = [...rest.warnings];
  // Callers report on many genes; those without guidance here are named once and left out.
  const others = [...new Set(rest.calls.filter((call) => !isGeneRead(call.gene)).map((call) => call.gene))];
  if (others.length > 0) {
    const what = notRead(others);
    warnings.push({ code: 'unsupported', severity: 'warning', where, what, help: 'Left out' });
  }
  calls.push(...rest.calls.filter((call) => isGeneRead(call.gene)));
  problems.push(...rest.problems);
  if (loose.length > 0 && calls.length === 0 && problems.length === 0)
    problems.push(nothingToRead(others, loose[0]?.line ?? 1, where));
  const [first, ...more] = problems;
  const saysNothing = (call: OutsideCall) =>
    call.diplotype === null && call.phenotype === null && call.activityScore === null;
  const [unanswered, ...unansweredToo] = rest.warnings;
  // Of a text that holds no answer at all, that is the answer.
  if (first === undefined && loose.length > 0 && unanswered !== undefined && calls.every(saysNothing))
    return fail(asError(unanswered), ...unansweredToo.map(asError));
  if (first === undefined) return ok(calls, warnings);
  if (calls.some((call) => call.refused === undefined)) return ok(calls, [...warnings, first, ...more]);
  // A file of another kind has as many bad lines as it has lines.
  if (calls.length === 0 && more.length >= MOST_SAID)
    return fail({ ...first, what: `${first.what}, and ${more.length} more lines that are no call` });
  return fail(first, ...more);
}

const asError = (warning: Problem): Problem => ({ ...warning, severity: 'error' });

function nothingToRead(others: readonly string[], line: number, where: string): Problem {
  const help = 'Expected GENE, tab, DIPLOTYPE, or text such as CYP2D6 *1/*4';
  return problem(where, line, others.length > 0 ? notRead(others) : 'no gene is named', help);
}

/**
 * Calls that belong to one person: those without a name, and those of that name. In a table of a single person the name does not matter,
 * since laboratories and sequencers name people differently.
 */
export function callsOf(calls: readonly OutsideCall[], sample: string): readonly OutsideCall[] {
  const names = new Set(calls.map((call) => call.sample));
  return names.size === 1
    ? calls
    : calls.filter((call) => call.sample === undefined || call.sample === sample);
}
