import type { Problem } from '@foramen/spine';
import type { SegmenterModel } from '../segmentation/model.ts';
import type { RunNetwork, StepControl } from '../segmentation/network.ts';
import { fluidOverMarrow, judgeContrast } from './contrast.ts';
import { pictureOf } from './ct.ts';
import { type Located, locateSpine } from './locate.ts';
import { planReading, type ReadingPlan } from './roles.ts';
import { type CanonicalSeries, isSagittal } from './series.ts';

/** The series that is read, and every role as the pictures looked at say it. */
export interface PrimarySeries {
  readonly series: readonly CanonicalSeries[];
  readonly plan: ReadingPlan;
  readonly located: Located;
  /** One warning for each series whose picture denies what its header says. */
  readonly warnings: readonly Problem[];
}

/**
 * Locates the spine in the series that the roles make the first choice. Where its picture denies its role the choice is made again: another series may be the T2 that this
 * one only called itself, one that calls itself something else among them. Each series is looked at once. The problem is that of the first choice.
 */
export async function locatePrimary(
  given: readonly CanonicalSeries[],
  planned: ReadingPlan,
  run: RunNetwork,
  model: SegmenterModel,
  control: StepControl,
): Promise<PrimarySeries | { readonly problem: Problem }> {
  const series = [...given];
  const found = new Map<number, Located>();
  const seen = new Set<number>();
  const warnings: Problem[] = [];
  let next: number | undefined = planned.primary;
  while (next !== undefined) {
    const at: number = next;
    const one = series[at] as CanonicalSeries;
    seen.add(at);
    const outcome = await locateSpine(one.name, pictureOf(one), one.hasGeometry, run, model, control);
    if ('problem' in outcome) {
      if (at === planned.primary) return outcome;
      break;
    }
    found.set(at, outcome.located);
    if (one.contrast === 'ct') break;
    const { role, contradiction } = judgeContrast(one.reading.role, fluidOverMarrow(outcome.located));
    series[at] = { ...one, reading: { ...one.reading, role } };
    if (!contradiction) break;
    warnings.push({
      code: 'inconsistent',
      severity: 'warning',
      where: one.name,
      what: `the picture looks like ${role}, not ${one.reading.role}`,
      help: 'Check the series description',
    });
    if (role === 'sagittal-T2') break;
    const again = planReading(series)?.t2 ?? -1;
    const unseen = series.findIndex((s, i) => !seen.has(i) && isSagittal(s.reading.role));
    next = again >= 0 && !seen.has(again) ? again : unseen >= 0 ? unseen : undefined;
  }
  const preferred = planReading(series);
  // What was not looked at, or shows no spine, stands back behind what was read.
  const primary =
    preferred && found.has(preferred.primary) ? preferred.primary : ([...found.keys()][0] as number);
  const plan = preferred ?? planned;
  const role = series[primary]?.reading.role;
  return {
    series,
    plan: {
      ...plan,
      primary,
      t2: role === 'sagittal-T2' ? primary : null,
      t1: role === 'sagittal-T1' ? primary : plan.t1,
    },
    located: found.get(primary) as Located,
    warnings,
  };
}
