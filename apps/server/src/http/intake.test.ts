import '../testing/patience.ts';
import type { Intake } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherFacts } from '../jobs/subject.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let clinician: Visitor;
let patientId: string;
let base: string;

beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician');
  ({ patientId } = await readStudy(site, clinician));
  base = `/api/patients/${patientId}`;
});
afterAll(() => site.close());

const put = (who: Visitor, path: string, body: unknown, headers: Record<string, string> = {}) =>
  who.request(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const newest = async (): Promise<{ body: Intake; etag: string }> => {
  const reply = await clinician.request(`${base}/intake`);
  return { body: (await reply.json()) as Intake, etag: reply.headers.get('etag') ?? '' };
};

describe('answers that are being given', () => {
  it('are kept as they stand, even where they could not be sent, until they are sent', async () => {
    const draft = `${base}/intake/draft`;
    expect(await (await clinician.request(draft)).json()).toEqual({ draft: null });
    const half = { person: { ageYears: 4600 }, symptoms: { freeText: 'It bega' } };
    const kept = await put(clinician, draft, { body: half, basedOn: null, after: 0 });
    expect(await kept.json()).toMatchObject({ revision: 1 });
    expect(await (await clinician.request(draft)).json()).toMatchObject({
      draft: { body: half, revision: 1 },
    });
    expect((await put(clinician, `${base}/intake`, half)).status).toBe(400);
    expect(await (await clinician.request(draft)).json()).toMatchObject({ draft: { body: half } });
    await put(clinician, `${base}/intake`, { person: { ageYears: 46 } });
    expect(await (await clinician.request(draft)).json()).toEqual({ draft: null });
  });

  it('belong to who gives them, and a second window does not overwrite what it has not seen', async () => {
    const draft = `${base}/intake/draft`;
    const other = await site.visitor('care-team', 'nurse', patientId);
    await site.database.inSite('main', async (tx) => {
      const { relate } = await import('../identity/accounts.ts');
      await relate(tx, 'main', other.accountId, patientId, 'care-team', 'test');
    });
    await put(clinician, draft, { body: { date: '2026-01-01' }, basedOn: null, after: 0 });
    expect(await (await other.request(draft)).json()).toEqual({ draft: null });
    const both = await Promise.all(
      ['2026-01-02', '2026-01-03'].map((date) =>
        put(clinician, draft, { body: { date }, basedOn: null, after: 1 }),
      ),
    );
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 409]);
    await clinician.request(draft, { method: 'DELETE' });
    expect(await (await clinician.request(draft)).json()).toEqual({ draft: null });
  });

  it('do not come back by a window that still holds them, once they were sent in another', async () => {
    const draft = `${base}/intake/draft`;
    await put(clinician, draft, { body: { date: '2026-01-01' }, basedOn: null, after: 0 });
    await put(clinician, `${base}/intake`, { person: { ageYears: 46 } });
    const late = await put(clinician, draft, { body: { date: '2026-01-02' }, basedOn: null, after: 1 });
    expect(late.status).toBe(409);
    expect(await (await clinician.request(draft)).json()).toEqual({ draft: null });
    const fresh = await put(clinician, draft, { body: { date: '2026-01-03' }, basedOn: null, after: 0 });
    expect(await fresh.json()).toMatchObject({ revision: 1 });
    await clinician.request(draft, { method: 'DELETE' });
  });
});

