import type { CorridorAnswer, CorridorKind, Side, Vec3, Volume } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import { along, type Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { CLASS } from '../segmentation/model.ts';
import { MARGIN_MM, MRI_BONE, polygonArea, ROOT_ASSUMED, SUPINE, uncertaintyOf } from './corridor.ts';
import { anglesOf, direction, lengthOf, pointInPatient, scaled, skinAlong, sum } from './patient-lines.ts';
import { nearestPoints, nearestTo, pointsAlong, type Scene } from './scene.ts';

/** Share of the foramen's height, from above, that the exiting root and its ganglion take up: all of the upper half, to be safe. */
const ROOT_SHARE = 0.5;
/** How far the root's own place varies about where it is taken to run, as a share of the foramen's height (standard deviation). */
const ROOT_PLACE_SD = 0.1;
/** Half the thickness of a root at its ganglion, mm. */
const ROOT_RADIUS_MM = 2.5;
/** Convergences that are tried; a posterolateral way to the disc usually takes 35 to 60 degrees. */
const CONVERGENCES_DEG = [30, 35, 40, 45, 50, 55, 60] as const;
/** How far outwards a way is followed where the skin is not seen, mm. */
const FOLLOWED_MM = 60;

/** Middle slice of the sac at a height of the picture. */
function middleSlice(s: SpineInstances, p: Point): number {
  const row = Math.round(p[1] / s.field.pixelMm[1] - 0.5);
  return s.plane.slice[Math.min(s.field.height - 1, Math.max(0, row))] as number;
}

/**
 * Kambin's triangle and the subpedicular transforaminal target on one side of a level. The triangle stands on the superior end plate of
 * the lower vertebra; the exiting root is its hypotenuse in front and above, the facet its back (Kambin 1988, Clin Orthop 226:185).
 * Of the convergences tried the one that keeps furthest from facet, root and sac is taken, in the plane of the disc.
 */
export function foraminalCorridors(
  s: SpineInstances,
  volume: Volume,
  m: MeasuredDisc,
  side: Side,
  scene: Scene,
): readonly CorridorAnswer[] {
  const { level } = m.disc;
  const none = (abstained: string): CorridorAnswer[] => [
    { kind: 'kambin', level, side, abstained },
    { kind: 'transforaminal', level, side, abstained },
  ];
  const { frame } = m;
  if (!frame) return none('the end plates of this level were not found');
  const foramen = m.foramina.find((f) => f.side === side);
  if (!foramen)
    return none(
      'no slice shows the pedicles above and below on this side: needs sagittal slices through the foramen',
    );
  const onForamen = (p: Point): Vec3 => pointInPatient(s, volume, p, foramen.slice);
  const free = foramen.heightMm * (1 - ROOT_SHARE);
  const floor = along(foramen.centre, frame.superior, -foramen.heightMm / 2);
  const ceiling = along(foramen.centre, frame.superior, foramen.heightMm / 2);
  const sacEdge = lateralSacPoint(s, volume, side, ceiling);
  const rootTop = along(ceiling, frame.superior, -ROOT_RADIUS_MM);
  const rootLow = along(ceiling, frame.superior, Math.min(0, ROOT_RADIUS_MM - ROOT_SHARE * foramen.heightMm));
  const lateral: Vec3 = [side === 'left' ? 1 : -1, 0, 0];
  // Beyond the foramen the root runs on outwards, forwards and down.
  const ahead = along(along(rootLow, frame.posterior, -4), frame.superior, -3);
  const beyond = sum(onForamen(ahead), scaled(lateral, 10));
  const root = pointsAlong([...(sacEdge ? [sacEdge] : []), onForamen(rootTop), onForamen(rootLow), beyond]);
  const back = direction(
    subtract(onForamen(along(frame.posteriorMiddle, frame.posterior, 10)), onForamen(frame.posteriorMiddle)),
  );
  const middle = (at: Point): Vec3 => pointInPatient(s, volume, at, middleSlice(s, at));
  const half = foramen.widthMm / 2;
  const triangle = [
    onForamen(along(floor, frame.posterior, -half)),
    onForamen(along(floor, frame.posterior, half)),
    onForamen(along(along(floor, frame.superior, free), frame.posterior, half)),
  ];
  const notes = [SUPINE, MRI_BONE, ROOT_ASSUMED];
  if (level === 'L5-S1')
    notes.push(
      'whether the iliac crest bars a straight way is not assessed: its height over the disc needs a coronal series, CT or a radiograph',
    );
  const outlined = uncertaintyOf(s.field.sliceMm);
  const assumed = uncertaintyOf(s.field.sliceMm, ROOT_PLACE_SD * foramen.heightMm);
  // A third of the way up the triangle: between its base and where it narrows.
  const low = along(floor, frame.superior, free / 3);
  const high = along(ceiling, frame.superior, -2);
  return [
    way('kambin', low, Math.min(free, foramen.widthMm), 5, triangle, notes),
    way(
      'transforaminal',
      high,
      Math.min(4, foramen.widthMm),
      2,
      [],
      [
        ...notes,
        'subpedicular target: no particulate steroid; above L3 the artery of Adamkiewicz may enter here',
      ],
    ),
  ];

  function way(
    kind: CorridorKind,
    at: Point,
    widest: number,
    leastMm: number,
    outline: readonly Vec3[],
    text: readonly string[],
  ): CorridorAnswer {
    const target = onForamen(at);
    const tried = CONVERGENCES_DEG.map((degrees) => {
      const angle = (degrees * Math.PI) / 180;
      const outward = direction(sum(scaled(back, Math.cos(angle)), scaled(lateral, Math.sin(angle))));
      const end = sum(target, scaled(outward, FOLLOWED_MM));
      const near = {
        bone: nearestTo(scene.facet, target, end),
        sac: nearestTo(scene.sac, target, end),
        root: nearestTo(root, target, end),
      };
      const facet = near.bone?.distanceMm ?? FOLLOWED_MM;
      const sac = near.sac?.distanceMm ?? FOLLOWED_MM;
      const rootMm = (near.root?.distanceMm ?? FOLLOWED_MM) - ROOT_RADIUS_MM;
      return { outward, end, near, facet, sac, rootMm, least: Math.min(facet, sac, rootMm) };
    });
    const best = tried.reduce((a, b) => (b.least > a.least + 0.05 ? b : a));
    const entry = skinAlong(volume, target, best.outward);
    const widestMm = Math.max(0, Math.min(widest, 2 * best.facet));
    const bone = best.facet - MARGIN_MM;
    return {
      kind,
      level,
      side,
      target,
      entry,
      towards: best.end,
      lengthMm: entry ? lengthOf(subtract(entry, target)) : null,
      ...anglesOf(scaled(best.outward, -1)),
      entryOffsetMm: entry ? Math.abs(entry[0] - middle(at)[0]) : null,
      widestMm,
      clearanceMm: { bone, sac: best.sac - MARGIN_MM, root: best.rootMm - MARGIN_MM },
      uncertaintyMm: { bone: outlined, sac: outlined, root: assumed },
      nearest: nearestPoints(best.near),
      fits: widestMm >= leastMm && best.sac > MARGIN_MM,
      outline,
      windowAreaMm2: outline.length > 2 ? polygonArea(outline) : null,
      notes: entry
        ? text
        : [...text, 'the skin on this way is outside the sagittal slices: entry and length are not given'],
    };
  }
}

const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Where the sac's side lies at the height of the pedicle: the root leaves there. */
function lateralSacPoint(s: SpineInstances, volume: Volume, side: Side, height: Point): Vec3 | null {
  const { width, height: rows, depth, pixelMm, classes } = s.field;
  const y = Math.min(rows - 1, Math.max(0, Math.round(height[1] / pixelMm[1] - 0.5)));
  let found: Vec3 | null = null;
  for (let z = 0; z < depth; z++) {
    let [sumX, n] = [0, 0];
    for (let x = 0; x < width; x++) {
      const c = classes[x + width * (y + rows * z)];
      if (c !== CLASS.sac && c !== CLASS.cord) continue;
      sumX += x + 0.5;
      n++;
    }
    if (n < 2) continue;
    const p = pointInPatient(s, volume, [(sumX / n) * pixelMm[0], (y + 0.5) * pixelMm[1]], z);
    if (!found || (side === 'left' ? p[0] > found[0] : p[0] < found[0])) found = p;
  }
  return found;
}
