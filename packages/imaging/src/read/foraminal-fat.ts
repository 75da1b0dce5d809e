import type { Side } from '@foramen/spine';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { type FatAnswer, type FatPicture, perineuralFat } from '../measures/perineural-fat.ts';
import { rootSites } from '../measures/root-site.ts';
import { signalOf } from '../measures/signal.ts';
import { throughPatient } from './companion.ts';
import type { Located } from './locate.ts';
import type { ReadingPlan } from './roles.ts';
import type { CanonicalSeries } from './series.ts';

const SUPPRESSED: ReadonlySet<CanonicalSeries['contrast']> = new Set([
  'stir',
  't2-fat-suppressed',
  'water',
  'fat',
]);
/** Above L1 foramina are small, and the method was not tried on them. */
const LEVELS: ReadonlySet<string> = new Set(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2']);
const NOT_LUMBAR = 'read from L1-L2 to L5-S1 only';
const NO_SITE = 'no sagittal slice on this side shows the pedicle above the foramen';

/** Pictures on which fat is bright: the primary series, and T1 beside it in the same frame of reference. */
function fatPictures(
  located: Located,
  series: readonly CanonicalSeries[],
  plan: ReadingPlan,
): readonly FatPicture[] {
  const primary = series[plan.primary] as CanonicalSeries;
  const { volume, instances } = located;
  const { sliceIndex } = instances.field;
  const out: FatPicture[] = [];
  const weighting = plan.t2 === plan.primary ? 'T2' : plan.t1 === plan.primary ? 'T1' : null;
  if (weighting !== null && !SUPPRESSED.has(primary.contrast))
    out.push({ weighting, at: signalOf(volume, sliceIndex) });
  const other = plan.t1 === null || plan.t1 === plan.primary ? undefined : series[plan.t1];
  if (
    other?.hasGeometry &&
    !SUPPRESSED.has(other.contrast) &&
    primary.frameOfReferenceUid === other.frameOfReferenceUid
  ) {
    const through = sliceIndex.map((k) => throughPatient(volume, k, other.volume));
    out.push({ weighting: 'T1', at: (p, z) => through[z]?.(p) ?? null });
  }
  return out;
}

/** Fat around both exiting roots of every disc level; null where slices carry no side. */
export function foraminalFat(
  located: Located,
  series: readonly CanonicalSeries[],
  plan: ReadingPlan,
  discs: readonly MeasuredDisc[],
  leftPerSlice: 1 | -1 | null,
): (Readonly<Record<Side, FatAnswer>> | null)[] {
  if (leftPerSlice === null) return discs.map(() => null);
  const pictures = fatPictures(located, series, plan);
  return discs.map((m) => {
    if (!LEVELS.has(m.disc.level))
      return { left: { abstained: NOT_LUMBAR }, right: { abstained: NOT_LUMBAR } };
    const sites = rootSites(located.instances, m.disc, m.foramina, leftPerSlice);
    const of = (side: Side): FatAnswer => {
      const site = sites.find((one) => one.side === side);
      return site ? perineuralFat(located.instances, site, pictures) : { abstained: NO_SITE };
    };
    return { left: of('left'), right: of('right') };
  });
}
