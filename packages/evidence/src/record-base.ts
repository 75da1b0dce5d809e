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

export const base = {
  /** Topic prefix and a readable name, unique over the whole base: `lr/disc-modic-1`. */
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*\/[A-Za-z0-9][A-Za-z0-9.+-]*$/),
  population: z.string().min(1),
  comparator,
  scale: scale.nullable(),
  horizonWeeks: z.number().nonnegative().nullable(),
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

export const effectKind = z.enum([
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
