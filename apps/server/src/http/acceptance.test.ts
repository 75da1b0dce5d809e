import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../database/connect.ts';
import { relate } from '../identity/accounts.ts';
import { createPatient } from '../records/patients.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** A clinician's word on a plan: by name and day, on the plan that was read, taken back by another word. */
let site: TestSite;
let vera: Visitor;
let karl: Visitor;
let patientId: string;
const FIRST = '2026-03-01T08:00:00.000Z';
const SECOND = '2026-03-02T08:00:00.000Z';

beforeAll(async () => {
  site = await testSite();
  [vera, karl] = await Promise.all([site.visitor('clinician', 'vera'), site.visitor('clinician', 'karl')]);
  patientId = await site.database.inSite('main', async (tx) => {
    const id = await createPatient(tx, 'main', { name: 'Anna Vogt' });
    for (const { accountId } of [vera, karl]) await relate(tx, 'main', accountId, id, 'care-team', 'test');
    return id;
  });
});
afterAll(() => site.close());

const judge = (made: string, genome: unknown = null): Promise<unknown> =>
  site.database.inSite('main', (tx) =>
    tx
      .insertInto('judgements')
      .values({
        site_id: 'main',
        id: `judged ${made}`,
        patient_id: patientId,
        study_id: null,
        patient_case: JSON.stringify({ genome }),
        assessment: '{"triage":{"statements":[]}}',
        plan: JSON.stringify({ now: made, urgency: 'soon', next: [], options: [], medications: [] }),
        created_at: new Date(made),
      })
      .execute(),
  );
const say = async (visitor: Visitor, plan: string, accepted: boolean) => {
  const reply = await visitor.request(`/api/patients/${patientId}/plan/acceptance`, {
    method: 'POST',
    body: JSON.stringify({ plan, accepted }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};
const revisions = async (visitor: Visitor = vera): Promise<readonly Record<string, unknown>[]> => {
  const reply = await visitor.request(`/api/patients/${patientId}/plan/revisions`);
  return ((await reply.json()) as { revisions: Record<string, unknown>[] }).revisions;
};
const NOBODY = { acceptedBy: null, acceptedAt: null, withdrawnBy: null, withdrawnAt: null };

describe('a clinician’s word on a plan', () => {
  it('needs a plan', async () => {
    expect((await say(vera, FIRST, true)).status).toBe(404);
  });

  it('is shown with name and moment, holds once, and is taken back by name too', async () => {
    await judge(FIRST);
    expect(await revisions()).toMatchObject([NOBODY]);
    expect((await say(vera, FIRST, false)).status).toBe(409);
    site.clock.now = new Date('2026-03-01T09:00:00Z');
    const accepted = await say(vera, FIRST, true);
    expect(accepted).toEqual({
      status: 201,
      body: { judgement: `judged ${FIRST}`, accepted: true, by: 'vera', at: '2026-03-01T09:00:00.000Z' },
    });
    expect(await revisions()).toMatchObject([
      { ...NOBODY, acceptedBy: 'vera', acceptedAt: '2026-03-01T09:00:00.000Z' },
    ]);
    expect((await say(karl, FIRST, true)).status).toBe(409);
    site.clock.now = new Date('2026-03-01T10:00:00Z');
    expect((await say(karl, FIRST, false)).status).toBe(201);
    expect(await revisions(karl)).toMatchObject([
      { ...NOBODY, withdrawnBy: 'karl', withdrawnAt: '2026-03-01T10:00:00.000Z' },
    ]);
    expect((await say(vera, FIRST, true)).status).toBe(201);
    expect(await revisions()).toMatchObject([{ acceptedBy: 'vera', withdrawnBy: null }]);
  });

  it('is about the plan that was read: a newer one is nobody’s yet, and the earlier one keeps its name', async () => {
    await judge(SECOND);
    const late = await say(karl, FIRST, false);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ problems: [{ where: 'plan' }] });
    expect(await revisions()).toMatchObject([NOBODY, { acceptedBy: 'vera' }]);
  });

  it('of two at once counts once', async () => {
    const both = await Promise.all([say(vera, SECOND, true), say(karl, SECOND, true)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('is not for a plan from a genome that is closed', async () => {
    const made = '2026-03-03T08:00:00.000Z';
    await judge(made, { sample: 'S' });
    const decide = (decision: string) =>
      vera.request(`/api/patients/${patientId}/consents`, {
        method: 'POST',
        body: JSON.stringify({ scope: 'genome', decision }),
      });
    expect((await decide('deny')).status).toBe(201);
    expect((await say(vera, made, true)).status).toBe(404);
    expect((await decide('permit')).status).toBe(201);
    expect((await say(vera, made, true)).status).toBe(201);
  });

  it('is in the trail, each word by itself, and can be neither changed nor removed', async () => {
    const rows = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('audit')
        .select(['resource_id', 'patient_id', 'reason', 'outcome'])
        .where('reason', 'in', ['plan accepted', 'acceptance of the plan withdrawn'])
        .where('resource_id', '=', `judged ${FIRST}`)
        .orderBy('seq')
        .execute(),
    );
    const said = (reason: string) => ({
      resource_id: `judged ${FIRST}`,
      patient_id: patientId,
      reason,
      outcome: 'allowed',
    });
    expect(rows).toEqual(
      ['plan accepted', 'acceptance of the plan withdrawn', 'plan accepted'].map((reason) => said(reason)),
    );
    const change = (work: (tx: Tx) => Promise<unknown>) => expect(site.database.inSite('main', work)).rejects;
    await change((tx) => tx.updateTable('plan_acceptances').set({ accepted: false }).execute()).toThrow(
      /permission denied/,
    );
    await change((tx) => tx.deleteFrom('plan_acceptances').execute()).toThrow(/permission denied/);
  });

  it('refuses a body that says neither', async () => {
    const reply = await vera.request(`/api/patients/${patientId}/plan/acceptance`, {
      method: 'POST',
      body: JSON.stringify({ plan: FIRST }),
    });
    expect(reply.status).toBe(400);
  });
});
