import type { GeneResult } from '@foramen/spine';
import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import {
  type GeneState,
  INDETERMINATE,
  makeState,
  NO_RESULT,
  scoreValue,
  stateLabel,
  summarise,
} from './gene-state.ts';
import type { GeneTable } from './gene-table.ts';
import { compareNames, componentsOf } from './name-order.ts';
import { arrangementParts, arrangementScore, meaningOf } from './phenotype.ts';

/** A call made elsewhere: a diplotype, a phenotype, an activity score, or several of them. The score outranks the phenotype. */
export interface OutsideCall {
  readonly gene: string;
  readonly diplotype: string | null;
  readonly phenotype: string | null;
  readonly activityScore: string | null;
  readonly line: number;
  /** Whose call it is, where the file says so (Cyrius tables). */
  readonly sample?: string;
}

export const HLA_ALLELES: Readonly<Record<string, readonly string[]>> = {
  'HLA-A': ['*31:01'],
  'HLA-B': ['*15:02', '*57:01', '*58:01'],
};
const ONE_COPY: ReadonlySet<string> = new Set(['MT-RNR1', 'G6PD']);
const KNOWN_ELSEWHERE: ReadonlySet<string> = new Set([...Object.keys(HLA_ALLELES)]);

/** CYP2D6 as structural callers write it: `*4.013+*68`, `CYP2D6*1`, `*1xN`, `*36+*10`. */
export function tidyAllele(gene: string, text: string): string {
  const bare = text.trim().replaceAll(gene, '').trim();
  if (gene !== 'CYP2D6') return bare;
  return bare
    .split('+')
    .map((part) =>
      part
        .trim()
        .replace(/^(\*\d+)\.\d+/, '$1')
        .replace(/^(\*\d+)x(\d+|N)\+?$/i, (_m, star: string, n: string) => `${star}x${n.toUpperCase()}`)
        .replace(/^(\*\d+)X(\d+)$/, '$1x$2'),
    )
    .join(' + ');
}

function problem(where: string, line: number, what: string, help: string): Problem {
  return { code: 'unreadable', severity: 'error', where: `${where} line ${line}`, what, help };
}

/**
 * Outside calls as TSV: gene, diplotype, phenotype, activity score (the last two optional). Files of Cyrius (`Sample, Genotype,
 * Filter`) and StellarPGx or Aldy summaries holding one CYP2D6 diplotype are read too.
 */
export function readOutsideCalls(text: string, where: string): Result<readonly OutsideCall[]> {
  const calls: OutsideCall[] = [];
  const problems: Problem[] = [];
  const lines = text.split(/\r?\n/);
  const cyrius = /^Sample\tGenotype(\t|$)/.test(lines[0] ?? '');
  lines.forEach((raw, index) => {
    const line = index + 1;
    if (raw.trim() === '' || raw.startsWith('#')) return;
    if (cyrius) {
      const genotype = raw.split('\t')[1]?.trim() ?? '';
      if (index > 0) calls.push(...cyriusCalls(raw.split('\t')[0]?.trim() ?? '', genotype, line));
      return;
    }
    const cells = raw.split('\t').map((cell) => cell.trim());
    const gene = cells[0] ?? '';
    if (cells.length === 1) {
      const loose = /(CYP2D6)?\s*[:=]?\s*(\*\d+\S*(?:\s*\+\s*\*\S+)*\s*\/\s*\*\d+\S*(?:\s*\+\s*\*\S+)*)/.exec(
        raw,
      );
      if (loose) {
        calls.push({ gene: 'CYP2D6', diplotype: loose[2] ?? '', phenotype: null, activityScore: null, line });
        return;
      }
    }
    if (!/^[A-Z][A-Z0-9-]+$/.test(gene) || cells.length < 2) {
      problems.push(
        problem(
          where,
          line,
          `no gene and call in "${raw.slice(0, 60)}"`,
          'Expected GENE, tab, DIPLOTYPE [, tab, PHENOTYPE, tab, ACTIVITY SCORE]',
        ),
      );
      return;
    }
    const blank = (cell: string | undefined) => (cell === undefined || cell === '' ? null : cell);
    const diplotype = blank(cells[1]);
    const phenotype = blank(
      cells[2]
        ?.replaceAll(gene, '')
        .trim()
        .replace(/metaboli[sz]er$/i, 'Metabolizer'),
    );
    const activityScore = blank(cells[3]);
    if (diplotype === null && phenotype === null && activityScore === null) {
      problems.push(
        problem(where, line, `${gene}: no diplotype, phenotype or activity score`, 'Give at least one'),
      );
      return;
    }
    if ((diplotype ?? '').split('/').length > 2) {
      problems.push(
        problem(
          where,
          line,
          `${gene}: more than two alleles in ${diplotype}`,
          'Separate alternatives into lines of their own',
        ),
      );
      return;
    }
    calls.push({ gene, diplotype, phenotype, activityScore, line });
  });
  const [first, ...rest] = problems;
  return first ? fail(first, ...rest) : ok(calls);
}

