import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { updateJob } from '../jobs/queue.ts';
import { gatherFacts } from '../jobs/subject.ts';
import { encodePng } from '../pictures/png.ts';
import { createPatient } from '../records/patients.ts';
import { testObject } from '../testing/objects.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let clinician: Visitor;
let patientId: string;
let studyId: string;
let jobId: string;

beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician');
  ({ patientId, studyId, jobId } = await readStudy(site, clinician));
});
afterAll(() => site.close());

describe('the worklist', () => {
  it('shows summaries, finds by name and pages', async () => {
    const doctor = await site.visitor('clinician', 'pager');
    await site.database.inSite('main', async (tx) => {
      for (let i = 0; i < 7; i++) {
        const id = await createPatient(tx, 'main', { name: `Person ${i}`, birthDate: '1990-12-31' });
        await relate(tx, 'main', doctor.accountId, id, 'care-team', 'test');
      }
    });
    const names: string[] = [];
    let after = '';
    do {
      const reply = await doctor.request(`/api/patients?limit=3${after}`);
      const page = (await reply.json()) as {
        patients: { name: string; ageYears: number }[];
        next: string | null;
      };
      names.push(...page.patients.map((p) => p.name));
      after = page.next === null ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(names).toEqual(Array.from({ length: 7 }, (_, i) => `Person ${i}`));
    const found = (await (await doctor.request('/api/patients?query=ON%206')).json()) as {
      patients: unknown[];
    };
    expect(found.patients).toHaveLength(1);
    expect(
      ((await (await doctor.request('/api/patients?query=%25')).json()) as { patients: unknown[] }).patients,
    ).toEqual([]);
    expect((await doctor.request('/api/patients?limit=0')).status).toBe(400);
    expect((await doctor.request('/api/patients?after=nonsense')).status).toBe(400);
  });

  it('shows a patient with studies, series and the state of the analysis', async () => {
    const patient = (await (await clinician.request(`/api/patients/${patientId}`)).json()) as {
      studyList: {
        series: { slices: number; overlay: boolean; window: unknown }[];
        analysis: { state: string };
      }[];
      has: unknown;
    };
    expect(patient).toMatchObject({
      name: 'Anna Vogt',
      sex: 'female',
      studies: 1,
      latestStudyDate: '2026-03-01',
      urgency: null,
    });
    expect(patient.studyList[0]?.series[0]).toMatchObject({
      slices: 2,
      rows: 3,
      columns: 4,
      overlay: true,
      keySlice: 1,
    });
    expect(patient.studyList[0]?.analysis).toMatchObject({ state: 'queued', jobId });
    expect(patient.has).toEqual({
      intake: false,
      genome: false,
      findings: false,
      assessment: false,
      plan: false,
    });
    const plan = await clinician.request(`/api/patients/${patientId}/plan`);
    expect(plan.status).toBe(404);
    expect(await plan.json()).toMatchObject({ problems: [{ code: 'missing' }] });
  });
});

describe('pictures', () => {
  it('are PNG files of the right size, windowed, cached by content', async () => {
    const base = `/api/studies/${studyId}/series/1`;
    const slice = await clinician.request(`${base}/slices/1.png`);
    expect(slice.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await slice.arrayBuffer());
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25]]).toEqual([4, 3, 0]);
    const again = await clinician.request(`${base}/slices/1.png`, {
      headers: { 'if-none-match': slice.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    const overlay = Buffer.from(await (await clinician.request(`${base}/overlay/1.png`)).arrayBuffer());
    expect(overlay[25]).toBe(6);
    expect(
      overlay.equals(Buffer.from(await (await clinician.request(`${base}/overlay/0.png`)).arrayBuffer())),
    ).toBe(false);
    const label = Buffer.from(await (await clinician.request(`${base}/labels/1.png`)).arrayBuffer());
    expect(
      label.equals(
        encodePng(
          4,
          3,
          1,
          Uint8Array.from({ length: 12 }, (_, i) => (i === 1 ? 95 : 0)),
        ),
      ),
    ).toBe(true);
    for (const path of [`${base}/slices/2.png`, `/api/studies/${studyId}/series/9/slices/0.png`]) {
      expect((await clinician.request(path)).status).toBe(404);
    }
  });

  it('come whole as samples and labels', async () => {
    const base = `/api/studies/${studyId}/series/1`;
    const volume = new Int16Array(await (await clinician.request(`${base}/volume`)).arrayBuffer());
    expect([...volume]).toEqual(Array.from({ length: 24 }, (_, i) => i * 10));
    const labels = new Uint8Array(await (await clinician.request(`${base}/labels`)).arrayBuffer());
    expect(labels[13]).toBe(95);
    // And in parts, each cached by what it holds; past the end is nowhere.
    const part = await clinician.request(`${base}/volume?from=1&count=5`);
    expect([...new Int16Array(await part.arrayBuffer())]).toEqual([...volume.slice(12)]);
    expect(part.headers.get('etag')).not.toBe(
      (await clinician.request(`${base}/volume`)).headers.get('etag'),
    );
    const first = await clinician.request(`${base}/labels?count=1`);
    expect([...new Uint8Array(await first.arrayBuffer())]).toEqual([...labels.slice(0, 12)]);
    expect((await clinician.request(`${base}/volume?from=2`)).status).toBe(404);
    expect((await clinician.request(`${base}/volume?from=-1`)).status).toBe(400);
  });
});

describe('uploads', () => {
  const form = (files: readonly [string, Uint8Array][], fields: Record<string, string> = {}): RequestInit => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    for (const [name, bytes] of files) data.append('files', new File([new Uint8Array(bytes)], name));
    return { method: 'POST', body: data };
  };
  const png = encodePng(2, 2, 1, Uint8Array.from([1, 2, 3, 4]));

  it('become a patient, a study, stored bytes and a job', async () => {
    const reply = await clinician.request(
      '/api/studies',
      form([['slice.png', png]], { name: 'Bert Blum', spacing: '0.7,0.7' }),
    );
    expect(reply.status).toBe(202);
    const { studyId: id, job } = (await reply.json()) as { studyId: string; job: { id: string } };
    const row = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('study_files as f')
        .innerJoin('blobs as b', 'b.id', 'f.blob_id')
        .select(['f.name', 'b.object', 'b.size'])
        .where('f.study_id', '=', id)
        .executeTakeFirstOrThrow(),
    );
    expect(row).toMatchObject({ name: 'slice.png', size: png.length });
    expect((await site.services.blobs.read(row.object)).equals(png)).toBe(true);
    expect(await (await clinician.request(`/api/jobs/${job.id}`)).json()).toMatchObject({
      state: 'queued',
      studyId: id,
    });
  });

  it('of DICOM go to the patient they name, from whoever may add to that record', async () => {
    const dicom = (study: string, patient: string) =>
      [`${study}.dcm`, testObject({ study, patient, instance: 1 }).bytes] as [string, Uint8Array];
    const send = async (who: Visitor, ...files: [string, Uint8Array][]) => {
      const reply = await who.request('/api/studies', form(files));
      return { status: reply.status, patientId: ((await reply.json()) as { patientId?: string }).patientId };
    };
    const first = await send(clinician, dicom('upload 1', 'UP1'));
    expect(first.status).toBe(202);
    const stranger = await site.visitor('clinician', 'uploader');
    expect((await send(stranger, dicom('upload 2', 'UP1'))).status).toBe(404);
    expect((await stranger.request(`/api/patients/${first.patientId}`)).status).toBe(404);
    expect(await send(clinician, dicom('upload 2', 'UP1'))).toEqual(first);
    expect((await send(clinician, dicom('upload 2', 'UP1'))).status).toBe(409);
    expect((await send(clinician, dicom('upload 3', 'UP1'), dicom('upload 4', 'UP1'))).status).toBe(422);
  });

  it('are refused with one clear line and leave nothing', async () => {
    const objects = async (): Promise<number> => {
      let n = 0;
      for await (const _ of site.services.blobs.list()) n++;
      return n;
    };
    const before = await objects();
    const cases: readonly [RequestInit, number][] = [
      [form([['notes.txt', Buffer.from('hello')]]), 422],
      [
        form([
          ['a.png', png],
          ['b.mha', Buffer.from('ObjectType = Image\n')],
        ]),
        422,
      ],
      [form([['a.png', png]], { spacing: '-1' }), 400],
      [form([['a.png', png]], { patientId: 'somebody else' }), 404],
      [{ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }, 415],
      [
        {
          method: 'POST',
          body: '--b\r\ncontent-disposition: form-data; name="files"; filename="x.png"\r\n\r\ncut',
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
        },
        400,
      ],
    ];
    for (const [init, status] of cases) {
      const reply = await clinician.request('/api/studies', init);
      const body = (await reply.json()) as { problems: { what: string }[] };
      expect(reply.status, JSON.stringify(body)).toBe(status);
      expect(body.problems.length).toBeGreaterThan(0);
    }
    expect(await objects()).toBe(before);
  });

  it('larger than allowed are refused while they arrive', async () => {
    const reply = await clinician.request(
      '/api/studies',
      form([['big.png', Buffer.concat([png, Buffer.alloc(65 << 20)])]]),
    );
    expect(reply.status).toBe(413);
  });
});

