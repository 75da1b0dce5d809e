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
  private held = new Uint8Array(0);
  private readonly maxData: number;
  private readonly maxOther: number;

  constructor(limits: PduStreamLimits = {}) {
    this.maxData = limits.maxData ?? 256 * 1024;
    this.maxOther = limits.maxOther ?? 128 * 1024;
  }

  /** Bytes waiting for the rest of their PDU. */
  get pending(): number {
    return this.held.length;
  }

  push(chunk: Uint8Array): Result<readonly Uint8Array[]> {
    let bytes = chunk;
    if (this.held.length > 0) {
      bytes = new Uint8Array(this.held.length + chunk.length);
      bytes.set(this.held);
      bytes.set(chunk, this.held.length);
    }
    const whole: Uint8Array[] = [];
    let at = 0;
    while (at + 6 <= bytes.length) {
      const type = bytes[at]!;
      const length =
        bytes[at + 2]! * 0x1000000 + bytes[at + 3]! * 0x10000 + bytes[at + 4]! * 0x100 + bytes[at + 5]!;
      const most = type === 4 ? this.maxData : this.maxOther;
      if (type < 1 || type > 7 || length > most) {
        return fail({
          code: type < 1 || type > 7 ? 'unreadable' : 'too-large',
          severity: 'error',
          where: 'association',
          what:
            type < 1 || type > 7
              ? `unknown protocol data unit ${type}`
              : `a protocol data unit of ${length} bytes is above the limit of ${most}`,
          help: 'The peer must keep to the announced maximum length',
        });
      }
      if (at + 6 + length > bytes.length) break;
      whole.push(bytes.subarray(at, at + 6 + length));
      at += 6 + length;
    }
    this.held = bytes.slice(at);
    return ok(whole);
  }
}
