import type { CorridorAnswer, DiscLevel, Side, Vec3, Vertebra, Volume } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import type { NamedBody } from '../levels/numbering.ts';
import { measureBody } from '../measures/disc-frame.ts';
import { along, middle, minus, type Point, unit } from '../measures/geometry.ts';
import { CLASS } from '../segmentation/model.ts';
import { MARGIN_MM, MRI_BONE, polygonArea, SUPINE, uncertaintyOf } from './corridor.ts';
import { anglesOf, direction, lengthOf, pointInPatient, scaled, skinAlong, sum } from './patient-lines.ts';
import { nearestPoints, nearestTo, type Scene } from './scene.ts';

/** Pedicles are looked for between these distances from the middle of the canal, mm. */
const LATERAL_MM: readonly [number, number] = [9, 26];
const WIDEST_SLICE_MM = 5;

/**
 * Usual convergence of the pedicle's axis to the sagittal plane, degrees (Zindrick 1987, Spine 12:160). Sagittal slices of MRI are too thick
 * to measure it.
 */
const CONVERGENCE_DEG: Readonly<Partial<Record<Vertebra, number>>> = {
  L1: 11,
  L2: 12,
  L3: 14,
  L4: 18,
  L5: 30,
  L6: 30,
};

/** A pedicle on one slice: the bridge of bone from body to arch. */
interface Section {
  readonly z: number;
  /** Upper and lower border 5 mm behind the body. */
  readonly top: Point;
  readonly bottom: Point;
  readonly heightMm: number;
  /** Its direction to posterior on the slice. */
  readonly back: Point;
}

/** Bone from a point up and down a line, or null when the point lies outside bone or the run does not end. */
function run(
  bony: (p: Point) => boolean,
  from: Point,
  up: Point,
  reach: number,
): readonly [number, number] | null {
  if (!bony(from)) return null;
  let high = 0;
  let low = 0;
  while (high < reach && bony(along(from, up, high + 0.5))) high += 0.5;
  while (low < reach && bony(along(from, up, -low - 0.5))) low += 0.5;
  return high >= reach || low >= reach ? null : [high + 0.25, low + 0.25];
}

function sectionOn(s: SpineInstances, body: NamedBody, z: number): Section | null {
  const own = measureBody(s, body.item, z);
  if (!own) return null;
  const { field } = s;
  const plane = z * field.width * field.height;
  const bony = (p: Point): boolean => {
    const x = Math.floor(p[0] / field.pixelMm[0]);
    const y = Math.floor(p[1] / field.pixelMm[1]);
    if (x < 0 || y < 0 || x >= field.width || y >= field.height) return false;
    const c = field.classes[plane + y * field.width + x];
    return c === CLASS.posterior || c === CLASS.body;
  };
  const { superiorPosterior: top, inferiorPosterior: bottom } = own.corners;
  const up = unit(minus(top, bottom));
  const back: Point = [-up[1], up[0]];
  const wall = Math.hypot(top[0] - bottom[0], top[1] - bottom[1]);
  // The bridge leaves the upper half of the body's back.
  const centreAt = (behind: number): { middle: Point; high: Point; low: Point } | null => {
    for (const share of [0.72, 0.64, 0.8, 0.56]) {
      const from = along(along(bottom, up, share * wall), back, behind);
      const found = run(bony, from, up, 0.75 * wall);
      if (!found) continue;
      const high = along(from, up, found[0]);
      const low = along(from, up, -found[1]);
      return { middle: middle(high, low), high, low };
    }
    return null;
  };
  const near = centreAt(3);
  const far = centreAt(7);
  if (!near || !far) return null;
  const waist = centreAt(5) ?? near;
  const heightMm = Math.hypot(waist.high[0] - waist.low[0], waist.high[1] - waist.low[1]);
  if (heightMm < 5 || heightMm > 24) return null;
  return { z, top: waist.high, bottom: waist.low, heightMm, back: unit(minus(far.middle, near.middle)) };
}

/**
 * The axis of a pedicle on one side of a vertebra: through the middle of the bridge of bone on the slices that show it, tilted as it is on
 * them. Its height is measured; its width is counted in slices, so it is only as good as their distance. Abstains without thin enough sagittal
 * slices through both pedicles.
 */
