import '../testing/patience.ts';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SAMPLE_STORIES } from '@foramen/phantom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModels, modelFolder } from '../analysis/models.ts';
import { createNetworkRunner } from '../analysis/network.ts';
import { Association } from '../dicom/association.ts';
import { readPeers } from '../dicom/peers.ts';
import { analyzeJob } from '../jobs/analyze.ts';
import { sampleJob } from '../jobs/sample.ts';
import { sendBackJob } from '../jobs/send-back.ts';
import { metrics } from '../observe/metrics.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { seedDemo } from './seed.ts';

const installed = existsSync(join(modelFolder(), 'segmenter.onnx'));
if (!installed) console.warn('skipped: no network is installed (packages/imaging/models/segmenter.onnx)');

let site: TestSite;
let doctor: Visitor;
const network = createNetworkRunner(modelFolder());
beforeAll(async () => {
  site = await testSite({ demo: true });
});
afterAll(async () => {
  await network.release();
  await site.close();
});

const get = async (path: string) => (await (await doctor.request(path)).json()) as Record<string, never>;
const jobsOf = (kind: string, patientId: string) =>
  site.database.inSite('main', (tx) =>
    tx
      .selectFrom('jobs')
      .selectAll()
      .where('kind', '=', kind)
      .where('patient_id', '=', patientId)
      .orderBy('created_at')
      .execute(),
  );

