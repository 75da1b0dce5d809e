import { number, pixelShape, storedFrame } from '@foramen/dicom';
import { type Affine, type Problem, perAxis, type Vec3 } from '@foramen/spine';
import { cross, type DicomFrame, dot } from './dicom-frames.ts';
import { planeOfNormal } from './orientation.ts';

/** Frames of one orientation on a regular grid; null stands for a slice that is missing. */
export interface Stack {
  readonly frames: readonly (DicomFrame | null)[];
  readonly ijkToLps: Affine;
  /** Where in-plane spacing came from. */
  readonly spacingFrom: 'file' | 'caller' | 'default';
  readonly hasGeometry: boolean;
  readonly warnings: readonly Problem[];
}

interface StackOptions {
  /** Row, column, slice spacing in mm given by the caller, used where the header states none. */
  readonly spacing?: Vec3 | undefined;
  readonly assumed: Vec3;
}

/** Orientations closer than this belong to one stack; a scanner's rounding is far below, a disc's tilt far above. */
const SAME_DIRECTION = Math.cos((1 * Math.PI) / 180);
/** A hole of up to this many missing slices is bridged; a larger one separates stacks (angled axial blocks). */
const MOST_MISSING = 2;

/**
 * Sorts the frames of one series into regular stacks: apart by size, echo, phase, reconstruction and orientation;
 * ordered by Image Position along the normal, never by file or instance number; duplicates dropped; holes marked.
 */
export function stacksOf(
  frames: readonly DicomFrame[],
  where: string,
  options: StackOptions,
): readonly Stack[] {
  const groups: DicomFrame[][] = [];
  for (const frame of frames) {
    const home = groups.find((group) => belongs(frame, group[0]!));
    if (home) home.push(frame);
    else groups.push([frame]);
  }
  const stacks = groups.flatMap((group) => splitGroup(group, where, options));
  const [first] = stacks;
  if (
    !first ||
    !groups.some((group, n) => groups.slice(n + 1).some((other) => differInSize(group[0]!, other[0]!)))
  )
    return stacks;
  const note = warn(
    'inconsistent',
    where,
    'its slices differ in picture size or pixel spacing; they were read as series of their own',
    'Send each acquisition as a series of its own',
  );
  return [{ ...first, warnings: [...first.warnings, note] }, ...stacks.slice(1)];
}

/** Slices of one direction, yet not of one picture size or spacing. */
function differInSize(a: DicomFrame, b: DicomFrame): boolean {
  if (!a.orientation || !b.orientation) return false;
  const parallel = [0, 1].every((n) => dot(a.orientation![n]!, b.orientation![n]!) > SAME_DIRECTION);
  return parallel && (a.rows !== b.rows || a.columns !== b.columns || !sameSpacing(a, b));
}

function sameSpacing(a: DicomFrame, b: DicomFrame): boolean {
  if (!a.pixelSpacing || !b.pixelSpacing) return true;
  return [0, 1].every((n) => Math.abs(a.pixelSpacing![n]! / b.pixelSpacing![n]! - 1) <= 0.01);
}

function belongs(frame: DicomFrame, other: DicomFrame): boolean {
  if (frame.stackKey !== other.stackKey) return false;
  const placed = frame.position !== null && frame.orientation !== null;
  if (placed !== (other.position !== null && other.orientation !== null)) return false;
  if (!frame.orientation || !other.orientation) return true;
  if (!sameSpacing(frame, other)) return false;
  return (
    dot(frame.orientation[0], other.orientation[0]) > SAME_DIRECTION &&
    dot(frame.orientation[1], other.orientation[1]) > SAME_DIRECTION
  );
}

