import { percent } from '@foramen/spine';
import { fragmentsUnseen, freeFragment } from '../levels/fragment.ts';
import { CT_LIMIT } from './ct.ts';
import type { Located } from './locate.ts';
import { isTurned, turnText } from './orientation.ts';
import type { ReadingPlan } from './roles.ts';
import { judgeScale } from './scale.ts';
import type { CanonicalSeries } from './series.ts';

/** Probability from which a free fragment is spoken of. */
const WORTH_SAYING = 0.3;

/** What could not be read on this input, and what bears on everything that was. */
export function limitsOf(series: readonly CanonicalSeries[], plan: ReadingPlan, located: Located): string[] {
  const primary = series[plan.primary] as CanonicalSeries;
  const out: string[] = [];
  const { instances, plausibility, turn, numbering, unfollowed } = located;
  if (isTurned(turn)) out.push(turnText(turn));
  if (located.againstHeader)
    out.push(
      'the header says the picture lies otherwise than it shows: no sides are told, and no other plane is read with it',
    );
  if (numbering.enumeration.unnamed) out.push(numbering.enumeration.unnamed);
  if (unfollowed) out.push(unfollowed.text);
  if (primary.volume.size[2] === 1) {
    out.push(
      'one slice only: nothing lateral to it can be judged (recesses, foramina, extent of a herniation to the side)',
    );
  } else if (primary.volume.size[2] < 5) {
    out.push('fewer than five sagittal slices: lateral findings and volumes are not judged');
  }
  if (primary.contrast === 'ct') out.push(CT_LIMIT);
  else if (plan.t2 === null)
    out.push('no T2-weighted sagittal series: disc signal and Pfirrmann grade are not judged');
  if (plan.t1 === null && primary.contrast !== 'ct')
    out.push('no T1-weighted sagittal series: Modic changes cannot be typed');
  if (plan.axialT2 === null && primary.contrast !== 'ct') {
    out.push(
      'no axial T2-weighted series: central stenosis (Schizas, Lee), lateral recess and MSU size are not graded',
    );
  }
  if (primary.reading.spacingFrom === 'default') {
    out.push('the pixel spacing is not known and was assumed: millimetres are only as good as that');
  }
  out.push(...judgeScale(primary, plausibility).remarks);
  if (plausibility.confidence < 0.75) out.push('the network is unsure of much of this picture');
  if (primary.contrast !== 'ct') {
    const unseen = fragmentsUnseen(instances);
    if (unseen !== null) out.push(unseen);
    for (const { level, indexFromBottom, item } of numbering.discs) {
      const where = numbering.enumeration.unnamed ? `disc ${indexFromBottom} from below` : level;
      const fragment = freeFragment(instances, item);
      if (fragment !== null && fragment.p >= WORTH_SAYING)
        out.push(`${where}: ${fragment.because} (sequestration, ${percent(fragment.p)})`);
    }
  }
  return out;
}
