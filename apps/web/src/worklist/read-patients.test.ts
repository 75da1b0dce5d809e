import { afterEach, describe, expect, it, vi } from 'vitest';
import { MOST_PATIENTS, readPatients, type Wanted } from './read-patients.ts';

afterEach(() => vi.unstubAllGlobals());

/** A server that has so many patients, a page at a time. */
function server(count: number): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const query = new URL(path, 'http://localhost').searchParams;
    const [from, limit] = [Number(query.get('after') ?? 0), Number(query.get('limit'))];
    const ids = Array.from({ length: Math.min(limit, count - from) }, (_, n) => ({ id: String(from + n) }));
    return Response.json({ patients: ids, next: from + limit < count ? String(from + limit) : null });
  });
  return asked;
}
const read = (wanted?: Wanted) => readPatients(new AbortController().signal, wanted);

describe('the patients of a worklist', () => {
  it('are all there, each once', async () => {
    server(450);
    const { patients, cut } = await read();
    expect(new Set(patients.map((p) => p.id)).size).toBe(450);
    expect([patients.length, cut]).toEqual([450, false]);
  });

  it('say so when there are more than can be listed', async () => {
    server(MOST_PATIENTS);
    expect(await read()).toMatchObject({ cut: false });
    server(MOST_PATIENTS + 1);
    const { patients, cut } = await read();
    expect([patients.length, cut]).toEqual([MOST_PATIENTS, true]);
  });

  it('are asked for by name, urgency and order where one is given', async () => {
    const asked = server(1);
    await read({ name: 'ann & co' });
    await read({ urgency: 'urgent', order: 'name' });
    expect(asked).toEqual([
      '/api/patients?limit=200&query=ann+%26+co',
      '/api/patients?limit=200&urgency=urgent&order=name',
    ]);
  });
});
