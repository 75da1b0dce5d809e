import { CLASS } from '../segmentation/model.ts';
import { STEP_MM } from './centreline.ts';
import { growSeeds, pieces } from './growth.ts';
import type { Instance, SpineInstances } from './instances.ts';

/**
 * How far below the middle of its body a spinous process or lamina lies, as a share of the level's pitch: the process hangs
 * behind the lower half of its own body and the disc below.
 */
const HANG = 0.45;

interface Zone {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** The stretch of the centreline that lies before each vertebra's posterior elements. */
function zones(bodies: readonly Instance[]): Zone[] {
  const out: Zone[] = [];
  bodies.forEach((b, i) => {
    const middle = (b.segment.from + b.segment.to) / 2;
    const above = bodies[i - 1];
    const below = bodies[i + 1];
    const pitch = below
      ? (below.segment.from + below.segment.to) / 2 - middle
      : above
        ? middle - (above.segment.from + above.segment.to) / 2
        : 35 / STEP_MM;
    out.push({ id: b.id, from: middle + (HANG - 0.5) * pitch, to: middle + (HANG + 0.5) * pitch });
  });
  return out;
}

/**
 * Gives every voxel of the posterior-element class to a vertebra. In slices through the pedicles it follows the bone from the
 * body it hangs on; near the midline, where a spinous process floats free of its body, whole pieces go by height.
 * Result: instance id per voxel (0 where none), on the field's grid.
 */
export function posteriorLabels(s: SpineInstances): Uint8Array {
  const { width, height, depth } = s.field;
  const n = width * height;
  const mask = new Uint8Array(s.labels.length);
  for (let i = 0; i < mask.length; i++) if (s.field.classes[i] === CLASS.posterior) mask[i] = 1;
  const labels = new Uint8Array(mask.length);
  const bodies = s.items.filter((i) => i.kind === 'body');
  const isBody = new Uint8Array(256);
  for (const b of bodies) isBody[b.id] = 1;
  const zone = zones(bodies);
  const zoneAt = (along: number): number => {
    for (const q of zone) if (along >= q.from && along < q.to) return q.id;
    return 0;
  };
  const pitch = zone.length > 0 ? (zone[0] as Zone).to - (zone[0] as Zone).from : 35 / STEP_MM;
  for (let z = 0; z < depth; z++) {
    const slice = mask.subarray(z * n, (z + 1) * n);
    for (const piece of pieces(slice, null, width, height, 1)) {
      if (piece.size < 6) continue;
      let low = Number.POSITIVE_INFINITY;
      let high = -1;
      let sum = 0;
      let touching = false;
      for (const v of piece.voxels) {
        const k = s.frame.along[v] as number;
        sum += k;
        if (k < low) low = k;
        if (k > high) high = k;
        const at = v + z * n;
        const x = v % width;
        if (x > 0 && isBody[s.labels[at - 1] as number] && (s.frame.across[v] as number) > 5) {
          labels[at] = s.labels[at - 1] as number;
          touching = true;
        }
      }
      if (touching) continue;
      if (high - low < 1.35 * pitch) {
        const id = zoneAt(sum / piece.size);
        if (id > 0) for (const v of piece.voxels) labels[v + z * n] = id;
      } else {
        // Several processes run together: only the middle of each zone is sure, growth decides the rest.
        for (const v of piece.voxels) {
          const k = s.frame.along[v] as number;
          const id = zoneAt(k);
          const q = zone.find((c) => c.id === id);
          if (q && Math.abs(k - (q.from + q.to) / 2) < 0.25 * (q.to - q.from)) labels[v + z * n] = id;
        }
      }
    }
  }
  growSeeds(mask, labels, width, height, depth, 6);
  for (let i = 0; i < mask.length; i++)
    if (mask[i] && labels[i] === 0) labels[i] = zoneAt(s.frame.along[i % n] as number);
  return labels;
}
