import {
  fail,
  type LabelVolume,
  type ModelReference,
  ok,
  type Problem,
  type Result,
  type SpineFindings,
} from '@foramen/spine';
import { planCorridors } from '../corridors/plan-corridors.ts';
import { type DiscRules, SHIPPED_DISC_RULES } from '../grades/disc-rules.ts';
import { discSigns } from '../grades/disc-signs.ts';
import type { GraderModel } from '../grades/grader-model.ts';
import { labelMap } from '../levels/label-map.ts';
import { type HighIntensityZone, highIntensityZone } from '../measures/high-intensity-zone.ts';
import { type MeasuredDisc, measureDiscs, measureVertebrae } from '../measures/level-reading.ts';
import { signalOf } from '../measures/signal.ts';
import { DEFAULT_SEGMENTER, type SegmenterModel } from '../segmentation/model.ts';
import { Cancelled, NetworkFailure, networkOf, type RunNetwork } from '../segmentation/network.ts';
import {
  abstention,
  columnFindings,
  levelFindings,
  type Placing,
  possibleFragments,
  vertebraFindings,
} from './assemble.ts';
import { axialSacs } from './axial.ts';
import { axialLevels } from './axial-levels.ts';
import { mappedSource, ownSource, pairByPlace } from './companion.ts';
import { besideMidline, readContacts } from './contacts.ts';
import { foraminalFat } from './foraminal-fat.ts';
import { countedFromZero } from './from-zero.ts';
import { type GradableDisc, gradeLevels } from './grade-levels.ts';
import { isLabelMap, labelMapProblem } from './label-picture.ts';
import { landmarksOf } from './landmarks.ts';
import { limitsOf } from './limits.ts';
import type { Located } from './locate.ts';
import { isTurned, turnLabelsBack, turnText } from './orientation.ts';
import { locateAtScale, locatePrimary } from './primary-series.ts';
import { planReading, type ReadingPlan } from './roles.ts';
import { judgeScale } from './scale.ts';
import type { CanonicalSeries } from './series.ts';

interface ReadProgress {
  readonly stage: 'segment' | 'measure' | 'grade';
  /** 0 to 1 of the whole reading; never falls. */
  readonly fraction: number;
}

export interface ReadOptions {
  /** Parsed `models/segmenter.json`. */
  readonly segmenter?: SegmenterModel;
  /** Parsed `models/grader.json`; without it the rules on measures grade alone. */
  readonly grader?: GraderModel;
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

/**
 * How far the network is, over all series it has to look at: another one starts anew, and the fraction never falls.
 */
function progressOf(options: ReadOptions): (fraction: number) => void {
  let reached = 0;
  return (fraction) => {
    reached = Math.max(reached, fraction);
    options.onProgress?.({ stage: 'segment', fraction: reached * SEGMENT_SHARE });
  };
}

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}

/**
 * Reads one study: finds the spine on the first sagittal T2 series (or the next best), names its levels, measures and grades
 * them together with the study's other series. `run` runs the networks. Level by level it abstains where it is unsure.
 *
 * Problems: `missing` without a sagittal series, `wrong-modality` when the only one is a label map, `wrong-body-part` when no lumbar spine is found, `unsupported` (or what the edge's error
 * itself carries as `problems`) when a network cannot be run or does not answer as described, `usage` with text "cancelled" after
 * `signal` was aborted.
 * @throws whatever else goes wrong: a defect, never a fault of the input.
 */
export async function readSpine(
  given: readonly CanonicalSeries[],
  run: RunNetwork,
  options: ReadOptions = {},
): Promise<Result<SpineReading>> {
  const { series, maps } = withoutLabelMaps(given);
  const plan = planReading(series);
  if (!plan) {
    if (maps[0] !== undefined) return fail({ ...labelMapProblem(maps[0]), severity: 'error' });
    return fail(
      problem(
        'missing',
        series[0]?.name ?? 'study',
        series.length > 0 && series.every((s) => !s.hasGeometry)
          ? 'the file does not say how the picture lies in the body, so no sagittal series can be told'
          : 'there is no sagittal lumbar series',
        'Give a sagittal MR series, or CT slices of 3 mm or less; axial series alone cannot be numbered',
      ),
    );
  }
  const model = options.segmenter ?? DEFAULT_SEGMENTER;
  const first = (series[plan.primary] as CanonicalSeries).name;
  const network = networkOf(run);
  try {
    const outcome = await locatePrimary(series, plan, network, model, {
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: progressOf(options),
    });
    if ('problem' in outcome) return fail(outcome.problem);
    const { located } = outcome;
    // A picture that had to be turned against its header does not lie where that says: nothing is carried over to other planes, and no sides are told.
    const believed = outcome.series.map((s, i) =>
      i === outcome.plan.primary && located.againstHeader ? { ...s, hasGeometry: false } : s,
    );
    const read = await finish(believed, outcome.plan, located, network, model, options);
    return read.ok
      ? { ...read, warnings: [...maps.map(labelMapProblem), ...outcome.warnings, ...read.warnings] }
      : read;
  } catch (error) {
    if (error instanceof Cancelled) {
      return fail(problem('usage', first, 'reading was cancelled', 'Start it again'));
    }
    // Anything else is a defect of this code: it is not dressed up as a fault of the input.
    if (!(error instanceof NetworkFailure)) throw error;
    const help = 'Check that the model files are installed and belong together';
    return fail(error.problem ?? problem('unsupported', first, error.message, help));
  }
}

