import {
  type Anatomy,
  type AxialContrast,
  type AxialPlan,
  addNoise,
  axialSlabs,
  blur,
  buildTexture,
  cutSlab,
  drawSignals,
  rngFrom,
  sagittalPlane,
  scanAxial,
  shifted,
  slabSignal,
} from '@foramen/phantom';
import type { Affine, Vec3 } from '@foramen/spine';
import { measureDiscs } from '../measures/level-reading.ts';
import { DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { axialSacs } from './axial.ts';
import { axialLevels } from './axial-levels.ts';
import { locateSpine } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

type Slices = readonly {
  readonly plane: ReturnType<typeof sagittalPlane>;
  readonly pixels: ArrayLike<number>;
}[];

function seriesOf(
  slices: Slices,
  role: CanonicalSeries['reading']['role'],
  contrast: string | undefined,
  frame: string,
): CanonicalSeries {
  const [first, second] = slices as [Slices[number], Slices[number]];
  const { plane } = first;
  const n = plane.width * plane.height;
  const data = new Float32Array(n * slices.length);
  slices.forEach((s, k) => {
    data.set(Float32Array.from(s.pixels), k * n);
  });
  const step = [0, 1, 2].map((c) => (second.plane.origin[c] as number) - (plane.origin[c] as number));
  const at = (c: 0 | 1 | 2) => [plane.du[c], plane.dv[c], step[c] as number, plane.origin[c]] as const;
  const size = [plane.width, plane.height, slices.length] as const;
  const spacing: Vec3 = [Math.hypot(...plane.du), Math.hypot(...plane.dv), Math.hypot(...step)];
  return {
    name: role,
    volume: {
      size,
      spacing,
      ijkToLps: [...at(0), ...at(1), ...at(2), 0, 0, 0, 1] as unknown as Affine,
      data,
    },
    hasGeometry: true,
    frameOfReferenceUid: frame,
    ...(contrast ? { contrast } : {}),
    reading: { role, size, spacingMm: spacing, spacingFrom: 'file', seriesUid: `1.2.${role}` },
  };
}

/** A synthetic person's sagittal T2, read with the classes that were drawn. */
export async function sagittalPerson(anatomy: Anatomy, slices = 15) {
  const [n, mm, gap] = [320, 0.8, 4.4];
  const l3 = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const middle = sagittalPlane([l3[0] * 0.6, l3[1] + 8, l3[2] - 8], mm, n, n);
  const classes = new Uint8Array(n * n * slices);
  const table = drawSignals(rngFrom('sagittal'), 'T2', 0.35);
  const texture = buildTexture({ seed: 'sagittal', size: 1 });
  const cut = Array.from({ length: slices }, (_, k) => {
    const plane = shifted(middle, (k - (slices - 1) / 2) * gap);
    const slab = cutSlab(anatomy, plane, 4, 1);
    classes.set(slab.centre.label, k * n * n);
    const pixels = slabSignal(slab, table, texture);
    blur(pixels, n, n, 0.45, 0.45);
    addNoise(pixels, 0.015, rngFrom(`noise ${k}`));
    return { plane, pixels: pixels.map((v) => v * 1500) };
  });
  const series = seriesOf(cut, 'sagittal-T2', 't2', '1.2.3');
  const truth = truthNetwork({ ...series.volume, data: classes }, slicesToSegment(series.volume));
  const found = await locateSpine('person', series.volume, true, truth, DEFAULT_SEGMENTER, {});
  if ('problem' in found) throw new Error(found.problem.what);
  const { instances, numbering } = found.located;
  const left = (series.volume.ijkToLps[2] as number) > 0 ? 1 : -1;
  return { series, located: found.located, discs: measureDiscs(instances, numbering, null, left) };
}

const ROLE: Readonly<Partial<Record<AxialContrast, readonly [CanonicalSeries['reading']['role'], string]>>> =
  {
    T1: ['axial-T1', 't1'],
    T2: ['axial-T2', 't2'],
    STIR: ['axial-T2', 'stir'],
    'T2-fatsat': ['axial-T2', 't2-fat-suppressed'],
    'dixon-water': ['axial-water-fat', 'water'],
    'dixon-fat': ['axial-water-fat', 'fat'],
  };

type Slabs = ReturnType<typeof axialSlabs>;
const cuts = new WeakMap<Anatomy, Map<string, Slabs>>();

/** Slabs of a plan. Cutting a person takes most of a test's time, and every contrast, coil and noise is seen on the same ones. */
function slabsOf(anatomy: Anatomy, plan: AxialPlan): Slabs {
  // Blocks of single discs are cut one by one; one parallel stack is cut as a whole.
  if (plan.tiltDeg === undefined && plan.discs.length > 1)
    return plan.discs.flatMap((disc) => slabsOf(anatomy, { ...plan, discs: [disc] }));
  const known = cuts.get(anatomy) ?? new Map<string, Slabs>();
  cuts.set(anatomy, known);
  const key = JSON.stringify({ ...plan, noise: 0, coilDepthMm: 0 });
  const slabs = known.get(key) ?? axialSlabs(anatomy, plan);
  known.set(key, slabs);
  return slabs;
}

/** Axial series of a plan, one block a disc unless the stack is parallel. */
export function axialOf(
  anatomy: Anatomy,
  plan: AxialPlan,
  contrasts: readonly AxialContrast[],
  frame = '1.2.3',
): CanonicalSeries[] {
  const slabs = slabsOf(anatomy, plan);
  return contrasts.flatMap((contrast) => {
    const [role, said] = ROLE[contrast] ?? (['axial-T2', 't2'] as const);
    const slices = scanAxial(slabs, plan, contrast, rngFrom('axial'));
    const blocks = plan.tiltDeg === undefined ? plan.discs.length : 1;
    const each = slices.length / blocks;
    return Array.from({ length: blocks }, (_, b) =>
      seriesOf(slices.slice(b * each, (b + 1) * each), role, said, frame),
    );
  });
}

/** What is read of each disc, lowest first. */
export function readAxial(
  person: Awaited<ReturnType<typeof sagittalPerson>>,
  axial: readonly CanonicalSeries[],
) {
  const { located, series, discs } = person;
  const t2 = axial.filter((s) => s.reading.role === 'axial-T2');
  const levels = axialLevels(located, series, axial, discs, axialSacs(located, series, t2, discs));
  return discs
    .map((d, n) => ({
      k: d.disc.indexFromBottom - 1,
      name: d.disc.level,
      level: levels[n] as (typeof levels)[number],
    }))
    .sort((a, b) => a.k - b.k);
}
