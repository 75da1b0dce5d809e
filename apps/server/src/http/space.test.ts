import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import type { Space } from '../operations/space.ts';
import { encodePng } from '../pictures/png.ts';
import { createPatient } from '../records/patients.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** What is refused while there is still a little room, so that what is small has it. */
let space: Space = { objects: 5 << 20, state: 'ok' };
let site: TestSite;
let clinician: Visitor;
let patientId: string;
beforeAll(async () => {
  site = await testSite({ space: async () => space });
  clinician = await site.visitor('clinician');
  await site.database.inSite('main', async (tx) => {
    patientId = await createPatient(tx, 'main', { name: 'Anna Vogt' });
    await relate(tx, 'main', clinician.accountId, patientId, 'care-team', 'test');
  });
});
afterAll(() => site.close());

async function everything(): Promise<Readonly<Record<string, number>>> {
  const form = new FormData();
  form.append('files', new File([new Uint8Array(encodePng(8, 8, 1, new Uint8Array(64)))], 'slice.png'));
  const object = testObject({ instance: 1 }).bytes;
  const part = Buffer.concat([
    Buffer.from('--p\r\nContent-Type: application/dicom\r\n\r\n'),
    object,
    Buffer.from('\r\n--p--\r\n'),
  ]);
  const ask = async (path: string, init: RequestInit) => (await clinician.request(path, init)).status;
  const json = { 'content-type': 'application/json' };
  const vcf = '##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n';
  return {
    upload: await ask('/api/studies', { method: 'POST', body: form }),
    stow: await ask('/dicomweb/studies', {
      method: 'POST',
      headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=p' },
      body: part,
    }),
    genome: await ask(`/api/patients/${patientId}/genome`, { method: 'PUT', body: vcf }),
    diary: await ask(`/api/patients/${patientId}/diary/2026-01-01`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ pain: 3, steps: null, note: null }),
    }),
    patient: await ask('/api/patients', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: 'New' }),
    }),
    page: await ask('/api/patients', {}),
  };
}
const health = async () => ({
  ready: await (await site.request('/api/ready')).json(),
  live: await (await site.request('/api/health')).json(),
  free: /foramen_free_bytes\{place="objects"\} (\d+)/.exec(
    await (await site.request('/metrics')).text(),
  )?.[1],
});

describe('a disk that is nearly full', () => {
  it('refuses studies and genomes with 507, takes what is small, and health says so', async () => {
    expect(await everything()).toEqual({
      upload: 202,
      stow: 200,
      genome: 202,
      diary: 200,
      patient: 201,
      page: 200,
    });
    expect(await health()).toEqual({
      ready: { status: 'ready', storage: 'ok' },
      live: { status: 'ok', storage: 'ok' },
      free: String(5 << 20),
    });
    space = { objects: 1 << 20, state: 'low' };
    expect(await everything()).toEqual({
      upload: 507,
      stow: 507,
      genome: 507,
      diary: 200,
      patient: 201,
      page: 200,
    });
    expect(await health()).toEqual({
      ready: { status: 'ready', storage: 'low' },
      live: { status: 'ok', storage: 'low' },
      free: String(1 << 20),
    });
    const said = await clinician.request('/api/studies', { method: 'POST', body: new FormData() });
    expect(await said.json()).toMatchObject({
      problems: [{ where: 'storage', what: 'is nearly full; nothing of this was kept' }],
    });
    space = { objects: 5 << 20, state: 'ok' };
    expect(await everything()).toMatchObject({ upload: 202, genome: 202 });
  });
});
