import { bytesOf, type DataSet, numbers } from '../data-set.ts';

/** A palette of 8 bits a colour, for showing (PS3.3, C.7.6.3.1.5). */
export interface Palette {
  /** The index that the first entry stands for; below it the first, beyond the last the last. */
  readonly first: number;
  /** Red, green and blue, a byte each. */
  readonly channels: readonly Uint8Array[];
}

const PALETTE = [
  ['RedPaletteColorLookupTableDescriptor', 'RedPaletteColorLookupTableData', 0x00281221],
  ['GreenPaletteColorLookupTableDescriptor', 'GreenPaletteColorLookupTableData', 0x00281222],
  ['BluePaletteColorLookupTableDescriptor', 'BluePaletteColorLookupTableData', 0x00281223],
] as const;

/** Null when a table is missing, shorter than it says (PS3.3, C.7.9.1), or its segments cannot be followed (C.7.9.2). */
export function paletteOf(set: DataSet): Palette | null {
  const channels: Uint8Array[] = [];
  let first = 0;
  for (const [descriptor, name, segmented] of PALETTE) {
    const [stated, from, bits] = numbers(set, descriptor);
    if (stated === undefined || from === undefined) return null;
    // A count of 65,536 does not fit its 16 bits and is written as 0; as a signed value larger ones are negative.
    const count = stated > 0 ? stated : stated + 65_536;
    first = from;
    const data = bytesOf(set, name);
    const segments = bytesOf(set, segmented);
    const channel =
      data !== undefined
        ? plainTable(data, count, bits)
        : segments !== undefined
          ? unrolled(segments, count, bits === 16)
          : null;
    if (channel === null) return null;
    channels.push(channel);
  }
  return { first, channels };
}

/** Tables of 16 bits are shown by their high byte. Entries said to have 8 bits may stand in 16 (C.7.9.1.1). */
function plainTable(data: Uint8Array, count: number, bits: number | undefined): Uint8Array | null {
  const wide = data.length >= 2 * count;
  if (data.length < count || (bits === 16 && !wide)) return null;
  return Uint8Array.from({ length: count }, (_, i) =>
    wide ? data[2 * i + (bits === 16 ? 1 : 0)]! : data[i]!,
  );
}

const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

/** The entries that segments stand for. They must come to `count` exactly; copies are of segments that are none themselves. */
function unrolled(data: Uint8Array, count: number, wide: boolean): Uint8Array | null {
  const width = wide ? 2 : 1;
  const word = (at: number): number => (wide ? data[at]! | (data[at + 1]! << 8) : data[at]!);
  const out: number[] = [];
  /** One segment; where the next one begins, or null where this one is broken. */
  const segment = (at: number, copied: boolean): number | null => {
    if (at + 3 * width > data.length) return null;
    const [kind, length] = [word(at), word(at + width)];
    // A segment of nothing would make the work as long as its maker likes.
    if (length === 0) return null;
    const from = at + 2 * width;
    if (kind === INDIRECT) {
      const to = from + (wide ? 4 : 4 * width);
      if (copied || to > data.length) return null;
      let source: number | null = wide
        ? word(from) + word(from + 2) * 65_536
        : word(from) + word(from + 1) * 256 + word(from + 2) * 65_536 + word(from + 3) * 16_777_216;
      for (let i = 0; i < length && source !== null; i++) source = segment(source, true);
      return source === null ? null : to;
    }
    if (out.length + length > count) return null;
    if (kind === DISCRETE) {
      if (from + length * width > data.length) return null;
      for (let i = 0; i < length; i++) out.push(word(from + i * width));
      return from + length * width;
    }
    const last = out.at(-1);
    if (kind !== LINEAR || last === undefined) return null;
    const step = (word(from) - last) / length;
    for (let i = 1; i <= length; i++) out.push(Math.round(last + i * step));
    return from + width;
  };
  for (let at: number | null = 0; out.length < count; ) {
    at = segment(at, false);
    if (at === null) return null;
  }
  return Uint8Array.from(out, (value) => (wide ? value >> 8 : value));
}

/** Red, green and blue of each index. */
export function lookedUp(indices: ArrayLike<number>, { first, channels }: Palette): Uint8Array {
  const out = new Uint8Array(3 * indices.length);
  for (let i = 0; i < indices.length; i++)
    for (const [sample, table] of channels.entries())
      out[3 * i + sample] = table[Math.max(0, Math.min(table.length - 1, indices[i]! - first))]!;
  return out;
}
