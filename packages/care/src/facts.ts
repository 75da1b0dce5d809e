import type { Intake, PatientCase, Reason, Side, YesNo } from '@foramen/spine';

/** A known value with its address in the case. What is not known is `undefined`, never a default. */
export interface Seen<T> {
  readonly value: T;
  readonly path: string;
  /** What stands in the case, where `value` was concluded from it. */
  readonly shown?: unknown;
}

/** Splits `findings.levels[2].modic` into keys; an index is a key like any other. */
function keysOf(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, '.$1').split('.');
}

/** The value at a path of the case, or undefined where there is none. */
export function valueAt(root: unknown, path: string): unknown {
  let here: unknown = root;
  for (const key of keysOf(path)) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** A copy of `root` with one value replaced; everything off the path is shared with the original. */
export function withValue<T>(root: T, path: string, value: unknown): T {
  const set = (here: unknown, keys: readonly string[]): unknown => {
    const [key, ...rest] = keys;
    if (key === undefined) return value;
    if (Array.isArray(here)) {
      const copy = here.slice();
      copy[Number(key)] = set(here[Number(key)], rest);
      return copy;
    }
    const record = typeof here === 'object' && here !== null ? (here as Record<string, unknown>) : {};
    return { ...record, [key]: set(record[key], rest) };
  };
  return set(root, keysOf(path)) as T;
}

/** Renders a fact value for a reason: short, and the same for the same value. */
export function textOf(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  if (typeof value === 'string') return value.length > 80 ? `${value.slice(0, 77)}...` : value;
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, v]) => typeof v !== 'object')
      .map(([k, v]) => `${k} ${textOf(v)}`)
      .join(' ');
  }
  return String(value);
}

/** A reason that points at a case fact. */
export function because(fact: Seen<unknown>): Reason {
  const name = fact.path.slice(fact.path.lastIndexOf('.') + 1);
  return { kind: 'fact', path: fact.path, text: `${name}: ${textOf(fact.shown ?? fact.value)}` };
}

/** A reason that points at a rule of this package: a declared default without clinical evidence behind its exact value. */
export function rule(id: string, text: string): Reason {
  return { kind: 'rule', id, text };
}

type Section = 'symptoms' | 'examination' | 'history' | 'person' | 'goals';

/** One intake field, when it was answered. "unknown" counts as not answered. */
export function intakeFact<S extends Section, K extends string & keyof NonNullable<Intake[S]>>(
  patient: PatientCase,
  section: S,
  key: K,
): Seen<NonNullable<NonNullable<Intake[S]>[K]>> | undefined {
  const part = patient.intake?.[section] as NonNullable<Intake[S]> | undefined;
  const value = part?.[key];
  if (value === undefined || value === null || value === 'unknown') return undefined;
  return {
    value: value as NonNullable<NonNullable<Intake[S]>[K]>,
    path: `intake.${section}.${key}`,
  };
}

/** As `intakeFact`, but nothing that a contradiction or an impossible value has put in doubt. For conclusions, not for safety. */
export function usableFact<S extends Section, K extends string & keyof NonNullable<Intake[S]>>(
  patient: PatientCase,
  section: S,
  key: K,
): Seen<NonNullable<NonNullable<Intake[S]>[K]>> | undefined {
  const fact = intakeFact(patient, section, key);
  return fact === undefined || isWithheld(patient, fact.path) ? undefined : fact;
}

/** A fact, unless a contradiction has put it in doubt. */
export function unlessWithheld<T>(patient: PatientCase, fact: Seen<T> | undefined): Seen<T> | undefined {
  return fact === undefined || isWithheld(patient, fact.path) ? undefined : fact;
}

/** Yes, no, or undefined when not asked or not known. */
export function answered(fact: Seen<YesNo | string> | undefined): boolean | undefined {
  if (fact === undefined) return undefined;
  return fact.value === 'yes' ? true : fact.value === 'no' ? false : undefined;
}

/**
 * Age in whole years at `now`; from the stated age, else from the birth date. Undefined when neither is known or
 * the birth date lies after `now`.
 */
export function ageOf(patient: PatientCase): Seen<number> | undefined {
  const stated = intakeFact(patient, 'person', 'ageYears');
  if (stated !== undefined) return stated;
  const birth = intakeFact(patient, 'person', 'birthDate');
  if (birth === undefined) return undefined;
  const years = Number(patient.now.slice(0, 4)) - Number(birth.value.slice(0, 4));
  const before = patient.now.slice(5, 10) < birth.value.slice(5, 10);
  const age = before ? years - 1 : years;
  return age >= 0 ? { value: age, path: birth.path } : undefined;
}

export const SIDES: readonly Side[] = ['left', 'right'];

/** A score with the band that it falls into, where its instrument has bands. */
interface SeenScore extends Seen<number> {
  readonly band: string | undefined;
}

/** Score of an instrument, when its missing-item rule allowed one; the latest of several. */
export function scoreOf(patient: PatientCase, instrument: RegExp): SeenScore | undefined {
  let best: (SeenScore & { readonly date: string }) | undefined;
  patient.scores.forEach((entry, i) => {
    if (entry.score === null || !instrument.test(entry.instrument)) return;
    const date = entry.date ?? '';
    if (best === undefined || date >= best.date) {
      best = { value: entry.score, path: `scores[${i}].score`, band: entry.band, date };
    }
  });
  return best === undefined ? undefined : { value: best.value, path: best.path, band: best.band };
}

/** Fields named by a contradiction of the intake: statements that lean on them are withheld. */
export function isWithheld(patient: PatientCase, path: string): boolean {
  return patient.problems.some(
    (p) => (p.code === 'contradiction' || p.code === 'out-of-range') && touches(p.where, path),
  );
}

function touches(where: string, path: string): boolean {
  const named = where.match(/[A-Za-z][\w.[\]]*/g) ?? [];
  return named.some(
    (n) => n.length > 3 && (path === n || path.endsWith(`.${n}`) || path.startsWith(`${n}.`)),
  );
}

/** Rounds to a fixed number of decimals, so that the same case gives the same bytes on every engine. */
export function round(value: number, digits = 4): number {
  const f = 10 ** digits;
  const r = Math.round(value * f) / f;
  return Object.is(r, -0) ? 0 : r;
}
