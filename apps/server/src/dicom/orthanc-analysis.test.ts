import '../testing/patience.ts';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataSet, items, readDicom, text, uidFromSeed, writePart10 } from '@foramen/dicom';
import { SAMPLE_STORIES, samplePatient } from '@foramen/phantom';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadModels, modelFolder } from '../analysis/models.ts';
import { createNetworkRunner } from '../analysis/network.ts';
import { analyzeJob } from '../jobs/analyze.ts';
import { ANALYZE, SEND_BACK } from '../jobs/queue.ts';
import { sendBackJob } from '../jobs/send-back.ts';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { DICOM_PORT, type OrthancPeer, orthancPeer } from '../testing/orthanc.ts';
import { freePort, missingPrograms } from '../testing/ports.ts';
import { readPeers } from './peers.ts';

/**
 * The whole way with Orthanc as the PACS: it sends a study, we see that the study is complete, read it, and SEG and SR arrive at Orthanc, where
 * dciodvfy finds nothing wrong with them.
 */
vi.setConfig({ hookTimeout: 300_000, testTimeout: 900_000 });
const installed = existsSync(join(modelFolder(), 'segmenter.onnx'));
if (!installed) console.warn('skipped: no network is installed (packages/imaging/models/segmenter.onnx)');
const validator = missingPrograms(['dciodvfy']).length === 0;
if (!validator) console.warn('not checked by dciodvfy: it is not installed (dicom3tools)');

const port = await freePort();
const orthanc: OrthancPeer | undefined = installed ? await orthancPeer({ port }) : undefined;
const network = createNetworkRunner(modelFolder());
let here: DicomSite;
/** The sagittal T2 series of a generated person. */
let series: readonly Uint8Array[];

beforeAll(async () => {
  if (orthanc === undefined) return;
  here = await dicomSite({ quietSeconds: 15 });
  const peers = readPeers(`ORTHANC=${orthanc.address}:${DICOM_PORT}!`);
  const { node } = await here.node({
    host: orthanc.ourAddress,
    port,
    peers,
    maxObjectBytes: 64 << 20,
    idleMs: 60_000,
  });
  await node.reportCommitments();
  const context = {
    ...here.site.services,
    ...{ run: network.run, reading: () => loadModels(modelFolder()).reading, peers, aeTitle: 'FORAMEN' },
  };
  const { queue } = here.site.services;
  await queue.work(ANALYZE, (payload, { last }) => analyzeJob(context, payload, last));
  await queue.work(SEND_BACK, (payload, { last }) => sendBackJob(context, payload, last));
  const files = samplePatient(1, SAMPLE_STORIES[0]!).studies[0]!.files;
  const read = files.flatMap(({ bytes }) => {
    const parsed = readDicom(bytes);
    return parsed.ok ? [{ bytes, set: parsed.value.set }] : [];
  });
  const t2 = read.find(({ set }) => /T2.*SAG|SAG.*T2/i.test(text(set, 'SeriesDescription') ?? ''));
  const uid = text(t2!.set, 'SeriesInstanceUID');
  series = read.filter(({ set }) => text(set, 'SeriesInstanceUID') === uid).map(({ bytes }) => bytes);
});
afterAll(async () => {
  await network.release();
  if (orthanc === undefined) return;
  await orthanc.stop();
  await here.close();
});

const json = async (path: string, init?: RequestInit): Promise<unknown> => {
  const reply = await orthanc!.rest(path, init);
  if (!reply.ok) throw new Error(`Orthanc answered ${reply.status} to ${path}: ${await reply.text()}`);
  return reply.json();
};
const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

/** The series as a study of its own; `counted`: its objects say how many there are. */
function studyOf(
  way: string,
  counted: boolean,
): { studyUid: string; objects: Uint8Array[]; sopUids: string[] } {
  const studyUid = uidFromSeed(`orthanc-analysis/${way}`);
  const sopUids: string[] = [];
  const objects = series.map((bytes, index) => {
    const read = readDicom(bytes);
    if (!read.ok) throw new Error('generated file');
    const sop = uidFromSeed(`orthanc-analysis/${way}/${index}`);
    sopUids.push(sop);
    return writePart10(
      new Map([
        ...read.value.set,
        ...dataSet({
          PatientID: `WAY-${way}`,
          StudyInstanceUID: studyUid,
          SeriesInstanceUID: uidFromSeed(`orthanc-analysis/${way}/series`),
          SOPInstanceUID: sop,
          ...(counted ? { NumberOfStudyRelatedInstances: series.length } : {}),
        }),
      ]),
      { transferSyntax: read.value.transferSyntax },
    );
  });
  return { studyUid, objects, sopUids };
}

