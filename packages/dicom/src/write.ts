import { deflateSync } from 'fflate';
import { ByteSink } from './byte-sink.ts';
import {
  type DataSet,
  dataSet,
  type Element,
  element,
  isEncapsulated,
  number,
  text,
  texts,
} from './data-set.ts';
import { DICTIONARY, describeTag, type Tag } from './dictionary.ts';
import { encodeRleFrame } from './pixels/rle.ts';
import { TRANSFER_SYNTAX } from './uid.ts';
import { followsCharset, hasLongLength, isTextVr, type Vr } from './vr.ts';

/** How a data set is laid out in bytes; always little endian. */
export interface Layout {
  readonly explicit: boolean;
}

export interface WriteOptions {
  /** Default explicit little endian. A compressed syntax wants `PixelData` already encapsulated, but for RLE. */
  readonly transferSyntax?: string;
  /** Application entity that wrote the file, up to 16 characters. */
  readonly sourceAeTitle?: string;
}

/** Names this product in the file meta information (PS3.7 D.3.3.2). */
export const IMPLEMENTATION_CLASS_UID = '2.25.309371953870131405914238297514219360811';
export const IMPLEMENTATION_VERSION = 'FORAMEN_0_1';

const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const SEQUENCE_END = 0xfffee0dd;

/**
 * A DICOM file (PS3.10): preamble, file meta information, data set. Text beyond the data set's own character set is
 * written as UTF-8 and the Specific Character Set says so. Groups 0000 and 0002 of `set` are left out.
 * @throws TypeError when SOP Class UID or SOP Instance UID is missing, or pixel data do not fit the transfer syntax.
 */
export function writePart10(set: DataSet, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const transferSyntax = options.transferSyntax ?? TRANSFER_SYNTAX.explicitLittle;
  const sopClassUid = text(set, 'SOPClassUID') ?? text(set, 'MediaStorageSOPClassUID');
  const sopInstanceUid = text(set, 'SOPInstanceUID') ?? text(set, 'MediaStorageSOPInstanceUID');
  if (!sopClassUid || !sopInstanceUid)
    throw new TypeError('a DICOM file needs SOPClassUID and SOPInstanceUID');
  const body = encodeForTransfer(set, transferSyntax);
  const head = part10Head({
    sopClassUid,
    sopInstanceUid,
    transferSyntax,
    sourceAeTitle: options.sourceAeTitle,
  });
  const out = new Uint8Array(head.length + body.length);
  out.set(head);
  out.set(body, head.length);
  return out;
}

/** Preamble and file meta information alone: what goes before a data set that is stored as it was received. */
export function part10Head(facts: {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntax: string;
  readonly sourceAeTitle?: string | undefined;
}): Uint8Array<ArrayBuffer> {
  const meta = encodeDataSet(
    dataSet({
      FileMetaInformationVersion: new Uint8Array([0, 1]),
      MediaStorageSOPClassUID: facts.sopClassUid,
      MediaStorageSOPInstanceUID: facts.sopInstanceUid,
      TransferSyntaxUID: facts.transferSyntax,
      ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: IMPLEMENTATION_VERSION,
      SourceApplicationEntityTitle: facts.sourceAeTitle,
    }),
    { explicit: true },
  );
  const sink = new ByteSink();
  sink.bytes(new Uint8Array(128));
  sink.ascii('DICM');
  sink.bytes(encodeDataSet(dataSet({ FileMetaInformationGroupLength: meta.length }), { explicit: true }));
  sink.bytes(meta);
  return sink.take();
}

/**
 * The bare data set in a transfer syntax, as it travels in a P-DATA message or lies behind the file meta information.
 * @throws TypeError when pixel data do not fit the syntax, or the syntax is big endian (retired, read only).
 */
