import { looksLikeDicom, readDicom, text } from '@foramen/dicom';
import {
  clusterBootstrap,
  type Estimate,
  type InputSeries,
  importLabelMap,
  labelsOnSeries,
  overlap,
  readSegmentation,
  surfaceDistance,
} from '@foramen/imaging';
import type { LevelStructureScore, PictureScore, StructureScore, ValidatedStructure } from '@foramen/report';
import { DISC_LABEL, fail, type LabelVolume, ok, type Result, VERTEBRA_LABEL } from '@foramen/spine';

/** How the labels of masks are numbered; `plain` is 29 disc, 76 vertebra, 150 canal, with no levels. */
export type MaskScheme = 'totalspineseg' | 'spider' | 'plain';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
/** Values of our label maps. The cord lies in the canal. */
const LABELS: Readonly<Record<ValidatedStructure, ReadonlySet<number>>> = {
  disc: new Set([...range(71, 82), ...range(91, 96), 100]),
  vertebra: new Set([...range(21, 32), ...range(41, 46)]),
  canal: new Set([1, 2]),
  sacrum: new Set([50]),
};
const PLAIN: ReadonlyMap<number, number> = new Map([
  [29, 95],
  [76, 44],
  [150, 2],
]);
const STRUCTURES = Object.keys(LABELS) as ValidatedStructure[];
/** `L5-S1` stands for the lowest disc, whatever the count. */
const NAMES: ReadonlyMap<number, string> = new Map([
  ...Object.entries(VERTEBRA_LABEL).map(([name, label]): [number, string] => [label, name]),
  ...Object.entries(DISC_LABEL).map(([name, label]): [number, string] => [label, name]),
]);
/** A disc of fewer voxels is a speck, or cut by the picture's edge. */
const LEAST_DISC = 30;

export interface Mask {
  readonly labels: LabelVolume;
  /** Whether its labels say which level is which. */
  readonly named: boolean;
}

/** A mask read as a picture, in our label values on the grid of the picture it belongs to. */
export function maskOn(map: InputSeries, series: InputSeries, scheme?: MaskScheme): Result<Mask> {
  const values = new Set(map.volume.data);
  values.delete(0);
  if (values.size === 0)
    return fail({
      code: 'missing',
      severity: 'error',
      where: map.name,
      what: 'the mask labels nothing',
      help: 'Give a mask with labels, or none',
    });
  const plain =
    scheme === 'plain' || (scheme === undefined && values.size > 0 && [...values].every((v) => PLAIN.has(v)));
  if (!plain) {
    const read = importLabelMap(map, series, scheme);
    return read.ok ? ok({ labels: read.value, named: true }, read.warnings) : read;
  }
  if (
    map.format === 'png' &&
    (map.volume.size[0] !== series.volume.size[0] || map.volume.size[1] !== series.volume.size[1])
  ) {
    return fail({
      code: 'contradiction',
      severity: 'error',
      where: map.name,
      what: 'the mask is not of the size of its picture',
      help: 'Give the mask of this very picture',
    });
  }
  const data = Uint8Array.from(map.volume.data, (value) => PLAIN.get(value) ?? 0);
  return ok({ labels: labelsOnSeries({ ...map.volume, data }, series), named: false });
}

/** A reference mask of a DICOM study: a Segmentation object, carried to the picture's grid by patient coordinates. */
export async function segmentationOn(
  bytes: Uint8Array,
  where: string,
  series: InputSeries,
): Promise<Result<Mask> | null> {
  if (!looksLikeDicom(bytes)) return null;
  const file = readDicom(bytes, { name: where });
  if (!file.ok || text(file.value.set, 'Modality') !== 'SEG') return null;
  const read = await readSegmentation(file.value, where);
  if (!read.ok) return read;
  const labels = labelsOnSeries(read.value.labels, series);
  if (read.value.labels.data.some((v) => v !== 0) && !labels.data.some((v) => v !== 0)) {
    return fail({
      code: 'contradiction',
      severity: 'error',
      where,
      what: 'the segmentation lies outside the picture',
      help: 'Give the segmentation of this very series',
    });
  }
  return ok({ labels, named: true }, read.warnings);
}

export interface MaskScore {
  readonly picture: PictureScore;
  readonly hausdorff95Mm: Readonly<Partial<Record<ValidatedStructure, number>>>;
  readonly right: number;
  readonly discs: number;
  readonly named: boolean;
  /** Each disc and vertebra that a naming mask holds, by its label. */
  readonly byLabel: ReadonlyMap<number, LabelFigures>;
}

interface LabelFigures {
  readonly dice: number;
  readonly assdMm?: number;
  readonly hausdorff95Mm?: number;
}

