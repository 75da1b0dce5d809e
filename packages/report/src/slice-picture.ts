import { writePngLabels } from '@foramen/imaging';
import {
  affineFrom,
  DISC_LABEL,
  type LabelVolume,
  type SeriesReading,
  VERTEBRA_LABEL,
  type Volume,
} from '@foramen/spine';
import { escapeHtml as e } from './genome-style.ts';

export interface ReportPicture {
  readonly name: string;
  readonly volume: Volume;
  readonly labels: LabelVolume;
  readonly keySlice: number;
  /** What the series is; decides whether two studies' pictures can be compared by their signal. */
  readonly reading?: SeriesReading;
}

/** Display window: the 1st and 99.5th percentile of the slice. */
function windowOf(slice: Float32Array): readonly [number, number] {
  const sorted = Float32Array.from(slice).sort();
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  const low = at(0.01);
  return [low, Math.max(at(0.995), low + 1e-6)];
}

/** Base64 without `btoa`, which not every runtime has for bytes. */
export function base64(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += alphabet[n >> 18]! + alphabet[(n >> 12) & 63]!;
    out += i + 1 < bytes.length ? alphabet[(n >> 6) & 63]! : '=';
    out += i + 2 < bytes.length ? alphabet[n & 63]! : '=';
  }
  return out;
}

function greyPng(volume: Volume, k: number): string {
  const [ni, nj] = volume.size;
  const slice = volume.data.subarray(k * ni * nj, (k + 1) * ni * nj);
  const [low, high] = windowOf(slice);
  const data = new Uint8Array(ni * nj);
  for (let n = 0; n < data.length; n++)
    data[n] = Math.max(0, Math.min(255, Math.round((255 * (slice[n]! - low)) / (high - low))));
  const grey = {
    size: [ni, nj, 1] as const,
    spacing: [1, 1, 1] as const,
    ijkToLps: affineFrom(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      [1, 1, 1],
      [0, 0, 0],
    ),
    data,
  };
  return `data:image/png;base64,${base64(writePngLabels(grey))}`;
}

/** The outline of one label on a slice as an SVG path along pixel edges; empty when it is not there. */
export function outline(data: Uint8Array, ni: number, nj: number, label: number): string {
  const inside = (i: number, j: number) => i >= 0 && j >= 0 && i < ni && j < nj && data[i + ni * j] === label;
  // Directed edges with the inside on the right, keyed by their start corner; following them closes each loop.
  const next = new Map<number, number[]>();
  const corner = (i: number, j: number) => i + (ni + 1) * j;
  const edge = (a: number, b: number) => {
    const list = next.get(a);
    if (list) list.push(b);
    else next.set(a, [b]);
  };
  for (let j = 0; j < nj; j++) {
    for (let i = 0; i < ni; i++) {
      if (!inside(i, j)) continue;
      if (!inside(i, j - 1)) edge(corner(i, j), corner(i + 1, j));
      if (!inside(i + 1, j)) edge(corner(i + 1, j), corner(i + 1, j + 1));
      if (!inside(i, j + 1)) edge(corner(i + 1, j + 1), corner(i, j + 1));
      if (!inside(i - 1, j)) edge(corner(i, j + 1), corner(i, j));
    }
  }
  let path = '';
  for (const [start, list] of next) {
    while (list.length > 0) {
      let at = start;
      let to = list.pop()!;
      let direction = to - at;
      path += `M${at % (ni + 1)} ${Math.floor(at / (ni + 1))}`;
      while (to !== start) {
        const onward = next.get(to)?.pop();
        if (onward === undefined) break;
        if (onward - to !== direction) path += `L${to % (ni + 1)} ${Math.floor(to / (ni + 1))}`;
        direction = onward - to;
        at = to;
        to = onward;
      }
      path += 'Z';
    }
  }
  return path;
}

const NAMES = new Map<number, string>([
  ...Object.entries(VERTEBRA_LABEL).map(([name, value]) => [value, name] as const),
  ...Object.entries(DISC_LABEL).map(([name, value]) => [value, name] as const),
  [100, 'L5-S1'],
  [2, 'dural sac'],
  [1, 'cord'],
]);

function kind(label: number): 'vertebra' | 'disc' | 'canal' | 'sacrum' {
  if (label <= 2) return 'canal';
  if (label === 50) return 'sacrum';
  return label >= 71 ? 'disc' : 'vertebra';
}

/**
 * Where each label's name goes: [sum of columns, sum of rows, pixels] over the first run of the label in each row, which of a vertebra
 * is the body and not the spinous process behind the canal. Rows whose first run is short beside the label's longest are left out.
 */
function namePlaces(data: Uint8Array, ni: number): Map<number, [number, number, number]> {
  const runs = new Map<number, { row: number; from: number; length: number }[]>();
  const seen = new Set<number>();
  for (let n = 0; n < data.length; n++) {
    const label = data[n]!;
    if (n % ni === 0) seen.clear();
    if (label === 0 || seen.has(label)) continue;
    seen.add(label);
    const from = n % ni;
    let length = 1;
    while (from + length < ni && data[n + length] === label) length++;
    const list = runs.get(label) ?? [];
    list.push({ row: Math.floor(n / ni), from, length });
    runs.set(label, list);
  }
  const places = new Map<number, [number, number, number]>();
  for (const [label, list] of runs) {
    const longest = Math.max(...list.map((run) => run.length));
    const sum: [number, number, number] = [0, 0, 0];
    for (const { row, from, length } of list) {
      if (length < 0.6 * longest) continue;
      sum[0] += length * (from + length / 2);
      sum[1] += length * (row + 0.5);
      sum[2] += length;
    }
    places.set(label, sum);
  }
  return places;
}

