import type { LevelMeasures } from './finding.ts';

/**
 * What each measure of a disc level is called wherever people read it, its unit and the decimals it is worth, in reading order. A measure of both
 * sides stands once.
 */
export const MEASURE_NAME: Readonly<
  Record<
    keyof LevelMeasures,
    readonly [name: string, unit: '' | 'mm' | 'mm²' | 'mm³' | '%' | '°', digits: number]
  >
> = {
  heightAnteriorMm: ['Height, front', 'mm', 1],
  heightMiddleMm: ['Height, middle', 'mm', 1],
  heightPosteriorMm: ['Height, back', 'mm', 1],
  heightRatioToNeighbours: ['Height to neighbours', '', 2],
  heightIndex: ['Height index', '', 2],
  signalRatioToCsf: ['T2 signal to CSF', '', 2],
  depthMm: ['Depth', 'mm', 1],
  bulgeMm: ['Behind endplate line', 'mm', 1],
  herniationApMm: ['Herniation AP', 'mm', 1],
  herniationWidthMm: ['Herniation width', 'mm', 0],
  herniationAreaMm2: ['Herniation area', 'mm²', 0],
  herniationVolumeMm3: ['Herniation volume', 'mm³', 0],
  herniationCanalPercent: ['Herniation of canal', '%', 0],
  migrationMm: ['Migration', 'mm', 0],
  canalApMm: ['Dural sac AP', 'mm', 1],
  canalPercentOfBodies: ['Dural sac AP to bodies', '%', 0],
  canalAreaMm2: ['Canal area', 'mm²', 0],
  duralSacAreaMm2: ['Dural sac area', 'mm²', 0],
  csfSignalRatio: ['CSF signal at disc', '', 2],
  slipMm: ['Slip', 'mm', 1],
  slipPercent: ['Slip', '%', 0],
  segmentalAngleDeg: ['Segmental angle', '°', 0],
  areaMm2: ['Disc area', 'mm²', 0],
  volumeMm3: ['Disc volume', 'mm³', 0],
  endplateConcavityUpperMm: ['Endplate hollow, upper', 'mm', 1],
  endplateConcavityLowerMm: ['Endplate hollow, lower', 'mm', 1],
  endplateIndexUpper: ['Endplate hollow to length, upper', '', 2],
  endplateIndexLower: ['Endplate hollow to length, lower', '', 2],
  foramenHeightMm: ['Foramen height', 'mm', 1],
  foramenWidthMm: ['Foramen width', 'mm', 1],
  foramenAreaMm2: ['Foramen area', 'mm²', 0],
  perineuralFatPercent: ['Fat around the exiting root', '%', 0],
  lateralRecessMm: ['Lateral recess', 'mm', 1],
  facetAngleDeg: ['Facet angle', '°', 0],
  facetTropismDeg: ['Facet angles differ by', '°', 0],
  multifidusFatPercent: ['Multifidus fat', '%', 0],
  erectorSpinaeFatPercent: ['Erector spinae fat', '%', 0],
};
