/** JPEG-LS (ITU-T T.87), lossless and near-lossless, one component. Bounded on any input, unlike a stalling decoder. */

interface Scan {
  readonly rows: number;
  readonly columns: number;
  readonly near: number;
  readonly start: number;
  readonly maxValue: number;
  readonly t1: number;
  readonly t2: number;
  readonly t3: number;
  readonly reset: number;
}

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

/** Markers up to the scan; null when something is missing, or is more than one plain component. */
function readScan(data: Uint8Array): Scan | null {
  if (data[0] !== 0xff || data[1] !== 0xd8) return null;
  const u16 = (at: number): number => (data[at]! << 8) | data[at + 1]!;
  let frame: { precision: number; rows: number; columns: number } | null = null;
  let preset: readonly number[] | null = null;
  let at = 2;
  while (at + 4 <= data.length) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = u16(at + 2);
    const from = at + 4;
    const to = at + 2 + length;
    if (length < 2 || to > data.length) return null;
    if (marker === 0xf7) {
      if (length < 11 || data[from + 5] !== 1) return null;
      frame = { precision: data[from]!, rows: u16(from + 1), columns: u16(from + 3) };
    } else if (marker === 0xf8 && data[from] === 1 && length >= 13) {
      preset = [1, 3, 5, 7, 9].map((offset) => u16(from + offset));
    } else if (marker === 0xf8 && data[from] !== 1) return null;
    else if (marker === 0xdd) return null;
    else if (marker === 0xda) {
      if (!frame || length < 8 || data[from] !== 1 || frame.precision < 2 || frame.precision > 16)
        return null;
      // No mapping table, no point transform.
      if (data[from + 2] !== 0 || (data[from + 5]! & 15) !== 0) return null;
      return withThresholds(frame, data[from + 3]!, to, preset);
    }
    at = to;
  }
  return null;
}

/** Default thresholds of T.87, C.2.4.1.1.1, where LSE gives none. */
function withThresholds(
  frame: { readonly precision: number; readonly rows: number; readonly columns: number },
  near: number,
  start: number,
  preset: readonly number[] | null,
): Scan | null {
  const maxValue = preset?.[0] || 2 ** frame.precision - 1;
  if (near > Math.min(255, Math.floor(maxValue / 2))) return null;
  const clamp = (value: number, low: number): number => (value > maxValue || value < low ? low : value);
  let t1: number;
  let t2: number;
  let t3: number;
  if (maxValue >= 128) {
    const factor = Math.floor((Math.min(maxValue, 4095) + 128) / 256);
    t1 = clamp(factor + 2 + 3 * near, near + 1);
    t2 = clamp(factor * 4 + 3 + 5 * near, t1);
    t3 = clamp(factor * 17 + 4 + 7 * near, t2);
  } else {
    const factor = Math.floor(256 / (maxValue + 1));
    t1 = clamp(Math.max(2, Math.floor(3 / factor) + 3 * near), near + 1);
    t2 = clamp(Math.max(3, Math.floor(7 / factor) + 5 * near), t1);
    t3 = clamp(Math.max(4, Math.floor(21 / factor) + 7 * near), t2);
  }
  return {
    rows: frame.rows,
    columns: frame.columns,
    near,
    start,
    maxValue,
    t1: preset?.[1] || t1,
    t2: preset?.[2] || t2,
    t3: preset?.[3] || t3,
    reset: preset?.[4] || 64,
  };
}

/** Bits of the scan, most significant first; the bit stuffed after FF is taken out. Past the end come zeros. */
class ScanBits {
  /** Bits fed beyond the end of the scan; more than were still held means the picture ran out. */
  private beyond = 0;
  private held = 0;
  private count = 0;
  private stuffed = false;
  private at: number;
  private readonly data: Uint8Array;

  constructor(data: Uint8Array, at: number) {
    this.data = data;
    this.at = at;
  }

  get exhausted(): boolean {
    return this.beyond > this.count;
  }

  private fill(): void {
    const { data } = this;
    while (this.count <= 24) {
      const byte = this.at < data.length ? data[this.at]! : 0xff;
      if (this.stuffed && byte >= 0x80) {
        this.count += 8;
        this.beyond += 8;
      } else if (this.at >= data.length) {
        this.stuffed = true;
      } else if (this.stuffed) {
        this.held |= byte << (25 - this.count);
        this.count += 7;
        this.stuffed = false;
        this.at++;
      } else {
        this.held |= byte << (24 - this.count);
        this.count += 8;
        this.stuffed = byte === 0xff;
        this.at++;
      }
    }
  }

  /** At most 16 bits. */
  take(n: number): number {
    if (n === 0) return 0;
    if (this.count < n) this.fill();
    const value = this.held >>> (32 - n);
    this.held <<= n;
    this.count -= n;
    return value;
  }

