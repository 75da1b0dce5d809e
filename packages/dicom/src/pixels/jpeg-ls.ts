/** JPEG-LS (ITU-T T.87), lossless and near-lossless, one component. Bounded on any input, unlike a stalling decoder. */

import { quantiserFor, readScan, ScanBits } from './jpeg-ls-stream.ts';

/** Run lengths by run index (T.87, A.2.1). */
const J = Uint8Array.of(
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  5,
  5,
  6,
  6,
  7,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
);

/**
 * Decodes a one-component JPEG-LS stream to `rows * columns` samples.
 * @returns null when it is damaged, ends early, or uses restart intervals, mapping tables or several components
 */
export function decodeJpegLs(data: Uint8Array): Uint16Array<ArrayBuffer> | null {
  const scan = readScan(data);
  if (!scan) return null;
  const { rows, columns, near, maxValue, reset } = scan;
  const unit = 2 * near + 1;
  const range = Math.floor((maxValue + 2 * near) / unit) + 1;
  const bits = Math.ceil(Math.log2(range));
  const precision = Math.max(2, Math.ceil(Math.log2(maxValue + 1)));
  const limit = 2 * (precision + Math.max(8, precision));
  const wrap = range * unit;
  const most = maxValue + near;
  const longest = limit - bits - 1;
  const quantised = quantiserFor(scan);
  // Of each context, side by side: sum of error sizes A, bias B, correction C, count N (T.87, A.2.1 and A.6).
  const contexts = new Int32Array(4 * 367);
  const start = Math.max(2, Math.floor((range + 32) / 64));
  for (let q = 0; q < contexts.length; q += 4) {
    contexts[q] = start;
    contexts[q + 3] = 1;
  }
  const negatives = new Int32Array(2);
  const input = new ScanBits(data, scan.start);
  const out = new Uint16Array(rows * columns);
  // One sample of margin on either side carries the border rules of T.87, A.2.1.
  let above = new Int32Array(columns + 2);
  let line = new Int32Array(columns + 2);
  let runIndex = 0;
  for (let row = 0; row < rows; row++) {
    line[0] = above[1]!;
    above[columns + 1] = above[columns]!;
    let { held, count } = input;
    let x = 1;
    let left = line[0]!;
    let corner = above[0]!;
    let up = above[1]!;
    // The gradient of up and corner is that of ahead and up, one sample earlier.
    let before = quantised[up - corner + maxValue]!;
    while (x <= columns) {
      const ahead = above[x + 1]!;
      const slope = quantised[ahead - up + maxValue]!;
      const context = (slope * 9 + before) * 9 + quantised[corner - left + maxValue]!;
      before = slope;
      if (context !== 0) {
        const sign = context >> 31;
        const q = ((context ^ sign) - sign) << 2;
        const size = contexts[q]!;
        let bias = contexts[q + 1]!;
        let correction = contexts[q + 2]!;
        let total = contexts[q + 3]!;
        // The least k for which N << k reaches A.
        let k = Math.clz32(total) - Math.clz32(size);
        if (k < 0) k = 0;
        k += ((total << k) - size) >>> 31;
        // The median of left, up and left + up - corner (T.87, A.4.2). Which it is cannot be foreseen, so nothing branches on it.
        const apart = left - up;
        const below = apart & (apart >> 31);
        const low = up + below;
        const plane = left + up - corner;
        const over = plane - (left - below);
        const capped = plane - (over & ~(over >> 31));
        const short = low - capped;
        let predicted = capped + (short & ~(short >> 31)) + ((correction ^ sign) - sign);
        if (predicted < 0) predicted = 0;
        else if (predicted > maxValue) predicted = maxValue;
        // Nearly always the whole code is held already.
        const zeros = Math.clz32(held);
        const used = zeros + 1 + k;
        let mapped: number;
        if (used <= count && zeros < longest) {
          held = (held << zeros) << 1;
          mapped = (zeros << k) | ((held >>> 1) >>> (31 - k));
          held <<= k;
          count -= used;
        } else {
          input.held = held;
          input.count = count;
          mapped = input.golomb(k, limit, bits);
          held = input.held;
          count = input.count;
          if (mapped < 0) return null;
        }
        if (k > 16) return null;
        let error = (mapped >>> 1) ^ -(mapped & 1);
        if (k === 0 && near === 0 && 2 * bias <= -total) error = ~error;
        const minus = error >> 31;
        let sum = size + ((error ^ minus) - minus);
        bias += error * unit;
        if (total === reset) {
          sum >>= 1;
          bias >>= 1;
          total >>= 1;
        }
        total++;
        if (bias <= -total) {
          bias += total;
          if (correction > -128) correction--;
          if (bias <= -total) bias = 1 - total;
        } else if (bias > 0) {
          bias -= total;
          if (correction < 127) correction++;
          if (bias > 0) bias = 0;
        }
        contexts[q] = sum;
        contexts[q + 1] = bias;
        contexts[q + 2] = correction;
        contexts[q + 3] = total;
        let value = predicted + ((error ^ sign) - sign) * unit;
        if (value < -near) value += wrap;
        else if (value > most) value -= wrap;
        left = value < 0 ? 0 : value > maxValue ? maxValue : value;
        line[x++] = left;
        corner = up;
        up = ahead;
        continue;
      }
      // A run of the left sample.
      input.held = held;
      input.count = count;
      let open = columns + 1 - x;
      const first = x;
      while (input.take(1) === 1) {
        const run = 1 << J[runIndex]!;
        const whole = run <= open;
        x += whole ? run : open;
        open -= whole ? run : open;
        if (whole && runIndex < 31) runIndex++;
        if (open === 0) {
          held = input.held;
          count = input.count;
          break;
        }
      }
      if (open > 0) {
        const rest = input.take(J[runIndex]!);
        if (rest > open) return null;
        x += rest;
        open -= rest;
      }
      line.fill(left, first, x);
      if (open === 0) {
        held = input.held;
        count = input.count;
        break;
      }
      const over = above[x]!;
      const same = Math.abs(left - over) <= near ? 1 : 0;
      const q = (365 + same) << 2;
      const seen = contexts[q + 3]!;
      const goal = same === 1 ? contexts[q]! + (seen >> 1) : contexts[q]!;
      let k = 0;
      while (seen << k < goal && k < 24) k++;
      const mapped = input.golomb(k, limit - J[runIndex]! - 1, bits);
      if (mapped < 0 || k > 16) return null;
      held = input.held;
      count = input.count;
      const shifted = mapped + same;
      const size = (shifted + 1) >> 1;
      const mostlyNegative = k !== 0 || 2 * negatives[same]! >= seen;
      const error = mostlyNegative === ((shifted & 1) === 1) ? -size : size;
      if (error < 0) negatives[same] = negatives[same]! + 1;
      contexts[q] = contexts[q]! + ((mapped + 1 - same) >> 1);
      if (seen === reset) {
        contexts[q] = contexts[q]! >> 1;
        contexts[q + 3] = seen >> 1;
        negatives[same] = negatives[same]! >> 1;
      }
      contexts[q + 3] = contexts[q + 3]! + 1;
      const value = same === 1 ? left + error * unit : over + (over > left ? error : -error) * unit;
      left = restore(value, near, maxValue, wrap);
      line[x++] = left;
      corner = over;
      up = above[x]!;
      before = quantised[up - corner + maxValue]!;
      if (runIndex > 0) runIndex--;
    }
    input.held = held;
    input.count = count;
    if (input.exhausted) return null;
    out.set(line.subarray(1, columns + 1), row * columns);
    const kept = above;
    above = line;
    line = kept;
  }
  return out;
}

/** Undoes the modulo reduction of the error and keeps the sample in range (T.87, A.4.5 and A.8). */
function restore(value: number, near: number, maxValue: number, wrap: number): number {
  const whole = value < -near ? value + wrap : value > maxValue + near ? value - wrap : value;
  return Math.max(0, Math.min(whole, maxValue));
}
