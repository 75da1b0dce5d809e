import '../testing/patience.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBlob } from '../blobs/catalogue.ts';
import { relate } from '../identity/accounts.ts';
import { analyzeJob } from '../jobs/analyze.ts';
import { ANALYZE, updateJob } from '../jobs/queue.ts';
import { gather } from '../jobs/subject.ts';
import { createPatient } from '../records/patients.ts';
import { recordConsent } from '../testing/consents.ts';
import { testObject } from '../testing/objects.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** What a patient permits and refuses holds from that moment on, on every path, also for what was made before. */
let site: TestSite;
let clinician: Visitor;
beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician', 'vera');
});
afterAll(() => site.close());

const VCF = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr16,length=90338345,assembly=GRCh38>',
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1',
  'chr16\t31096368\trs9923231\tC\tT\t.\tPASS\t.\tGT\t1/1',
  '',
].join('\n');
const json = async <T>(visitor: Visitor, path: string): Promise<T> =>
  (await (await visitor.request(path)).json()) as T;
const decide = async (patientId: string, scope: string, decision: string): Promise<void> => {
  const body = JSON.stringify({ scope, decision });
  const path = `/api/patients/${patientId}/consents`;
  expect((await clinician.request(path, { method: 'POST', body })).status).toBe(201);
};
async function patient(name: string): Promise<string> {
  return site.database.inSite('main', async (tx) => {
    const id = await createPatient(tx, 'main', { name });
    await relate(tx, 'main', clinician.accountId, id, 'care-team', 'test');
    return id;
  });
}
const analysis = (onRead: (object: string) => Promise<void> = async () => undefined) => {
  const { database, blobs, queue, metrics } = site.services;
  const watched = {
    read: async (object: string) => {
      await onRead(object);
      return blobs.read(object);
    },
    put: (content: Uint8Array) => blobs.put(content),
    remove: (object: string) => blobs.remove(object),
  } as typeof blobs;
  return {
    database,
    blobs: watched,
    queue,
    metrics,
    run: () => Promise.reject(new Error('no picture is read here')),
    // Nor is a network asked for what it can.
    reading: () => ({}) as never,
    peers: [],
    now: () => new Date(),
    log: () => undefined,
  };
};

