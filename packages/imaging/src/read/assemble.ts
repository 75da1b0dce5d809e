import {
  degrees,
  type ImageEvidence,
  type LevelFindings,
  type ModelReference,
  mm,
  mm2,
  type PossibleFragment,
  type SpineFindings,
  type VertebraFindings,
} from '@foramen/spine';
import type { DiscSigns } from '../grades/disc-signs.ts';
import { genant } from '../grades/geometric.ts';
import type { LevelGrades } from '../grades/grade-disc.ts';
import { conusName, conusSample } from '../levels/conus.ts';
import { midSliceOf } from '../levels/disc-shape.ts';
import type { Instance } from '../levels/instances.ts';
import { median } from '../levels/smoothing.ts';
import { lordosis, sacralSlope } from '../measures/alignment.ts';
import { axialDetails } from '../measures/axial-details.ts';
import { bodyDetails } from '../measures/body-details.ts';
import { epiduralMasses } from '../measures/epidural-mass.ts';
import { levelMeasures, type MeasuredDisc, type MeasuredVertebra } from '../measures/level-reading.ts';
import { notMeasured, type PlanesSeen } from '../measures/not-measured.ts';
import { sagittalDetails } from '../measures/sagittal-details.ts';
import { signalOf } from '../measures/signal.ts';
import { type VertebraHeights, vertebraHeights } from '../measures/vertebra-height.ts';
import type { ContactFindings } from './contacts.ts';
import { boneMeasures, CT_UNGRADED } from './ct.ts';
import type { Located } from './locate.ts';
import { type Box, turnBoxBack } from './orientation.ts';
import { judgeScale, scaleFreeMeasures } from './scale.ts';
import type { CanonicalSeries } from './series.ts';

/** Turns field coordinates into places on the series as it was given. */
export interface Placing {
  readonly series: CanonicalSeries;
  readonly located: Located;
  readonly models: readonly ModelReference[];
}

/** Box of an instance on its middle slice, in pixels of the given picture. */
function boxOf(p: Placing, item: Instance): Box | null {
  const { instances, turn } = p.located;
  const { width, height, pixelMm } = instances.field;
  const z = midSliceOf(instances, item);
  if (!item.box) return null;
  let [r0, c0, r1, c1] = [height, width, 0, 0];
  for (let y = item.box[0]; y < item.box[2]; y++) {
    for (let x = item.box[1]; x < item.box[3]; x++) {
      if (instances.labels[x + width * (y + height * z)] !== item.id) continue;
      r0 = Math.min(r0, y);
      c0 = Math.min(c0, x);
      r1 = Math.max(r1, y + 1);
      c1 = Math.max(c1, x + 1);
    }
  }
  if (r1 === 0) return null;
  const [w, h] = p.series.volume.size;
  const fx = pixelMm[0] / p.series.volume.spacing[0];
  const fy = pixelMm[1] / p.series.volume.spacing[1];
  const box: Box = [
    Math.max(0, Math.floor(r0 * fy)),
    Math.max(0, Math.floor(c0 * fx)),
    Math.min(h, Math.ceil(r1 * fy)),
    Math.min(w, Math.ceil(c1 * fx)),
  ];
  return turnBoxBack(box, w, h, turn);
}

function evidence(p: Placing, item: Instance, box: Box | null): ImageEvidence {
  const z = midSliceOf(p.located.instances, item);
  const k = p.located.instances.field.sliceIndex[z] ?? 0;
  const { seriesUid } = p.series.reading;
  const sop = p.series.sopInstanceUids?.[k];
  return {
    ...(seriesUid !== undefined ? { seriesUid } : {}),
    ...(sop !== undefined ? { sopInstanceUid: sop } : {}),
    slice: k,
    box: box ?? [0, 0, 0, 0],
    models: p.models,
  };
}

/** A level is left out of grading when its disc is cut or hardly seen. */
export function abstention(p: Placing, m: MeasuredDisc): string | null {
  const { unnamed } = p.located.numbering.enumeration;
  if (unnamed) return unnamed;
  if (p.series.contrast === 'ct') return CT_UNGRADED;
  if (m.disc.item.cut) return 'only a part of the disc is in the picture';
  if (!m.frame) return 'the end plates on both sides of the disc could not be found';
  if (m.disc.item.size === 0)
    return 'no disc tissue was recognised between these vertebrae (fusion, metal or poor quality)';
  if (m.disc.item.segment.evidence < 0.2) return 'the disc is seen too faintly to be graded';
  return null;
}

export function levelFindings(
  p: Placing,
  m: MeasuredDisc,
  grades: (LevelGrades & DiscSigns & ContactFindings) | null,
  seen: Pick<PlanesSeen, 't2'>,
): LevelFindings {
  const box = boxOf(p, m.disc.item);
  const abstained = abstention(p, m);
  const because = evidence(p, m.disc.item, box);
  const { trusted } = judgeScale(p.series, p.located.plausibility);
  const all = p.series.contrast === 'ct' ? boneMeasures(levelMeasures(m)) : levelMeasures(m);
  const measures = trusted ? all : scaleFreeMeasures(all);
  const details = [
    ...sagittalDetails(measures, because),
    ...(m.axialLevel && trusted && p.series.contrast !== 'ct' ? axialDetails(m.axialLevel, p.models) : []),
  ];
  return {
    level: m.disc.level,
    indexFromBottom: m.disc.indexFromBottom,
    confidence: m.disc.confidence,
    ...(box ? { box } : {}),
    ...(abstained !== null ? { abstained } : (grades ?? {})),
    measures,
    ...(details.length > 0 ? { details } : {}),
    notMeasured: notMeasured(m, {
      ...seen,
      slices: p.located.instances.field.depth,
      sliceMm: p.located.instances.field.sliceMm,
      hasGeometry: p.series.hasGeometry,
    }),
    because,
  };
}

