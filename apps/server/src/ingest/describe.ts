import type { StoredBlob } from '../blobs/store.ts';
import type { StudySource } from '../database/schema.ts';

/** What an uploaded study says about itself. Formats other than DICOM say nothing. */
export interface UploadDescription {
  readonly studyUid: string | null;
  readonly studyDate: string | null;
  readonly description: string | null;
  readonly accessionNumber: string | null;
  readonly patientName: string | null;
  readonly birthDate: string | null;
  readonly sex: 'female' | 'male' | 'unknown';
}

export async function describeUpload(
  _source: StudySource,
  files: readonly { readonly name: string; readonly stored: StoredBlob }[],
  _read: (object: string) => Promise<Buffer>,
): Promise<UploadDescription> {
  return {
    studyUid: null,
    studyDate: null,
    description: files[0]?.name.split(/[/\\]/).at(-1) ?? null,
    accessionNumber: null,
    patientName: null,
    birthDate: null,
    sex: 'unknown',
  };
}
