import '../testing/patience.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { candidateQuery, createPatient, type ListPlace } from '../records/patients.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** A large hospital's worklist: whoever is most urgent stands first, wherever in the alphabet, and pages follow on without a gap. */
const MANY = 20_000;
const ORDER = ['emergency', 'urgent', 'soon', 'routine', 'self-care', null];

let site: TestSite;
let clinician: Visitor;
let other: Visitor;
beforeAll(async () => {
  site = await testSite();
  [clinician, other] = await Promise.all([
    site.visitor('clinician', 'vera'),
    site.visitor('clinician', 'other'),
  ]);
  await site.database.inSite('main', async (tx) => {
    await sql`insert into patients (site_id, id, name)
      select 'main', 'p' || n, 'Person ' || lpad(n::text, 6, '0') from generate_series(1, ${MANY}) n`.execute(
      tx,
    );
    await sql`insert into relationships (site_id, id, account_id, patient_id, kind)
      select 'main', 'r' || n, ${clinician.accountId}, 'p' || n, 'care-team' from generate_series(1, ${MANY}) n`.execute(
      tx,
    );
    // One in eight not judged; three emergencies at the end of the alphabet. The documents are as long as real ones.
    await sql`insert into judgements (site_id, id, patient_id, patient_case, assessment, plan)
      select 'main', 'j' || n, 'p' || n, '{}',
        jsonb_build_object('triage', jsonb_build_object('statements', jsonb_build_array(jsonb_build_object('text', 'Line of ' || n)))),
        jsonb_build_object('urgency', case when n > ${MANY} - 3 then 'emergency' when n % 50 = 0 then 'urgent' when n % 9 = 0 then 'soon'
          when n % 2 = 0 then 'routine' else 'self-care' end, 'rest', repeat(md5(n::text), 100))
      from generate_series(1, ${MANY}) n where n % 8 <> 1`.execute(tx);
  });
  // As the database does by itself within a minute: how to read is decided by what it knows of the tables.
  const client = new pg.Client({ connectionString: site.url });
  await client.connect();
  await client.query('analyze');
  await client.end();
});
afterAll(() => site.close());

interface Row {
  readonly id: string;
  readonly name: string;
  readonly urgency: string | null;
  readonly headline: string | null;
}
const page = async (visitor: Visitor, query: string) => {
  const reply = await visitor.request(`/api/patients?${query}`);
  expect(reply.status).toBe(200);
  return (await reply.json()) as { patients: Row[]; next: string | null };
};
async function all(visitor: Visitor, query: string) {
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const { patients, next } = await page(visitor, `${query}&limit=200${after}`);
    rows.push(...patients);
    if (next === null) return rows;
    after = `&after=${next}`;
  }
}

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}
/** Rows of tables that the database looks at for one page. */
async function rowsRead(accountId: string, after: ListPlace | null): Promise<number> {
  const explained = await site.database.inSite('main', (tx) =>
    candidateQuery(tx, 'main', {
      accountId,
      query: '',
      urgency: undefined,
      order: 'urgency',
      limit: 200,
      after,
      researcher: false,
    }).explain('json', sql`analyze`),
  );
  const count = (node: PlanNode): number =>
    (node['Relation Name'] === undefined
      ? 0
      : (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']) +
    (node.Plans ?? []).reduce((sum, below) => sum + count(below), 0);
  const [first] = explained as unknown as { 'QUERY PLAN': { Plan: PlanNode }[] }[];
  return count(first!['QUERY PLAN'][0]!.Plan);
}

describe(`a worklist of ${MANY} patients`, () => {
  it('begins with the emergencies, wherever in the alphabet they stand', async () => {
    const { patients } = await page(clinician, 'limit=5');
    expect(patients.map((row) => row.urgency)).toEqual([
      'emergency',
      'emergency',
      'emergency',
      'urgent',
      'urgent',
    ]);
    expect(patients[0]).toMatchObject({ name: `Person 0${MANY - 2}`, headline: `Line of ${MANY - 2}` });
  });

  it('is read page by page in the order of urgency and name, everybody once', async () => {
    const rows = await all(clinician, '');
    expect(new Set(rows.map((row) => row.id)).size).toBe(MANY);
    expect(rows.length).toBe(MANY);
    const keys = rows.map((row) => `${ORDER.indexOf(row.urgency)} ${row.name}`);
    expect(keys).toEqual([...keys].sort());
  });

  it('costs as much in the middle as at its beginning: a page goes on where the last one ended', async () => {
    const first = await rowsRead(clinician.accountId, null);
    const late = await rowsRead(clinician.accountId, [3, 'person 010000', 'p10000']);
    console.info(`rows read for a page of 200 of ${MANY}: ${first} at the beginning, ${late} in the middle`);
    expect(first).toBeGreaterThanOrEqual(200);
    // Each of the 200 with its relationship, and some that are looked at in vain.
    expect(first).toBeLessThan(2_000);
    expect(late).toBeLessThan(2_000);
  });

  it('is narrowed by urgency, and put in order of names where that is asked for', async () => {
    const rows = await all(clinician, 'urgency=urgent');
    expect(rows.length).toBe(rows.filter((row) => row.urgency === 'urgent').length);
    expect(rows.length).toBeGreaterThan(MANY / 60);
    const byName = await page(clinician, 'order=name&limit=3');
    expect(byName.patients.map((row) => row.id)).toEqual(['p1', 'p2', 'p3']);
    const next = await page(clinician, `order=name&limit=3&after=${byName.next}`);
    expect(next.patients.map((row) => row.id)).toEqual(['p4', 'p5', 'p6']);
    const named = await page(clinician, 'query=019999');
    expect(named.patients.map((row) => [row.id, row.urgency])).toEqual([['p19999', 'emergency']]);
    const wrong = await clinician.request('/api/patients?after=WyJhIiwiYiJd');
    expect(wrong.status).toBe(400);
  });

  it('moves a patient with a newer judgement, not with an older one that comes later', async () => {
    const judge = (id: string, urgency: string, at: string) =>
      site.database.inSite('main', (tx) =>
        sql`insert into judgements (site_id, id, patient_id, patient_case, assessment, plan, created_at) values
          ('main', ${id}, 'p1', '{}', '{}', jsonb_build_object('urgency', ${urgency}::text, 'next', '[{"text":"Go now"}]'::jsonb), ${at}::timestamptz)`.execute(
          tx,
        ),
      );
    await judge('new', 'emergency', '2026-11-20T10:00:00Z');
    expect((await page(clinician, 'limit=1')).patients[0]).toMatchObject({ id: 'p1', headline: 'Go now' });
    await judge('old', 'self-care', '2026-11-19T10:00:00Z');
    expect((await page(clinician, 'limit=1')).patients[0]).toMatchObject({ id: 'p1', urgency: 'emergency' });
  });

  it('holds only the own patients, and finds few among many without walking through all', async () => {
    expect((await page(other, '')).patients).toEqual([]);
    await site.database.inSite('main', async (tx) => {
      const id = await createPatient(tx, 'main', { name: 'Zoe Last' });
      await relate(tx, 'main', other.accountId, id, 'care-team', 'test');
      await relate(tx, 'main', other.accountId, 'p20000', 'care-team', 'test');
    });
    const { patients } = await page(other, '');
    expect(patients.map((row) => row.name)).toEqual(['Person 020000', 'Zoe Last']);
    expect(await rowsRead(other.accountId, null)).toBeLessThan(2_000);
  });
});