describe('bodies without end', () => {
  /** As much as is asked for, of which a server that knows its limits takes little. */
  const endless = (sent: { bytes: number }, begin = ''): RequestInit => {
    const chunk = Buffer.alloc(1 << 20, ' ');
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent.bytes > 200 << 20) return controller.close();
        controller.enqueue(sent.bytes === 0 ? Buffer.from(begin) : chunk);
        sent.bytes += sent.bytes === 0 ? begin.length || 1 : chunk.length;
      },
    });
    return { body, duplex: 'half' } as RequestInit;
  };

  it.each([
    ['a login', 'POST', '/api/session', 2, false],
    ['a document', 'POST', '/api/patients', 2, true],
    ['a genotype', 'PUT', 'genome', 66, true],
  ] as const)('of %s are refused while they arrive', async (_, method, path, mostMiB, signedIn) => {
    const sent = { bytes: 0 };
    const init = { method, ...endless(sent, '##fileformat=VCFv4.2\n') };
    const address = path === 'genome' ? `/api/patients/${patientId}/genome` : path;
    const reply = await (signedIn ? clinician.request(address, init) : site.request(address, init));
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ problems: [{ code: 'too-large' }] });
    expect(sent.bytes).toBeLessThan((mostMiB + 2) << 20);
  });

  it('that say their length are refused unread', async () => {
    const sent = { bytes: 0 };
    const headers = { 'content-length': String(5 << 20) };
    const reply = await site.request('/api/session', { method: 'POST', headers, ...endless(sent) });
    expect(reply.status).toBe(413);
    expect(sent.bytes).toBeLessThan(2 << 20);
  });
});

