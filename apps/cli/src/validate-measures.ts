import { clusterBootstrap, deviation, type Estimate } from '@foramen/imaging';
import type { MeasureScore } from '@foramen/report';
import type { LevelMeasures, SpineFindings } from '@foramen/spine';
import { type DiscRow, discTable } from './disc-table.ts';

/** Measures that a table may hold, with their units; one of a side is written `foramenHeightMm.left`. */
const UNIT: Readonly<Record<string, string>> = Object.fromEntries([
  ...(
    [
      'heightAnteriorMm',
      'heightMiddleMm',
      'heightPosteriorMm',
      'depthMm',
      'bulgeMm',
      'herniationApMm',
      'herniationWidthMm',
      'migrationMm',
      'canalApMm',
      'slipMm',
      'foramenHeightMm.left',
      'foramenHeightMm.right',
      'foramenWidthMm.left',
      'foramenWidthMm.right',
      'lateralRecessMm.left',
      'lateralRecessMm.right',
      'endplateConcavityUpperMm',
      'endplateConcavityLowerMm',
    ] as const
  ).map((name) => [name, 'mm']),
  ...(
    [
      'areaMm2',
      'herniationAreaMm2',
      'canalAreaMm2',
      'duralSacAreaMm2',
      'foramenAreaMm2.left',
      'foramenAreaMm2.right',
    ] as const
  ).map((name) => [name, 'mm²']),
  ...(['volumeMm3', 'herniationVolumeMm3'] as const).map((name) => [name, 'mm³']),
  ...(['herniationCanalPercent', 'canalPercentOfBodies', 'slipPercent'] as const).map((name) => [name, '%']),
  ...(['heightIndex', 'heightRatioToNeighbours', 'signalRatioToCsf', 'csfSignalRatio'] as const).map(
    (name) => [name, 'ratio'],
  ),
  ['segmentalAngleDeg', '°'],
  ['facetTropismDeg', '°'],
  ['facetAngleDeg.left', '°'],
  ['facetAngleDeg.right', '°'],
  ['perineuralFatPercent.left', '%'],
  ['perineuralFatPercent.right', '%'],
  ['multifidusFatPercent.left', '%'],
  ['multifidusFatPercent.right', '%'],
  ['erectorSpinaeFatPercent.left', '%'],
  ['erectorSpinaeFatPercent.right', '%'],
]);

/** What a reader measured at one disc. */
export type MeasureReading = DiscRow<string>;

/** A table of measures, one row a disc; an empty cell was not measured. @throws InputError naming the row or column */
export function readMeasures(csv: string, where: string): MeasureReading[] {
  return discTable(
    csv,
    where,
    (heading, wrong) => {
      if (!['name', 'level', 'index'].includes(heading) && UNIT[heading] === undefined)
        throw wrong(`there is no measure ${JSON.stringify(heading)}`);
      return heading;
    },
    () => null,
  );
}

export interface MeasuredCase {
  readonly patient: string;
  readonly findings: SpineFindings | null;
  readonly measured: readonly MeasureReading[];
}

interface Pair {
  readonly patient: string;
  readonly level: string;
  readonly reader: number;
  readonly ours: number | null;
}

function ownMeasure(measures: LevelMeasures, name: string): number | null {
  const [key, side] = name.split('.') as [keyof LevelMeasures, 'left' | 'right' | undefined];
  const value = measures[key];
  const found = side === undefined ? value : typeof value === 'object' ? value[side] : undefined;
  return typeof found === 'number' ? found : null;
}

/** Differences over all levels and at each level. What the product refused or abstained on counts as such. */
export function scoreMeasures(cases: readonly MeasuredCase[]): MeasureScore[] {
  const pairs = new Map<string, Pair[]>();
  for (const { patient, findings, measured } of cases) {
    for (const reading of measured) {
      const level = findings?.levels.find((one) =>
        reading.level === undefined ? one.indexFromBottom === reading.index : one.level === reading.level,
      );
      for (const [name, reader] of reading.values) {
        const pair: Pair = {
          patient,
          level: level?.level ?? reading.level ?? '',
          reader,
          ours: level === undefined ? null : ownMeasure(level.measures, name),
        };
        const list = pairs.get(name);
        if (list) list.push(pair);
        else pairs.set(name, [pair]);
      }
    }
  }
  return [...pairs].flatMap(([name, all]) => {
    const levels = [...new Set(all.map((one) => one.level))].filter((level) => level !== '').sort();
    return [
      score(name, null, all),
      ...(levels.length < 2
        ? []
        : levels.map((level) =>
            score(
              name,
              level,
              all.filter((one) => one.level === level),
            ),
          )),
    ];
  });
}

function score(measure: string, level: string | null, all: readonly Pair[]): MeasureScore {
  const both = all.flatMap((one) => (one.ours === null ? [] : [{ ...one, ours: one.ours }]));
  const of = (rows: readonly number[]) =>
    deviation(
      rows.map((row) => both[row]!.ours),
      rows.map((row) => both[row]!.reader),
    );
  const over = (figure: (rows: readonly number[]) => number): Estimate | null =>
    both.length === 0
      ? null
      : clusterBootstrap(
          both.map((one) => one.patient),
          figure,
        );
  return {
    measure,
    unit: UNIT[measure] ?? '',
    level,
    n: both.length,
    abstained: all.length - both.length,
    bias: over((rows) => of(rows).bias),
    meanAbsolute: over((rows) => of(rows).meanAbsolute),
    limits: both.length < 2 ? null : of(both.map((_, row) => row)).limits,
    pairs: level === null ? both.map((one) => [one.reader, one.ours]) : [],
  };
}
