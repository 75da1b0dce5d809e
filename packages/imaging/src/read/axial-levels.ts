import { invertAffine, type Side, type Vec3, voxelToLps } from '@foramen/spine';
import { type AxialView, axialViews, type LevelAxes, slicesAt } from '../measures/axial-frame.ts';
import type { AxialLevel, AxialPlace } from '../measures/axial-level.ts';
import { type FacetAnswer, facetAngle } from '../measures/facet-angle.ts';
import { lateralRecess, type RecessAnswer } from '../measures/lateral-recess.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { type FatSource, type MuscleAnswer, type MuscleSlice, muscleFat } from '../measures/muscle-level.ts';
import type { SacReading } from './axial.ts';
import { levelAxes } from './level-axes.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

/** Slices this far from the disc's middle still show its muscles and joints, mm along the canal. */
const MUSCLE_MM = 8;
const FACET_MM = 6.5;
/** The recess is read from here below the upper end plate of the lower vertebra up to a little above it. */
const RECESS_MM = { below: 6, above: 1.5 } as const;
/** Levels whose muscles and joints are read: above L1 the facets turn and the multifidus is a strip. */
const LEVELS: ReadonlySet<string> = new Set(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2']);

const NO_AXIAL = 'needs an axial T2-weighted series through the disc';
const NO_MUSCLE = 'needs an axial T1- or T2-weighted series through the multifidus';
const NO_FRAME = 'the axial series cannot be matched to the sagittal one (no common frame of reference)';
const NO_SLICE = 'no slice of the axial series lies at this level: needs an axial series through the disc';
const SUPPRESSED = 'fat is suppressed on it: needs an axial T1-, T2- or water-fat series without suppression';

const fatSuppressed = (s: CanonicalSeries): boolean =>
  s.contrast === 'stir' || s.contrast === 't2-fat-suppressed';

/** Same voxels in space, to a tenth of a millimetre: water and fat of one scan. */
function sameGrid(a: CanonicalSeries, b: CanonicalSeries): boolean {
  return (
    a.volume.size.every((n, k) => n === b.volume.size[k]) &&
    a.volume.ijkToLps.every(
      (v, k) => Math.abs(v - (b.volume.ijkToLps[k] as number)) < (k % 4 === 3 ? 0.1 : 1e-3),
    )
  );
}

interface FatSeries {
  readonly from: FatSource;
  readonly series: CanonicalSeries;
  readonly water?: CanonicalSeries;
}

/** Series that can tell fat from muscle, best first. */
function fatSeries(usable: readonly CanonicalSeries[]): FatSeries[] {
  const pairs = usable.flatMap((fat): FatSeries[] => {
    if (fat.contrast !== 'fat') return [];
    const water = usable.find((w) => w.contrast === 'water' && sameGrid(w, fat));
    return water ? [{ from: 'water-fat', series: fat, water }] : [];
  });
  const plain = (role: 'axial-T1' | 'axial-T2'): FatSeries[] =>
    usable
      .filter((s) => s.reading.role === role && !fatSuppressed(s))
      .map((series): FatSeries => ({ from: role, series }));
  return [...pairs, ...plain('axial-T1'), ...plain('axial-T2')];
}

/** Views of one level on each series, each cut once. */
class LevelViews {
  readonly #known = new Map<CanonicalSeries, AxialView[]>();
  readonly #axes: LevelAxes;
  readonly #located: Located;
  constructor(located: Located, axes: LevelAxes) {
    this.#axes = axes;
    this.#located = located;
  }
  of(series: CanonicalSeries, fromMm: number, toMm: number): AxialView[] {
    let all = this.#known.get(series);
    if (!all) {
      const low = -this.#axes.discHeightMm / 2 - RECESS_MM.below;
      const at = slicesAt(series.volume, this.#axes, Math.min(low, -MUSCLE_MM), MUSCLE_MM);
      // Thin slices lie close: every second or third of them tells the same.
      const every = Math.max(1, Math.round(at.length / 7));
      const { instances, volume } = this.#located;
      all = axialViews(
        series.volume,
        at.filter((_, n) => n % every === 0),
        this.#axes,
        instances,
        volume,
      );
      this.#known.set(series, all);
    }
    return all.filter((v) => v.heightMm >= fromMm && v.heightMm <= toMm);
  }
}

function placeOf(series: CanonicalSeries, slice: number, corners: readonly Vec3[]): AxialPlace {
  const inverse = invertAffine(series.volume.ijkToLps);
  const at = corners.map((p) => voxelToLps(inverse, ...p));
  const [w, h] = series.volume.size;
  const clip = (v: number, n: number): number => Math.max(0, Math.min(n, v));
  const sop = series.sopInstanceUids?.[slice];
  const { seriesUid } = series.reading;
  return {
    ...(seriesUid !== undefined ? { seriesUid } : {}),
    ...(sop !== undefined ? { sopInstanceUid: sop } : {}),
    slice,
    box: [
      clip(Math.floor(Math.min(...at.map((p) => p[1]))), h),
      clip(Math.floor(Math.min(...at.map((p) => p[0]))), w),
      clip(Math.ceil(Math.max(...at.map((p) => p[1]))) + 1, h),
      clip(Math.ceil(Math.max(...at.map((p) => p[0]))) + 1, w),
    ],
  };
}

/** Place of a rectangle of a view: lateral and depth range in mm. */
export function placeIn(
  series: CanonicalSeries,
  view: AxialView,
  lat: readonly [number, number],
  d: readonly [number, number],
): AxialPlace {
  const corners = lat.flatMap((l) => d.map((x) => view.toPatient(l, x)));
  return placeOf(series, view.slice, corners);
}

const signOf = (side: Side): number => (side === 'left' ? 1 : -1);
const SIDES = ['left', 'right'] as const;

function musclesOf(
  views: LevelViews,
  sources: readonly FatSeries[],
  level: string,
  scale: number,
  why: string,
): { readonly answer: MuscleAnswer; readonly place?: AxialPlace } {
  let refused: MuscleAnswer = { abstained: why };
  for (const source of sources) {
    const shown = views.of(source.series, -MUSCLE_MM, MUSCLE_MM);
    if (shown.length === 0) {
      refused = { abstained: NO_SLICE };
      continue;
    }
    const wet = source.water ? views.of(source.water, -MUSCLE_MM, MUSCLE_MM) : null;
    const slices = shown.map((view, n): MuscleSlice => {
      const water = wet?.[n];
      return water ? { view, water } : { view };
    });
    const answer = muscleFat(slices, level, scale, source.from);
    if ('muscles' in answer) {
      const middle = shown[Math.floor(shown.length / 2)] as AxialView;
      return { answer, place: placeIn(source.series, middle, [-50 * scale, 50 * scale], [8, 55]) };
    }
    refused = answer;
  }
  return { answer: refused };
}

/** The multifidus on the sagittal series: its slices beside the spinous processes, seen from above. */
function sagittalMuscles(
  located: Located,
  primary: CanonicalSeries,
  axes: LevelAxes,
  level: string,
): { readonly answer: MuscleAnswer; readonly place: AxialPlace } | null {
  const role = primary.reading.role;
  const from: FatSource | null =
    role === 'sagittal-T2' ? 'sagittal-T2' : role === 'sagittal-T1' ? 'sagittal-T1' : null;
  const { field } = located.instances;
  if (!from || fatSuppressed(primary) || field.depth < 9 || field.sliceMm > 6) return null;
  const at = [-6, 0, 6].map((heightMm) => ({ slice: null, heightMm }));
  const views = axialViews(located.volume, at, axes, located.instances, located.volume);
  const answer = muscleFat(
    views.map((view) => ({ view })),
    level,
    axes.scale,
    from,
  );
  const corners = views.flatMap((v) => [v.toPatient(12, 16), v.toPatient(12, 45)]);
  const inverse = invertAffine(located.volume.ijkToLps);
  const slice = Math.round(voxelToLps(inverse, ...(corners[2] as Vec3))[2]);
  return { answer, place: placeOf(primary, slice, corners) };
}

/**
 * Everything the axial series show of each disc: sac (given), muscles, facet joints, recesses. A series counts only in the
 * sagittal series' frame of reference; what is not covered says which plane would show it.
 */
export function axialLevels(
  located: Located,
  primary: CanonicalSeries,
  series: readonly CanonicalSeries[],
  discs: readonly MeasuredDisc[],
  sacs: readonly SacReading[],
): AxialLevel[] {
  const axials = series.filter((s) => s.reading.role.startsWith('axial-'));
  const usable = axials.filter(
    (s) => s.hasGeometry && primary.hasGeometry && s.frameOfReferenceUid === primary.frameOfReferenceUid,
  );
  const bright = fatSeries(usable);
  const bony = ['axial-T2', 'axial-T1'].flatMap((role) =>
    usable.filter((s) => s.reading.role === role && !fatSuppressed(s)),
  );
  const lost = axials.length > 0 && usable.length === 0;
  const noMuscle = lost ? NO_FRAME : usable.some((s) => fatSuppressed(s)) ? SUPPRESSED : NO_MUSCLE;
  const noBone = lost ? NO_FRAME : usable.some((s) => fatSuppressed(s)) ? SUPPRESSED : NO_AXIAL;
  return discs.map((m, n): AxialLevel => {
    const sac: SacReading = sacs[n] ?? { answer: { abstained: NO_AXIAL } };
    const axes = LEVELS.has(m.disc.level) && primary.hasGeometry ? levelAxes(located, m) : null;
    if (!axes) {
      const why = LEVELS.has(m.disc.level)
        ? !m.frame
          ? 'the end plates of this level were not found on the sagittal series'
          : lost
            ? NO_FRAME
            : NO_AXIAL
        : 'is read from L1-L2 to L5-S1';
      return nothing(sac, why, axials.length === 0 ? NO_MUSCLE : why);
    }
    const views = new LevelViews(located, axes);
    const muscles = musclesOf(views, bright, m.disc.level, axes.scale, noMuscle);
    const sagittal =
      'abstained' in muscles.answer ? sagittalMuscles(located, primary, axes, m.disc.level) : null;
    let facets: Record<Side, FacetAnswer> = {
      left: { side: 'left', abstained: noBone },
      right: { side: 'right', abstained: noBone },
    };
    let recesses: Record<Side, RecessAnswer> = {
      left: { side: 'left', abstained: noBone },
      right: { side: 'right', abstained: noBone },
    };
    let boneFrom: AxialLevel['boneFrom'] = null;
    const places: { facets: Partial<Record<Side, AxialPlace>>; recesses: Partial<Record<Side, AxialPlace>> } =
      { facets: {}, recesses: {} };
    for (const one of bony) {
      const joints = views.of(one, -FACET_MM, FACET_MM);
      const edge = -axes.discHeightMm / 2;
      const low = views.of(one, edge - RECESS_MM.below, edge + RECESS_MM.above);
      if (joints.length === 0 && low.length === 0) {
        if (!boneFrom) {
          facets = {
            left: { side: 'left', abstained: NO_SLICE },
            right: { side: 'right', abstained: NO_SLICE },
          };
          recesses = {
            left: { side: 'left', abstained: NO_SLICE },
            right: { side: 'right', abstained: NO_SLICE },
          };
        }
        continue;
      }
      boneFrom = one.reading.role === 'axial-T1' ? 'axial-T1' : 'axial-T2';
      for (const side of SIDES) {
        const facet = facetAngle(joints, side, axes.scale);
        facets = { ...facets, [side]: facet };
        const seen = 'angleDeg' in facet ? joints.find((v) => v.slice === facet.slice) : undefined;
        if ('angleDeg' in facet && seen) {
          const lat = signOf(side) * facet.latMm;
          places.facets[side] = placeIn(
            one,
            seen,
            [lat - 9, lat + 9],
            [facet.depthMm - 9, facet.depthMm + 9],
          );
        }
        // Only where fluid and fat are both bright does the whole recess stand out from bone.
        if (boneFrom === 'axial-T1') continue;
        const recess = lateralRecess(low, side, axes.scale, edge);
        recesses = { ...recesses, [side]: recess };
        const cut = 'depthMm' in recess ? low.find((v) => v.slice === recess.slice) : undefined;
        if (cut) {
          const lat = signOf(side) * 10.5 * axes.scale;
          places.recesses[side] = placeIn(one, cut, [lat - 4, lat + 4], [-3, 14]);
        }
      }
      break;
    }
    const fromSagittal = sagittal && 'muscles' in sagittal.answer ? sagittal : null;
    const muscle = fromSagittal ?? muscles;
    return {
      sac: sac.answer,
      muscles: muscle.answer,
      facets,
      recesses,
      boneFrom,
      places: {
        ...places,
        ...(sac.place ? { sac: sac.place } : {}),
        ...(muscle.place ? { muscles: muscle.place } : {}),
      },
    };
  });
}

function nothing(sac: SacReading, why: string, muscle: string): AxialLevel {
  const side = (s: Side) => ({ side: s, abstained: why });
  return {
    sac: sac.answer,
    muscles: { abstained: muscle },
    facets: { left: side('left'), right: side('right') },
    recesses: { left: side('left'), right: side('right') },
    boneFrom: null,
    places: { ...(sac.place ? { sac: sac.place } : {}), facets: {}, recesses: {} },
  };
}