/** A label map is no picture: it is set aside, and keeps its place so that indices stand. */
function withoutLabelMaps(given: readonly CanonicalSeries[]): {
  readonly series: readonly CanonicalSeries[];
  readonly maps: readonly string[];
} {
  const maps: string[] = [];
  const series = given.map((s): CanonicalSeries => {
    if (!isLabelMap(s.volume)) return countedFromZero(s);
    maps.push(s.name);
    return { ...s, reading: { ...s.reading, role: 'not-lumbar' } };
  });
  return { series, maps };
}

async function finish(
  series: readonly CanonicalSeries[],
  plan: ReadingPlan,
  located: Located,
  run: RunNetwork,
  model: SegmenterModel,
  options: ReadOptions,
): Promise<Result<SpineReading>> {
  const primary = series[plan.primary] as CanonicalSeries;
  const rules = options.rules ?? SHIPPED_DISC_RULES;
  const warnings: Problem[] = [];
  const reference = (m: ModelReference): ModelReference => ({
    id: m.id,
    version: m.version,
    sha256: m.sha256,
  });
  const models = [reference(model), reference(rules), ...(options.grader ? [reference(options.grader)] : [])];
  const placing: Placing = { series: primary, located, models };
  const { instances, numbering, volume } = located;
  options.onProgress?.({ stage: 'measure', fraction: SEGMENT_SHARE });
  const sagittal = measureDiscs(
    instances,
    numbering,
    plan.t2 === plan.primary ? volume : null,
    leftPerSlice(primary, volume),
  ).map((m) => withSacSeen(m, primary, located));
  const axials = series.filter((x) => x.reading.role === 'axial-T2');
  const sacs = axialSacs(located, primary, axials, sagittal);
  const seen = axialLevels(located, primary, series, sagittal, sacs);
  const fat = foraminalFat(located, series, plan, sagittal, leftPerSlice(primary, volume));
  const discs = sagittal.map((m, i) => ({
    ...m,
    perineuralFat: fat[i] ?? null,
    axial: sacs[i]?.answer ?? null,
    axialLevel: seen[i] ?? null,
  }));
  const vertebrae = measureVertebrae(instances, numbering);
  const contacts = readContacts(located, primary, series, discs, leftPerSlice(primary, volume));
  options.onProgress?.({ stage: 'grade', fraction: 0.93 });
  const gradable = await sourcesOf(series, plan, located, discs, run, model, options);
  const grades = await gradeLevels(gradable, rules, options.grader ?? null, run, {
    t1: plan.t1 !== null,
    axial: plan.axialT2 !== null,
  });
  const levels = discs.map((m, i) => {
    const whole = abstention(placing, m) === null;
    const isT2 = plan.t2 === plan.primary;
    const zone = whole && isT2 ? zoneOf(located, m) : null;
    const signs = discSigns(grades[i]?.pfirrmann, isT2, zone);
    return levelFindings(
      placing,
      m,
      whole ? { ...grades[i], ...signs, ...besideMidline(grades[i], contacts[i] ?? {}, m) } : null,
      {
        t2: plan.t2 === plan.primary,
      },
    );
  });
  const labels = turnLabelsBack(
    labelMap(volume, instances, numbering, { posterior: options.posterior ?? 'joined' }),
    primary.volume,
    located.turn,
  );
  const fragments =
    plan.t2 === plan.primary && !numbering.enumeration.unnamed ? possibleFragments(placing) : [];
  const landmarks = landmarksOf(primary, located, discs);
  const measurable = !numbering.enumeration.unnamed && judgeScale(primary, located.plausibility).trusted;
  const corridors = !measurable ? [] : planCorridors(primary, located, discs, series);
  const findings: SpineFindings = {
    schema: 'foramen.findings/1',
    ...(primary.studyUid !== undefined ? { studyUid: primary.studyUid } : {}),
    ...(primary.studyDate !== undefined ? { studyDate: primary.studyDate } : {}),
    series: series.map((s) => s.reading),
    enumeration: numbering.enumeration,
    levels: levels.map((level) => {
      const points = landmarks.get(level.level);
      return points === undefined ? level : { ...level, landmarks: points };
    }),
    vertebrae: vertebraFindings(placing, vertebrae),
    ...columnFindings(placing, discs, vertebrae),
    ...(fragments.length === 0 ? {} : { possibleFragments: fragments }),
    limits: limitsOf(series, plan, located),
    ...(corridors.length === 0 ? {} : { corridors }),
    models,
  };
  if (numbering.enumeration.unnamed) {
    warnings.push(
      warn(
        primary.name,
        `${numbering.enumeration.unnamed}; label values only count from the lowest disc in view`,
        'Give a picture that shows the sacrum, or number the levels by another one',
        'missing',
      ),
    );
  }
  if (isTurned(located.turn)) {
    warnings.push(warn(primary.name, turnText(located.turn), 'Check the orientation of the export'));
  }
  options.onProgress?.({ stage: 'grade', fraction: 1 });
  return ok(
    {
      findings,
      labels,
      primary: plan.primary,
    },
    warnings,
  );
}