  /** Limited-length Golomb code (T.87, A.5.3); -1 when no code is that long. */
  golomb(k: number, limit: number, bits: number): number {
    if (this.count < 25) this.fill();
    let zeros = Math.clz32(this.held);
    if (zeros >= this.count) {
      zeros = 0;
      while (this.take(1) === 0) if (++zeros > limit) return -1;
    } else {
      this.held = (this.held << zeros) << 1;
      this.count -= zeros + 1;
    }
    if (zeros > limit) return -1;
    if (zeros < limit - bits - 1) return (zeros << k) | this.take(k);
    return this.take(bits) + 1;
  }
}

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
  const quantised = quantiserFor(scan);
  const a = new Int32Array(367).fill(Math.max(2, Math.floor((range + 32) / 64)));
  const b = new Int32Array(365);
  const c = new Int32Array(365);
  const n = new Int32Array(367).fill(1);
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
    let x = 1;
    while (x <= columns) {
      const left = line[x - 1]!;
      const up = above[x]!;
      const corner = above[x - 1]!;
      const context =
        (quantised[above[x + 1]! - up + maxValue]! * 9 + quantised[up - corner + maxValue]!) * 9 +
        quantised[corner - left + maxValue]!;
      if (context !== 0) {
        const q = context < 0 ? -context : context;
        const count = n[q]!;
        let k = 0;
        while (count << k < a[q]! && k < 24) k++;
        const high = Math.max(left, up);
        const low = Math.min(left, up);
        let predicted = corner >= high ? low : corner <= low ? high : left + up - corner;
        predicted += context < 0 ? -c[q]! : c[q]!;
        if (predicted < 0) predicted = 0;
        else if (predicted > maxValue) predicted = maxValue;
        const mapped = input.golomb(k, limit, bits);
        if (mapped < 0 || k > 16) return null;
        let error = (mapped & 1) === 0 ? mapped >> 1 : -((mapped + 1) >> 1);
        if (k === 0 && near === 0 && 2 * b[q]! <= -count) error = -error - 1;
        a[q] = a[q]! + (error < 0 ? -error : error);
        let bias = b[q]! + error * unit;
        let total = count;
        if (total === reset) {
          a[q] = a[q]! >> 1;
          bias >>= 1;
          total >>= 1;
        }
        total++;
        if (bias <= -total) {
          bias += total;
          if (c[q]! > -128) c[q] = c[q]! - 1;
          if (bias <= -total) bias = 1 - total;
        } else if (bias > 0) {
          bias -= total;
          if (c[q]! < 127) c[q] = c[q]! + 1;
          if (bias > 0) bias = 0;
        }
        b[q] = bias;
        n[q] = total;
        line[x++] = restore(predicted + (context < 0 ? -error : error) * unit, near, maxValue, wrap);
        continue;
      }
      // A run of the left sample.
      let left1 = columns + 1 - x;
      const first = x;
      while (input.take(1) === 1) {
        const run = 1 << J[runIndex]!;
        const whole = run <= left1;
        x += whole ? run : left1;
        left1 -= whole ? run : left1;
        if (whole && runIndex < 31) runIndex++;
        if (left1 === 0) break;
      }
      if (left1 > 0) {
        const rest = input.take(J[runIndex]!);
        if (rest > left1) return null;
        x += rest;
        left1 -= rest;
      }
      line.fill(left, first, x);
      if (left1 === 0) continue;
      const over = above[x]!;
      const same = Math.abs(left - over) <= near ? 1 : 0;
      const q = 365 + same;
      const goal = same === 1 ? a[q]! + (n[q]! >> 1) : a[q]!;
      let k = 0;
      while (n[q]! << k < goal && k < 24) k++;
      const mapped = input.golomb(k, limit - J[runIndex]! - 1, bits);
      if (mapped < 0 || k > 16) return null;
      const shifted = mapped + same;
      const size = (shifted + 1) >> 1;
      const mostlyNegative = k !== 0 || 2 * negatives[same]! >= n[q]!;
      const error = mostlyNegative === ((shifted & 1) === 1) ? -size : size;
      if (error < 0) negatives[same] = negatives[same]! + 1;
      a[q] = a[q]! + ((mapped + 1 - same) >> 1);
      if (n[q] === reset) {
        a[q] = a[q]! >> 1;
        n[q] = n[q]! >> 1;
        negatives[same] = negatives[same]! >> 1;
      }
      n[q] = n[q]! + 1;
      const value = same === 1 ? left + error * unit : over + (over > left ? error : -error) * unit;
      line[x++] = restore(value, near, maxValue, wrap);
      if (runIndex > 0) runIndex--;
    }
    if (input.exhausted) return null;
    out.set(line.subarray(1, columns + 1), row * columns);
    const kept = above;
    above = line;
    line = kept;
  }
  return out;
}

let lastQuantiser: { readonly key: string; readonly table: Int8Array } | undefined;

/** Gradient to region number (T.87, A.3.3), at index gradient + maxValue. The frames of a series share one. */
function quantiserFor({ near, maxValue, t1, t2, t3 }: Scan): Int8Array {
  const key = `${near} ${maxValue} ${t1} ${t2} ${t3}`;
  if (lastQuantiser?.key === key) return lastQuantiser.table;
  const table = new Int8Array(2 * maxValue + 1);
  for (let d = -maxValue; d <= maxValue; d++) {
    const size = Math.abs(d);
    const step = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
    table[d + maxValue] = d < 0 ? -step : step;
  }
  lastQuantiser = { key, table };
  return table;
}

/** Undoes the modulo reduction of the error and keeps the sample in range (T.87, A.4.5 and A.8). */
function restore(value: number, near: number, maxValue: number, wrap: number): number {
  const whole = value < -near ? value + wrap : value > maxValue + near ? value - wrap : value;
  return Math.max(0, Math.min(whole, maxValue));
}
