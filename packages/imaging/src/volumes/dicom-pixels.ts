import {
  type Codecs,
  decodeGreyFrame,
  type GreyFrame,
  type GreySamples,
  number,
  paddingOf,
  pixelShape,
  text,
} from '@foramen/dicom';
import type { Problem, Result } from '@foramen/spine';
import type { DicomFrame } from './dicom-frames.ts';
import { type MirroredSlices, mirroredSlices } from './mirrored-slices.ts';
import { airIsBrightest, turnBrightness } from './polarity.ts';
import type { Stack } from './stacks.ts';
import { type CodeCount, countCodes, emptyCount, signLie } from './stored-sign.ts';

interface DecodeOptions {
  readonly codecs: Codecs;
  readonly cancelled?: (() => boolean) | undefined;
}

/** The pixels of a stack in the header's units, one slice after another. */
export interface DecodedStack {
  readonly data: Float32Array;
  /** False for slices that are missing, damaged or contradict the rest, and were interpolated. */
  readonly acquired: readonly boolean[];
  readonly remarks: readonly Problem[];
}

/** A 640 x 640 x 160 volume has half as many; more would not fit beside the analysis. */
const MOST_VOXELS = 128 * 1024 * 1024;
/** Share of samples with bits outside the stored ones above which the header lies about them. */
const STRAY_SHARE = 1e-3;

/**
 * Decodes a stack and checks its values against what the header says of them. Without a result the stack is not to be used, for the reasons
 * in `problems` (or because it was cancelled).
 */
export async function decodeStack(
  stack: Stack,
  name: string,
  options: DecodeOptions,
): Promise<{ readonly decoded: DecodedStack | null; readonly problems: readonly Problem[] }> {
  const first = stack.frames.find((frame) => frame !== null)!;
  const size = [first.columns, first.rows, stack.frames.length] as const;
  const plane = size[0] * size[1];
  const problems: Problem[] = [];
  const refused = (code: Problem['code'], what: string, help: string) => ({
    decoded: null,
    problems: [...problems, { code, severity: 'error', where: name, what, help } as const],
  });
  if (plane * size[2] > MOST_VOXELS)
    return refused(
      'too-large',
      `the series is ${size.join(' x ')} voxels`,
      'Give one series of a lumbar study',
    );
  // Only a picture that decodes earns memory for the volume its header claims.
  let data: Float32Array | null = null;
  const acquired: boolean[] = [];
  const { codecs } = options;
  const decode = (frame: DicomFrame | null | undefined): Promise<Result<GreyFrame>> | null => {
    const started = frame ? decodeGreyFrame(frame.file, frame.index, codecs, frame.fileName) : null;
    // What is begun ahead and then not waited for may fail unheard.
    started?.catch(() => undefined);
    return started;
  };
  const scales = oddScales(stack);
  const count = emptyCount();
  let stray = 0;
  let beyond = 0;
  // Some frames ahead, where codecs work on several.
  const ahead = stack.frames.slice(0, codecs.atOnce ?? 1).map(decode);
  for (const [k, frame] of stack.frames.entries()) {
    if (options.cancelled?.()) return { decoded: null, problems };
    const pixels = await ahead.shift();
    ahead.push(decode(stack.frames[k + ahead.length + 1]));
    if (pixels && !pixels.ok) problems.push(pixels.problems[0]);
    const good = pixels?.ok === true && frame !== null && !scales.left.includes(frame);
    acquired.push(good);
    if (!good) continue;
    const samples = withoutPadding(pixels.value.samples, frame);
    data ??= new Float32Array(plane * size[2]);
    if (!overlaid(frame)) stray += pixels.value.stray;
    beyond += beyondStated(frame, samples) ? 1 : 0;
    tally(count, frame, samples);
    scaleInto(data.subarray(k * plane, (k + 1) * plane), samples, frame);
  }
  if (!data) return { decoded: null, problems };
  const good = acquired.filter(Boolean).length;
  if (stray > STRAY_SHARE * plane * good)
    return refused(
      'contradiction',
      `${((100 * stray) / (plane * good)).toFixed(1)} % of the values use bits outside those the header says are stored`,
      'Export the original series again',
    );
  const remark = (code: Problem['code'], what: string, help: string): Problem => ({
    code,
    severity: 'warning',
    where: name,
    what,
    help,
  });
  const remarks = [...scales.remarks.map((what) => remark('out-of-range', what, SCALE_HELP))];
  const lie = mendSign(data, stack, acquired, count);
  if (lie) remarks.push(remark('contradiction', lie, 'The values decide'));
  const called = text(first.file.set, 'PhotometricInterpretation') === 'MONOCHROME1';
  if (called && good === acquired.length && airIsBrightest(data)) {
    turnBrightness(data);
    remarks.push(
      remark(
        'contradiction',
        'the header says MONOCHROME1 (dark is much), but air would then be brighter than all else',
        'The picture decides',
      ),
    );
  }
  if (beyond > 0)
    remarks.push(
      remark(
        'contradiction',
        `values of ${beyond} slices lie outside the smallest and largest the header states`,
        'The values decide',
      ),
    );
  // Before holes are filled: what is interpolated vouches for nothing.
  const turned = mirroredSlices(data, size);
  if (turned) {
    const what = mirroredText(turned, size[2]);
    for (const k of turned.slices) acquired[k] = false;
    if (!mayFill(stack, acquired)) return refused('contradiction', what, 'Export the original series again');
    remarks.push(remark('contradiction', `${what}; they were left out`, 'Export the original series again'));
  }
  if (!mayFill(stack, acquired)) {
    const made = acquired.filter((is) => !is).length;
    return refused(
      'missing',
      `${made} of ${acquired.length} slices are missing or cannot be used, more than may be interpolated`,
      'Send the whole series',
    );
  }
  fillHoles(data, plane, acquired);
  return {
    decoded: {
      data,
      acquired,
      remarks: [...problems.map((problem): Problem => ({ ...problem, severity: 'warning' })), ...remarks],
    },
    problems: [],
  };
}

