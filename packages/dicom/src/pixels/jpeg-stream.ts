/** Markers and Huffman-coded bits of a JPEG stream (ITU-T T.81), for the processes no wasm codec here covers. */

export interface JpegHeader {
  /** Low nibble of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive, 3 lossless. */
  readonly process: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly quantisation: ReadonlyMap<number, Uint16Array>;
  readonly huffman: ReadonlyMap<number, HuffmanTable>;
  readonly restartInterval: number;
  /** Quantisation table of the first component. */
  readonly quantisationId: number;
  /** DC and AC table of the first component of the first scan. */
  readonly dcTable: number;
  readonly acTable: number;
  /** DC table of each component of the first scan. */
  readonly dcTables: readonly number[];
  /** Whether components have fewer samples than others. */
  readonly subsampled: boolean;
  /** Ss, Se, and point transform (Al) of the first scan. */
  readonly spectralStart: number;
  readonly spectralEnd: number;
  readonly pointTransform: number;
  readonly scanStart: number;
}

/** Code lengths to values: a direct table for codes of at most nine bits, canonical search beyond. */
interface HuffmanTable {
  /** (length << 8) | value for each nine-bit prefix; 0 when the code is longer. */
  readonly fast: Uint16Array;
  readonly maxCode: Int32Array;
  readonly valueOffset: Int32Array;
  readonly values: Uint8Array;
}

const FAST_BITS = 9;

/** Reads markers up to the first scan. Null when the stream is no JPEG, or is cut off before the scan. */
export function readJpegHeader(data: Uint8Array): JpegHeader | null {
  if (data[0] !== 0xff || data[1] !== 0xd8) return null;
  const quantisation = new Map<number, Uint16Array>();
  const huffman = new Map<number, HuffmanTable>();
  let restartInterval = 0;
  let frame: {
    process: number;
    precision: number;
    rows: number;
    columns: number;
    components: number;
    quantisationId: number;
    subsampled: boolean;
  } | null = null;
  let at = 2;
  while (at + 4 <= data.length) {
    if (data[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = data[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) return null;
    if ((marker >= 0xd0 && marker <= 0xd8) || marker === 0x01 || marker === 0x00) {
      at += 2;
      continue;
    }
    const length = (data[at + 2]! << 8) | data[at + 3]!;
    const from = at + 4;
    const to = at + 2 + length;
    if (length < 2 || to > data.length) return null;
    if (marker === 0xc4) {
      if (!readHuffman(data.subarray(from, to), huffman)) return null;
    } else if (marker === 0xdb) readQuantisation(data.subarray(from, to), quantisation);
    else if (marker === 0xdd) restartInterval = (data[from]! << 8) | data[from + 1]!;
    else if ((marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) || marker === 0xf7) {
      if (length < 11) return null;
      frame = {
        process: marker === 0xf7 ? 0xf7 : marker & 0x0f,
        precision: data[from]!,
        rows: (data[from + 1]! << 8) | data[from + 2]!,
        columns: (data[from + 3]! << 8) | data[from + 4]!,
        components: data[from + 5]!,
        quantisationId: data[from + 8]!,
        subsampled:
          new Set(Array.from({ length: data[from + 5]! }, (_, i) => data[from + 7 + 3 * i])).size > 1,
      };
    } else if (marker === 0xda) {
      const count = data[from]!;
      if (!frame || length < 6 + 2 * count) return null;
      const tables = data[from + 2]!;
      const tail = from + 1 + 2 * count;
      return {
        ...frame,
        quantisation,
        huffman,
        restartInterval,
        dcTable: tables >> 4,
        acTable: tables & 15,
        dcTables: Array.from({ length: count }, (_, i) => data[from + 2 + 2 * i]! >> 4),
        spectralStart: data[tail]!,
        spectralEnd: data[tail + 1]!,
        pointTransform: data[tail + 2]! & 15,
        scanStart: to,
      };
    }
    at = to;
  }
  return null;
}

function readQuantisation(segment: Uint8Array, into: Map<number, Uint16Array>): void {
  let at = 0;
  while (at < segment.length) {
    const wide = segment[at]! >> 4 !== 0;
    const id = segment[at]! & 15;
    at++;
    const table = new Uint16Array(64);
    for (let i = 0; i < 64; i++) {
      table[i] = wide ? ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0) : (segment[at] ?? 0);
      at += wide ? 2 : 1;
    }
    into.set(id, table);
  }
}

/** Keys are the table class (0 DC, 1 AC) times 16 plus the identifier. */
function readHuffman(segment: Uint8Array, into: Map<number, HuffmanTable>): boolean {
  let at = 0;
  while (at + 17 <= segment.length) {
    const id = segment[at]!;
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, n) => sum + n, 0);
    at += 17;
    if (total > 256 || at + total > segment.length) return false;
    into.set(id, huffmanTable(counts, segment.slice(at, at + total)));
    at += total;
  }
  return true;
}

