import type { LevelMeasures } from '@foramen/spine';
import { type Concept, own, sct } from './coded-concept.ts';

const ucum = (value: string, meaning: string): Concept => ({ value, scheme: 'UCUM', meaning });
export const UNIT = {
  mm: ucum('mm', 'mm'),
  mm2: ucum('mm2', 'mm2'),
  mm3: ucum('mm3', 'mm3'),
  degree: ucum('deg', 'deg'),
  percent: ucum('%', '%'),
  one: ucum('1', 'no units'),
} as const;

interface MeasureCode {
  readonly concept: Concept;
  readonly unit: Concept;
}

/**
 * Code and UCUM unit of each measure of a level. The group's finding site says which disc; where one standard concept
 * would stand for several measures (three heights of one disc) the measure has a concept of its own.
 */
export const MEASURE_CODE: Readonly<Record<keyof LevelMeasures, MeasureCode>> = {
  heightAnteriorMm: { concept: own('disc-h-ant', 'Disc height, anterior'), unit: UNIT.mm },
  heightMiddleMm: { concept: own('disc-h-mid', 'Disc height, middle'), unit: UNIT.mm },
  heightPosteriorMm: { concept: own('disc-h-post', 'Disc height, posterior'), unit: UNIT.mm },
  heightIndex: { concept: own('disc-h-index', 'Disc height index'), unit: UNIT.one },
  depthMm: { concept: sct('131197000', 'Depth'), unit: UNIT.mm },
  areaMm2: { concept: sct('42798000', 'Area'), unit: UNIT.mm2 },
  volumeMm3: { concept: sct('118565006', 'Volume'), unit: UNIT.mm3 },
  heightRatioToNeighbours: {
    concept: own('disc-h-ratio', 'Disc height over that of its neighbours'),
    unit: UNIT.one,
  },
  signalRatioToCsf: {
    concept: own('disc-csf-ratio', 'T2 signal of nucleus over cerebrospinal fluid'),
    unit: UNIT.one,
  },
  bulgeMm: { concept: own('disc-bulge', 'Disc bulge beyond posterior corners'), unit: UNIT.mm },
  herniationApMm: { concept: own('hern-ap', 'Herniation, anteroposterior'), unit: UNIT.mm },
  herniationWidthMm: { concept: own('hern-width', 'Herniation, width'), unit: UNIT.mm },
  herniationAreaMm2: { concept: own('hern-area', 'Herniation, area'), unit: UNIT.mm2 },
  herniationVolumeMm3: { concept: own('hern-volume', 'Herniation, volume'), unit: UNIT.mm3 },
  herniationCanalPercent: {
    concept: own('hern-canal', 'Herniation depth of canal depth'),
    unit: UNIT.percent,
  },
  migrationMm: { concept: own('hern-migration', 'Herniation, migration'), unit: UNIT.mm },
  canalApMm: { concept: own('canal-ap', 'Spinal canal, anteroposterior'), unit: UNIT.mm },
  canalAreaMm2: { concept: own('canal-area', 'Spinal canal, area'), unit: UNIT.mm2 },
  canalPercentOfBodies: {
    concept: own('canal-percent', 'Spinal canal depth of vertebral body depth'),
    unit: UNIT.percent,
  },
  duralSacAreaMm2: { concept: own('sac-area', 'Dural sac, cross-sectional area'), unit: UNIT.mm2 },
  csfSignalRatio: { concept: own('csf-ratio', 'Cerebrospinal fluid signal ratio'), unit: UNIT.one },
  slipMm: { concept: own('slip', 'Vertebral slip'), unit: UNIT.mm },
  slipPercent: { concept: own('slip-percent', 'Vertebral slip of endplate depth'), unit: UNIT.percent },
  segmentalAngleDeg: { concept: own('segment-angle', 'Segmental angle'), unit: UNIT.degree },
  endplateConcavityUpperMm: {
    concept: own('endpl-depth-up', 'Endplate above the disc, depth of concavity'),
    unit: UNIT.mm,
  },
  endplateConcavityLowerMm: {
    concept: own('endpl-depth-lo', 'Endplate below the disc, depth of concavity'),
    unit: UNIT.mm,
  },
  endplateIndexUpper: {
    concept: own('endpl-index-up', 'Endplate above the disc, concavity over length'),
    unit: UNIT.one,
  },
  endplateIndexLower: {
    concept: own('endpl-index-lo', 'Endplate below the disc, concavity over length'),
    unit: UNIT.one,
  },
  foramenHeightMm: { concept: own('foramen-height', 'Intervertebral foramen, height'), unit: UNIT.mm },
  foramenWidthMm: { concept: own('foramen-width', 'Intervertebral foramen, width'), unit: UNIT.mm },
  foramenAreaMm2: { concept: own('foramen-area', 'Intervertebral foramen, area'), unit: UNIT.mm2 },
  perineuralFatPercent: {
    concept: own('perineural-fat', 'Fat around the exiting nerve root, share'),
    unit: UNIT.percent,
  },
  lateralRecessMm: { concept: own('recess-depth', 'Lateral recess, depth'), unit: UNIT.mm },
  facetAngleDeg: {
    concept: own('facet-angle', 'Facet joint, angle to the sagittal plane'),
    unit: UNIT.degree,
  },
  facetTropismDeg: {
    concept: own('facet-tropism', 'Facet joints, difference of angles'),
    unit: UNIT.degree,
  },
  multifidusFatPercent: {
    concept: own('mf-fat', 'Multifidus, share of fat'),
    unit: UNIT.percent,
  },
  erectorSpinaeFatPercent: {
    concept: own('es-fat', 'Erector spinae, share of fat'),
    unit: UNIT.percent,
  },
};

