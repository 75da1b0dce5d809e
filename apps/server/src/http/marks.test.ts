import '../testing/patience.ts';
import type { MarkDrawing, ReaderMark } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FileBlobStore } from '../blobs/store.ts';
import { testObject } from '../testing/objects.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let clinician: Visitor;
let patientId: string;
let studyId: string;

beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician');
  ({ patientId, studyId } = await readStudy(site, clinician));
});
afterAll(() => site.close());

const drawing: MarkDrawing = {
  kind: 'length',
  seriesUid: null,
  series: 1,
  title: 'T2 sagittal',
  slice: 1,
  spacingMm: [0.5, 0.5],
  points: [
    [1, 1],
    [3, 1],
  ],
  lps: [
    [0, 0, 0],
    [0, 1, 0],
  ],
  level: null,
  note: '',
};
const send = (who: Visitor, method: string, path: string, body: unknown) =>
  who.request(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const path = () => `/api/studies/${studyId}/marks`;
const list = async (who = clinician): Promise<readonly ReaderMark[]> =>
  ((await (await who.request(path())).json()) as { marks: readonly ReaderMark[] }).marks;

describe('what readers measure', () => {
  it('is kept with author and moment, changed, taken away and brought back, and every step stays', async () => {
    const made = await send(clinician, 'POST', path(), drawing);
    expect(made.status).toBe(201);
    const first = (await made.json()) as ReaderMark;
    expect(first).toMatchObject({ revision: 1, removed: false, author: 'clinician', drawing });
    site.clock.now = new Date(site.clock.now.getTime() + 60_000);
    const other = {
      ...drawing,
      points: [[1, 1] as [number, number], [3, 2] as [number, number]],
      note: 'sac',
    };
    const change = await send(clinician, 'PUT', `${path()}/${first.id}`, { revision: 1, drawing: other });
    expect(await change.json()).toMatchObject({ revision: 2, drawing: { note: 'sac' }, drawnAt: first.at });
    // Somebody who still looks at the first revision does not overwrite the second.
    expect((await send(clinician, 'PUT', `${path()}/${first.id}`, { revision: 1, drawing })).status).toBe(
      409,
    );
    await send(clinician, 'PUT', `${path()}/${first.id}`, { revision: 2, drawing: other, removed: true });
    expect((await list()).find((mark) => mark.id === first.id)).toMatchObject({ revision: 3, removed: true });
    await send(clinician, 'PUT', `${path()}/${first.id}`, { revision: 3, drawing: other });
    const history = (await (await clinician.request(`${path()}/${first.id}/history`)).json()) as {
      marks: readonly ReaderMark[];
    };
    expect(history.marks.map((mark) => [mark.revision, mark.removed])).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [4, false],
    ]);
  });

  it('is told by its revisions, not by a clock that was set back in between', async () => {
    const start = site.clock.now;
    const first = (await (await send(clinician, 'POST', path(), drawing)).json()) as ReaderMark;
    site.clock.now = new Date(start.getTime() - 86_400_000);
    const note = (text: string) => ({ ...drawing, note: text });
    const at = `${path()}/${first.id}`;
    expect((await send(clinician, 'PUT', at, { revision: 1, drawing: note('second') })).status).toBe(200);
    expect((await send(clinician, 'PUT', at, { revision: 2, drawing: note('third') })).status).toBe(200);
    site.clock.now = start;
    const now = (await list()).find((mark) => mark.id === first.id);
    expect(now).toMatchObject({ revision: 3, drawing: { note: 'third' }, drawnAt: first.at });
  });

  it('of two changes at once only one is taken', async () => {
    const first = (await (await send(clinician, 'POST', path(), drawing)).json()) as ReaderMark;
    const both = await Promise.all(
      ['a', 'b'].map((note) =>
        send(clinician, 'PUT', `${path()}/${first.id}`, { revision: 1, drawing: { ...drawing, note } }),
      ),
    );
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 409]);
  });

  it('is refused when it is no drawing, of another study, or by who may only look', async () => {
    expect((await send(clinician, 'POST', path(), { ...drawing, points: [[1, 1]] })).status).toBe(400);
    expect((await send(clinician, 'PUT', `${path()}/nothing`, { revision: 1, drawing })).status).toBe(404);
    const [own] = await list();
    expect((await send(clinician, 'PUT', `${path()}/${own?.id}`, { revision: 99, drawing })).status).toBe(
      409,
    );
    expect((await send(clinician, 'POST', '/api/studies/none/marks', drawing)).status).toBe(404);
    const patient = await site.visitor('patient', 'the patient', patientId);
    expect((await patient.request(path())).status).toBe(200);
    expect((await send(patient, 'POST', path(), drawing)).status).toBe(403);
    const stranger = await site.visitor('clinician', 'stranger');
    expect((await stranger.request(path())).status).toBe(404);
    expect((await send(stranger, 'POST', path(), drawing)).status).toBe(404);
  });

  it('cannot be overwritten by the running product', async () => {
    const [mark] = await list();
    await expect(
      site.database.inSite('main', (tx) =>
        tx
          .deleteFrom('reader_marks')
          .where('mark_id', '=', mark?.id ?? '')
          .execute(),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it('leaves a line in the trail for each change', async () => {
    const rows = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('audit')
        .select(['action', 'resource_id', 'patient_id'])
        .where('site_id', '=', 'main')
        .where('reason', 'like', '%mark%')
        .execute(),
    );
    expect(rows.map((row) => row.action)).toEqual(expect.arrayContaining(['create', 'update', 'delete']));
    expect(rows.every((row) => row.patient_id === patientId)).toBe(true);
  });

  it('a study without DICOM images says why there is no DICOM report of it', async () => {
    const reply = await clinician.request(`/api/studies/${studyId}/reader-measurements.dcm`);
    expect(reply.status).toBe(422);
    for (const mark of await list())
      await send(clinician, 'PUT', `${path()}/${mark.id}`, { ...mark, removed: true });
    expect((await clinician.request(`/api/studies/${studyId}/reader-measurements.dcm`)).status).toBe(404);
  });

  it('a report of them reads the study’s files while no connection to the database waits', async () => {
    const object = testObject({ study: 'read', patient: 'READ', instance: 1 });
    const form = new FormData();
    form.append('files', new File([Uint8Array.from(object.bytes)], 'a.dcm'));
    const uploaded = await clinician.request('/api/studies', { method: 'POST', body: form });
    const { studyId: id } = (await uploaded.json()) as { studyId: string };
    await send(clinician, 'POST', `/api/studies/${id}/marks`, drawing);
    const busy: number[] = [];
    const { blobs } = site.services;
    const read = vi.spyOn(blobs, 'read').mockImplementation(async (name) => {
      const { pool } = site.database;
      busy.push(pool.totalCount - pool.idleCount);
      return FileBlobStore.prototype.read.call(blobs, name);
    });
    await clinician.request(`/api/studies/${id}/reader-measurements.dcm`);
    read.mockRestore();
    expect(busy).toEqual([0]);
  });

  it('of somebody else’s study is neither seen nor changed by way of another', async () => {
    const colleague = await site.visitor('clinician', 'colleague');
    const theirs = `/api/studies/${(await readStudy(site, colleague)).studyId}/marks`;
    const foreign = (await (await send(colleague, 'POST', theirs, drawing)).json()) as ReaderMark;
    expect((await list()).map((mark) => mark.id)).not.toContain(foreign.id);
    expect((await clinician.request(`${path()}/${foreign.id}/history`)).status).toBe(404);
    expect((await send(clinician, 'PUT', `${path()}/${foreign.id}`, { revision: 1, drawing })).status).toBe(
      404,
    );
  });
});
