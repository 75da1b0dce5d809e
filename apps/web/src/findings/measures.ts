import { decimals, type LevelMeasures, type MeasureDetail, withUnit } from '@foramen/spine';

/** Measures of a level that are one number, in reading order: name, unit and digits as shown. */
export interface MeasureRow {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly value: (measures: LevelMeasures) => number | undefined;
  /** Shown on the card without opening it. */
  readonly first?: boolean;
}

type NumberKey = {
  [K in keyof LevelMeasures]-?: NonNullable<LevelMeasures[K]> extends number ? K : never;
}[keyof LevelMeasures];
type SideKey = Exclude<keyof LevelMeasures, NumberKey>;

const plain = (key: NumberKey, name: string, unit: string, digits: number, first = false): MeasureRow => ({
  key,
  name,
  unit,
  digits,
  value: (measures) => measures[key],
  first,
});
const sided = (key: SideKey, name: string, unit: string, digits = 1): MeasureRow[] =>
  (['left', 'right'] as const).map((side) => ({
    key: `${key}.${side}`,
    name: `${name}, ${side}`,
    unit,
    digits,
    value: (measures) => measures[key]?.[side],
  }));

export const MEASURES: readonly MeasureRow[] = [
  plain('heightAnteriorMm', 'Front height', 'mm', 1, true),
  plain('heightMiddleMm', 'Middle height', 'mm', 1, true),
  plain('heightPosteriorMm', 'Back height', 'mm', 1, true),
  plain('heightRatioToNeighbours', 'Height to neighbours', '', 2, true),
  plain('signalRatioToCsf', 'Signal to CSF', '', 2, true),
  plain('canalApMm', 'Canal depth', 'mm', 1, true),
  plain('heightIndex', 'Height index', '', 2),
  plain('depthMm', 'Depth', 'mm', 1),
  plain('bulgeMm', 'Bulge', 'mm', 1),
  plain('herniationApMm', 'Herniation depth', 'mm', 1, true),
  plain('herniationWidthMm', 'Herniation width', 'mm', 1),
  plain('herniationAreaMm2', 'Herniation area', 'mm²', 0),
  plain('herniationVolumeMm3', 'Herniation volume', 'mm³', 0),
  plain('herniationCanalPercent', 'Herniation of canal', '%', 0),
  plain('migrationMm', 'Migration', 'mm', 1),
  plain('slipMm', 'Slip', 'mm', 1, true),
  plain('slipPercent', 'Slip', '%', 0),
  plain('segmentalAngleDeg', 'Segmental angle', '°', 0),
  plain('areaMm2', 'Disc area', 'mm²', 0),
  plain('volumeMm3', 'Disc volume', 'mm³', 0),
  plain('canalPercentOfBodies', 'Canal to bodies', '%', 0),
  plain('canalAreaMm2', 'Canal area', 'mm²', 0),
  plain('duralSacAreaMm2', 'Dural sac area', 'mm²', 0, true),
  plain('csfSignalRatio', 'CSF signal ratio', '', 2),
  plain('endplateConcavityUpperMm', 'Endplate hollow, upper', 'mm', 1),
  plain('endplateConcavityLowerMm', 'Endplate hollow, lower', 'mm', 1),
  ...sided('foramenHeightMm', 'Foramen height', 'mm'),
  ...sided('foramenWidthMm', 'Foramen width', 'mm'),
  ...sided('foramenAreaMm2', 'Foramen area', 'mm²'),
  ...sided('lateralRecessMm', 'Lateral recess', 'mm'),
  ...sided('facetAngleDeg', 'Facet angle', '°', 0),
  plain('facetTropismDeg', 'Facet angles differ by', '°', 0),
  ...sided('multifidusFatPercent', 'Multifidus fat', '%', 0),
  ...sided('erectorSpinaeFatPercent', 'Erector spinae fat', '%', 0),
];

export interface MeasuredRow extends MeasureRow {
  readonly measured: number;
}

export function measured(measures: LevelMeasures): readonly MeasuredRow[] {
  return MEASURES.flatMap((row) => {
    const value = row.value(measures);
    return value === undefined ? [] : [{ ...row, measured: value }];
  });
}

/** The 95% interval of a row, as `20 to 43`; null where the reading carries none. */
export function intervalOf(row: MeasureRow, details: readonly MeasureDetail[] | undefined): string | null {
  const detail = details?.find(
    (d) => (d.side === undefined ? d.measure : `${d.measure}.${d.side}`) === row.key,
  );
  if (!detail) return null;
  const [low, high] = detail.interval;
  return `${decimals(low, row.digits)} to ${decimals(high, row.digits)}`;
}

/** How a row was read, by whose definition, and what to know of it; null where the reading does not say. */
export function sourceOf(row: MeasureRow, details: readonly MeasureDetail[] | undefined): string | null {
  const detail = details?.find(
    (d) => (d.side === undefined ? d.measure : `${d.measure}.${d.side}`) === row.key,
  );
  if (!detail) return null;
  const [low, high] = detail.interval;
  return [
    detail.definition,
    `95% interval ${decimals(low, row.digits)} to ${withUnit(decimals(high, row.digits), row.unit)}`,
    detail.how,
    detail.note,
  ]
    .filter((t) => t !== undefined)
    .join('. ');
}
