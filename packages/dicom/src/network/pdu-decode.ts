import { fail, ok, type Result } from '@foramen/spine';
import type {
  ContextAnswer,
  ContextResult,
  Pdu,
  PresentationContext,
  PresentationDataValue,
  RoleSelection,
  UserIdentity,
  UserInformation,
} from './pdu.ts';

/**
 * Decodes one whole PDU (head included). Data values are views of `bytes`. Anything that does not fit its own lengths is
 * a problem: the association must then be aborted.
 */
export function decodePdu(bytes: Uint8Array): Result<Pdu> {
  const pdu = bytes.length >= 6 ? decodeBody(bytes[0]!, bytes.subarray(6)) : null;
  return pdu
    ? ok(pdu)
    : fail({
        code: 'unreadable',
        severity: 'error',
        where: 'association',
        what: `a protocol data unit of type ${bytes[0]} is malformed`,
        help: 'The peer does not follow DICOM PS3.8',
      });
}

function decodeBody(type: number, body: Uint8Array): Pdu | null {
  switch (type) {
    case 1:
    case 2:
      return decodeAssociate(type, body);
    case 3: {
      if (body.length < 4) return null;
      const [result, source] = [body[1]!, body[2]!];
      if ((result !== 1 && result !== 2) || (source !== 1 && source !== 2 && source !== 3)) return null;
      return { kind: 'associate-reject', result, source, reason: body[3]! };
    }
    case 4:
      return decodeData(body);
    case 5:
      return { kind: 'release-request' };
    case 6:
      return { kind: 'release-response' };
    case 7:
      return body.length < 4 ? null : { kind: 'abort', source: body[2]!, reason: body[3]! };
    default:
      return null;
  }
}

function decodeData(body: Uint8Array): Pdu | null {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const values: PresentationDataValue[] = [];
  let at = 0;
  while (at < body.length) {
    if (at + 6 > body.length) return null;
    const length = view.getUint32(at);
    if (length < 2 || at + 4 + length > body.length) return null;
    const control = body[at + 5]!;
    values.push({
      contextId: body[at + 4]!,
      command: (control & 1) !== 0,
      last: (control & 2) !== 0,
      data: body.subarray(at + 6, at + 4 + length),
    });
    at += 4 + length;
  }
  return { kind: 'data', values };
}

interface Item {
  readonly type: number;
  readonly body: Uint8Array;
}

/** Items of type, reserved byte and 16-bit length; null when one overruns. */
function itemsOf(bytes: Uint8Array): readonly Item[] | null {
  const out: Item[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return null;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (at + 4 + length > bytes.length) return null;
    out.push({ type: bytes[at]!, body: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return out;
}

function decodeAssociate(type: 1 | 2, body: Uint8Array): Pdu | null {
  if (body.length < 68) return null;
  const otherVersion = (body[1]! & 1) === 0;
  if (otherVersion && type === 2) return null;
  const found = itemsOf(body.subarray(68));
  if (!found) return null;
  let applicationContext = '';
  let user: UserInformation | null = null;
  const asked: PresentationContext[] = [];
  const answered: ContextAnswer[] = [];
  for (const item of found) {
    if (item.type === 0x10) applicationContext = ascii(item.body);
    else if (item.type === 0x20 || item.type === 0x21) {
      const inner = item.body.length >= 4 ? itemsOf(item.body.subarray(4)) : null;
      if (!inner) return null;
      const id = item.body[0]!;
      const transfers = inner.filter((one) => one.type === 0x40).map((one) => ascii(one.body));
      if (item.type === 0x20) {
        const abstract = inner.find((one) => one.type === 0x30);
        if (!abstract || id % 2 === 0) return null;
        asked.push({ id, abstractSyntax: ascii(abstract.body), transferSyntaxes: transfers });
      } else {
        const result = item.body[2]!;
        if (result > 4) return null;
        answered.push({ id, result: result as ContextResult, transferSyntax: transfers[0] ?? '' });
      }
    } else if (item.type === 0x50) user = decodeUser(item.body);
  }
  if (!user) return null;
  const shared = {
    calledAe: ascii(body.subarray(4, 20)),
    callingAe: ascii(body.subarray(20, 36)),
    applicationContext,
    user,
  };
  return type === 1
    ? { kind: 'associate-request', ...shared, contexts: asked, ...(otherVersion ? { otherVersion } : {}) }
    : { kind: 'associate-accept', ...shared, contexts: answered };
}

function decodeUser(bytes: Uint8Array): UserInformation | null {
  const found = itemsOf(bytes);
  if (!found) return null;
  let maxLength = 0;
  let implementationClassUid = '';
  let implementationVersion: string | undefined;
  let asynchronous: UserInformation['asynchronous'];
  let identity: UserIdentity | undefined;
  let identityResponse: Uint8Array | undefined;
  const roles: RoleSelection[] = [];
  const extended: { sopClass: string; data: Uint8Array }[] = [];
  for (const { type, body } of found) {
    const u16 = (at: number): number => ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0);
    if (type === 0x51 && body.length >= 4) maxLength = u16(0) * 0x10000 + u16(2);
    else if (type === 0x52) implementationClassUid = ascii(body);
    else if (type === 0x53 && body.length >= 4) asynchronous = { invoked: u16(0), performed: u16(2) };
    else if (type === 0x54 || type === 0x56) {
      const end = 2 + u16(0);
      if (end > body.length) return null;
      const sopClass = ascii(body.subarray(2, end));
      if (type === 0x54) roles.push({ sopClass, scu: body[end] === 1, scp: body[end + 1] === 1 });
      else extended.push({ sopClass, data: body.slice(end) });
    } else if (type === 0x55) implementationVersion = ascii(body);
    else if (type === 0x58) {
      const primaryEnd = 4 + u16(2);
      const secondaryEnd = primaryEnd + 2 + u16(primaryEnd);
      if (secondaryEnd > body.length) return null;
      identity = {
        type: body[0]!,
        responseRequested: body[1] === 1,
        primary: body.slice(4, primaryEnd),
        secondary: body.slice(primaryEnd + 2, secondaryEnd),
      };
    } else if (type === 0x59) identityResponse = body.slice(2, 2 + u16(0));
  }
  return {
    maxLength,
    implementationClassUid,
    ...(implementationVersion === undefined ? {} : { implementationVersion }),
    ...(asynchronous ? { asynchronous } : {}),
    ...(roles.length > 0 ? { roles } : {}),
    ...(extended.length > 0 ? { extended } : {}),
    ...(identity ? { identity } : {}),
    ...(identityResponse ? { identityResponse } : {}),
  };
}

/** Text without its padding. Counted from both ends: a pattern that looks for the end from every space takes seconds for 64 kB of them. */
function ascii(bytes: Uint8Array): string {
  let from = 0;
  let to = bytes.length;
  while (to > 0 && (bytes[to - 1] === 0 || bytes[to - 1] === 0x20)) to--;
  while (from < to && bytes[from] === 0x20) from++;
  return String.fromCharCode(...bytes.subarray(from, to));
}
