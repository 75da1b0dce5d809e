import { degrees, type LevelMeasures, mm, mm2, mm3, type Side, type Volume } from '@foramen/spine';
import { type Fragment, freeFragment } from '../levels/fragment.ts';
import type { SpineInstances } from '../levels/instances.ts';
import type { NamedBody, NamedDisc, Numbering } from '../levels/numbering.ts';
import { type Slip, segmentalAngle, slip } from './alignment.ts';
import { axialMeasures } from './axial-details.ts';
import type { AxialLevel } from './axial-level.ts';
import type { AxialAnswer } from './axial-sac.ts';
import type { BodyCorners } from './body-corners.ts';
import { canalAtDisc, canalBehindBody, type SacCrossing } from './canal.ts';
import { type DiscFrame, discFrame, type MeasuredBody, measureBody } from './disc-frame.ts';
import { type DiscHeights, discHeights, meanHeight } from './disc-height.ts';
import { type Displacement, displacement } from './displacement.ts';
import { type EndplateShape, endplateShapes } from './endplate-shape.ts';
import { type Foramen, foramina } from './foramen.ts';
import { type LateralProfile, lateralProfile } from './lateral-profile.ts';
import type { FatAnswer } from './perineural-fat.ts';
import { type DiscSignal, discSignal, sacSignal, signalOf } from './signal.ts';

/** One disc with all that was measured on it; null where it could not be. */
export interface MeasuredDisc {
  readonly disc: NamedDisc;
  readonly frame: DiscFrame | null;
  readonly heights: DiscHeights | null;
  readonly displacement: Displacement | null;
  /** From side to side; null on a single slice. */
  readonly lateral: LateralProfile | null;
  /** Disc tissue in the canal that no slice joins to the disc. */
  readonly fragment: Fragment | null;
  readonly foramina: readonly Foramen[];
  /** Fat around the exiting roots; null until asked, or where slices carry no side. */
  readonly perineuralFat: Readonly<Record<Side, FatAnswer>> | null;
  readonly canal: SacCrossing | null;
  /** Mean extent of the sac behind the bodies above and below, mm. */
  readonly canalReferenceMm: number | null;
  readonly slip: Slip | null;
  readonly signal: DiscSignal | null;
  /** Mean signal of the sac at the disc over that of fluid near it: falls when fluid is squeezed out. */
  readonly csfRatio: number | null;
  /** The sac on the axial series; null until an axial series was asked. */
  readonly axial: AxialAnswer | null;
  /** Muscles, facet joints and recesses on the axial series; null until asked. */
  readonly axialLevel: AxialLevel | null;
  readonly areaMm2: number | null;
  readonly volumeMm3: number | null;
  /** Hollows of the end plates above and below. */
  readonly endplates: { readonly upper: EndplateShape | null; readonly lower: EndplateShape | null };
  /** Mean height over the mean of the neighbours' mean heights. */
  readonly heightRatio: number | null;
  /**
   * Why the sac behind it is not measured although something of it was outlined: end plates keep their place on slices beside the middle or between two others, but the
   * sac, which is narrow and round, comes out too shallow there.
   */
  readonly sacUnseen?: string;
}

export interface MeasuredVertebra {
  readonly body: NamedBody;
  readonly measured: MeasuredBody | null;
}

function discArea(s: SpineInstances, disc: NamedDisc, z: number): { area: number; volume: number } {
  const { width, height, depth, pixelMm, sliceMm } = s.field;
  const n = width * height;
  let total = 0;
  let here = 0;
  const box = disc.item.box;
  if (!box) return { area: 0, volume: 0 };
  for (let k = 0; k < depth; k++) {
    let count = 0;
    for (let y = box[0]; y < box[2]; y++)
      for (let x = box[1]; x < box[3]; x++) if (s.labels[x + width * y + n * k] === disc.item.id) count++;
    total += count;
    if (k === z) here = count;
  }
  const pixel = pixelMm[0] * pixelMm[1];
  return { area: here * pixel, volume: total * pixel * sliceMm };
}

