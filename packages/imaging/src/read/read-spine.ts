import {
  fail,
  type LabelVolume,
  type ModelReference,
  ok,
  type Problem,
  type Result,
  type SpineFindings,
} from '@foramen/spine';
import { type DiscRules, SHIPPED_DISC_RULES } from '../grades/disc-rules.ts';
import { gradeByRules } from '../grades/grade-disc.ts';
import { labelMap } from '../levels/label-map.ts';
import { measureDiscs, measureVertebrae } from '../measures/level-reading.ts';
import { DEFAULT_SEGMENTER, type SegmenterModel } from '../segmentation/model.ts';
import { Cancelled, type RunNetwork } from '../segmentation/network.ts';
import { abstention, columnFindings, levelFindings, type Placing, vertebraFindings } from './assemble.ts';
import { limitsOf } from './limits.ts';
import { locateSpine } from './locate.ts';
import { turnLabelsBack, turnText } from './orientation.ts';
import { planReading } from './roles.ts';
import type { CanonicalSeries } from './series.ts';

export interface ReadProgress {
  readonly stage: 'segment' | 'measure' | 'grade';
  /** 0 to 1 of the whole reading; never falls. */
  readonly fraction: number;
}

export interface ReadOptions {
  /** Parsed `models/segmenter.json`. */
  readonly segmenter?: SegmenterModel;
  readonly rules?: DiscRules;
  /** Whether posterior elements carry the label of their vertebra (default `joined`). */
  readonly posterior?: 'joined' | 'none';
  readonly onProgress?: (progress: ReadProgress) => void;
  /** An AbortSignal fits. */
  readonly signal?: { readonly aborted: boolean };
}

export interface SpineReading {
  readonly findings: SpineFindings;
  /** On the canonical grid of `series[primary]`, values of `label-values.ts`. */
  readonly labels: LabelVolume;
  readonly primary: number;
}

/** Share of the whole time that the network takes. */
const SEGMENT_SHARE = 0.85;

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}

/**
 * Reads one study: finds the spine on the first sagittal T2 series (or the next best), names its levels, measures and grades
 * them together with the study's other series. `run` runs the networks. Level by level it abstains where it is unsure.
 *
 * Problems: `missing` without a sagittal series, `wrong-body-part` when no lumbar spine is found, `unsupported` when the
 * network cannot be run, `usage` with text "cancelled" after `signal` was aborted.
 */
export async function readSpine(
  series: readonly CanonicalSeries[],
  run: RunNetwork,
  options: ReadOptions = {},
): Promise<Result<SpineReading>> {
  const plan = planReading(series);
  if (!plan) {
    return fail(
      problem(
        'missing',
        series[0]?.name ?? 'study',
        'there is no sagittal lumbar series',
        'Give a sagittal MR series; axial series alone cannot be numbered',
      ),
    );
  }
  const model = options.segmenter ?? DEFAULT_SEGMENTER;
  const primary = series[plan.primary] as CanonicalSeries;
  try {
    const outcome = await locateSpine(primary.name, primary.volume, primary.hasGeometry, run, model, {
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: (f) => options.onProgress?.({ stage: 'segment', fraction: f * SEGMENT_SHARE }),
    });
    if ('problem' in outcome) return fail(outcome.problem);
    return finish(series, plan, outcome.located, model, options);
  } catch (error) {
    if (error instanceof Cancelled) {
      return fail(problem('usage', primary.name, 'reading was cancelled', 'Start it again'));
    }
    return fail(
      problem(
        'unsupported',
        primary.name,
        `the segmentation network could not be run: ${error instanceof Error ? error.message : String(error)}`,
        'Check that the model files are installed',
      ),
    );
  }
}

function finish(
  series: readonly CanonicalSeries[],
  plan: NonNullable<ReturnType<typeof planReading>>,
  located: Placing['located'],
  model: SegmenterModel,
  options: ReadOptions,
): Result<SpineReading> {
  const primary = series[plan.primary] as CanonicalSeries;
  const rules = options.rules ?? SHIPPED_DISC_RULES;
  const reference = (m: { id: string; version: string; sha256: string }): ModelReference => ({
    id: m.id,
    version: m.version,
    sha256: m.sha256,
  });
  const models = [reference(model), reference(rules)];
  const placing: Placing = { series: primary, located, models };
  const { instances, numbering, volume } = located;
  options.onProgress?.({ stage: 'measure', fraction: SEGMENT_SHARE });
  const t2 = plan.t2 === plan.primary ? volume : null;
  const discs = measureDiscs(instances, numbering, t2);
  const vertebrae = measureVertebrae(instances, numbering);
  options.onProgress?.({ stage: 'grade', fraction: 0.93 });
  const levels = discs.map((m, i) =>
    levelFindings(
      placing,
      m,
      abstention(placing, m) === null
        ? gradeByRules(m, rules, i === 0, { t1: plan.t1 !== null, axial: plan.axialT2 !== null })
        : null,
    ),
  );
  const labels = turnLabelsBack(
    labelMap(volume, instances, numbering, { posterior: options.posterior ?? 'joined' }),
    primary.volume,
    located.turn,
  );
  const findings: SpineFindings = {
    schema: 'foramen.findings/1',
    ...(primary.studyUid !== undefined ? { studyUid: primary.studyUid } : {}),
    ...(primary.studyDate !== undefined ? { studyDate: primary.studyDate } : {}),
    series: series.map((s) => s.reading),
    enumeration: numbering.enumeration,
    levels,
    vertebrae: vertebraFindings(placing, vertebrae),
    ...columnFindings(placing, discs, vertebrae),
    limits: limitsOf(series, plan, located),
    models,
  };
  const warnings: Problem[] = [];
  if (located.turn.rows || located.turn.columns) {
    warnings.push({
      code: 'inconsistent',
      severity: 'warning',
      where: primary.name,
      what: turnText(located.turn),
      help: 'Check the orientation of the export',
    });
  }
  options.onProgress?.({ stage: 'grade', fraction: 1 });
  return ok({ findings, labels, primary: plan.primary }, warnings);
}
