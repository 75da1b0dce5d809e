import type { CorridorAnswer, Side, Vec3, Volume } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import { along, type Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { CLASS } from '../segmentation/model.ts';
import { MARGIN_MM, MRI_BONE, polygonArea, SUPINE, uncertaintyOf } from './corridor.ts';
import { anglesOf, direction, lengthOf, pointInPatient, scaled, skinAlong, sum } from './patient-lines.ts';
import { nearestPoints, nearestTo, type Scene } from './scene.ts';

const difference = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Gap between the laminae on one slice, seen from behind the sac. */
interface Gap {
  readonly z: number;
  readonly heightMm: number;
  readonly centre: Point;
}

/** Bone within 12 mm behind the sac, looked for up and down from the disc. */
function gapOn(s: SpineInstances, m: MeasuredDisc, z: number): Gap | null {
  const { frame, canal } = m;
  if (!frame || !canal) return null;
  const { field } = s;
  const plane = z * field.width * field.height;
  const bony = (p: Point): boolean => {
    const x = Math.floor(p[0] / field.pixelMm[0]);
    const y = Math.floor(p[1] / field.pixelMm[1]);
    if (x < 0 || y < 0 || x >= field.width || y >= field.height) return false;
    return field.classes[plane + y * field.width + x] === CLASS.posterior;
  };
  const blocked = (h: number): boolean => {
    const base = along(canal.posterior, frame.superior, h);
    for (let t = 0.5; t <= 14; t += 0.75) if (bony(along(base, frame.posterior, t))) return true;
    return false;
  };
  // The window is looked for around the disc, up to half a body below it: laminae overhang their own disc from above.
  let best: [number, number] | null = null;
  let start: number | null = null;
  for (let h = 14; h >= -20; h -= 0.75) {
    if (!blocked(h)) {
      start ??= h;
      if (!best || start - h > best[0] - best[1]) best = [start, h];
    } else start = null;
  }
  if (!best || best[0] >= 14 || best[1] <= -20) return null;
  return {
    z,
    heightMm: best[0] - best[1],
    centre: along(canal.posterior, frame.superior, (best[0] + best[1]) / 2),
  };
}

/** The interlaminar window of a level and a paramedian tubular way through it. */
export function interlaminarCorridors(
  s: SpineInstances,
  volume: Volume,
  m: MeasuredDisc,
  scene: Scene,
): readonly CorridorAnswer[] {
  const { level } = m.disc;
  const none = (abstained: string): CorridorAnswer[] => [
    { kind: 'interlaminar', level, side: 'midline', abstained },
  ];
  if (!m.frame || !m.canal) return none('disc or dural sac were not found at this level');
  const { depth, sliceMm } = s.field;
  if (depth < 5 || sliceMm > 6) return none('needs sagittal slices through both laminae');
  const middle = s.plane.slice[
    Math.min(s.field.height - 1, Math.max(0, Math.round(m.canal.posterior[1] / s.field.pixelMm[1] - 0.5)))
  ] as number;
  const gaps: Gap[] = [];
  for (let z = 0; z < depth; z++) {
    if (Math.abs(z - middle) * sliceMm > 16) continue;
    const gap = gapOn(s, m, z);
    if (gap) gaps.push(gap);
  }
  if (gaps.length === 0)
    return none(
      'no gap between the laminae is seen: bone work would be needed, or the laminae were not outlined',
    );
  const tallest = gaps.reduce((a, b) => (b.heightMm > a.heightMm ? b : a));
  const widthMm = gaps.filter((g) => g.heightMm > tallest.heightMm / 2).length * sliceMm;
  const back: Point = m.frame.posterior;
  const inPlane = pointInPatient(s, volume, tallest.centre, middle);
  const behind = pointInPatient(s, volume, along(tallest.centre, back, 10), middle);
  const outward = direction([behind[0] - inPlane[0], behind[1] - inPlane[1], behind[2] - inPlane[2]]);
  const skin = skinAlong(volume, inPlane, outward);
  const widest = Math.min(tallest.heightMm, widthMm);
  const notes = [SUPINE, MRI_BONE];
  const target = pointInPatient(s, volume, m.frame.posteriorMiddle, middle);
  // The window between the laminae, as wide as the slices that show it.
  const rise = direction(
    difference(
      pointInPatient(s, volume, along(tallest.centre, m.frame.superior, 10), middle),
      pointInPatient(s, volume, tallest.centre, middle),
    ),
  );
  const corner = (up: number, left: number): Vec3 =>
    sum(sum(inPlane, scaled(rise, (up * tallest.heightMm) / 2)), [(left * widthMm) / 2, 0, 0]);
  const outline = [corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
  const window = { outline, windowAreaMm2: polygonArea(outline) };
  const outlined = uncertaintyOf(sliceMm);
  const clear = (from: Vec3, to: Vec3) => {
    const near = { bone: nearestTo(scene.facet, from, to), sac: nearestTo(scene.sac, from, to), root: null };
    return {
      clearanceMm: {
        // Without facets outlined the edges of the gap are the nearest bone there is.
        bone: (near.bone?.distanceMm ?? widest / 2) - MARGIN_MM,
        sac: near.sac === null ? null : near.sac.distanceMm - MARGIN_MM,
        root: null,
      },
      uncertaintyMm: { bone: outlined, sac: near.sac === null ? null : outlined, root: null },
      nearest: nearestPoints(near),
    };
  };
  const outer = skin ?? sum(inPlane, scaled(outward, 40));
  const behindSac = clear(inPlane, outer);
  const straight: CorridorAnswer = {
    kind: 'interlaminar',
    level,
    side: 'midline',
    target,
    entry: skin,
    towards: outer,
    lengthMm: skin ? lengthOf([skin[0] - target[0], skin[1] - target[1], skin[2] - target[2]]) : null,
    ...anglesOf(scaled(outward, -1)),
    entryOffsetMm: skin ? 0 : null,
    widestMm: widest,
    ...behindSac,
    // To the target the way runs through the sac itself.
    clearanceMm: { ...behindSac.clearanceMm, sac: -m.canal.apMm },
    uncertaintyMm: { ...behindSac.uncertaintyMm, sac: outlined },
    fits: widest >= 6,
    ...window,
    notes: [...notes, 'this way crosses the canal: the sac has to be held aside'],
  };
  return [straight, ...(['left', 'right'] as const).map((side) => tubular(side))];

  /** Tube at 18 mm from the midline, the usual distance for discectomy (15 to 20 mm). */
  function tubular(side: Side): CorridorAnswer {
    const kind = 'tubular';
    if (!skin) return { kind, level, side, abstained: 'the skin behind this level is not in the picture' };
    const sign = side === 'left' ? 1 : -1;
    const entry = [skin[0] + sign * 18, skin[1], skin[2]] as const;
    const aim = pointInPatient(s, volume, m.frame?.posteriorMiddle ?? tallest.centre, middle);
    const inward = [aim[0] + sign * 6 - entry[0], aim[1] - entry[1], aim[2] - entry[2]] as const;
    return {
      kind,
      level,
      side,
      target: [aim[0] + sign * 6, aim[1], aim[2]],
      entry,
      towards: entry,
      lengthMm: lengthOf(inward),
      ...anglesOf(inward),
      entryOffsetMm: 18,
      widestMm: widest,
      ...clear([aim[0] + sign * 6, aim[1], aim[2]], entry),
      fits: widest >= 8,
      ...window,
      notes: [
        ...notes,
        'part of lamina and facet is usually removed: keep at least half of the facet and 8 to 10 mm of pars',
      ],
    };
  }
}
