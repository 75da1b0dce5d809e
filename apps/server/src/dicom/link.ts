import type { CommandFields, MessageEvent } from '@foramen/dicom';
import type { BlobOrigin } from '../blobs/store.ts';
import type { Arrival } from '../ingest/enter.ts';
import type { AgreedContext } from './association.ts';
import type { NodePeer } from './peers.ts';
import type { Refusal } from './refusals.ts';

export interface NodeOptions {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  /** Who may talk to us. Empty means nobody. */
  readonly peers: readonly NodePeer[];
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  readonly maxAssociations: number;
  readonly maxObjectBytes: number;
  /** Objects are refused when less than this is free. */
  readonly minFreeBytes: number;
  readonly dataDir: string;
  readonly idleMs: number;
}

/** Between the receiver, which owns the sockets in a thread of its own, and the node. Everything here is copied from thread to thread. */
export interface ReceiverSettings extends NodeOptions {
  readonly origin: BlobOrigin;
  /** Master keys, base64, first the one that wraps. */
  readonly keys: readonly string[];
}

/** Identity and SHA-256 of an object that is kept. */
export type Kept = readonly [sopUid: string, sha256: string];

/** `unfit`: what came was no association request; `empty`: agreed on, but on nothing that could be done with it. */
export type AssociationOutcome = 'accepted' | 'refused' | 'full' | 'empty' | 'unfit';

export type FromReceiver =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | {
      readonly kind: 'opened';
      readonly association: number;
      readonly callingAe: string;
      readonly contexts: readonly AgreedContext[];
    }
  | { readonly kind: 'event'; readonly association: number; readonly event: MessageEvent }
  | { readonly kind: 'closed'; readonly association: number; readonly failure: string | undefined }
  | { readonly kind: 'sent'; readonly ticket: number; readonly failure: string | undefined }
  | { readonly kind: 'arrival'; readonly arrival: Arrival }
  | { readonly kind: 'known'; readonly ask: number; readonly studyUid: string }
  /** Asks whether an object is the one that is kept under this identity. */
  | { readonly kind: 'same'; readonly ask: number; readonly sopUid: string; readonly object: string }
  /** Asks for an answer when everything that was told before has been heard. */
  | { readonly kind: 'heard'; readonly ask: number }
  | { readonly kind: 'association'; readonly outcome: AssociationOutcome }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'error'; readonly what: string; readonly error: string }
  | { readonly kind: 'stopped' };

export type ToReceiver =
  | {
      readonly kind: 'send';
      readonly association: number;
      readonly ticket: number;
      readonly contextId: number;
      readonly command: CommandFields;
      readonly data: Uint8Array | null;
    }
  /** The event forwarded last was taken: another may follow. */
  | { readonly kind: 'taken'; readonly association: number }
  | { readonly kind: 'abort'; readonly association: number }
  | { readonly kind: 'known'; readonly ask: number; readonly kept: readonly Kept[] }
  | { readonly kind: 'same'; readonly ask: number; readonly same: boolean }
  | { readonly kind: 'heard'; readonly ask: number }
  /** The database is behind, or has caught up. */
  | { readonly kind: 'pace'; readonly slow: boolean }
  | { readonly kind: 'stop' };
