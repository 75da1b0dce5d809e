import { fail, ok, type Result } from '@foramen/spine/problem';
import type { OutsideCall } from './outside.ts';

interface Coded {
  readonly coding?: readonly { readonly code?: string; readonly display?: string }[];
  readonly text?: string;
}
interface Observation extends Record<string, unknown> {
  readonly resourceType?: string;
  readonly status?: string;
  readonly code?: Coded;
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

function codes(coded: Coded | undefined): string[] {
  return (coded?.coding ?? []).map((entry) => entry.code ?? '');
}

function textOf(coded: Coded | undefined): string {
  return coded?.text ?? coded?.coding?.[0]?.display ?? coded?.coding?.[0]?.code ?? '';
}

function callOf(observation: Observation, line: number): OutsideCall | null {
  const components = observation.component ?? [];
  const gene = textOf(
    components.find((c) => codes(c.code).includes(GENE_STUDIED))?.valueCodeableConcept,
  ).trim();
  const symbol = /^[A-Z][A-Z0-9-]+$/.test(gene) ? gene : '';
  const value = observation.valueString ?? textOf(observation.valueCodeableConcept);
  if (symbol === '' || value === '') return null;
  const own = codes(observation.code);
  const isDiplotype = own.some((code) => DIPLOTYPE.has(code)) || /^\*|\/|^[A-Z0-9-]+\*/.test(value);
  const bare = value.replaceAll(symbol, '').trim();
  if (isDiplotype) return { gene: symbol, diplotype: bare, phenotype: null, activityScore: null, line };
  if (
    !own.some((code) => METABOLISER.has(code)) &&
    !/metaboli|function|positive|negative|suscept/i.test(value)
  )
    return null;
  const phenotype = bare.replace(/metaboliser/i, 'Metabolizer').replace(/\bmetabolizer\b/, 'Metabolizer');
  return { gene: symbol, diplotype: null, phenotype, activityScore: null, line };
}

/** Outside calls from a FHIR bundle of genomics observations (genotype and metaboliser status, gene named in a component). */
export function readOutsideFhir(value: unknown, where: string): Result<readonly OutsideCall[]> {
  const bundle = value as { resourceType?: string; entry?: readonly { resource?: Observation }[] };
  const resources =
    bundle?.resourceType === 'Bundle'
      ? (bundle.entry ?? []).map((entry) => entry.resource)
      : [value as Observation];
  const calls = resources.flatMap((resource, index) => {
    const call = resource?.resourceType === 'Observation' ? callOf(resource, index + 1) : null;
    if (!call) return [];
    return [resource?.status === 'preliminary' ? { ...call, preliminary: true as const } : call];
  });
  if (calls.length > 0) return ok(calls);
  return fail({
    code: 'missing',
    severity: 'error',
    where,
    what: 'no genomics observation with a studied gene and a genotype or phenotype',
    help: 'Give a bundle after the HL7 Genomics Reporting guide',
  });
}