const SCALE_HELP = 'Export the series with its rescale slope and intercept, or without any';

/** Slices by their place, from 1. */
export function mirroredText({ slices, way }: MirroredSlices, of: number): string {
  const shown = slices.slice(0, 6).map((k) => k + 1);
  return `${slices.length} of ${of} slices are mirrored ${way} against their neighbours (${shown.join(', ')}${slices.length > shown.length ? ', …' : ''})`;
}

/** Frames whose rescale is no scale: all of them are taken as stored; single ones among good ones would differ in brightness and are left out. */
function oddScales(stack: Stack): {
  readonly left: readonly DicomFrame[];
  readonly remarks: readonly string[];
} {
  const frames = stack.frames.filter((frame) => frame !== null);
  const odd = frames.filter((frame) => frame.unusableScale !== null);
  const negative = frames.some((frame) => frame.slope < 0)
    ? ['the rescale slope is negative: bright and dark are exchanged']
    : [];
  const why = odd[0]?.unusableScale;
  if (!why) return { left: [], remarks: negative };
  const plain = frames.every((frame) => frame.slope === 1 && frame.intercept === 0);
  return plain
    ? { left: [], remarks: [`${why}; stored values were taken`] }
    : {
        left: odd,
        remarks: [...negative, `${why} on ${odd.length} of ${frames.length} slices, which were left out`],
      };
}

/** Overlays once lived in the unused bits of a sample (groups 60xx, retired); the header then gives their place. */
function overlaid({ file }: DicomFrame): boolean {
  for (let group = 0x6000; group <= 0x601e; group += 2) {
    if ((number(file.set, group * 0x10000 + 0x0102) ?? 0) > 0) return true;
  }
  return false;
}

/** Whether values lie outside the smallest and largest the header states for this one picture. */
function beyondStated({ file, multiFrame }: DicomFrame, samples: GreySamples): boolean {
  const low = number(file.set, 'SmallestImagePixelValue');
  const high = number(file.set, 'LargestImagePixelValue');
  if (multiFrame || low === undefined || high === undefined) return false;
  // Both 0: never filled in.
  if (low === 0 && high === 0) return false;
  for (const v of samples) if (v < low || v > high) return true;
  return false;
}

function tally(count: CodeCount, frame: DicomFrame, samples: GreySamples): void {
  const shape = pixelShape(frame.file.set);
  if (shape.ok && !shape.value.floating && shape.value.bitsStored >= 8 && shape.value.bitsStored <= 16)
    countCodes(count, samples, shape.value.bitsStored);
}

