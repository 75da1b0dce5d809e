/** Class of comparator: effects are compared only within one class (rule 3 of DESIGN.md). */
export type ComparatorClass = 'sham-placebo' | 'usual-care' | 'active' | 'none' | 'not-applicable';

/**
 * One treatment effect. `kind` keeps between-arm effects apart from within-arm change, and prognostic from
 * predictive factors; they are never mixed in a comparison.
 */
export interface Effect {
  readonly id: string;
  readonly population: string;
  readonly exposure: string;
  readonly comparator: { readonly class: ComparatorClass; readonly text: string };
  readonly outcome: string;
  readonly scale: { readonly min: number; readonly max: number; readonly higherIs: 'better' | 'worse' };
  readonly horizonWeeks: number;
  readonly estimate: number;
  readonly interval: readonly [number, number];
  readonly kind: 'between-arm' | 'within-arm' | 'OR' | 'RR' | 'HR' | 'LR+' | 'LR-' | 'kappa' | 'probability';
  readonly design: string;
  readonly sourceId: string;
  readonly verified: boolean;
}
