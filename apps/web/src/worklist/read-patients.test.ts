import { afterEach, describe, expect, it, vi } from 'vitest';
import { PAGE, type PatientList, readPatients, type Wanted } from './read-patients.ts';

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
const read = (wanted: Wanted = {}, pages = 1, begun?: PatientList) =>
  readPatients(new AbortController().signal, wanted, pages, begun);

describe('the patients of a worklist', () => {
  it('come a page at a time, and go on where they ended, each once', async () => {
    const asked = server(2 * PAGE + 50);
    const first = await read();
    expect([first.patients.length, first.next, asked.length]).toEqual([PAGE, String(PAGE), 1]);
    const all = await read({}, 5, first);
    expect([all.patients.length, all.next, asked.length]).toEqual([2 * PAGE + 50, null, 3]);
    expect(new Set(all.patients.map((p) => p.id)).size).toBe(2 * PAGE + 50);
    // At the end nothing more is asked for.
    expect(await read({}, 1, all)).toEqual(all);
    expect(asked).toHaveLength(3);
  });

  it('are read anew as far as they were listed', async () => {
    const asked = server(10 * PAGE);
    expect((await read({}, 3)).patients).toHaveLength(3 * PAGE);
    expect(asked).toHaveLength(3);
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