/** Cyrius separates equally likely genotypes by `;` and writes None where it cannot decide. */
function cyriusCalls(sample: string, genotype: string, line: number): OutsideCall[] {
  if (genotype === 'None' || genotype === '') return [];
  return genotype.split(';').map((diplotype) => ({
    gene: 'CYP2D6',
    diplotype: diplotype.trim(),
    phenotype: null,
    activityScore: null,
    line,
    sample,
  }));
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

export interface OutsideGene {
  readonly gene: string;
  readonly states: readonly GeneState[];
  readonly result: GeneResult;
}

function hlaState(gene: string, alleles: readonly string[]): GeneState {
  const phenotypes = (HLA_ALLELES[gene] ?? []).map((allele) =>
    alleles.some((name) => name.includes(allele)) ? `${allele} positive` : `${allele} negative`,
  );
  return {
    gene,
    diplotype: alleles.join('/'),
    phenotype: phenotypes.join('; '),
    score: null,
    phenotypes,
    label: `${gene} ${phenotypes.join(', ')}`,
  };
}

function knows(table: GeneTable, allele: string): boolean {
  if (table.functions.has(allele) || table.alleles.some((known) => known.name === allele)) return true;
  if (table.gene === 'CYP2D6') {
    return arrangementParts(allele).every((part) => table.functions.has(part.replace(/x≥?(\d+|N)$/, '')));
  }
  return componentsOf(allele).every((part) => table.functions.has(part));
}

interface Read {
  readonly name: string | null;
  readonly state: GeneState | null;
  readonly unknown: readonly string[];
}

function readCall(call: OutsideCall, table: GeneTable | undefined): Read {
  const { gene } = call;
  const alleles = (call.diplotype ?? '')
    .split('/')
    .map((text) => tidyAllele(gene, text))
    .filter((text) => text !== '' && text !== '.');
  if (HLA_ALLELES[gene]) {
    if (alleles.length > 0) return { name: alleles.join('/'), state: hlaState(gene, alleles), unknown: [] };
    if (call.phenotype === null) return { name: null, state: null, unknown: [] };
    const phenotypes = [call.phenotype];
    return {
      name: call.phenotype,
      state: {
        gene,
        diplotype: '',
        phenotype: call.phenotype,
        score: null,
        phenotypes,
        label: `${gene} ${call.phenotype}`,
      },
      unknown: [],
    };
  }
  const score = call.activityScore;
  if (alleles.length === 0 && call.phenotype === null && score === null)
    return { name: null, state: null, unknown: [] };
  if (!table) return { name: alleles.join('/') || call.phenotype, state: null, unknown: [] };
  alleles.sort(compareNames);
  const [first, second] = alleles;
  const unknown = alleles.filter((allele) => !knows(table, allele));
  const name = alleles.length > 0 ? alleles.join('/') : (call.phenotype ?? `activity score ${score ?? ''}`);
  const base = first
    ? meaningOf(table, first, second ?? null)
    : { phenotype: INDETERMINATE, score: null, functions: [null, null] as const };
  let meaning = base;
  if (score !== null && table.scored) {
    const pair = [...table.pairs.values()].find(
      (entry) => entry.score !== null && Number(entry.score) === Number(score),
    );
    meaning = {
      ...base,
      score: pair?.score ?? score,
      phenotype: call.phenotype ?? pair?.phenotype ?? base.phenotype,
    };
  } else if (call.phenotype !== null) {
    meaning = { ...base, phenotype: call.phenotype };
  }
  return {
    name,
    state: {
      ...makeState(gene, alleles.join('/'), meaning),
      label: stateLabel(gene, meaning.phenotype, meaning.score),
    },
    unknown,
  };
}

/** What the calls of one gene together say. Alleles nobody lists are reported, and leave the gene indeterminate. */
export function outsideGene(
  gene: string,
  calls: readonly OutsideCall[],
  table: GeneTable | undefined,
  where: string,
): { readonly gene: OutsideGene; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const names: string[] = [];
  const states: GeneState[] = [];
  if (!table && !KNOWN_ELSEWHERE.has(gene)) {
    problems.push(
      problem(where, calls[0]?.line ?? 0, `${gene} is not a gene this program reads`, 'Remove the line'),
    );
  }
  for (const call of calls) {
    const read = readCall(call, table);
    const twoCopies = !ONE_COPY.has(gene) && !HLA_ALLELES[gene];
    if (
      call.diplotype !== null &&
      twoCopies &&
      !call.diplotype.includes('/') &&
      read.state &&
      call.diplotype !== '.'
    ) {
      problems.push(
        problem(
          where,
          call.line,
          `${gene} ${call.diplotype}: one allele where two are expected`,
          'Write both, as *1/*2',
        ),
      );
      continue;
    }
    for (const allele of read.unknown) {
      problems.push(
        problem(
          where,
          call.line,
          `${gene} ${allele}: not an allele of the definitions of ${table?.version ?? ''}`,
          'Check the spelling; the gene is read as indeterminate',
        ),
      );
    }
    if (read.name !== null) names.push(read.name);
    if (read.state) states.push(read.state);
  }
  const { phenotype, score } = summarise(states);
  const notes = table?.gene === 'CYP2D6' ? arrangementNotes(table, names) : [];
  const result: GeneResult = {
    diplotypes: names,
    phenotype: states.length > 0 ? phenotype : NO_RESULT,
    activityScore: scoreValue(score),
    phased: false,
    missingPositions: [],
    notes,
    ...(states.length === 0 ? { uncalled: 'the outside call gives no result' } : {}),
    source: 'outside',
    ...(states.length > 1
      ? {
          candidates: states.map((state) => ({
            diplotype: state.diplotype,
            lookup: state.diplotype.split('/'),
            phenotype: state.phenotype,
            activityScore: scoreValue(state.score),
            functions: [],
          })),
        }
      : {}),
    ...(table ? { definitions: table.version } : {}),
  };
  return { gene: { gene, states, result }, problems };
}

function arrangementNotes(table: GeneTable, names: readonly string[]): string[] {
  const open = names.filter((name) =>
    name.split('/').some((allele) => arrangementScore(table, allele)?.atLeast),
  );
  return open.map((name) => `${name}: copy number not counted, the activity score is a lower bound`);
}
