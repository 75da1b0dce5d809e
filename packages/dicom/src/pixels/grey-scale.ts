import { bytesOf, type DataSet, item, items, number, numbers, text } from '../data-set.ts';
import { DICTIONARY, type Keyword } from '../dictionary.ts';

export type WindowShape = 'linear' | 'linear-exact' | 'sigmoid';
/** A window on values after the modality transformation (PS3.3, C.11.2.1.2, C.11.2.1.3). */
export interface GreyWindow {
  readonly center: number;
  readonly width: number;
  readonly shape: WindowShape;
}

/** Defined terms of VOI LUT Function (0028,1056). */
export const WINDOW_SHAPES: ReadonlyMap<string, WindowShape> = new Map([
  ['LINEAR', 'linear'],
  ['LINEAR_EXACT', 'linear-exact'],
  ['SIGMOID', 'sigmoid'],
]);

/**
 * Stored values of frame `index` (from 0) to bytes to show, 0 black to 255 white: modality table or rescale, then the window asked for, the frame's own window or
 * table, or the range of its values, then the presentation shape (PS3.4, N.2). What an enhanced object says of this frame goes before what it says
 * of all, and that before what stands outside its functional groups (PS3.3, C.7.6.16).
 */
export function greyPicture(
  set: DataSet,
  index: number,
  samples: ArrayLike<number>,
  asked?: GreyWindow,
): Uint8Array<ArrayBuffer> {
  const modality = modalityOf(set, index);
  const voi = groupOf(set, index, 'FrameVOILUTSequence', ['WindowCenter', 'VOILUTSequence']);
  const window = asked ?? windowOf(voi);
  const table = window === undefined ? tableOf(item(voi, 'VOILUTSequence'), set) : undefined;
  const brightness =
    table === undefined
      ? windowed(window ?? wholeRange(samples, modality, padding(set)))
      : (value: number) => (table.at(value) / table.most) * 255;
  const inverted = isInverse(set);
  const out = new Uint8Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    const value = Math.max(0, Math.min(255, Math.round(brightness(modality(samples[i]!)))));
    out[i] = inverted ? 255 - value : value;
  }
  return out;
}

/** The item of a functional group that holds for a frame; the data set itself where there is none, or none that says one of `about`. */
function groupOf(set: DataSet, index: number, name: Keyword, about: readonly Keyword[]): DataSet {
  const groups = [
    items(set, 'PerFrameFunctionalGroupsSequence')[index],
    item(set, 'SharedFunctionalGroupsSequence'),
  ];
  for (const group of groups) {
    const found = group && item(group, name);
    if (found && about.some((keyword) => found.has(DICTIONARY[keyword][0]))) return found;
  }
  return set;
}

type Value = (value: number) => number;

function modalityOf(set: DataSet, index: number): Value {
  const group = groupOf(set, index, 'PixelValueTransformationSequence', ['RescaleSlope', 'RescaleIntercept']);
  const table = group === set ? tableOf(item(set, 'ModalityLUTSequence'), set) : undefined;
  if (table !== undefined) return table.at;
  const slope = number(group, 'RescaleSlope') ?? 1;
  const intercept = number(group, 'RescaleIntercept') ?? 0;
  return (value) => value * slope + intercept;
}

function windowOf(group: DataSet): GreyWindow | undefined {
  const center = numbers(group, 'WindowCenter')[0];
  const width = numbers(group, 'WindowWidth')[0];
  if (center === undefined || width === undefined || !(width > 0)) return undefined;
  return { center, width, shape: WINDOW_SHAPES.get(text(group, 'VOILUTFunction')?.trim() ?? '') ?? 'linear' };
}

interface Table {
  readonly at: Value;
  /** Largest value an entry can have. */
  readonly most: number;
}