function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const fast = new Uint16Array(1 << FAST_BITS);
  const maxCode = new Int32Array(18).fill(-1);
  const valueOffset = new Int32Array(18);
  let code = 0;
  let k = 0;
  for (let length = 1; length <= 16; length++) {
    const n = counts[length - 1]!;
    valueOffset[length] = k - code;
    for (let i = 0; i < n; i++, code++, k++) {
      if (length <= FAST_BITS) {
        const first = code << (FAST_BITS - length);
        const count = 1 << (FAST_BITS - length);
        if (first + count <= fast.length) fast.fill((length << 8) | values[k]!, first, first + count);
      }
    }
    maxCode[length] = n > 0 ? code - 1 : -1;
    code <<= 1;
  }
  return { fast, maxCode, valueOffset, values };
}

/** Entropy-coded bits with stuffed zeros removed. Past the end it feeds zeros and tells by `exhausted`. */
export class JpegBits {
  private readonly data: Uint8Array;
  private at: number;
  private held = 0;
  private count = 0;

  constructor(data: Uint8Array, at: number) {
    this.data = data;
    this.at = at;
  }

  /** Bytes fed beyond the interval. */
  private overrun = 0;

  /** True when more bits were used than the interval holds. */
  get exhausted(): boolean {
    return this.overrun * 8 > this.count;
  }

  private fill(): void {
    const { data } = this;
    const end = data.length;
    let { at, held, count } = this;
    while (count <= 24) {
      let byte = at < end ? data[at]! : 0xff;
      if (byte !== 0xff) at++;
      else if (at + 1 < end && data[at + 1] === 0) at += 2;
      else {
        // A marker or the end: nothing more in this interval. Zeros are fed, a few of which are ordinary.
        byte = 0;
        this.overrun++;
      }
      held = (held << 8) | byte;
      count += 8;
    }
    this.at = at;
    this.held = held;
    this.count = count;
  }

  /** Next Huffman value; -1 when no code matches. */
  decode(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const peek = (this.held >>> (this.count - FAST_BITS)) & ((1 << FAST_BITS) - 1);
    const quick = table.fast[peek]!;
    if (quick !== 0) {
      this.count -= quick >> 8;
      return quick & 0xff;
    }
    const sixteen = (this.held >>> (this.count - 16)) & 0xffff;
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      const code = sixteen >> (16 - length);
      const most = table.maxCode[length]!;
      if (most >= 0 && code <= most && code + table.valueOffset[length]! >= 0) {
        const value = table.values[code + table.valueOffset[length]!];
        if (value === undefined) return -1;
        this.count -= length;
        return value;
      }
    }
    return -1;
  }

  /** The amplitude that followed the code of `coefficient`. */
  amplitude = 0;

  /**
   * Next code of a table whose values are run and size (T.81 F.2.2.2), and the amplitude of that size behind it, which is left in
   * `amplitude`; -1 when no code matches.
   */
  coefficient(table: HuffmanTable): number {
    if (this.count < 25) this.fill();
    const { held, count } = this;
    const quick = table.fast[(held >>> (count - FAST_BITS)) & ((1 << FAST_BITS) - 1)]!;
    if (quick === 0) {
      const code = this.decode(table);
      if (code >= 0) this.amplitude = this.receiveExtend(code & 15);
      return code;
    }
    const size = quick & 15;
    // At least 25 bits are held, of which the code took 9 at most.
    const left = count - (quick >> 8) - size;
    const mask = (1 << size) - 1;
    const value = (held >>> left) & mask;
    // Values of the lower half are negative.
    this.amplitude = value - (mask & (((value << 1) - mask - 1) >> 31));
    this.count = left;
    return quick & 0xff;
  }

  /** `n` bits (at most 16) as a signed difference (T.81 F.2.2.1). */
  receiveExtend(n: number): number {
    if (n === 0) return 0;
    if (this.count < n) this.fill();
    this.count -= n;
    const value = (this.held >>> this.count) & ((1 << n) - 1);
    return value < 1 << (n - 1) ? value - (1 << n) + 1 : value;
  }

  /** Moves behind the next restart marker; false when there is none. */
  restart(): boolean {
    this.count = 0;
    this.held = 0;
    this.overrun = 0;
    while (this.at + 1 < this.data.length) {
      if (this.data[this.at] === 0xff) {
        const marker = this.data[this.at + 1]!;
        if (marker >= 0xd0 && marker <= 0xd7) {
          this.at += 2;
          return true;
        }
        if (marker !== 0 && marker !== 0xff) return false;
      }
      this.at++;
    }
    return false;
  }
}
