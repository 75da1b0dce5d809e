import type { Affine } from '@foramen/spine';
import { mirroredSlices } from '../volumes/mirrored-slices.ts';
import type { InputSeries } from '../volumes/series.ts';
import type { CanonicalSeries } from './series.ts';

/** A picture that its name counts as a slice of a series: `5_t2_SPACE_slice49.png`. */
const NUMBERED = /^(.*slice[ _-]?)(\d{1,4})\.png$/i;

/**
 * Names that count slices of one series (alike but for the number after "slice"), from the lowest number, in stretches of one step.
 * Every name is in one stretch; one that counts nothing, or whose neighbours are missing, is a stretch of its own.
 * @returns indices into `names`, and how many numbers one slice of the stretch lies from the next
 */
export function sliceStretches(
  names: readonly string[],
): readonly { readonly members: readonly number[]; readonly step: number; readonly first: number }[] {
  const families = new Map<string, { readonly index: number; readonly number: number }[]>();
  names.forEach((name, index) => {
    const found = NUMBERED.exec(name);
    const key = found ? `${found[1]}*` : `${name}#${index}`;
    families.set(key, [...(families.get(key) ?? []), { index, number: found ? Number(found[2]) : 0 }]);
  });
  return [...families.values()].flatMap((family) => {
    const ordered = [...family].sort((a, b) => a.number - b.number);
    const gaps = ordered.slice(1).map((one, n) => one.number - (ordered[n]?.number ?? 0));
    const step = Math.min(...gaps.filter((gap) => gap > 0));
    const stretches: (typeof ordered)[] = [];
    ordered.forEach((one, n) => {
      if (n > 0 && gaps[n - 1] === step) stretches.at(-1)?.push(one);
      else stretches.push([one]);
    });
    return stretches.map((members) => ({
      members: members.map((one) => one.index),
      step: members.length > 1 ? step : 0,
      first: members[0]?.number ?? 0,
    }));
  });
}

/** A body's breadth that sagittal series cover, mm, with the column in their middle. */
const BREADTH_MM = 100;
/** No sagittal lumbar series has its slices nearer or farther than this. */
const STEP_MM = [0.8, 6] as const;

/**
 * How far apart slices of consecutive numbers lie, from the number in the middle of those at hand, mm: a series that counts to 114 is a thin
 * one and has some 0.9 mm a slice, one that counts to 15 some 6. For slices that show the column and state no distance; an assumption.
 */
export function assumedStepMm(middleNumber: number): number {
  return Math.min(STEP_MM[1], Math.max(STEP_MM[0], BREADTH_MM / (2 * middleNumber + 1)));
}

/**
 * Pictures of one slice each, in order, as one series `sliceMm` apart, so that neighbours are read together. Which of its ends is the left
 * side of the patient is not known. Null where they are no slices of one series: unequal in size or spacing, not one slice each, or
 * mirrored in turn.
 */
export function stackPictures(parts: readonly InputSeries[], sliceMm: number): CanonicalSeries | null {
  const middle = parts[parts.length >> 1];
  if (!middle || parts.length < 2) return null;
  const [w, h, depth] = middle.volume.size;
  const [row, column] = middle.volume.spacing;
  const alike = ({ format, volume }: InputSeries): boolean =>
    format === 'png' &&
    depth === 1 &&
    volume.size.every((n, axis) => n === middle.volume.size[axis]) &&
    volume.spacing[0] === row &&
    volume.spacing[1] === column;
  if (!parts.every(alike)) return null;
  const data = new Float32Array(w * h * parts.length);
  parts.forEach((part, k) => {
    data.set(part.volume.data, w * h * k);
  });
  const size = [w, h, parts.length] as const;
  if (mirroredSlices(data, size)) return null;
  const spacing = [row, column, sliceMm] as const;
  const ratio = sliceMm / middle.volume.spacing[2];
  const ijkToLps = middle.volume.ijkToLps.map((value, at) =>
    at % 4 === 2 && at < 12 ? value * ratio : value,
  );
  return {
    name: middle.name,
    volume: {
      ...middle.volume,
      size,
      spacing,
      ijkToLps: ijkToLps as unknown as Affine,
      data,
    },
    reading: { ...middle.reading, size, spacingMm: spacing },
    hasGeometry: false,
    plane: middle.plane,
    contrast: middle.contrast,
  };
}
