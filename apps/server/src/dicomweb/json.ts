import { type DataSet, type Element, isEncapsulated, type Tag } from '@foramen/dicom';

/** An attribute of the DICOM JSON model (PS3.18, F.2). */
interface JsonAttribute {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}
export type JsonDataSet = Readonly<Record<string, JsonAttribute>>;

/** Binary values up to this size travel inline. */
const INLINE_BYTES = 1024;
export const PIXEL_DATA = 0x7fe00010 as Tag;

export function tagName(tag: Tag): string {
  return (tag as number).toString(16).toUpperCase().padStart(8, '0');
}

/**
 * A data set in the DICOM JSON model. Large binary values become addresses made by `bulk` from the path of tags to them; group
 * lengths and file meta information are left out, as the standard asks.
 */
export function toDicomJson(set: DataSet, bulk: (path: string) => string, prefix = ''): JsonDataSet {
  const out: Record<string, JsonAttribute> = {};
  for (const [tag, element] of [...set].sort(([a], [b]) => (a as number) - (b as number))) {
    const number = tag as number;
    if (number >>> 16 === 2 || (number & 0xffff) === 0) continue;
    const name = tagName(tag);
    out[name] = attribute(number, element, bulk, `${prefix}${name}`);
  }
  return out;
}

function attribute(
  tag: number,
  element: Element,
  bulk: (path: string) => string,
  path: string,
): JsonAttribute {
  if (element.vr === 'SQ') {
    if (element.value.length === 0) return { vr: 'SQ' };
    return { vr: 'SQ', Value: element.value.map((set, i) => toDicomJson(set, bulk, `${path}.${i + 1}.`)) };
  }
  const { vr, value } = element;
  if (value instanceof Uint8Array || isEncapsulated(value)) {
    if (isEncapsulated(value) || tag === PIXEL_DATA || value.length > INLINE_BYTES)
      return { vr, BulkDataURI: bulk(path) };
    if (value.length === 0) return { vr };
    return {
      vr,
      InlineBinary: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
    };
  }
  if (value.length === 0 || (value.length === 1 && value[0] === '')) return { vr };
  return { vr, Value: value.map((item) => jsonValue(vr, item)) };
}

function jsonValue(vr: string, item: string | number): unknown {
  if (vr === 'PN') return personName(String(item));
  if (vr === 'AT') return Number(item).toString(16).toUpperCase().padStart(8, '0');
  if (typeof item === 'number') return Number.isFinite(item) ? item : null;
  if (vr === 'DS' || vr === 'IS') {
    const text = item.trim();
    const number = Number(text);
    return text !== '' && Number.isFinite(number) ? number : text === '' ? null : text;
  }
  return item === '' ? null : item;
}

function personName(text: string): Readonly<Record<string, string>> | null {
  const [alphabetic, ideographic, phonetic] = text.split('=');
  const name = {
    ...(alphabetic ? { Alphabetic: alphabetic } : {}),
    ...(ideographic ? { Ideographic: ideographic } : {}),
    ...(phonetic ? { Phonetic: phonetic } : {}),
  };
  return Object.keys(name).length === 0 ? null : name;
}
