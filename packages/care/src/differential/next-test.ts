import { EVIDENCE, type EvidenceBase, recordsOf } from '@foramen/evidence';
import type { NerveRoot, NextTest, PatientCase, Reason } from '@foramen/spine';
import { earlierTests } from '../case/earlier-treatments.ts';
import { round, rule } from '../facts.ts';
import { axialWasRead, rootsWereRead } from '../roots/contacts.ts';
import { say, traced } from '../say.ts';
import type { Belief, DifferentialWork } from './differential.ts';

/** A test that could come next: how likely each result is under each hypothesis. */
interface Candidate {
  readonly id: string;
  readonly root?: NerveRoot;
  /** Rows: results; columns: beliefs. Each column sums to 1. */
  readonly results: readonly (readonly number[])[];
  readonly evidence: readonly Reason[];
}

const ROOT_TESTS: ReadonlySet<string> = new Set(['selective-root-block', 'electromyography']);
const ROOT_CONDITIONS: ReadonlySet<string> = new Set([
  'herniation',
  'foraminal-stenosis',
  'lateral-recess-stenosis',
]);

/**
 * A needle, and the picture of the same roots by which it is read. Where that plane is missing too it comes first, however much the needle would
 * move: MRI is the test for a herniation that fits the examination (NASS 2012, grade A; ACR 2021), and needles answer what it leaves open.
 */
const IMAGE_BEFORE: Readonly<Record<string, string>> = {
  electromyography: 'axial-mri',
  'selective-root-block': 'axial-mri',
};
const IMAGE_FIRST: readonly Reason[] = [
  { kind: 'evidence', id: 'guideline/nass-herniation-diagnosis', text: 'MRI is the most appropriate test' },
  { kind: 'evidence', id: 'guideline/acr-six-weeks', text: 'MRI where an intervention is in question' },
];

/** Tests whose result the case already holds, or that must wait for another one, by id. */
function done(patient: PatientCase): ReadonlySet<string> {
  const out = new Set<string>();
  const exam = patient.intake?.examination;
  if (exam?.ankleBrachialIndex !== undefined) out.add('ankle-brachial-index');
  const series = patient.findings?.series ?? [];
  if (series.some((s) => s.role === 'axial-T2' || s.role === 'axial-T1')) out.add('axial-mri');
  if (series.some((s) => s.role === 'sagittal-T1') && series.some((s) => s.role === 'sagittal-T2')) {
    out.add('sagittal-t1-t2-mri');
  }
  // A block of one root is planned on a plane that shows the roots: without any, that image comes first.
  if (!rootsWereRead(patient.findings)) out.add('selective-root-block');
  if (axialWasRead(patient.findings)) out.add('axial-mri');
  if (patient.findings?.levels.some((l) => l.modic !== undefined && 'p' in l.modic))
    out.add('sagittal-t1-t2-mri');
  for (const { test } of earlierTests(patient)) out.add(test);
  return out;
}

function candidates(
  patient: PatientCase,
  beliefs: readonly Belief[],
  base: EvidenceBase,
): readonly Candidate[] {
  const already = done(patient);
  const byTest = new Map<
    string,
    { condition: string; sensitivity: number; specificity: number; id: string }[]
  >();
  for (const r of recordsOf('likelihood', base)) {
    if (!r.id.startsWith('lr/care-next-') || r.sensitivity === null || r.specificity === null) continue;
    if (already.has(r.test)) continue;
    const list = byTest.get(r.test) ?? [];
    list.push({ condition: r.condition, sensitivity: r.sensitivity, specificity: r.specificity, id: r.id });
    byTest.set(r.test, list);
  }
  const out: Candidate[] = [];
  for (const [test, rows] of byTest) {
    const evidence = rows.map((r): Reason => ({ kind: 'evidence', id: r.id, text: test }));
    if (!ROOT_TESTS.has(test)) {
      out.push({ id: test, results: resultsOf(beliefs, rows, (b, c) => b.condition === c), evidence });
      continue;
    }
    const roots = new Set(beliefs.filter((b) => b.p >= 0.05).flatMap((b) => b.site.root ?? []));
    const row = rows[0]!;
    for (const root of roots) {
      const hit = (b: Belief): boolean =>
        ROOT_CONDITIONS.has(b.condition) && (test === 'electromyography' || b.site.root === root);
      out.push({ id: test, root, results: resultsOf(beliefs, [row], hit), evidence });
      if (test === 'electromyography') break;
    }
  }
  return out;
}

