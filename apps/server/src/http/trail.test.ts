import '../testing/patience.ts';
import type { Access } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { createPatient } from '../records/patients.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let patientId: string;
let clinician: Visitor;
let patient: Visitor;
beforeAll(async () => {
  site = await testSite();
  patientId = await site.database.inSite('main', (tx) => createPatient(tx, 'main', { name: 'Anna Vogt' }));
  clinician = await site.visitor('clinician', 'dr');
  patient = await site.visitor('patient', 'anna', patientId);
  await site.database.inSite('main', (tx) =>
    relate(tx, 'main', clinician.accountId, patientId, 'care-team', 'test'),
  );
});
afterAll(() => site.close());

const accesses = async (visitor: Visitor): Promise<readonly Access[]> => {
  const reply = await visitor.request(`/api/patients/${patientId}/access`);
  expect(reply.status).toBe(200);
  return ((await reply.json()) as { accesses: Access[] }).accesses;
};

describe('who came to a record', () => {
  it('is told to its patient and to administrators, to nobody else', async () => {
    expect((await clinician.request(`/api/patients/${patientId}`)).status).toBe(200);
    const other = await site.visitor('patient', 'stranger');
    const status = async (visitor: Visitor) =>
      (await visitor.request(`/api/patients/${patientId}/access`)).status;
    // A stranger learns not even that there is such a record.
    expect(await status(other)).toBe(404);
    expect(await status(clinician)).toBe(403);
    const told = await accesses(patient);
    const doctor = told.find((one) => one.name === 'dr');
    expect(doctor).toMatchObject({ role: 'clinician', times: 1, read: ['patient'], refused: 1 });
    expect((await accesses(await site.visitor('admin'))).some((one) => one.name === 'dr')).toBe(true);
  });

  it('says that a record was opened in an emergency, and why', async () => {
    const stranger = await site.visitor('clinician', 'emergency');
    const opened = await stranger.request(`/api/patients/${patientId}/break-glass`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'unconscious' }),
    });
    expect(opened.status).toBe(200);
    const line = (await accesses(patient)).find((one) => one.name === 'emergency');
    expect(line).toMatchObject({ emergency: 'unconscious', changed: [] });
  });
});
