import { type CharsetDecoder, charsetDecoder } from './charset.ts';
import { type DataSet, type Element, swapBytes } from './data-set.ts';
import { DICTIONARY, describeTag, type Tag } from './dictionary.ts';
import { latin1, readNumbers, splitText } from './element-value.ts';
import { followsCharset, hasLongLength, isBytesVr, isTextVr, isVr, type Vr, wordSize } from './vr.ts';
import { implicitVr } from './vr-table.ts';

export interface Layout {
  readonly explicit: boolean;
  readonly little: boolean;
}

interface ParseLimits {
  readonly maxElements: number;
  readonly maxDepth: number;
  /** Stop, without consuming, before the first element of another group. */
  readonly onlyGroup?: number;
}

export interface Parsed {
  readonly set: DataSet;
  /** Where the parser stopped. */
  readonly end: number;
  readonly truncated: boolean;
  /** Oddities that were read over. */
  readonly notes: readonly string[];
  /** Set when nothing can be made of the bytes, or a limit was reached. */
  readonly problem?: string;
}

const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const PIXEL_DATA = DICTIONARY.PixelData[0];
const CHARSET = DICTIONARY.SpecificCharacterSet[0];
const PIXEL_REPRESENTATION = DICTIONARY.PixelRepresentation[0];

/** Ends the parse from any depth; never leaves this module. */
class Stop extends Error {}