const WAYS: Readonly<Record<string, (sopUids: readonly string[]) => Promise<void>>> = {
  'by its count': async () => undefined,
  'by message': async (sopUids) => {
    await json(
      '/modalities/foramen/storage-commitment',
      post({ DicomInstances: sopUids.map((uid) => ['1.2.840.10008.5.1.4.1.1.4', uid]) }),
    );
  },
  'by quiet time': async () => {
    const { clock } = here.site;
    clock.now = new Date(clock.now.getTime() + 16_000);
    expect(await here.inbox.orderAnalyses()).toBe(1);
  },
};

describe.runIf(orthanc !== undefined)('a study that Orthanc sends', () => {
  it.each(Object.keys(WAYS))('is complete %s, read, and its SEG and SR come back to Orthanc', async (way) => {
    const { studyUid, objects, sopUids } = studyOf(way, way === 'by its count');
    const ids: string[] = [];
    for (const bytes of objects)
      ids.push(
        ((await json('/instances', { method: 'POST', body: new Uint8Array(bytes) })) as { ID: string }).ID,
      );
    await json('/modalities/foramen/store', post(ids));
    await here.inbox.settled();
    await WAYS[way]!(sopUids);
    const [study] = (await json(
      '/tools/find',
      post({ Level: 'Study', Query: { StudyInstanceUID: studyUid } }),
    )) as [string];
    const made = async () =>
      (
        (await json(`/studies/${study}/series`)) as {
          MainDicomTags: { Modality: string };
          Instances: string[];
        }[]
      ).filter(({ MainDicomTags: tags }) => tags.Modality !== 'MR');
    await expect
      .poll(async () => (await made()).map((s) => s.MainDicomTags.Modality).sort(), {
        timeout: 600_000,
        interval: 500,
      })
      .toEqual(['SEG', 'SR']);
    const jobs = await here.site.database.inSite('main', (tx) =>
      tx
        .selectFrom('jobs as j')
        .innerJoin('studies as s', 's.id', 'j.study_id')
        .select(['j.kind', 'j.state'])
        .where('s.study_uid', '=', studyUid)
        .orderBy('j.created_at')
        .execute(),
    );
    expect(jobs.map((job) => job.kind)).toEqual([ANALYZE, SEND_BACK]);
    const own = new Set(sopUids);
    for (const { Instances: instances, MainDicomTags: tags } of await made()) {
      expect(instances).toHaveLength(1);
      const file = new Uint8Array(
        await (await orthanc!.rest(`/instances/${instances[0]}/file`)).arrayBuffer(),
      );
      const read = readDicom(file);
      if (!read.ok) throw new Error(read.problems[0].what);
      expect([text(read.value.set, 'StudyInstanceUID'), text(read.value.set, 'PatientID')]).toEqual([
        studyUid,
        `WAY-${way}`,
      ]);
      if (tags.Modality === 'SEG') {
        const referenced = items(read.value.set, 'ReferencedSeriesSequence').flatMap((one) =>
          items(one, 'ReferencedInstanceSequence').map(
            (item) => text(item, 'ReferencedSOPInstanceUID') ?? '',
          ),
        );
        expect(referenced.length).toBeGreaterThan(0);
        for (const uid of referenced) expect(own.has(uid)).toBe(true);
      }
      if (!validator) continue;
      const path = join(here.dir, `${tags.Modality}.dcm`);
      writeFileSync(path, file);
      const said = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
      expect(`${said.stdout}${said.stderr}`.split('\n').filter((line) => line.startsWith('Error'))).toEqual(
        [],
      );
    }
    // What was made here and came back to where the study is from is no reason to read the study again.
    await here.inbox.settled();
    expect(
      (
        await here.site.database.inSite('main', (tx) =>
          tx
            .selectFrom('jobs')
            .select('id')
            .where('kind', '=', ANALYZE)
            .where(
              'patient_id',
              'in',
              tx.selectFrom('studies').select('patient_id').where('study_uid', '=', studyUid),
            )
            .execute(),
        )
      ).length,
    ).toBe(1);
  });
});
