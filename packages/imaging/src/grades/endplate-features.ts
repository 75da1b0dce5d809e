import { along } from '../measures/geometry.ts';
import type { CropSource } from './disc-crop.ts';
import { COLUMNS, columnAt, type EndplateLine, endplateLine } from './endplate-lines.ts';
import type { Features } from './ordinal.ts';

/** Distances into the body at which marrow is read, mm. */
const STEP_MM = 0.5;
const ROWS = 32;
const depthOf = (row: number): number => STEP_MM * (row + 0.5);

/** Bands of marrow under an end plate, mm; type 1 and 2 changes lie in the second and third (Modic 1988, Radiology 166:193). */
const BANDS = [
  [0.5, 2],
  [2, 4],
  [4, 7],
  [7, 12],
] as const;
const THIRDS = [
  ['a', -1, -0.3],
  ['m', -0.3, 0.3],
  ['p', 0.3, 1],
] as const;

const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
const ratio = (v: number, of: number): number => Math.log(Math.max(0.02, v) / Math.max(0.05, of));

function spread(v: readonly number[]): number {
  const m = mean(v);
  return Math.sqrt(mean(v.map((x) => (x - m) ** 2)));
}

/** Percentile of ascending values, `q` 0 to 1, linear between them. */
function percentile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const k = Math.floor(at);
  const low = sorted[k] as number;
  return low + (at - k) * ((sorted[Math.min(sorted.length - 1, k + 1)] as number) - low);
}

const ascending = (v: readonly number[]): number[] => [...v].sort((a, b) => a - b);

interface Sample {
  readonly u: number;
  readonly depth: number;
  readonly column: number;
  readonly row: number;
  /** Signal over the person's marrow. */
  readonly v: number;
}

/** Marrow of a body under its end plate, on a grid of columns and depths. */
function marrow(source: CropSource, line: EndplateLine): Sample[] {
  const body = line.side === 'upper' ? source.frame.upperBody : source.frame.lowerBody;
  const out: Sample[] = [];
  for (let column = 0; column < COLUMNS; column++) {
    for (let row = 0; row < ROWS; row++) {
      const p = line.columnPoint(column, depthOf(row));
      if (!body || body(p) < 0.5) continue;
      const v = source.at(p);
      if (v !== null)
        out.push({ u: columnAt(column), depth: depthOf(row), column, row, v: v / source.reference });
    }
  }
  return out;
}

/** Greatest and least mean over patches of 4 x 4 mm, 2 to 9 mm deep. */
function patches(samples: readonly Sample[]): { readonly most: number; readonly least: number } | null {
  const grid = new Float64Array(COLUMNS * ROWS).fill(Number.NaN);
  for (const s of samples) grid[s.column * ROWS + s.row] = s.v;
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 2; c < COLUMNS - 2; c++) {
    for (let row = 4; row <= 18; row++) {
      let sum = 0;
      let n = 0;
      for (let i = c - 2; i <= c + 2; i++) {
        for (let j = Math.max(0, row - 4); j < row + 4; j++) {
          const v = grid[i * ROWS + j] as number;
          if (Number.isNaN(v)) continue;
          sum += v;
          n++;
        }
      }
      if (n < 20) continue;
      most = Math.max(most, sum / n);
      least = Math.min(least, sum / n);
    }
  }
  return Number.isFinite(most) ? { most, least } : null;
}

/** Least squares polynomial of degree 1 or 2 at the columns, symmetric about the middle. */
function bent(edge: readonly number[]): {
  readonly slope: number;
  readonly bend: number;
  readonly rest: number[];
} {
  const u = edge.map((_, i) => columnAt(i));
  const s2 = mean(u.map((x) => x * x));
  const s4 = mean(u.map((x) => x ** 4));
  const m0 = mean(edge);
  const slope = mean(edge.map((e, i) => e * (u[i] as number))) / s2;
  const bend = (mean(edge.map((e, i) => e * (u[i] as number) ** 2)) - s2 * m0) / (s4 - s2 * s2);
  const level = m0 - bend * s2;
  const rest = edge.map((e, i) => e - level - slope * (u[i] as number) - bend * (u[i] as number) ** 2);
  return { slope, bend, rest };
}