/**
 * Measures every named disc. `t2` is the volume whose signal is read, or null when the series is not T2-weighted;
 * `leftPerSlice` says to which side slices advance (null: not known or one slice, nothing lateral is measured).
 */
export function measureDiscs(
  s: SpineInstances,
  numbering: Numbering,
  t2: Volume | null,
  leftPerSlice: 1 | -1 | null = null,
): MeasuredDisc[] {
  const at = t2 ? signalOf(t2, s.field.sliceIndex) : null;
  const first = numbering.discs.map((disc): Omit<MeasuredDisc, 'heightRatio'> => {
    const frame = discFrame(s, disc);
    if (!frame) {
      return {
        disc,
        frame: null,
        heights: null,
        displacement: null,
        lateral: null,
        fragment: freeFragment(s, disc.item),
        foramina: [],
        perineuralFat: null,
        canal: null,
        canalReferenceMm: null,
        slip: null,
        signal: null,
        csfRatio: null,
        axial: null,
        axialLevel: null,
        areaMm2: null,
        volumeMm3: null,
        endplates: { upper: null, lower: null },
      };
    }
    const heights = discHeights(frame);
    const slipped = slip(frame);
    const slipMm = slipped?.mm ?? null;
    const canal = canalAtDisc(frame);
    const size = discArea(s, disc, frame.slice);
    return {
      disc,
      frame,
      heights,
      displacement: displacement(frame, slipMm),
      lateral: leftPerSlice === null ? null : lateralProfile(s, disc, leftPerSlice, slipMm),
      fragment: freeFragment(s, disc.item),
      foramina: leftPerSlice === null ? [] : foramina(s, disc, leftPerSlice),
      perineuralFat: null,
      canal,
      canalReferenceMm: canalReference(frame),
      slip: slipped,
      signal: at && heights ? discSignal(s, frame, heights.middle, at) : null,
      csfRatio: at && canal ? sacSignal(s, frame, canal, at) : null,
      axial: null,
      axialLevel: null,
      areaMm2: size.area > 0 ? size.area : null,
      volumeMm3: s.field.depth >= 5 && size.volume > 0 ? size.volume : null,
      endplates: endplateShapes(frame),
    };
  });
  return first.map((m, i) => {
    const around = [first[i - 1], first[i + 1]].flatMap((n) => (n?.heights ? [meanHeight(n.heights)] : []));
    const reference = around.reduce((a, b) => a + b, 0) / around.length;
    return {
      ...m,
      heightRatio:
        m.heights && around.length > 0 && reference > 0.5 ? meanHeight(m.heights) / reference : null,
    };
  });
}

function canalReference(frame: DiscFrame): number | null {
  const sac = frame.sac;
  if (!sac) return null;
  const values = [frame.upperCorners, frame.lowerCorners]
    .filter((c): c is BodyCorners => c !== null)
    .flatMap((c) => canalBehindBody(sac, c)?.apMm ?? []);
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null;
}

export function measureVertebrae(s: SpineInstances, numbering: Numbering): MeasuredVertebra[] {
  return numbering.bodies.map((body) => ({
    body,
    measured: body.item.cut ? null : measureBody(s, body.item),
  }));
}

function bySide<T>(foramina: readonly Foramen[], value: (f: Foramen) => T): Partial<Record<Side, T>> {
  return Object.fromEntries(foramina.map((f) => [f.side, value(f)]));
}

function perineuralShare(m: MeasuredDisc): Pick<LevelMeasures, 'perineuralFatPercent'> {
  const read = (['left', 'right'] as const).flatMap((side) => {
    const fat = m.perineuralFat?.[side];
    return fat && 'share' in fat ? [[side, 100 * fat.share] as const] : [];
  });
  return read.length > 0 ? { perineuralFatPercent: Object.fromEntries(read) } : {};
}