describe('a genome that is closed', () => {
  it('goes with what was concluded from it: plan, assessment, history and reports, but for the patient', async () => {
    const { patientId, studyId } = await readStudy(site, clinician);
    const own = await site.visitor('patient', 'anna', patientId);
    const medicines = (advice: string) => [{ drug: 'codeine', advice, statement: { text: 'x' } }];
    await site.database.inSite('main', async (tx) => {
      const stored = await site.services.blobs.put(Buffer.from('<html><body>codeine: avoid</body></html>'));
      const genome = { site_id: 'main', id: 'g', patient_id: patientId, profile: null };
      await tx
        .insertInto('genomes')
        .values({ ...genome, blob_id: await recordBlob(tx, site.services.blobs, 'main', stored) })
        .execute();
      await tx
        .insertInto('documents')
        .values({
          site_id: 'main',
          id: 'report',
          study_id: studyId,
          kind: 'report',
          blob_id: stored.sha256,
          genome_id: 'g',
        })
        .execute();
      for (const [n, advice] of ['standard', 'avoid'].entries())
        await tx
          .insertInto('judgements')
          .values({
            site_id: 'main',
            id: `j${n}`,
            patient_id: patientId,
            study_id: studyId,
            patient_case: JSON.stringify({ genome: n === 0 ? null : { sample: 'S' } }),
            assessment: '{"triage":{"statements":[]}}',
            plan: JSON.stringify({ urgency: 'soon', next: [], options: [], medications: medicines(advice) }),
            account_id: n === 0 ? null : clinician.accountId,
            created_at: new Date(Date.UTC(2026, 0, 1 + n)),
          })
          .execute();
    });
    const seen = async (visitor: Visitor) => {
      const path = `/api/patients/${patientId}`;
      const status = async (at: string) => (await visitor.request(at)).status;
      const { revisions } = await json<{ revisions: { revisedBy: string | null; changes: string[] }[] }>(
        visitor,
        `${path}/plan/revisions`,
      );
      return {
        plan: await status(`${path}/plan`),
        assessment: await status(`${path}/assessment`),
        report: await status(`/api/studies/${studyId}/report.html`),
        changes: revisions.map(({ revisedBy, changes }) => [revisedBy, ...changes]),
      };
    };
    const open = {
      plan: 200,
      assessment: 200,
      report: 200,
      changes: [['vera', 'now codeine: avoid', 'no longer codeine: standard'], [null]],
    };
    expect([await seen(clinician), await seen(own)]).toEqual([open, open]);
    await decide(patientId, 'genome', 'deny');
    const closed = { plan: 404, assessment: 404, report: 404, changes: [['vera'], [null]] };
    expect([await seen(clinician), await seen(own)]).toEqual([closed, open]);
    await decide(patientId, 'genome', 'permit');
    expect(await seen(clinician)).toEqual(open);
  });

  it('while an analysis is at work is left out of what it writes', async () => {
    const patientId = await patient('In Flight');
    const intake = { method: 'PUT', body: JSON.stringify({ person: { ageYears: 40 } }) };
    expect((await clinician.request(`/api/patients/${patientId}/intake`, intake)).status).toBe(202);
    const put = await clinician.request(`/api/patients/${patientId}/genome`, { method: 'PUT', body: VCF });
    const { job } = (await put.json()) as { job: { id: string } };
    let reads = 0;
    const context = analysis(async () => {
      // The genotype is being read when the patient closes it.
      if (reads++ === 0) await decide(patientId, 'genome', 'deny');
    });
    await analyzeJob(context, { siteId: 'main', jobId: job.id, onlyFacts: true }, true);
    const judged = await site.database.inSite('main', (tx) =>
      tx.selectFrom('judgements').selectAll().where('patient_id', '=', patientId).execute(),
    );
    expect(judged.map((row) => row.patient_case.genome)).toEqual([null]);
    // Whose entry led to it is kept with it.
    expect(judged[0]).toMatchObject({ account_id: clinician.accountId, job_id: job.id });
    const genomes = await site.database.inSite('main', (tx) =>
      tx.selectFrom('genomes').select('profile').where('patient_id', '=', patientId).execute(),
    );
    expect(genomes).toEqual([{ profile: null }]);
    expect(await json(clinician, `/api/jobs/${job.id}`)).toMatchObject({ state: 'done' });
  });
});

describe('a consent to research', () => {
  it('that is taken back closes the copies too, at once, and giving it opens them', async () => {
    const patientId = await patient('Copied');
    const form = new FormData();
    const object = testObject({ study: 'copied', patient: 'COPIED', instance: 1 });
    form.append('files', new File([Uint8Array.from(object.bytes)], 'a.dcm'));
    form.append('patientId', patientId);
    const uploaded = await clinician.request('/api/studies', { method: 'POST', body: form });
    const { studyId } = (await uploaded.json()) as { studyId: string };
    await decide(patientId, 'research', 'permit');
    const made = await clinician.request(`/api/studies/${studyId}/deidentified-copy`, {
      method: 'POST',
      body: '{}',
    });
    const copy = (await made.json()) as { patientId: string; studyId: string };
    const researcher = await site.visitor('researcher');
    const seen = async () => ({
      record: (await researcher.request(`/api/patients/${copy.patientId}`)).status,
      study: (await researcher.request(`/api/studies/${copy.studyId}`)).status,
      listed: (await json<{ patients: unknown[] }>(researcher, '/api/patients')).patients.length,
      found: (await json<unknown[]>(researcher, '/dicomweb/studies')).length,
    });
    expect(await seen()).toEqual({ record: 200, study: 200, listed: 1, found: 1 });
    await decide(patientId, 'research', 'deny');
    expect(await seen()).toEqual({ record: 404, study: 404, listed: 0, found: 0 });
    // A further copy brings no earlier decision back.
    await clinician.request(`/api/studies/${studyId}/deidentified-copy`, { method: 'POST', body: '{}' });
    expect((await seen()).record).toBe(404);
    await decide(patientId, 'research', 'permit');
    expect(await seen()).toEqual({ record: 200, study: 200, listed: 1, found: 1 });
  });
});

