import { describe, expect, it } from 'vitest';
import { number, text } from '../data-set.ts';
import { SOP_CLASS, TRANSFER_SYNTAX } from '../uid.ts';
import { COMMAND, MessageAssembler, messagePdus, responseTo, STATUS } from './dimse.ts';
import { associateRequest, negotiate } from './negotiate.ts';
import type { Pdu } from './pdu.ts';
import { decodePdu } from './pdu-decode.ts';
import { encodePdu } from './pdu-encode.ts';
import { PduStream } from './pdu-stream.ts';

const request = associateRequest({
  calledAe: 'FORAMEN',
  callingAe: 'SCANNER',
  contexts: [
    { abstractSyntax: SOP_CLASS.verification, transferSyntaxes: [TRANSFER_SYNTAX.implicitLittle] },
    {
      abstractSyntax: SOP_CLASS.mr,
      transferSyntaxes: [TRANSFER_SYNTAX.implicitLittle, TRANSFER_SYNTAX.explicitLittle],
    },
    { abstractSyntax: '1.2.3', transferSyntaxes: [TRANSFER_SYNTAX.implicitLittle] },
  ],
  maxLength: 16384,
  scpRoles: [SOP_CLASS.mr],
});
const policy = {
  aeTitle: 'FORAMEN',
  callers: null,
  transferSyntaxes: (uid: string) =>
    uid === '1.2.3' ? null : [TRANSFER_SYNTAX.explicitLittle, TRANSFER_SYNTAX.implicitLittle],
  maxLength: 65536,
};
const again = (pdu: Pdu): Pdu => {
  const decoded = decodePdu(encodePdu(pdu));
  if (!decoded.ok) throw new Error(decoded.problems[0].what);
  return decoded.value;
};

describe('protocol data units', () => {
  it('come back as they went', () => {
    const identity = {
      type: 2,
      responseRequested: true,
      primary: Uint8Array.of(65),
      secondary: Uint8Array.of(66, 67),
    };
    const full: Pdu = {
      ...request,
      user: {
        ...request.user,
        asynchronous: { invoked: 1, performed: 1 },
        extended: [{ sopClass: '1.2', data: Uint8Array.of(1) }],
        identity,
      },
    };
    for (const pdu of [
      full,
      negotiate(request, policy),
      { kind: 'associate-reject', result: 1, source: 1, reason: 7 },
      { kind: 'data', values: [{ contextId: 3, command: true, last: false, data: Uint8Array.of(1, 2) }] },
      { kind: 'release-request' },
      { kind: 'release-response' },
      { kind: 'abort', source: 2, reason: 1 },
    ] as const satisfies readonly Pdu[]) {
      expect(again(pdu)).toEqual(pdu);
    }
  });

  it('lose the padding of their text, and a long row of it costs nothing', () => {
    const context = `1.2${' '.repeat(60_000)}x`;
    expect(() =>
      expect(again({ ...request, applicationContext: context })).toMatchObject({
        applicationContext: context,
      }),
    ).toNeedLessThan(1000);
    expect(again({ ...request, calledAe: ' NODE ', applicationContext: '1.2 \0' })).toMatchObject({
      calledAe: 'NODE',
      applicationContext: '1.2',
    });
  });

  it('with lengths that lie are problems', () => {
    const bytes = encodePdu(request);
    for (let at = 6; at < bytes.length; at++) {
      const bad = bytes.slice();
      bad[at] = 0xff;
      expect(() => decodePdu(bad)).not.toThrow();
      decodePdu(bytes.subarray(0, at));
    }
    expect(decodePdu(Uint8Array.of(4, 0, 0, 0, 0, 6, 0, 0, 0, 99, 1, 1)).ok).toBe(false);
  });

  it('are cut from a stream whatever the chunks, and a huge one is refused', () => {
    const stream = new PduStream({ maxData: 1000 });
    const bytes = Uint8Array.from([...encodePdu(request), ...encodePdu({ kind: 'release-request' })]);
    const found: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += 7) {
      const cut = stream.push(bytes.subarray(at, at + 7));
      if (cut.ok) found.push(...cut.value);
    }
    expect(found.map((pdu) => pdu[0])).toEqual([1, 5]);
    expect(stream.pending).toBe(0);
    expect(stream.push(Uint8Array.of(4, 0, 0, 1, 0, 0)).ok).toBe(false);
  });
});

describe('negotiation', () => {
  it('takes our best common transfer syntax and names what is not offered', () => {
    const answer = negotiate(request, policy);
    expect(
      answer.kind === 'associate-accept' && answer.contexts.map((c) => [c.id, c.result, c.transferSyntax]),
    ).toEqual([
      [1, 0, TRANSFER_SYNTAX.implicitLittle],
      [3, 0, TRANSFER_SYNTAX.explicitLittle],
      [5, 3, TRANSFER_SYNTAX.implicitLittle],
    ]);
  });
  it('rejects a wrong title', () => {
    expect(negotiate(request, { ...policy, aeTitle: 'OTHER' })).toMatchObject({
      kind: 'associate-reject',
      reason: 7,
    });
    expect(negotiate(request, { ...policy, callers: ['X'] })).toMatchObject({
      kind: 'associate-reject',
      reason: 3,
    });
  });
  it('rejects another version of the protocol, and takes one that is among others', () => {
    const asked = (version: number) => {
      const bytes = encodePdu(request);
      bytes[7] = version;
      const read = decodePdu(bytes);
      if (!read.ok || read.value.kind !== 'associate-request') throw new Error('no request');
      return negotiate(read.value, policy);
    };
    for (const version of [0, 2, 4])
      expect(asked(version)).toEqual({ kind: 'associate-reject', result: 1, source: 2, reason: 2 });
    for (const version of [1, 3]) expect(asked(version).kind).toBe('associate-accept');
  });
});

describe('messages', () => {
  it("pass in pieces within the peer's limit and are put together again", () => {
    const data = Uint8Array.from({ length: 40000 }, (_, n) => n % 251);
    const command = {
      AffectedSOPClassUID: SOP_CLASS.mr,
      CommandField: COMMAND.storeRequest,
      MessageID: 7,
      Priority: 0,
      AffectedSOPInstanceUID: '1.2.3.4',
    };
    const assembler = new MessageAssembler();
    const pieces: Uint8Array[] = [];
    let ended = false;
    for (const bytes of messagePdus({ contextId: 3, command, data }, 4096)) {
      expect(bytes.length).toBeLessThanOrEqual(4096 + 6);
      const pdu = decodePdu(bytes);
      if (!pdu.ok || pdu.value.kind !== 'data') throw new Error('no data');
      for (const value of pdu.value.values) {
        const event = assembler.push(value);
        if (!event.ok) throw new Error(event.problems[0].what);
        if (event.value?.kind === 'command') {
          expect(text(event.value.command, 'AffectedSOPInstanceUID')).toBe('1.2.3.4');
          const response = responseTo(event.value.command, STATUS.success);
          expect(response).toMatchObject({
            CommandField: COMMAND.storeResponse,
            MessageIDBeingRespondedTo: 7,
          });
          expect(number(event.value.command, 'CommandGroupLength')).toBeGreaterThan(0);
        } else if (event.value) {
          pieces.push(event.value.bytes.slice());
          ended = event.value.last;
        }
      }
    }
    expect(ended).toBe(true);
    expect(pieces.flatMap((piece) => [...piece])).toEqual([...data]);
  });

  it('out of order are a problem', () => {
    const stray = new MessageAssembler().push({
      contextId: 1,
      command: false,
      last: true,
      data: new Uint8Array(2),
    });
    expect(stray.ok).toBe(false);
  });
});
