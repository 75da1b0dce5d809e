import { z } from 'zod';
import { base, effectKind, interval, scale } from './record-base.ts';

/** A treatment effect; has every field of `Effect` in `spine`. Negative is better on scales where higher is worse. */
export const effectRecord = z.object({
  ...base,
  type: z.literal('effect'),
  treatment: z.string(),
  exposure: z.string(),
  outcome: z.string(),
  scale,
  horizonWeeks: z.number().nonnegative(),
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

export const naturalHistoryRecord = z.object({
  ...base,
  type: z.literal('natural-history'),
  condition: z.string(),
  outcome: z.string(),
  unit: z.string(),
  estimate: z.number(),
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
