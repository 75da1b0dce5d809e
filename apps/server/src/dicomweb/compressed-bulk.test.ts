import '../testing/patience.ts';
import { dataSet, SOP_CLASS, TRANSFER_SYNTAX, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let doctor: Visitor;
const base = '/dicomweb/studies/1.2.5.1/series/1.2.5.1.1/instances/1.2.5.1.1.1';
/** Three frames of one value each. */
const VALUES = [7, 300, 4000];

beforeAll(async () => {
  site = await testSite();
  doctor = await site.visitor('clinician');
  const object = (study: number) =>
    writePart10(
      dataSet({
        SOPClassUID: SOP_CLASS.mr,
        SOPInstanceUID: `1.2.5.${study}.1.1`,
        StudyInstanceUID: `1.2.5.${study}`,
        SeriesInstanceUID: `1.2.5.${study}.1`,
        Modality: 'MR',
        PatientID: 'T5',
        PatientName: 'Rabe^Ida',
        NumberOfFrames: VALUES.length,
        Rows: 8,
        Columns: 8,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        BitsAllocated: 16,
        BitsStored: 16,
        HighBit: 15,
        PixelRepresentation: 0,
        PixelData: new Uint16Array(64 * VALUES.length).map((_, i) => VALUES[i >> 6]!),
      }),
      { transferSyntax: TRANSFER_SYNTAX.rle },
    );
  const body = Buffer.concat([
    ...[1, 2].flatMap((study) => [
      Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
      object(study),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
  const headers = { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' };
  expect((await doctor.request('/dicomweb/studies', { method: 'POST', body, headers })).status).toBe(200);
});
afterAll(() => site.close());

describe('the address of a compressed picture in the metadata', () => {
  const ask = async (accept: string): Promise<Response> => {
    const [meta] = (await (await doctor.request(`${base}/metadata`)).json()) as {
      '7FE00010': { BulkDataURI: string };
    }[];
    return doctor.request(meta!['7FE00010'].BulkDataURI, { headers: { accept } });
  };

  it('gives every frame as it is stored', async () => {
    for (const accept of ['*/*', 'multipart/related; type="image/dicom-rle"']) {
      const reply = await ask(accept);
      expect(reply.status, accept).toBe(200);
      const text = Buffer.from(await reply.arrayBuffer()).toString('latin1');
      expect(text.split('Content-Type: image/dicom-rle'), accept).toHaveLength(VALUES.length + 1);
    }
  });

  it('gives plain samples to whoever takes nothing else, and 406 for what cannot be', async () => {
    const reply = await ask('multipart/related; type="application/octet-stream"');
    expect(reply.status).toBe(200);
    const parts = Buffer.from(await reply.arrayBuffer())
      .toString('latin1')
      .split('\r\n\r\n')
      .slice(1);
    expect(parts.map((part) => Buffer.from(part, 'latin1').readUInt16LE(126))).toEqual(VALUES);
    expect((await ask('multipart/related; type="image/jpeg"')).status).toBe(406);
    expect((await ask('application/octet-stream')).status).toBe(406);
  });
});

describe('a key that is given twice', () => {
  it('is a list where that may be, and refused where it may not', async () => {
    const find = async (query: string) =>
      ((await (await doctor.request(`/dicomweb/studies?${query}`)).json()) as unknown[]).length;
    expect(await find('StudyInstanceUID=1.2.5.1&StudyInstanceUID=1.2.5.2')).toBe(2);
    expect(await find('0020000D=1.2.5.1&0020000D=1.2.5.9')).toBe(1);
    expect(await find('ModalitiesInStudy=CT&ModalitiesInStudy=MR')).toBe(2);
    for (const query of ['PatientID=T5&PatientID=T6', 'StudyDate=20260101&StudyDate=20260102'])
      expect((await doctor.request(`/dicomweb/studies?${query}`)).status, query).toBe(400);
  });
});
