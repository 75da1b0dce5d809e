import { fail, ok, type Problem, type Result } from '@foramen/spine';
import { z } from 'zod';
import { type Meaning, meaningsOf } from './label-names.ts';

/** How intensities of one channel are prepared, in nnU-Net's own terms. */
export type Normalisation =
  | { readonly scheme: 'z-score'; readonly masked: boolean }
  | {
      readonly scheme: 'ct';
      readonly low: number;
      readonly high: number;
      readonly mean: number;
      readonly sd: number;
    }
  | { readonly scheme: 'none' }
  | { readonly scheme: 'to-01' }
  | { readonly scheme: 'rgb' };

type Axis = 0 | 1 | 2;

interface PlannedInput {
  /** As `dataset.json` names it: `T2`, `MRI`, ... */
  readonly name: string;
  readonly normalisation: Normalisation;
}

/**
 * What is needed to run a network trained with nnU-Net v2 (Isensee 2021, Nat Methods 18:203). Axes are the network's own: those of the
 * stored picture slowest first (slice, row, column), then permuted by `transpose`.
 */
export interface NnunetPlan {
  readonly name: string;
  readonly configuration: string;
  readonly dimensions: 2 | 3;
  /** Two or three entries. */
  readonly patchSize: readonly number[];
  /** mm; two or three entries. A 2-D network keeps the spacing of the first axis. */
  readonly spacing: readonly number[];
  /** Network axis n is stored axis `transpose[n]`. */
  readonly transpose: readonly [Axis, Axis, Axis];
  /** The pictures of a patient that the network reads, in the order of its input channels. */
  readonly inputs: readonly PlannedInput[];
  /** Whether pictures were turned to RAS before training (NibabelIOWithReorient). */
  readonly reorientToRas: boolean;
  /** What each output channel means; channel 0 is the background unless `regions`. */
  readonly channels: readonly Meaning[];
  /** Set for networks trained on overlapping regions: sigmoid channels, painted in this order of channel. */
  readonly regions: boolean;
}

const NORMALISATION = {
  ZScoreNormalization: 'z-score',
  CTNormalization: 'ct',
  NoNormalization: 'none',
  RescaleTo01Normalization: 'to-01',
  RGBTo01Normalization: 'rgb',
} as const;

const sizes = z.array(z.number().int().positive().max(2048)).min(2).max(3);
const permutation = z
  .array(z.number().int().min(0).max(2))
  .length(3)
  .refine((order) => new Set(order).size === 3, 'is no order of the three axes');

const Configuration = z.object({
  patch_size: sizes,
  spacing: z.array(z.number().positive().max(100)).min(2).max(3),
  normalization_schemes: z.array(z.string()).min(1),
  use_mask_for_norm: z.array(z.boolean()).optional(),
});

const Plans = z.object({
  dataset_name: z.string().optional(),
  plans_name: z.string().optional(),
  image_reader_writer: z.string().optional(),
  transpose_forward: permutation,
  transpose_backward: permutation.optional(),
  configurations: z.record(z.string(), z.record(z.string(), z.unknown())),
  foreground_intensity_properties_per_channel: z
    .record(
      z.string(),
      z.object({
        mean: z.number(),
        std: z.number(),
        percentile_00_5: z.number(),
        percentile_99_5: z.number(),
      }),
    )
    .optional(),
});

const Dataset = z.object({
  channel_names: z.record(z.string(), z.string()).optional(),
  modality: z.record(z.string(), z.string()).optional(),
  labels: z.record(
    z.string(),
    z.union([z.number().int().min(0).max(255), z.array(z.number().int().min(0).max(255)).min(1)]),
  ),
  regions_class_order: z.array(z.number().int().min(0).max(255)).optional(),
});

function bad(where: string, what: string, help: string): Result<never> {
  const problem: Problem = { code: 'unsupported', severity: 'error', where, what, help };
  return fail(problem);
}

