import type { SequenceRole, SeriesReading, Volume } from '@foramen/spine';

/**
 * One series ready to be read. For the sagittal roles the volume is canonical: i runs from anterior to posterior, j from
 * head to foot, k over slices in either order; `ijkToLps` maps to patient millimetres. Axial series keep their own order
 * of voxels, with i to the patient's left and j to posterior, and are reached through `ijkToLps`.
 */
export interface CanonicalSeries {
  /** File or series name, for messages. */
  readonly name: string;
  readonly volume: Volume;
  readonly reading: SeriesReading;
  /** False when `ijkToLps` was made up (PNG): series can then only be matched by fraction of the picture. */
  readonly hasGeometry: boolean;
  /** Plane of the picture, for series whose role the header left open. */
  readonly plane?: string;
  /** Weighting as the header tells it: `water`, `fat`, `stir`, `t2-fat-suppressed` say more than the role does. */
  readonly contrast?: string;
  readonly frameOfReferenceUid?: string;
  readonly studyUid?: string;
  /** ISO 8601 date of the study. */
  readonly studyDate?: string;
  /** SOP instance of each slice k, where the source was DICOM. */
  readonly sopInstanceUids?: readonly string[];
  /** Depth of the vertebrae by the stated spacing, mm, where that is nobody's: `volume.spacing` is then scaled to usual vertebrae. */
  readonly deniedDepthMm?: number;
  readonly header?: { readonly patientAge?: number };
  /** False for each slice k that was interpolated from its neighbours; absent: every slice was taken. */
  readonly acquired?: readonly boolean[];
}

export function isSagittal(role: SequenceRole): boolean {
  return role.startsWith('sagittal-');
}

export function isAxial(role: SequenceRole): boolean {
  return role.startsWith('axial-');
}
