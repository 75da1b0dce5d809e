import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import type { OutsideCall } from './outside.ts';
import type { OutsideLines } from './outside-callers.ts';
import { modernHla } from './outside-hla.ts';
import { isGeneRead } from './outside-others.ts';
import { inEnglish } from './outside-spanish.ts';
import { readLaboratoryText } from './outside-text.ts';

interface Coded {
  readonly coding?: readonly ({ readonly code?: string; readonly display?: string } | null)[] | null;
  readonly text?: string | null;
}
/** What may bear a result: an observation or one of its components. */
interface Valued {
  readonly code?: Coded | null;
  readonly valueCodeableConcept?: Coded | null;
  readonly valueString?: string | null;
  readonly valueQuantity?: { readonly value?: number | null; readonly comparator?: string | null } | null;
  readonly valueInteger?: number | null;
  readonly valueBoolean?: boolean | null;
  readonly dataAbsentReason?: Coded | null;
}
interface Observation extends Valued {
  readonly resourceType?: string;
  readonly status?: string;
  readonly subject?: { readonly reference?: string } | null;
  readonly component?: readonly (Valued | null)[] | null;
  readonly contained?: readonly (Observation | null)[] | null;
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

/** What stands where a list belongs and is none, or holds nothing, is passed over. */
function listOf<T>(list: readonly (T | null)[] | null | undefined): readonly T[] {
  return Array.isArray(list) ? list.filter((one): one is T => one !== null && typeof one === 'object') : [];
}

function codes(coded: Coded | null | undefined): string[] {
  return listOf(coded?.coding).map((entry) => String(entry.code ?? ''));
}

function textOf(coded: Coded | null | undefined): string {
  const answer = codes(coded).flatMap((code) => ANSWERS[code] ?? [])[0];
  const [first] = listOf(coded?.coding);
  return answer ?? inEnglish(String(coded?.text ?? first?.display ?? first?.code ?? ''));
}

/** The name of what was observed, in all its words. */
function nameOf({ code }: Valued): string {
  return [code?.text, ...listOf(code?.coding).map((one) => one.display)].filter((word) => word).join(' ');
}

/** What an observation or a component says: its words or else its code, its number, or yes and no as present and absent. */
function said(valued: Valued | undefined): string {
  if (valued === undefined) return '';
  if (typeof valued.valueString === 'string') return inEnglish(valued.valueString);
  if (typeof valued.valueBoolean === 'boolean') return valued.valueBoolean ? 'present' : 'absent';
  const number = valued.valueQuantity?.value ?? valued.valueInteger;
  if (typeof number === 'number')
    return `${/^>=?$/.test(valued.valueQuantity?.comparator ?? '') ? '≥' : (valued.valueQuantity?.comparator ?? '')}${number}`;
  return textOf(valued.valueCodeableConcept);
}

const SCORE = /\bactivity score\b/i;

/** The genes read here that words name. */
function genesNamed(words: string): ReadonlySet<string> {
  return new Set([...words.matchAll(GENE)].map((match) => match[1] ?? '').filter(isGeneRead));
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
  const components = listOf(observation.component);
  const component = (is: (code: string) => boolean) => components.find((one) => codes(one.code).some(is));
  const told = modernHla(inEnglish(nameOf(observation)));
  const own = said(observation);
  const studied = component((code) => code === GENE_STUDIED)?.valueCodeableConcept;
  const score = SCORE.test(told) ? own : said(components.find((one) => SCORE.test(inEnglish(nameOf(one)))));
  const isScore = SCORE.test(told);
  const effect = own === '' ? said(component((code) => METABOLISER.has(code))) : own;
  const genotype = said(component((code) => DIPLOTYPE.has(code)));
  const value = isScore ? '' : effect === '' ? genotype : effect;
  const gene = studied ? geneOf(studied) : (geneNamed(told) ?? geneNamed(value) ?? '');
  if (!/^[A-Z][A-Z0-9-]+$/.test(gene)) return null;
  const call: OutsideCall = { gene, diplotype: null, phenotype: null, activityScore: null, line };
  const counted = /^≥?\d+(?:\.\d+)?$/.test(score) ? { activityScore: score } : {};
  if (value === '') {
    // A test that was made and gave no answer is told as such.
    const isAbsent = observation.dataAbsentReason !== undefined && observation.dataAbsentReason !== null;
    return isAbsent || counted.activityScore !== undefined ? { ...call, ...counted } : null;
  }
  const bare = value.replaceAll(gene, '').trim();
  // A test for one HLA allele is named after it, and its value says yes or no.
  const tested = gene.startsWith('HLA-') ? /\*?(\d{2,3}:\d{2,3})/.exec(told)?.[1] : undefined;
  const says =
    /^(?:(not (?:detected|present|found)|absent|negative|no\b)|detected|present|positive|yes\b)/i.exec(bare);
  if (tested !== undefined && says)
    return { ...call, phenotype: `*${tested} ${says[1] === undefined ? 'positive' : 'negative'}` };
  const isOf = (set: ReadonlySet<string>) => codes(observation.code).some((code) => set.has(code));
  const classOf = (text: string) =>
    text.replace(/metaboliser/i, 'Metabolizer').replace(/\bmetabolizer\b/, 'Metabolizer');
  if (isOf(DIPLOTYPE) || /^\*|\/|^[A-Z0-9-]+\*/.test(value)) {
    const beside = said(component((code) => METABOLISER.has(code)));
    return {
      ...call,
      diplotype: bare,
      ...(beside === '' || beside === value ? {} : { statedPhenotype: classOf(beside) }),
      ...(counted.activityScore === undefined ? {} : { statedScore: counted.activityScore }),
    };
  }
  if (genotype !== '' && genotype !== value)
    return { ...call, diplotype: genotype.replaceAll(gene, '').trim(), statedPhenotype: classOf(bare) };
  if (!isOf(METABOLISER) && !/metaboli|function|positive|negative|suscept/i.test(value)) return null;
  return { ...call, phenotype: classOf(bare), ...counted };
}

/** A result in words that names several genes, each with its own; none where it names one or no gene. */
function severalOf(observation: Observation, line: number, where: string): OutsideLines | null {
  const told = nameOf(observation);
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

/** A result of a gene read here that is in no form that is read. */
function notUnderstood(observation: Observation, line: number, where: string): readonly Problem[] {
  const told = nameOf(observation);
  const gene = geneNamed(told);
  const value = said(observation);
  if (
    gene === null ||
    value === '' ||
    !/genotype|diplotype|phenotype|metaboli|activity|presence|\*\d/i.test(told)
  )
    return [];
  const what = `observation ${line}, ${gene} "${value.slice(0, 40)}": not read`;
  const help = 'Give a genotype, a class or a score';
  return [{ code: 'unreadable', severity: 'warning', where, what, help }];
}

/** A genotype decides over a class or score that the same report gives for the gene, which is kept for comparison; a class and a score make one call. */
function genotypesFirst(calls: readonly OutsideCall[]): OutsideCall[] {
  return calls.flatMap((call) => {
    const same = calls.filter((other) => other.gene === call.gene && other.refused === undefined);
    const stated = same.find((other) => other.diplotype === null && other.phenotype !== null)?.phenotype;
    const score = same.find(
      (other) => other.diplotype === null && other.activityScore !== null,
    )?.activityScore;
    if (call.refused !== undefined || call.gene.startsWith('HLA-')) return [call];
    if (call.diplotype === null) {
      if (same.some((other) => other.diplotype !== null)) return [];
      if (call.phenotype === null && stated) return [];
      return [
        call.phenotype !== null && call.activityScore === null && score
          ? { ...call, activityScore: score }
          : call,
      ];
    }
    return [
      {
        ...call,
        ...(stated ? { statedPhenotype: stated } : {}),
        ...(score ? { statedScore: score } : {}),
      },
    ];
  });
}

/** The resources of a bundle or a list, with those that they contain; or the one that is given. */
function resourcesOf(value: unknown): readonly Observation[] {
  const bundle = value as {
    resourceType?: string;
    entry?: readonly ({ resource?: Observation | null } | null)[];
  };
  const given = Array.isArray(value)
    ? listOf(value as Observation[])
    : bundle?.resourceType === 'Bundle'
      ? listOf(listOf(bundle.entry).map((entry) => entry.resource ?? null))
      : listOf([value as Observation]);
  return given.flatMap((resource) => [resource, ...listOf(resource.contained)]);
}

/**
 * Outside calls from a FHIR bundle of genomics observations: genotype, metaboliser status, or test for one HLA allele. The gene is that of the
 * component "gene studied", else the one that the code or the value names.
 */
export function readOutsideFhir(value: unknown, where: string): Result<readonly OutsideCall[]> {
  const resources = resourcesOf(value);
  const people = new Set<string>();
  const unread: Problem[] = [];
  const partly: Problem[] = [];
  const left: Problem[] = [];
  const all = resources.flatMap((resource, index) => {
    if (resource.resourceType !== 'Observation' || NO_RESULT.has(resource.status ?? '')) return [];
    const call = callOf(resource, index + 1);
    const several = call === null ? severalOf(resource, index + 1, where) : null;
    (several !== null && several.calls.length > 0 ? partly : unread).push(...(several?.problems ?? []));
    const calls = call === null ? (several?.calls ?? []) : [call];
    if (calls.length === 0) left.push(...notUnderstood(resource, index + 1, where));
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
  const [half, ...halves] = partly;
  if (half !== undefined && all.every((call) => call.refused !== undefined)) return fail(half, ...halves);
  const calls = genotypesFirst(all.filter((call) => isGeneRead(call.gene)));
  const others = [...new Set(all.filter((call) => !isGeneRead(call.gene)).map((call) => call.gene))];
  if (calls.length > 0) {
    const what = `${others.slice(0, 5).join(', ')}: not among the genes read here`;
    const unsupported: Problem = { code: 'unsupported', severity: 'warning', where, what, help: 'Left out' };
    return ok(calls, [...partly, ...left, ...(others.length > 0 ? [unsupported] : [])]);
  }
  return fail(
    problem(
      'missing',
      'no genomics observation with a studied gene and a genotype or phenotype',
      'Give a bundle after the HL7 Genomics Reporting guide',
    ),
  );
}
