import { JpegBits, type JpegHeader } from './jpeg-stream.ts';

/** Zigzag position to row-major position (T.81 figure A.6). */
const ZIGZAG = new Uint8Array(64);
for (let diagonal = 0, k = 0; diagonal < 15; diagonal++) {
  const cells: number[] = [];
  for (let r = Math.max(0, diagonal - 7); r <= Math.min(7, diagonal); r++) cells.push(r * 8 + (diagonal - r));
  if (diagonal % 2 === 0) cells.reverse();
  for (const cell of cells) ZIGZAG[k++] = cell;
}

const COSINE = new Float64Array(64);
for (let x = 0; x < 8; x++) {
  for (let u = 0; u < 8; u++) {
    COSINE[x * 8 + u] = (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
  }
}

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
  const half = new Float64Array(64);
  const level = 1 << (precision - 1);
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
      if (category < 0 || category > 16) return null;
      previous += bits.receiveExtend(category);
      block[0] = previous * quant[0]!;
      let used = 1;
      for (let k = 1; k < 64; k++) {
        const code = bits.decode(ac);
        if (code < 0) return null;
        const size = code & 15;
        const run = code >> 4;
        if (size === 0) {
          if (run !== 15) break;
          k += 15;
          continue;
        }
        k += run;
        if (k > 63) return null;
        const cell = ZIGZAG[k]!;
        used |= 1 << (cell >> 3);
        block[cell] = bits.receiveExtend(size) * quant[k]!;
      }
      inverse(block, half, used);
      const height = Math.min(8, rows - top);
      const width = Math.min(8, columns - left);
      for (let y = 0; y < height; y++) {
        const at = (top + y) * columns + left;
        for (let x = 0; x < width; x++) {
          out[at + x] = Math.min(most, Math.max(0, Math.round(block[y * 8 + x]! + level)));
        }
      }
    }
    if (bits.exhausted) return null;
  }
  return out;
}

/**
 * Separable inverse DCT in place; `half` is scratch. Even and odd frequencies are summed apart, since cosines mirror
 * (even) or change sign (odd) about the middle of the block.
 * @param used bit v is set when row v has a coefficient that is not zero
 */
function inverse(block: Float64Array, half: Float64Array, used: number): void {
  for (let row = 0; row < 8; row++) {
    const v = row * 8;
    if ((used & (1 << row)) === 0) {
      half.fill(0, v, v + 8);
      continue;
    }
    const [b1, b2, b3] = [block[v + 1]!, block[v + 2]!, block[v + 3]!];
    const [b4, b5, b6, b7] = [block[v + 4]!, block[v + 5]!, block[v + 6]!, block[v + 7]!];
    const dc = block[v]! * COSINE[0]!;
    for (let x = 0; x < 4; x++) {
      const c = x * 8;
      const even = dc + COSINE[c + 2]! * b2 + COSINE[c + 4]! * b4 + COSINE[c + 6]! * b6;
      const odd = COSINE[c + 1]! * b1 + COSINE[c + 3]! * b3 + COSINE[c + 5]! * b5 + COSINE[c + 7]! * b7;
      half[v + x] = even + odd;
      half[v + 7 - x] = even - odd;
    }
  }
  const short = (used & 0xf0) === 0;
  for (let x = 0; x < 8; x++) {
    const dc = half[x]! * COSINE[0]!;
    const h1 = half[8 + x]!;
    const h2 = half[16 + x]!;
    const h3 = half[24 + x]!;
    for (let y = 0; y < 4; y++) {
      const c = y * 8;
      let even = dc + COSINE[c + 2]! * h2;
      let odd = COSINE[c + 1]! * h1 + COSINE[c + 3]! * h3;
      if (!short) {
        even += COSINE[c + 4]! * half[32 + x]! + COSINE[c + 6]! * half[48 + x]!;
        odd += COSINE[c + 5]! * half[40 + x]! + COSINE[c + 7]! * half[56 + x]!;
      }
      block[y * 8 + x] = even + odd;
      block[(7 - y) * 8 + x] = even - odd;
    }
  }
}
