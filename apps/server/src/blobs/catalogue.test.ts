import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../testing/site.ts';
import { objectOf, recordBlob } from './catalogue.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite();
});
afterAll(() => site.close());

describe('the names of objects', () => {
  it('keep the first object of a content and remove the second, and never the one that is named', async () => {
    const { blobs } = site.services;
    const content = Buffer.from('the same twice');
    const record = (stored: Awaited<ReturnType<typeof blobs.put>>) =>
      site.database.inSite('main', (tx) => recordBlob(tx, blobs, 'main', stored));
    const first = await blobs.put(content);
    const id = await record(first);
    // A commit whose answer was lost is tried again with the object it has named already.
    expect(await record(first)).toBe(id);
    expect((await blobs.read(first.object)).equals(content)).toBe(true);
    const second = await blobs.put(content);
    expect(await record(second)).toBe(id);
    expect(await site.database.inSite('main', (tx) => objectOf(tx, 'main', id))).toBe(first.object);
    expect((await blobs.read(first.object)).equals(content)).toBe(true);
    await expect(blobs.read(second.object)).rejects.toThrow();
    await expect(site.database.inSite('main', (tx) => objectOf(tx, 'main', 'none'))).rejects.toThrow(
      'no such',
    );
  });
});
