import type { Hypothesis, Reason, Statement } from '@foramen/spine';

/** One cause in plain words: its chance over all places, the places it may sit, likeliest first. */
export interface PlainCause {
  readonly condition: string;
  /** Sum over the places: they exclude each other. */
  readonly p: number;
  readonly places: readonly Hypothesis[];
  readonly statement: Statement;
}

/**
 * Causes of one kind at several places read alike in plain words: they are told once, with the chance of all of them together. Order as
 * given, by each cause's likeliest place, then by chance.
 */
export function plainCauses(hypotheses: readonly Hypothesis[]): readonly PlainCause[] {
  const byCondition = new Map<string, Hypothesis[]>();
  for (const h of hypotheses) byCondition.set(h.condition, [...(byCondition.get(h.condition) ?? []), h]);
  return [...byCondition].map(([condition, all]) => together(condition, all)).sort((a, b) => b.p - a.p);
}

function together(condition: string, all: readonly Hypothesis[]): PlainCause {
  const [first, ...rest] = all as readonly [Hypothesis, ...Hypothesis[]];
  const places = all.filter((h) => placeOf(h).length > 0);
  if (rest.length === 0) return { condition, p: first.p, places, statement: first.statement };
  const p = Math.min(
    1,
    all.reduce((sum, h) => sum + h.p, 0),
  );
  const from = [...new Set(all.flatMap((h) => fromOf(h.statement)))];
  const seen = new Map<string, Reason>();
  for (const reason of all.flatMap((h) => h.statement.because))
    seen.set(reason.kind === 'fact' ? reason.path : reason.id, reason);
  const [head, ...more] = [...seen.values()];
  return {
    condition,
    p,
    places,
    statement: {
      ...first.statement,
      params: { ...first.statement.params, p: { value: p, from } },
      because: [head ?? first.statement.because[0], ...more],
    },
  };
}

/** Level, root and side of a hypothesis, as far as it has them. */
export const placeOf = (h: Hypothesis): readonly string[] =>
  [h.level, h.root, h.side].filter((part) => part !== undefined);

function fromOf(statement: Statement): readonly string[] {
  const p = statement.params?.p;
  return typeof p === 'object' ? p.from : [];
}
