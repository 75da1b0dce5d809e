import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { isReadOutside, type OutsideCall } from './outside.ts';
import type { OutsideLines } from './outside-callers.ts';
import { inEnglish } from './outside-spanish.ts';
import { readLaboratoryText } from './outside-text.ts';

interface Coded {
  readonly coding?: readonly { readonly code?: string; readonly display?: string }[];
  readonly text?: string;
}
interface Observation extends Record<string, unknown> {
  readonly resourceType?: string;
  readonly status?: string;
  readonly code?: Coded;
  readonly subject?: { readonly reference?: string };
  readonly valueCodeableConcept?: Coded;
  readonly valueString?: string;
  readonly component?: readonly (Record<string, unknown> & {
    readonly code?: Coded;
    readonly valueCodeableConcept?: Coded;
  })[];
}

const GENE_STUDIED = '48018-6';
const DIPLOTYPE = new Set(['84413-4']);
const METABOLISER = new Set([
  '53040-2',
  '79714-2',
  '79715-9',
  '79716-7',
  '79717-5',
  '79718-3',
  '79719-1',
  '83009-1',
  '83010-9',
]);
/** HGNC numbers, for those who leave the symbol out. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  '74': 'ABCG2',
  '1397': 'CACNA1S',
  '1884': 'CFTR',
  '2615': 'CYP2B6',
  '2623': 'CYP2C9',
  '2621': 'CYP2C19',
  '2625': 'CYP2D6',
  '2637': 'CYP3A4',
  '2638': 'CYP3A5',
  '2645': 'CYP4F2',
  '3012': 'DPYD',
  '4057': 'G6PD',
  '4931': 'HLA-A',
  '4932': 'HLA-B',
  '18365': 'IFNL3',
  '7470': 'MT-RNR1',
  '7646': 'NAT2',
  '23063': 'NUDT15',
  '10483': 'RYR1',
  '10959': 'SLCO1B1',
  '12014': 'TPMT',
  '12530': 'UGT1A1',
  '23663': 'VKORC1',
};
/** LOINC and SNOMED CT answers, for those who leave the words out. */
const ANSWERS: Readonly<Record<string, string>> = {
  'LA10315-2': 'Ultrarapid metabolizer',
  'LA25390-8': 'Rapid metabolizer',
  'LA25391-6': 'Normal metabolizer',
  'LA10317-8': 'Intermediate metabolizer',
  'LA9657-3': 'Poor metabolizer',
  'LA9633-4': 'positive',
  'LA6576-8': 'positive',
  'LA11882-0': 'positive',
  '10828004': 'positive',
  '260373001': 'positive',
  'LA9634-2': 'negative',
  'LA6577-6': 'negative',
  'LA11883-8': 'negative',
  '260385009': 'negative',
  '260415000': 'negative',
};
/** What stands in a record without being a result. */
const NO_RESULT = new Set(['entered-in-error', 'cancelled', 'registered']);
const GENE =
  /(?<![A-Za-z0-9])(HLA-[AB]|MT-RNR1|[A-Z][A-Z0-9]{2,}\d[A-Z]?\d*|DPYD|CFTR|TPMT|G6PD)(?![A-Za-z0-9])/g;

function codes(coded: Coded | undefined): string[] {
  return (coded?.coding ?? []).map((entry) => entry.code ?? '');
}

function textOf(coded: Coded | undefined): string {
  const answer = codes(coded).flatMap((code) => ANSWERS[code] ?? [])[0];
  return answer ?? inEnglish(coded?.text ?? coded?.coding?.[0]?.display ?? coded?.coding?.[0]?.code ?? '');
}

/** What an observation says, by its words or else its code. */
function said(observation: Observation): string {
  return observation.valueString === undefined
    ? textOf(observation.valueCodeableConcept)
    : inEnglish(observation.valueString);
}

/** The genes read here that words name. */
function genesNamed(words: string): ReadonlySet<string> {
  return new Set([...words.matchAll(GENE)].map((match) => match[1] ?? '').filter(isReadOutside));
}

/** The one gene read here that words name; null where they name none or several. */
function geneNamed(words: string): string | null {
  const named = genesNamed(words);
  const [gene] = named;
  return named.size === 1 && gene !== undefined ? gene : null;
}

/** The gene a concept stands for, by its words or its HGNC number; what it says where that is no gene read here. */
function geneOf(concept: Coded): string {
  const numbers = codes(concept).map((code) => BY_NUMBER[code.replace(/^HGNC:/, '')]);
  return numbers.find((gene) => gene !== undefined) ?? textOf(concept).trim();
}

