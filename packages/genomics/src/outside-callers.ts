import type { Problem } from '@foramen/spine/problem';
import type { OutsideCall } from './outside.ts';

/** What a file of calls holds: calls, lines that cannot be read, and lines that say there is no call. */
export interface OutsideLines {
  readonly calls: OutsideCall[];
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

export function unreadable(where: string, line: number, what: string, help: string): Problem {
  return { code: 'unreadable', severity: 'error', where: `${where} line ${line}`, what, help };
}

function remark(where: string, line: number, what: string, help: string): Problem {
  return { code: 'missing', severity: 'warning', where: `${where} line ${line}`, what, help };
}

function diplotypeCall(gene: string, diplotype: string, line: number, sample?: string): OutsideCall {
  const call: OutsideCall = {
    gene,
    diplotype: diplotype.trim(),
    phenotype: null,
    activityScore: null,
    line,
    ofCaller: true,
  };
  return sample ? { ...call, sample } : call;
}

const TWO_ALLELES = /^[^/]*\*[^/]*\/[^/]*\*[^/]*$/;

/** Cyrius: sample, genotype, filter; equally likely genotypes separated by `;`, None where it cannot decide. */
function readCyrius(lines: readonly string[], where: string): OutsideLines {
  const out: OutsideLines = { calls: [], problems: [], warnings: [] };
  lines.forEach((raw, index) => {
    if (index === 0 || raw.trim() === '' || raw.startsWith('#')) return;
    const [sample = '', genotype = '', filter = ''] = raw.split('\t').map((cell) => cell.trim());
    const line = index + 1;
    if (genotype === '' || genotype === 'None') {
      out.warnings.push(
        remark(where, line, `${sample}: Cyrius could not call CYP2D6`, 'The file itself decides'),
      );
      return;
    }
    for (const one of genotype.split(';')) {
      if (TWO_ALLELES.test(one)) out.calls.push(diplotypeCall('CYP2D6', one, line, sample));
      else {
        const refused = `CYP2D6 ${one.trim()}: not assigned to two haplotypes`;
        out.calls.push({ ...diplotypeCall('CYP2D6', '', line, sample), diplotype: null, refused });
        out.problems.push(
          unreadable(where, line, refused, 'Have the sample typed again, or leave its line out'),
        );
      }
    }
    if (filter !== '' && filter !== 'PASS') {
      out.warnings.push(
        remark(where, line, `${sample}: Cyrius marks this call ${filter}`, 'Confirm it before acting on it'),
      );
    }
  });
  return out;
}

interface Solution {
  readonly alleles: string;
  readonly line: number;
  rows: number;
}

/**
 * Aldy: one row a variant, the call in the column Major, the same in every row of a solution. Solutions with the same Major are one call. A
 * solution without any variant has no rows and so names no gene; it is taken for the gene of the other rows where there is one.
 */
function readAldy(lines: readonly string[], where: string): OutsideLines {
  const out: OutsideLines = { calls: [], problems: [], warnings: [] };
  const seen = new Set<string>();
  const solutions: Solution[] = [];
  const genes = new Set<string>();
  lines.forEach((raw, index) => {
    const line = index + 1;
    const solution = /^#Solution\s+\d+\s*:\s*(.*)$/.exec(raw);
    if (solution) solutions.push({ alleles: solution[1]?.trim() ?? '', line, rows: 0 });
    if (index === 0 || raw.trim() === '' || raw.startsWith('#')) return;
    const [sample = '', gene = '', , major = ''] = raw.split('\t').map((cell) => cell.trim());
    const last = solutions[solutions.length - 1];
    if (last) last.rows++;
    genes.add(gene);
    const key = `${sample}\t${gene}\t${major}`;
    if (seen.has(key)) return;
    seen.add(key);
    if (gene !== '' && TWO_ALLELES.test(major)) out.calls.push(diplotypeCall(gene, major, line, sample));
    else {
      out.problems.push(
        unreadable(where, line, `no gene and two alleles in "${raw.slice(0, 60)}"`, 'Run Aldy again'),
      );
    }
  });
  const [only] = genes;
  for (const { alleles, line, rows } of solutions) {
    if (rows > 0) continue;
    const two = alleles.split(',').map((text) => text.trim());
    const plain = two.length === 2 && two.every((text) => /^\*\S+$/.test(text));
    if (only !== undefined && genes.size === 1 && plain)
      out.calls.push(diplotypeCall(only, two.join('/'), line));
    else {
      out.problems.push(
        unreadable(
          where,
          line,
          `solution ${alleles || 'without alleles'} has no rows, so its gene is not named`,
          'Write it as GENE, tab, DIPLOTYPE',
        ),
      );
    }
  }
  return out;
}

const STELLAR = /^(\S+) Star Allele Calling with (?:StellarPGx|CypGen)/;

/**
 * StellarPGx: labels that end in a colon, values below them. Its own score and status are kept beside the call and do not decide: some
 * of its allele scores are older than CPIC's.
 */
function readStellar(lines: readonly string[], where: string): OutsideLines {
  const out: OutsideLines = { calls: [], problems: [], warnings: [] };
  let gene = '';
  let started = 0;
  let label = '';
  let values = new Map<string, string>();
  const finish = () => {
    if (gene === '') return;
    const result = values.get('result') ?? '';
    const names = result
      .replace(/[[\]']/g, '')
      .split(/\s+or\s+|[;,]/)
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const score = values.get('activity score') ?? '';
    const status = (values.get('metaboliser status') ?? '').replace(/\s*\(.*$/, '');
    if (names.length > 0 && names.every((name) => TWO_ALLELES.test(name))) {
      for (const name of names) {
        out.calls.push({
          ...diplotypeCall(gene, name, started),
          ...(/^\d+(\.\d+)?$/.test(score) ? { statedScore: score } : {}),
          ...(status === '' ? {} : { statedPhenotype: status }),
        });
      }
    } else {
      const said = result === '' ? 'nothing' : `"${result.slice(0, 60)}"`;
      out.warnings.push(
        remark(
          where,
          started,
          `${gene}: StellarPGx reports ${said}, no diplotype`,
          'The file itself decides',
        ),
      );
    }
  };
  lines.forEach((raw, index) => {
    const text = raw.trim();
    const head = STELLAR.exec(text);
    if (head) {
      finish();
      gene = (head[1] ?? '').toUpperCase();
      started = index + 1;
      label = '';
      values = new Map();
    } else if (/^[A-Za-z ]+:$/.test(text)) label = text.slice(0, -1).toLowerCase();
    else if (label !== '' && text !== '' && !/^-+$/.test(text))
      values.set(label, `${values.get(label) ?? ''} ${text}`.trim());
  });
  finish();
  return out;
}

/** Calls of a known program, or null where the file is not one of theirs. */
export function readCallerFile(lines: readonly string[], where: string): OutsideLines | null {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  if (/^#?Sample\tGenotype(\t|$)/.test(first)) return readCyrius(lines, where);
  if (/^#?Sample\tGene\tSolutionID\tMajor(\t|$)/.test(first)) return readAldy(lines, where);
  if (lines.some((line) => STELLAR.test(line.trim()))) return readStellar(lines, where);
  return null;
}
