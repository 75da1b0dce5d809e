/**
 * Baseline JPEG (ITU-T T.81) of grey pictures: what viewers ask a rendered picture as when they name a type. Tables are those of Annex K; their scaling
 * by quality is the one of the Independent JPEG Group, so that a number means what it means elsewhere.
 */
const SIDE = 8;
const SQUARE = SIDE * SIDE;

/** K.1, luminance, row by row. */
const QUANTIZERS = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat();

/** Places of a block in the order of their frequency (figure A.6). */
const ZIGZAG: readonly number[] = Array.from({ length: 2 * SIDE - 1 }, (_, sum) => {
  const diagonal = Array.from({ length: SIDE }, (_, row) => [row, sum - row] as const)
    .filter(([, column]) => column >= 0 && column < SIDE)
    .map(([row, column]) => row * SIDE + column);
  return sum % 2 === 0 ? diagonal.reverse() : diagonal;
}).flat();

interface HuffmanTable {
  /** How many codes there are of each length from 1 to 16. */
  readonly lengths: readonly number[];
  readonly values: readonly number[];
}

/** K.3. */
const DC: HuffmanTable = {
  lengths: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
};
/** K.5. */
const AC: HuffmanTable = {
  lengths: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
  values: [
    ...Buffer.from(
      '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a' +
        '434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa' +
        'b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
      'hex',
    ),
  ],
};

type Codes = ReadonlyMap<number, { readonly code: number; readonly length: number }>;

/** Annex C. */
function codesOf({ lengths, values }: HuffmanTable): Codes {
  const codes = new Map<number, { code: number; length: number }>();
  let [code, at] = [0, 0];
  for (const [i, count] of lengths.entries()) {
    for (let n = 0; n < count; n++) codes.set(values[at++]!, { code: code++, length: i + 1 });
    code <<= 1;
  }
  return codes;
}
const DC_CODES = codesOf(DC);
const AC_CODES = codesOf(AC);

/** Row u: the u-th cosine at the eight places, scaled so that the transform keeps lengths (A.3.3). */
const COSINES = Float64Array.from({ length: SQUARE }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

function transform(block: Float64Array, rows: Float64Array): void {
  for (let y = 0; y < SIDE; y++)
    for (let u = 0; u < SIDE; u++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += COSINES[u * SIDE + x]! * block[y * SIDE + x]!;
      rows[y * SIDE + u] = sum;
    }
  for (let u = 0; u < SIDE; u++)
    for (let v = 0; v < SIDE; v++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += COSINES[v * SIDE + y]! * rows[y * SIDE + u]!;
      block[v * SIDE + u] = sum;
    }
}

/** Bits, first the highest; behind a byte of ones stands a zero, so that no marker comes about (F.1.2.3). */
class BitSink {
  #bytes = Buffer.alloc(1 << 16);
  #length = 0;
  #held = 0;
  #count = 0;

  add(value: number, bits: number): void {
    for (let at = bits - 1; at >= 0; at--) {
      this.#held = (this.#held << 1) | ((value >> at) & 1);
      if (++this.#count === 8) this.#put();
    }
  }

  /** The last byte is filled up with ones. */
  end(): Buffer {
    while (this.#count > 0) this.add(1, 1);
    return this.#bytes.subarray(0, this.#length);
  }

  #put(): void {
    if (this.#length + 2 > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    this.#bytes[this.#length++] = this.#held;
    if (this.#held === 0xff) this.#bytes[this.#length++] = 0;
    this.#held = 0;
    this.#count = 0;
  }
}

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

function encodeBlock(sink: BitSink, levels: Int32Array, before: number): void {
  const put = (codes: Codes, symbol: number, value: number, size: number): void => {
    const { code, length } = codes.get(symbol)!;
    sink.add(code, length);
    // A negative value is written as its complement (F.1.2.1).
    if (size > 0) sink.add(value < 0 ? value + (1 << size) - 1 : value, size);
  };
  const step = levels[0]! - before;
  put(DC_CODES, sizeOf(step), step, sizeOf(step));
  let last = SQUARE - 1;
  while (last > 0 && levels[last] === 0) last--;
  let zeros = 0;
  for (let k = 1; k <= last; k++) {
    const level = levels[k]!;
    if (level === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) put(AC_CODES, 0xf0, 0, 0);
    put(AC_CODES, (zeros << 4) | sizeOf(level), level, sizeOf(level));
    zeros = 0;
  }
  if (last < SQUARE - 1) put(AC_CODES, 0, 0, 0);
}

function segment(marker: number, body: readonly number[]): Buffer {
  const length = body.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...body]);
}

/**
 * @param pixels grey, a byte each, rows top to bottom
 * @param quality 1 (smallest) to 100 (best)
 */
export function encodeJpeg(columns: number, rows: number, pixels: Uint8Array, quality = 90): Buffer {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = QUANTIZERS.map((step) => Math.max(1, Math.min(255, Math.floor((step * scale + 50) / 100))));
  const sink = new BitSink();
  const block = new Float64Array(SQUARE);
  const scratch = new Float64Array(SQUARE);
  const levels = new Int32Array(SQUARE);
  let before = 0;
  for (let top = 0; top < rows; top += SIDE)
    for (let left = 0; left < columns; left += SIDE) {
      // Beyond the edge the last pixel goes on: nothing of it is shown, and it costs least.
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++)
          block[y * SIDE + x] =
            pixels[Math.min(rows - 1, top + y) * columns + Math.min(columns - 1, left + x)]! - 128;
      transform(block, scratch);
      for (let k = 0; k < SQUARE; k++) {
        const level = Math.round(block[ZIGZAG[k]!]! / steps[ZIGZAG[k]!]!);
        // What the code of Annex K has room for (F.1.2.2).
        levels[k] = Math.max(-1023, Math.min(1023, level));
      }
      encodeBlock(sink, levels, before);
      before = levels[0]!;
    }
  const table = (kind: number, { lengths, values }: HuffmanTable) => [kind, ...lengths, ...values];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0', 'latin1'), 1, 2, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...ZIGZAG.map((place) => steps[place]!)]),
    segment(0xc0, [8, rows >> 8, rows & 0xff, columns >> 8, columns & 0xff, 1, 1, 0x11, 0]),
    segment(0xc4, [...table(0x00, DC), ...table(0x10, AC)]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    sink.end(),
    Buffer.from([0xff, 0xd9]),
  ]);
}