/** Displacement from which tissue behind the corner line is described as a herniation, mm. */
const HERNIATION_FROM_MM = 2;

/** The measures of a level in the vocabulary of the findings; what was not measured is absent. */
export function levelMeasures(m: MeasuredDisc): LevelMeasures {
  const { frame, heights, displacement: behind, signal } = m;
  if (!frame) return {};
  const canal = m.sacUnseen === undefined ? m.canal : null;
  const meanMm = heights ? meanHeight(heights) : null;
  // A shallow, even edge is a bulge; only what stands out is described as a herniation.
  const lateral = m.lateral;
  const shown = lateral?.focal ? lateral.apex.at : lateral ? null : behind;
  const herniated = shown !== null && shown.greatestMm >= HERNIATION_FROM_MM;
  return {
    ...(heights
      ? {
          heightAnteriorMm: mm(heights.anterior),
          heightMiddleMm: mm(heights.middle),
          heightPosteriorMm: mm(heights.posterior),
        }
      : {}),
    ...(meanMm !== null && frame.depthMm > 5 ? { heightIndex: meanMm / frame.depthMm } : {}),
    depthMm: mm(frame.depthMm),
    ...(m.areaMm2 !== null ? { areaMm2: mm2(m.areaMm2) } : {}),
    ...(m.volumeMm3 !== null ? { volumeMm3: mm3(m.volumeMm3) } : {}),
    ...(m.heightRatio !== null ? { heightRatioToNeighbours: m.heightRatio } : {}),
    ...(signal ? { signalRatioToCsf: signal.ratio } : {}),
    ...(behind ? { bulgeMm: mm(behind.depthMm) } : {}),
    ...(herniated
      ? {
          herniationApMm: mm(shown.greatestMm),
          herniationAreaMm2: mm2(shown.areaMm2),
          migrationMm: mm(Math.max(shown.cranialMm, shown.caudalMm)),
          ...(lateral
            ? { herniationWidthMm: mm(lateral.widthMm), herniationVolumeMm3: mm3(lateral.volumeMm3) }
            : {}),
          ...(canal && canal.apMm + shown.greatestMm > 0
            ? { herniationCanalPercent: (100 * shown.greatestMm) / (shown.greatestMm + canal.apMm) }
            : {}),
        }
      : {}),
    ...(canal ? { canalApMm: mm(canal.apMm) } : {}),
    ...(m.axial && 'sac' in m.axial ? { duralSacAreaMm2: mm2(m.axial.sac.areaMm2) } : {}),
    ...(m.axialLevel ? axialMeasures(m.axialLevel) : {}),
    ...(m.csfRatio !== null && canal ? { csfSignalRatio: m.csfRatio } : {}),
    ...(canal && m.canalReferenceMm ? { canalPercentOfBodies: (100 * canal.apMm) / m.canalReferenceMm } : {}),
    ...(m.slip ? { slipMm: mm(m.slip.mm), slipPercent: m.slip.percent } : {}),
    ...(m.foramina.length > 0
      ? {
          foramenHeightMm: bySide(m.foramina, (f) => mm(f.heightMm)),
          foramenWidthMm: bySide(m.foramina, (f) => mm(f.widthMm)),
          foramenAreaMm2: bySide(m.foramina, (f) => mm2(f.areaMm2)),
        }
      : {}),
    ...perineuralShare(m),
    ...(m.endplates.upper
      ? {
          endplateConcavityUpperMm: mm(m.endplates.upper.depthMm),
          endplateIndexUpper: m.endplates.upper.index,
        }
      : {}),
    ...(m.endplates.lower
      ? {
          endplateConcavityLowerMm: mm(m.endplates.lower.depthMm),
          endplateIndexLower: m.endplates.lower.index,
        }
      : {}),
    segmentalAngleDeg: degrees(segmentalAngle(frame)),
  };
}