export function encodeForTransfer(set: DataSet, transferSyntax: string): Uint8Array {
  const pixels = set.get(DICTIONARY.PixelData[0]);
  const native = transferSyntax in NATIVE;
  if (pixels && native && isEncapsulated(pixels.value)) {
    throw new TypeError(`encapsulated pixel data cannot be written as ${transferSyntax}`);
  }
  const body = new Map([...set].filter(([tag]) => tag >= 0x00080000));
  if (pixels && !native && !isEncapsulated(pixels.value)) {
    if (transferSyntax !== TRANSFER_SYNTAX.rle) {
      throw new TypeError(`native pixel data cannot be written as ${transferSyntax}`);
    }
    body.set(DICTIONARY.PixelData[0], rlePixels(set, pixels.value as Uint8Array));
  } else if (pixels && native && (number(set, 'BitsAllocated') ?? 8) > 8) {
    body.set(DICTIONARY.PixelData[0], { vr: 'OW', value: pixels.value as Uint8Array });
  }
  if (transferSyntax === TRANSFER_SYNTAX.explicitBig)
    throw new TypeError('big endian is read, never written');
  const bytes = encodeDataSet(body, { explicit: transferSyntax !== TRANSFER_SYNTAX.implicitLittle });
  if (transferSyntax !== TRANSFER_SYNTAX.deflated) return bytes;
  const deflated = deflateSync(bytes);
  if (deflated.length % 2 === 0) return deflated;
  const even = new Uint8Array(deflated.length + 1);
  even.set(deflated);
  return even;
}

const NATIVE: Readonly<Record<string, true>> = {
  [TRANSFER_SYNTAX.implicitLittle]: true,
  [TRANSFER_SYNTAX.explicitLittle]: true,
  [TRANSFER_SYNTAX.deflated]: true,
  [TRANSFER_SYNTAX.explicitBig]: true,
};

function rlePixels(set: DataSet, bytes: Uint8Array): Element {
  const frames = number(set, 'NumberOfFrames') ?? 1;
  const rows = number(set, 'Rows') ?? 0;
  const columns = number(set, 'Columns') ?? 0;
  const samples = number(set, 'SamplesPerPixel') ?? 1;
  const sampleBytes = (number(set, 'BitsAllocated') ?? 8) >> 3;
  const size = rows * columns * samples * sampleBytes;
  if (size === 0 || bytes.length < size * frames)
    throw new TypeError('pixel data are shorter than the frames');
  const planar = (number(set, 'PlanarConfiguration') ?? 0) === 1;
  const fragments = Array.from({ length: frames }, (_, f) =>
    encodeRleFrame(bytes.subarray(f * size, (f + 1) * size), { rows, columns, samples, sampleBytes, planar }),
  );
  let at = 0;
  const offsets = fragments.map((fragment) => {
    const here = at;
    at += 8 + fragment.length;
    return here;
  });
  return element('OB', { offsets, fragments });
}

/** Encodes a data set and its sequences (defined lengths), tags ascending, without file meta information. */
export function encodeDataSet(set: DataSet, layout: Layout): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  const charset = charsetFor(set);
  const all = charset.declared
    ? new Map(set).set(DICTIONARY.SpecificCharacterSet[0], element('CS', charset.declared))
    : set;
  writeSet(sink, all, layout, charset.encode);
  return sink.take();
}

interface Charset {
  /** Term to declare when the data set's own is absent or too small. */
  readonly declared: string | null;
  readonly encode: (value: string) => Uint8Array;
}

const utf8 = new TextEncoder();
function latin1(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0) & 0xff);
}

function charsetFor(set: DataSet): Charset {
  const declared = texts(set, 'SpecificCharacterSet');
  const widest = widestCharacter(set);
  if (declared.length === 1 && declared[0] === 'ISO_IR 192')
    return { declared: null, encode: (v) => utf8.encode(v) };
  if (widest < 0x80) return { declared: null, encode: latin1 };
  if (widest < 0x100 && declared.length === 1 && declared[0] === 'ISO_IR 100') {
    return { declared: null, encode: latin1 };
  }
  return { declared: 'ISO_IR 192', encode: (v) => utf8.encode(v) };
}

function widestCharacter(set: DataSet): number {
  let widest = 0;
  for (const found of set.values()) {
    if (found.vr === 'SQ') {
      for (const inner of found.value) widest = Math.max(widest, widestCharacter(inner));
    } else if (followsCharset(found.vr)) {
      for (const value of found.value as readonly string[]) {
        for (let i = 0; i < value.length; i++) widest = Math.max(widest, value.charCodeAt(i));
      }
    }
  }
  return widest;
}

