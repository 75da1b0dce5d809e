/** A pointer to what supports a statement: a fact of this case, or a record of the evidence base. */
export type Reason =
  | { readonly kind: 'fact'; readonly path: string; readonly text: string }
  | { readonly kind: 'evidence'; readonly id: string; readonly text: string }
  | { readonly kind: 'rule'; readonly id: string; readonly text: string };

export type Strength = 'strong' | 'moderate' | 'weak' | 'insufficient';

/**
 * Anything said to a clinician or a patient. The type forbids a statement without a reason.
 * `key` names the message in the catalogue of `care/`; `text` is the clinician's English rendering.
 */
export interface Statement {
  readonly key: string;
  readonly text: string;
  readonly strength: Strength;
  readonly because: readonly [Reason, ...Reason[]];
}
