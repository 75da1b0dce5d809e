import { assumedStep, assumedStepMm, type NamedBytes, sliceStretches } from '@foramen/imaging';
import { type ReadingOptions, type Segmented, type SpineReader, warningLines } from './reading.ts';

/** Inputs that their names count as slices of one series, in order, and how far one lies from the next; or one input alone. */
interface SliceSeries<T> {
  readonly members: readonly T[];
  readonly sliceMm: number;
  /** The distance was not said, but taken from the numbers. */
  readonly assumed: boolean;
}

/**
 * Inputs sorted into series of slices by their names; everything else is a series of its own.
 * @param numberMm what a distance of one number is, where the user said it
 */
export function sliceSeries<T extends { readonly path: string }>(
  inputs: readonly T[],
  numberMm: (one: T) => number | undefined,
): readonly SliceSeries<T>[] {
  return sliceStretches(inputs.map(({ path }) => path)).map(({ members, step, first }) => {
    const said = numberMm(inputs[members[0]!]!);
    const middle = first + (step * (members.length - 1)) / 2;
    return {
      members: members.map((index) => inputs[index]!),
      sliceMm: step * (said ?? assumedStepMm(middle)),
      assumed: said === undefined,
    };
  });
}

/**
 * Slices of one series read as one. Null where there is but one, or they cannot be read so, whatever the reason: each is then read alone
 * and says what is wrong with it.
 */
export async function readTogether(
  reader: SpineReader,
  { members, sliceMm, assumed }: SliceSeries<{ readonly path: string }>,
  load: () => readonly NamedBytes[],
  options: ReadingOptions,
): Promise<{ readonly slices: readonly Segmented[]; readonly said: string } | null> {
  if (members.length < 2) return null;
  try {
    const read = await reader.readSlices(load(), sliceMm, options);
    return (
      read && {
        slices: read.slices,
        said: warningLines([
          ...(assumed ? [assumedStep(members[0]!.path, members.length, sliceMm)] : []),
          ...read.warnings,
        ]),
      }
    );
  } catch {
    return null;
  }
}
