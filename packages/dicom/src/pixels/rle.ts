/** Shape of one frame for the RLE codec (PS3.5 annex G). */
export interface RleShape {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly sampleBytes: number;
  /** True when the native frame is stored sample by sample (RRR GGG BBB). */
  readonly planar: boolean;
}

/** Encodes one little-endian native frame: one segment per byte plane, most significant first. */
export function encodeRleFrame(frame: Uint8Array, shape: RleShape): Uint8Array {
  const { rows, columns, samples, sampleBytes, planar } = shape;
  const pixels = rows * columns;
  const segments: Uint8Array[] = [];
  const plane = new Uint8Array(pixels);
  for (let s = 0; s < samples; s++) {
    for (let b = sampleBytes - 1; b >= 0; b--) {
      const start = planar ? s * pixels * sampleBytes + b : s * sampleBytes + b;
      const step = planar ? sampleBytes : samples * sampleBytes;
      for (let i = 0, at = start; i < pixels; i++, at += step) plane[i] = frame[at]!;
      segments.push(packPlane(plane, rows, columns));
    }
  }
  const header = new Uint8Array(64);
  const view = new DataView(header.buffer);
  view.setUint32(0, segments.length, true);
  let at = 64;
  segments.forEach((segment, i) => {
    view.setUint32(4 * (i + 1), at, true);
    at += segment.length;
  });
  const out = new Uint8Array(at);
  out.set(header);
  at = 64;
  for (const segment of segments) {
    out.set(segment, at);
    at += segment.length;
  }
  return out;
}

/** PackBits row by row: a run never crosses a row (PS3.5 G.3.1). */
function packPlane(plane: Uint8Array, rows: number, columns: number): Uint8Array {
  // A literal run costs one byte and ends at a run of three, which saves one, at 128 bytes, or at the row's end.
  const out = new Uint8Array(plane.length + (Math.ceil(columns / 128) + 1) * rows + 2);
  let o = 0;
  for (let r = 0; r < rows; r++) {
    const end = (r + 1) * columns;
    let i = r * columns;
    while (i < end) {
      let run = 1;
      while (run < 128 && i + run < end && plane[i + run] === plane[i]) run++;
      if (run > 1) {
        out[o++] = 257 - run;
        out[o++] = plane[i]!;
        i += run;
        continue;
      }
      const from = i;
      i++;
      while (
        i < end &&
        i - from < 128 &&
        !(i + 2 < end && plane[i + 1] === plane[i] && plane[i + 2] === plane[i])
      )
        i++;
      out[o++] = i - from - 1;
      out.set(plane.subarray(from, i), o);
      o += i - from;
    }
  }
  if (o & 1) out[o++] = 0;
  return out.subarray(0, o);
}

/**
 * Decodes one RLE frame to little-endian bytes, samples interleaved by pixel.
 * @returns null when the header is impossible or a segment ends early.
 */
export function decodeRleFrame(data: Uint8Array, shape: RleShape): Uint8Array<ArrayBuffer> | null {
  const { rows, columns, samples, sampleBytes } = shape;
  const pixels = rows * columns;
  if (data.length < 64) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = view.getUint32(0, true);
  if (count !== samples * sampleBytes) return null;
  const out = new Uint8Array(pixels * samples * sampleBytes);
  const step = samples * sampleBytes;
  for (let segment = 0; segment < count; segment++) {
    const start = view.getUint32(4 * (segment + 1), true);
    const end = segment + 1 < count ? view.getUint32(4 * (segment + 2), true) : data.length;
    if (start < 64 || start > data.length || end < start || end > data.length) return null;
    const sample = Math.floor(segment / sampleBytes);
    const byte = sampleBytes - 1 - (segment % sampleBytes);
    let at = sample * sampleBytes + byte;
    let left = pixels;
    let i = start;
    while (left > 0) {
      if (i >= end) return null;
      const control = data[i++]!;
      if (control < 128) {
        const n = Math.min(control + 1, left);
        if (i + n > end) return null;
        for (let k = 0; k < n; k++, at += step) out[at] = data[i + k]!;
        i += control + 1;
        left -= n;
      } else if (control > 128) {
        const n = Math.min(257 - control, left);
        if (i >= end) return null;
        const value = data[i++]!;
        for (let k = 0; k < n; k++, at += step) out[at] = value;
        left -= n;
      }
    }
  }
  return out;
}
