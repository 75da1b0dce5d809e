import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { InstrumentScore } from '@foramen/spine';

/** Answers in the instrument's own order; null is a missing item. */
export type Answers = readonly (number | null)[];

/** What scoring may need besides the answers. */
export interface ScoringContext {
  readonly sex?: 'female' | 'male' | undefined;
  /** Row of the EQ-5D value-set table; default `UK-2026` (5L) or `UK-1997` (3L). */
  readonly valueSet?: string | undefined;
  readonly base: EvidenceBase;
}

/** The part of a score that an instrument computes itself. */
export interface Scored {
  readonly score: number | null;
  readonly subscores?: Readonly<Record<string, number | null>>;
  /** Replaces the band read from the evidence record. */
  readonly band?: string;
  readonly why?: string;
  /** Said beside the score: an answer that needs attention whatever the total. */
  readonly notes?: readonly string[];
}

export interface Instrument {
  readonly id: string;
  /** Other spellings, compared without case, accents or punctuation. */
  readonly aliases: readonly string[];
  /** Lowest and highest code of each item, in order. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Items whose answers may lie between whole numbers. */
  readonly decimal?: boolean;
  /** Whose total may lie between whole numbers although its answers may not: a percentage, a utility, a T score. */
  readonly decimalTotal?: boolean;
  readonly score: (answers: Answers, context: ScoringContext) => Scored;
}

export const repeat = (n: number, low: number, high: number): readonly (readonly [number, number])[] =>
  Array.from({ length: n }, () => [low, high] as const);

export const INCOMPLETE: Scored = {
  score: null,
  why: 'an item is missing and the scoring rule allows none to be',
};

export function complete(answers: Answers): readonly number[] | null {
  return answers.every((a) => a !== null) ? (answers as readonly number[]) : null;
}

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** A plain sum of complete answers. */
export const plainSum =
  (parts?: Readonly<Record<string, readonly number[]>>) =>
  (answers: Answers): Scored => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    if (parts === undefined) return { score: sum(all) };
    const subscores = Object.fromEntries(
      Object.entries(parts).map(([name, items]) => [name, sum(items.map((i) => all[i - 1]!))]),
    );
    return { score: sum(all), subscores };
  };

/** The band of a score from the instrument's evidence record, of the rounded score between two; undefined when it has none. */
export function bandOf(id: string, score: number, base: EvidenceBase = EVIDENCE): string | undefined {
  const { bands } = recordOf('instrument', `instrument/${id}`, base);
  const at = (x: number) => bands.find((b) => x >= b.from && x <= b.to)?.label;
  return at(score) ?? at(Math.round(score));
}

export function maximumOf(id: string, base: EvidenceBase = EVIDENCE): number {
  return recordOf('instrument', `instrument/${id}`, base).range[1];
}

export type { InstrumentScore };
