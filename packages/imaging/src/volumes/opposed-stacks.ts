import type { Problem, Vec3 } from '@foramen/spine';
import { dot } from './dicom-frames.ts';
import { showsMirrored } from './mirrored-slices.ts';
import { affineColumn } from './orientation.ts';
import type { InputSeries } from './series.ts';

/** Directions this near are the same line, one way or the other. */
const PARALLEL = Math.cos((2 * Math.PI) / 180);
/** Pictures of one stack lie over each other; shifted by more than this share of their width they do not. */
const MOST_SHIFT = 0.35;

/**
 * What to make of one series whose header states some slices mirrored against the others, so that it came out as several stacks. Where picture and
 * places bear the header out the stacks are kept as series of their own, with a remark; where they do not, no slice's place can be
 * believed and none is kept.
 */
export function opposedStacks(series: readonly InputSeries[]): {
  readonly kept: readonly InputSeries[];
  readonly problems: readonly Problem[];
} {
  const lying = new Set<InputSeries>();
  const turned = new Set<InputSeries>();
  for (const [n, a] of series.entries()) {
    for (const b of series.slice(n + 1)) {
      if (!opposed(a, b)) continue;
      const into = agree(a, b) ? turned : lying;
      into.add(a).add(b);
    }
  }
  const first = series[0];
  if (!first || (lying.size === 0 && turned.size === 0)) return { kept: series, problems: [] };
  const where = first.name;
  if (lying.size > 0) {
    const what = `the header states slices of this series mirrored against each other, which their pictures and places deny`;
    return {
      kept: series.filter((one) => !lying.has(one)),
      problems: [
        { code: 'contradiction', severity: 'error', where, what, help: 'Export the original series again' },
      ],
    };
  }
  const remark: Problem = {
    code: 'inconsistent',
    severity: 'warning',
    where,
    what: 'slices of this series are stored mirrored against each other; they were read as series of their own',
    help: 'Export the original series again',
  };
  return {
    kept: series.map((one) => (one === first ? { ...one, warnings: [...one.warnings, remark] } : one)),
    problems: [],
  };
}

function axesOf(one: InputSeries): readonly [Vec3, Vec3] {
  return [affineColumn(one.source.ijkToLps, 0).unit, affineColumn(one.source.ijkToLps, 1).unit];
}

/** Both stacks of one picture size, in parallel planes, rows or columns running against each other. */
function opposed(a: InputSeries, b: InputSeries): boolean {
  if (!a.hasGeometry || !b.hasGeometry || a.plane !== b.plane) return false;
  if (a.source.size[0] !== b.source.size[0] || a.source.size[1] !== b.source.size[1]) return false;
  const [u, v] = axesOf(a);
  const [s, t] = axesOf(b);
  const [rows, columns] = [dot(u, s), dot(v, t)];
  return Math.abs(rows) > PARALLEL && Math.abs(columns) > PARALLEL && (rows < 0 || columns < 0);
}

/** Whether slices that the header places beside each other also show the same side of the body. */
function agree(a: InputSeries, b: InputSeries): boolean {
  const from = a.volume.ijkToLps;
  const to = b.volume.ijkToLps;
  const apart: Vec3 = [to[3] - from[3], to[7] - from[7], to[11] - from[11]];
  for (const axis of [0, 1] as const) {
    const { unit, length } = affineColumn(from, axis);
    if (Math.abs(dot(apart, unit)) > MOST_SHIFT * length * a.volume.size[axis]) return false;
  }
  const { unit, length } = affineColumn(from, 2);
  const start = dot(apart, unit);
  const step = affineColumn(to, 2);
  const slope = dot(step.unit, unit) * step.length;
  let [near, against] = [0, 0];
  for (let l = 0; l < b.volume.size[2]; l++) {
    const at = (start + l * slope) / length;
    const k = Math.round(at);
    if (k < 0 || k >= a.volume.size[2]) continue;
    near++;
    if (showsMirrored(a.volume.data, k, b.volume.data, l, a.volume.size)) against++;
  }
  return 2 * against <= near;
}