/** A lookup table (PS3.3, C.11.1.1, C.11.2.1.1); undefined where there is none, or it is shorter than it says. Values outside it are those of its ends. */
function tableOf(group: DataSet | undefined, set: DataSet): Table | undefined {
  if (group === undefined) return undefined;
  const [stated, from, bits] = numbers(group, 'LUTDescriptor');
  if (stated === undefined || from === undefined || bits === undefined || bits < 8 || bits > 16)
    return undefined;
  // 65,536 entries do not fit 16 bits and are written as 0; as a signed value larger counts are negative.
  const count = stated > 0 ? stated : stated + 65_536;
  // The first value that is mapped has the sign of the pixels, whatever the kind of its element says.
  const first = number(set, 'PixelRepresentation') === 1 && from > 0x7fff ? from - 65_536 : from;
  const entries = entriesOf(group, count, bits);
  if (entries === undefined) return undefined;
  return {
    at: (value) => entries[Math.max(0, Math.min(count - 1, Math.round(value) - first))]!,
    most: 2 ** bits - 1,
  };
}

function entriesOf(group: DataSet, count: number, bits: number): ArrayLike<number> | undefined {
  const bytes = bytesOf(group, 'LUTData');
  if (bytes === undefined) {
    const words = numbers(group, 'LUTData');
    // Written as SS, the upper half of 16 bits comes out negative.
    return words.length >= count ? words.map((word) => word & 0xffff) : undefined;
  }
  // Entries of 8 bits may be packed.
  if (bits === 8 && bytes.length >= count && bytes.length < 2 * count) return bytes;
  if (bytes.length < 2 * count) return undefined;
  return Uint16Array.from({ length: count }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}

/** The stored values that stand for nothing (PS3.3, C.7.5.1.1.2); they do not count in the range of a picture. */
function padding(set: DataSet): (stored: number) => boolean {
  return paddingOf(set) ?? (() => false);
}

/** The same, or undefined where the picture has none. A value written as unsigned for signed samples is read as they are. */
export function paddingOf(set: DataSet): ((stored: number) => boolean) | undefined {
  const signed = number(set, 'PixelRepresentation') === 1;
  const bits = number(set, 'BitsAllocated') ?? 16;
  const stored = (keyword: 'PixelPaddingValue' | 'PixelPaddingRangeLimit'): number | undefined => {
    const value = number(set, keyword);
    if (value === undefined) return undefined;
    if (signed) return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
    return value < 0 ? value + 2 ** bits : value;
  };
  const value = stored('PixelPaddingValue');
  if (value === undefined) return undefined;
  const limit = stored('PixelPaddingRangeLimit') ?? value;
  const [low, high] = [Math.min(value, limit), Math.max(value, limit)];
  return (stored) => stored >= low && stored <= high;
}

function wholeRange(
  samples: ArrayLike<number>,
  modality: Value,
  empty: (stored: number) => boolean,
): GreyWindow {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < samples.length; i++) {
    if (empty(samples[i]!)) continue;
    const value = modality(samples[i]!);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high >= low)) return { center: 0, width: 1, shape: 'linear-exact' };
  return { center: (low + high) / 2, width: high > low ? high - low : 1, shape: 'linear-exact' };
}

/** From a value to 0 to 255, unclamped. */
function windowed({ center, width, shape }: GreyWindow): Value {
  switch (shape) {
    case 'linear':
      // A width of 1 is a threshold.
      return width <= 1
        ? (value) => (value <= center - 0.5 ? 0 : 255)
        : (value) => ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
    case 'linear-exact':
      return (value) => ((value - center) / width + 0.5) * 255;
    case 'sigmoid':
      return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
  }
}

/** Presentation LUT Shape says it where it is there (PS3.3, C.11.6.1.2), the photometric interpretation else. */
function isInverse(set: DataSet): boolean {
  const shape = text(set, 'PresentationLUTShape')?.trim();
  if (shape === 'INVERSE' || shape === 'IDENTITY') return shape === 'INVERSE';
  return text(set, 'PhotometricInterpretation')?.trim() === 'MONOCHROME1';
}
