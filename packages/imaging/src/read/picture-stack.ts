import type { Affine, Problem } from '@foramen/spine';
import { mirroredSlices } from '../volumes/mirrored-slices.ts';
import type { InputSeries } from '../volumes/series.ts';

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
export function stackPictures(parts: readonly InputSeries[], sliceMm: number): InputSeries | null {
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
  const affine = ijkToLps as unknown as Affine;
  return {
    ...middle,
    volume: { ...middle.volume, size, spacing, ijkToLps: affine, data },
    reading: { ...middle.reading, size, spacingMm: spacing },
    // A PNG's grid is the canonical one.
    source: {
      size,
      spacing,
      ijkToLps: affine,
      slices: parts.flatMap((part) => part.source.slices),
    },
    warnings: parts.flatMap((part) => part.warnings),
  };
}

/** What to say where the distance of slices was taken from their numbers. `where` is the first of `count` pictures. */
export const assumedStep = (where: string, count: number, sliceMm: number): Problem => ({
  code: 'missing',
  severity: 'warning',
  where,
  what: `read with ${count - 1} more as slices of one series, by their names; ${sliceMm.toFixed(1)} mm from one to the next is taken from their numbers`,
  help: 'Give --spacing ROW,COL,SLICE to say how far one number is from the next',
});

/**
 * The series of a study, with pictures that their names count as slices of one series put together, in the place of the first of them.
 * What cannot be put together stays as it is.
 * @param numberMm what a distance of one number is, where the user said it
 */
export function stackedByName(
  series: readonly InputSeries[],
  numberMm?: number,
): { readonly series: readonly InputSeries[]; readonly warnings: readonly Problem[] } {
  const out: (InputSeries | null)[] = [...series];
  const warnings: Problem[] = [];
  for (const { members, step, first } of sliceStretches(series.map((one) => one.id))) {
    const sliceMm = step * (numberMm ?? assumedStepMm(first + (step * (members.length - 1)) / 2));
    const stack = stackPictures(
      members.flatMap((index) => series[index] ?? []),
      sliceMm,
    );
    if (!stack) continue;
    for (const index of members) out[index] = null;
    out[Math.min(...members)] = stack;
    const where = series[members[0] ?? 0]?.name ?? stack.name;
    if (numberMm === undefined) warnings.push(assumedStep(where, members.length, sliceMm));
  }
  return { series: out.filter((one) => one !== null), warnings };
}
