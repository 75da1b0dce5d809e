import { meanHeight } from '../measures/disc-height.ts';
import { distance } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Features } from './ordinal.ts';

/** Mean of anterior and posterior height of the bodies above and below, mm. */
function meanBodyHeight(m: MeasuredDisc): number | null {
  const heights = [m.frame?.upperCorners, m.frame?.lowerCorners].flatMap((c) =>
    c
      ? [
          (distance(c.superiorAnterior, c.inferiorAnterior) +
            distance(c.superiorPosterior, c.inferiorPosterior)) /
            2,
        ]
      : [],
  );
  return heights.length === 0 ? null : heights.reduce((a, b) => a + b, 0) / heights.length;
}

/** Measures of a disc as the rules see them: ratios and logarithms where size or scanner would speak otherwise. */
export function discFeatures(m: MeasuredDisc): Features {
  const bodyHeight = meanBodyHeight(m);
  const place = m.disc.indexFromBottom;
  const { frame, heights, canal, signal, slip } = m;
  const displacement = (m.lateral?.apex.at ?? m.displacement)?.behindCorners;
  return {
    ...(signal
      ? {
          logSignalRatio: Math.log(Math.max(0.02, signal.ratio)),
          signalSpread: signal.spread,
          logAnnulusRatio: Math.log(Math.max(0.02, signal.annulusRatio)),
          /** How far the nucleus stands out from the annulus. */
          nucleusContrast: Math.log(Math.max(0.02, signal.ratio) / Math.max(0.02, signal.annulusRatio)),
          relativeSpread: signal.spread / Math.max(0.02, signal.ratio),
        }
      : {}),
    ...(m.heightRatio !== null ? { heightRatio: m.heightRatio } : {}),
    ...(heights && frame
      ? {
          heightIndex: meanHeight(heights) / Math.max(5, frame.depthMm),
          middleHeightIndex: heights.middle / Math.max(5, frame.depthMm),
          posteriorHeightIndex: heights.posterior / Math.max(5, frame.depthMm),
          ...(bodyHeight !== null ? { heightToBody: meanHeight(heights) / bodyHeight } : {}),
          wedge: (heights.anterior - heights.posterior) / Math.max(5, frame.depthMm),
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
    ...(m.csfRatio !== null ? { csfRatio: m.csfRatio } : {}),
    ...(canal && m.canalReferenceMm ? { canalRatio: canal.apMm / m.canalReferenceMm } : {}),
    ...(slip ? { absSlipMm: Math.abs(slip.toEndplateMm), slipMm: slip.toEndplateMm } : {}),
    lowest: place === 1 ? 1 : 0,
    second: place === 2 ? 1 : 0,
    third: place === 3 ? 1 : 0,
    upper: place >= 5 ? 1 : 0,
  };
}