function callOf(observation: Observation, line: number): OutsideCall | null {
  const components = observation.component ?? [];
  const component = (is: (code: string) => boolean) =>
    components.find((one) => codes(one.code).some(is))?.valueCodeableConcept;
  const told = [observation.code?.text, ...(observation.code?.coding ?? []).map((one) => one.display)].join(
    ' ',
  );
  const own = said(observation);
  const value = own === '' ? textOf(component((code) => METABOLISER.has(code))) : own;
  const studied = component((code) => code === GENE_STUDIED);
  const gene = studied ? geneOf(studied) : (geneNamed(told) ?? geneNamed(value) ?? '');
  if (!/^[A-Z][A-Z0-9-]+$/.test(gene) || value === '') return null;
  const call: OutsideCall = { gene, diplotype: null, phenotype: null, activityScore: null, line };
  const bare = value.replaceAll(gene, '').trim();
  // A test for one HLA allele is named after it, and its value says yes or no.
  const tested = gene.startsWith('HLA-') ? /\*?(\d{2,3}:\d{2,3})/.exec(told)?.[1] : undefined;
  const says = /^(?:(not detected|absent|negative)|detected|present|positive)\b/i.exec(bare);
  if (tested !== undefined && says)
    return { ...call, phenotype: `*${tested} ${says[1] === undefined ? 'positive' : 'negative'}` };
  const isOf = (set: ReadonlySet<string>) => codes(observation.code).some((code) => set.has(code));
  if (isOf(DIPLOTYPE) || /^\*|\/|^[A-Z0-9-]+\*/.test(value)) return { ...call, diplotype: bare };
  if (!isOf(METABOLISER) && !/metaboli|function|positive|negative|suscept/i.test(value)) return null;
  const phenotype = bare.replace(/metaboliser/i, 'Metabolizer').replace(/\bmetabolizer\b/, 'Metabolizer');
  return { ...call, phenotype };
}

/** A result in words that names several genes, each with its own; none where it names one or no gene. */
function severalOf(observation: Observation, line: number, where: string): OutsideLines | null {
  const told = [observation.code?.text, ...(observation.code?.coding ?? []).map((one) => one.display)].join(
    ' ',
  );
  const value = said(observation);
  // A comment may speak of genes, too.
  if (!/\*\d|metaboli[sz]er/i.test(value)) return null;
  const inValue = genesNamed(value);
  if (inValue.size > 1) {
    const lines = value.split('\n').map((text) => ({ text, line }));
    return readLaboratoryText(lines, where);
  }
  const inName = genesNamed(told);
  if (inName.size < 2) return null;
  const what = `observation ${line} names ${[...inName].join(' and ')}, and its result "${value.slice(0, 40)}" does not say of which`;
  const help = 'Give one observation a gene';
  const problem: Problem = { code: 'inconsistent', severity: 'error', where, what, help };
  return { calls: [], problems: [problem], warnings: [] };
}

/** A genotype decides over a class that the same report gives for the gene, which is kept for comparison. */
function genotypesFirst(calls: readonly OutsideCall[]): OutsideCall[] {
  return calls.flatMap((call) => {
    const same = calls.filter((other) => other.gene === call.gene);
    if (call.diplotype === null) return same.some((other) => other.diplotype !== null) ? [] : [call];
    const stated = same.find((other) => other.diplotype === null)?.phenotype;
    return [stated ? { ...call, statedPhenotype: stated } : call];
  });
}

/**
 * Outside calls from a FHIR bundle of genomics observations: genotype, metaboliser status, or test for one HLA allele. The gene is that of the
 * component "gene studied", else the one that the code or the value names.
 */
export function readOutsideFhir(value: unknown, where: string): Result<readonly OutsideCall[]> {
  const bundle = value as { resourceType?: string; entry?: readonly { resource?: Observation }[] };
  const resources =
    bundle?.resourceType === 'Bundle'
      ? (bundle.entry ?? []).map((entry) => entry.resource)
      : [value as Observation];
  const people = new Set<string>();
  const unread: Problem[] = [];
  const all = resources.flatMap((resource, index) => {
    if (resource?.resourceType !== 'Observation' || NO_RESULT.has(resource.status ?? '')) return [];
    const call = callOf(resource, index + 1);
    const several = call === null ? severalOf(resource, index + 1, where) : null;
    unread.push(...(several?.problems ?? []));
    const calls = call === null ? (several?.calls ?? []) : [call];
    if (calls.length > 0 && resource.subject?.reference) people.add(resource.subject.reference);
    return resource.status === 'preliminary'
      ? calls.map((one) => ({ ...one, preliminary: true as const }))
      : calls;
  });
  const problem = (code: Problem['code'], what: string, help: string): Problem => ({
    code,
    severity: 'error',
    where,
    what,
    help,
  });
  if (people.size > 1) {
    const what = `speaks of ${people.size} patients (${[...people].slice(0, 3).join(', ')})`;
    return fail(problem('inconsistent', what, 'Give the observations of one'));
  }
  const [first, ...rest] = unread;
  if (first !== undefined) return fail(first, ...rest);
  const calls = genotypesFirst(all.filter((call) => isReadOutside(call.gene)));
  const others = [...new Set(all.filter((call) => !isReadOutside(call.gene)).map((call) => call.gene))];
  if (calls.length > 0) {
    const what = `${others.slice(0, 5).join(', ')}: not among the genes read here`;
    const left: Problem = { code: 'unsupported', severity: 'warning', where, what, help: 'Left out' };
    return ok(calls, others.length > 0 ? [left] : []);
  }
  return fail(
    problem(
      'missing',
      'no genomics observation with a studied gene and a genotype or phenotype',
      'Give a bundle after the HL7 Genomics Reporting guide',
    ),
  );
}
