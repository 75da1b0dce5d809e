import { type Graded, isGrade, type LevelFindings, type Presence } from '@foramen/spine';
import type { HighIntensityZone } from '../measures/high-intensity-zone.ts';
import { normalCdf } from './normal.ts';

/** Signs a radiologist words beside the grades. */
export type DiscSigns = Pick<
  LevelFindings,
  'signalLoss' | 'highIntensityZone' | 'annularFissure' | 'facetDegeneration'
>;

const NO_T2 = 'needs a T2-weighted sagittal series with the dural sac in view';
const NO_FACETS =
  'cartilage and bone of the facet joints are not outlined: needs a reader, or axial slices and a trained grader';
/** Signal of fluid from which a spot is called bright, and its contrast to the annulus. */
const BRIGHT_SHARE = 0.6;
const STANDS_OUT = 2.2;
/** Dark annulus between spot and nucleus. */
const PARTED = 0.6;
/** Readers agree on this sign only moderately, and a vein or fat in the annulus looks alike. */
const SUREST = 0.85;
/** Slices of 4 mm miss zones that discography or thin slices show: a disc without one keeps this much. */
const MISSED = 0.08;

/**
 * Loss of the nucleus' T2 signal is Pfirrmann grade III or worse (grey or black nucleus; Pfirrmann 2001), so its probability is that of those grades,
 * which rest on the measured signal. A fissure without fluid or granulation in it does not show on MRI: it is not judged.
 */
export function discSigns(
  pfirrmann: Graded | undefined,
  t2: boolean,
  zone: HighIntensityZone | null,
): DiscSigns {
  const facets: Graded = { abstained: NO_FACETS };
  return {
    signalLoss: !t2
      ? { abstained: NO_T2 }
      : isGrade(pfirrmann)
        ? {
            p: Math.min(
              1,
              pfirrmann.p.slice(2).reduce((a, b) => a + b, 0),
            ),
          }
        : { abstained: pfirrmann?.abstained ?? NO_T2 },
    highIntensityZone: t2 ? zonePresence(zone) : { abstained: NO_T2 },
    annularFissure: {
      abstained: 'a fissure shows on MRI only where it holds fluid, as a high-intensity zone',
    },
    facetDegeneration: { left: facets, right: facets },
  };
}

function zonePresence(zone: HighIntensityZone | null): Presence {
  if (zone === null) return { abstained: 'the posterior annulus is too thin on these slices to be judged' };
  const p =
    normalCdf((zone.fluidShare - BRIGHT_SHARE) / 0.1) *
    normalCdf((zone.overAnnulus - STANDS_OUT) / 0.5) *
    normalCdf((PARTED - zone.bridge) / 0.12);
  return { p: MISSED + (SUREST - MISSED) * p };
}
