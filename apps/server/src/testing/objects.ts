import { dataSet, SOP_CLASS, TRANSFER_SYNTAX, uidFromSeed, writePart10 } from '@foramen/dicom';

interface TestObject {
  readonly patient?: string;
  readonly name?: string;
  /** `YYYYMMDD`. */
  readonly birth?: string;
  readonly sex?: string;
  /** Who gave the number. */
  readonly issuer?: string;
  readonly study?: string;
  readonly series?: string;
  /** In place of the one that follows from study and series. */
  readonly seriesUid?: string;
  readonly instance: number;
  /** Side of the square picture; 512 gives an object of 525 KB. */
  readonly side?: number;
}

/** A small but complete MR object; the same arguments give the same bytes. */
export function testObject(options: TestObject): {
  bytes: Uint8Array;
  studyUid: string;
  seriesUid: string;
  sopUid: string;
} {
  const {
    patient = 'P1',
    name = 'Vogt^Anna',
    study = 'study',
    series = 'series',
    instance,
    side = 16,
  } = options;
  const studyUid = uidFromSeed(`test/${study}`);
  const seriesUid = options.seriesUid ?? uidFromSeed(`test/${study}/${series}`);
  const sopUid = uidFromSeed(`test/${study}/${series}/${instance}`);
  const pixels = new Uint16Array(side * side);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7 + instance * 13) % 4096;
  const bytes = writePart10(
    dataSet({
      SpecificCharacterSet: [...name].some((letter) => letter > 'ÿ') ? 'ISO_IR 192' : 'ISO_IR 100',
      SOPClassUID: SOP_CLASS.mr,
      SOPInstanceUID: sopUid,
      StudyInstanceUID: studyUid,
      SeriesInstanceUID: seriesUid,
      StudyDate: '20260301',
      StudyDescription: 'L-Wirbelsäule',
      Modality: 'MR',
      PatientName: name,
      PatientID: patient,
      ...(options.issuer === undefined ? {} : { IssuerOfPatientID: options.issuer }),
      PatientBirthDate: options.birth ?? '19800517',
      PatientSex: options.sex ?? 'F',
      SeriesNumber: 3,
      InstanceNumber: instance,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: side,
      Columns: side,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: pixels,
    }),
    { transferSyntax: TRANSFER_SYNTAX.explicitLittle },
  );
  return { bytes, studyUid, seriesUid, sopUid };
}