describe('the genome in the case', () => {
  it('is left out for whoever may not read the genome itself', async () => {
    const document = { person: { ageYears: 46 }, genome: { sample: 'S1' } };
    await site.database.inSite('main', (tx) =>
      tx
        .insertInto('judgements')
        .values({
          site_id: 'main',
          id: 'judged',
          patient_id: patientId,
          study_id: studyId,
          patient_case: JSON.stringify(document),
          assessment: '{}',
          plan: '{}',
        })
        .execute(),
    );
    const genomeSeenBy = async (visitor: Visitor) => {
      const [read, seen] = await Promise.all([
        visitor.request(`/api/patients/${patientId}/genome`),
        visitor.request(`/api/patients/${patientId}/case`),
      ]);
      expect(seen.status).toBe(200);
      return { mayRead: read.status !== 403, genome: ((await seen.json()) as typeof document).genome };
    };
    const nurse = await site.visitor('care-team', 'nurse');
    await site.database.inSite('main', (tx) =>
      relate(tx, 'main', nurse.accountId, patientId, 'care-team', 'test'),
    );
    const open = { mayRead: true, genome: document.genome };
    const closed = { mayRead: false, genome: null };
    expect([await genomeSeenBy(clinician), await genomeSeenBy(nurse)]).toEqual([open, closed]);
    const consent = (decision: string): Promise<Response> =>
      clinician.request(`/api/patients/${patientId}/consents`, {
        method: 'POST',
        body: JSON.stringify({ scope: 'genome', decision }),
      });
    expect((await consent('deny')).status).toBe(201);
    expect(await genomeSeenBy(clinician)).toEqual(closed);
    expect((await consent('permit')).status).toBe(201);
    expect(await genomeSeenBy(clinician)).toEqual(open);
  });

  it('is not judged with while the patient has it closed, so that no plan tells it', async () => {
    const facts = () => site.database.inSite('main', (tx) => gatherFacts(tx, 'main', patientId));
    const jobs = () =>
      site.database.inSite('main', async (tx) => {
        const rows = await tx.selectFrom('jobs').select('id').where('patient_id', '=', patientId).execute();
        return rows.length;
      });
    const path = `/api/patients/${patientId}`;
    const record = async (scope: string, decision: string) => {
      const body = JSON.stringify({ scope, decision });
      expect((await clinician.request(`${path}/consents`, { method: 'POST', body })).status).toBe(201);
    };
    const none = await jobs();
    await record('genome', 'permit');
    expect(await jobs()).toBe(none);
    const vcf = {
      method: 'PUT',
      body: '##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n',
    };
    expect((await clinician.request(`${path}/genome`, vcf)).status).toBe(202);
    expect((await facts()).genome).not.toBeNull();
    const before = await jobs();
    await record('genome', 'deny');
    expect((await facts()).genome).toBeNull();
    expect(await jobs()).toBe(before + 1);
    await record('research', 'deny');
    expect(await jobs()).toBe(before + 1);
    await record('genome', 'permit');
    expect((await facts()).genome).not.toBeNull();
    expect(await jobs()).toBe(before + 2);
  });

  it('may be a variant file or raw data of a consumer array, perhaps in an archive, and nothing else', async () => {
    const put = async (body: string | Uint8Array<ArrayBuffer>) =>
      (await clinician.request(`/api/patients/${patientId}/genome`, { method: 'PUT', body })).status;
    const rows = '# rsid\tchromosome\tposition\tgenotype\nrs9923231\t16\t31107689\tTT\n';
    expect(await put(`# This data file generated by 23andMe\n${rows}`)).toBe(202);
    expect(await put('\uFEFF##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n')).toBe(
      202,
    );
    expect(await put(Uint8Array.from(Buffer.from('UEsDBA==', 'base64')))).toBe(202);
    expect(await put('rs9923231 is a variant of VKORC1')).toBe(422);
  });
});

describe('job events', () => {
  it('send the present state, each change and the end', async () => {
    const reply = await clinician.request(`/api/jobs/${jobId}/events`);
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const reader = reply
      .body!.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .getReader();
    let text = '';
    const until = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`ended before ${wanted}: ${text}`);
        text += value;
      }
    };
    await until('"state":"queued"');
    await site.database.inSite('main', (tx) =>
      updateJob(tx, 'main', jobId, { state: 'running', percent: 40, step: 'measuring' }),
    );
    await until('"percent":40');
    await site.database.inSite('main', (tx) => updateJob(tx, 'main', jobId, { state: 'done', percent: 100 }));
    await until('event: end');
    expect((await reader.read()).done).toBe(true);
  });
});