/** Scores a label map between the first and the last labelled row of the mask. `found` is null for a refused picture. */
export function scoreMask(
  name: string,
  patient: string,
  mask: Mask,
  found: LabelVolume | null,
  refused = 'refused',
): MaskScore {
  const truth = betweenRows(mask.labels, mask.labels);
  const dice: Partial<Record<ValidatedStructure, number>> = {};
  const assdMm: Partial<Record<ValidatedStructure, number>> = {};
  const hausdorff95Mm: Partial<Record<ValidatedStructure, number>> = {};
  const ours =
    found === null ? { ...truth, data: new Uint8Array(truth.data.length) } : betweenRows(found, mask.labels);
  for (const structure of STRUCTURES) {
    const { dice: value, truthVoxels } = overlap(truth, ours, LABELS[structure]);
    // A structure that the mask does not label at all is not what the mask is about.
    if (value === null || truthVoxels === 0) continue;
    dice[structure] = value;
    const distance = surfaceDistance(truth, ours, LABELS[structure]);
    if (distance === null) continue;
    assdMm[structure] = distance.assdMm;
    hausdorff95Mm[structure] = distance.hausdorff95Mm;
  }
  const picture = { name, patient, dice, assdMm, ...(found === null ? { refused } : {}) };
  return {
    picture,
    hausdorff95Mm,
    named: mask.named,
    byLabel: mask.named ? labelFigures(truth, ours) : new Map(),
    ...(mask.named ? numbered(truth, ours) : { right: 0, discs: 0 }),
  };
}

function labelFigures(truth: LabelVolume, ours: LabelVolume): ReadonlyMap<number, LabelFigures> {
  const size = new Map<number, number>();
  for (const label of truth.data) size.set(label, (size.get(label) ?? 0) + 1);
  const out = new Map<number, LabelFigures>();
  for (const [label, n] of size) {
    if (n < LEAST_DISC || !(LABELS.disc.has(label) || LABELS.vertebra.has(label))) continue;
    const one = new Set([label]);
    const distance = surfaceDistance(truth, ours, one);
    out.set(label, {
      dice: overlap(truth, ours, one).dice ?? 0,
      ...(distance === null ? {} : { assdMm: distance.assdMm, hausdorff95Mm: distance.hausdorff95Mm }),
    });
  }
  return out;
}

/** The same means for every disc and vertebra by name, from the head down. */
export function summariseLevels(scores: readonly MaskScore[]): LevelStructureScore[] {
  const labels = [...new Set(scores.flatMap((one) => [...one.byLabel.keys()]))].sort((a, b) => a - b);
  return labels.flatMap((label): LevelStructureScore[] => {
    const dice = perPatient(scores, (one) => one.byLabel.get(label)?.dice);
    const level = NAMES.get(label);
    if (dice === null || level === undefined) return [];
    return [
      {
        structure: LABELS.disc.has(label) ? 'disc' : 'vertebra',
        level,
        n: new Set(scores.filter((one) => one.byLabel.has(label)).map((one) => one.picture.patient)).size,
        dice,
        assdMm: perPatient(scores, (one) => one.byLabel.get(label)?.assdMm),
        hausdorff95Mm: perPatient(scores, (one) => one.byLabel.get(label)?.hausdorff95Mm),
      },
    ];
  });
}

/** Discs of the mask that we labelled anything, and how many of them by the same name. */
function numbered(truth: LabelVolume, ours: LabelVolume): { right: number; discs: number } {
  const votes = new Map<number, Map<number, number>>();
  const size = new Map<number, number>();
  for (let n = 0; n < truth.data.length; n++) {
    const disc = truth.data[n]!;
    if (!LABELS.disc.has(disc)) continue;
    size.set(disc, (size.get(disc) ?? 0) + 1);
    const label = ours.data[n]!;
    if (!LABELS.disc.has(label)) continue;
    const mine = votes.get(disc) ?? new Map<number, number>();
    mine.set(label, (mine.get(label) ?? 0) + 1);
    votes.set(disc, mine);
  }
  let right = 0;
  let discs = 0;
  for (const [disc, mine] of votes) {
    if ((size.get(disc) ?? 0) < LEAST_DISC) continue;
    discs++;
    const [most] = [...mine].sort((a, b) => b[1] - a[1])[0]!;
    if (most === disc) right++;
  }
  return { right, discs };
}

/** The label map with everything above the first and below the last labelled row of `by` cleared: masks often leave cut bones out. */
function betweenRows(labels: LabelVolume, by: LabelVolume): LabelVolume {
  const [w, h] = by.size;
  let first = h;
  let last = -1;
  for (let n = 0; n < by.data.length; n++) {
    if (by.data[n] === 0) continue;
    const row = Math.floor(n / w) % h;
    if (row < first) first = row;
    if (row > last) last = row;
  }
  const data = labels.data.map((value, n) => {
    const row = Math.floor(n / w) % h;
    return row < first || row > last ? 0 : value;
  });
  return { ...labels, data };
}

/** Means over patients of their pictures' means, with intervals by bootstrap over patients. */
export function summariseMasks(scores: readonly MaskScore[]): StructureScore[] {
  return STRUCTURES.flatMap((structure) => {
    const dice = perPatient(scores, (one) => one.picture.dice[structure]);
    if (dice === null) return [];
    return [
      {
        structure,
        dice,
        assdMm: perPatient(scores, (one) => one.picture.assdMm[structure]),
        hausdorff95Mm: perPatient(scores, (one) => one.hausdorff95Mm[structure]),
      },
    ];
  });
}

function perPatient(
  scores: readonly MaskScore[],
  of: (score: MaskScore) => number | undefined,
): Estimate | null {
  const byPatient = new Map<string, number[]>();
  for (const score of scores) {
    const value = of(score);
    if (value === undefined) continue;
    const values = byPatient.get(score.picture.patient);
    if (values) values.push(value);
    else byPatient.set(score.picture.patient, [value]);
  }
  if (byPatient.size === 0) return null;
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const means = [...byPatient.values()].map(mean);
  return clusterBootstrap([...byPatient.keys()], (rows) => mean(rows.map((row) => means[row]!)));
}
