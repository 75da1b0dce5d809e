import { z } from 'zod';

/**
 * One record is one fact. Every record says for whom it holds, against what, on which scale, when, how wide, from
 * which design and source, and whether a person has checked it against the paper.
 *
 * How a figure was obtained (`evidence`):
 * - `seen`: read in the source; `derived`: computed from seen figures, method in `note`;
 * - `recalled-high`, `recalled-medium`: not checked in print, so `verified` is false and `interval` is WIDENED:
 *   half-width x 1.25 (high) or x 1.5 (medium) about the estimate, clipped to the scale; `published` keeps the interval
 *   as recalled. A recalled-medium figure without an interval gets +-30 % of the estimate; a recalled-high one +-15 %.
 *   Definitions, rules and values fixed by convention (a conversion factor, a discount rate, a scoring table) carry the
 *   tag alone;
 * - `default`: an engineering default without clinical evidence behind the exact value; a site may configure it.
 */
export const evidenceTag = z.enum(['seen', 'derived', 'recalled-high', 'recalled-medium', 'default']);
export type EvidenceTag = z.infer<typeof evidenceTag>;

export const interval = z.tuple([z.number(), z.number()]);
export const scale = z.object({
  min: z.number(),
  max: z.number(),
  higherIs: z.enum(['better', 'worse']),
  unit: z.string().optional(),
});
export const comparator = z.object({
  class: z.enum(['sham-placebo', 'usual-care', 'active', 'none', 'not-applicable']),
  text: z.string(),
});

const base = {
  /** Topic prefix and a readable name, unique over the whole base: `lr/disc-modic-1`. */
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*\/[A-Za-z0-9][A-Za-z0-9.+-]*$/),
  population: z.string().min(1),
  comparator,
  scale: scale.nullable(),
  horizonWeeks: z.number().nullable(),
  interval: interval.nullable(),
  /** The interval as published or recalled, before widening. */
  published: interval.optional(),
  design: z.string().min(1),
  sourceId: z.string().min(1),
  /** Further sources of the same figure. */
  alsoSources: z.array(z.string()).optional(),
  verified: z.boolean(),
  evidence: evidenceTag,
  note: z.string().optional(),
  /** Ids of records that answer the same question otherwise; both are kept and shown. */
  disagreesWith: z.array(z.string()).optional(),
};

const effectKind = z.enum([
  'between-arm',
  'within-arm',
  'OR',
  'RR',
  'HR',
  'LR+',
  'LR-',
  'kappa',
  'probability',
]);

/** A treatment effect; has every field of `Effect` in `spine`. Negative is better on scales where higher is worse. */
export const effectRecord = z.object({
  ...base,
  type: z.literal('effect'),
  treatment: z.string(),
  exposure: z.string(),
  outcome: z.string(),
  scale,
  horizonWeeks: z.number(),
  estimate: z.number(),
  interval,
  kind: effectKind,
  /** Values of the two arms where the source gives them. */
  arms: z.object({ treated: z.number(), comparator: z.number() }).optional(),
  analysis: z.enum(['intention-to-treat', 'as-treated', 'per-protocol', 'pooled', 'cohort', 'unknown']),
  condition: z.string(),
});

/** What a trial or review concluded, where no interval can be given. */
export const conclusionRecord = z.object({
  ...base,
  type: z.literal('conclusion'),
  topic: z.string(),
  treatment: z.string().optional(),
  outcome: z.string().optional(),
  direction: z.enum(['better', 'worse', 'no-difference', 'uncertain', 'fact']),
  text: z.string(),
  values: z.record(z.string(), z.number()).optional(),
});

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

