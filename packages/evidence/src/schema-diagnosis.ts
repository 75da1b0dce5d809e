import { z } from 'zod';
import { base, effectKind, interval } from './record-base.ts';

/** Share of people of an age without pain who show a finding. */
export const prevalenceRecord = z.object({
  ...base,
  type: z.literal('prevalence'),
  finding: z.string(),
  /** Years; null when the source gives one figure for all ages. */
  age: z.number().nullable(),
  estimate: z.number().min(0).max(1),
});

/** Base rate of a condition in a setting. */
export const baseRateRecord = z.object({
  ...base,
  type: z.literal('base-rate'),
  condition: z.string(),
  setting: z.string(),
  estimate: z.number().min(0).max(1),
  interval,
});

const lr = z.object({ value: z.number().positive(), interval: interval.nullable() });

/** Accuracy of one test or sign for one condition. Sensitivity and specificity where those are what was reported. */
export const likelihoodRecord = z.object({
  ...base,
  type: z.literal('likelihood'),
  condition: z.string(),
  test: z.string(),
  positive: lr.nullable(),
  negative: lr.nullable(),
  sensitivity: z.number().nullable(),
  specificity: z.number().nullable(),
  /** Tests of one group are correlated: never multiply two of them at full weight. */
  correlated: z.string().optional(),
});

/** Probability of a condition once a flag is present, as reported. */
export const postTestRecord = z.object({
  ...base,
  type: z.literal('post-test'),
  condition: z.string(),
  flag: z.string(),
  estimate: z.number().min(0).max(1),
  interval,
});

/** Odds of a finding in people with against people without symptoms. */
export const associationRecord = z.object({
  ...base,
  type: z.literal('association'),
  factor: z.string(),
  outcome: z.string(),
  estimate: z.number(),
  interval,
  kind: effectKind,
});

export const gradingRecord = z.object({
  ...base,
  type: z.literal('grading'),
  system: z.string(),
  grade: z.string(),
  definition: z.string(),
});

/** How well human readers agree: the ceiling of any grader trained on their labels. */
export const agreementRecord = z.object({
  ...base,
  type: z.literal('agreement'),
  item: z.string(),
  statistic: z.enum(['kappa', 'weighted-kappa', 'fleiss-kappa', 'ICC', 'Gwet-AC', 'agreement']),
  readers: z.enum(['inter', 'intra']),
  estimate: z.number(),
});

/** A measured cut-off or normal value. */
export const thresholdRecord = z.object({
  ...base,
  type: z.literal('threshold'),
  measure: z.string(),
  level: z.string().optional(),
  unit: z.string(),
  value: z.number().nullable(),
  meaning: z.string(),
});

export const instrumentRecord = z.object({
  ...base,
  type: z.literal('instrument'),
  instrument: z.string(),
  name: z.string(),
  items: z.number().int(),
  range: interval,
  higherIs: z.enum(['better', 'worse']),
  scoring: z.string(),
  missingRule: z.string(),
  bands: z.array(z.object({ from: z.number(), to: z.number(), label: z.string() })),
  licence: z.string(),
});

/** Smallest change that matters, or that exceeds error, or a state patients accept. */
export const changeRecord = z.object({
  ...base,
  type: z.literal('change'),
  instrument: z.string(),
  kind: z.enum(['MCID', 'SCB', 'MDC', 'PASS', 'responder', 'worsening']),
  estimate: z.number(),
  unit: z.enum(['points', 'percent']),
  context: z.string(),
});

/** A single number used by a computation: MME factor, discount rate, configurable default, utility decrement. */
export const parameterRecord = z.object({
  ...base,
  type: z.literal('parameter'),
  topic: z.string(),
  key: z.string(),
  value: z.number(),
  unit: z.string(),
});

/** A set of numbers that belong together: a value set, a response map, a T-score table. */
export const tableRecord = z.object({
  ...base,
  type: z.literal('table'),
  topic: z.string(),
  key: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.object({ row: z.string(), values: z.array(z.number().nullable()) })),
});

export const costRecord = z.object({
  ...base,
  type: z.literal('cost'),
  item: z.string(),
  currency: z.string(),
  estimate: z.number(),
});

/** A published result that an engine of ours must reproduce. */
export const benchmarkRecord = z.object({
  ...base,
  type: z.literal('benchmark'),
  model: z.string(),
  inputs: z.record(z.string(), z.number()),
  expected: z.number().nullable(),
  unit: z.string(),
  tolerancePercent: z.number().nullable(),
  text: z.string(),
});

/** Root anatomy, pain map and signs. */
export const anatomyRecord = z.object({
  ...base,
  type: z.literal('anatomy'),
  structure: z.string(),
  fields: z.record(z.string(), z.array(z.string())),
});
