import {
  type DataSet,
  decimalString,
  type Element,
  element,
  isBytesVr,
  isNumberVr,
  isSingleValued,
  isVr,
  type NumberVr,
  type Tag,
  type Vr,
} from '@foramen/dicom';

/** Sequences within sequences, as deep as any real object has them and some more. */
const DEEPEST = 20;
const RANGE: Readonly<Record<Exclude<NumberVr, 'FD' | 'FL' | 'AT'>, readonly [number, number]>> = {
  SS: [-(2 ** 15), 2 ** 15 - 1],
  US: [0, 2 ** 16 - 1],
  SL: [-(2 ** 31), 2 ** 31 - 1],
  UL: [0, 2 ** 32 - 1],
  // Beyond these a JSON number is not the number that was meant.
  SV: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  UV: [0, Number.MAX_SAFE_INTEGER],
};

/**
 * The data set that a JSON model says (PS3.18, F.2); `bulk` gives the bytes behind an address. File meta information and group lengths are left out.
 *
 * @throws TypeError for what is no such model, or names bytes that are not there: nothing of the object is made up
 */
export function fromDicomJson(
  json: unknown,
  bulk: (address: string) => Uint8Array | undefined,
  depth = 0,
): DataSet {
  if (!isRecord(json) || depth > DEEPEST) throw new TypeError('no data set');
  const out = new Map<Tag, Element>();
  for (const [name, attribute] of Object.entries(json)) {
    if (!/^[0-9A-F]{8}$/i.test(name) || !isRecord(attribute)) throw new TypeError('no attribute');
    const tag = Number.parseInt(name, 16);
    if (tag >>> 16 <= 2 || (tag & 0xffff) === 0) continue;
    const { vr } = attribute;
    if (typeof vr !== 'string' || !isVr(vr)) throw new TypeError('no value representation');
    out.set(tag as Tag, read(vr, attribute, bulk, depth));
  }
  return out;
}

function read(
  vr: Vr,
  attribute: Readonly<Record<string, unknown>>,
  bulk: (address: string) => Uint8Array | undefined,
  depth: number,
): Element {
  const { Value: value = [], InlineBinary: inline, BulkDataURI: address } = attribute;
  if (!Array.isArray(value)) throw new TypeError('a value is no list');
  if (isBytesVr(vr)) {
    if (value.length > 0) throw new TypeError('binary values are not listed');
    return element(vr, address === undefined ? inlineBytes(inline) : bytesAt(address, bulk));
  }
  // Values of other kinds may be left to a part as well (PS3.18, F.2.2), but nobody says in which character set.
  if (inline !== undefined || address !== undefined) throw new TypeError('only binary values travel apart');
  if (vr === 'SQ')
    return element(
      vr,
      value.map((item) => fromDicomJson(item ?? {}, bulk, depth + 1)),
    );
  if (isNumberVr(vr))
    return element(
      vr,
      value.map((item) => numberOf(vr, item)),
    );
  return element(
    vr,
    value.map((item) => textOf(vr, item)),
  );
}

function inlineBytes(inline: unknown): Uint8Array {
  if (inline === undefined) return new Uint8Array(0);
  if (typeof inline !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(inline))
    throw new TypeError('no base64');
  return new Uint8Array(Buffer.from(inline, 'base64'));
}

function bytesAt(address: unknown, bulk: (address: string) => Uint8Array | undefined): Uint8Array {
  const bytes = typeof address === 'string' ? bulk(address) : undefined;
  if (bytes === undefined) throw new TypeError('a part is missing');
  return bytes;
}

function numberOf(vr: NumberVr, item: unknown): number {
  if (vr === 'AT') {
    if (typeof item !== 'string' || !/^[0-9A-F]{8}$/i.test(item)) throw new TypeError('no tag');
    return Number.parseInt(item, 16);
  }
  // Numbers of 64 bits may be written as text.
  const number = typeof item === 'string' && /^-?\d+$/.test(item) ? Number(item) : item;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new TypeError('no number');
  if (vr === 'FD' || vr === 'FL') return number;
  const [least, most] = RANGE[vr];
  if (!Number.isInteger(number) || number < least || number > most)
    throw new TypeError('no number of its kind');
  return number;
}

function textOf(vr: Vr, item: unknown): string {
  if (item === null) return '';
  if (vr === 'PN') return nameOf(item);
  if (typeof item === 'number' && vr === 'IS' && !Number.isInteger(item))
    throw new TypeError('no whole number');
  const text = typeof item === 'number' && (vr === 'DS' || vr === 'IS') ? decimalString(item, vr) : item;
  if (typeof text !== 'string') throw new TypeError('no text');
  return single(vr, text);
}

function nameOf(item: unknown): string {
  if (!isRecord(item)) throw new TypeError('no name');
  const groups = [item.Alphabetic ?? '', item.Ideographic ?? '', item.Phonetic ?? ''];
  if (!groups.every((group): group is string => typeof group === 'string')) throw new TypeError('no name');
  return single('PN', groups.join('=').replace(/=+$/, ''));
}

/** One value stays one: a backslash in it would make it two. */
function single(vr: Vr, text: string): string {
  if (!isSingleValued(vr) && text.includes('\\')) throw new TypeError('a value with a backslash');
  return text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
