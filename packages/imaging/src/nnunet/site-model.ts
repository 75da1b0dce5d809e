import { fail, type LabelVolume, ok, type Problem, perAxis, type Result } from '@foramen/spine';
import { findInstances } from '../levels/instances.ts';
import { labelMap } from '../levels/label-map.ts';
import { numberLevels } from '../levels/numbering.ts';
import { DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import { Cancelled, type StepControl, type Tensor } from '../segmentation/network.ts';
import { segmentVolume, slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { axesForView } from '../volumes/orientation.ts';
import { type AxisStep, canonicalWalk, type InputSeries } from '../volumes/series.ts';
import type { NnunetPlan } from './plan.ts';
import { crop, nonzeroBox, normalise, shownInAny } from './prepare.ts';
import { type Interpolation, resampleGrid } from './spline.ts';
import { type Grid, predictInTiles } from './tiles.ts';

/** Outputs of a network over a whole picture may not take more than this many numbers (1.6 GB). */
const MOST_OUTPUTS = 4e8;
/** Spacings that differ by more are resampled slice by slice. */
const ANISOTROPY = 3;

type Three = readonly [number, number, number];

/** One call of the network: [1, inputs, ...patch] in, [1, channels, ...patch] logits out. */
export type RunSiteModel = (input: Tensor) => Promise<Tensor>;

export interface SiteModelOptions extends StepControl {
  /** Whether posterior elements take their vertebra's label, where the model outlines them apart. */
  readonly posterior?: 'joined' | 'none';
}

/**
 * Labels a series with a site's own network trained with nnU-Net: pictures of one study laid on one grid, oriented, cropped, normalised, resampled, run in overlapping tiles and
 * carried back as nnU-Net does. Channels named for a level become its label; a network that knows tissues only (vertebra, disc, canal)
 * is numbered as the product's own is.
 *
 * @param pictures one for each input of the plan, all on the grid of the first (`picturesFor`)
 * @returns labels on the canonical grid of the first
 *
 * Problems: `too-large` when the outputs would not fit memory; `unsupported` when the network's output does not fit the plan, or
 * cannot be run; `wrong-body-part` when tissues show no spine.
 */
export async function runSiteModel(
  plan: NnunetPlan,
  pictures: readonly [InputSeries, ...InputSeries[]],
  run: RunSiteModel,
  options: SiteModelOptions = {},
): Promise<Result<LabelVolume>> {
  const [series] = pictures;
  const error = (code: Problem['code'], what: string, help: string): Result<never> =>
    fail({ code, severity: 'error', where: series.name, what, help });
  const { source } = series;
  const view: readonly [AxisStep, AxisStep, AxisStep] = plan.reorientToRas
    ? towardsRas(series)
    : [
        { axis: 0, flip: false },
        { axis: 1, flip: false },
        { axis: 2, flip: false },
      ];
  const size = perAxis((n) => source.size[view[n].axis]);
  const spacing = perAxis((n) => source.spacing[view[n].axis]);
  // nnU-Net holds arrays slowest axis first.
  const turned = pictures.map((one) =>
    permuted(
      { size: [...size].reverse(), data: viewed(storedVoxels(one), source.size, view) },
      plan.transpose,
    ),
  );
  const shown = shownInAny(turned);
  const mm = plan.transpose.map((axis) => [...spacing].reverse()[axis] as number);
  const box = nonzeroBox(shown);
  const cropped = crop(shown, box);
  const prepared = plan.inputs.map(({ normalisation }, n) =>
    normalise(crop(turned[n] as Grid, box), normalisation, cropped),
  );
  const target = plan.dimensions === 2 ? [mm[0] as number, ...plan.spacing] : plan.spacing;
  const fine = cropped.size.map((n, axis) =>
    Math.max(1, Math.round((n * (mm[axis] as number)) / (target[axis] as number))),
  );
  const voxels = fine.reduce((a, b) => a * b, 1);
  if (voxels * plan.channels.length > MOST_OUTPUTS) {
    return error(
      'too-large',
      `${plan.channels.length} outputs at ${target.map((s) => s.toFixed(2)).join(' x ')} mm would take ${((voxels * plan.channels.length * 4) / 2 ** 30).toFixed(1)} GiB`,
      'Give a shorter series, or a configuration of coarser spacing such as 3d_lowres',
    );
  }
  const apart = sliceAxis(mm, target);
  const by = (inPlane: Interpolation): Interpolation[] =>
    fine.map((_, axis) => (axis === apart ? 'nearest' : inPlane));
  let outputs: Float32Array;
  try {
    outputs = await predictInTiles(
      prepared.map((one) => resampleGrid(one, fine, by('cubic'))),
      plan.patchSize,
      plan.channels.length,
      run,
      options,
    );
  } catch (cause) {
    if (cause instanceof Cancelled) return error('usage', 'reading was cancelled', 'Start it again');
    const text = cause instanceof Error ? cause.message : String(cause);
    return error(
      'unsupported',
      `the network could not be run with this plan: ${text.split('\n')[0]}`,
      'Check that plans.json belongs to this very network',
    );
  }
  const best = winners(outputs, fine, cropped.size, by('linear'), plan);
  const whole = new Uint8Array(shown.data.length);
  pasteInto(whole, shown.size, best, box);
  const oriented = unpermuted(whole, shown.size, plan.transpose);
  const onSource = unviewed(oriented, source.size, view);
  const values = onCanonical(onSource, series);
  const grid = {
    size: series.volume.size,
    spacing: series.volume.spacing,
    ijkToLps: series.volume.ijkToLps,
  };
  const isTissue = plan.channels.some((one) => one.kind === 'class');
  if (!isTissue) return ok({ ...grid, data: values });
  if (series.plane !== 'sagittal')
    return error(
      'unsupported',
      'the network tells no levels apart, and levels are counted on sagittal pictures only',
      'Give a sagittal series',
    );
  const named = await numbered({ ...grid, data: values }, series, options);
  return named === null
    ? error(
        'wrong-body-part',
        'what the network found is no lumbar spine that could be numbered',
        'Give a sagittal lumbar series',
      )
    : ok(named);
}

/** Voxels of the grid the input came in, i fastest. */
function storedVoxels({ volume, source, axes }: InputSeries): Float32Array {
  const out = new Float32Array(volume.data.length);
  const { start, step } = canonicalWalk(source.size, axes);
  const [ni, nj, nk] = volume.size;
  for (let k = 0, at = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++, at++)
        out[start + i * step[0] + j * step[1] + k * step[2]] = volume.data[at] as number;
  return out;
}

function onCanonical(onSource: Uint8Array, { volume, source, axes }: InputSeries): Uint8Array {
  const out = new Uint8Array(onSource.length);
  const { start, step } = canonicalWalk(source.size, axes);
  const [ni, nj, nk] = volume.size;
  for (let k = 0, at = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++, at++)
        out[at] = onSource[start + i * step[0] + j * step[1] + k * step[2]] as number;
  return out;
}

/** i to the right, j to anterior, k to the head. */
function towardsRas(series: InputSeries): readonly [AxisStep, AxisStep, AxisStep] {
  const [i, j, k] = axesForView(series.source.ijkToLps, 'axial');
  return [{ ...i, flip: !i.flip }, { ...j, flip: !j.flip }, k];
}

type View = readonly [AxisStep, AxisStep, AxisStep];

function viewed(stored: Float32Array, size: Three, view: View): Float32Array {
  const out = new Float32Array(stored.length);
  const { start, step } = canonicalWalk(size, view);
  const [ni, nj, nk] = perAxis((n) => size[view[n].axis]);
  for (let k = 0, at = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++, at++)
        out[at] = stored[start + i * step[0] + j * step[1] + k * step[2]] as number;
  return out;
}

function unviewed(labels: Uint8Array, size: Three, view: View): Uint8Array {
  const out = new Uint8Array(labels.length);
  const { start, step } = canonicalWalk(size, view);
  const [ni, nj, nk] = perAxis((n) => size[view[n].axis]);
  for (let k = 0, at = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++, at++)
        out[start + i * step[0] + j * step[1] + k * step[2]] = labels[at] as number;
  return out;
}

/** Stride in the unpermuted array of each permuted axis. */
function strides(size: readonly number[], order: Three): readonly number[] {
  const original: number[] = [];
  order.forEach((axis, n) => {
    original[axis] = size[n] as number;
  });
  const [, h = 1, w = 1] = original;
  return order.map((axis) => [h * w, w, 1][axis] as number);
}

function permuted(grid: Grid, order: Three): Grid {
  const size = order.map((axis) => grid.size[axis] as number);
  const [sa = 0, sb = 0, sc = 0] = strides(size, order);
  const [da = 1, db = 1, dc = 1] = size;
  const data = new Float32Array(grid.data.length);
  for (let a = 0, at = 0; a < da; a++)
    for (let b = 0; b < db; b++)
      for (let c = 0; c < dc; c++) data[at++] = grid.data[a * sa + b * sb + c * sc] as number;
  return { size, data };
}

function unpermuted(labels: Uint8Array, size: readonly number[], order: Three): Uint8Array {
  const [sa = 0, sb = 0, sc = 0] = strides(size, order);
  const [da = 1, db = 1, dc = 1] = size;
  const out = new Uint8Array(labels.length);
  for (let a = 0, at = 0; a < da; a++)
    for (let b = 0; b < db; b++)
      for (let c = 0; c < dc; c++) out[a * sa + b * sb + c * sc] = labels[at++] as number;
  return out;
}

/** The one axis of thick slices, resampled by nearest slice; -1 when voxels are near enough to cubes, before and after. */
function sliceAxis(from: readonly number[], to: readonly number[]): number {
  for (const spacing of [from, to]) {
    const most = Math.max(...spacing);
    if (most / Math.min(...spacing) <= ANISOTROPY) continue;
    const axes = spacing.flatMap((s, axis) => (s === most ? [axis] : []));
    return axes.length === 1 ? (axes[0] as number) : -1;
  }
  return -1;
}

/** The winning channel's value at every voxel of the cropped picture; channels are carried to it one at a time. */
function winners(
  outputs: Float32Array,
  fine: readonly number[],
  size: readonly number[],
  by: readonly Interpolation[],
  plan: NnunetPlan,
): Uint8Array {
  const voxels = fine.reduce((a, b) => a * b, 1);
  const out = new Uint8Array(size.reduce((a, b) => a * b, 1));
  const top = new Float32Array(out.length).fill(Number.NEGATIVE_INFINITY);
  plan.channels.forEach((meaning, c) => {
    const channel = { size: fine, data: outputs.subarray(c * voxels, (c + 1) * voxels) };
    const { data } = resampleGrid(channel, size, by);
    const value = meaning.kind === 'label' ? meaning.label : meaning.kind === 'class' ? meaning.class : 0;
    for (let n = 0; n < out.length; n++) {
      const v = data[n] as number;
      if (plan.regions ? v > 0 : v > (top[n] as number)) {
        top[n] = v;
        out[n] = value;
      }
    }
  });
  return out;
}

function pasteInto(
  whole: Uint8Array,
  size: readonly number[],
  labels: Uint8Array,
  box: readonly (readonly [number, number])[],
): void {
  const [, h = 1, w = 1] = size;
  const [[a0, a1] = [0, 0], [b0, b1] = [0, 0], [c0, c1] = [0, 0]] = box;
  const length = c1 - c0;
  for (let a = a0, row = 0; a < a1; a++)
    for (let b = b0; b < b1; b++, row++)
      whole.set(labels.subarray(row * length, (row + 1) * length), c0 + w * (b + h * a));
}

/** Tissue classes numbered as the product's own segmentation is. */
async function numbered(
  classes: LabelVolume,
  series: InputSeries,
  options: SiteModelOptions,
): Promise<LabelVolume | null> {
  const { volume } = series;
  const slices = slicesToSegment(volume);
  const field = await segmentVolume(
    volume,
    truthNetwork(classes, slices, DEFAULT_SEGMENTER.pixelMm),
    DEFAULT_SEGMENTER,
    { slices },
  );
  const instances = findInstances(field);
  const numbering = instances ? numberLevels(instances) : null;
  if (!instances || !numbering) return null;
  return labelMap(volume, instances, numbering, { posterior: options.posterior ?? 'joined' });
}
