import type { NotMeasured } from '@foramen/spine';
import { axialNotMeasured } from './axial-details.ts';
import type { MeasuredDisc } from './level-reading.ts';
import type { FatAnswer } from './perineural-fat.ts';

/** What the study offers beside the series that is measured. */
export interface PlanesSeen {
  /** Whether the series is T2-weighted. */
  readonly t2: boolean;
  readonly slices: number;
  readonly sliceMm: number;
  readonly hasGeometry: boolean;
}

const AXIAL = 'needs an axial T2-weighted series through the disc';
const MUSCLE = 'needs an axial T1- or T2-weighted series through the multifidus';

function fat(side: 'Left' | 'Right', answer: FatAnswer | undefined): NotMeasured {
  return answer && 'abstained' in answer ? { [`perineuralFat${side}`]: answer.abstained } : {};
}

/** Why a measure of a level is absent: the plane, the sequence or the structure that is missing, by name. */
export function notMeasured(m: MeasuredDisc, seen: PlanesSeen): NotMeasured {
  const sacArea = m.axial === null ? AXIAL : 'abstained' in m.axial ? m.axial.abstained : null;
  const lateral = !seen.hasGeometry
    ? 'the picture carries no position: sides cannot be told'
    : seen.slices < 7
      ? 'needs at least seven sagittal slices, out to the pedicles'
      : seen.sliceMm > 6
        ? 'needs sagittal slices at most 6 mm apart'
        : null;
  const side = (name: 'left' | 'right'): string | null =>
    m.foramina.some((f) => f.side === name)
      ? null
      : (lateral ?? 'no sagittal slice on this side shows the pedicles above and below');
  const [left, right] = [side('left'), side('right')];
  return {
    ...(m.axialLevel
      ? axialNotMeasured(m.axialLevel)
      : { muscleFatFraction: MUSCLE, facetAngle: AXIAL, lateralRecess: AXIAL }),
    ...(sacArea !== null ? { duralSacArea: sacArea } : {}),
    ...(left !== null ? { foramenLeft: left } : {}),
    ...(right !== null ? { foramenRight: right } : {}),
    ...fat('Left', m.perineuralFat?.left),
    ...fat('Right', m.perineuralFat?.right),
    ...(m.sacUnseen === undefined ? {} : { canalDepth: m.sacUnseen, csfSignal: m.sacUnseen }),
    ...(m.csfRatio === null && m.sacUnseen === undefined
      ? {
          csfSignal: seen.t2
            ? 'the dural sac is not seen clearly at this disc'
            : 'needs a T2-weighted sagittal series with the dural sac in view',
        }
      : {}),
    ...(m.slip === null ? { slip: 'both end plates must be in view whole' } : {}),
    ...(m.endplates.upper === null
      ? { endplateShapeUpper: 'the end plate above the disc is not seen whole' }
      : {}),
    ...(m.endplates.lower === null
      ? { endplateShapeLower: 'the end plate below the disc is not seen whole' }
      : {}),
  };
}
