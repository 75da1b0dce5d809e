import { z } from 'zod';

/** One output of the grader: logits [N, size] under `name`. */
const Output = z
  .object({
    name: z.string(),
    /** `softmax` and `cumulative` (size = grades - 1, P(grade > k)) give a vector over `grades`; `sigmoid` a presence. */
    kind: z.enum(['softmax', 'cumulative', 'sigmoid']),
    field: z.enum([
      'pfirrmann',
      'modic',
      'endplateUpper',
      'endplateLower',
      'spondylolisthesis',
      'herniation',
      'narrowing',
      'bulging',
    ]),
    grades: z.array(z.number()).default([0, 1]),
    /** Platt or temperature scaling fitted out of fold: logits become a * logit + b. */
    scale: z.number().positive().default(1),
    shift: z.number().default(0),
    /** Cut points on the expected grade, counted from 0, that name the grade (`cutGrade`); without them the median names it. */
    cuts: z.array(z.number()).optional(),
    /** Needs these series; without them the output is not used. */
    needs: z.array(z.enum(['t1', 't2'])).default([]),
  })
  .refine((o) => !o.cuts || o.cuts.length === o.grades.length - 1, 'one cut point fewer than grades');

/**
 * Description of a disc grading network, `models/grader.json`. Inputs: `image` [N, 4, 72, 96] as `disc-crop.ts` makes it and, when
 * `features` is not empty, `features` [N, F]: measures (`features.ts`) standardised by mean and sd, 0 where not measured.
 * A name may be prefixed with `above.`, `below.` (the neighbouring disc) or `rest.` (mean over the person's other discs); what is read
 * along the end plates (`endplate-features.ts`) is named by series. With `wide` the crops of `wide-crop.ts` are given as well, M of them:
 * `wide` [M, 1, 96, 96], `points` [M, 252, 2], `seen` [M, 21], and `place` [N, 2], which of them show a disc on T2 and on T1 (-1: none).
 */
export const GraderModel = z.object({
  id: z.string(),
  version: z.string(),
  sha256: z.string(),
  input: z.string().default('image'),
  featureInput: z.string().default('features'),
  features: z.array(z.object({ name: z.string(), mean: z.number(), sd: z.number().positive() })).default([]),
  /** Whether wide crops are read too. */
  wide: z.boolean().default(false),
  outputs: z.array(Output).min(1),
  /** Share of the network in the mixture with the rules, 0 to 1, by field; 1 where absent. */
  weight: z.record(z.string(), z.number()).default({}),
});
export type GraderModel = z.infer<typeof GraderModel>;
export type GraderOutput = GraderModel['outputs'][number];
