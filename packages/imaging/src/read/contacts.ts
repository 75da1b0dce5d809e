import {
  isPresence,
  type LevelFindings,
  mm,
  NERVE_ROOTS,
  type NerveRoot,
  type RootContact,
  type RootNotAssessed,
  type RootPath,
  type Vec3,
  vertebraAbove,
  vertebraBelow,
  voxelToLps,
} from '@foramen/spine';
import { herniationType, nassType } from '../grades/herniation-type.ts';
import { type AxialFront, axialFront, type LinePoint } from '../measures/axial-front.ts';
import { gradeOf, rootGrades, sacGrades } from '../measures/contact-grade.ts';
import type { Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { type ContactReading, contactReading, withAxial } from '../measures/root-contact.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

export type ContactFindings = Pick<LevelFindings, 'sacContact' | 'rootContacts' | 'rootsNotAssessed'>;

/** The root of an L6 vertebra works as S1 does, the one below it as S2. */
function rootOf(name: string, aboveIsL6: boolean): NerveRoot | undefined {
  const root = name === 'L6' ? 'S1' : name === 'S1' && aboveIsL6 ? 'S2' : name;
  return NERVE_ROOTS.find((r) => r === root);
}

/** Contact of a disc with sac and roots, roots by name; empty where nothing was outlined. */
function contactFindings(
  m: MeasuredDisc,
  reading: ContactReading | null,
  axial: AxialFront | null,
): ContactFindings {
  if (reading === null) return {};
  const { level } = m.disc;
  const above = vertebraAbove(level);
  const named: Readonly<Record<RootPath, NerveRoot | undefined>> = {
    exiting: rootOf(above, false),
    traversing: rootOf(vertebraBelow(level), above === 'L6'),
  };
  const contacts: RootContact[] = [];
  const open: RootNotAssessed[] = [];
  for (const { side, path, answer } of axial ? withAxial(reading, axial) : reading.roots) {
    const root = named[path];
    if (root === undefined) continue;
    if ('abstained' in answer) {
      open.push({ root, side, path, abstained: answer.abstained });
      continue;
    }
    const byGrade = rootGrades(answer.room);
    contacts.push({
      root,
      side,
      path,
      ...gradeOf(byGrade),
      read: {
        byGrade,
        clearanceMm: mm(answer.room.clearanceMm),
        planes: answer.planes,
        because: answer.where,
      },
    });
  }
  const { sac } = reading;
  const sacGrade = 'room' in sac ? sacGrades(sac.room) : null;
  return {
    sacContact:
      'room' in sac && sacGrade
        ? {
            ...gradeOf(sacGrade),
            read: {
              byGrade: sacGrade,
              clearanceMm: mm(sac.room.gapMm),
              planes: ['sagittal'],
              because: sac.where,
            },
          }
        : { abstained: 'abstained' in sac ? sac.abstained : '' },
    ...(contacts.length > 0 ? { rootContacts: contacts } : {}),
    ...(open.length > 0 ? { rootsNotAssessed: open } : {}),
  };
}

/** Share of what pushes a root away that is a herniation; the rest is a bulge, a ridge of bone or an outline that failed. */
const PUSHED_BY_HERNIATION = 0.7;
/** Share of free tissue in the canal that is a piece of disc; the rest is a vessel, a ganglion, or an outline that failed. */
const FREE_IS_HERNIATION = 0.8;

/**
 * Presence of a herniation once the slices beside the midline were read: the grader sees the middle of the disc alone, so tissue that pushes a
 * root away or lies free in the canal raises what it says and never lowers it.
 */
export function besideMidline(
  grades: Pick<LevelFindings, 'herniation' | 'herniationType'> | undefined,
  found: ContactFindings,
  displaced: Pick<MeasuredDisc, 'lateral' | 'displacement' | 'fragment'>,
): ContactFindings & Pick<LevelFindings, 'herniation' | 'herniationType' | 'nassType'> {
  const graded = grades?.herniation;
  if (!isPresence(graded)) return graded === undefined ? found : { ...found, nassType: graded };
  const pushed = (found.rootContacts ?? []).map((c) => (c.read ? c.read.byGrade[2] + c.read.byGrade[3] : 0));
  const { lateral, displacement, fragment } = displaced;
  const free = fragment?.p ?? 0;
  const p = Math.max(graded.p, PUSHED_BY_HERNIATION * Math.max(0, ...pushed), FREE_IS_HERNIATION * free);
  // A type that was left open because the midline shows no herniation is named from the slice that does.
  const type =
    p >= 0.5 && free >= 0.5
      ? 'sequestration'
      : graded.p < 0.5 && p >= 0.5 && lateral
        ? herniationType(lateral.apex.at, !lateral.focal)
        : null;
  return {
    ...found,
    herniation: { p },
    nassType: nassType(p, lateral?.apex.at ?? displacement, fragment),
    ...(type ? { herniationType: type } : {}),
  };
}

/** Weightings on which epidural fat is as dark as disc tissue. */
const FAT_DARK: ReadonlySet<string> = new Set(['stir', 't2-fat-suppressed', 'water']);

/** Contact at every disc: from the sagittal outlines, and in the lateral recess from axial T2 slices of the same frame of reference. */
export function readContacts(
  located: Located,
  primary: CanonicalSeries,
  series: readonly CanonicalSeries[],
  discs: readonly MeasuredDisc[],
  leftPerSlice: 1 | -1 | null,
): ContactFindings[] {
  const axials = series.filter(
    (a) =>
      a.reading.role === 'axial-T2' &&
      !FAT_DARK.has(a.contrast ?? '') &&
      a.hasGeometry &&
      primary.hasGeometry &&
      a.frameOfReferenceUid === primary.frameOfReferenceUid,
  );
  return discs.map((m) => {
    const reading = contactReading(located.instances, m.disc, leftPerSlice);
    return contactFindings(m, reading, reading ? frontOn(axials, located, m, reading) : null);
  });
}

/** The first axial series that cuts the disc. */
function frontOn(
  axials: readonly CanonicalSeries[],
  located: Located,
  m: MeasuredDisc,
  reading: ContactReading,
): AxialFront | null {
  const { frame, canal } = m;
  if (axials.length === 0 || !frame || !canal) return null;
  const { volume } = located;
  const { sliceIndex } = located.instances.field;
  const toPatient = (p: Point, z: number): Vec3 =>
    voxelToLps(
      volume.ijkToLps,
      p[0] / volume.spacing[0] - 0.5,
      p[1] / volume.spacing[1] - 0.5,
      sliceIndex[z] ?? 0,
    );
  const lines = reading.profiles.map((profile) =>
    profile.rays
      .filter((r) => r.h >= -1 && r.h <= profile.baseMm + 1)
      .map((r): LinePoint => {
        const at = toPatient(r.origin, profile.z);
        const behind = toPatient([r.origin[0] + r.out[0], r.origin[1] + r.out[1]], profile.z);
        return {
          leftMm: profile.leftMm,
          at,
          back: [behind[0] - at[0], behind[1] - at[1], behind[2] - at[2]],
        };
      }),
  );
  const sac = toPatient(
    [(canal.anterior[0] + canal.posterior[0]) / 2, (canal.anterior[1] + canal.posterior[1]) / 2],
    frame.slice,
  );
  for (const a of axials) {
    const front = axialFront(a.volume, lines, sac, reading.sacHalfMm);
    if (front) return front;
  }
  return null;
}
