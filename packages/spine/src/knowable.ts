/** A value that may not be known. `unknown` is a value: nothing downstream may read it as "no" or as zero. */
export type Unknown = 'unknown';
export type OrUnknown<T> = T | Unknown;

export function isKnown<T>(value: OrUnknown<T> | undefined): value is T {
  return value !== undefined && value !== 'unknown';
}

/** Three-valued answer to a clinical question. */
export type YesNo = 'yes' | 'no' | Unknown;

/** Where a fact came from. */
export type Origin =
  | 'imaging'
  | 'genome'
  | 'intake'
  | 'examination'
  | 'questionnaire'
  | 'diary'
  | 'device'
  | 'record'
  | 'derived';

/** A fact with its date and origin. `path` is the address of the fact inside the case, used by reasons. */
export interface Fact<T> {
  readonly value: T;
  readonly origin: Origin;
  /** ISO 8601 date; absent when the source gave none. */
  readonly date?: string;
}
