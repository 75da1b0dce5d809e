import type { OutsideCall, PatientContext } from '@foramen/genomics';
import {
  namedIllnesses,
  patientContext,
  readOutsideCalls,
  readOutsideFhir,
  unweighed,
} from '@foramen/genomics';
import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { readSmallText } from './small-text.ts';

export interface GenomeArgs {
  readonly inputs: readonly string[];
  readonly sample: string | null;
  readonly outside: string | null;
  readonly out: string | null;
  readonly json: boolean;
  readonly allSamples: boolean;
  readonly combinations: boolean;
  readonly allMatches: boolean;
  readonly absentAsReference: boolean;
  readonly research: boolean;
  readonly intake: string | null;
  readonly context: PatientContext;
}

export const USAGE = `foramen genome VCF... [--sample ID] [--outside FILE.tsv|FILE.json] [--out DIR] [--json]
  --intake FILE         medication, age, kidneys, illnesses and allergies from an intake
  --medications A,B     drugs taken now          --ancestry EUR|AFR|AMR|EAS|SAS
  --age YEARS  --egfr N  --allergies A,B  --conditions A,B
  --all-samples         every sample of a file   --all-matches   every diplotype that fits
  --combinations        combination and partial alleles (research)
  --absent-as-reference read absent positions as reference (files that list variants only)
  --research-markers    show genotypes of research-grade markers
foramen genome import DIR [--to DIR] [--dry-run]
foramen genome audit [--max-age DAYS] [--today YYYY-MM-DD] [--json]`;

const WITH_VALUE = new Set([
  '--sample',
  '--outside',
  '--out',
  '--intake',
  '--medications',
  '--ancestry',
  '--age',
  '--egfr',
  '--allergies',
  '--conditions',
]);
const FLAGS = new Set([
  '--json',
  '--all-samples',
  '--combinations',
  '--all-matches',
  '--absent-as-reference',
  '--research-markers',
]);

function usage<T>(what: string): Result<T> {
  return fail({
    code: 'usage',
    severity: 'error',
    where: 'foramen genome',
    what,
    help: 'Run `foramen genome --help`',
  });
}

const list = (text: string | undefined) =>
  text
    ? text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : undefined;

function contextFromOptions(values: ReadonlyMap<string, string>): Result<PatientContext> {
  const number = (key: string, low: number, high: number): number | undefined | null => {
    const text = values.get(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    return Number.isFinite(value) && value >= low && value <= high ? value : null;
  };
  const age = number('--age', 0, 120);
  const egfr = number('--egfr', 0, 250);
  if (age === null) return usage('--age is not a number from 0 to 120');
  if (egfr === null) return usage('--egfr is not a number from 0 to 250');
  const ancestry = values.get('--ancestry')?.toUpperCase();
  if (ancestry !== undefined && !['EUR', 'AFR', 'AMR', 'EAS', 'SAS', 'UNKNOWN'].includes(ancestry)) {
    return usage(`--ancestry ${ancestry} is not one of EUR, AFR, AMR, EAS, SAS`);
  }
  const allergies = list(values.get('--allergies'));
  const conditions = list(values.get('--conditions'));
  const medications = list(values.get('--medications'))?.map((name) => ({ name }));
  return ok({
    ...(medications ? { medications } : {}),
    ...(allergies ? { allergies } : {}),
    ...(conditions ? { illnesses: namedIllnesses(conditions) } : {}),
    ...(age === undefined ? {} : { ageYears: age }),
    ...(egfr === undefined ? {} : { egfr }),
    ...(ancestry === undefined || ancestry === 'UNKNOWN' ? {} : { ancestry: ancestry as 'EUR' }),
  });
}

export function parseGenomeArgs(argv: readonly string[]): Result<GenomeArgs> {
  const inputs: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    const [name, inline] =
      arg.startsWith('--') && arg.includes('=')
        ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]
        : [arg, null];
    if (WITH_VALUE.has(name)) {
      const value = inline ?? argv[++i];
      if (value === undefined || value === '') return usage(`${name} needs a value`);
      values.set(name, value);
    } else if (FLAGS.has(name)) flags.add(name);
    else if (arg.startsWith('-') && arg !== '-') return usage(`unknown option ${arg}`);
    else inputs.push(arg === '-' ? '/dev/stdin' : arg);
  }
  const context = contextFromOptions(values);
  if (!context.ok) return context;
  if (inputs.length === 0 && !values.has('--outside')) return usage('no input file');
  const strange = unweighed(list(values.get('--conditions')) ?? []);
  const warnings = strange.map(
    (entry): Problem => ({
      code: 'not-found',
      severity: 'warning',
      where: '--conditions',
      what: `"${entry}" is none of the illnesses weighed here`,
      help: 'docs/genome.md lists them; the rest of the list is used',
    }),
  );
  return ok(
    {
      inputs,
      sample: values.get('--sample') ?? null,
      outside: values.get('--outside') ?? null,
      out: values.get('--out') ?? null,
      json: flags.has('--json'),
      allSamples: flags.has('--all-samples'),
      combinations: flags.has('--combinations'),
      allMatches: flags.has('--all-matches'),
      absentAsReference: flags.has('--absent-as-reference'),
      research: flags.has('--research-markers'),
      intake: values.get('--intake') ?? null,
      context: context.value,
    },
    warnings,
  );
}

export function readOutsideFile(path: string): Result<readonly OutsideCall[]> {
  const small = readSmallText(path, 'Give a TSV of calls or a FHIR bundle with --outside');
  if (!small.ok) return small;
  const text = small.value;
  if (!/^\uFEFF?\s*[{[]/.test(text) || /^\s*\[\*/.test(text)) {
    const read = readOutsideCalls(text, path);
    if (!read.ok || read.value.length > 0 || read.warnings.length > 0) return read;
    return fail({
      code: 'missing',
      severity: 'error',
      where: path,
      what: 'no call in the file',
      help: 'Expected GENE, tab, DIPLOTYPE, or a file of Cyrius, Aldy or StellarPGx',
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where: path,
      what: 'not valid JSON',
      help: 'Give a FHIR bundle or a TSV',
    });
  }
  return readOutsideFhir(json, path);
}

export async function readIntakeContext(path: string, today: string): Promise<Result<PatientContext>> {
  // The schema library is loaded only for those who give an intake: it would double the start of every other run.
  const { intakeSchema } = await import('@foramen/spine');
  const small = readSmallText(path, 'Give an intake file in JSON with --intake');
  if (!small.ok) return small;
  try {
    const parsed = intakeSchema.safeParse(JSON.parse(small.value));
    if (parsed.success) {
      const known = Object.keys(intakeSchema.shape);
      const said = Object.keys(parsed.data);
      if (said.length > 0 && !said.some((key) => known.includes(key)))
        return fail({
          code: 'unreadable',
          severity: 'error',
          where: path,
          what: `holds nothing of an intake (${said.slice(0, 3).join(', ')})`,
          help: `Expected one or more of ${known.slice(0, 6).join(', ')}`,
        });
      return ok(patientContext(parsed.data, parsed.data.date ?? today));
    }
    const issue = parsed.error.issues[0];
    return fail({
      code: 'out-of-range',
      severity: 'error',
      where: `${path} ${issue?.path.join('.') ?? ''}`,
      what: issue?.message ?? 'not an intake',
      help: 'Correct the value',
    });
  } catch (error) {
    return fail({
      code: 'unreadable',
      severity: 'error',
      where: path,
      what: `cannot be read (${(error as Error).message})`,
      help: 'Give an intake file in JSON',
    });
  }
}
