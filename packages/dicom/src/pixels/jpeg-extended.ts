import { JpegBits, type JpegHeader } from './jpeg-stream.ts';

/** Zigzag position to row-major position (T.81 figure A.6). */
const ZIGZAG = new Uint8Array(64);
for (let diagonal = 0, k = 0; diagonal < 15; diagonal++) {
  const cells: number[] = [];
  for (let r = Math.max(0, diagonal - 7); r <= Math.min(7, diagonal); r++) cells.push(r * 8 + (diagonal - r));
  if (diagonal % 2 === 0) cells.reverse();
  for (const cell of cells) ZIGZAG[k++] = cell;
}

/** What the coefficients of each row and column are scaled by beforehand, so that the transform itself multiplies five times a row. */
const SCALE = Float64Array.from({ length: 8 }, (_, k) =>
  k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16),
);
const C2 = 2 * Math.cos(Math.PI / 8);
const C4 = Math.SQRT2;
const C2_MINUS_C6 = C2 - 2 * Math.sin(Math.PI / 8);
const C2_PLUS_C6 = C2 + 2 * Math.sin(Math.PI / 8);

/**
 * Decodes a one-component sequential DCT JPEG of 8 or 12 bits (T.81 processes 1, 2 and 4, Huffman).
 * @returns null when the code stream is broken or ends early.
 */
export function decodeJpegExtended(data: Uint8Array, header: JpegHeader): Uint16Array<ArrayBuffer> | null {
  const { rows, columns, precision, restartInterval } = header;
  const dc = header.huffman.get(header.dcTable);
  const ac = header.huffman.get(16 + header.acTable);
  const quant = header.quantisation.get(header.quantisationId);
  if (!dc || !ac || !quant || header.components !== 1 || (header.process !== 0 && header.process !== 1))
    return null;
  const out = new Uint16Array(rows * columns);
  const bits = new JpegBits(data, header.scanStart);
  const block = new Float64Array(64);
  const level = 1 << (precision - 1);
  // By zigzag position: where the coefficient goes, and what it is multiplied by.
  const scaled = Float64Array.from(
    ZIGZAG,
    (cell, k) => (quant[k]! * SCALE[cell >> 3]! * SCALE[cell & 7]!) / 8,
  );
  const most = (1 << precision) - 1;
  let previous = 0;
  let untilRestart = restartInterval;
  for (let top = 0; top < rows; top += 8) {
    for (let left = 0; left < columns; left += 8) {
      if (restartInterval > 0 && untilRestart === 0) {
        if (!bits.restart()) return null;
        untilRestart = restartInterval;
        previous = 0;
      }
      untilRestart--;
      block.fill(0);
      const category = bits.decode(dc);
      if (category < 0 || category > 15) return null;
      previous += bits.receiveExtend(category);
      block[0] = previous * scaled[0]! + level + 0.5;
      let used = 0;
      for (let k = 1; k < 64; k++) {
        const code = bits.coefficient(ac);
        if (code < 0) return null;
        if ((code & 15) === 0) {
          if (code !== 0xf0) break;
          k += 15;
          continue;
        }
        k += code >> 4;
        if (k > 63) return null;
        const cell = ZIGZAG[k]!;
        used |= cell;
        block[cell] = bits.amplitude * scaled[k]!;
      }
      if (used !== 0) inverse(block, used >> 3 !== 0);
      else block.fill(block[0]!);
      const height = Math.min(8, rows - top);
      const width = Math.min(8, columns - left);
      for (let y = 0; y < height; y++) {
        const at = (top + y) * columns + left;
        for (let x = 0; x < width; x++) {
          const value = block[y * 8 + x]!;
          out[at + x] = value <= 0 ? 0 : value > most ? most : value;
        }
      }
    }
    if (bits.exhausted) return null;
  }
  return out;
}

/**
 * Separable inverse DCT in place by Arai, Agui and Nakajima (1988), on coefficients scaled by `SCALE`; rows first.
 * @param rows false when only the first row has coefficients that are not zero: all rows of the result are alike then
 */
function inverse(block: Float64Array, rows: boolean): void {
  for (let v = 0; v < (rows ? 64 : 8); v += 8) transform(block, v, 1);
  if (!rows) for (let v = 8; v < 64; v += 8) block.copyWithin(v, 0, 8);
  else for (let x = 0; x < 8; x++) transform(block, x, 8);
}

function transform(block: Float64Array, at: number, step: number): void {
  const [a1, a2, a3] = [at + step, at + 2 * step, at + 3 * step];
  const [a4, a5, a6, a7] = [at + 4 * step, at + 5 * step, at + 6 * step, at + 7 * step];
  const [b0, b2, b4, b6] = [block[at]!, block[a2]!, block[a4]!, block[a6]!];
  const [b1, b3, b5, b7] = [block[a1]!, block[a3]!, block[a5]!, block[a7]!];
  const outer = b2 + b6;
  const inner = (b2 - b6) * C4 - outer;
  const e0 = b0 + b4 + outer;
  const e3 = b0 + b4 - outer;
  const e1 = b0 - b4 + inner;
  const e2 = b0 - b4 - inner;
  const z13 = b5 + b3;
  const z10 = b5 - b3;
  const z11 = b1 + b7;
  const z12 = b1 - b7;
  const z5 = (z10 + z12) * C2;
  const o7 = z11 + z13;
  const o6 = z5 - z10 * C2_PLUS_C6 - o7;
  const o5 = (z11 - z13) * C4 - o6;
  const o4 = z5 - z12 * C2_MINUS_C6 - o5;
  block[at] = e0 + o7;
  block[a7] = e0 - o7;
  block[a1] = e1 + o6;
  block[a6] = e1 - o6;
  block[a2] = e2 + o5;
  block[a5] = e2 - o5;
  block[a3] = e3 + o4;
  block[a4] = e3 - o4;
}
