import { fail, ok, type Problem, type Result } from '@foramen/spine';
import { isLabelMap, labelMapProblem } from '../read/label-picture.ts';
import { onGrid } from '../volumes/on-grid.ts';
import type { Contrast, InputSeries } from '../volumes/series.ts';
import type { NnunetPlan } from './plan.ts';

/** Less of the first picture shown in another is no pair of pictures of one region. */
const LEAST_COVERED = 0.75;

type Pictures = readonly [InputSeries, ...InputSeries[]];

/**
 * The pictures of a study that a site's network reads, one for each of its input channels, all on the grid of the first. A network of one input
 * gets the best series there is. Of several, each channel is found by nnU-Net's own file names (`case_0000`, `case_0001`), else by the weighting its name
 * in `dataset.json` says (`T1`, `T2`, `STIR`, ...), in one plane; the others are read on the first one's grid through patient coordinates.
 *
 * Problems: `wrong-modality` for label maps; `missing` when the study has no picture for a channel; `unsupported` when a channel's name says no weighting,
 * or the pictures cannot be laid on each other.
 */
export function picturesFor(plan: NnunetPlan, given: readonly InputSeries[]): Result<Pictures> {
  const maps = given.filter((one) => isLabelMap(one.volume));
  const series = given.filter((one) => !maps.includes(one));
  const warnings = maps.map((one) => labelMapProblem(one.name));
  const [best] = series;
  if (best === undefined) {
    const [first] = warnings;
    return first
      ? fail({ ...first, severity: 'error' })
      : bad('missing', 'input', 'there is no picture', 'Give an MR series');
  }
  if (plan.inputs.length === 1) return ok([best], warnings);
  const chosen = byNumber(plan, series) ?? byWeighting(plan, series);
  if (!chosen.ok) return chosen;
  const [first, ...others] = chosen.value;
  const laid: InputSeries[] = [];
  for (const other of others) {
    const on = laidOn(first, other);
    if (!on.ok) return on;
    laid.push(on.value);
  }
  return ok([first, ...laid], warnings);
}

function bad(code: Problem['code'], where: string, what: string, help: string): Result<never> {
  return fail({ code, severity: 'error', where, what, help });
}

/** nnU-Net's file names: the number of the channel after the name of the case. Null when the files carry none. */
function byNumber(plan: NnunetPlan, series: readonly InputSeries[]): Result<Pictures> | null {
  const numbers = series.map(({ name }) => channelOf(name));
  if (numbers.every((n) => n === null)) return null;
  const pictures = plan.inputs.map((_, n) => series[numbers.indexOf(n)]);
  const without = pictures.indexOf(undefined);
  if (without < 0) return ok(pictures as unknown as Pictures);
  const end = `_${String(without).padStart(4, '0')}`;
  return bad(
    'missing',
    series[0]?.name ?? 'input',
    `the network reads ${plan.inputs.length} pictures, and none is named ${end} (${plan.inputs[without]?.name})`,
    'Give all pictures of one patient together',
  );
}

/** Channel a file name of nnU-Net states: 1 for `case_0001.nii.gz`. */
export function channelOf(name: string): number | null {
  const match = /_(\d{4})(?:\.[a-z][a-z0-9]*){1,2}$/i.exec(name);
  return match === null ? null : Number(match[1]);
}

function byWeighting(plan: NnunetPlan, series: readonly InputSeries[]): Result<Pictures> {
  const where = 'dataset.json: channel_names';
  const wanted = plan.inputs.map(({ name }) => ({ name, contrasts: contrastsOf(name) }));
  const unclear = wanted.find(({ contrasts }) => contrasts.length === 0);
  if (unclear)
    return bad(
      'unsupported',
      where,
      `the network reads ${wanted.length} pictures, and ${JSON.stringify(unclear.name)} does not say which`,
      'Name channels by weighting (T1, T2, STIR, ...), or give files named as nnU-Net does (case_0000.nii.gz)',
    );
  // A localiser has the weighting too, and is no picture to be read.
  const whole = series.filter(({ reading }) => reading.role !== 'localiser' && reading.role !== 'not-lumbar');
  const fitting = wanted.map(({ contrasts }) => whole.filter(({ contrast }) => contrasts.includes(contrast)));
  const none = wanted.find((_, n) => fitting[n]?.length === 0);
  if (none)
    return bad(
      'missing',
      series[0]?.name ?? 'input',
      `the network also reads ${none.name}, and there is no such series (${series.map((one) => `${one.plane} ${one.contrast}`).join(', ')})`,
      'Give the whole study, or a network that reads one series',
    );
  for (const first of fitting[0] ?? []) {
    const taken: InputSeries[] = [first];
    for (const candidates of fitting.slice(1)) {
      const next = candidates.find((one) => one.plane === first.plane && !taken.includes(one));
      if (next) taken.push(next);
    }
    if (taken.length === wanted.length) return ok(taken as unknown as Pictures);
  }
  return bad(
    'missing',
    series[0]?.name ?? 'input',
    `no plane has all of ${wanted.map(({ name }) => name).join(', ')}`,
    'Give series of one plane',
  );
}

/** Weightings a channel's name stands for; none when it says none. */
function contrastsOf(name: string): readonly Contrast[] {
  const text = name.toLowerCase();
  if (/stir|tirm/.test(text)) return ['stir'];
  if (/\bct\b/.test(text)) return ['ct'];
  if (/water/.test(text)) return ['water'];
  const suppressed = /fs\b|fat.?sat|supp|spair/.test(text);
  if (/t2/.test(text)) return suppressed ? ['t2-fat-suppressed', 'stir'] : ['t2'];
  if (/t1/.test(text)) return ['t1'];
  if (/\bpd|proton/.test(text)) return ['pd'];
  return /fat/.test(text) ? ['fat'] : [];
}

/** Another picture of the study on the first one's grid. */
function laidOn(first: InputSeries, other: InputSeries): Result<InputSeries> {
  const same = other.volume.size.every((n, axis) => n === first.volume.size[axis]);
  if (!first.hasGeometry || !other.hasGeometry)
    // Pictures without a place in the patient can only be pixel on pixel.
    return same && !first.hasGeometry && !other.hasGeometry
      ? ok({ ...first, volume: { ...first.volume, data: other.volume.data } })
      : bad(
          'unsupported',
          other.name,
          `it cannot be laid on ${first.name}: they state no place in the patient and differ in size`,
          'Give pictures of one size, or DICOM, NIfTI or MHA with geometry',
        );
  if (first.frameOfReferenceUid !== other.frameOfReferenceUid)
    return bad(
      'unsupported',
      other.name,
      `it cannot be laid on ${first.name}: they are not in one frame of reference`,
      'Give series of one examination',
    );
  const { data, covered } = onGrid(other.volume, first.volume);
  return covered >= LEAST_COVERED
    ? ok({ ...first, volume: { ...first.volume, data } })
    : bad(
        'unsupported',
        other.name,
        `it shows ${Math.round(100 * covered)} % of what ${first.name} shows`,
        'Give series of one region',
      );
}