/** Marrow and shape of one end plate on one series. */
function ofEndplate(source: CropSource, line: EndplateLine): Record<string, number> {
  const out: Record<string, number> = {};
  const samples = marrow(source, line);
  const centre = samples.filter((s) => s.depth > 8 && s.depth < 16 && Math.abs(s.u) < 0.7).map((s) => s.v);
  const sorted = ascending(centre);
  const known = centre.length > 30;
  const c = known ? percentile(sorted, 0.5) : 1;
  const noise = known ? (percentile(sorted, 0.75) - percentile(sorted, 0.25)) / 1.35 : 0.1;
  out.centre = Math.log(Math.max(c, 0.05));
  out.centreNoise = noise / Math.max(c, 0.05);
  BANDS.forEach(([from, to], b) => {
    const band = samples.filter((s) => s.depth > from && s.depth <= to);
    for (const [name, left, right] of THIRDS) {
      const third = band.filter((s) => s.u > left && s.u <= right).map((s) => s.v);
      if (third.length > 6) out[`band${b}${name}`] = ratio(mean(third), c);
    }
    if (band.length <= 20) return;
    const values = ascending(band.map((s) => s.v));
    out[`band${b}`] = ratio(mean(values), c);
    out[`band${b}own`] = ratio(mean(values), 1);
    out[`band${b}bright`] = ratio(percentile(values, 0.9), c);
    out[`band${b}dark`] = ratio(percentile(values, 0.1), c);
  });
  const near = samples.filter((s) => s.depth > 1.5 && s.depth <= 10).map((s) => s.v);
  if (near.length > 50) {
    const wide = 2 * Math.max(noise, 0.05 * c);
    const share = (of: (v: number) => boolean): number => near.filter(of).length / near.length;
    out.bright = share((v) => v > c + wide);
    out.dark = share((v) => v < c - wide);
    out.brighter = share((v) => v > 1.3 * c);
    out.darker = share((v) => v < 0.75 * c);
    out.uneven = spread(near) / Math.max(c, 0.05);
  }
  const patch = patches(samples);
  if (patch) {
    out.patchBright = ratio(patch.most, c);
    out.patchDark = ratio(patch.least, c);
  }
  const { slope, bend, rest } = bent(line.edge);
  out.hollow = bend;
  out.tilt = slope;
  out.rough = spread(rest);
  out.pit = Math.max(...rest);
  out.wiggle = mean(
    line.edge
      .slice(2)
      .map((e, i) => Math.abs(e - 2 * (line.edge[i + 1] as number) + (line.edge[i] as number))),
  );
  const dark = line.edge.flatMap((_, i) => {
    const values: number[] = [];
    for (let into = -2; into <= 2; into += STEP_MM) {
      const v = source.at(line.columnPoint(i, into));
      if (v !== null) values.push(v / source.reference);
    }
    return values.length === 9 ? [Math.min(...values)] : [];
  });
  if (dark.length > 6) {
    out.line = mean(dark);
    out.lineUneven = spread(dark);
    out.lineBroken = percentile(ascending(dark), 0.9);
  }
  return out;
}

/** Signal of the disc itself between its end plates, over marrow. */
function ofDisc(source: CropSource, upper: EndplateLine, lower: EndplateLine): Record<string, number> {
  const values: number[] = [];
  for (let i = 0; i < COLUMNS; i++) {
    const from = -(lower.edge[i] as number);
    const to = upper.edge[i] as number;
    for (let f = 0.1; f <= 0.901; f += 0.1) {
      const { centre, posterior, superior, depthMm } = source.frame;
      const across = along(centre, posterior, (columnAt(i) * depthMm) / 2);
      const v = source.at(along(across, superior, from + f * (to - from)));
      if (v !== null) values.push(v / source.reference);
    }
  }
  if (values.length < 50) return {};
  const sorted = ascending(values);
  return {
    disc: ratio(mean(values), 1),
    discUneven: spread(values),
    discBright: ratio(percentile(sorted, 0.9), 1),
    discDark: ratio(percentile(sorted, 0.1), 1),
  };
}

/**
 * What a reader looks for beside a disc: marrow in bands under both end plates against the middle of the same body, on T2 and T1, as mean,
 * bright and dark tenth, and share beyond the body's own noise; the shape of the bony end plate; the dark line of its cortex. Names are
 * `t2.upper.band1bright` and so on; `most.` is the greater of both end plates, and `both.` joins T1 and T2. What was not seen is left out.
 */
export function endplateFeatures(t2: CropSource | null, t1: CropSource | null): Features {
  const out: Record<string, number> = {};
  for (const [series, source] of [
    ['t2', t2],
    ['t1', t1],
  ] as const) {
    if (!source || !(source.reference > 0)) continue;
    const upper = endplateLine(source.frame, 'upper');
    const lower = endplateLine(source.frame, 'lower');
    for (const line of [upper, lower]) {
      if (!line) continue;
      for (const [k, v] of Object.entries(ofEndplate(source, line))) out[`${series}.${line.side}.${k}`] = v;
    }
    if (upper && lower)
      for (const [k, v] of Object.entries(ofDisc(source, upper, lower))) out[`${series}.${k}`] = v;
  }
  for (const side of ['upper', 'lower'] as const) {
    BANDS.forEach((_, b) => {
      const x = out[`t2.${side}.band${b}`];
      const y = out[`t1.${side}.band${b}`];
      if (x === undefined || y === undefined) return;
      out[`both.${side}.sum${b}`] = x + y;
      out[`both.${side}.gap${b}`] = x - y;
      out[`both.${side}.least${b}`] = Math.min(x, y);
    });
  }
  for (const [k, v] of Object.entries(out)) {
    if (!k.includes('.upper.')) continue;
    const other = out[k.replace('.upper.', '.lower.')];
    if (other !== undefined) out[`most.${k.replace('.upper.', '.')}`] = Math.max(v, other);
  }
  return out;
}
