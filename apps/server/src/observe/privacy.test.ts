import '../testing/patience.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite } from '../testing/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite();
});
afterAll(() => site.close());

it('holds no patient in logs and metrics after work of every kind, failures included', async () => {
  const clinician = await site.visitor('clinician');
  const object = testObject({
    study: 'privacy',
    patient: 'MRN-77123',
    name: 'Vogtherr^Annelies',
    instance: 1,
  });
  const part = [
    Buffer.from('--p\r\nContent-Type: application/dicom\r\n\r\n'),
    object.bytes,
    Buffer.from('\r\n--p--\r\n'),
  ];
  const headers = { 'content-type': 'multipart/related; type="application/dicom"; boundary=p' };
  await clinician.request('/dicomweb/studies', { method: 'POST', headers, body: Buffer.concat(part) });
  const json = (body: unknown): RequestInit => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  await clinician.request('/api/patients', json({ name: 'Vogtherr Annelies', birthDate: '1980-05-17' }));
  await clinician.request('/api/patients', json({ name: 'Vogtherr Annelies', birthDate: 'Vogtherr' }));
  await clinician.request('/api/patients?query=Vogtherr');
  await clinician.request('/dicomweb/studies?PatientName=Vogtherr*&PatientID=MRN-77123');
  await clinician.request(`/dicomweb/studies/${object.studyUid}/metadata`);
  await clinician.request('/api/patients/Vogtherr/case');
  await site.request('/api/session', json({ login: 'Vogtherr', password: 'Annelies-secret' }));
  const form = new FormData();
  form.append('name', 'Vogtherr Annelies');
  form.append('files', new File(['not a picture'], 'Vogtherr_Annelies.png'));
  await clinician.request('/api/studies', { method: 'POST', body: form });
  // A failure of the database itself, whose message quotes what it was given.
  await site.database.pool.query(
    'alter table foramen.patients add constraint no_vogtherr check (name not like $$Vogth%$$) not valid',
  );
  expect((await clinician.request('/api/patients', json({ name: 'Vogtherr Annelies' }))).status).toBe(500);
  const text = site.logged.join('') + (await (await site.request('/metrics')).text());
  expect(site.logged.length).toBeGreaterThan(5);
  expect(text).toContain('request failed');
  const trouble = [
    'Vogtherr',
    'Annelies',
    'MRN-77123',
    '1980-05-17',
    object.studyUid,
    clinician.csrf,
    clinician.cookie.slice(16),
  ];
  for (const secret of trouble) expect(text, secret).not.toContain(secret);
});
