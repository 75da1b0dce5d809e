import type { LevelMeasures } from '@foramen/spine';
import type { Plausibility } from './plausibility.ts';
import type { CanonicalSeries } from './series.ts';

/** Usual antero-posterior depth of an adult lumbar body, mm; outside it the spacing or the patient is unusual. */
const DEPTH_MM: readonly [number, number] = [24, 46];
/** No grown person's lumbar bodies are shallower, and none are deeper than `DEEPEST_MM` (plausibility.ts). */
const SHALLOWEST_ADULT_MM = 20;
const ADULT_YEARS = 18;
/** Height of adult lumbar bodies over their depth: 0.8, less where they have collapsed. Outside it rows and columns are not of the stated size. */
const HEIGHT_OVER_DEPTH: readonly [number, number] = [0.52, 1.25];

/** What the vertebrae say of the millimetres that a header states. */
interface Scale {
  readonly remarks: readonly string[];
  /** False where the stated spacing cannot be true: no length, area or angle is given then. */
  readonly trusted: boolean;
}

/** Judges the stated spacing of a picture by the size and shape of the vertebrae in it. A spacing that was assumed is remarked on elsewhere and kept. */
export function judgeScale(series: CanonicalSeries, { bodyDepthMm, bodyHeightMm }: Plausibility): Scale {
  const stated = series.reading.spacingFrom === 'file';
  if (series.deniedDepthMm !== undefined) {
    const whose = series.reading.spacingFrom === 'default' ? 'assumed' : 'stated';
    const size = series.deniedDepthMm.toFixed(0);
    return {
      remarks: [
        `vertebrae come out ${size} mm deep by the ${whose} pixel spacing, as nobody's are: it is wrong, and no lengths are given`,
      ],
      trusted: false,
    };
  }
  const remarks: string[] = [];
  let trusted = true;
  const size = bodyDepthMm.toFixed(0);
  const age = series.header?.patientAge;
  if (stated && age !== undefined && age >= ADULT_YEARS && bodyDepthMm < SHALLOWEST_ADULT_MM) {
    trusted = false;
    remarks.push(
      `vertebrae are ${size} mm deep, as in no one of ${age.toFixed(0)} years: the pixel spacing is wrong, no lengths are given`,
    );
  } else if (bodyDepthMm < DEPTH_MM[0] || bodyDepthMm > DEPTH_MM[1]) {
    remarks.push(
      stated
        ? `vertebrae are ${size} mm deep, outside the usual adult range: a child, or a wrong pixel spacing`
        : `vertebrae come out ${size} mm deep: the pixel spacing is probably wrong, use ratios, not millimetres`,
    );
  }
  const squareness = bodyHeightMm / bodyDepthMm;
  if (squareness < HEIGHT_OVER_DEPTH[0] || squareness > HEIGHT_OVER_DEPTH[1]) {
    trusted = trusted && !stated;
    remarks.push(
      `vertebrae come out ${bodyHeightMm.toFixed(0)} mm high and ${size} mm deep: the pixel spacing is probably wrong in one direction, ${stated ? 'neither lengths nor angles are given' : 'use neither millimetres nor angles'}`,
    );
  }
  return { remarks, trusted };
}

/** Measures that hold whatever a pixel's size: shares along one line, and brightness. */
const SCALE_FREE: ReadonlySet<string> = new Set<keyof LevelMeasures>([
  'heightRatioToNeighbours',
  'signalRatioToCsf',
  'csfSignalRatio',
  'herniationCanalPercent',
  'canalPercentOfBodies',
]);

export function scaleFreeMeasures(measures: LevelMeasures): LevelMeasures {
  return Object.fromEntries(Object.entries(measures).filter(([name]) => SCALE_FREE.has(name)));
}