/** First complaint of a schema, in words. */
function complaint(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? 'the document' : path}: ${issue?.message ?? 'is wrong'}`;
}

/**
 * Reads `plans.json` and `dataset.json` of nnU-Net v2.
 * @param wanted configuration (`2d`, `3d_fullres`, ...) and, where known, how many dimensions the network's input has
 * Problems: one line that says which file, which entry and why.
 */
export function readNnunetPlan(
  plans: unknown,
  dataset: unknown,
  wanted: { readonly configuration?: string; readonly dimensions?: 2 | 3 } = {},
): Result<NnunetPlan> {
  const help = 'Give plans.json and dataset.json as nnU-Net v2 wrote them beside the network';
  const p = Plans.safeParse(plans);
  if (!p.success) return bad('plans.json', complaint(p.error), help);
  const d = Dataset.safeParse(dataset);
  if (!d.success) return bad('dataset.json', complaint(d.error), help);
  const chosen = chooseConfiguration(p.data.configurations, wanted);
  if (!chosen.ok) return chosen;
  const { name, value } = chosen.value;
  const where = `plans.json: configurations.${name}`;
  const c = Configuration.safeParse(value);
  if (!c.success) return bad(where, complaint(c.error), help);
  const { patch_size: patchSize, spacing } = c.data;
  if (patchSize.length !== spacing.length)
    return bad(where, `patch_size has ${patchSize.length} entries and spacing ${spacing.length}`, help);
  if (typeof value['previous_stage'] === 'string')
    return bad(
      where,
      `it is the second stage of a cascade and also wants the labels of ${value['previous_stage']} as input`,
      'Give 3d_fullres, 3d_lowres or 2d, which read the picture alone',
    );
  const forward = p.data.transpose_forward as [Axis, Axis, Axis];
  const backward = p.data.transpose_backward;
  if (backward !== undefined && forward.some((axis, n) => backward[axis] !== n))
    return bad('plans.json', 'transpose_backward does not undo transpose_forward', help);
  const inputs: PlannedInput[] = [];
  for (const [n, name] of inputNames(d.data.channel_names ?? d.data.modality ?? { 0: '' }).entries()) {
    const scheme = c.data.normalization_schemes[n];
    if (scheme === undefined)
      return bad(where, `normalization_schemes has no entry for input ${n} (${name})`, help);
    const normalisation = normalisationOf(
      scheme,
      c.data.use_mask_for_norm?.[n] === true,
      p.data.foreground_intensity_properties_per_channel?.[n],
      where,
    );
    if (!normalisation.ok) return normalisation;
    inputs.push({ name, normalisation: normalisation.value });
  }
  const meanings = meaningsOf(d.data.labels, d.data.regions_class_order);
  if (!meanings.ok) return meanings;
  return ok(
    {
      name: p.data.dataset_name ?? p.data.plans_name ?? 'model',
      configuration: name,
      dimensions: patchSize.length as 2 | 3,
      patchSize,
      spacing,
      transpose: forward,
      inputs,
      reorientToRas: p.data.image_reader_writer === 'NibabelIOWithReorient',
      ...meanings.value,
    },
    meanings.warnings,
  );
}

/** Names by their number, which are keys of an object. */
const inputNames = (names: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(names)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => names[key] as string);

type Raw = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A configuration with what it inherits filled in. */
function inherited(all: Raw, name: string, depth = 0): Record<string, unknown> | null {
  const own = all[name];
  if (own === undefined || depth > 5) return null;
  const parent = own['inherits_from'];
  if (typeof parent !== 'string') return { ...own };
  const base = inherited(all, parent, depth + 1);
  return base === null ? null : { ...base, ...own };
}

function chooseConfiguration(
  all: Raw,
  wanted: { readonly configuration?: string; readonly dimensions?: 2 | 3 },
): Result<{ name: string; value: Record<string, unknown> }> {
  const names = Object.keys(all);
  const rank = (name: string): number => {
    const patch = inherited(all, name)?.['patch_size'];
    return Array.isArray(patch) ? patch.length : 0;
  };
  const fitting = names.filter(
    (name) => wanted.dimensions === undefined || rank(name) === wanted.dimensions || rank(name) === 0,
  );
  const order = ['3d_fullres', '2d', '3d_lowres', '3d_cascade_fullres'];
  const best = [...fitting].sort(
    (a, b) => ((order.indexOf(a) + 9) % 9) - ((order.indexOf(b) + 9) % 9) || a.localeCompare(b),
  )[0];
  const name = wanted.configuration ?? best;
  if (name === undefined)
    return bad(
      'plans.json',
      names.length === 0
        ? 'there is no configuration'
        : `no configuration fits a network of ${wanted.dimensions} dimensions (there are ${names.join(', ')})`,
      'Give the plans of this very network',
    );
  const value = inherited(all, name);
  if (value === null)
    return bad(
      'plans.json',
      `there is no whole configuration ${JSON.stringify(name)} (there are ${names.join(', ')})`,
      'Name one of them with --configuration',
    );
  return ok({ name, value });
}

function normalisationOf(
  scheme: string,
  masked: boolean,
  intensity:
    | {
        readonly mean: number;
        readonly std: number;
        readonly percentile_00_5: number;
        readonly percentile_99_5: number;
      }
    | undefined,
  where: string,
): Result<Normalisation> {
  const known = NORMALISATION[scheme as keyof typeof NORMALISATION];
  switch (known) {
    case 'z-score':
      return ok({ scheme: 'z-score', masked });
    case 'ct':
      return intensity === undefined
        ? bad(
            'plans.json',
            'CTNormalization needs foreground_intensity_properties_per_channel',
            'Give the plans as nnU-Net wrote them',
          )
        : ok({
            scheme: 'ct',
            low: intensity.percentile_00_5,
            high: intensity.percentile_99_5,
            mean: intensity.mean,
            sd: intensity.std,
          });
    case 'none':
    case 'to-01':
    case 'rgb':
      return ok({ scheme: known });
    default:
      return bad(
        where,
        `the normalisation ${JSON.stringify(scheme)} is not known`,
        `Known are ${Object.keys(NORMALISATION).join(', ')}`,
      );
  }
}
