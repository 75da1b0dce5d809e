import { fail, ok, type Result } from '@foramen/spine';

export interface PduStreamLimits {
  /** Largest P-DATA-TF body taken; what was announced in the association. Default 256 KiB. */
  readonly maxData?: number;
  /** Largest body of any other PDU; default 128 KiB. */
  readonly maxOther?: number;
}

/**
 * Cuts a byte stream into whole PDUs. Feed it what the socket gives; it holds back an incomplete rest, never more than
 * one PDU. A PDU above the limit, or of an unknown type, is a problem and the stream cannot go on.
 */
export class PduStream {
  /** Beginning of a PDU whose head is not complete yet: at most six bytes. */
  private head = new Uint8Array(6);
  private headFilled = 0;
  /** A PDU that has begun and is filled as bytes come; its length is known. */
  private body: Uint8Array | null = null;
  private bodyFilled = 0;
  private store = new Uint8Array(0);
  private readonly maxData: number;
  private readonly maxOther: number;

  constructor(limits: PduStreamLimits = {}) {
    this.maxData = limits.maxData ?? 256 * 1024;
    this.maxOther = limits.maxOther ?? 128 * 1024;
  }

  /** Bytes waiting for the rest of their PDU. */
  get pending(): number {
    return this.body === null ? this.headFilled : this.bodyFilled;
  }

  /** The whole PDUs that `chunk` completes, to keep. @see units */
  push(chunk: Uint8Array): Result<readonly Uint8Array[]> {
    const whole: Uint8Array[] = [];
    for (const unit of this.units(chunk)) {
      if (!unit.ok) return unit;
      whole.push(unit.value.buffer === chunk.buffer ? unit.value : unit.value.slice());
    }
    return ok(whole);
  }

  /**
   * The whole PDUs that `chunk` completes, one by one, without making memory for each: one that lies whole in `chunk` is a view of it;
   * one that spans chunks lies in a buffer that is used again, so it is good until the next is asked for. After a problem the
   * stream cannot go on.
   */
  *units(chunk: Uint8Array): Generator<Result<Uint8Array>, void> {
    let at = 0;
    while (at < chunk.length) {
      if (this.body === null) {
        if (this.headFilled === 0 && at + 6 <= chunk.length) {
          const size = this.sizeOf(chunk, at);
          if (!size.ok) {
            yield size;
            return;
          }
          if (at + size.value <= chunk.length) {
            at += size.value;
            yield ok(chunk.subarray(at - size.value, at));
            continue;
          }
          this.begin(size.value, chunk.subarray(at));
          return;
        }
        const take = Math.min(6 - this.headFilled, chunk.length - at);
        this.head.set(chunk.subarray(at, at + take), this.headFilled);
        this.headFilled += take;
        at += take;
        if (this.headFilled < 6) return;
        const size = this.sizeOf(this.head, 0);
        if (!size.ok) {
          yield size;
          return;
        }
        this.begin(size.value, this.head);
        this.headFilled = 0;
      }
      const body: Uint8Array | null = this.body;
      if (body === null) return;
      const take = Math.min(body.length - this.bodyFilled, chunk.length - at);
      body.set(chunk.subarray(at, at + take), this.bodyFilled);
      this.bodyFilled += take;
      at += take;
      if (this.bodyFilled === body.length) {
        this.body = null;
        yield ok(body);
      }
    }
  }

  private begin(size: number, bytes: Uint8Array): void {
    if (this.store.length < size) this.store = new Uint8Array(size);
    this.body = this.store.subarray(0, size);
    this.body.set(bytes);
    this.bodyFilled = bytes.length;
  }

  /** Size of the PDU whose head begins at `at`, head included. */
  private sizeOf(bytes: Uint8Array, at: number): Result<number> {
    const type = bytes[at]!;
    const length =
      bytes[at + 2]! * 0x1000000 + bytes[at + 3]! * 0x10000 + bytes[at + 4]! * 0x100 + bytes[at + 5]!;
    const known = type >= 1 && type <= 7;
    const most = type === 4 ? this.maxData : this.maxOther;
    if (known && length <= most) return ok(6 + length);
    return fail({
      code: known ? 'too-large' : 'unreadable',
      severity: 'error',
      where: 'association',
      what: known
        ? `a protocol data unit of ${length} bytes is above the limit of ${most}`
        : `unknown protocol data unit ${type}`,
      help: 'The peer must keep to the announced maximum length',
    });
  }
}
