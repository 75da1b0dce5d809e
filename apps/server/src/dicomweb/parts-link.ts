import type { Problem } from '@foramen/spine';
import type { BlobOrigin, StoredBlob } from '../blobs/store.ts';
import type { InstanceFacts } from '../ingest/instance.ts';

/** Between the web side and the thread that takes uploaded objects apart. Everything here is copied or handed over from thread to thread. */
export interface PartsSettings {
  readonly origin: BlobOrigin;
  /** Master keys, base64, first the one that wraps. */
  readonly keys: readonly string[];
}

/**
 * One object of an upload: stored, and what it says of itself; undefined when it cannot be understood. A small one that cannot is not even stored: a body
 * of a hundred thousand empty parts must not become as many files.
 */
export interface StoredPart {
  readonly stored: StoredBlob | undefined;
  readonly facts: InstanceFacts | undefined;
}

/** Whole objects, or metadata in one part and the values that they name in others. */
export type PartsForm = 'objects' | 'metadata';

export type ToParts =
  | {
      readonly kind: 'open';
      readonly upload: number;
      readonly boundary: string;
      readonly form: PartsForm;
      readonly mostBytes: number;
    }
  | { readonly kind: 'bytes'; readonly upload: number; readonly chunks: readonly Uint8Array[] }
  | { readonly kind: 'end'; readonly upload: number }
  /** The sender is gone, or nobody wants the upload any more: what was stored of it is removed. */
  | { readonly kind: 'drop'; readonly upload: number };

export type FromParts =
  /** So many bytes were taken: as many more may come. */
  | { readonly kind: 'taken'; readonly upload: number; readonly bytes: number }
  | { readonly kind: 'part'; readonly upload: number; readonly at: number; readonly part: StoredPart }
  /** All parts are on disk, names included. */
  | { readonly kind: 'done'; readonly upload: number }
  | {
      readonly kind: 'failed';
      readonly upload: number;
      /** A refusal for the sender. */
      readonly refusal?: { readonly status: number; readonly problems: readonly [Problem, ...Problem[]] };
      /** Or what went wrong here. */
      readonly message: string;
      readonly code: string | undefined;
    };
