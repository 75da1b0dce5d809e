import { JpegBits, type JpegHeader } from './jpeg-stream.ts';

/**
 * Decodes a lossless JPEG (T.81 annex H, process 14, any predictor), grey or with its colours interleaved in one scan, to `rows * columns * components` samples.
 * @returns null when the code stream is broken or ends early, when components have scans of their own or samples fewer than others.
 */
export function decodeJpegLossless(data: Uint8Array, header: JpegHeader): Uint16Array<ArrayBuffer> | null {
  const {
    rows,
    columns,
    components,
    precision,
    pointTransform,
    spectralStart: predictor,
    restartInterval,
  } = header;
  const tables = header.dcTables.map((id) => header.huffman.get(id));
  if (components < 1 || components > 4 || tables.length !== components || header.subsampled) return null;
  if (predictor < 1 || predictor > 7 || precision < 2 || precision > 16 || pointTransform >= precision)
    return null;
  const width = columns * components;
  const out = new Uint16Array(rows * width);
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
      for (let component = 0; component < components; component++) {
        const at = r * width + c * components + component;
        const table = tables[component];
        if (!table) return null;
        let predicted: number;
        if (fresh) predicted = origin;
        else if (c === 0) predicted = out[at - width]!;
        else if (r === freshRow || predictor === 1) predicted = out[at - components]!;
        else
          predicted = predict(
            predictor,
            out[at - components]!,
            out[at - width]!,
            out[at - width - components]!,
          );
        const category = bits.decode(table);
        if (category < 0 || category > 16) return null;
        out[at] = predicted + (category === 16 ? 32768 : bits.receiveExtend(category));
      }
      fresh = false;
    }
    if (bits.exhausted) return null;
  }
  if (pointTransform > 0) for (let i = 0; i < out.length; i++) out[i] = out[i]! << pointTransform;
  return out;
}

/** From the left, upper and upper left neighbour (T.81, table H.1). */
function predict(predictor: number, a: number, b: number, d: number): number {
  switch (predictor) {
    case 2:
      return b;
    case 3:
      return d;
    case 4:
      return a + b - d;
    case 5:
      return a + ((b - d) >> 1);
    case 6:
      return b + ((a - d) >> 1);
    default:
      return (a + b) >> 1;
  }
}