/**
 * One slice with its labelled overlay as a figure: a PNG under an SVG, switched by a checkbox without script. `id` must be unique on
 * the page. Level names stand beside discs, vertebra names inside, unless the levels are not `named`. `overlaid` says whether the overlay is on at
 * first; `drawn` is further SVG in voxel units, always shown.
 */
export function sliceFigure(
  picture: ReportPicture,
  id: string,
  caption: string,
  overlaid = true,
  drawn = '',
  named = true,
): string {
  const { volume, labels } = picture;
  const k = Math.max(0, Math.min(volume.size[2] - 1, picture.keySlice));
  const [ni, nj] = volume.size;
  const [si, sj] = volume.spacing;
  const data = labels.data.subarray(k * ni * nj, (k + 1) * ni * nj);
  const nameOf = (label: number): string =>
    named || label <= 2 ? (NAMES.get(label) ?? '') : label >= 71 ? 'disc' : 'vertebra';
  const width = 560;
  const height = Math.round((width * nj * sj) / (ni * si));
  const centre = namePlaces(data, ni);
  const shapes = [...centre.keys()]
    .sort((a, b) => a - b)
    .map(
      (label) =>
        `<path class="${kind(label)}" d="${outline(data, ni, nj, label)}"><title>${e(nameOf(label))}</title></path>`,
    )
    .join('');
  const size = (0.021 * nj * sj) / sj;
  const texts = [...centre]
    .filter(([label, c]) => label > 2 && c[2] > 30 && named)
    .map(
      ([label, c]) =>
        `<text x="${(c[0] / c[2]).toFixed(1)}" y="${(c[1] / c[2] + size * 0.35).toFixed(1)}" font-size="${(kind(label) === 'disc' ? size * 0.8 : size).toFixed(1)}">${e(nameOf(label))}</text>`,
    )
    .join('');
  return `<figure class="slice"><input type="checkbox" id="${id}"${overlaid ? ' checked' : ''}><label for="${id}">Show what was found</label>
<div class="stack"><img src="${greyPng(volume, k)}" width="${width}" height="${height}" alt="${e(caption)}"><svg viewBox="0 0 ${ni} ${nj}" preserveAspectRatio="none" role="img" aria-label="Outlines of vertebrae, discs, dural sac and sacrum">${shapes}${texts}</svg>${
    drawn === ''
      ? ''
      : `<svg class="drawn" viewBox="0 0 ${ni} ${nj}" preserveAspectRatio="none" role="img" aria-label="${e(caption)}">${drawn}</svg>`
  }</div>
<figcaption>${e(caption)}</figcaption></figure>`;
}

/**
 * The key slice cut to a square of `sideMm` around a label, as a picture of one slice; null when the label is not on the slice. `by`
 * is another picture on the same grid whose label is looked for instead.
 */
export function cropAround(
  picture: ReportPicture,
  label: number,
  sideMm: number,
  by: ReportPicture = picture,
): ReportPicture | null {
  const [ni, nj] = picture.volume.size;
  const area = ni * nj;
  const found = by.labels.data.subarray(by.keySlice * area, (by.keySlice + 1) * area);
  let [i, j, n] = [0, 0, 0];
  for (let at = 0; at < found.length; at++) {
    if (found[at] !== label) continue;
    i += at % ni;
    j += Math.floor(at / ni);
    n++;
  }
  if (n === 0) return null;
  return cropAt(picture, [i / n, j / n], sideMm).picture;
}

/** The key slice cut to a square of `sideMm` around a place (voxel units), with the first column and row that are left. */
export function cropAt(
  picture: ReportPicture,
  centre: readonly [number, number],
  sideMm: number,
): { readonly picture: ReportPicture; readonly from: readonly [number, number] } {
  const [ni, nj] = picture.volume.size;
  const area = ni * nj;
  const [si, sj] = picture.volume.spacing;
  const w = Math.min(ni, Math.round(sideMm / si));
  const h = Math.min(nj, Math.round(sideMm / sj));
  const i0 = Math.max(0, Math.min(ni - w, Math.round(centre[0] - w / 2)));
  const j0 = Math.max(0, Math.min(nj - h, Math.round(centre[1] - h / 2)));
  const data = new Float32Array(w * h);
  const labels = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    const from = picture.keySlice * area + (j0 + y) * ni + i0;
    data.set(picture.volume.data.subarray(from, from + w), y * w);
    labels.set(picture.labels.data.subarray(from, from + w), y * w);
  }
  const { spacing, ijkToLps } = picture.volume;
  const grid = { size: [w, h, 1] as const, spacing, ijkToLps };
  return {
    picture: {
      name: picture.name,
      keySlice: 0,
      volume: { ...grid, data },
      labels: { ...grid, data: labels },
    },
    from: [i0, j0],
  };
}
