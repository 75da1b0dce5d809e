import {
  DISC_LABEL,
  DISC_LEVELS,
  LABEL_SACRUM,
  VERTEBRA_LABEL,
  vertebraAbove,
  vertebraBelow,
} from '@foramen/spine';
import type { Plane } from '../record/picture.ts';
import type { SlicePlace } from './contour.ts';
import { structureOf } from './structures.ts';

interface LevelName {
  readonly label: number;
  readonly text: string;
  readonly kind: 'disc' | 'vertebra';
  /** Voxel units. A disc's name ends here (left of the disc); a vertebra's is centred here. */
  readonly at: readonly [number, number];
}

/**
 * Names beside each disc and on each vertebra of a slice. A vertebra's label covers its posterior elements, so its name goes on
 * the body: between the discs above and below it. `sacrum` is what the reader's language calls it.
 */
export function levelNames(
  places: ReadonlyMap<number, SlicePlace>,
  plane: Plane,
  sacrum: string,
): readonly LevelName[] {
  if (plane === 'axial') return axialNames(places, sacrum);
  const names: LevelName[] = [];
  const bodies = new Map<number, { text: string; ends: [number, number][] }>();
  for (const level of DISC_LEVELS) {
    const disc = places.get(DISC_LABEL[level]);
    if (disc === undefined || disc.voxels < 12) continue;
    // L6-S1 and L5-S1 share their label value: name it by the vertebrae that are there.
    if (level === 'L6-S1' && !places.has(VERTEBRA_LABEL.L6!)) continue;
    if (level === 'L5-S1' && places.has(VERTEBRA_LABEL.L6!)) continue;
    names.push({ label: DISC_LABEL[level], text: level, kind: 'disc', at: disc.edge });
    for (const vertebra of [vertebraAbove(level), vertebraBelow(level)]) {
      const label = VERTEBRA_LABEL[vertebra];
      if (label === undefined || !places.has(label)) continue;
      const body = bodies.get(label) ?? { text: vertebra, ends: [] };
      body.ends.push([disc.centre[0], disc.centre[1]]);
      bodies.set(label, body);
    }
  }
  for (const [label, { text, ends }] of bodies) {
    const place = places.get(label)!;
    const [first, second] = ends;
    if (first === undefined) continue;
    const middle: readonly [number, number] =
      second !== undefined
        ? [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2]
        : label === LABEL_SACRUM
          ? [(first[0] + place.centre[0]) / 2, (first[1] * 2 + place.centre[1]) / 3]
          : [first[0], (first[1] + place.box[1]) / 2];
    names.push({ label, text, kind: 'vertebra', at: middle });
  }
  return names;
}

/** An axial slice shows one or two levels: the largest of what is seen is named, and what lies clear of it. */
function axialNames(places: ReadonlyMap<number, SlicePlace>, sacrum: string): readonly LevelName[] {
  const names: LevelName[] = [];
  const largest = [...places.values()].sort((a, b) => b.voxels - a.voxels);
  for (const place of largest) {
    const structure = structureOf(place.label);
    if (structure === undefined || place.voxels < 60) continue;
    if (structure.kind === 'canal' || structure.kind === 'cord') continue;
    const near = names.some(({ at }) => Math.hypot(at[0] - place.centre[0], at[1] - place.centre[1]) < 22);
    if (near) continue;
    const text = place.label === LABEL_SACRUM ? sacrum : structure.name;
    names.push({ label: place.label, text, kind: 'vertebra', at: place.centre });
  }
  return names;
}
