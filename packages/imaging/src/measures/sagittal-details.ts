import type { ImageEvidence, LevelMeasures, MeasureDetail } from '@foramen/spine';
import { DETECTABLE_CHANGE, type DetectableChange } from '../comparison/detectable-change.ts';
import { type Reach, reachOf, rounded } from './reach.ts';

/** Measures that are read on sagittal slices; those of the axial plane carry details of their own. */
type SagittalMeasure = Exclude<
  keyof LevelMeasures,
  | 'canalAreaMm2'
  | 'duralSacAreaMm2'
  | 'lateralRecessMm'
  | 'facetAngleDeg'
  | 'facetTropismDeg'
  | 'multifidusFatPercent'
  | 'erectorSpinaeFatPercent'
>;

interface Definition {
  readonly unit: MeasureDetail['unit'];
  readonly by: string;
  /** Half of the 95 % interval where repeated pictures have not been measured: absolute, and as a share of the value. */
  readonly half?: readonly [absolute: number, share: number];
  /** What it was read from, and where its interval comes from, when not outlines and their error. */
  readonly how?: string;
  readonly from?: string;
}

const NASS = 'Fardon 2014, Spine J 14:2525';
const FRAMED = 'Frobin 1997, Clin Biomech 12 Suppl 1:S1';
const HASEGAWA = 'Hasegawa 1995, J Bone Joint Surg Am 77:32';
const OWN = 'own definition';

const DEFINITION: Readonly<Record<SagittalMeasure, Definition>> = {
  heightAnteriorMm: { unit: 'mm', by: `Distance of the end plates at their front rims (${FRAMED})` },
  heightMiddleMm: { unit: 'mm', by: `Distance of the end plates in the middle of the disc (${FRAMED})` },
  heightPosteriorMm: { unit: 'mm', by: `Distance of the end plates at their back rims (${FRAMED})` },
  heightIndex: { unit: 'ratio', by: `Mean of the three heights over the depth of the disc (${FRAMED})` },
  depthMm: { unit: 'mm', by: `Between the middles of the front and back rims (${FRAMED})` },
  areaMm2: { unit: 'mm2', by: `Area of the disc on its middle sagittal slice (${OWN})` },
  volumeMm3: { unit: 'mm3', by: `Area on every slice times their distance (${OWN})`, half: [0, 0.15] },
  heightRatioToNeighbours: {
    unit: 'ratio',
    by: `Mean height over that of the neighbouring discs (${OWN})`,
    half: [0.13, 0],
  },
  signalRatioToCsf: {
    unit: 'ratio',
    by: 'T2 signal of the nucleus over fluid of the same series (after Luoma 2001, Spine 26:680)',
  },
  bulgeMm: { unit: 'mm', by: `Greatest extent behind the line between the posterior corners (${NASS})` },
  herniationApMm: { unit: 'mm', by: `Depth behind the line between the posterior corners (${NASS})` },
  herniationWidthMm: { unit: 'mm', by: `From side to side, by the slices that show it (${NASS})` },
  herniationAreaMm2: { unit: 'mm2', by: `Area behind that line on the slice of its greatest depth (${OWN})` },
  herniationVolumeMm3: { unit: 'mm3', by: `That area on every slice times their distance (${OWN})` },
  herniationCanalPercent: { unit: '%', by: `Depth of the herniation over the depth of the canal (${OWN})` },
  migrationMm: { unit: 'mm', by: `Furthest reach above or below the disc space (${NASS})` },
  canalApMm: { unit: 'mm', by: `Depth of the dural sac at the disc, square to it (${OWN})` },
  canalPercentOfBodies: {
    unit: '%',
    by: `That depth over its mean behind the neighbouring bodies (${OWN})`,
    half: [0, 0.33],
  },
  csfSignalRatio: { unit: 'ratio', by: `Signal in the sac at the disc over that of fluid (${OWN})` },
  slipMm: {
    unit: 'mm',
    by: 'Offset of the posterior corners (Taillard 1954), square to both posterior walls',
  },
  slipPercent: { unit: '%', by: 'That offset over the depth of the end plate below (Taillard 1954)' },
  segmentalAngleDeg: { unit: 'deg', by: 'Between the end plates that face the disc (Cobb)' },
  endplateConcavityUpperMm: {
    unit: 'mm',
    by: `Depth of the end plate above under the line between its rims (${OWN})`,
    half: [0.8, 0],
  },
  endplateConcavityLowerMm: {
    unit: 'mm',
    by: `Depth of the end plate below under the line between its rims (${OWN})`,
    half: [0.8, 0],
  },
  endplateIndexUpper: {
    unit: 'ratio',
    by: `That depth over the distance of the rims (${OWN})`,
    half: [0.025, 0],
  },
  endplateIndexLower: {
    unit: 'ratio',
    by: `That depth over the distance of the rims (${OWN})`,
    half: [0.025, 0],
  },
  foramenHeightMm: { unit: 'mm', by: `From pedicle to pedicle (${HASEGAWA})`, half: [2.5, 0] },
  foramenWidthMm: {
    unit: 'mm',
    by: `Least distance of body or disc to the facet (${HASEGAWA})`,
    half: [2, 0],
  },
  foramenAreaMm2: {
    unit: 'mm2',
    by: `Opening between pedicles, body, disc and facet (${HASEGAWA})`,
    half: [0, 0.3],
  },
  perineuralFatPercent: {
    unit: '%',
    by: 'Share of fat within 3 mm of the exiting root, its usual place taken (perineural fat: Lee 2010, AJR 194:1095)',
    half: [24, 0],
    how: 'sagittal T1 and T2 signal',
    from: 'Interval from synthetic people of known fat',
  },
};