function heightLoss(h: VertebraHeights, expectedPosterior: number | null): number {
  const ratios = [h.anterior / h.posterior, h.middle / h.posterior];
  if (expectedPosterior !== null) ratios.push(h.posterior / expectedPosterior);
  return 1 - Math.min(...ratios);
}

export function vertebraFindings(p: Placing, vertebrae: readonly MeasuredVertebra[]): VertebraFindings[] {
  const heights = vertebrae.map((v) => (v.measured ? vertebraHeights(v.measured) : null));
  const { trusted } = judgeScale(p.series, p.located.plausibility);
  return vertebrae.map(({ body }, i) => {
    const box = boxOf(p, body.item);
    const own = heights[i];
    const around = [i - 2, i - 1, i + 1, i + 2].flatMap((k) => heights[k]?.posterior ?? []);
    const expected = around.length >= 2 ? median(around) : null;
    // L5 is naturally wedged to the front; there only the posterior and middle heights are compared.
    const shaped =
      own && body.vertebra === 'L5' ? { ...own, posterior: Math.min(own.posterior, own.anterior) } : own;
    const because = evidence(p, body.item, box);
    const measures = trusted &&
      own && {
        heightAnteriorMm: mm(own.anterior),
        heightMiddleMm: mm(own.middle),
        heightPosteriorMm: mm(own.posterior),
        wedgeRatio: own.anterior / own.posterior,
      };
    return {
      vertebra: body.vertebra,
      confidence: body.confidence,
      ...(box ? { box } : {}),
      ...(measures ? { ...measures, details: bodyDetails(measures, because) } : {}),
      genant: shaped
        ? genant(heightLoss(shaped, body.vertebra === 'L5' ? null : expected))
        : {
            abstained: body.item.cut
              ? 'the vertebra is cut by the edge of the picture'
              : 'its outline was not found',
          },
      because,
    };
  });
}

/** Masses behind the bodies of a T2-weighted series, with the slice and the body they lie behind. */
export function possibleFragments(p: Placing): PossibleFragment[] {
  const { instances, numbering, volume } = p.located;
  const { sliceIndex } = instances.field;
  return epiduralMasses(instances, numbering, signalOf(volume, sliceIndex)).flatMap(
    ({ slice, ...mass }): PossibleFragment[] => {
      const body = numbering.bodies.find((b) => b.vertebra === mass.behind);
      if (!body) return [];
      const because = evidence(p, body.item, boxOf(p, body.item));
      const k = sliceIndex[slice] ?? because.slice;
      const sop = p.series.sopInstanceUids?.[k];
      const { sopInstanceUid: _, ...rest } = because;
      return [
        {
          behind: mass.behind,
          p: mass.p,
          areaMm2: mm2(mass.areaMm2),
          lengthMm: mm(mass.lengthMm),
          depthMm: mm(mass.depthMm),
          because: { ...rest, slice: k, ...(sop === undefined ? {} : { sopInstanceUid: sop }) },
        },
      ];
    },
  );
}

/** Measures of the whole column. */
export function columnFindings(
  p: Placing,
  discs: readonly MeasuredDisc[],
  vertebrae: readonly MeasuredVertebra[],
): Pick<SpineFindings, 'lordosisL1S1Deg' | 'sacralSlopeDeg' | 'columnDetails' | 'conusLevel'> {
  const { numbering, instances } = p.located;
  const lumbosacral = discs.find((d) => d.disc.level === 'L5-S1');
  const frame = lumbosacral?.frame;
  const s1 = frame && !frame.lowerFromDisc ? frame.lower : null;
  const l1 = vertebrae.find((v) => v.body.vertebra === 'L1')?.measured?.corners ?? null;
  const conus = conusSample(instances);
  const name =
    conus === null
      ? null
      : conusName(
          conus,
          numbering.discs.map((d) => ({ level: d.level, from: d.item.segment.from, to: d.item.segment.to })),
        );
  const turned = p.located.turn.rows || p.located.turn.columns;
  const { trusted } = judgeScale(p.series, p.located.plausibility);
  const angles = !trusted
    ? {}
    : {
        ...(s1 && l1 && !numbering.enumeration.unnamed
          ? {
              lordosisL1S1Deg: degrees(
                lordosis({ anterior: l1.superiorAnterior, posterior: l1.superiorPosterior }, s1),
              ),
            }
          : {}),
        ...(s1 && !numbering.enumeration.unnamed && !turned
          ? { sacralSlopeDeg: degrees(sacralSlope(s1)) }
          : {}),
      };
  const { item } = lumbosacral?.disc ?? {};
  const columnDetails = item ? bodyDetails(angles, evidence(p, item, boxOf(p, item))) : [];
  return {
    ...angles,
    ...(columnDetails.length > 0 ? { columnDetails } : {}),
    conusLevel:
      name !== null && !numbering.enumeration.unnamed && p.series.contrast !== 'ct' ? name : 'unknown',
  };
}
