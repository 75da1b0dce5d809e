import { fail, ok, type Problem, type Result } from '@foramen/spine';
import { Inflate, inflateSync } from 'fflate';
import { type DataSet, number, text } from './data-set.ts';
import { guessLayout, type Layout, parseDataSet } from './parse.ts';
import type { InflateRaw } from './pixels/codecs.ts';
import { TRANSFER_SYNTAX } from './uid.ts';

export interface DicomFile {
  /** Group 0002; empty for a bare data set. */
  readonly meta: DataSet;
  readonly set: DataSet;
  /** As declared, or as guessed from the bytes when nothing is declared or the declaration is plainly wrong. */
  readonly transferSyntax: string;
  /** True when the file ends inside an element: what was whole before it is in `set`. */
  readonly truncated: boolean;
}

export interface ReadOptions {
  /** Named in problems. */
  readonly name?: string;
  /** Largest inflated data set, bytes; default 512 MiB. */
  readonly maxInflated?: number;
  /** The platform's inflate, tried first on deflated data; what it cannot do whole is done here. */
  readonly inflateRaw?: InflateRaw;
  /** Most elements in all sequences together; default 1,000,000. */
  readonly maxElements?: number;
  /** Deepest nesting of sequences; default 48. */
  readonly maxDepth?: number;
}

/**
 * Reads a DICOM file: Part 10, or a bare data set without preamble or meta information, in any transfer syntax.
 * Memory is bounded by the options and a few times the input; every input ends in a value or a problem.
 * The bytes of binary elements are views of `bytes`, not copies.
 */
export function readDicom(bytes: Uint8Array, options: ReadOptions = {}): Result<DicomFile> {
  const where = options.name ?? 'DICOM input';
  const start = metaStart(bytes);
  const limits = {
    maxElements: options.maxElements ?? 1_000_000,
    maxDepth: options.maxDepth ?? 48,
  };
  const warnings: Problem[] = [];
  let meta: DataSet = new Map();
  let body = start.at;
  let truncated = false;
  if (start.meta) {
    const head = parseDataSet(bytes, start.at, { explicit: true, little: true }, { ...limits, onlyGroup: 2 });
    if (head.problem) return fail(limitProblem(where, head.problem));
    meta = head.set;
    body = head.end;
    truncated = head.truncated;
  }
  const declared = text(meta, 'TransferSyntaxUID')?.trim();
  let data = bytes;
  if (declared === TRANSFER_SYNTAX.deflated) {
    const inflated = inflate(
      bytes.subarray(body),
      options.maxInflated ?? 512 * 1024 * 1024,
      options.inflateRaw,
    );
    if (inflated === 'too-large') {
      return fail(problem('too-large', where, 'the deflated data set expands beyond the limit'));
    }
    if (inflated === null)
      return fail(problem('unreadable', where, 'the deflated data set cannot be inflated'));
    data = inflated.bytes;
    truncated ||= inflated.truncated;
    body = 0;
  }
  const layout = layoutFor(data, body, declared);
  if (!layout) {
    return fail(
      start.meta && body >= data.length
        ? problem('truncated', where, 'the file ends behind its meta information')
        : problem('unreadable', where, 'not a DICOM file'),
    );
  }
  if (layout.note) warnings.push({ ...problem('inconsistent', where, layout.note), severity: 'warning' });
  const main = parseDataSet(data, body, layout, limits);
  if (main.problem) return fail(limitProblem(where, main.problem));
  truncated ||= main.truncated;
  if (main.set.size === 0) {
    return fail(
      truncated
        ? problem('truncated', where, 'the file ends before its first element is complete')
        : problem('unreadable', where, 'the file holds no data elements'),
    );
  }
  if (truncated) {
    warnings.push({
      ...problem('truncated', where, 'the file ends inside a data element'),
      severity: 'warning',
    });
  }
  for (const note of main.notes) {
    warnings.push({ ...problem('inconsistent', where, note), severity: 'warning' });
  }
  const set = layout.little ? main.set : inOrder(main.set);
  return ok({ meta, set, transferSyntax: layout.transferSyntax, truncated }, warnings);
}

const PIXEL_DATA = 0x7fe00010;

/** OW of a big endian file was put in order two bytes at a time; 32-bit samples still have their halves exchanged. */
function inOrder(set: DataSet): DataSet {
  const pixels = set.get(PIXEL_DATA);
  if (number(set, 'BitsAllocated') !== 32 || pixels?.vr !== 'OW' || !(pixels.value instanceof Uint8Array))
    return set;
  const { value } = pixels;
  return new Map(set).set(PIXEL_DATA, { vr: 'OW', value: value.map((_, i) => value[i ^ 2] ?? 0) });
}

