/** Markers and bits of a JPEG-LS stream (ITU-T T.87). */

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

/** Markers up to the scan; null when something is missing, or is more than one plain component. */
export function readScan(data: Uint8Array): Scan | null {
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
export class ScanBits {
  /** Bits fed beyond the end of the scan; more than were still held means the picture ran out. */
  private beyond = 0;
  /** Bits ahead, the next one highest, and how many; zeros behind them. A tight loop may carry the two along and put them back. */
  held = 0;
  count = 0;
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
    let { at, held, count, stuffed } = this;
    while (count <= 24) {
      const byte = at < data.length ? data[at]! : 0xff;
      if (!stuffed && byte !== 0xff) {
        held |= byte << (24 - count);
        count += 8;
        at++;
      } else if (stuffed && byte >= 0x80) {
        count += 8;
        this.beyond += 8;
      } else if (at >= data.length) {
        stuffed = true;
      } else if (stuffed) {
        held |= byte << (25 - count);
        count += 7;
        stuffed = false;
        at++;
      } else {
        held |= byte << (24 - count);
        count += 8;
        stuffed = true;
        at++;
      }
    }
    this.at = at;
    this.held = held;
    this.count = count;
    this.stuffed = stuffed;
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

let lastQuantiser: { readonly key: string; readonly table: Int8Array } | undefined;

/** Gradient to region number (T.87, A.3.3), at index gradient + maxValue. The frames of a series share one. */
export function quantiserFor({ near, maxValue, t1, t2, t3 }: Scan): Int8Array {
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
