import { JpegBits, type JpegHeader } from './jpeg-stream.ts';

/**
 * Decodes a one-component lossless JPEG (T.81 annex H, process 14, any predictor) to `rows * columns` samples.
 * @returns null when the code stream is broken or ends early.
 */
export function decodeJpegLossless(data: Uint8Array, header: JpegHeader): Uint16Array<ArrayBuffer> | null {
  const { rows, columns, precision, pointTransform, spectralStart: predictor, restartInterval } = header;
  const table = header.huffman.get(header.dcTable);
  if (!table || header.components !== 1 || precision < 2 || precision > 16) return null;
  if (predictor < 1 || predictor > 7 || pointTransform >= precision) return null;
  const out = new Uint16Array(rows * columns);
  const bits = new JpegBits(data, header.scanStart);
  const origin = 1 << (precision - pointTransform - 1);
  let untilRestart = restartInterval;
  // The row in which prediction restarted: there, as in the first row, only the left neighbour is known.
  let freshRow = 0;
  let fresh = true;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (restartInterval > 0 && untilRestart === 0) {
        if (!bits.restart()) return null;
        untilRestart = restartInterval;
        freshRow = r;
        fresh = true;
      }
      untilRestart--;
      const at = r * columns + c;
      let predicted: number;
      if (fresh) predicted = origin;
      else if (r === freshRow) predicted = c === 0 ? out[at - columns]! : out[at - 1]!;
      else if (c === 0) predicted = out[at - columns]!;
      else if (predictor === 1) predicted = out[at - 1]!;
      else {
        const a = out[at - 1]!;
        const b = out[at - columns]!;
        const d = out[at - columns - 1]!;
        if (predictor === 2) predicted = b;
        else if (predictor === 3) predicted = d;
        else if (predictor === 4) predicted = a + b - d;
        else if (predictor === 5) predicted = a + ((b - d) >> 1);
        else if (predictor === 6) predicted = b + ((a - d) >> 1);
        else predicted = (a + b) >> 1;
      }
      fresh = false;
      const category = bits.decode(table);
      if (category < 0 || category > 16) return null;
      out[at] = predicted + (category === 16 ? 32768 : bits.receiveExtend(category));
    }
    if (bits.exhausted) return null;
  }
  if (pointTransform > 0) for (let i = 0; i < out.length; i++) out[i] = out[i]! << pointTransform;
  return out;
}