export const naturalHistoryRecord = z.object({
  ...base,
  type: z.literal('natural-history'),
  condition: z.string(),
  outcome: z.string(),
  unit: z.string(),
  estimate: z.number(),
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

/** How well a screening tool or prediction model does. */
export const performanceRecord = z.object({
  ...base,
  type: z.literal('performance'),
  model: z.string(),
  outcome: z.string(),
  measure: z.string(),
  estimate: z.number(),
});

export const treatmentRecord = z.object({
  ...base,
  type: z.literal('treatment'),
  treatment: z.string(),
  name: z.string(),
  /** Effects, harms and rules of the parent hold for this one too. */
  parent: z.string().nullable(),
  family: z.enum([
    'self-care',
    'rehabilitation',
    'drug',
    'injection',
    'ablation',
    'neuromodulation',
    'surgery',
  ]),
  /** 0 nothing done to the body, 1 drug, 2 needle, 3 implant or percutaneous, 4 open or endoscopic surgery. */
  invasiveness: z.number().int().min(0).max(4),
  conditions: z.array(z.string()),
  /** What is known about its effect, in one clause. */
  certainty: z.enum(['high', 'moderate', 'low', 'very-low']),
});

export const harmRecord = z.object({
  ...base,
  type: z.literal('harm'),
  treatment: z.string(),
  event: z.string(),
  estimate: z.number().min(0).max(1),
  interval,
});

/** `key` names the test that `care/` makes on the case. */
export const contraindicationRecord = z.object({
  ...base,
  type: z.literal('contraindication'),
  treatment: z.string(),
  key: z.string(),
  absolute: z.boolean(),
  text: z.string(),
});
export const prerequisiteRecord = z.object({
  ...base,
  type: z.literal('prerequisite'),
  treatment: z.string(),
  key: z.string(),
  text: z.string(),
});

/** Worse or better whatever is done. Never used to choose between treatments. */
export const prognosticRecord = z.object({
  ...base,
  type: z.literal('prognostic'),
  factor: z.string(),
  outcome: z.string(),
  setting: z.string(),
  estimate: z.number(),
  interval,
  kind: effectKind,
  modifiable: z.boolean(),
});

/** Changes the benefit of one treatment over another. Post hoc unless the design says otherwise, so shrunk. */
export const predictiveRecord = z.object({
  ...base,
  type: z.literal('predictive'),
  treatment: z.string(),
  modifier: z.string(),
  subgroup: z.string(),
  outcome: z.string(),
  /** Effect in the subgroup as published. */
  estimate: z.number(),
  /** Effect in everybody of the same study. */
  overall: z.number(),
  /** overall + 0.5 (estimate - overall): the value to use. */
  shrunk: z.number(),
  kind: effectKind,
});

export const guidelineRecord = z.object({
  ...base,
  type: z.literal('guideline'),
  guideline: z.string(),
  rule: z.string(),
  when: z.string(),
  advise: z.string(),
  direction: z.enum(['do', 'consider', 'do-not', 'caution']),
  treatments: z.array(z.string()),
});

export const procedureRiskRecord = z.object({
  ...base,
  type: z.literal('bleeding-class'),
  procedure: z.string(),
  treatments: z.array(z.string()),
  bleedingClass: z.enum(['low', 'intermediate', 'high']),
});
export const stopIntervalRecord = z.object({
  ...base,
  type: z.literal('antithrombotic'),
  drug: z.string(),
  drugClass: z.string(),
  stopHours: interval.nullable(),
  restartHours: interval.nullable(),
  appliesTo: z.array(z.enum(['low', 'intermediate', 'high'])),
  text: z.string(),
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

export const geneticRecord = z.object({
  ...base,
  type: z.literal('genetic'),
  marker: z.string(),
  trait: z.string(),
  estimate: z.number().nullable(),
  kind: z.string(),
  /** The drug of a drug-gene pair; what to do about it is worked out in `genomics/` by this pair. */
  drug: z.string().optional(),
  /** Research-grade markers never move a plan. */
  use: z.enum(['research', 'prior-only', 'pharmacogenetic']),
});

export const evidenceRecordSchema = z.discriminatedUnion('type', [
  effectRecord,
  conclusionRecord,
  prevalenceRecord,
  baseRateRecord,
  likelihoodRecord,
  postTestRecord,
  associationRecord,
  gradingRecord,
  agreementRecord,
  thresholdRecord,
  naturalHistoryRecord,
  instrumentRecord,
  changeRecord,
  performanceRecord,
  treatmentRecord,
  harmRecord,
  contraindicationRecord,
  prerequisiteRecord,
  prognosticRecord,
  predictiveRecord,
  guidelineRecord,
  procedureRiskRecord,
  stopIntervalRecord,
  parameterRecord,
  tableRecord,
  costRecord,
  benchmarkRecord,
  anatomyRecord,
  geneticRecord,
]);

export const sourceSchema = z.object({
  id: z.string().min(1),
  citation: z.string().min(1),
  /** Where it can be read; null only when the figure is recalled or ours. */
  link: z.string().nullable(),
  how: z.enum(['page-read', 'abstract-read', 'code-read', 'recalled', 'computed', 'our-choice']),
});
