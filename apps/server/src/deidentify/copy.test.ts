import '../testing/patience.ts';
import { dataSet, readDicom, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite } from '../testing/site.ts';

const ALL = { cleanDescriptors: true, shiftDates: true } as const;

describe('a second copy', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await testSite();
  });
  afterAll(() => site.close());

  it('is made anew for other options, with UIDs of its own, and what is kept of it is true', async () => {
    const doctor = await site.visitor('clinician');
    const form = new FormData();
    for (const instance of [1, 2])
      form.append(
        'files',
        new File(
          [new Uint8Array(testObject({ patient: 'TWICE', study: 'twice', instance }).bytes)],
          `${instance}.dcm`,
        ),
      );
    const { studyId } = (await (
      await doctor.request('/api/studies', { method: 'POST', body: form })
    ).json()) as { studyId: string };
    const copy = async (options: object) =>
      (await (
        await doctor.request(`/api/studies/${studyId}/deidentified-copy`, {
          method: 'POST',
          body: JSON.stringify(options),
          headers: { 'content-type': 'application/json' },
        })
      ).json()) as { patientId: string; studyId: string; copied: number; alreadyThere: number };
    const bare = { cleanDescriptors: true, shiftDates: false };
    const [dated, undated, again] = [await copy(ALL), await copy(bare), await copy(ALL)];
    expect([dated.copied, undated.copied, again.copied, again.alreadyThere]).toEqual([2, 2, 0, 2]);
    expect(again.studyId).toBe(dated.studyId);
    expect(undated.studyId).not.toBe(dated.studyId);
    expect(undated.patientId).toBe(dated.patientId);
    const [dates, origins] = await site.database.inSite('main', async (tx) => [
      await tx
        .selectFrom('studies')
        .select(['id', 'study_date'])
        .where('patient_id', '=', dated.patientId)
        .execute(),
      await tx.selectFrom('deidentified_copies').selectAll().where('source_study_id', '=', studyId).execute(),
    ]);
    const dateOf = new Map(dates.map((row) => [row.id, row.study_date]));
    expect(dateOf.get(dated.studyId)).toMatch(/^\d/);
    expect(dateOf.get(undated.studyId)).toBeNull();
    // One line a copy that was made; the third request made none.
    expect(origins.map((row) => [row.study_id, row.options])).toEqual(
      expect.arrayContaining([
        [dated.studyId, expect.objectContaining(ALL)],
        [undated.studyId, expect.objectContaining(bare)],
      ]),
    );
    expect(origins).toHaveLength(2);
  });

  it('of somebody else with the same number is under another pseudonym', async () => {
    const doctor = await site.visitor('clinician', 'namesakes');
    const copies: string[] = [];
    for (const [name, born] of [
      ['Berg^Ida', '19700101'],
      ['Falk^Otto', '19450505'],
    ] as const) {
      const form = new FormData();
      const object = readDicom(testObject({ patient: 'SHARED', name, study: name, instance: 1 }).bytes);
      if (!object.ok) throw new Error(object.problems[0].what);
      const bytes = writePart10(new Map([...object.value.set, ...dataSet({ PatientBirthDate: born })]));
      form.append('files', new File([new Uint8Array(bytes)], '1.dcm'));
      const sent = await doctor.request('/api/studies', { method: 'POST', body: form });
      const { studyId } = (await sent.json()) as { studyId: string };
      const made = await doctor.request(`/api/studies/${studyId}/deidentified-copy`, {
        method: 'POST',
        body: JSON.stringify(ALL),
        headers: { 'content-type': 'application/json' },
      });
      copies.push(((await made.json()) as { patientId: string }).patientId);
    }
    expect(copies).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(copies).size).toBe(2);
  });
});
