import { type AssociateAccept, type AssociateReject, STATUS } from '@foramen/dicom';
import type { AssociationOutcome } from './link.ts';

/** A peer that was not let in, or an object that was not taken. */
export interface Refusal {
  readonly what: 'association' | 'store';
  /** Why, in words that name nobody. */
  readonly reason: string;
  /** Title the peer gave itself; whoever it is, it is only what was sent. */
  readonly peer: string;
  readonly address: string;
}

/** A scanner tries again every few seconds, for days: one line of its kind in so long, with how often it was. */
const WINDOW_MS = 60_000;
/** Kinds told apart at one time; a peer that changes its title with every try shares the last. */
const MOST_KINDS = 200;

interface Kind {
  readonly refusal: Refusal;
  again: number;
  timer: NodeJS.Timeout;
}

/**
 * Tells of refusals at once when the first of a kind comes, and of those that follow once a minute as a number, so that a peer that does not give
 * up fills neither log nor audit trail.
 */
export class Refusals {
  readonly #kinds = new Map<string, Kind>();
  readonly #tell: (refusal: Refusal, count: number) => void;
  readonly #windowMs: number;

  /** @param tell is called with how many refusals of this kind it speaks for. */
  constructor(tell: (refusal: Refusal, count: number) => void, windowMs = WINDOW_MS) {
    this.#tell = tell;
    this.#windowMs = windowMs;
  }

  add(refused: Refusal): void {
    const refusal =
      this.#kinds.size < MOST_KINDS || this.#kinds.has(keyOf(refused))
        ? refused
        : { ...refused, peer: 'others', address: 'several' };
    const key = keyOf(refusal);
    const known = this.#kinds.get(key);
    if (known !== undefined) {
      known.again++;
      return;
    }
    this.#kinds.set(key, { refusal, again: 0, timer: this.#closeLater(key) });
    this.#tell(refusal, 1);
  }

  #closeLater(key: string): NodeJS.Timeout {
    return setTimeout(() => this.#close(key), this.#windowMs).unref();
  }

  #close(key: string): void {
    const kind = this.#kinds.get(key);
    if (kind === undefined) return;
    if (kind.again === 0) {
      this.#kinds.delete(key);
      return;
    }
    this.#tell(kind.refusal, kind.again);
    kind.again = 0;
    kind.timer = this.#closeLater(key);
  }

  /** What has not been told yet is told now. */
  end(): void {
    for (const { refusal, again, timer } of this.#kinds.values()) {
      clearTimeout(timer);
      if (again > 0) this.#tell(refusal, again);
    }
    this.#kinds.clear();
  }
}

const keyOf = ({ what, reason, peer, address }: Refusal): string => [what, reason, peer, address].join('\n');

/** A title as it may stand in a log: printable, and no longer than a title is (PS3.5 6.2, AE). */
export const printableTitle = (title: string): string =>
  title
    .replace(/[^\x20-\x7e]/g, '?')
    .trim()
    .slice(0, 16) || '(none)';

/** How a request for an association ended, and why where nothing was agreed on; `answer` undefined where what came was no request. */
export function outcomeOf(answer: AssociateAccept | AssociateReject | undefined): {
  readonly outcome: AssociationOutcome;
  readonly reason: string | null;
} {
  if (answer === undefined) return { outcome: 'unfit', reason: 'no association request' };
  if (answer.kind === 'associate-reject') {
    const reason = rejectReason(answer.source, answer.reason);
    // Source 3: the presentation layer, which says that there are too many.
    return { outcome: answer.source === 3 ? 'full' : 'refused', reason };
  }
  return answer.contexts.some((context) => context.result === 0)
    ? { outcome: 'accepted', reason: null }
    : { outcome: 'empty', reason: 'no service or transfer syntax in common' };
}

/** Why an association was not agreed on (PS3.8 9.3.4), as a reader of the log knows it. */
export function rejectReason(source: number, reason: number): string {
  if (source === 3) return 'too many associations';
  if (source === 2) return 'another version of the protocol';
  if (reason === 2) return 'unknown application context';
  if (reason === 3) return 'the calling title is not known here, or not at this address';
  if (reason === 7) return 'the called title is not ours';
  return 'refused';
}

/** Why an object was not stored (PS3.4 B.2.3), by the status that its sender was given. */
export function storeReason(status: number): string {
  switch (status) {
    case STATUS.notAuthorized:
      return 'may not store';
    case STATUS.outOfResources:
      return 'no room, or larger than allowed';
    case STATUS.identifierMismatch:
      return 'command and data set differ';
    case STATUS.duplicateSopInstance:
      return 'another object under a known identity';
    case STATUS.cannotUnderstand:
      return 'the data set cannot be read';
    case STATUS.invalidArgument:
      return 'the command does not fit its context';
    default:
      return `status ${status.toString(16).padStart(4, '0')}`;
  }
}