export function pedicleCorridor(
  s: SpineInstances,
  volume: Volume,
  body: NamedBody,
  level: DiscLevel,
  side: Side,
  leftPerSlice: 1 | -1,
  scene: Scene,
): CorridorAnswer {
  const { vertebra } = body;
  const none = (abstained: string): CorridorAnswer => ({ kind: 'pedicle', level, vertebra, side, abstained });
  const { depth, sliceMm, height, pixelMm } = s.field;
  if (depth < 7 || sliceMm > WIDEST_SLICE_MM)
    return none('needs sagittal slices at most 5 mm apart through the pedicles, or axial slices or CT');
  const corners = measureBody(s, body.item)?.corners;
  if (!corners) return none('the vertebra was not outlined whole: needs sagittal slices that hold all of it');
  const centre = middle(corners.superiorPosterior, corners.inferiorPosterior);
  const row = Math.min(height - 1, Math.max(0, Math.round(centre[1] / pixelMm[1] - 0.5)));
  const middleZ = s.plane.slice[row] as number;
  const sections: Section[] = [];
  for (let z = 0; z < depth; z++) {
    const left = leftPerSlice * (z - middleZ) * sliceMm;
    if (left > 0 !== (side === 'left')) continue;
    if (Math.abs(left) < LATERAL_MM[0] || Math.abs(left) > LATERAL_MM[1]) continue;
    const found = sectionOn(s, body, z);
    if (found) sections.push(found);
  }
  if (sections.length === 0)
    return none(
      'no sagittal slice shows the pedicle on this side: needs slices further to the side, axial slices or CT',
    );
  const at = sections[sections.length >> 1] as Section;
  const low = sections[(sections.length - 1) >> 1] as Section;
  const z = (at.z + low.z) / 2;
  const section: Section = at;
  const widthMm = sections.length * sliceMm;
  const isthmus = pointInPatient(s, volume, middle(section.top, section.bottom), z);
  const step = pointInPatient(s, volume, along(middle(section.top, section.bottom), section.back, 10), z);
  const convergence = ((CONVERGENCE_DEG[vertebra] ?? 8) * Math.PI) / 180;
  const inSlice = direction([step[0] - isthmus[0], step[1] - isthmus[1], step[2] - isthmus[2]]);
  const sign = side === 'left' ? 1 : -1;
  const outward = direction(
    sum(scaled(inSlice, Math.cos(convergence)), [sign * Math.sin(convergence), 0, 0]),
  );
  // Two thirds of the body's depth in front of the isthmus.
  const depthMm = Math.hypot(
    corners.superiorPosterior[0] - corners.superiorAnterior[0],
    corners.superiorPosterior[1] - corners.superiorAnterior[1],
  );
  const target = sum(isthmus, scaled(outward, -(5 + 0.6 * depthMm)));
  const entry = skinAlong(volume, isthmus, outward);
  const outer = entry ?? sum(isthmus, scaled(outward, 40));
  const narrow = Math.min(section.heightMm, widthMm);
  const corner = (p: Point, left: number): Vec3 =>
    sum(pointInPatient(s, volume, p, z), [(left * widthMm) / 2, 0, 0]);
  const outline = [
    corner(section.top, -1),
    corner(section.top, 1),
    corner(section.bottom, 1),
    corner(section.bottom, -1),
  ];
  const near = nearestTo(scene.sac, target, outer);
  const sac = near?.distanceMm ?? null;
  return {
    kind: 'pedicle',
    level,
    vertebra,
    side,
    target,
    entry,
    towards: outer,
    lengthMm: entry ? lengthOf([entry[0] - target[0], entry[1] - target[1], entry[2] - target[2]]) : null,
    ...anglesOf(scaled(outward, -1)),
    entryOffsetMm: entry ? Math.abs(entry[0] - pointInPatient(s, volume, centre, middleZ)[0]) : null,
    widestMm: narrow,
    clearanceMm: { bone: narrow / 2 - MARGIN_MM, sac: sac === null ? null : sac - MARGIN_MM, root: null },
    // The wall is half a width counted in slices, or half a measured height: off by half a slice at either side.
    uncertaintyMm: {
      bone: section.heightMm <= widthMm ? uncertaintyOf(0) : uncertaintyOf(sliceMm),
      sac: sac === null ? null : uncertaintyOf(sliceMm),
      root: null,
    },
    nearest: nearestPoints({ bone: null, sac: near, root: null }),
    fits: narrow >= 5 && sac !== null && sac > MARGIN_MM,
    outline,
    windowAreaMm2: polygonArea(outline),
    notes: [
      SUPINE,
      MRI_BONE,
      `the width is ${sections.length} slices of ${sliceMm.toFixed(1)} mm; convergence is the usual one of ${vertebra}: both need axial slices or CT`,
    ],
  };
}
