import '../testing/patience.ts';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { multipart } from '../http/multipart.ts';
import { claimPatientNumber } from '../ingest/enter.ts';
import { readInstance } from '../ingest/instance.ts';
import { matchRecord } from '../ingest/whose-record.ts';
import { patientFacts } from '../policy/facts.ts';
import { createPatient } from '../records/patients.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let doctor: Visitor;
beforeAll(async () => {
  site = await testSite();
  doctor = await site.visitor('clinician');
});
afterAll(() => site.close());

function stow(
  objects: readonly Uint8Array[],
  visitor = doctor,
  path = '/dicomweb/studies',
): Promise<Response> {
  const body = Buffer.concat([
    ...objects.flatMap((bytes) => [
      Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
  return visitor.request(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' },
  });
}

async function parts(reply: Response): Promise<Buffer[]> {
  const boundary = /boundary=([^;]+)/.exec(reply.headers.get('content-type') ?? '')?.[1] ?? '';
  const out: Buffer[] = [];
  async function* source() {
    yield new Uint8Array(await reply.arrayBuffer());
  }
  for await (const part of multipart(source(), boundary)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.body) chunks.push(chunk);
    out.push(Buffer.concat(chunks));
  }
  return out;
}

const json = async (
  path: string,
  visitor = doctor,
): Promise<Record<string, { vr: string; Value?: unknown[]; BulkDataURI?: string }>[]> => {
  const reply = await visitor.request(path);
  expect(reply.status, path).toBe(200);
  expect(reply.headers.get('content-type')).toBe('application/dicom+json');
  return (await reply.json()) as never;
};

it('a number that becomes somebody else’s while an object with it is on its way opens no record', async () => {
  const { bytes, studyUid } = testObject({ instance: 1, patient: 'MRN-late', study: 'late' });
  let sent: Promise<Response> | undefined;
  await site.database.inSite('main', async (tx) => {
    await claimPatientNumber(tx, 'main', 'MRN-late');
    sent = stow([bytes]);
    // Whoever waits for the number is asked of the database; until then the object has not come that far.
    const waits = async () =>
      (
        await sql<{
          n: string;
        }>`select count(*) as n from pg_locks where locktype = 'advisory' and not granted`.execute(tx)
      ).rows[0]?.n !== '0';
    while (!(await waits())) await new Promise((done) => setTimeout(done, 10));
    await createPatient(tx, 'main', {
      name: 'Anna Vogt',
      birthDate: null,
      sex: 'unknown',
      medicalRecordNumber: 'MRN-late',
    });
  });
  expect((await sent)?.status).toBe(409);
  const study = await site.database.inSite('main', (tx) =>
    tx.selectFrom('studies').select('id').where('study_uid', '=', studyUid).executeTakeFirst(),
  );
  expect(study).toBeUndefined();
});

describe('STOW-RS, QIDO-RS and WADO-RS', () => {
  const objects = [3, 1, 2].map((instance) => testObject({ instance }));
  const { studyUid, seriesUid } = objects[0]!;

  it('stores each object, says so again for a duplicate, and refuses what differs or is broken', async () => {
    const first = await stow(objects.map((o) => o.bytes));
    expect(first.status).toBe(200);
    expect(((await first.json()) as Record<string, { Value: unknown[] }>)['00081199']?.Value).toHaveLength(3);
    expect((await stow([objects[0]!.bytes])).status).toBe(200);
    const changed = Buffer.from(objects[0]!.bytes);
    changed[changed.length - 1]! ^= 1;
    const mixed = await stow([changed, Buffer.from('not DICOM'), testObject({ instance: 4 }).bytes]);
    expect(mixed.status).toBe(202);
    const failures = (
      (await mixed.json()) as Record<string, { Value: Record<string, { Value: unknown[] }>[] }>
    )['00081198']?.Value;
    expect(failures?.map((f) => f['00081197']?.Value[0])).toEqual(expect.arrayContaining([0x0111, 0xc000]));
    expect((await stow([objects[0]!.bytes.subarray(0, 700)])).status).toBe(409);
    expect((await stow([objects[0]!.bytes], doctor, '/dicomweb/studies/1.2.3')).status).toBe(409);
    expect((await doctor.request('/dicomweb/studies', { method: 'POST', body: 'x' })).status).toBe(415);
  });

  it('refuses a body by the size that it announces', async () => {
    const answer = await doctor.request('/dicomweb/studies', {
      method: 'POST',
      headers: {
        'content-type': 'multipart/related; type="application/dicom"; boundary=b',
        'content-length': String(2 ** 50),
      },
      body: '--b\r\n',
    });
    expect(answer.status).toBe(413);
  });

  it('finds studies, series and objects by their keys', async () => {
    const [study] = await json('/dicomweb/studies');
    expect(study?.['0020000D']?.Value).toEqual([studyUid]);
    expect(study?.['00100010']?.Value).toEqual([{ Alphabetic: 'Vogt^Anna' }]);
    expect(study?.['00201208']?.Value).toEqual([4]);
    expect(study?.['00081030']?.Value).toEqual(['L-Wirbelsäule']);
    for (const [query, hits] of [
      ['PatientName=vo*', 1],
      ['PatientName=VOGT%5EANNA', 1],
      ['PatientName=nobody', 0],
      ['PatientID=P1', 1],
      ['00100020=P%3F', 1],
      ['StudyDate=20260101-20261231', 1],
      ['StudyDate=-20251231', 0],
      ['StudyDate=20260301', 1],
      ['ModalitiesInStudy=MR', 1],
      ['ModalitiesInStudy=CT', 0],
      [`StudyInstanceUID=${studyUid}`, 1],
      ['limit=0', 0],
      ['offset=1', 0],
    ] as const) {
      expect(await json(`/dicomweb/studies?${query}`), query).toHaveLength(hits);
    }
    expect((await doctor.request('/dicomweb/studies?PatientAge=40')).status).toBe(400);
    expect(await json(`/dicomweb/studies/${studyUid}/series?Modality=MR`)).toHaveLength(1);
    const instances = await json(`/dicomweb/studies/${studyUid}/series/${seriesUid}/instances`);
    expect(instances.map((i) => i['00200013']?.Value?.[0])).toEqual([1, 2, 3, 4]);
    expect(await json(`/dicomweb/studies/${studyUid}/instances?limit=2&offset=3`)).toHaveLength(1);
  });

  it('gives the objects back byte for byte, their metadata, frames and pictures', async () => {
    const base = `/dicomweb/studies/${studyUid}/series/${seriesUid}/instances/${objects[1]!.sopUid}`;
    expect((await parts(await doctor.request(base)))[0]?.equals(Buffer.from(objects[1]!.bytes))).toBe(true);
    expect(await parts(await doctor.request(`/dicomweb/studies/${studyUid}`))).toHaveLength(4);
    const [meta] = await json(`${base}/metadata`);
    expect(meta?.['00280010']).toEqual({ vr: 'US', Value: [16] });
    expect(meta?.['7FE00010']?.BulkDataURI).toContain('/bulk/7FE00010');
    expect(meta?.['00020010']).toBeUndefined();
    const [frame] = await parts(await doctor.request(`${base}/frames/1`));
    expect(frame?.length).toBe(512);
    const bulk = Buffer.from(
      await (await doctor.request(meta?.['7FE00010']?.BulkDataURI ?? '')).arrayBuffer(),
    );
    expect(bulk.equals(frame!)).toBe(true);
    const picture = Buffer.from(
      await (await doctor.request(`${base}/rendered?window=2048,4096`)).arrayBuffer(),
    );
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([16, 16]);
    for (const path of [`${base}/frames/2`, `${base}9/metadata`, '/dicomweb/studies/1.2.3/metadata']) {
      expect((await doctor.request(path)).status, path).toBe(404);
    }
    expect((await doctor.request(`${base}/rendered?window=1,0`)).status).toBe(400);
  });

  it('shows strangers nothing and lets them add nothing to somebody’s study', async () => {
    const stranger = await site.visitor('clinician', 'stranger');
    expect(await json('/dicomweb/studies', stranger)).toEqual([]);
    expect((await stranger.request(`/dicomweb/studies/${studyUid}/metadata`)).status).toBe(404);
    expect((await stow([testObject({ instance: 77 }).bytes], stranger)).status).toBe(409);
    expect(await json(`/dicomweb/studies/${studyUid}/instances`)).toHaveLength(4);
  });

  it('lets nobody into a record by storing a study under its patient number', async () => {
    const [mine] = await json(`/dicomweb/studies/${studyUid}/instances`);
    const id = mine?.['00100020']?.Value?.[0] ?? 'P1';
    expect(id).toBe('P1');
    const intruder = await site.visitor('clinician', 'intruder');
    const forged = testObject({ study: 'forged', patient: 'P1', instance: 1 });
    const fresh = testObject({ study: 'fresh', patient: 'P2', instance: 1 });
    expect((await stow([forged.bytes], intruder)).status).toBe(409);
    expect(await json('/dicomweb/studies', intruder)).toEqual([]);
    expect(await json('/dicomweb/studies?PatientID=P1')).toHaveLength(1);
    // One refused object does not stop another, whatever the order.
    expect((await stow([forged.bytes, fresh.bytes], intruder)).status).toBe(202);
    const seen = await json('/dicomweb/studies', intruder);
    expect(seen.map((s) => s['00100020']?.Value?.[0])).toEqual(['P2']);
    // Whoever treats the patient adds studies as before.
    expect((await stow([testObject({ study: 'second', patient: 'P1', instance: 1 }).bytes])).status).toBe(
      200,
    );
    expect(await json('/dicomweb/studies?PatientID=P1')).toHaveLength(2);
  });

  it('keeps one copy when many senders store the same study at once', async () => {
    const many = Array.from(
      { length: 12 },
      (_, i) => testObject({ study: 'race', patient: 'P9', instance: i }).bytes,
    );
    const replies = await Promise.all(Array.from({ length: 5 }, () => stow(many)));
    expect(replies.map((r) => r.status)).toEqual([200, 200, 200, 200, 200]);
    // One that began before the study's first sender, and asked for its right after it, is no stranger to the patient.
    const late = site.database.inSite('main', async (tx) => {
      await sql`select pg_sleep(0.3)`.execute(tx);
      const person = {
        number: 'P10',
        issuer: null,
        personName: null,
        birthDate: null,
        sex: 'unknown',
      } as const;
      const { id = '' } = await matchRecord(tx, 'main', person);
      return patientFacts(tx, 'main', doctor.accountId, [id]);
    });
    expect((await stow([testObject({ study: 'early', patient: 'P10', instance: 1 }).bytes])).status).toBe(
      200,
    );
    expect([...(await late).values()].map((facts) => [...facts.relationships])).toEqual([['care-team']]);
    const found = await json('/dicomweb/studies?PatientID=P9');
    expect(found).toHaveLength(1);
    expect(found[0]?.['00201208']?.Value).toEqual([12]);
  });
});

const corpus = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'dicom');
const there = existsSync(corpus);
if (!there) console.warn('skipped: the DICOM corpus beside the repository is absent');

function files(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

describe.runIf(there)('the DICOM corpus', () => {
  it('arrives and leaves byte-identical where valid; the rest is refused with a status', async () => {
    let stored = 0;
    let refused = 0;
    // The corpus holds the same object in several encodings: each batch holds an identity once, and leaves before the next.
    const batches: { path: string; bytes: Buffer; sopUid: string; base: string }[][] = [];
    for (const path of files(corpus)) {
      const bytes = readFileSync(path);
      if (!/\.(dcm|DCM)$|\/[^.]+$/.test(path) || bytes.length > 8 << 20) continue;
      const facts = readInstance(bytes, true, 'file');
      if (!facts.ok) {
        expect((await stow([bytes])).status, path).toBe(409);
        refused++;
        continue;
      }
      const { studyUid, seriesUid, sopUid } = facts.value;
      const base = `/dicomweb/studies/${studyUid}/series/${seriesUid}/instances/${sopUid}`;
      const batch = batches.find((b) => b.length < 60 && b.every((item) => item.sopUid !== sopUid));
      if (batch === undefined) batches.push([{ path, bytes, sopUid, base }]);
      else batch.push({ path, bytes, sopUid, base });
    }
    for (const batch of batches) {
      expect((await stow(batch.map((item) => item.bytes))).status).toBe(200);
      for (const { path, bytes, base } of batch) {
        expect((await parts(await doctor.request(base)))[0]?.equals(bytes), path).toBe(true);
        stored++;
      }
      expect(await json(`${batch[0]!.base}/metadata`)).toHaveLength(1);
      await site.database.inSite('main', (tx) => tx.deleteFrom('instances').execute());
    }
    console.info(`DICOM corpus: ${stored} stored and returned byte-identical, ${refused} refused`);
    expect(stored).toBeGreaterThan(20);
  });
});
