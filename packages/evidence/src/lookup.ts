import { EVIDENCE, type EvidenceBase, recordOf, recordsOf } from './base.ts';
import type {
  EffectRecord,
  EvidenceRecord,
  GuidelineRecord,
  HarmRecord,
  LikelihoodRecord,
  PredictiveRecord,
  RecordOf,
  TreatmentRecord,
} from './record.ts';

/** A looked-up share with the records it came from. */
export interface Share {
  readonly p: number;
  readonly interval: readonly [number, number];
  /** Ids of the records used: one, or two when the age lies between table columns. */
  readonly ids: readonly [string, ...string[]];
}

/**
 * Share of people of that age without pain who show `finding` (for example `disc-degeneration`). Linear between the
 * ages of the table; beyond its ends by at most ten years the end value holds, further out there is no figure.
 * Null when the base has no figure for the finding or the age.
 */
export function prevalenceWithoutPain(
  finding: string,
  ageYears: number,
  base: EvidenceBase = EVIDENCE,
): Share | null {
  const rows = recordsOf('prevalence', base).filter((r) => r.finding === finding);
  const anyAge = rows.find((r) => r.age === null);
  if (anyAge) return { p: anyAge.estimate, interval: anyAge.interval ?? [0, 1], ids: [anyAge.id] };
  const sorted = rows
    .flatMap((r) => (r.age === null ? [] : [{ ...r, age: r.age }]))
    .sort((a, b) => a.age - b.age);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last || ageYears < first.age - 10 || ageYears > last.age + 10) return null;
  const upper = sorted.find((r) => r.age >= ageYears) ?? last;
  const lower = sorted.findLast((r) => r.age <= ageYears) ?? first;
  const share = upper.age === lower.age ? 0 : (ageYears - lower.age) / (upper.age - lower.age);
  const mix = (a: number, b: number) => a + share * (b - a);
  const l: readonly [number, number] = lower.interval ?? [0, 1];
  const u: readonly [number, number] = upper.interval ?? [0, 1];
  return {
    p: mix(lower.estimate, upper.estimate),
    interval: [mix(l[0], u[0]), mix(l[1], u[1])],
    ids: lower.id === upper.id ? [lower.id] : [lower.id, upper.id],
  };
}

/** @throws RangeError for an unknown id. */
export function likelihoodRatio(id: string, base: EvidenceBase = EVIDENCE): LikelihoodRecord {
  return recordOf('likelihood', id, base);
}

/** Full ids by short name, made once each: a judgement asks for the same few a hundred times. */
function named(prefix: string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const had = known.get(name);
    if (had !== undefined) return had;
    const id = `${prefix}/${name}`;
    known.set(name, id);
    return id;
  };
}
const parameterId = named('parameter');
const treatmentId = named('treatment');

/** @throws RangeError when no treatment has that id. */
export function treatment(id: string, base: EvidenceBase = EVIDENCE): TreatmentRecord {
  return recordOf('treatment', treatmentId(id), base);
}

/** The treatment and those it inherits from, nearest first: `discectomy-tubular`, `discectomy`. */
function lineage(id: string, base: EvidenceBase = EVIDENCE): readonly string[] {
  const chain: string[] = [];
  let next: string | null = id;
  while (next !== null && !chain.includes(next)) {
    chain.push(next);
    next = treatment(next, base).parent;
  }
  return chain;
}

interface EffectQuery {
  readonly outcome?: string;
  readonly kind?: EffectRecord['kind'];
  readonly comparatorClass?: EffectRecord['comparator']['class'];
  readonly condition?: string;
  /** Leave out what holds for the parent treatment only. Default false. */
  readonly ownOnly?: boolean;
}

