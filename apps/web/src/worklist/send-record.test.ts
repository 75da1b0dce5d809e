import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/client.ts';
import { sendRecord } from './send-record.ts';

afterEach(() => vi.unstubAllGlobals());

/** A server that refuses what `refuses` names; what it was asked, in order. */
function server(refuses: { path: string | null }): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const sent = init.body instanceof FormData ? ` for ${String(init.body.get('patientId'))}` : '';
    asked.push(`${init.method ?? 'GET'} ${path}${sent}`);
    if (refuses.path !== null && path.endsWith(refuses.path))
      return Response.json({ problems: [{ where: 'genome', what: 'is not a VCF file' }] }, { status: 422 });
    return Response.json(path === '/api/patients' ? { id: 'p1' } : {}, { status: 202 });
  });
  return asked;
}
const vcf = new File(['no variants'], 'a.vcf');
const intake = new File(['{"person":{"sex":"female"}}'], 'a.json');
const slice = new File(['x'], 'slice.png');

describe('an import', () => {
  it('that failed on the way is tried again with the same record', async () => {
    const refuses: { path: string | null } = { path: '/genome' };
    const asked = server(refuses);
    let record: string | null = null;
    const attempt = (files: File[]) =>
      sendRecord(files, 'Anna', record, (id) => {
        record = id;
      });
    await expect(attempt([vcf, intake, slice])).rejects.toBeInstanceOf(ApiError);
    expect(record).toBe('p1');
    refuses.path = null;
    await attempt([vcf, intake, slice]);
    expect(asked).toEqual([
      'POST /api/patients',
      'PUT /api/patients/p1/intake',
      'PUT /api/patients/p1/genome',
      'PUT /api/patients/p1/intake',
      'PUT /api/patients/p1/genome',
      'POST /api/studies for p1',
    ]);
  });

  it('of raw data of an array beside the text of a disc sends the one as a genotype', async () => {
    const asked = server({ path: null });
    const raw = new File(['# rsid\tchromosome\tposition\tgenotype\n'], 'genome_Full.txt');
    await sendRecord([new File(['Viewer'], 'README.TXT'), raw], '', 'p1', () => undefined);
    expect(asked).toEqual(['PUT /api/patients/p1/genome', 'POST /api/studies for p1']);
  });

  it('of pictures alone leaves the record to the server, which knows the name in them', async () => {
    const asked = server({ path: null });
    let record: string | null = null;
    await sendRecord([slice], '', null, (id) => {
      record = id;
    });
    expect(asked).toEqual(['POST /api/studies for null']);
    expect(record).toBeNull();
  });

  it('of an intake that is no JSON asks for nothing', async () => {
    const asked = server({ path: null });
    const wrong = new File(['pain since May'], 'a.json');
    await expect(sendRecord([wrong], 'Anna', null, () => undefined)).rejects.toThrow('a.json');
    expect(asked).toEqual([]);
  });
});
