import { z } from 'zod';

/**
 * A proportional-odds model (McCullagh 1980): P(grade > k) = logistic(score - cut[k]), score a weighted sum of standardised
 * features. With one cut it is a logistic regression. A feature that was not measured enters as its mean, that is as 0;
 * features without which there is no judgement are listed in `needs`.
 */
export const OrdinalModel = z.object({
  grades: z.array(z.number()).min(2),
  cuts: z.array(z.number()).min(1),
  features: z.array(
    z.object({ name: z.string(), mean: z.number(), sd: z.number().positive(), weight: z.number() }),
  ),
  /** Without these features there is no judgement. */
  needs: z.array(z.string()).default([]),
});
export type OrdinalModel = z.infer<typeof OrdinalModel>;

export type Features = Readonly<Record<string, number | undefined>>;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Names of needed features that are missing. */
export function missingFeatures(model: OrdinalModel, features: Features): string[] {
  return model.needs.filter((name) => features[name] === undefined);
}

/** Probability of each grade, in the order of `model.grades`; sums to 1. */
export function ordinalProbabilities(model: OrdinalModel, features: Features): number[] {
  let score = 0;
  for (const f of model.features) {
    const v = features[f.name];
    if (v === undefined) continue;
    // Beyond four standard deviations the model has seen nothing: more would only make it falsely sure.
    score += f.weight * Math.max(-4, Math.min(4, (v - f.mean) / f.sd));
  }
  const above = model.cuts.map((cut) => logistic(score - cut));
  const p = model.grades.map((_, k) => (k === 0 ? 1 : (above[k - 1] as number)) - (above[k] ?? 0));
  const total = p.reduce((a, b) => a + Math.max(0, b), 0);
  return p.map((v) => Math.max(0, v) / total);
}

export function mostProbable(grades: readonly number[], p: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < p.length; i++) if ((p[i] as number) > (p[best] as number)) best = i;
  return grades[best] as number;
}

/** The median of an ordered grade: the one with the least expected distance in grades from the reader's. */
export function medianGrade(grades: readonly number[], p: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum += p[i] as number;
    if (sum >= 0.5) return grades[i] as number;
  }
  return grades[grades.length - 1] as number;
}

/**
 * The grade named by cut points on the expected grade (counted from 0), fitted so that each grade is named nearly as often as readers name
 * it: a median leans to the middle of the scale. `cuts` ascend, one fewer than grades.
 */
export function cutGrade(grades: readonly number[], p: readonly number[], cuts: readonly number[]): number {
  const expected = p.reduce((sum, v, k) => sum + v * k, 0);
  return grades[cuts.filter((c) => expected >= c).length] as number;
}
