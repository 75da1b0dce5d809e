import { problemLine } from '@foramen/spine/problem';
import { readOutsideCalls } from '../outside.ts';
import { readOutsideFhir } from '../outside-fhir.ts';
import { callGenome } from '../profile.ts';

/** For tests: what text or a FHIR document means gene by gene, as `diplotype or what stands for it: phenotype, status`, and all that is said of it. */
export function readOutside(given: string | object): {
  readonly genes: Readonly<Record<string, string>>;
  readonly said: readonly string[];
  readonly errors: readonly string[];
} {
  const read = typeof given === 'string' ? readOutsideCalls(given, 'calls') : readOutsideFhir(given, 'calls');
  if (!read.ok) return { genes: {}, said: [], errors: read.problems.map(problemLine) };
  const called = callGenome(null, 'p', { outside: read.value, genesOnly: true, brief: true });
  if (!called.ok) return { genes: {}, said: [], errors: called.problems.map(problemLine) };
  const all = [...read.warnings, ...called.warnings];
  return {
    genes: Object.fromEntries(
      Object.entries(called.value.genes)
        .filter(([, { source }]) => source === 'outside')
        .map(([gene, { diplotypes, phenotype, status }]) => [
          gene,
          `${diplotypes.join(' or ')}: ${phenotype}, ${status}`,
        ]),
    ),
    said: all.filter(({ severity }) => severity !== 'error').map(problemLine),
    errors: all.filter(({ severity }) => severity === 'error').map(problemLine),
  };
}