function splitGroup(group: readonly DicomFrame[], where: string, options: StackOptions): readonly Stack[] {
  const first = group[0]!;
  if (!first.orientation || !first.position) return [unplaced(group, where, options)];
  const normal = cross(first.orientation[0], first.orientation[1]);
  const placed = group
    .map((frame) => ({ frame, at: dot(frame.position!, normal) }))
    .sort((a, b) => a.at - b.at || (a.frame.instanceNumber ?? 0) - (b.frame.instanceNumber ?? 0));
  const nominal = first.spacingBetweenSlices ?? first.thickness ?? 1;
  const tolerance = Math.max(0.01, Math.min(0.1 * nominal, 0.2));
  // Frames at one place: the same object twice, or the next repetition of the whole stack.
  const places: { at: number; frames: DicomFrame[] }[] = [];
  const seen = new Set<string>();
  let dropped = 0;
  for (const { frame, at } of placed) {
    const id = `${frame.sopInstanceUid}#${frame.index}`;
    if (seen.has(id)) {
      dropped++;
      continue;
    }
    seen.add(id);
    const last = places[places.length - 1];
    if (last && at - last.at < tolerance) last.frames.push(frame);
    else places.push({ at, frames: [frame] });
  }
  if (places.length === 1 && toldApart(places[0]!.frames)) {
    const stack = unplaced(places[0]!.frames, where, options);
    const note = warn(
      'contradiction',
      where,
      `all ${places[0]!.frames.length} slices are said to lie at one place; they were taken in the order of their numbers`,
      'Export the original series',
    );
    return [{ ...stack, warnings: [note, ...stack.warnings.slice(1)] }];
  }
  const repeats = places[0]!.frames.length;
  const repeated = repeats > 1 && places.every((place) => place.frames.length === repeats);
  const warnings: Problem[] = [];
  if (!repeated) {
    dropped += places.reduce((sum, place) => sum + place.frames.length - 1, 0);
    const other = places.filter(({ frames }) => frames.some((one) => !samePixels(one, frames[0]!))).length;
    if (other > 0)
      warnings.push(
        warn(
          'contradiction',
          where,
          `at ${other} places two different pictures lie; the first by instance number was taken`,
          'Send each acquisition as a series of its own',
        ),
      );
  }
  if (dropped > 0) {
    warnings.push(
      warn('inconsistent', where, `${dropped} duplicate slices were left out`, 'Check the export for copies'),
    );
  }
  const stacks: Stack[] = [];
  for (let copy = 0; copy < (repeated ? repeats : 1); copy++) {
    const slices = places.map((place) => ({ at: place.at, frame: place.frames[copy]! }));
    const apart = interleaved(slices);
    if (apart) {
      const note = warn(
        'inconsistent',
        where,
        'two stacks of slices lie between each other; they were read as series of their own',
        'Send each acquisition as a series of its own',
      );
      for (const half of apart)
        stacks.push(...regularRuns(half, normal, where, options, [...warnings, note]));
    } else stacks.push(...regularRuns(slices, normal, where, options, warnings));
  }
  return stacks;
}

/** From so many on pictures at one place are a stack whose places were lost. */
const LEAST_LOST = 5;

/**
 * Whether pictures at one place are slices whose places were lost (an anonymiser that writes the same one into all), and not one slice taken again and
 * again: those say when, and look alike.
 */
function toldApart(frames: readonly DicomFrame[]): boolean {
  if (frames.length < LEAST_LOST || new Set(frames.map((f) => f.instanceNumber)).size < frames.length)
    return false;
  const timed = (['TemporalPositionIdentifier', 'TriggerTime', 'NumberOfTemporalPositions'] as const).some(
    (keyword) => frames.some((frame) => number(frame.file.set, keyword) !== undefined),
  );
  const echoes = new Set(frames.map((frame) => frame.echoTime)).size;
  return !timed && echoes === 1 && frames.every((frame, n) => n === 0 || !samePixels(frame, frames[0]!));
}

interface Slice {
  readonly at: number;
  readonly frame: DicomFrame;
}

/** Slices of each of two interleaved stacks at least. */
const FEWEST_INTERLEAVED = 3;

/**
 * The two stacks of slices that lie nearer together than the header says, where every other slice keeps the stated distance: two acquisitions sent
 * as one series. Null for all else.
 */