/** A bare data set in a transfer syntax agreed on, such as the identifier of a query; not deflated. */
export function readDataSet(bytes: Uint8Array, transferSyntax: string, where = 'data set'): Result<DataSet> {
  const layout: Layout = {
    explicit: transferSyntax !== TRANSFER_SYNTAX.implicitLittle,
    little: transferSyntax !== TRANSFER_SYNTAX.explicitBig,
  };
  const parsed = parseDataSet(bytes, 0, layout, { maxElements: 100_000, maxDepth: 48 });
  if (parsed.problem) return fail(problem('unreadable', where, parsed.problem));
  if (parsed.truncated) return fail(problem('truncated', where, 'the data set ends inside an element'));
  return ok(parsed.set);
}

/** True when the bytes look like DICOM: the DICM mark, or a plausible first element of a bare data set. */
export function looksLikeDicom(bytes: Uint8Array): boolean {
  const start = metaStart(bytes);
  return start.meta || guessLayout(bytes, start.at) !== null;
}

function metaStart(bytes: Uint8Array): { readonly at: number; readonly meta: boolean } {
  const mark = (at: number): boolean =>
    bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;
  const metaAt = (at: number): boolean => bytes[at] === 2 && bytes[at + 1] === 0;
  if (mark(128)) return { at: 132, meta: metaAt(132) };
  if (mark(0)) return { at: 4, meta: metaAt(4) };
  return { at: 0, meta: metaAt(0) && bytes[3] === 0 && (bytes[4] ?? 0) >= 0x41 };
}

interface ChosenLayout extends Layout {
  readonly transferSyntax: string;
  readonly note?: string;
}

const BY_LAYOUT = (layout: Layout): string =>
  layout.explicit
    ? layout.little
      ? TRANSFER_SYNTAX.explicitLittle
      : TRANSFER_SYNTAX.explicitBig
    : TRANSFER_SYNTAX.implicitLittle;

/** The declared layout unless the first element contradicts it, as some writers' files do. */
function layoutFor(bytes: Uint8Array, at: number, declared: string | undefined): ChosenLayout | null {
  const guessed = guessLayout(bytes, at);
  if (declared === undefined) return guessed && { ...guessed, transferSyntax: BY_LAYOUT(guessed) };
  const stated: Layout = {
    explicit: declared !== TRANSFER_SYNTAX.implicitLittle,
    little: declared !== TRANSFER_SYNTAX.explicitBig,
  };
  if (!guessed) return at < bytes.length ? { ...stated, transferSyntax: declared } : null;
  if (guessed.explicit === stated.explicit && guessed.little === stated.little) {
    return { ...stated, transferSyntax: declared };
  }
  const native = declared === BY_LAYOUT(stated);
  return {
    ...guessed,
    transferSyntax: native ? BY_LAYOUT(guessed) : declared,
    note: `the data set is not encoded as its transfer syntax ${declared} says`,
  };
}

function limitProblem(where: string, what: string): Problem {
  return problem(what.includes('too many') ? 'too-large' : 'unreadable', where, what);
}

function problem(code: Problem['code'], where: string, what: string): Problem {
  const help =
    code === 'truncated'
      ? 'Copy or export the file again'
      : code === 'too-large'
        ? 'Split the object or raise the limit'
        : 'Give a DICOM file as the scanner or archive exports it';
  return { code, severity: 'error', where, what, help };
}

/**
 * Raw deflate with a cap on the output. Whole data go through one pass into a buffer that is grown when it fills; damaged
 * or cut data are inflated again piece by piece, and what came out before the break is kept.
 */
function inflate(
  bytes: Uint8Array,
  most: number,
  native?: InflateRaw,
): { readonly bytes: Uint8Array; readonly truncated: boolean } | 'too-large' | null {
  const fast = native?.(bytes, most);
  if (fast) return { bytes: fast, truncated: false };
  let room = Math.min(most + 1, 4 * bytes.length + 65536);
  for (;;) {
    let out: Uint8Array;
    try {
      out = inflateSync(bytes, { out: new Uint8Array(room) });
    } catch {
      return inflateBroken(bytes, most);
    }
    if (out.length < room) return { bytes: out, truncated: false };
    if (room > most) return 'too-large';
    room = Math.min(most + 1, room * 4);
  }
}

function inflateBroken(bytes: Uint8Array, most: number): ReturnType<typeof inflate> {
  const parts: Uint8Array[] = [];
  let total = 0;
  let over = false;
  const stream = new Inflate((part) => {
    total += part.length;
    over ||= total > most;
    if (over) throw new RangeError('too large');
    if (part.length > 0) parts.push(part.slice());
  });
  const step = 1 << 16;
  try {
    for (let at = 0; at < bytes.length; at += step) {
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
    }
  } catch {
    if (over) return 'too-large';
  }
  if (total === 0) return null;
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return { bytes: out, truncated: true };
}