function writeSet(sink: ByteSink, set: DataSet, layout: Layout, encode: Charset['encode']): void {
  for (const tag of [...set.keys()].sort((a, b) => a - b)) {
    if ((tag & 0xffff) === 0 && tag !== DICTIONARY.FileMetaInformationGroupLength[0] && tag !== 0) continue;
    writeElement(sink, tag, set.get(tag)!, layout, encode);
  }
}

function writeElement(
  sink: ByteSink,
  tag: Tag,
  found: Element,
  layout: Layout,
  encode: Charset['encode'],
): void {
  const encapsulated = found.vr !== 'SQ' && isEncapsulated(found.value);
  tagAt(sink, tag);
  let vr: Vr = found.vr;
  const short = layout.explicit && !hasLongLength(vr);
  const payload = found.vr === 'SQ' || encapsulated ? null : valueBytes(tag, found, encode);
  if (short && payload && payload.length > 0xffff) {
    // A value too long for a 16-bit length is written as UN (PS3.5, 6.2.2 note).
    vr = 'UN';
  }
  if (layout.explicit) {
    sink.ascii(vr);
    if (hasLongLength(vr)) sink.u16(0);
  }
  if (payload) {
    if (layout.explicit && !hasLongLength(vr)) sink.u16(payload.length);
    else sink.u32(payload.length);
    sink.bytes(payload);
    return;
  }
  if (found.vr === 'SQ') {
    const lengthAt = sink.length;
    sink.u32(0);
    for (const inner of found.value) {
      tagAt(sink, ITEM);
      const itemLengthAt = sink.length;
      sink.u32(0);
      writeSet(sink, withoutCharset(inner), layout, encode);
      sink.patchU32(itemLengthAt, sink.length - itemLengthAt - 4);
    }
    sink.patchU32(lengthAt, sink.length - lengthAt - 4);
    return;
  }
  if (!isEncapsulated(found.value)) return;
  const { offsets, fragments } = found.value;
  sink.u32(UNDEFINED);
  tagAt(sink, ITEM);
  sink.u32(offsets.length * 4);
  for (const offset of offsets) sink.u32(offset);
  for (const fragment of fragments) {
    tagAt(sink, ITEM);
    sink.u32(fragment.length + (fragment.length & 1));
    sink.bytes(fragment);
    if (fragment.length & 1) sink.u8(0);
  }
  tagAt(sink, SEQUENCE_END);
  sink.u32(0);
}

/** The whole file is written in one character set, so an item's own declaration would lie. */
function withoutCharset(inner: DataSet): DataSet {
  const tag = DICTIONARY.SpecificCharacterSet[0];
  return inner.has(tag) ? new Map([...inner].filter(([key]) => key !== tag)) : inner;
}

function tagAt(sink: ByteSink, tag: Tag): void {
  sink.u16(tag >>> 16);
  sink.u16(tag & 0xffff);
}

/** The value field, padded to even length with the VR's own padding (PS3.5, 6.2). */
function valueBytes(tag: Tag, found: Exclude<Element, { vr: 'SQ' }>, encode: Charset['encode']): Uint8Array {
  const sink = new ByteSink();
  const { vr } = found;
  if (isTextVr(vr)) {
    const joined = (found.value as readonly string[]).join('\\');
    const bytes = followsCharset(vr) ? encode(joined) : latin1(joined);
    sink.bytes(bytes);
    if (bytes.length & 1) sink.u8(vr === 'UI' ? 0 : 0x20);
    return sink.take();
  }
  if (found.value instanceof Uint8Array) {
    if ((found.value.length & 1) === 0) return found.value;
    sink.bytes(found.value);
    sink.u8(0);
    return sink.take();
  }
  for (const value of found.value as readonly number[]) {
    if (vr === 'US' || vr === 'SS') sink.u16(value & 0xffff);
    else if (vr === 'UL' || vr === 'SL') sink.u32(value >>> 0);
    else if (vr === 'FL') sink.f32(value);
    else if (vr === 'FD') sink.f64(value);
    else if (vr === 'AT') tagAt(sink, value);
    else if (vr === 'SV' || vr === 'UV') sink.i64(value);
    else throw new TypeError(`${describeTag(tag)} cannot be ${vr}`);
  }
  return sink.take();
}