function interleaved(slices: readonly Slice[]): readonly [readonly Slice[], readonly Slice[]] | null {
  const stated = slices[0]!.frame.spacingBetweenSlices;
  if (stated === null || slices.length < 2 * FEWEST_INTERLEAVED) return null;
  const keeps = (part: readonly Slice[]): boolean =>
    part.slice(1).every((slice, i) => Math.abs(slice.at - part[i]!.at - stated) < 0.1 * stated);
  const even = slices.filter((_, i) => i % 2 === 0);
  const odd = slices.filter((_, i) => i % 2 === 1);
  if (!keeps(even) || !keeps(odd)) return null;
  // A reconstruction that overlaps lies evenly and is numbered through.
  const numbers = (part: readonly Slice[]) => part.map(({ frame }) => frame.instanceNumber ?? 0);
  const [one, other] = [numbers(even), numbers(odd)];
  const apart = Math.max(...one) < Math.min(...other) || Math.max(...other) < Math.min(...one);
  const half = Math.abs((odd[0]!.at - even[0]!.at) / stated - 0.5) < 0.05;
  return apart || !half ? [even, odd] : null;
}

/** Whether two frames hold the same stored bytes. */
function samePixels(a: DicomFrame, b: DicomFrame): boolean {
  const [one, other] = [a, b].map(({ file, index }) => {
    const shape = pixelShape(file.set);
    return shape.ok ? storedFrame(file.set, shape.value, index) : null;
  });
  return !!one && !!other && one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** Cuts sorted slices into runs of one spacing and bridges small holes. */
function regularRuns(
  slices: readonly Slice[],
  normal: Vec3,
  where: string,
  options: StackOptions,
  inherited: readonly Problem[],
): readonly Stack[] {
  if (slices.length === 1) return [regular(slices, [0], normal, where, options, inherited)];
  const gaps = slices.slice(1).map((slice, i) => slice.at - slices[i]!.at);
  const step = [...gaps].sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)]!;
  const runs: { slices: Slice[]; index: number[] }[] = [{ slices: [slices[0]!], index: [0] }];
  // Blocks of axial slices lie apart on purpose; sagittal ones never do.
  const sagittal = planeOfNormal(normal).plane === 'sagittal';
  let irregular = false;
  let hole = 0;
  gaps.forEach((gap, i) => {
    const steps = gap / step;
    const whole = Math.round(steps);
    const run = runs[runs.length - 1]!;
    const fits = whole >= 1 && whole <= 1 + MOST_MISSING && Math.abs(steps - whole) < 0.15 * whole;
    if (fits) {
      run.slices.push(slices[i + 1]!);
      run.index.push(run.index[run.index.length - 1]! + whole);
    } else {
      irregular ||= steps < 3;
      if (sagittal && steps >= 3) hole = Math.max(hole, whole - 1);
      runs.push({ slices: [slices[i + 1]!], index: [0] });
    }
  });
  const notes = [...inherited];
  if (irregular)
    notes.push(
      warn(
        'inconsistent',
        where,
        'slices are not evenly spaced; the series was divided',
        'Use an evenly spaced series',
      ),
    );
  if (hole > 0)
    notes.push(
      warn(
        'missing',
        where,
        `${hole} slices in a row are missing; the series was divided there`,
        'Send the whole series',
      ),
    );
  return runs.map((run) => regular(run.slices, run.index, normal, where, options, notes));
}