describe('the last word holds', () => {
  it('also when the clock was ahead at the word before it', async () => {
    const patientId = await patient('Clock');
    await site.database.inSite('main', (tx) =>
      recordConsent(tx, patientId, {
        scope: 'treatment',
        decision: 'permit',
        recorded_at: new Date(Date.now() + 86_400_000),
      }),
    );
    await decide(patientId, 'treatment', 'deny');
    expect((await clinician.request(`/api/patients/${patientId}`)).status).toBe(404);
  });

  it('and access that was ended stays ended when the clock goes back behind its end', async () => {
    const patientId = await patient('Ended');
    const nurse = await site.visitor('care-team', 'nora');
    const post = {
      method: 'POST',
      body: JSON.stringify({ login: 'nora', kind: 'care-team', reason: 'ward' }),
    };
    expect((await clinician.request(`/api/patients/${patientId}/team`, post)).status).toBe(201);
    expect((await nurse.request(`/api/patients/${patientId}`)).status).toBe(200);
    const { members } = await json<{ members: { id: string; login: string }[] }>(
      clinician,
      `/api/patients/${patientId}/team`,
    );
    const path = `/api/patients/${patientId}/team/${members.find((m) => m.login === 'nora')?.id}`;
    expect((await clinician.request(path, { method: 'DELETE' })).status).toBe(200);
    expect((await nurse.request(`/api/patients/${patientId}`)).status).toBe(404);
    await site.database.inSite('main', (tx) =>
      sql`update relationships set valid_until = now() + interval '1 day' where account_id = ${nurse.accountId}`.execute(
        tx,
      ),
    );
    expect((await nurse.request(`/api/patients/${patientId}`)).status).toBe(404);
    expect((await clinician.request(path, { method: 'DELETE' })).status).toBe(404);
    // Asked back, the nurse has access again.
    expect((await clinician.request(`/api/patients/${patientId}/team`, post)).status).toBe(201);
    expect((await nurse.request(`/api/patients/${patientId}`)).status).toBe(200);
  });
});

