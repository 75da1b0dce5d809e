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

/** Hardly anybody's lumbar bodies are deeper, mm; the usual depth. */
const DEEP_MM = 47;
const USUAL_MM = 34;

/**
 * Locates the spine in one series. Where vertebrae come out deeper than anybody's the stated spacing is wrong, and the network, which knows vertebrae of their true size, is shown
 * the picture again at the scale at which they are of the usual one. Positions then mean nothing: no sides and no other planes.
 */
export async function locateAtScale(
  series: CanonicalSeries,
  run: RunNetwork,
  model: SegmenterModel,
  control: StepControl,
): Promise<{ readonly located: Located; readonly series: CanonicalSeries } | { readonly problem: Problem }> {
  const picture = pictureOf(series);
  const given = await locateSpine(series.name, picture, series.hasGeometry, run, model, control);
  const deep = 'problem' in given ? given.bodyDepthMm : given.located.plausibility.bodyDepthMm;
  let [depth, scale] = [deep ?? 0, 1];
  // Outlines at a wrong scale fall short of the vertebra: a second step comes nearer.
  for (let step = 0; step < 2 && depth > DEEP_MM; step++) {
    scale *= USUAL_MM / depth;
    const [x, y, z] = picture.spacing;
    const spacing = [x * scale, y * scale, z] as const;
    const again = await locateSpine(
      series.name,
      { ...picture, spacing },
      series.hasGeometry,
      run,
      model,
      control,
    );
    if ('problem' in again) break;
    depth = again.located.plausibility.bodyDepthMm;
    if (depth <= DEEP_MM) {
      const volume = { ...series.volume, spacing };
      return {
        located: again.located,
        series: { ...series, volume, hasGeometry: false, deniedDepthMm: deep ?? depth },
      };
    }
  }
  return 'problem' in given ? given : { located: given.located, series };
}

/** A whole spine is scanned in two or three parts, and a study lies about one or two of its series; looking at all of a large one would take long. */
const MOST_LOOKS = 3;

/**
 * Locates the spine in the series that the roles make the first choice. Another is looked at where its picture denies its role (another series may be the T2 that this one only
 * called itself, one that calls itself something else among them), where it shows no lumbar spine or its levels cannot be named (another part of the spine). The problem is that
 * of the first choice.
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
  const failed: Problem[] = [];
  const warnings: Problem[] = [];
  const isNamed = (at: number): boolean => found.get(at)?.numbering.enumeration.unnamed === undefined;
  for (let next: number | null = planned.primary; next !== null; next = nextLook(series, seen)) {
    const at: number = next;
    const one = series[at] as CanonicalSeries;
    seen.add(at);
    const outcome = await locateAtScale(one, run, model, control);
    if ('problem' in outcome) {
      failed.push(outcome.problem);
      continue;
    }
    found.set(at, outcome.located);
    series[at] = outcome.series;
    if (one.contrast === 'ct') break;
    const { role, contradiction } = judgeContrast(one.reading.role, fluidOverMarrow(outcome.located));
    series[at] = { ...outcome.series, reading: { ...one.reading, role } };
    if (contradiction)
      warnings.push(
        warned(
          one.name,
          `the picture looks like ${role}, not ${one.reading.role}`,
          'Check the series description',
        ),
      );
    if (isNamed(at) && (!contradiction || role === 'sagittal-T2')) break;
  }
  const [first] = failed;
  if (found.size === 0 && first) return { problem: first };
  const plan = planReading(series) ?? planned;
  const read = [...found.keys()];
  const named = read.filter(isNamed);
  const fit = named.length > 0 ? named : read;
  const primary = fit.includes(plan.primary) ? plan.primary : (fit[0] as number);
  for (const at of read) {
    const why = found.get(at)?.numbering.enumeration.unnamed;
    if (named.length > 0 && why !== undefined)
      warnings.push(
        warned(
          (series[at] as CanonicalSeries).name,
          `${why}; another series was read`,
          'Levels are named where the sacrum is in view',
        ),
      );
  }
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
    warnings: [...failed.map((one): Problem => ({ ...one, severity: 'warning' })), ...warnings],
  };
}

const warned = (where: string, what: string, help: string): Problem => ({
  code: 'inconsistent',
  severity: 'warning',
  where,
  what,
  help,
});

/** The next sagittal series to look at: one that calls itself T2, else any. */
function nextLook(series: readonly CanonicalSeries[], seen: ReadonlySet<number>): number | null {
  if (seen.size >= MOST_LOOKS) return null;
  const left = series.flatMap((s, i) => (!seen.has(i) && isSagittal(s.reading.role) ? [i] : []));
  return left.find((i) => series[i]?.reading.role === 'sagittal-T2') ?? left[0] ?? null;
}
