import { z } from 'zod';

/**
 * One case vignette as data: the case, what must be concluded, and what must not. Files live in `vignettes/`, one list a
 * file; the test beside this file runs them all.
 *
 * Each assertion names one thing:
 * - `at` with `is`, `oneOf`, `min`, `max`, `includes`, `exists`: a value at a path below `case`, `assessment` or `plan`;
 *   `[key=value]` picks a list element: `assessment.triage.flags[condition=infection].status`;
 * - `flag` with `status`: a red flag; `urgency`: the triage urgency; `atLeast`: urgency no lower than this;
 * - `statement`: a pattern that some statement's key matches; `text`: one that some statement's text matches;
 * - `problem`: a pattern that some problem's place or words match;
 * - `top`: everything that leads the ranking is one of these; `before`: the first is ranked before the second, or only the
 *   first is offered;
 * - `context` with `level`: a finding put beside its prevalence; `score` with `value` or `band`: an instrument.
 */
const urgency = z.enum(['emergency', 'urgent', 'soon', 'routine', 'self-care']);
const assertion = z.union([
  z.strictObject({
    at: z.string(),
    is: z.unknown().optional(),
    oneOf: z.array(z.unknown()).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    includes: z.string().optional(),
    exists: z.boolean().optional(),
  }),
  z.strictObject({ flag: z.string(), status: z.union([z.string(), z.array(z.string())]) }),
  z.strictObject({ urgency }),
  z.strictObject({ atLeast: urgency }),
  z.strictObject({ atMost: urgency }),
  z.strictObject({ gate: z.boolean() }),
  z.strictObject({ asks: z.string(), of: z.string() }),
  z.strictObject({ statement: z.string() }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ problem: z.string() }),
  z.strictObject({ context: z.string(), level: z.string().optional() }),
  z.strictObject({ score: z.string(), value: z.number().nullable().optional(), band: z.string().optional() }),
  z.strictObject({ risk: z.string(), band: z.string() }),
  z.strictObject({ top: z.array(z.string()).min(1) }),
  z.strictObject({ before: z.tuple([z.string(), z.string()]) }),
]);
export type Assertion = z.infer<typeof assertion>;

export const vignetteSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** The rule, guideline or trap that it covers. */
  rule: z.string().min(1),
  now: z.string().default('2026-11-22'),
  case: z.strictObject({
    intake: z.unknown().optional(),
    /** Short form, see `expand.ts`. */
    findings: z.unknown().optional(),
    priorFindings: z.array(z.unknown()).optional(),
    genome: z.unknown().optional(),
  }),
  must: z.array(assertion).default([]),
  mustNot: z.array(assertion).default([]),
});
export type Vignette = z.infer<typeof vignetteSchema>;
