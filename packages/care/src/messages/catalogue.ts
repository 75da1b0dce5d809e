/** One thing said, in the two levels of reader. Placeholders: `{name}`, `{name|pct}`, `{name|0}` to `{name|2}` decimals. */
export interface Message {
  readonly clinician: string;
  /** Grade-6 text. Absent where a patient is not the reader; then the clinician's text stands. */
  readonly patient?: string;
}
/** A word of the field in the two levels; one string where both say the same. */
export type Term = string | { readonly clinician: string; readonly patient: string };

export interface Catalogue {
  /** BCP 47 tag. */
  readonly language: string;
  readonly messages: Readonly<Record<string, Message>>;
  readonly terms: Readonly<Record<string, Term>>;
  /** Labels of case facts by the last part of their path that says something. */
  readonly facts: Readonly<Record<string, string>>;
  /** Answers and readings as they stand in the case ("yes", "lateral-leg"); absent where the case is in this language. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Rules by their id; absent where the case is in this language. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Sources that are no publication (what this product set or worked out itself), by their id. */
  readonly sources?: Readonly<Record<string, Term>>;
  /** Said before words that stand in another language than the catalogue's, such as the title of a source. */
  readonly original?: string;
}

export type ReaderLevel = 'clinician' | 'patient';
