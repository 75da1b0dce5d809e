import { randomUUID } from 'node:crypto';
import { affineFrom } from '@foramen/spine';
import { recordBlob } from '../blobs/catalogue.ts';
import { relate } from '../identity/accounts.ts';
import { writeVolume } from '../pictures/volume-file.ts';
import { createPatient } from '../records/patients.ts';
import type { TestSite, Visitor } from './site.ts';

/** Anna Vogt, treated by this clinician, with one study of one picture (4 x 3 x 2, values 0 to 230, one voxel labelled 95) and its job. */
export async function readStudy(
  site: TestSite,
  clinician: Visitor,
): Promise<{ patientId: string; studyId: string; jobId: string }> {
  const { database, services } = site;
  const volume = {
    size: [4, 3, 2] as const,
    spacing: [1, 1, 4] as const,
    ijkToLps: affineFrom(
      [
        [0, 1, 0],
        [0, 0, -1],
        [-1, 0, 0],
      ],
      [1, 1, 4],
      [0, 0, 0],
    ),
    data: Int16Array.from({ length: 24 }, (_, i) => i * 10),
  };
  const labels = { ...volume, data: Uint8Array.from({ length: 24 }, (_, i) => (i === 13 ? 95 : 0)) };
  const stored = await services.blobs.put(writeVolume(volume));
  const storedLabels = await services.blobs.put(writeVolume(labels));
  return database.inSite('main', async (tx) => {
    const patientId = await createPatient(tx, 'main', {
      name: 'Anna Vogt',
      birthDate: '1980-05-17',
      sex: 'female',
    });
    await relate(tx, 'main', clinician.accountId, patientId, 'care-team', 'test');
    const studyId = randomUUID();
    await tx
      .insertInto('studies')
      .values({
        site_id: 'main',
        id: studyId,
        patient_id: patientId,
        study_uid: null,
        study_date: '2026-03-01',
        description: 'L spine',
        accession_number: null,
        source: 'nifti',
        spacing: null,
        received_from: null,
      })
      .execute();
    await tx
      .insertInto('pictures')
      .values({
        site_id: 'main',
        id: randomUUID(),
        study_id: studyId,
        number: 1,
        series_uid: null,
        description: null,
        modality: 'MR',
        role: null,
        plane: 'sagittal',
        columns: 4,
        rows: 3,
        slices: 2,
        spacing: [1, 1, 4],
        ijk_to_lps: [...volume.ijkToLps],
        window_center: 115,
        window_width: 230,
        key_slice: 1,
        volume_blob: await recordBlob(tx, services.blobs, 'main', stored),
        labels_blob: await recordBlob(tx, services.blobs, 'main', storedLabels),
      })
      .execute();
    const jobId = await services.queue.enqueue(tx, 'main', {
      kind: 'analyze',
      patientId,
      studyId,
      createdBy: null,
    });
    return { patientId, studyId, jobId };
  });
}
