import { PDU_TYPE, type Pdu, type PresentationDataValue, type UserInformation } from './pdu.ts';

/** One PDU as bytes, head included. @throws RangeError when an AE title or identifier cannot be encoded. */
export function encodePdu(pdu: Pdu): Uint8Array<ArrayBuffer> {
  switch (pdu.kind) {
    case 'associate-request':
      return associate(
        pdu,
        pdu.contexts.map((context) =>
          item(0x20, [
            Uint8Array.of(context.id, 0, 0, 0),
            item(0x30, [ascii(context.abstractSyntax)]),
            ...context.transferSyntaxes.map((uid) => item(0x40, [ascii(uid)])),
          ]),
        ),
      );
    case 'associate-accept':
      return associate(
        pdu,
        pdu.contexts.map((context) =>
          item(0x21, [
            Uint8Array.of(context.id, 0, context.result, 0),
            item(0x40, [ascii(context.transferSyntax)]),
          ]),
        ),
      );
    case 'associate-reject':
      return unit(pdu.kind, [Uint8Array.of(0, pdu.result, pdu.source, pdu.reason)]);
    case 'data':
      return unit(pdu.kind, pdu.values.flatMap(dataValue));
    case 'release-request':
    case 'release-response':
      return unit(pdu.kind, [new Uint8Array(4)]);
    case 'abort':
      return unit(pdu.kind, [Uint8Array.of(0, 0, pdu.source, pdu.reason)]);
  }
}

function dataValue(value: PresentationDataValue): Uint8Array[] {
  const head = new Uint8Array(6);
  new DataView(head.buffer).setUint32(0, value.data.length + 2);
  head[4] = value.contextId;
  head[5] = (value.command ? 1 : 0) | (value.last ? 2 : 0);
  return [head, value.data];
}

function associate(
  pdu: Extract<Pdu, { kind: 'associate-request' | 'associate-accept' }>,
  contexts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  return unit(pdu.kind, [
    Uint8Array.of(0, 1, 0, 0),
    aeTitle(pdu.calledAe),
    aeTitle(pdu.callingAe),
    new Uint8Array(32),
    item(0x10, [ascii(pdu.applicationContext)]),
    ...contexts,
    userItem(pdu.user),
  ]);
}

function userItem(user: UserInformation): Uint8Array {
  const u16 = (value: number): Uint8Array => Uint8Array.of((value >> 8) & 0xff, value & 0xff);
  const counted = (bytes: Uint8Array): Uint8Array[] => [u16(bytes.length), bytes];
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, user.maxLength);
  const parts: Uint8Array[] = [item(0x51, [length]), item(0x52, [ascii(user.implementationClassUid)])];
  if (user.asynchronous) {
    parts.push(item(0x53, [u16(user.asynchronous.invoked), u16(user.asynchronous.performed)]));
  }
  for (const role of user.roles ?? []) {
    parts.push(
      item(0x54, [...counted(ascii(role.sopClass)), Uint8Array.of(role.scu ? 1 : 0, role.scp ? 1 : 0)]),
    );
  }
  if (user.implementationVersion) parts.push(item(0x55, [ascii(user.implementationVersion.slice(0, 16))]));
  for (const one of user.extended ?? []) parts.push(item(0x56, [...counted(ascii(one.sopClass)), one.data]));
  const { identity } = user;
  if (identity) {
    const head = Uint8Array.of(identity.type, identity.responseRequested ? 1 : 0);
    parts.push(item(0x58, [head, ...counted(identity.primary), ...counted(identity.secondary)]));
  }
  if (user.identityResponse) parts.push(item(0x59, counted(user.identityResponse)));
  return item(0x50, parts);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0x7f);
}

function aeTitle(title: string): Uint8Array {
  if (title.length > 16) throw new RangeError(`AE title "${title}" is longer than 16 characters`);
  return ascii(title.padEnd(16));
}

function item(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = join(parts, 4);
  if (body.length - 4 > 0xffff) throw new RangeError('association item is too long');
  body[0] = type;
  new DataView(body.buffer).setUint16(2, body.length - 4);
  return body;
}

function unit(kind: Pdu['kind'], parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = join(parts, 6);
  out[0] = PDU_TYPE[kind];
  new DataView(out.buffer).setUint32(2, out.length - 6);
  return out;
}

function join(parts: readonly Uint8Array[], head: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, head));
  let at = head;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