describe('the demo', () => {
  it('shows every sample person at once, the same ones each time', async () => {
    await seedDemo(site.services, 1);
    await seedDemo(site.services, 1);
    doctor = await site.visitor('clinician', 'demo');
    const { patients } = (await get('/api/patients')) as unknown as {
      patients: { sample: boolean; story: string; analysis: { state: string } }[];
    };
    expect(patients).toHaveLength(SAMPLE_STORIES.length);
    for (const patient of patients)
      expect(patient).toMatchObject({ sample: true, analysis: { state: 'queued' } });
    // Signed in by itself on this computer, and only there.
    expect(await (await site.request('/api/session')).json()).toMatchObject({
      signedIn: true,
      demo: true,
      account: { role: 'clinician' },
    });
    expect((await site.request('/api/session', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect(
      await (await site.request('/api/session', { headers: { 'sec-fetch-site': 'cross-site' } })).json(),
    ).toMatchObject({ signedIn: false });
  });

  it.runIf(installed)(
    'draws a person, reads the pictures, judges, keeps SEG and SR, and sends them back',
    async () => {
      const received: string[] = [];
      const pacs = createServer((socket) => {
        void (async () => {
          const { number, responseTo, text } = await import('@foramen/dicom');
          const association = await Association.accept(
            socket,
            () => ({
              aeTitle: null,
              callers: null,
              maxLength: 65_536,
              transferSyntaxes: () => ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'],
            }),
            { idleMs: 5_000, openMs: 5_000 },
          );
          for (
            let event = await association?.receive();
            event !== undefined;
            event = await association?.receive()
          ) {
            if (event.kind !== 'command' || number(event.command, 'CommandField') !== 1) continue;
            for (let piece = await association?.receive(); piece?.kind === 'data' && !piece.last; )
              piece = await association?.receive();
            received.push(text(event.command, 'AffectedSOPClassUID') ?? '');
            await association?.send(event.contextId, responseTo(event.command, 0));
          }
        })().catch(() => undefined);
      });
      const port = await new Promise<number>((done) =>
        pacs.listen(0, '127.0.0.1', () => done((pacs.address() as { port: number }).port)),
      );
      const peers = readPeers(`sample=127.0.0.1:${port}!`);
      const { database, services } = site;
      const context = {
        ...{
          database,
          blobs: services.blobs,
          queue: services.queue,
          now: services.now,
          log: (level: string, message: string, fields?: unknown) =>
            level === 'error' && console.error(message, fields),
          metrics: metrics(),
        },
        ...{ run: network.run, reading: () => loadModels(modelFolder()).reading, peers, aeTitle: 'FORAMEN' },
      };
      const id = 'sample-l5-radiculopathy';
      const [draw] = await jobsOf('sample', id);
      await sampleJob(context, { siteId: 'main', jobId: draw!.id, seed: 1 });
      // Taken over by a second worker: nothing doubles.
      await sampleJob(context, { siteId: 'main', jobId: draw!.id, seed: 1 });
      const [analysis, ...more] = await jobsOf('analyze', id);
      expect(more).toEqual([]);
      await Promise.all([1, 2].map(() => analyzeJob(context, { siteId: 'main', jobId: analysis!.id }, true)));
      const job = (await get(`/api/jobs/${analysis!.id}`)) as unknown as {
        state: string;
        problems: unknown[];
      };
      expect(job.state, JSON.stringify(job.problems)).toBe('done');

      const detail = (await get(`/api/patients/${id}`)) as unknown as {
        has: Record<string, boolean>;
        urgency: string;
        studyList: {
          id: string;
          studyUid: string;
          series: { plane: string; overlay: boolean; slices: number; ijkToLps: number[] }[];
        }[];
      };
      expect(detail.has).toEqual({
        intake: true,
        genome: true,
        findings: true,
        assessment: true,
        plan: true,
      });
      const study = detail.studyList[0]!;
      expect(study.series.length).toBeGreaterThanOrEqual(2);
      expect(study.series.map((s) => s.plane)).toEqual(expect.arrayContaining(['sagittal', 'axial']));
      for (const [n, series] of study.series.entries()) {
        expect(series.overlay).toBe(true);
        expect(
          (await doctor.request(`/api/studies/${study.id}/series/${n + 1}/slices/${series.slices - 1}.png`))
            .status,
        ).toBe(200);
        expect((await doctor.request(`/api/studies/${study.id}/series/${n + 1}/overlay/0.png`)).status).toBe(
          200,
        );
      }
      const findings = (await get(`/api/studies/${study.id}/findings`)) as unknown as {
        levels: { level: string }[];
      };
      // How right the reading is, is measured elsewhere; here it must have arrived.
      expect(findings.levels.length).toBeGreaterThanOrEqual(3);
      const judged = await database.inSite('main', (tx) =>
        tx.selectFrom('judgements').select('id').where('patient_id', '=', id).execute(),
      );
      expect(judged).toHaveLength(1);
      const diary = (await get(`/api/patients/${id}/diary`)) as unknown as { entries: unknown[] };
      expect(diary.entries.length).toBeGreaterThan(20);
      const report = await doctor.request(`/api/studies/${study.id}/report.html`);
      expect(report.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await report.text()).toContain('<!doctype html>');

      const series = (await (
        await doctor.request(`/dicomweb/studies/${study.studyUid}/series`)
      ).json()) as Record<string, { Value?: string[] }>[];
      expect(series.map((s) => s['00080060']?.Value?.[0])).toEqual(
        expect.arrayContaining(['MR', 'SEG', 'SR']),
      );
      const [send] = await jobsOf('send-back', id);
      await sendBackJob(context, { siteId: 'main', jobId: send!.id }, true);
      expect(received.sort()).toEqual([
        '1.2.840.10008.5.1.4.1.1.66.4',
        expect.stringMatching(/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.88\./),
      ]);
      pacs.close();

      // New answers: judged from what was read, no picture is read again, nothing goes to the PACS a second time.
      const shown = (html: string) => html.match(/<img|<image/g)?.length ?? 0;
      const before = await (await doctor.request(`/api/studies/${study.id}/report.html`)).text();
      const intake = (await get(`/api/patients/${id}/intake`)) as unknown as { symptoms: object };
      const answered = await doctor.request(`/api/patients/${id}/intake`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...intake, symptoms: { ...intake.symptoms, saddleNumbness: 'yes' } }),
      });
      const { job: again } = (await answered.json()) as { job: { id: string } };
      const blind = {
        ...context,
        run: () => Promise.reject(new Error('a network was asked')),
      };
      await analyzeJob(blind, { siteId: 'main', jobId: again.id, onlyFacts: true }, true);
      expect(await get(`/api/jobs/${again.id}`)).toMatchObject({ state: 'done' });
      expect(await get(`/api/patients/${id}`)).toMatchObject({ urgency: 'emergency' });
      expect(await get(`/api/studies/${study.id}/findings`)).toEqual(findings);
      expect(await jobsOf('send-back', id)).toHaveLength(1);
      const after = await (await doctor.request(`/api/studies/${study.id}/report.html`)).text();
      expect(after).not.toBe(before);
      expect(shown(after)).toBe(shown(before));
      expect(shown(after)).toBeGreaterThan(0);
    },
    600_000,
  );
});