/** Where the header lies about the sign of stored values they are put right; says so. */
function mendSign(
  data: Float32Array,
  stack: Stack,
  acquired: readonly boolean[],
  count: CodeCount,
): string | null {
  const first = stack.frames.find((frame) => frame !== null)!;
  const shape = pixelShape(first.file.set);
  if (!shape.ok || count.total === 0 || text(first.file.set, 'PhotometricInterpretation') === 'MONOCHROME1')
    return null;
  const { signed, bitsStored } = shape.value;
  const lie = signLie(count, signed);
  if (!lie) return null;
  const span = 2 ** bitsStored;
  const plane = data.length / stack.frames.length;
  for (const [k, frame] of stack.frames.entries()) {
    if (!frame || !acquired[k]) continue;
    const { slope, intercept } = frame;
    for (let i = k * plane; i < (k + 1) * plane; i++) {
      const stored = (data[i]! - intercept) / slope;
      if (signed ? stored < -0.5 : stored >= span / 2 - 0.5)
        data[i] = (stored + (signed ? span : -span)) * slope + intercept;
    }
  }
  return lie === 'signed called unsigned'
    ? 'the header calls the values unsigned, but they hold negative numbers; they were read as signed'
    : 'the header calls the values signed, but they run on beyond the largest signed number; they were read as unsigned';
}

/** Samples that stand for nothing become as dark as the darkest that stand for something; what was decoded is left as it is. */
function withoutPadding(samples: GreySamples, { file }: DicomFrame): GreySamples {
  const empty = paddingOf(file.set);
  if (empty === undefined) return samples;
  let darkest = Number.POSITIVE_INFINITY;
  let padded = false;
  for (const v of samples) {
    if (empty(v)) padded = true;
    else if (v < darkest) darkest = v;
  }
  if (!padded || darkest === Number.POSITIVE_INFINITY) return samples;
  const cleared = samples.slice();
  for (let i = 0; i < cleared.length; i++) if (empty(cleared[i]!)) cleared[i] = darkest;
  return cleared;
}

/** Stored values to the header's units. MONOCHROME1 is turned so that more signal is a larger number. */
function scaleInto(into: Float32Array, samples: GreySamples, frame: DicomFrame): void {
  const { slope, intercept } = frame;
  const shape = pixelShape(frame.file.set);
  const inverted =
    text(frame.file.set, 'PhotometricInterpretation') === 'MONOCHROME1' && shape.ok && !shape.value.floating;
  if (inverted && shape.ok) {
    // Lowest plus highest storable value: 2^bits - 1 unsigned, -1 signed.
    const mirror = shape.value.signed ? -1 : 2 ** shape.value.bitsStored - 1;
    for (let i = 0; i < into.length; i++) into[i] = (mirror - samples[i]!) * slope + intercept;
    return;
  }
  into.set(samples);
  if (slope !== 1 || intercept !== 0) {
    for (let i = 0; i < into.length; i++) into[i] = into[i]! * slope + intercept;
  }
  if (samples instanceof Float32Array || samples instanceof Float64Array) {
    for (let i = 0; i < into.length; i++) if (!Number.isFinite(into[i]!)) into[i] = 0;
  }
}

/**
 * Whether what is not there may be interpolated: a third of all slices at most; of those that came a fifth, or two, may be of no use, for
 * more would say that the others are not to be trusted either.
 */
function mayFill(stack: Stack, acquired: readonly boolean[]): boolean {
  const made = acquired.filter((is) => !is).length;
  const faulty = made - stack.frames.filter((frame) => frame === null).length;
  return (
    (made <= acquired.length / 3 || made <= 2) &&
    made < acquired.length &&
    (faulty <= 2 || faulty <= acquired.length / 5)
  );
}

/** Missing slices become the linear mean of their neighbours. */
function fillHoles(data: Float32Array, plane: number, acquired: readonly boolean[]): void {
  for (const [k, is] of acquired.entries()) {
    if (is) continue;
    let below = k - 1;
    while (below >= 0 && !acquired[below]) below--;
    let above = k + 1;
    while (above < acquired.length && !acquired[above]) above++;
    const from = below >= 0 ? below : above;
    const to = above < acquired.length ? above : below;
    const weight = to === from ? 0 : (k - from) / (to - from);
    for (let i = 0; i < plane; i++) {
      data[k * plane + i] = data[from * plane + i]! * (1 - weight) + data[to * plane + i]! * weight;
    }
  }
}
