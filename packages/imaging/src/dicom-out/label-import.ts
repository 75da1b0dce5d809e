import {
  DISC_LABEL,
  fail,
  LABEL_CANAL,
  type LabelVolume,
  LUMBAR_DISCS_FROM_BELOW,
  ok,
  type Problem,
  type Result,
  VERTEBRA_LABEL,
  type Vertebra,
  vertebraAbove,
} from '@foramen/spine';
import type { InputSeries } from '../volumes/series.ts';
import { labelsOnSeries } from './segmentation-reader.ts';
import { STRUCTURES } from './structure-codes.ts';

/**
 * Numbering of a label map. TotalSpineSeg: as ours. SPIDER (van der Graaf 2024): vertebrae 1 to 25 from the lowest up
 * (101 to 125 when cut by the picture), discs 201 to 225 from the lowest up, canal 100.
 */
export type LabelScheme = 'totalspineseg' | 'spider';

/**
 * Another tool's label map, read as a picture by `readInput`, as labels on a series' canonical grid.
 * @param map the label map as a series: values are labels
 * @param scheme numbering; told from the values when absent, and refused when they leave it open
 */
export function importLabelMap(
  map: InputSeries,
  series: InputSeries,
  scheme?: LabelScheme,
): Result<LabelVolume> {
  const bad = (code: Problem['code'], what: string, help: string): Result<LabelVolume> =>
    fail({ code, severity: 'error', where: map.name, what, help });
  const values = new Set<number>();
  for (const value of map.volume.data) values.add(value);
  values.delete(0);
  if ([...values].some((value) => !Number.isInteger(value) || value < 0 || value > 255)) {
    return bad('unsupported', 'the values are no labels from 0 to 255', 'Give a label map, not a picture');
  }
  const found = scheme ?? schemeOf(values);
  if (!found)
    return bad(
      'contradiction',
      'the numbering of the labels cannot be told from its values',
      'State totalspineseg or spider',
    );
  const table = new Uint8Array(256);
  const unknown: number[] = [];
  for (const value of values) {
    const label = importedLabel(value, found);
    if (label === undefined) unknown.push(value);
    else table[value] = label;
  }
  const data = Uint8Array.from(map.volume.data, (value) => table[value]!);
  const carried = labelsOnSeries({ ...map.volume, data }, series);
  const lost = data.some((label) => label !== 0) && !carried.data.some((label) => label !== 0);
  if (lost)
    return bad(
      'contradiction',
      'the label map lies outside the picture',
      'Give the label map of this very series',
    );
  return ok(
    carried,
    unknown.length === 0
      ? []
      : [
          {
            code: 'unsupported',
            severity: 'warning',
            where: map.name,
            what: `labels ${unknown.sort((a, b) => a - b).join(', ')} are unknown`,
            help: 'They were left out',
          },
        ],
  );
}

function schemeOf(values: ReadonlySet<number>): LabelScheme | null {
  const any = (from: number, to: number): boolean =>
    [...values].some((value) => value >= from && value <= to);
  if (any(201, 225) || any(101, 125)) return 'spider';
  if (any(41, 50) || any(91, 96) || any(26, 32) || any(71, 82)) return 'totalspineseg';
  return null;
}

/** Our label for one value of another tool's numbering; undefined when it means nothing there. */
export function importedLabel(value: number, scheme: LabelScheme): number | undefined {
  return scheme === 'spider' ? SPIDER.get(value) : STRUCTURES.has(value) ? value : undefined;
}

const SPIDER: ReadonlyMap<number, number> = spiderTable();

/** Counted from the sacrum up, as an ordinary five-vertebra lumbar spine. */
function spiderTable(): ReadonlyMap<number, number> {
  const out = new Map<number, number>([[100, LABEL_CANAL]]);
  const thoracic: readonly Vertebra[] = ['T8', 'T7', 'T6', 'T5', 'T4', 'T3', 'T2', 'T1'];
  const vertebrae: readonly Vertebra[] = [
    ...LUMBAR_DISCS_FROM_BELOW.map(vertebraAbove),
    ...thoracic.slice(1),
  ];
  for (const [n, vertebra] of vertebrae.entries()) {
    const label = VERTEBRA_LABEL[vertebra];
    if (label === undefined) continue;
    out.set(n + 1, label);
    out.set(n + 101, label);
  }
  for (const [n, level] of LUMBAR_DISCS_FROM_BELOW.entries()) out.set(n + 201, DISC_LABEL[level]);
  for (let n = LUMBAR_DISCS_FROM_BELOW.length, label = 78; label >= 71; n++, label--) out.set(n + 201, label);
  return out;
}