function regular(
  slices: readonly Slice[],
  index: readonly number[],
  normal: Vec3,
  where: string,
  options: StackOptions,
  inherited: readonly Problem[],
): Stack {
  const warnings = [...inherited];
  const first = slices[0]!.frame;
  const last = slices[slices.length - 1]!.frame;
  const span = index[index.length - 1]!;
  const frames: (DicomFrame | null)[] = new Array(span + 1).fill(null);
  slices.forEach((slice, i) => {
    frames[index[i]!] = slice.frame;
  });
  const missing = span + 1 - slices.length;
  if (missing > 0) {
    warnings.push(
      warn(
        'missing',
        where,
        `${missing} of ${span + 1} slices are missing and were interpolated`,
        'Send the whole series',
      ),
    );
  }
  const { spacing, from } = inPlane(first, where, options, warnings);
  const origin = first.position!;
  const thick = first.spacingBetweenSlices ?? first.thickness ?? options.spacing?.[2] ?? options.assumed[2];
  // The true step, so that stacks whose slices are shifted within their plane keep their shear.
  const step = perAxis((axis) =>
    span === 0 ? normal[axis] * thick : (last.position![axis] - origin[axis]) / span,
  );
  const stray = slices.some(({ frame }, i) =>
    frame.position!.some((p, axis) => Math.abs(p - (origin[axis]! + step[axis]! * index[i]!)) > 0.5),
  );
  if (stray) {
    warnings.push(
      warn(
        'inconsistent',
        where,
        'slice positions are not on a straight line within 0.5 mm',
        'Positions may be off by a little',
      ),
    );
  }
  const apart = Math.hypot(...step);
  const stated = first.spacingBetweenSlices;
  // Some headers give the gap between slices in the place of the distance from one to the next.
  const meant = stated === null ? [] : [stated, stated + (first.thickness ?? 0)];
  if (span > 0 && meant.length > 0 && meant.every((mm) => Math.abs(apart - mm) > 0.15 * mm)) {
    warnings.push(
      warn(
        'contradiction',
        where,
        `slices lie ${apart.toFixed(1)} mm apart by their positions, ${stated} mm by the stated spacing; positions were taken`,
        'Check the export; lengths across slices are not to be trusted',
      ),
    );
  }
  const [u, v] = first.orientation!;
  return {
    frames,
    spacingFrom: from,
    hasGeometry: true,
    warnings,
    ijkToLps: [
      u[0] * spacing[1],
      v[0] * spacing[0],
      step[0],
      origin[0],
      u[1] * spacing[1],
      v[1] * spacing[0],
      step[1],
      origin[1],
      u[2] * spacing[1],
      v[2] * spacing[0],
      step[2],
      origin[2],
      0,
      0,
      0,
      1,
    ],
  };
}

/** Frames without position: file order by instance number, laid out like a sagittal picture. */
function unplaced(group: readonly DicomFrame[], where: string, options: StackOptions): Stack {
  const frames = [...group].sort(
    (a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0) || a.index - b.index,
  );
  const warnings: Problem[] = [
    warn(
      'missing',
      where,
      'the header states no usable image position and orientation',
      'Export the original series',
    ),
  ];
  const { spacing, from } = inPlane(frames[0]!, where, options, warnings);
  const thick =
    frames[0]!.spacingBetweenSlices ?? frames[0]!.thickness ?? options.spacing?.[2] ?? options.assumed[2];
  return {
    frames,
    spacingFrom: from,
    hasGeometry: false,
    warnings,
    ijkToLps: [0, 0, thick, 0, spacing[1], 0, 0, 0, 0, -spacing[0], 0, 0, 0, 0, 0, 1],
  };
}

function inPlane(
  frame: DicomFrame,
  where: string,
  options: StackOptions,
  warnings: Problem[],
): { readonly spacing: readonly [number, number]; readonly from: 'file' | 'caller' | 'default' } {
  if (frame.pixelSpacing) return { spacing: frame.pixelSpacing, from: 'file' };
  if (options.spacing) return { spacing: [options.spacing[0], options.spacing[1]], from: 'caller' };
  warnings.push(
    warn(
      'missing',
      where,
      `the header states no pixel spacing; ${options.assumed[0]} mm was assumed`,
      'Give --spacing; lengths are only indicative',
    ),
  );
  return { spacing: [options.assumed[0], options.assumed[1]], from: 'default' };
}

function warn(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'warning', where, what, help };
}
