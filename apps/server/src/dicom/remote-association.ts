import { COMMAND, type CommandFields, type MessageEvent, number } from '@foramen/dicom';
import { type AgreedContext, AssociationError, type Conversation } from './association.ts';

/** Events of one association that wait to be taken. */
const MOST_AHEAD = 16;

interface Line {
  send(contextId: number, command: CommandFields, data: Uint8Array | null): Promise<void>;
  taken(): void;
  abort(): void;
}

/** An association whose socket lives in the receiver's thread. */
export class RemoteAssociation implements Conversation {
  readonly callingAe: string;
  readonly contexts: readonly AgreedContext[];
  readonly #line: Line;
  readonly #events: MessageEvent[] = [];
  #wake: (() => void) | undefined;
  #over: { failure: string | undefined } | undefined;
  #messageId = 0;
  #full = false;
  #cancelled: number | undefined;

  constructor(callingAe: string, contexts: readonly AgreedContext[], line: Line) {
    this.callingAe = callingAe;
    this.contexts = contexts;
    this.#line = line;
  }

  push(event: MessageEvent): void {
    // A command that cancels must be seen while the operation it cancels is still at work, so a few events are taken ahead.
    const field = event.kind === 'command' ? (number(event.command, 'CommandField') ?? 0) : undefined;
    if (event.kind === 'command' && field === COMMAND.cancelRequest) {
      this.#cancelled = number(event.command, 'MessageIDBeingRespondedTo');
      this.#line.taken();
      return;
    }
    // One operation at a time: what was to be cancelled before the next request is over.
    if (field !== undefined && field < 0x8000) this.#cancelled = undefined;
    this.#events.push(event);
    if (this.#events.length < MOST_AHEAD) this.#line.taken();
    else this.#full = true;
    this.#wake?.();
  }

  end(failure: string | undefined): void {
    this.#over = { failure };
    this.#wake?.();
  }

  context(id: number): AgreedContext | undefined {
    return this.contexts.find((context) => context.id === id);
  }

  nextMessageId(): number {
    this.#messageId = (this.#messageId % 0xffff) + 1;
    return this.#messageId;
  }

  cancelled(messageId: number): boolean {
    return this.#cancelled === messageId;
  }

  async receive(): Promise<MessageEvent | undefined> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        if (this.#full) this.#line.taken();
        this.#full = false;
        return event;
      }
      if (this.#over?.failure !== undefined) throw new AssociationError(this.#over.failure);
      if (this.#over !== undefined) return undefined;
      await new Promise<void>((done) => {
        this.#wake = done;
      });
      this.#wake = undefined;
    }
  }

  async send(contextId: number, command: CommandFields, data: Uint8Array | null = null): Promise<void> {
    if (this.#over !== undefined) throw new AssociationError('the association is over');
    await this.#line.send(contextId, command, data);
  }

  abort(): void {
    this.#line.abort();
  }
}
