import type { Graded, LevelFindings, Presence, Side } from '@foramen/spine';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { leeCentral, schizas } from './central-stenosis.ts';
import type { DiscRules } from './disc-rules.ts';
import { meyerding } from './geometric.ts';
import { herniationType, msuZone, type NassType } from './herniation-type.ts';
import { recessGrade } from './lateral-recess.ts';
import { leeForaminal } from './lee-foraminal.ts';
import { msuSize } from './msu-size.ts';
import { goutallier } from './muscle-fat.ts';
import {
  type Features,
  medianGrade,
  missingFeatures,
  type OrdinalModel,
  ordinalProbabilities,
} from './ordinal.ts';

/** The grades of one level, as they go into the findings. */
export type LevelGrades = Pick<
  LevelFindings,
  | 'pfirrmann'
  | 'modic'
  | 'endplateUpper'
  | 'endplateLower'
  | 'spondylolisthesis'
  | 'herniation'
  | 'narrowing'
  | 'bulging'
  | 'meyerding'
  | 'schizas'
  | 'leeCentral'
  | 'leeForaminal'
  | 'lateralRecess'
  | 'goutallierMultifidus'
  | 'goutallierErectorSpinae'
  | 'herniationType'
  | 'herniationZone'
  | 'herniationSide'
  | 'msuSize'
  | 'msuZone'
>;

const NEEDED: Readonly<Record<string, string>> = {
  logSignalRatio: 'needs a T2-weighted sagittal series with the dural sac in view',
  heightIndex: 'both end plates must be in view',
  bulgeMm: 'the posterior edge of the disc was not seen',
  absSlipMm: 'both vertebrae must be in view',
};

const NO_FORAMEN = 'needs sagittal T1- or T2-weighted slices with position, out to the pedicles';

function why(missing: readonly string[]): string {
  return NEEDED[missing[0] ?? ''] ?? 'could not be measured';
}

function graded(model: OrdinalModel, features: Features): Graded {
  const missing = missingFeatures(model, features);
  if (missing.length > 0) return { abstained: why(missing) };
  const p = ordinalProbabilities(model, features);
  return { grade: medianGrade(model.grades, p), p };
}

function presence(model: OrdinalModel, features: Features): Presence {
  const missing = missingFeatures(model, features);
  if (missing.length > 0) return { abstained: why(missing) };
  return { p: ordinalProbabilities(model, features)[1] ?? 0 };
}

/** What other series of the study offer. */
export interface Available {
  readonly t1: boolean;
  readonly axial: boolean;
}

const bySide = <T>(of: (side: Side) => T): Readonly<Record<Side, T>> => ({
  left: of('left'),
  right: of('right'),
});

/** Goutallier of both muscles; a muscle that was not read says why. */
function muscleGrades(
  m: MeasuredDisc,
): Pick<LevelGrades, 'goutallierMultifidus' | 'goutallierErectorSpinae'> {
  const answer = m.axialLevel?.muscles ?? {
    abstained: 'needs an axial T1- or T2-weighted series through the multifidus',
  };
  const of = (muscle: 'multifidus' | 'erectorSpinae') =>
    bySide((side): Graded => {
      if ('abstained' in answer) return answer;
      const fat = answer.muscles[muscle][side];
      if (fat) return goutallier(fat);
      return {
        abstained: answer.muscles.from.startsWith('sagittal')
          ? 'needs an axial T1- or T2-weighted series: sagittal slices do not reach it'
          : 'too little of the muscle lies inside the picture',
      };
    });
  return { goutallierMultifidus: of('multifidus'), goutallierErectorSpinae: of('erectorSpinae') };
}

/** Grades from geometry and signal alone; a trained grader may replace those it knows. */
export function gradeByRules(
  m: MeasuredDisc,
  features: Features,
  rules: DiscRules,
  available: Available,
): LevelGrades {
  const { models } = rules;
  const herniation = presence(models.herniation, features);
  const shown = m.lateral?.apex.at ?? m.displacement;
  const type: NassType | null = shown ? herniationType(shown, m.lateral ? !m.lateral.focal : false) : null;
  const focal = m.lateral?.focal === true && 'p' in herniation && herniation.p >= 0.3;
  const axial = 'needs an axial T2-weighted series through the disc';
  const untrained = 'no trained grader is installed';
  return {
    pfirrmann: graded(models.pfirrmann, features),
    modic: { abstained: available.t1 ? untrained : 'needs T1 as well' },
    endplateUpper: { abstained: untrained },
    endplateLower: { abstained: untrained },
    spondylolisthesis: presence(models.spondylolisthesis, features),
    herniation,
    narrowing: presence(models.narrowing, features),
    bulging: presence(models.bulging, features),
    meyerding:
      m.slip && m.frame
        ? meyerding(m.slip.mm, (100 * Math.abs(m.slip.mm)) / Math.max(0.01, Math.abs(m.slip.percent)))
        : { abstained: 'both vertebrae must be in view' },
    schizas: m.axial ? schizas(m.axial) : { abstained: axial },
    leeCentral: m.axial ? leeCentral(m.axial) : { abstained: axial },
    msuSize: m.axialLevel
      ? msuSize(focal ? (shown?.greatestMm ?? null) : null, m.axialLevel)
      : { abstained: axial },
    msuZone: msuZone(m.lateral, focal),
    leeForaminal: bySide((side) => leeForaminal(m.perineuralFat?.[side] ?? { abstained: NO_FORAMEN })),
    lateralRecess: bySide((side) =>
      m.axialLevel ? recessGrade(m.axialLevel.recesses[side]) : { abstained: axial },
    ),
    ...muscleGrades(m),
    ...('p' in herniation && type
      ? { herniationType: herniation.p >= 0.5 ? type : type === 'bulge' ? 'bulge' : 'unknown' }
      : {}),
    ...(focal && m.lateral ? { herniationZone: m.lateral.zone, herniationSide: m.lateral.side } : {}),
  };
}
