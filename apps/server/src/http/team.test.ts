import '../testing/patience.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { createPatient } from '../records/patients.ts';
import { type TestSite, testSite } from '../testing/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite();
});
afterAll(() => site.close());

it('somebody stands beside a patient once, however many ask for it at the same moment', async () => {
  const clinician = await site.visitor('clinician', 'vera');
  const nurse = await site.visitor('care-team', 'nora');
  const patientId = await site.database.inSite('main', async (tx) => {
    const id = await createPatient(tx, 'main', { name: 'Asked Often' });
    await relate(tx, 'main', clinician.accountId, id, 'care-team', 'test');
    return id;
  });
  const team = `/api/patients/${patientId}/team`;
  const body = JSON.stringify({ login: 'nora', kind: 'care-team', reason: 'ward round' });
  // None can end while the trail is held: all of them have looked by then.
  const asked = await site.database.inSite('main', async (tx) => {
    await tx.selectFrom('sites').select('id').forNoKeyUpdate().execute();
    const asking = [1, 2, 3].map(
      async () => (await clinician.request(team, { method: 'POST', body })).status,
    );
    const waiting = async () =>
      (await site.database.pool.query("select from pg_stat_activity where wait_event_type = 'Lock'"))
        .rowCount;
    await expect.poll(waiting).toBe(3);
    return { asking };
  });
  expect(await Promise.all(asked.asking)).toEqual([201, 201, 201]);
  const { members } = (await (await clinician.request(team)).json()) as {
    members: { id: string; login: string }[];
  };
  const [row, ...more] = members.filter((member) => member.login === 'nora');
  expect(more).toEqual([]);
  expect((await clinician.request(`${team}/${row?.id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await nurse.request(`/api/patients/${patientId}`)).status).toBe(404);
});