describe('answers that are sent', () => {
  it('do not replace answers that were not seen', async () => {
    await put(clinician, `${base}/intake`, { symptoms: { legPainNrs: 5 } });
    const seen = (await newest()).etag;
    expect(
      (await put(clinician, `${base}/intake`, { symptoms: { legPainNrs: 6 } }, { 'if-match': seen })).status,
    ).toBe(202);
    const late = await put(
      clinician,
      `${base}/intake`,
      { symptoms: { legPainNrs: 1 } },
      { 'if-match': seen },
    );
    expect(late.status).toBe(412);
    expect((await newest()).body.symptoms?.legPainNrs).toBe(6);
  });

  it('of a patient leave what was found on examination', async () => {
    const patient = await site.visitor('patient', 'the patient', patientId);
    const found = { setting: 'specialist', examination: { motorLeft: { ankleDorsiflexion: 3 } } } as const;
    await put(clinician, `${base}/intake`, { ...found, symptoms: { backPainNrs: 4 } });
    const sent = await put(patient, `${base}/intake`, {
      symptoms: { backPainNrs: 7 },
      examination: { motorLeft: { ankleDorsiflexion: 5 } },
    });
    expect(sent.status).toBe(202);
    expect((await newest()).body).toEqual({ ...found, symptoms: { backPainNrs: 7 } });
  });

  it('say who gave them, and cannot be changed afterwards', async () => {
    const rows = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('intakes')
        .select(['account_id'])
        .where('site_id', '=', 'main')
        .where('patient_id', '=', patientId)
        .execute(),
    );
    expect(new Set(rows.map((row) => row.account_id)).size).toBe(2);
    await expect(
      site.database.inSite('main', (tx) =>
        tx.updateTable('intakes').set({ body: '{}' }).where('patient_id', '=', patientId).execute(),
      ),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('the diary', () => {
  const write = (who: Visitor, date: string, entry: unknown) => put(who, `${base}/diary/${date}`, entry);
  const days = async () =>
    (
      (await (await clinician.request(`${base}/diary`)).json()) as {
        entries: readonly { date: string; pain: number | null; note: string | null }[];
      }
    ).entries;

  it('takes a day, shows it as it was written last, and keeps what stood there before', async () => {
    const patient = await site.visitor('patient', 'the patient', patientId);
    await write(patient, '2026-05-02', { pain: 4, steps: null, note: 'slept badly' });
    await write(patient, '2026-05-01', { pain: 6, steps: 3000, note: null });
    expect(
      await (await write(patient, '2026-05-02', { pain: 3, steps: null, note: 'better' })).json(),
    ).toEqual({ revision: 2 });
    expect(await days()).toEqual([
      { date: '2026-05-01', pain: 6, steps: 3000, note: null },
      { date: '2026-05-02', pain: 3, steps: null, note: 'better' },
    ]);
    const all = await site.database.inSite('main', (tx) =>
      tx.selectFrom('diary_entries').select('note').where('patient_id', '=', patientId).execute(),
    );
    expect(all.map((row) => row.note)).toContain('slept badly');
  });

  it.each([
    ['a pain of 14', '2026-05-03', { pain: 14, steps: null, note: null }, 400],
    ['nothing', '2026-05-03', { pain: null, steps: null, note: '' }, 400],
    ['a day that is none', '2026-02-30', { pain: 4, steps: null, note: null }, 400],
    ['a day to come', '2199-01-01', { pain: 4, steps: null, note: null }, 422],
  ])('refuses %s', async (_, date, entry, status) => {
    expect((await write(clinician, date, entry)).status).toBe(status);
    expect((await days()).some((day) => day.date === date)).toBe(false);
  });
});

describe('a danger told in the diary', () => {
  const jobs = async (): Promise<number> =>
    (
      await site.database.inSite('main', (tx) =>
        tx.selectFrom('jobs').select('id').where('patient_id', '=', patientId).execute(),
      )
    ).length;
  const today = new Date().toISOString().slice(0, 10);

  it('has the person judged again; an ordinary day does not', async () => {
    const before = await jobs();
    await put(clinician, `${base}/diary/${today}`, { pain: 4, steps: null, note: 'Walked to the shop.' });
    expect(await jobs()).toBe(before);
    const note = 'Numb between my legs since this morning and I cannot pee.';
    expect((await put(clinician, `${base}/diary/${today}`, { pain: 6, steps: null, note })).status).toBe(200);
    expect(await jobs()).toBe(before + 1);
    const facts = await site.database.inSite('main', (tx) => gatherFacts(tx, 'main', patientId));
    expect(facts.notes).toEqual([{ id: `diary ${today}`, date: today, kind: 'diary', text: note }]);
  });
});