/** Effects of a treatment and of those it inherits from, the treatment's own first. */
export function effectsOf(
  treatmentId: string,
  query: EffectQuery = {},
  base: EvidenceBase = EVIDENCE,
): readonly EffectRecord[] {
  const chain = query.ownOnly ? [treatmentId] : lineage(treatmentId, base);
  const all = recordsOf('effect', base);
  return chain.flatMap((id) =>
    all.filter(
      (r) =>
        r.treatment === id &&
        (query.outcome === undefined || r.outcome === query.outcome) &&
        (query.kind === undefined || r.kind === query.kind) &&
        (query.comparatorClass === undefined || r.comparator.class === query.comparatorClass) &&
        (query.condition === undefined || r.condition === query.condition),
    ),
  );
}

/** What is worked out from a base alone, made once for each key: a judgement asks for the same over and over. */
export function onceForBase<T>(): (base: EvidenceBase, key: string, make: () => T) => T {
  const bases = new WeakMap<EvidenceBase, Map<string, T>>();
  let last: { readonly base: EvidenceBase; readonly known: Map<string, T> } | undefined;
  return (base, key, make) => {
    if (last?.base !== base) {
      const known = bases.get(base) ?? new Map<string, T>();
      bases.set(base, known);
      last = { base, known };
    }
    const { known } = last;
    const had = known.get(key);
    if (had !== undefined) return had;
    const made = make();
    known.set(key, made);
    return made;
  };
}

const rowsOnce = onceForBase<readonly EvidenceRecord[]>();

type OfTreatment = 'harm' | 'contraindication' | 'prerequisite' | 'predictive';

function inherited<K extends OfTreatment>(type: K, id: string, base: EvidenceBase): readonly RecordOf<K>[] {
  return rowsOnce(base, `${type}/${id}`, () => {
    const rows: readonly RecordOf<OfTreatment>[] = recordsOf(type, base);
    return lineage(id, base).flatMap((name) => rows.filter((r) => r.treatment === name));
  }) as readonly RecordOf<K>[];
}

export function harmsOf(treatmentId: string, base: EvidenceBase = EVIDENCE): readonly HarmRecord[] {
  return inherited('harm', treatmentId, base);
}
export function contraindicationsOf(
  treatmentId: string,
  base: EvidenceBase = EVIDENCE,
): readonly RecordOf<'contraindication'>[] {
  return inherited('contraindication', treatmentId, base);
}
export function prerequisitesOf(
  treatmentId: string,
  base: EvidenceBase = EVIDENCE,
): readonly RecordOf<'prerequisite'>[] {
  return inherited('prerequisite', treatmentId, base);
}
export function guidelineRules(
  treatmentId: string,
  base: EvidenceBase = EVIDENCE,
): readonly GuidelineRecord[] {
  return rowsOnce(base, `guideline/${treatmentId}`, () => {
    const chain = lineage(treatmentId, base);
    return recordsOf('guideline', base).filter((r) => r.treatments.some((t) => chain.includes(t)));
  }) as readonly GuidelineRecord[];
}
/** Published modifiers of a treatment's benefit; use `shrunk`. */
export function predictiveFactors(
  treatmentId: string,
  base: EvidenceBase = EVIDENCE,
): readonly PredictiveRecord[] {
  return inherited('predictive', treatmentId, base);
}
export function naturalHistory(
  condition: string,
  outcome?: string,
  base: EvidenceBase = EVIDENCE,
): readonly RecordOf<'natural-history'>[] {
  return recordsOf('natural-history', base).filter(
    (r) => r.condition === condition && (outcome === undefined || r.outcome === outcome),
  );
}
/** The single number under `key`. @throws RangeError when there is none. */
export function parameter(key: string, base: EvidenceBase = EVIDENCE): RecordOf<'parameter'> {
  return recordOf('parameter', parameterId(key), base);
}
/** Smallest change that matters (and its kin) for an instrument. */
export function changesOf(instrument: string, base: EvidenceBase = EVIDENCE): readonly RecordOf<'change'>[] {
  return recordsOf('change', base).filter((r) => r.instrument === instrument);
}
export function table(key: string, base: EvidenceBase = EVIDENCE): RecordOf<'table'> {
  return recordOf('table', `table/${key}`, base);
}
