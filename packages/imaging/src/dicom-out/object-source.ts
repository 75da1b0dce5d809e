import { type DataSet, dataSet, type Keyword, text, uidFromSeed } from '@foramen/dicom';
import type { ModelReference } from '@foramen/spine';
import type { InputSeries, SourceSlice } from '../volumes/series.ts';
import { OWN_SCHEME } from './coded-concept.ts';

/** What every object the product makes is stamped with. */
export interface ObjectStamp {
  /** The moment of making, ISO 8601 with time; an argument, never a clock. */
  readonly now: string;
  readonly version: string;
  readonly models: readonly ModelReference[];
  /** Levels are not named: outlines are called disc and vertebra, with their label's value. */
  readonly unnamed?: boolean;
  /** Identifies this installation; SERIAL when it has none. */
  readonly deviceSerialNumber?: string;
}

export const MANUFACTURER = 'Foramen';
export const DEVICE_NAME = 'Foramen lumbar MRI analysis';

/** ISO 8601 to DA and TM. */
function dateAndTime(iso: string): { readonly date: string; readonly time: string } {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(iso);
  if (!match) throw new RangeError(`not an ISO 8601 moment: ${iso}`);
  return {
    date: `${match[1]}${match[2]}${match[3]}`,
    time: `${match[4] ?? '00'}${match[5] ?? '00'}${match[6] ?? '00'}`,
  };
}

/** Study and frame of reference of a series; made from its name where the input was no DICOM. */
export function placeOf(series: InputSeries): {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly frameOfReferenceUid: string;
} {
  return {
    studyUid: series.studyUid ?? uidFromSeed(`study of ${series.id}`),
    seriesUid: series.reading.seriesUid ?? uidFromSeed(`series ${series.id}`),
    frameOfReferenceUid: series.frameOfReferenceUid ?? uidFromSeed(`frame of reference of ${series.id}`),
  };
}

/**
 * Patient, general study and equipment modules shared by SEG and SR: the patient's elements are carried over from the
 * source, type 2 ones empty when it has none.
 */
export function commonModules(series: InputSeries, stamp: ObjectStamp): DataSet {
  const { identity } = series.source;
  const carried = (keyword: Keyword): string | null => (identity && text(identity, keyword)) ?? null;
  const optional = (keyword: Keyword): string | undefined =>
    (identity && text(identity, keyword)) ?? undefined;
  const { date, time } = dateAndTime(stamp.now);
  return dataSet({
    SpecificCharacterSet: 'ISO_IR 192',
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    StudyDate: carried('StudyDate'),
    StudyTime: carried('StudyTime'),
    SeriesDate: date,
    SeriesTime: time,
    ContentDate: date,
    ContentTime: time,
    AccessionNumber: carried('AccessionNumber'),
    ReferringPhysicianName: carried('ReferringPhysicianName'),
    StudyDescription: optional('StudyDescription'),
    PatientName: carried('PatientName'),
    PatientID: carried('PatientID'),
    IssuerOfPatientID: optional('IssuerOfPatientID'),
    PatientBirthDate: carried('PatientBirthDate'),
    PatientSex: carried('PatientSex'),
    PatientAge: optional('PatientAge'),
    PatientSize: optional('PatientSize'),
    PatientWeight: optional('PatientWeight'),
    PatientIdentityRemoved: optional('PatientIdentityRemoved'),
    DeidentificationMethod: optional('DeidentificationMethod'),
    StudyInstanceUID: placeOf(series).studyUid,
    StudyID: carried('StudyID'),
    CodingSchemeIdentificationSequence: dataSet({
      CodingSchemeDesignator: OWN_SCHEME,
      CodingSchemeName: 'Foramen concepts',
      CodingSchemeResponsibleOrganization: MANUFACTURER,
    }),
    Manufacturer: MANUFACTURER,
    ManufacturerModelName: DEVICE_NAME,
    DeviceSerialNumber: stamp.deviceSerialNumber ?? 'SERIAL',
    SoftwareVersions: [
      stamp.version,
      ...stamp.models.map((model) => `${model.id} ${model.version}`.slice(0, 64)),
    ],
  });
}

/** Several data sets as one; later ones win. */
export function merge(...sets: readonly DataSet[]): DataSet {
  return new Map(sets.flatMap((set) => [...set]));
}

/** SOP class and instance of one stored image, once each, in order. */
export function referencedInstances(slices: readonly SourceSlice[]): readonly DataSet[] {
  const seen = new Set<string>();
  const out: DataSet[] = [];
  for (const slice of slices) {
    if (!slice.acquired || !slice.sopInstanceUid || !slice.sopClassUid || seen.has(slice.sopInstanceUid))
      continue;
    seen.add(slice.sopInstanceUid);
    out.push(
      dataSet({ ReferencedSOPClassUID: slice.sopClassUid, ReferencedSOPInstanceUID: slice.sopInstanceUid }),
    );
  }
  return out;
}
