import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { Assessment, CarePlan, PatientCase, Reason, Statement } from '@foramen/spine';
import { valueAt } from '../facts.ts';
import { ENGLISH } from '../messages/en.ts';
import { render, showNumber } from '../messages/render.ts';

/** A number that a reader would see and that leads nowhere. */
interface UntracedNumber {
  readonly where: string;
  readonly key: string;
  readonly number: string;
  readonly why: string;
}

/** Names that contain digits and are not quantities: levels, roots, genes, gradings, instruments, guideline years. */
const NAMES =
  /\b(?:(?<![\d.])0 to 100?(?![\d.])|of 6|of 100?|[TLS]\d{1,2}(?:[-/][TLS]?\d{1,2})?|T1|T2|CYP\w+|Modic \d|PHQ-\d+|GAD-\d+|EQ-5D\w*|DN4|HLA-\S+|BRCA\d|NG\d+|SF-36)\b/g;

function statementsOf(root: unknown, where: string, out: [string, Statement][]): void {
  if (typeof root !== 'object' || root === null) return;
  const record = root as Record<string, unknown>;
  if (typeof record.key === 'string' && typeof record.text === 'string' && Array.isArray(record.because)) {
    out.push([where, record as unknown as Statement]);
    return;
  }
  for (const [key, value] of Object.entries(record)) {
    statementsOf(value, Array.isArray(root) ? `${where}[${key}]` : `${where}.${key}`, out);
  }
}

/** Every statement of an assessment and a plan, with its address. */
export function allStatements(
  assessment: Assessment,
  plan: CarePlan,
): readonly (readonly [string, Statement])[] {
  const out: [string, Statement][] = [];
  statementsOf(assessment, 'assessment', out);
  statementsOf(plan, 'plan', out);
  return out;
}

const numbersIn = (text: string): readonly string[] =>
  text.replace(NAMES, ' ').match(/\d+(?:[.,]\d+)?/g) ?? [];

/**
 * Walks every statement and proves that each number in its words comes from a parameter whose sources stand in
 * `because`, and that every reason resolves: a case path that exists (or is said to be missing), an evidence id that
 * is in the base with a source. Returns what does not; empty means every number traces.
 */
export function traceNumbers(
  patient: PatientCase,
  assessment: Assessment,
  plan: CarePlan,
  base: EvidenceBase = EVIDENCE,
): readonly UntracedNumber[] {
  const bad: UntracedNumber[] = [];
  const checked = new Map<string, string | null>();
  const broken = (r: Reason): string | null => {
    const id = refOf(r);
    const known = checked.get(id);
    if (known !== undefined) return known;
    const why = brokenReason(r, patient, base);
    checked.set(id, why);
    return why;
  };
  for (const [where, s] of allStatements(assessment, plan)) {
    const known = new Set(s.because.map(refOf));
    for (const r of s.because) {
      const why = broken(r);
      if (why !== null) bad.push({ where, key: s.key, number: refOf(r), why });
    }
    const params = Object.entries(s.params ?? {});
    for (const [name, param] of params) {
      if (typeof param !== 'string' && (param.from.length === 0 || !param.from.every((f) => known.has(f)))) {
        bad.push({
          where,
          key: s.key,
          number: `${name}=${param.value}`,
          why: 'parameter whose sources are not in because',
        });
      }
    }
    const shown = numbersIn(s.text);
    if (shown.length === 0) continue;
    const explained = new Set(
      params.flatMap(([name, param]) =>
        // Terms and quoted facts: their digits are the catalogue's or the case's own.
        typeof param === 'string'
          ? numbersIn(rendered(s, name))
          : ['pct', 'span', '0', '1', '2', undefined].flatMap((f) =>
              numbersIn(showNumber(param.value, f, 'en')),
            ),
      ),
    );
    for (const n of shown) {
      if (!explained.has(n)) {
        bad.push({ where, key: s.key, number: n, why: 'number in the text without a parameter' });
      }
    }
  }
  return bad;
}

const refOf = (r: Reason): string => (r.kind === 'fact' ? r.path : r.id);

/** Why a reason leads nowhere, or null when it resolves. */
function brokenReason(r: Reason, patient: PatientCase, base: EvidenceBase): string | null {
  if (r.kind === 'evidence') {
    const record = base.records.get(r.id);
    return record === undefined || !base.sources.has(record.sourceId)
      ? 'evidence id without a record or source'
      : null;
  }
  if (r.kind === 'fact' && valueAt(patient, r.path) === undefined && !isOpen(patient, r.path)) {
    return 'case path that does not exist';
  }
  return null;
}

/** A path may point at something not known: then its parent must be reachable, or itself be missing. */
function isOpen(patient: PatientCase, path: string): boolean {
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
  const parent = cut < 0 ? undefined : path.slice(0, cut);
  if (parent === undefined) return path in patient;
  return valueAt(patient, parent) !== undefined || isOpen(patient, parent);
}

/** The words that one string parameter contributes. */
function rendered(s: Statement, name: string): string {
  const param = s.params?.[name];
  if (typeof param !== 'string') return '';
  if (!param.startsWith('@')) return param;
  const alone = { ...ENGLISH, messages: { one: { clinician: `{${name}}` } } };
  return render(alone, 'one', { [name]: param }, 'clinician') ?? '';
}

/** Ids of the evidence records that anything below `value` cites as a reason, each once, in order of first mention. */
export function citedEvidence(value: unknown): readonly string[] {
  const ids = new Set<string>();
  const walk = (here: unknown): void => {
    if (typeof here !== 'object' || here === null) return;
    const reason = here as { readonly kind?: unknown; readonly id?: unknown };
    if (reason.kind === 'evidence' && typeof reason.id === 'string') ids.add(reason.id);
    for (const inner of Object.values(here)) walk(inner);
  };
  walk(value);
  return [...ids];
}