/** The disc, with the reason where the middle of the canal is not on a slice that was taken. */
function withSacSeen(m: MeasuredDisc, series: CanonicalSeries, located: Located): MeasuredDisc {
  const { sliceIndex, depth } = located.instances.field;
  const slice = m.frame?.slice;
  if (slice === undefined) return m;
  if (series.acquired?.[sliceIndex[slice] ?? -1] === false)
    return { ...m, sacUnseen: 'the slice through the middle of this disc is missing and was interpolated' };
  // The sac is widest on the outermost slice: its middle lies beyond.
  return depth >= 3 && (slice === 0 || slice === depth - 1)
    ? { ...m, sacUnseen: 'the slices end before the middle of the canal, or just there' }
    : m;
}

/** Slices within a centimetre of the midline, or the one there is. */
function zoneOf(located: Located, m: MeasuredDisc): HighIntensityZone | null {
  const { instances, volume } = located;
  const { depth, sliceMm, sliceIndex } = instances.field;
  const middle = m.frame?.slice ?? 0;
  const near = Array.from({ length: depth }, (_, z) => z).filter((z) => Math.abs(z - middle) * sliceMm <= 10);
  return highIntensityZone(instances, m.disc, near, signalOf(volume, sliceIndex));
}

/** Whether slices advance to the patient's left; null when the picture carries no geometry. */
function leftPerSlice(series: CanonicalSeries, volume: CanonicalSeries['volume']): 1 | -1 | null {
  if (!series.hasGeometry) return null;
  const x = volume.ijkToLps[2];
  return Math.abs(x) < 0.5 * volume.spacing[2] ? null : x > 0 ? 1 : -1;
}

function warn(where: string, what: string, help: string, code: Problem['code'] = 'inconsistent'): Problem {
  return { code, severity: 'warning', where, what, help };
}

/** Pictures of each disc: the primary series itself, and T1 beside it, through patient space or found on its own. */
export async function sourcesOf(
  series: readonly CanonicalSeries[],
  plan: ReadingPlan,
  located: Located,
  discs: readonly MeasuredDisc[],
  run: RunNetwork,
  model: SegmenterModel,
  options: ReadOptions,
): Promise<GradableDisc[]> {
  const own = discs.map((m) => ownSource(located, m));
  const isT2 = plan.t2 === plan.primary;
  const isT1 = plan.t1 === plan.primary;
  const base = discs.map(
    (measured, i): GradableDisc => ({
      measured,
      t2: isT2 ? (own[i] ?? null) : null,
      t1: isT1 ? (own[i] ?? null) : null,
    }),
  );
  if (isT1 || plan.t1 === null) return base;
  const primary = series[plan.primary] as CanonicalSeries;
  const t1 = series[plan.t1] as CanonicalSeries;
  const oneFrame =
    primary.hasGeometry && t1.hasGeometry && primary.frameOfReferenceUid === t1.frameOfReferenceUid;
  if (oneFrame) return base.map((d) => ({ ...d, t1: mappedSource(located, d.measured, t1.volume) }));
  const outcome = await locateAtScale(t1, run, model, {
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if ('problem' in outcome) return base;
  const other = {
    located: outcome.located,
    discs: measureDiscs(outcome.located.instances, outcome.located.numbering, null),
  };
  const pairs = pairByPlace({ located, discs }, other);
  return base.map((d) => {
    const partner = pairs.get(d.measured);
    return { ...d, t1: partner ? ownSource(outcome.located, partner) : null };
  });
}
