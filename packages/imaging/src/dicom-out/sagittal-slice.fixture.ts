import { dataSet, SOP_CLASS, uidFromSeed, writePart10 } from '@foramen/dicom';
import type { NamedBytes } from '../volumes/series.ts';

/** One slice of a sagittal T2 series as a DICOM file; `entries` say where it lies and what it shows, and may say all else otherwise. */
export function sagittalSlice(k: number, entries: Parameters<typeof dataSet>[0]): NamedBytes {
  return {
    name: `${k}.dcm`,
    bytes: writePart10(
      dataSet({
        SOPClassUID: SOP_CLASS.mr,
        SOPInstanceUID: uidFromSeed(`image ${k}`),
        StudyInstanceUID: uidFromSeed('study'),
        SeriesInstanceUID: uidFromSeed('series'),
        FrameOfReferenceUID: uidFromSeed('frame'),
        Modality: 'MR',
        PatientID: 'P1',
        SeriesDescription: 'T2 sag',
        ImagePositionPatient: [4 * k, -100, 60],
        ImageOrientationPatient: [0, 1, 0, 0, 0, -1],
        PixelSpacing: [0.7, 0.7],
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        BitsAllocated: 16,
        BitsStored: 16,
        HighBit: 15,
        PixelRepresentation: 0,
        ...entries,
      }),
    ),
  };
}
