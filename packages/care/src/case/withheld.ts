import type { PatientCase, Problem, Reason, Statement } from '@foramen/spine';
import { because, valueAt } from '../facts.ts';
import { say } from '../say.ts';

/** Addresses of the answers that a problem names: where it lies, and the date that its words begin with. */
function addresses(problem: Problem): readonly string[] {
  const dated = /^((?:intake|findings|priorFindings)[\w.[\]]*): /.exec(problem.what)?.[1];
  // When a medicine was begun says nothing without its name.
  const medicine = /^(intake\.medications\[\d+\])\./.exec(problem.where)?.[1];
  const named = [...(medicine === undefined ? [] : [`${medicine}.name`]), ...problem.where.split(' and ')];
  return dated === undefined || named.includes(dated) ? named : [...named, dated];
}

/** What the catalogue calls an address, joined as a list; every language has its own words for it. */
const inWords = (paths: readonly string[]): string =>
  `@word.nothing+${paths.map((p) => `@path.${p}`).join('+;+')}`;

/** A place of the body with its side, as the catalogue can say it. */
const place = (entry: unknown): string => {
  const { region, side } = entry as { readonly region?: string; readonly side?: string };
  return side === undefined || side === 'unknown' ? `${region}` : `${region} (${side})`;
};

/** One answer, or the answers below it: the muscles of a leg, the regions of pain. A whole examination is not said again. */
function kept(value: unknown, path: string): readonly Reason[] {
  if (value === undefined || value === null || path === 'intake.examination') return [];
  if (Array.isArray(value)) {
    const text = value.every((v) => typeof v === 'object' && v !== null && 'region' in v)
      ? value.map(place).join(', ')
      : value.every((v) => typeof v !== 'object')
        ? value.join(', ')
        : undefined;
    return text === undefined ? [] : [because({ value: text, path })];
  }
  if (typeof value !== 'object') return [because({ value, path })];
  return Object.entries(value).flatMap(([key, v]) =>
    typeof v === 'object' ? [] : [because({ value: v, path: `${path}.${key}` })],
  );
}

/** The answers as they were given: those that were kept, and those set aside because they could not be used. */
function given(patient: PatientCase, paths: readonly string[]): readonly Reason[] {
  return paths.flatMap((path): readonly Reason[] => {
    const stands = kept(valueAt(patient, path), path);
    if (stands.length > 0) return stands;
    const i = (patient.setAside ?? []).findIndex((s) => s.path === path);
    if (i < 0) return [];
    const value = patient.setAside?.[i]?.value;
    const text = typeof value === 'object' ? '...' : String(value).slice(0, 80);
    return [{ kind: 'fact', path: `setAside[${i}]`, text: `${path}: ${text}` }];
  });
}

/**
 * What was answered and cannot be used, one statement a problem, in words of the catalogue with the answers as reasons: answers that contradict each
 * other, impossible values, days to come, and codes that nobody knows. A field that the intake does not have is no answer.
 */
export function withheldStatements(patient: PatientCase): readonly Statement[] {
  const aside = new Set((patient.setAside ?? []).map((s) => s.path));
  return patient.problems.flatMap((p, i): readonly Statement[] => {
    const kind =
      p.code === 'contradiction'
        ? 'contradiction'
        : p.code === 'out-of-range'
          ? 'impossible'
          : aside.has(p.where)
            ? 'unknown-answer'
            : undefined;
    if (kind === undefined) return [];
    // Of a rule about either leg, only the leg that was examined is named.
    const all = addresses(p);
    const answered = all.filter((path) => path === 'intake.examination' || given(patient, [path]).length > 0);
    const paths = answered.length > 0 ? answered : all;
    return [
      say(`withheld.${kind}`, { where: inWords(paths) }, 'strong', [
        { kind: 'fact', path: `problems[${i}]`, text: `${p.where}: ${p.what}` },
        ...given(patient, paths),
      ]),
    ];
  });
}