/** Measures of a vertebral body; the group's finding site says which. */
export const VERTEBRA_MEASURE_CODE = {
  heightAnteriorMm: { concept: own('vert-h-ant', 'Vertebral body height, anterior'), unit: UNIT.mm },
  heightMiddleMm: { concept: own('vert-h-mid', 'Vertebral body height, middle'), unit: UNIT.mm },
  heightPosteriorMm: { concept: own('vert-h-post', 'Vertebral body height, posterior'), unit: UNIT.mm },
  wedgeRatio: { concept: own('vert-wedge', 'Anterior over posterior vertebral height'), unit: UNIT.one },
} as const satisfies Readonly<Record<string, MeasureCode>>;

/** Angles of the whole lumbar spine. */
export const COLUMN_MEASURE_CODE = {
  lordosisL1S1Deg: { concept: own('lordosis', 'Lumbar lordosis L1 to S1'), unit: UNIT.degree },
  sacralSlopeDeg: { concept: own('sacral-slope', 'Sacral slope'), unit: UNIT.degree },
} as const satisfies Readonly<Record<string, MeasureCode>>;

/** A possible migrated fragment of disc; the group's finding site is the vertebra it lies behind. */
export const FRAGMENT_CODE = {
  finding: own('fragment', 'Possible migrated fragment of disc'),
  probability: own('p-fragment', 'Probability of a migrated fragment of disc'),
  area: sct('42798000', 'Area'),
  length: own('fragment-length', 'Fragment, along the spine'),
  depth: own('fragment-depth', 'Fragment, anteroposterior'),
} as const;

export interface ScaleCode {
  readonly concept: Concept;
  readonly short: string;
  /** Names of the grades in the scale's own order, beside the number `first` upward. */
  readonly grades: readonly string[];
  readonly first: number;
}

const roman = ['I', 'II', 'III', 'IV', 'V'];

