import { dataSet, SOP_CLASS, uidFromSeed, writePart10 } from '@foramen/dicom';
import type { MrSeries, SeriesRole } from './mr-series.ts';
import { cross, dot, unit } from './plane.ts';

/** Who and when, for the headers. Dates as YYYYMMDD. */
export interface StudyIdentity {
  readonly patientId: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
  readonly studyKey: string;
  readonly studyDate: string;
  readonly ageYears: number;
}

export interface GeneratedFile {
  /** Path with forward slashes, relative to the patient's folder. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const DESCRIPTION: Readonly<Record<SeriesRole, string>> = {
  'sagittal-t2': 'T2 TSE SAG',
  'sagittal-t1': 'T1 TSE SAG',
  'axial-t2': 'T2 TSE TRA',
};

/** Study UID of an identity: the same for the same patient and study key. */
export function studyUid(identity: StudyIdentity): string {
  return uidFromSeed(`${identity.patientId}/${identity.studyKey}`);
}

/** One MR Image Storage file (PS3.3 A.4) a slice, explicit little endian, all series in one frame of reference. */
export function writeStudy(identity: StudyIdentity, all: readonly MrSeries[]): GeneratedFile[] {
  const study = studyUid(identity);
  const frame = uidFromSeed(`${study}/frame`);
  return all.flatMap((series, s) => {
    const seriesUid = uidFromSeed(`${study}/${series.role}`);
    return series.slices.map((slice, k): GeneratedFile => {
      const { plane } = slice;
      const u = unit(plane.du);
      const v = unit(plane.dv);
      const round = (x: number): number => Math.round(x * 1e5) / 1e5;
      let max = 0;
      for (const p of slice.pixels) if (p > max) max = p;
      const set = dataSet({
        SpecificCharacterSet: 'ISO_IR 192',
        ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'SE'],
        SOPClassUID: SOP_CLASS.mr,
        SOPInstanceUID: uidFromSeed(`${seriesUid}/${k}`),
        StudyDate: identity.studyDate,
        SeriesDate: identity.studyDate,
        AcquisitionDate: identity.studyDate,
        ContentDate: identity.studyDate,
        StudyTime: '090000',
        SeriesTime: `09${String(5 + s * 6).padStart(2, '0')}00`,
        AcquisitionTime: `09${String(5 + s * 6).padStart(2, '0')}00`,
        ContentTime: `09${String(5 + s * 6).padStart(2, '0')}${String(k % 60).padStart(2, '0')}`,
        AccessionNumber: `P${identity.studyDate.slice(2)}${s === 0 ? '' : ''}`,
        Modality: 'MR',
        Manufacturer: 'Foramen phantom',
        ManufacturerModelName: 'Synthetic MR',
        InstitutionName: 'Synthetic',
        ReferringPhysicianName: null,
        StudyDescription: 'MR LUMBAR SPINE (synthetic)',
        SeriesDescription: DESCRIPTION[series.role],
        ProtocolName: DESCRIPTION[series.role],
        PatientName: `${identity.familyName}^${identity.givenName}`,
        PatientID: identity.patientId,
        PatientBirthDate: identity.birthDate,
        PatientSex: identity.sex,
        PatientAge: `${String(identity.ageYears).padStart(3, '0')}Y`,
        PatientComments: 'Synthetic data: no real person',
        BodyPartExamined: 'LSPINE',
        ScanningSequence: 'SE',
        SequenceVariant: 'SK',
        ScanOptions: null,
        MRAcquisitionType: '2D',
        SliceThickness: series.thickness,
        SpacingBetweenSlices: round(series.thickness + series.gap),
        RepetitionTime: series.repetitionTime,
        EchoTime: series.echoTime,
        EchoTrainLength: series.contrast === 'T1' ? 3 : 17,
        MagneticFieldStrength: 1.5,
        FlipAngle: 150,
        PatientPosition: 'HFS',
        StudyInstanceUID: study,
        SeriesInstanceUID: seriesUid,
        StudyID: identity.studyKey,
        SeriesNumber: s + 2,
        InstanceNumber: k + 1,
        ImagePositionPatient: plane.origin.map(round),
        ImageOrientationPatient: [...u, ...v].map(round),
        FrameOfReferenceUID: frame,
        PositionReferenceIndicator: null,
        SliceLocation: round(dot(plane.origin, unit(cross(plane.du, plane.dv)))),
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: plane.height,
        Columns: plane.width,
        PixelSpacing: [round(Math.hypot(...plane.dv)), round(Math.hypot(...plane.du))],
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelRepresentation: 0,
        WindowCenter: 700,
        WindowWidth: 1400,
        LargestImagePixelValue: max,
        SmallestImagePixelValue: 0,
        BurnedInAnnotation: 'NO',
        LossyImageCompression: '00',
        PixelData: slice.pixels,
      });
      const name = `${identity.studyKey}/${series.role}/${String(k + 1).padStart(3, '0')}.dcm`;
      return { path: `dicom/${name}`, bytes: writePart10(set) as Uint8Array<ArrayBuffer> };
    });
  });
}