/**
 * How far below and above a reading the truth lies in 95 % of synthetic people (`bench/measure-coverage.ts`, the shipped network's outlines), where that is more than repetition
 * shows: what an outline always does alike repeats well. Outlines of herniations end short of their tips, so that the truth is larger.
 */
const KNOWN_REACH: Readonly<
  Partial<Record<SagittalMeasure, { readonly below?: Reach; readonly above?: Reach }>>
> = {
  heightAnteriorMm: { below: [1.9, 0] },
  heightMiddleMm: { below: [1.45, 0] },
  heightPosteriorMm: { below: [2, 0] },
  heightIndex: { below: [0.065, 0] },
  heightRatioToNeighbours: { below: [0.24, 0], above: [0.22, 0] },
  depthMm: { above: [2.8, 0] },
  areaMm2: { above: [41, 0] },
  bulgeMm: { above: [3.4, 0] },
  herniationApMm: { above: [5.2, 0] },
  herniationWidthMm: { above: [10, 0] },
  herniationAreaMm2: { above: [65, 0.7] },
  herniationVolumeMm3: { above: [800, 1] },
  herniationCanalPercent: { above: [45, 0] },
  migrationMm: { above: [8.5, 0] },
  slipMm: { below: [2.1, 0], above: [1.9, 0] },
  slipPercent: { above: [6, 0] },
  segmentalAngleDeg: { above: [3.8, 0] },
  endplateConcavityUpperMm: { above: [1.4, 0] },
  endplateConcavityLowerMm: { above: [1.1, 0] },
  endplateIndexUpper: { above: [0.042, 0] },
  endplateIndexLower: { above: [0.035, 0] },
  foramenHeightMm: { below: [4.2, 0], above: [3.8, 0] },
  foramenWidthMm: { below: [3.2, 0] },
};

/** A herniation's depth, area and share cannot be less than nothing; a slip and an angle have a sign. */
const SIGNED: ReadonlySet<keyof LevelMeasures> = new Set(['slipMm', 'slipPercent', 'segmentalAngleDeg']);

/**
 * Interval and definition of every sagittal measure of a level. Two readings of one thing differ, in 95 % of cases, by no more than the
 * detectable change; one reading lies within that over the square root of two of the true value, or as far as synthetic people of known truth show. Measures for which repetition was not measured
 * say that their interval is estimated.
 */
export function sagittalDetails(measures: LevelMeasures, because: ImageEvidence): MeasureDetail[] {
  return (Object.keys(DEFINITION) as SagittalMeasure[]).flatMap((measure): MeasureDetail[] => {
    const found: number | Readonly<Partial<Record<'left' | 'right', number>>> | undefined = measures[measure];
    if (found === undefined) return [];
    const values: readonly (readonly [number, MeasureDetail['side']])[] =
      typeof found === 'number'
        ? [[found, undefined]]
        : (['left', 'right'] as const).flatMap((side) => {
            const one = found[side];
            return one === undefined ? [] : [[one, side] as const];
          });
    return values.map(([value, side]) => detail(measure, value, side, because));
  });
}

function detail(
  measure: SagittalMeasure,
  value: number,
  side: MeasureDetail['side'],
  because: ImageEvidence,
): MeasureDetail {
  const { unit, by, half: estimated, how, from } = DEFINITION[measure];
  const repeated = (DETECTABLE_CHANGE as Readonly<Partial<Record<keyof LevelMeasures, DetectableChange>>>)[
    measure
  ];
  const half = repeated
    ? Math.max(repeated.absolute, (repeated.relative ?? 0) * Math.abs(value)) / Math.SQRT2
    : Math.max(estimated?.[0] ?? 0, (estimated?.[1] ?? 0) * Math.abs(value));
  const known = KNOWN_REACH[measure];
  const reach = (to: Reach | undefined): number => Math.max(half, to === undefined ? 0 : reachOf(to, value));
  const low = value - reach(known?.below);
  return {
    measure,
    ...(side === undefined ? {} : { side }),
    value: rounded(value),
    unit,
    interval: [rounded(SIGNED.has(measure) ? low : Math.max(0, low)), rounded(value + reach(known?.above))],
    how: how ?? 'sagittal outlines',
    definition: by,
    note: `${
      repeated
        ? `Interval: ${repeated.source}`
        : (from ?? 'Interval estimated from slice distance and outline error')
    }${known ? '; wider where synthetic people of known truth ask for it' : ''}`,
    because,
  };
}
