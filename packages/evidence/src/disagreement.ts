import type { Problem } from '@foramen/spine';
import type { EvidenceRecord } from './record.ts';

/** One figure of a record that another record may contradict. `about` is equal only for the same question. */
interface Claim {
  readonly id: string;
  readonly about: string;
  readonly estimate: number;
  readonly interval: readonly [number, number];
  readonly acknowledged: readonly string[];
}

const joined = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts.map((p) => String(p ?? '-')).join('|');

/** A figure without an interval is held to within a tenth of itself. */
const around = (x: number): readonly [number, number] => [
  x - Math.abs(x) * 0.1 - 1e-9,
  x + Math.abs(x) * 0.1 + 1e-9,
];

function claimsOf(r: EvidenceRecord): readonly Claim[] {
  const acknowledged = r.disagreesWith ?? [];
  const claim = (
    about: string,
    estimate: number,
    interval: readonly [number, number] | null = r.interval,
  ): Claim => ({
    id: r.id,
    about: joined(r.type, about, r.population).toLowerCase().replace(/\s+/g, ' '),
    estimate,
    interval: interval ?? around(estimate),
    acknowledged,
  });
  const scale = r.scale === null ? '-' : joined(r.scale.min, r.scale.max, r.scale.higherIs);
  switch (r.type) {
    case 'effect':
      return [
        claim(
          joined(
            r.treatment,
            r.condition,
            r.outcome,
            r.kind,
            r.comparator.class,
            r.comparator.text,
            scale,
            r.horizonWeeks,
            r.analysis,
          ),
          r.estimate,
        ),
      ];
    case 'prevalence':
      return [claim(joined(r.finding, r.age), r.estimate)];
    case 'base-rate':
      return [claim(joined(r.condition, r.setting), r.estimate)];
    case 'post-test':
      return [claim(joined(r.condition, r.flag), r.estimate)];
    case 'likelihood':
      return [
        ...(r.positive === null
          ? []
          : [claim(joined(r.condition, r.test, '+'), r.positive.value, r.positive.interval)]),
        ...(r.negative === null
          ? []
          : [claim(joined(r.condition, r.test, '-'), r.negative.value, r.negative.interval)]),
      ];
    case 'association':
      return [claim(joined(r.factor, r.outcome, r.kind), r.estimate)];
    case 'agreement':
      return [claim(joined(r.item, r.statistic, r.readers), r.estimate)];
    case 'natural-history':
      return [claim(joined(r.condition, r.outcome, r.unit, r.horizonWeeks), r.estimate)];
    case 'harm':
      return [claim(joined(r.treatment, r.event, r.horizonWeeks), r.estimate)];
    case 'prognostic':
      return [claim(joined(r.factor, r.outcome, r.setting, r.kind), r.estimate)];
    case 'change':
      return [claim(joined(r.instrument, r.kind, r.unit, r.context), r.estimate)];
    case 'performance':
      return [claim(joined(r.model, r.outcome, r.measure), r.estimate)];
    case 'parameter':
      return [claim(joined(r.topic, r.key), r.value, null)];
    case 'cost':
      return [claim(joined(r.item, r.currency, r.horizonWeeks), r.estimate)];
    case 'threshold':
      return r.value === null ? [] : [claim(joined(r.measure, r.level, r.meaning), r.value, null)];
    case 'predictive':
      return [claim(joined(r.treatment, r.modifier, r.subgroup, r.outcome), r.estimate)];
    case 'genetic':
      return r.estimate === null ? [] : [claim(joined(r.marker, r.trait, r.kind, r.drug), r.estimate)];
    case 'antithrombotic':
      return [
        ...(r.stopHours === null
          ? []
          : [claim(joined(r.drug, r.drugClass, 'stop', ...r.appliesTo), r.stopHours[0], r.stopHours)]),
        ...(r.restartHours === null
          ? []
          : [
              claim(
                joined(r.drug, r.drugClass, 'restart', ...r.appliesTo),
                r.restartHours[0],
                r.restartHours,
              ),
            ]),
      ];
    case 'table':
      return r.rows.flatMap(({ row, values }) =>
        values.flatMap((value, i) =>
          value === null ? [] : [claim(joined(r.key, row, r.columns[i]), value, [value, value])],
        ),
      );
    case 'conclusion':
    case 'grading':
    case 'instrument':
    case 'treatment':
    case 'contraindication':
    case 'prerequisite':
    case 'guideline':
    case 'bleeding-class':
    case 'benchmark':
    case 'anatomy':
      return [];
    default: {
      const never: never = r;
      return never;
    }
  }
}