/** One result a row of the test ("shows it") and a last one for "shows nothing". */
function resultsOf<
  R extends { readonly condition: string; readonly sensitivity: number; readonly specificity: number },
>(
  beliefs: readonly Belief[],
  rows: readonly R[],
  hit: (belief: Belief, condition: string) => boolean,
): readonly (readonly number[])[] {
  const columns = beliefs.map((b) => {
    const shows = rows.map((r) => (hit(b, r.condition) ? r.sensitivity : 1 - r.specificity));
    const nothing = shows.reduce((p, q) => p * (1 - q), 1);
    const total = shows.reduce((a, q) => a + q, 0);
    return [...shows.map((q) => (total > 0 ? ((1 - nothing) * q) / total : 0)), nothing];
  });
  return Array.from({ length: rows.length + 1 }, (_, i) => columns.map((c) => c[i]!));
}

/**
 * Expected total variation between the beliefs now and after the test: 0 when no result would move them, 1 when every
 * result would settle them elsewhere. Computed, not a fixed order of tests.
 */
export function expectedChange(now: readonly number[], results: readonly (readonly number[])[]): number {
  let expected = 0;
  for (const row of results) {
    const joint = row.map((q, i) => q * now[i]!);
    const p = joint.reduce((a, b) => a + b, 0);
    if (p <= 0) continue;
    let distance = 0;
    for (let i = 0; i < joint.length; i++) distance += Math.abs(joint[i]! / p - now[i]!);
    expected += (p * distance) / 2;
  }
  return expected;
}

/**
 * The tests that would move the differential most, best first, but no needle before the picture that it is read by; those below one in a
 * hundred are not worth asking.
 */
export function nextTests(
  patient: PatientCase,
  work: DifferentialWork,
  base: EvidenceBase = EVIDENCE,
): readonly NextTest[] {
  const beliefs = work.beliefs;
  const now = beliefs.map((b) => b.p);
  const best = new Map<string, { candidate: Candidate; value: number }>();
  for (const candidate of candidates(patient, beliefs, base)) {
    const value = expectedChange(now, candidate.results);
    const had = best.get(candidate.id);
    if (had === undefined || value > had.value + 1e-12) best.set(candidate.id, { candidate, value });
  }
  const worth = [...best.values()].filter((b) => b.value >= 0.01);
  const image = (needle: Candidate) => worth.find((b) => b.candidate.id === IMAGE_BEFORE[needle.id]);
  const place = (b: (typeof worth)[number]): number =>
    Math.min(b.value, image(b.candidate)?.value ?? b.value);
  return worth
    .sort(
      (a, b) =>
        place(b) - place(a) ||
        Number(image(a.candidate) === b) - Number(image(b.candidate) === a) ||
        b.value - a.value ||
        (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .slice(0, 6)
    .map(({ candidate, value }) => {
      const before = image(candidate);
      const reasons: Reason[] = [
        ...candidate.evidence,
        ...(before === undefined ? [] : IMAGE_FIRST),
        ...work.priors,
        ...work.readings
          .slice(0, 3)
          .flatMap((r) => r.facts.map((f): Reason => ({ kind: 'fact', path: f.path, text: r.test }))),
        rule('rule.next-test', 'expected change of the differential over the possible results of the test'),
      ];
      return {
        test: candidate.root === undefined ? candidate.id : `${candidate.id}:${candidate.root}`,
        value: round(value),
        statement: say(
          candidate.root === undefined
            ? 'next-test.plain'
            : before === undefined
              ? 'next-test.root'
              : 'next-test.root-after',
          {
            // Who was never scanned is offered a scan, not another angle of one.
            test:
              patient.findings === null && candidate.id === 'axial-mri'
                ? '@test.lumbar-mri'
                : `@test.${candidate.id}`,
            ...(candidate.root === undefined ? {} : { root: candidate.root }),
            ...(before === undefined
              ? {}
              : { before: patient.findings === null ? '@test.lumbar-mri' : `@test.${before.candidate.id}` }),
            value: traced(round(value), reasons),
          },
          'weak',
          reasons,
        ),
      };
    });
}
