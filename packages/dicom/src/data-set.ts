import { DICTIONARY, type Keyword, type Tag, tagOf } from './dictionary.ts';
import type { BytesVr, NumberVr, TextVr, Vr } from './vr.ts';
import { isBytesVr, isNumberVr, isTextVr } from './vr.ts';

/** Compressed pixel data: the fragments as stored, and the basic offset table's entries (empty if absent). */
export interface Encapsulated {
  readonly offsets: readonly number[];
  readonly fragments: readonly Uint8Array[];
}

/**
 * One data element. Text values are decoded and split at backslashes; numbers are numbers (64-bit integers beyond
 * 2^53 lose precision); the bytes of O* elements are little endian whatever the file's byte order was.
 */
export type Element =
  | { readonly vr: TextVr; readonly value: readonly string[] }
  | { readonly vr: NumberVr; readonly value: readonly number[] }
  | { readonly vr: BytesVr; readonly value: Uint8Array | Encapsulated }
  | { readonly vr: 'SQ'; readonly value: readonly DataSet[] };

/** Tag to element. Insertion order is file order; the writer sorts. */
export type DataSet = ReadonlyMap<Tag, Element>;

/** What may be given for an element: null is an empty value (type 2). */
export type ValueInput =
  | string
  | number
  | readonly string[]
  | readonly number[]
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | Encapsulated
  | DataSet
  | readonly DataSet[]
  | null;

/**
 * A data set from PS3.6 keywords, in any order: `dataSet({ PatientName: 'Doe^Jane', Rows: 320 })`. Numbers given for
 * DS and IS are written as text that fits 16 characters. An `undefined` entry is left out.
 * @throws TypeError when a value does not fit the element's VR: a programming error, never an input error.
 */
export function dataSet(entries: { readonly [K in Keyword]?: ValueInput | undefined }): DataSet {
  const out = new Map<Tag, Element>();
  for (const [keyword, input] of Object.entries(entries) as [Keyword, ValueInput | undefined][]) {
    if (input === undefined) continue;
    const [tag, vr] = DICTIONARY[keyword];
    out.set(tag, element(vr, input));
  }
  return out;
}

/** One element of a stated VR, for private tags and for elements whose VR depends on the picture. */
export function element(vr: Vr, input: ValueInput): Element {
  const list: readonly unknown[] = input === null ? [] : Array.isArray(input) ? input : [input];
  if (vr === 'SQ') {
    if (!list.every((item) => item instanceof Map)) throw new TypeError('SQ wants data sets');
    return { vr, value: list as readonly DataSet[] };
  }
  if (isBytesVr(vr)) {
    if (input === null) return { vr, value: new Uint8Array(0) };
    if (isEncapsulated(input)) return { vr, value: input };
    if (ArrayBuffer.isView(input)) return { vr, value: littleEndianBytes(input as ArrayBufferView) };
    throw new TypeError(`${vr} wants bytes`);
  }
  const flat =
    ArrayBuffer.isView(input) && !(input instanceof DataView)
      ? Array.from(input as unknown as ArrayLike<number>)
      : list;
  if (isTextVr(vr)) {
    const value = flat.map((item) => {
      if (typeof item === 'string') return item;
      if (typeof item === 'number' && (vr === 'DS' || vr === 'IS')) return decimalString(item, vr);
      throw new TypeError(`${vr} wants text`);
    });
    return { vr, value };
  }
  if (isNumberVr(vr) && flat.every((item) => typeof item === 'number')) return { vr, value: flat };
  throw new TypeError(`${vr} wants numbers`);
}

/** At most 16 characters (PS3.5, 6.2), with as many digits as fit. @throws RangeError when not finite. */
export function decimalString(value: number, vr: 'DS' | 'IS' = 'DS'): string {
  if (!Number.isFinite(value)) throw new RangeError(`${vr} cannot hold ${value}`);
  if (vr === 'IS') return String(Math.round(value));
  const plain = String(value);
  if (plain.length <= 16) return plain;
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  return value.toExponential(8);
}

export function isEncapsulated(value: unknown): value is Encapsulated {
  return typeof value === 'object' && value !== null && 'fragments' in value && 'offsets' in value;
}

function littleEndianBytes(view: ArrayBufferView): Uint8Array {
  const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
  const word = (view as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
  const bigEndianHost = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;
  return bigEndianHost && word > 1 ? swapBytes(bytes, word) : bytes;
}

/** A copy with the byte order of each `word`-byte unit reversed; a trailing partial unit is left as it is. */
export function swapBytes(bytes: Uint8Array, word: number): Uint8Array {
  // Node's Buffer has a `slice` of its own that does not copy: a file would be turned in place, and back when it is read again.
  const out = new Uint8Array(bytes);
  for (let i = 0; i + word <= out.length; i += word) {
    for (let a = i, b = i + word - 1; a < b; a++, b--) {
      const kept = out[a]!;
      out[a] = out[b]!;
      out[b] = kept;
    }
  }
  return out;
}

/** All values as text (numbers are printed); empty when the element is absent, empty or binary. */
export function texts(set: DataSet, name: Keyword | Tag): readonly string[] {
  const found = set.get(tagOf(name));
  if (!found) return [];
  if (isTextVr(found.vr)) return found.value as readonly string[];
  if (isNumberVr(found.vr)) return (found.value as readonly number[]).map(String);
  return [];
}

/** The first value as text; undefined when absent or empty. */
export function text(set: DataSet, name: Keyword | Tag): string | undefined {
  const first = texts(set, name)[0];
  return first === undefined || first === '' ? undefined : first;
}

/** All values as finite numbers, parsed where the VR is text. One value that is no number makes the list empty. */
export function numbers(set: DataSet, name: Keyword | Tag): readonly number[] {
  const found = set.get(tagOf(name));
  if (!found) return [];
  if (isNumberVr(found.vr)) return found.value as readonly number[];
  if (!isTextVr(found.vr)) return [];
  const parsed = (found.value as readonly string[]).map((item) =>
    item.trim() === '' ? Number.NaN : Number(item.trim()),
  );
  return parsed.every(Number.isFinite) ? parsed : [];
}

/** The first value as a finite number; undefined when absent or no number. */
export function number(set: DataSet, name: Keyword | Tag): number | undefined {
  const first = numbers(set, name)[0];
  return first !== undefined && Number.isFinite(first) ? first : undefined;
}

/** Items of a sequence; empty when absent or not a sequence. */
export function items(set: DataSet, name: Keyword | Tag): readonly DataSet[] {
  const found = set.get(tagOf(name));
  return found?.vr === 'SQ' ? found.value : [];
}

/** First item of a sequence. */
export function item(set: DataSet, name: Keyword | Tag): DataSet | undefined {
  return items(set, name)[0];
}

/** The bytes of a binary element; undefined when absent, encapsulated or not binary. */
export function bytesOf(set: DataSet, name: Keyword | Tag): Uint8Array | undefined {
  const value = set.get(tagOf(name))?.value;
  return value instanceof Uint8Array ? value : undefined;
}
