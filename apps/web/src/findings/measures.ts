import { decimals, type LevelMeasures, MEASURE_NAME, type MeasureDetail, withUnit } from '@foramen/spine';

/** A measure of a level, or of one side of it, that is one number: name, unit and digits as shown. */
interface MeasureRow {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly value: (measures: LevelMeasures) => number | undefined;
  /** Shown on the card without opening it. */
  readonly first: boolean;
}

/** Shown on the card without opening it. */
const FIRST: ReadonlySet<keyof LevelMeasures> = new Set([
  'heightAnteriorMm',
  'heightMiddleMm',
  'heightPosteriorMm',
  'heightRatioToNeighbours',
  'signalRatioToCsf',
  'canalApMm',
  'herniationApMm',
  'slipMm',
  'duralSacAreaMm2',
]);

const rowsOf = (key: keyof LevelMeasures): readonly MeasureRow[] => {
  const [name, unit, digits] = MEASURE_NAME[key];
  const whole: MeasureRow = {
    key,
    name,
    unit,
    digits,
    value: (measures) => {
      const value = measures[key];
      return typeof value === 'number' ? value : undefined;
    },
    first: FIRST.has(key),
  };
  const sides = (['left', 'right'] as const).map((side) => ({
    ...whole,
    key: `${key}.${side}`,
    name: `${name}, ${side}`,
    value: (measures: LevelMeasures) => {
      const value = measures[key];
      return typeof value === 'object' ? value[side] : undefined;
    },
  }));
  return [whole, ...sides];
};

export const MEASURES: readonly MeasureRow[] = (
  Object.keys(MEASURE_NAME) as readonly (keyof LevelMeasures)[]
).flatMap(rowsOf);

interface MeasuredRow extends MeasureRow {
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
