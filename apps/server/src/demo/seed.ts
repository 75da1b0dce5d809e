import { randomUUID } from 'node:crypto';
import { SAMPLE_STORIES } from '@foramen/phantom';
import { ensureAccount, relate } from '../identity/accounts.ts';
import { SAMPLE } from '../jobs/queue.ts';
import { createPatient } from '../records/patients.ts';
import type { Services } from '../services.ts';

/**
 * Signs the demo clinician up and brings in the sample people: their names and intakes at once, so that the worklist is never empty; their
 * pictures, genotypes and diaries by jobs, which draw and analyse them one after another. Running it again changes nothing.
 */
export async function seedDemo(services: Services, seed: number): Promise<void> {
  const { database, siteId, queue } = services;
  await database.inSite(siteId, async (tx) => {
    const account = await ensureAccount(tx, siteId, {
      login: 'demo',
      name: 'Demo clinician',
      role: 'clinician',
      password: null,
      demo: true,
    });
    const there = new Set(
      (
        await tx
          .selectFrom('patients')
          .select('id')
          .where('site_id', '=', siteId)
          .where('sample', '=', true)
          .execute()
      ).map((row) => row.id),
    );
    for (const story of SAMPLE_STORIES) {
      if (there.has(story.id)) continue;
      const patientId = await createPatient(tx, siteId, {
        id: story.id,
        name: `${story.givenName} ${story.familyName}`,
        birthDate: story.birthDate,
        sex: story.sex,
        medicalRecordNumber: story.id.toUpperCase(),
        sample: true,
        story: story.title,
      });
      await relate(tx, siteId, account, patientId, 'care-team', 'sample patient');
      await tx
        .insertInto('intakes')
        .values({
          site_id: siteId,
          id: randomUUID(),
          patient_id: patientId,
          body: JSON.stringify(story.intake),
        })
        .execute();
      await queue.enqueue(tx, siteId, { kind: SAMPLE, patientId, studyId: null, createdBy: account, seed });
    }
  });
}
