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
        block[ZIGZAG[k]!] = bits.receiveExtend(size) * quant[k]!;
      }
      inverse(block, half);
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

/** Separable inverse DCT in place; `half` is scratch. */
function inverse(block: Float64Array, half: Float64Array): void {
  for (let v = 0; v < 8; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += COSINE[x * 8 + u]! * block[v * 8 + u]!;
      half[v * 8 + x] = sum;
    }
  }
  for (let x = 0; x < 8; x++) {
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += COSINE[y * 8 + v]! * half[v * 8 + x]!;
      block[y * 8 + x] = sum;
    }
  }
}