/** Parses the data set at `at` to the end of the bytes, or to the first element outside `onlyGroup`. */
export function parseDataSet(bytes: Uint8Array, at: number, layout: Layout, limits: ParseLimits): Parsed {
  const parser = new Parser(bytes, at, limits);
  const set = new Map<Tag, Element>();
  let problem: string | undefined;
  try {
    parser.readSet(set, bytes.length, layout, charsetDecoder([]), 0);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    problem = error.message;
  }
  return {
    set,
    end: parser.at,
    truncated: parser.truncated,
    notes: [...parser.notes],
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Explicit or implicit, little or big, from the first element of a data set; null when it is none of them. */
export function guessLayout(bytes: Uint8Array, at: number): Layout | null {
  if (at + 8 > bytes.length) return null;
  const vr = String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!);
  const littleGroup = bytes[at]! | (bytes[at + 1]! << 8);
  const bigGroup = (bytes[at]! << 8) | bytes[at + 1]!;
  const early = (group: number): boolean => group >= 0x0002 && group <= 0x0028 && (group & 1) === 0;
  if (isVr(vr)) {
    if (early(littleGroup)) return { explicit: true, little: true };
    if (early(bigGroup)) return { explicit: true, little: false };
    return littleGroup < bigGroup && littleGroup < 0x7fe1 ? { explicit: true, little: true } : null;
  }
  if (!early(littleGroup)) return null;
  const length =
    bytes[at + 4]! + bytes[at + 5]! * 0x100 + bytes[at + 6]! * 0x10000 + bytes[at + 7]! * 0x1000000;
  return length === UNDEFINED || length <= Math.max(0x10000, bytes.length)
    ? { explicit: false, little: true }
    : null;
}

class Parser {
  at: number;
  truncated = false;
  readonly notes = new Set<string>();
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly limits: ParseLimits;
  private elements = 0;
  private signedPixels = false;

  constructor(bytes: Uint8Array, at: number, limits: ParseLimits) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.limits = limits;
  }

  private tag(at: number, little: boolean): Tag {
    return ((this.view.getUint16(at, little) << 16) | this.view.getUint16(at + 2, little)) >>> 0;
  }

  /** Reads elements until `end`, an item's end, or a sequence's end (left unread). */
  readSet(
    into: Map<Tag, Element>,
    end: number,
    layout: Layout,
    charset: CharsetDecoder,
    depth: number,
  ): void {
    if (depth > this.limits.maxDepth)
      throw new Stop(`sequences are nested deeper than ${this.limits.maxDepth}`);
    let decoder = charset;
    while (this.at + 8 <= end && !this.truncated) {
      const tag = this.tag(this.at, layout.little);
      if (this.limits.onlyGroup !== undefined && depth === 0 && tag >>> 16 !== this.limits.onlyGroup) return;
      if (tag === ITEM_END) {
        this.at += 8;
        return;
      }
      if (tag === SEQUENCE_END) {
        if (depth > 0) return;
        this.at += 8;
        continue;
      }
      if (++this.elements > this.limits.maxElements) throw new Stop('too many data elements');
      const found = this.readElement(tag, end, layout, decoder, depth);
      if (!found) return;
      // The first of two elements with one tag counts: a second is an error of the writer or a forgery.
      if (into.has(tag)) this.notes.add(`${describeTag(tag)} occurs twice; the first is used`);
      else into.set(tag, found);
      if (tag === CHARSET && isTextVr(found.vr)) {
        const made = charsetDecoder(found.value as readonly string[]);
        for (const term of made.unknown) this.notes.add(`unknown character set "${term}"`);
        decoder = made;
      } else if (tag === PIXEL_REPRESENTATION && found.vr === 'US') {
        this.signedPixels = found.value[0] === 1;
      }
    }
    if (this.at < end && this.at + 8 > end) {
      // Fewer than eight bytes cannot be an element; trailing zeros are padding some writers leave.
      let padding = true;
      for (let i = this.at; i < end; i++) if (this.bytes[i] !== 0) padding = false;
      if (!padding && end === this.bytes.length) this.truncated = true;
      this.at = end;
    }
  }

  private readElement(
    tag: Tag,
    end: number,
    layout: Layout,
    charset: CharsetDecoder,
    depth: number,
  ): Element | null {
    const head = this.readHead(tag, end, layout);
    if (!head) return null;
    const { vr, explicitHere } = head;
    let { length } = head;
    const start = this.at;
    if (length === UNDEFINED) {
      if (
        vr !== 'SQ' &&
        vr !== 'UN' &&
        isBytesVr(vr) &&
        (tag === PIXEL_DATA || (tag & 0xff00ffff) === 0x60003000 || tag >>> 16 === 0x7fe0)
      ) {
        return this.readFragments(vr, end, layout);
      }
      // UN of undefined length holds an implicit little endian sequence (PS3.5, 6.2.2).
      const inner = vr === 'UN' || !explicitHere ? { explicit: false, little: layout.little } : layout;
      if (vr !== 'SQ' && vr !== 'UN')
        this.notes.add(`${describeTag(tag)} has undefined length and is read as a sequence`);
      return this.readSequence(end, null, inner, charset, depth);
    }
    if (start + length > end) {
      if (end === this.bytes.length || start + length > this.bytes.length) {
        this.truncated = true;
        this.at = this.bytes.length;
        return null;
      }
      this.notes.add(`${describeTag(tag)} is longer than the item that holds it`);
      length = end - start;
    }
    if (vr === 'SQ' || (vr === 'UN' && length > 0 && this.holdsItems(start, length, tag))) {
      const inner = vr === 'UN' ? { explicit: false, little: true } : layout;
      return this.readSequence(start + length, start + length, inner, charset, depth);
    }
    this.at = start + length;
    // A standard element passed on as UN by software that lost its VR: the dictionary still knows it (PS3.5, 6.2.2).
    const known = vr === 'UN' && explicitHere ? implicitVr(tag, this.signedPixels) : vr;
    if (known !== vr && known !== 'SQ') {
      return this.value(known, this.bytes.subarray(start, start + length), true, charset);
    }
    return this.value(vr, this.bytes.subarray(start, start + length), layout.little, charset);
  }

  /** VR and length; leaves the cursor on the value. Null when the head itself is cut off. */
  private readHead(
    tag: Tag,
    end: number,
    layout: Layout,
  ): { vr: Vr; length: number; explicitHere: boolean } | null {
    const { view } = this;
    const implicit = (): { vr: Vr; length: number; explicitHere: boolean } => {
      const length = view.getUint32(this.at + 4, layout.little);
      this.at += 8;
      return { vr: implicitVr(tag, this.signedPixels), length, explicitHere: false };
    };
    if (!layout.explicit) return implicit();
    const a = this.bytes[this.at + 4]!;
    const b = this.bytes[this.at + 5]!;
    const name = String.fromCharCode(a, b);
    const letters = a >= 0x41 && a <= 0x5a && b >= 0x41 && b <= 0x5a;
    if (!letters) {
      this.notes.add(`${describeTag(tag)} has no value representation; read as implicit`);
      return implicit();
    }
    const known = isVr(name);
    // A VR of a later edition has a 32-bit length behind two reserved zero bytes (PS3.5, 7.1.2).
    const unknownLong =
      !known &&
      view.getUint16(this.at + 6, layout.little) === 0 &&
      this.at + 12 <= end &&
      this.at + 12 + view.getUint32(this.at + 8, layout.little) <= end;
    if (!known) this.notes.add(`${describeTag(tag)} has the unknown value representation ${name}`);
    if (hasLongLength(name) || unknownLong) {
      if (this.at + 12 > end) {
        this.truncated = end === this.bytes.length;
        this.at = end;
        return null;
      }
      const length = view.getUint32(this.at + 8, layout.little);
      this.at += 12;
      return { vr: known ? name : 'UN', length, explicitHere: true };
    }
    const length = view.getUint16(this.at + 6, layout.little);
    this.at += 8;
    return { vr: known ? name : 'UN', length, explicitHere: true };
  }

  /** A known sequence, or an item head right at the start whose length fits, stored as UN of defined length. */
  private holdsItems(start: number, length: number, tag: Tag): boolean {
    if (length < 8 || this.tag(start, true) !== ITEM) return false;
    const itemLength = this.view.getUint32(start + 4, true);
    return implicitVr(tag, false) === 'SQ' && (itemLength === UNDEFINED || itemLength <= length - 8);
  }

  private readSequence(
    end: number,
    definedEnd: number | null,
    layout: Layout,
    charset: CharsetDecoder,
    depth: number,
  ): Element {
    const found: DataSet[] = [];
    while (this.at + 8 <= end && !this.truncated) {
      const tag = this.tag(this.at, layout.little);
      if (tag === SEQUENCE_END) {
        this.at += 8;
        if (definedEnd !== null) this.at = definedEnd;
        return { vr: 'SQ', value: found };
      }
      if (tag !== ITEM) {
        // A sequence that just stops: what follows belongs to the data set around it.
        this.notes.add('a sequence has no delimiter');
        if (definedEnd !== null) this.at = definedEnd;
        return { vr: 'SQ', value: found };
      }
      if (++this.elements > this.limits.maxElements) throw new Stop('too many data elements');
      const length = this.view.getUint32(this.at + 4, layout.little);
      this.at += 8;
      const set = new Map<Tag, Element>();
      found.push(set);
      if (length === UNDEFINED) {
        this.readSet(set, end, layout, charset, depth + 1);
        continue;
      }
      const itemEnd = this.at + length;
      const inside = Math.min(itemEnd, end);
      this.readSet(set, inside, layout, charset, depth + 1);
      if (itemEnd > this.bytes.length) this.truncated = true;
      else if (itemEnd > end) this.notes.add('an item is longer than its sequence');
      if (!this.truncated) this.at = inside;
    }
    if (definedEnd === null && !this.truncated && this.at >= this.bytes.length - 7) this.truncated = true;
    if (definedEnd !== null && !this.truncated) this.at = definedEnd;
    return { vr: 'SQ', value: found };
  }

  private readFragments(vr: 'OB' | 'OW' | 'OD' | 'OF' | 'OL' | 'OV', end: number, layout: Layout): Element {
    const fragments: Uint8Array[] = [];
    const offsets: number[] = [];
    let first = true;
    for (;;) {
      if (this.at + 8 > end) {
        this.truncated = true;
        break;
      }
      const tag = this.tag(this.at, layout.little);
      const length = this.view.getUint32(this.at + 4, layout.little);
      if (tag === SEQUENCE_END) {
        this.at += 8;
        break;
      }
      if (tag !== ITEM) {
        this.notes.add('compressed pixel data have no delimiter');
        break;
      }
      if (++this.elements > this.limits.maxElements) throw new Stop('too many data elements');
      const start = this.at + 8;
      if (start + length > end) {
        this.truncated = true;
        if (!first) fragments.push(this.bytes.subarray(start, end));
        this.at = end;
        break;
      }
      if (first) {
        for (let i = 0; i + 4 <= length; i += 4) offsets.push(this.view.getUint32(start + i, layout.little));
      } else {
        fragments.push(this.bytes.subarray(start, start + length));
      }
      first = false;
      this.at = start + length;
    }
    return { vr: vr === 'OW' ? 'OW' : 'OB', value: { offsets, fragments } };
  }

  private value(vr: Vr, raw: Uint8Array, little: boolean, charset: CharsetDecoder): Element {
    if (isTextVr(vr)) {
      const decoded = followsCharset(vr) ? charset.decode(raw, vr === 'PN' ? 'name' : 'text') : latin1(raw);
      return { vr, value: splitText(decoded, vr) };
    }
    if (vr === 'SQ') return { vr, value: [] };
    if (isBytesVr(vr)) {
      const word = wordSize(vr);
      return { vr, value: little || word === 1 ? raw : swapBytes(raw, word) };
    }
    return { vr, value: readNumbers(vr, raw, little) };
  }
}
