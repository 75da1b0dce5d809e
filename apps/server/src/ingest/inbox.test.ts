import '../testing/patience.ts';
import { dataSet, readDicom, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { type Arrival, enterInstances } from './enter.ts';
import { Inbox } from './inbox.ts';
import { readInstance } from './instance.ts';

let here: DicomSite;
beforeAll(async () => {
  here = await dicomSite({ quietSeconds: 3_600 });
});
afterAll(() => here.close());

/** An object as the receiver leaves it: held, acknowledged, not yet entered. */
async function arrive(bytes: Uint8Array): Promise<Arrival> {
  const writer = await here.site.services.blobs.writer({ held: true });
  await writer.write(bytes);
  const facts = readInstance(bytes, true, 'test');
  if (!facts.ok) throw new Error(facts.problems[0].what);
  return { stored: await writer.finish(), facts: facts.value, from: 'SCANNER' };
}
const arrivalsOf = (study: string, count: number): Promise<Arrival[]> =>
  Promise.all(
    Array.from({ length: count }, (_, instance) =>
      arrive(testObject({ study, patient: `I-${study}`, instance }).bytes),
    ),
  );
/** Every object of the study is kept once, and can be read. */
async function expectKept(study: string, count: number): Promise<void> {
  const rows = await here.storedOf(study);
  expect(rows).toHaveLength(count);
  for (const { object } of rows)
    expect((await here.site.services.blobs.read(object)).length).toBeGreaterThan(100);
  expect(await here.site.services.blobs.held()).toEqual([]);
}

describe('the inbox', () => {
  it('keeps the series of two studies apart, also when their maker gave them one UID', async () => {
    const inbox = new Inbox(here.site.services, { quietSeconds: 3_600 });
    const first = testObject({ study: 'twin A', patient: 'I-twin-A', instance: 0 });
    const second = testObject({
      study: 'twin B',
      patient: 'I-twin-B',
      instance: 0,
      seriesUid: first.seriesUid,
    });
    for (const { bytes } of [first, second]) inbox.add(await arrive(bytes));
    await inbox.settled();
    const rows = await here.site.database.inSite('main', (tx) =>
      tx
        .selectFrom('instances as i')
        .innerJoin('series as e', 'e.id', 'i.series_id')
        .select(['i.study_id', 'e.study_id as of_series'])
        .where('e.series_uid', '=', first.seriesUid)
        .execute(),
    );
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => row.study_id === row.of_series)).toBe(true);
    expect(new Set(rows.map((row) => row.study_id)).size).toBe(2);
    await inbox.stop();
  });

  it('loses nothing when the database goes away right after it has committed', async () => {
    const { services } = here.site;
    let lost = 0;
    const inbox = new Inbox(
      {
        ...services,
        database: {
          ...services.database,
          // Committed, and the answer lost with the connection.
          inSite: async (siteId, work) => {
            const result = await services.database.inSite(siteId, work);
            if (lost++ < 3) throw Object.assign(new Error('Connection terminated'), { code: '57P01' });
            return result;
          },
        },
      },
      { quietSeconds: 3_600 },
    );
    for (const arrival of await arrivalsOf('lost answer', 5)) inbox.add(arrival);
    await inbox.settled();
    await expectKept('lost answer', 5);
    expect(lost).toBeGreaterThan(3);
    await inbox.stop();
  });

  it('loses nothing when an entered object cannot be moved to its place at first', async () => {
    const { services } = here.site;
    let failed = 0;
    const blobs = Object.assign(Object.create(services.blobs) as typeof services.blobs, {
      settle: async (object: string) => {
        if (failed++ < 4) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        return services.blobs.settle(object);
      },
      // Methods with private fields want their own object.
      ...Object.fromEntries(
        (['held', 'read', 'remove', 'setAside', 'size', 'stream'] as const).map((name) => [
          name,
          (services.blobs[name] as (...args: unknown[]) => unknown).bind(services.blobs),
        ]),
      ),
    });
    const inbox = new Inbox({ ...services, blobs }, { quietSeconds: 3_600 });
    for (const arrival of await arrivalsOf('no room to move', 3)) inbox.add(arrival);
    await inbox.settled();
    await expectKept('no room to move', 3);
    await inbox.stop();
  });

  it('sets aside one object that the database refuses, and enters the others', async () => {
    const arrivals = await arrivalsOf('poison', 5);
    const bad = arrivals[2]!;
    arrivals[2] = {
      ...bad,
      facts: { ...bad.facts, studyDescription: 'a\0b', studyDate: '0000-01-01', instanceNumber: 2 ** 40 },
    };
    for (const arrival of arrivals) here.inbox.add(arrival);
    await here.inbox.settled();
    await expectKept('poison', 4);
    expect(here.site.logged.join('')).toContain('it is set aside');
  });

  it('knows a second object under one identity, and keeps both, even when it is tried twice', async () => {
    const [first] = await arrivalsOf('conflict', 1);
    const other = await arrive(
      (() => {
        const read = readDicom(testObject({ study: 'conflict', patient: 'I-conflict', instance: 0 }).bytes);
        if (!read.ok) throw new Error('test object');
        return writePart10(new Map([...read.value.set, ...dataSet({ ImageComments: 'another' })]), {
          transferSyntax: read.value.transferSyntax,
        });
      })(),
    );
    here.inbox.add(first!);
    here.inbox.add(other);
    await here.inbox.settled();
    await expectKept('conflict', 1);
    here.inbox.add(other);
    here.inbox.add(first!);
    await here.inbox.settled();
    await expectKept('conflict', 1);
  });

  it('knows the same object in another file, which another sender’s name or software is written into', async () => {
    const [first] = await arrivalsOf('two senders', 1);
    const read = readDicom(testObject({ study: 'two senders', patient: 'I-two senders', instance: 0 }).bytes);
    if (!read.ok) throw new Error('test object');
    const { transferSyntax } = read.value;
    const again = await arrive(writePart10(read.value.set, { transferSyntax, sourceAeTitle: 'PACS' }));
    expect(again.stored.sha256).not.toBe(first!.stored.sha256);
    const outcomes = await here.site.database.inSite('main', (tx) =>
      enterInstances({ tx, blobs: here.site.services.blobs, siteId: 'main', now: new Date() }, [
        first!,
        again,
      ]),
    );
    expect(outcomes).toEqual(['stored', 'duplicate']);
    await here.site.services.blobs.settle(first!.stored.object);
    await expectKept('two senders', 1);
  });

  it('takes dates and numbers that no calendar and no column knows', async () => {
    const read = readDicom(testObject({ study: 'odd values', patient: 'I-odd', instance: 0 }).bytes);
    if (!read.ok) throw new Error('test object');
    const odd = writePart10(
      new Map([
        ...read.value.set,
        ...dataSet({
          StudyDate: '00000101',
          PatientBirthDate: '19990231',
          InstanceNumber: 99_999_999_999,
          StudyDescription: 'a\0b\0',
          PatientName: `Vogt^${'x'.repeat(300)}`,
        }),
      ]),
      { transferSyntax: read.value.transferSyntax },
    );
    here.inbox.add(await arrive(odd));
    await here.inbox.settled();
    await expectKept('odd values', 1);
    expect(here.site.logged.filter((line) => line.includes('it is set aside'))).toHaveLength(1);
  });
});