/** Grading scales: concept of the scale and of each of its grades. */
export const SCALE_CODE = {
  pfirrmann: {
    concept: own('pfirrmann', 'Pfirrmann grade'),
    short: 'pfirrmann',
    grades: roman.map((n) => `Pfirrmann grade ${n}`),
    first: 1,
  },
  modic: {
    concept: own('modic', 'Modic type'),
    short: 'modic',
    grades: ['No Modic change', 'Modic type I', 'Modic type II', 'Modic type III'],
    first: 0,
  },
  meyerding: {
    concept: own('meyerding', 'Meyerding grade'),
    short: 'meyerding',
    grades: ['No slip', ...roman.slice(0, 4).map((n) => `Meyerding grade ${n}`)],
    first: 0,
  },
  schizas: {
    concept: own('schizas', 'Schizas grade of central stenosis'),
    short: 'schizas',
    grades: ['A', 'B', 'C', 'D'].map((n) => `Schizas grade ${n}`),
    first: 1,
  },
  leeCentral: {
    concept: own('lee-central', 'Lee grade of central stenosis'),
    short: 'lee-central',
    grades: [0, 1, 2, 3].map((n) => `Lee central grade ${n}`),
    first: 0,
  },
  leeForaminal: {
    concept: own('lee-foraminal', 'Lee grade of foraminal stenosis'),
    short: 'lee-foram',
    grades: [0, 1, 2, 3].map((n) => `Lee foraminal grade ${n}`),
    first: 0,
  },
  lateralRecess: {
    concept: own('recess', 'Lateral recess stenosis grade'),
    short: 'recess',
    grades: [0, 1, 2, 3].map((n) => `Lateral recess grade ${n}`),
    first: 0,
  },
  goutallierMultifidus: {
    concept: own('goutallier-mf', 'Goutallier grade of the multifidus'),
    short: 'gout-mf',
    grades: [0, 1, 2, 3, 4].map((n) => `Goutallier grade ${n}`),
    first: 0,
  },
  goutallierErectorSpinae: {
    concept: own('goutallier-es', 'Goutallier grade of the erector spinae'),
    short: 'gout-es',
    grades: [0, 1, 2, 3, 4].map((n) => `Goutallier grade ${n}`),
    first: 0,
  },
  genant: {
    concept: own('genant', 'Genant grade of vertebral fracture'),
    short: 'genant',
    grades: [0, 1, 2, 3].map((n) => `Genant grade ${n}`),
    first: 0,
  },
  msuZone: {
    concept: own('msu-zone', 'MSU zone of herniation'),
    short: 'msu-zone',
    grades: ['A', 'B', 'C'].map((n) => `MSU zone ${n}`),
    first: 1,
  },
  nassType: {
    concept: own('nass-type', 'Displacement of disc tissue (NASS 2.0)'),
    short: 'nass',
    grades: ['No displacement', 'Bulge', 'Protrusion', 'Extrusion', 'Sequestration'],
    first: 0,
  },
  facetDegeneration: {
    concept: own('facet-degen', 'Weishaupt grade of facet joint degeneration'),
    short: 'weishaupt',
    grades: [0, 1, 2, 3].map((n) => `Weishaupt grade ${n}`),
    first: 0,
  },
  msuSize: {
    concept: own('msu-size', 'MSU size of herniation'),
    short: 'msu',
    grades: [1, 2, 3].map((n) => `MSU size ${n}`),
    first: 1,
  },
} as const satisfies Readonly<Record<string, ScaleCode>>;

/** Probability of a finding at a level. */
export const PRESENCE_CODE = {
  endplateUpper: own('p-endplate-up', 'Probability of upper endplate change'),
  endplateLower: own('p-endplate-low', 'Probability of lower endplate change'),
  spondylolisthesis: own('p-listhesis', 'Probability of spondylolisthesis'),
  herniation: own('p-herniation', 'Probability of disc herniation'),
  narrowing: own('p-narrowing', 'Probability of disc narrowing'),
  bulging: own('p-bulging', 'Probability of disc bulging'),
  signalLoss: own('p-signal-loss', 'Probability of loss of T2 signal'),
  highIntensityZone: own('p-hiz', 'Probability of a high-intensity zone'),
  annularFissure: own('p-fissure', 'Probability of an annular fissure'),
} as const;

export const LATERALITY = sct('272741003', 'Laterality');
export const SIDE_CODE = { left: sct('7771000', 'Left'), right: sct('24028007', 'Right') } as const;