const disjoint = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[1] < b[0] || b[1] < a[0];

/** Contrary advice of two rules for the same treatment under the same words. */
function contraryRules(records: readonly EvidenceRecord[]): readonly Problem[] {
  const rules = records.flatMap((r) => (r.type === 'guideline' ? [r] : []));
  return rules.flatMap((a, i) =>
    rules.slice(i + 1).flatMap((b): readonly Problem[] => {
      const shared = a.treatments.filter((t) => b.treatments.includes(t));
      const contrary = (a.direction === 'do-not') !== (b.direction === 'do-not') && a.when === b.when;
      return shared.length > 0 && contrary && !known(a, b)
        ? [between(a.id, b.id, `they advise the opposite on ${shared.join(', ')}`)]
        : [];
    }),
  );
}

/** What a record says in words that another must not contradict: the class of a procedure, the bands of an instrument. */
function wordsOf(r: EvidenceRecord): readonly (readonly [about: string, says: string])[] {
  if (r.type === 'bleeding-class')
    return r.treatments.map((t) => [`the bleeding class of ${t}`, r.bleedingClass] as const);
  if (r.type !== 'instrument') return [];
  const bands = r.bands.map((b) => `${b.from} to ${b.to} ${b.label}`).join(', ');
  return [[`the scoring of ${r.instrument}`, `${r.items} items, ${r.range.join(' to ')}: ${bands}`]];
}

function contraryWords(records: readonly EvidenceRecord[]): readonly Problem[] {
  const first = new Map<string, { readonly r: EvidenceRecord; readonly says: string }>();
  return records.flatMap((r) =>
    wordsOf(r).flatMap(([about, says]): readonly Problem[] => {
      const before = first.get(about);
      if (before === undefined) {
        first.set(about, { r, says });
        return [];
      }
      return before.says === says || known(before.r, r)
        ? []
        : [between(before.r.id, r.id, `they differ on ${about}`)];
    }),
  );
}

function known(a: EvidenceRecord, b: EvidenceRecord): boolean {
  return (a.disagreesWith ?? []).includes(b.id) || (b.disagreesWith ?? []).includes(a.id);
}

function between(a: string, b: string, what: string): Problem {
  return {
    code: 'contradiction',
    severity: 'error',
    where: `${a} and ${b}`,
    what,
    help: 'Correct one, tell their populations apart, or name the disagreement in disagreesWith',
  };
}

/**
 * Records that answer the same question (same population, comparator, scale, horizon) with intervals that do not meet.
 * A disagreement that the records name themselves (`disagreesWith`) is knowledge, not an error.
 */
export function disagreements(records: readonly EvidenceRecord[]): readonly Problem[] {
  const groups = new Map<string, Claim[]>();
  for (const claim of records.flatMap(claimsOf)) {
    const group = groups.get(claim.about);
    if (group) group.push(claim);
    else groups.set(claim.about, [claim]);
  }
  const figures = [...groups.values()].flatMap((group) =>
    group.flatMap((a, i) =>
      group.slice(i + 1).flatMap((b) => {
        if (a.id === b.id || a.acknowledged.includes(b.id) || b.acknowledged.includes(a.id)) return [];
        return disjoint(a.interval, b.interval)
          ? [between(a.id, b.id, `${a.estimate} and ${b.estimate} for the same question`)]
          : [];
      }),
    ),
  );
  return [...figures, ...contraryRules(records), ...contraryWords(records)];
}