describe('the people around a patient', () => {
  const ask = async (patientId: string, body: object) =>
    (
      await clinician.request(`/api/patients/${patientId}/team`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    ).status;

  it('are accounts that are open and fit: no proxy in the team, no clinician as a proxy', async () => {
    const patientId = await patient('Team');
    const [nurse, proxy, gone] = await Promise.all([
      site.visitor('care-team', 'team nurse'),
      site.visitor('proxy', 'team proxy'),
      site.visitor('clinician', 'team gone'),
    ]);
    await site.database.inSite('main', (tx) =>
      tx.updateTable('accounts').set({ disabled: true }).where('id', '=', gone.accountId).execute(),
    );
    const reason = 'ward round';
    expect(await ask(patientId, { login: 'team proxy', kind: 'care-team', reason })).toBe(422);
    expect(await ask(patientId, { login: 'team nurse', kind: 'proxy', reason })).toBe(422);
    expect(await ask(patientId, { login: 'team gone', kind: 'care-team', reason })).toBe(422);
    expect(await ask(patientId, { login: 'nobody', kind: 'care-team', reason })).toBe(422);
    expect(await ask(patientId, { login: 'team nurse', kind: 'care-team', reason })).toBe(201);
    expect(await ask(patientId, { login: 'team proxy', kind: 'proxy', reason })).toBe(201);
    expect((await nurse.request(`/api/patients/${patientId}`)).status).toBe(200);
    // A proxy is one only while the patient says so.
    expect((await proxy.request(`/api/patients/${patientId}`)).status).toBe(404);
    await decide(patientId, 'proxy', 'permit');
    expect((await proxy.request(`/api/patients/${patientId}`)).status).toBe(200);
    await decide(patientId, 'proxy', 'deny');
    expect((await proxy.request(`/api/patients/${patientId}`)).status).toBe(404);
  });

  it('never lose the patient: nobody ends a person’s access to the own record', async () => {
    const patientId = await patient('Own');
    const own = await site.visitor('patient', 'own', patientId);
    const { members } = await json<{ members: { id: string; kind: string }[] }>(
      clinician,
      `/api/patients/${patientId}/team`,
    );
    const self = members.find((member) => member.kind === 'self')!;
    const path = `/api/patients/${patientId}/team/${self.id}`;
    expect((await clinician.request(path, { method: 'DELETE' })).status).toBe(404);
    expect((await own.request(`/api/patients/${patientId}`)).status).toBe(200);
  });
});

/** A study of no files: what it is judged by are the answers. */
const addStudy = (patientId: string, id: string, date: string) =>
  site.database.inSite('main', (tx) =>
    tx
      .insertInto('studies')
      .values({
        site_id: 'main',
        id,
        patient_id: patientId,
        study_uid: null,
        study_date: date,
        description: null,
        accession_number: null,
        source: 'png',
        spacing: null,
        received_from: 'test',
        arrived_at: null,
        settled_at: null,
      })
      .execute(),
  );

describe('an analysis', () => {
  it('is ordered again when answers came while it was at work, and writes nothing when another did its job', async () => {
    const patientId = await patient('Meanwhile');
    const put = (age: number) =>
      clinician.request(`/api/patients/${patientId}/intake`, {
        method: 'PUT',
        body: JSON.stringify({ person: { ageYears: age } }),
      });
    await put(40);
    const order = await clinician.request(`/api/patients/${patientId}/genome`, { method: 'PUT', body: VCF });
    const { job } = (await order.json()) as { job: { id: string } };
    const count = (table: 'jobs' | 'judgements') =>
      site.database.inSite('main', async (tx) => {
        const rows = await tx.selectFrom(table).select('id').where('patient_id', '=', patientId).execute();
        return rows.length;
      });
    const before = await count('jobs');
    let reads = 0;
    await analyzeJob(
      analysis(async () => {
        if (reads++ === 0) await put(41);
      }),
      { siteId: 'main', jobId: job.id, onlyFacts: true },
      true,
    );
    // One ordered by the answers themselves, one because the judgement was made without them.
    expect([await count('jobs'), await count('judgements')]).toEqual([before + 2, 1]);

    const next = await clinician.request(`/api/patients/${patientId}/genome`, { method: 'PUT', body: VCF });
    const taken = ((await next.json()) as { job: { id: string } }).job.id;
    await analyzeJob(
      analysis(async () => {
        await site.database.inSite('main', (tx) => updateJob(tx, 'main', taken, { state: 'done' }));
      }),
      { siteId: 'main', jobId: taken, onlyFacts: true },
      true,
    );
    expect(await count('judgements')).toBe(1);
  });

  it('of an older study does not replace the judgement made from the newest', async () => {
    const patientId = await patient('Older');
    const body = JSON.stringify({ person: { ageYears: 40 } });
    await clinician.request(`/api/patients/${patientId}/intake`, { method: 'PUT', body });
    const judged = async (studyId: string) => {
      const jobId = await site.database.inSite('main', (tx) =>
        site.services.queue.enqueue(tx, 'main', { kind: ANALYZE, patientId, studyId, createdBy: null }),
      );
      await analyzeJob(analysis(), { siteId: 'main', jobId }, true);
      expect(await json(clinician, `/api/jobs/${jobId}`)).toMatchObject({ state: 'done' });
      return site.database.inSite('main', async (tx) => {
        const rows = await tx
          .selectFrom('judgements')
          .select('study_id')
          .where('patient_id', '=', patientId)
          .execute();
        return rows.map((row) => row.study_id);
      });
    };
    await addStudy(patientId, 'older', '2026-01-01');
    await addStudy(patientId, 'newer', '2026-02-01');
    expect(await judged('older')).toEqual([]);
    expect(await judged('newer')).toEqual(['newer']);
  });

  it('compares with earlier studies only, not with another of the same day', async () => {
    const { patientId, studyId } = await readStudy(site, clinician);
    const priors = () =>
      site.database.inSite('main', async (tx) =>
        (await gather(tx, 'main', patientId, studyId)).priors.map((prior) => prior.studyId),
      );
    await addStudy(patientId, `${studyId} same`, '2026-03-01');
    await addStudy(patientId, `${studyId} later`, '2026-03-02');
    expect(await priors()).toEqual([]);
    await addStudy(patientId, `${studyId} earlier`, '2026-02-28');
    expect(await priors()).toEqual([`${studyId} earlier`]);
  });
});
