/** A pointer to what supports a statement: a fact of this case, or a record of the evidence base. */
export type Reason =
  | { readonly kind: 'fact'; readonly path: string; readonly text: string }
  | { readonly kind: 'evidence'; readonly id: string; readonly text: string }
  | { readonly kind: 'rule'; readonly id: string; readonly text: string };

export type Strength = 'strong' | 'moderate' | 'weak' | 'insufficient';

/**
 * A number said in a statement. `from` lists the case paths, evidence ids and rule ids it was read or computed
 * from; each must also stand in `because`, so that a walk from the screen to the source never breaks.
 */
export interface TracedNumber {
  readonly value: number;
  readonly from: readonly string[];
}

/** A string that starts with `@` is a term of the message catalogue ("@option.discectomy"), said in the reader's language. */
export type StatementParam = string | TracedNumber;

/**
 * Anything said to a clinician or a patient. The type forbids a statement without a reason.
 * `key` names the message in the catalogue of `care/`; `text` is the clinician's English rendering.
 * `params` fills the placeholders of that message in any language.
 */
export interface Statement {
  readonly key: string;
  readonly text: string;
  readonly strength: Strength;
  readonly params?: Readonly<Record<string, StatementParam>>;
  readonly because: readonly [Reason, ...Reason[]];
}
