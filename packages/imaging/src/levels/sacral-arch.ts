import { CLASS } from '../segmentation/model.ts';
import type { Instance, SpineInstances } from './instances.ts';

/** Where arches stand, mm behind the middle of the column. */
const BEHIND_MM = 22;
/** Fewer pixels of the sacrum than this are doubt of the network, mm² over the slices looked at. */
const LEAST_MM2 = 40;
/** Share of the sacrum in what stands behind a body. Behind the lowest free vertebra it is nothing on each of 217 real pictures. */
const SHARE = 0.12;

/**
 * Whether the crest of the sacrum stands behind a body that was taken for a free vertebra: then it is the first sacral segment, parted from the
 * second by a disc as between free vertebrae. Read on the slice through the middle of the canal and its neighbours.
 */
export function hasSacralArch(s: SpineInstances, body: Instance): boolean {
  const { width, height, depth, pixelMm, classes } = s.field;
  const { from, to } = body.segment;
  const n = width * height;
  const at = Math.min(s.line.y.length - 1, Math.round((from + to) / 2));
  const row = Math.min(height - 1, Math.max(0, Math.round((s.line.y[at] as number) / pixelMm[1] - 0.5)));
  const middle = Math.round(s.plane.slice[row] as number);
  let sacrum = 0;
  let posterior = 0;
  for (let z = Math.max(0, middle - 1); z <= Math.min(depth - 1, middle + 1); z++) {
    for (let i = 0; i < n; i++) {
      const c = classes[i + n * z];
      if (c !== CLASS.sacrum && c !== CLASS.posterior) continue;
      const along = s.frame.along[i] as number;
      if (along < from || along > to || (s.frame.across[i] as number) < BEHIND_MM) continue;
      if (c === CLASS.sacrum) sacrum++;
      else posterior++;
    }
  }
  return sacrum * pixelMm[0] * pixelMm[1] >= LEAST_MM2 && sacrum > SHARE * (sacrum + posterior);
}
