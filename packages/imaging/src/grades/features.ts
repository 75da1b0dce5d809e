import { meanHeight } from '../measures/disc-height.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Features } from './ordinal.ts';

/** Measures of a disc as the rules see them: ratios and logarithms where size or scanner would speak otherwise. */
export function discFeatures(m: MeasuredDisc, lowest: boolean): Features {
  const { frame, heights, canal, signal, slip } = m;
  const displacement = m.lateral?.apex.at ?? m.displacement;
  return {
    ...(signal
      ? {
          logSignalRatio: Math.log(Math.max(0.02, signal.ratio)),
          signalSpread: signal.spread,
          logAnnulusRatio: Math.log(Math.max(0.02, signal.annulusRatio)),
        }
      : {}),
    ...(m.heightRatio !== null ? { heightRatio: m.heightRatio } : {}),
    ...(heights && frame
      ? {
          heightIndex: meanHeight(heights) / Math.max(5, frame.depthMm),
          middleHeightIndex: heights.middle / Math.max(5, frame.depthMm),
        }
      : {}),
    ...(displacement
      ? {
          bulgeMm: displacement.depthMm,
          greatestMm: displacement.greatestMm,
          migrationMm: Math.max(displacement.cranialMm, displacement.caudalMm),
          behindAreaMm2: displacement.areaMm2,
        }
      : {}),
    ...(canal && m.canalReferenceMm ? { canalRatio: canal.apMm / m.canalReferenceMm } : {}),
    ...(slip ? { absSlipMm: Math.abs(slip.mm), slipMm: slip.mm } : {}),
    lowest: lowest ? 1 : 0,
  };
}
