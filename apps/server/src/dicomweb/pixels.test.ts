import '../testing/patience.ts';
import { dataSet, SOP_CLASS, TRANSFER_SYNTAX, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

const PICTURE = {
  SamplesPerPixel: 1,
  Rows: 2,
  Columns: 2,
  BitsAllocated: 16,
  BitsStored: 16,
  HighBit: 15,
  PixelRepresentation: 0,
} as const;
const WORDS = [1, 2, 0x1234, 0xff00];
const uids = (n: number) => ({
  SOPInstanceUID: `1.2.7.${n}.1.1`,
  StudyInstanceUID: `1.2.7.${n}`,
  SeriesInstanceUID: `1.2.7.${n}.1`,
});

function little(n: number, transferSyntax: string): Uint8Array {
  return writePart10(
    dataSet({
      SOPClassUID: SOP_CLASS.mr,
      ...uids(n),
      Modality: 'MR',
      PatientID: 'T7',
      PhotometricInterpretation: 'MONOCHROME2',
      ...PICTURE,
      PixelData: Uint16Array.from(WORDS),
    }),
    { transferSyntax },
  );
}

/** The same in explicit VR big endian, for which there is no writer; with `words` of 16 bits. */
function big(n: number, bits: number, words: readonly number[]): Uint8Array {
  const head = Buffer.from(little(n, TRANSFER_SYNTAX.explicitLittle));
  const meta = head.subarray(0, 132 + 12 + head.readUInt32LE(132 + 8));
  const parts: Buffer[] = [];
  const put = (tag: number, vr: string, value: Buffer): void => {
    const start = Buffer.alloc(vr === 'OW' ? 12 : 8);
    start.writeUInt16BE(tag >>> 16, 0);
    start.writeUInt16BE(tag & 0xffff, 2);
    start.write(vr, 4, 'latin1');
    if (vr === 'OW') start.writeUInt32BE(value.length, 8);
    else start.writeUInt16BE(value.length, 6);
    parts.push(start, value);
  };
  const word = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const text = (value: string): Buffer => Buffer.from(value.length % 2 === 0 ? value : `${value}\0`);
  const { SOPInstanceUID, StudyInstanceUID, SeriesInstanceUID } = uids(n);
  put(0x00080016, 'UI', text(SOP_CLASS.mr));
  put(0x00080018, 'UI', text(SOPInstanceUID));
  put(0x00080060, 'CS', text('MR'));
  put(0x00100020, 'LO', text('T7'));
  put(0x0020000d, 'UI', text(StudyInstanceUID));
  put(0x0020000e, 'UI', text(SeriesInstanceUID));
  put(0x00280002, 'US', word(1));
  put(0x00280004, 'CS', text('MONOCHROME2 '));
  put(0x00280010, 'US', word(2));
  put(0x00280011, 'US', word(2));
  put(0x00280100, 'US', word(bits));
  put(0x00280101, 'US', word(bits));
  put(0x00280102, 'US', word(bits - 1));
  put(0x00280103, 'US', word(0));
  put(0x7fe00010, 'OW', Buffer.concat(words.map(word)));
  const named = Buffer.from(
    meta.toString('latin1').replace('1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.2\0'),
    'latin1',
  );
  return Buffer.concat([named, ...parts]);
}

describe('frames of plain samples', () => {
  let site: TestSite;
  let doctor: Visitor;
  const wide = [0x0001, 0x0002, 0, 3, 0, 4, 0, 5];
  beforeAll(async () => {
    site = await testSite();
    doctor = await site.visitor('clinician');
    const objects = [
      little(1, TRANSFER_SYNTAX.deflated),
      little(2, TRANSFER_SYNTAX.implicitLittle),
      big(3, 16, WORDS),
      big(4, 32, wide),
    ];
    const body = Buffer.concat([
      ...objects.flatMap((object) => [
        Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
        object,
        Buffer.from('\r\n'),
      ]),
      Buffer.from('--b--\r\n'),
    ]);
    const headers = { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' };
    expect((await doctor.request('/dicomweb/studies', { method: 'POST', body, headers })).status).toBe(200);
  });
  afterAll(() => site.close());

  const ask = (n: number, what: string, accept: string): Promise<Response> =>
    doctor.request(`/dicomweb/studies/1.2.7.${n}/series/1.2.7.${n}.1/instances/1.2.7.${n}.1.1/${what}`, {
      headers: { accept },
    });
  const parts = 'multipart/related; type="application/octet-stream"; transfer-syntax=';

  it.each([
    ['deflated', 1, TRANSFER_SYNTAX.deflated],
    ['implicit', 2, TRANSFER_SYNTAX.implicitLittle],
    ['big endian', 3, TRANSFER_SYNTAX.explicitBig],
  ])('from a file that is %s are little endian, and are called so', async (_, n, stored) => {
    const expected = Buffer.from(Uint16Array.from(WORDS).buffer);
    for (const syntax of ['*', TRANSFER_SYNTAX.explicitLittle]) {
      const reply = Buffer.from(await (await ask(n, 'frames/1', parts + syntax)).arrayBuffer()).toString(
        'latin1',
      );
      expect(reply).toContain('transfer-syntax=1.2.840.10008.1.2.1\r\n');
      expect(reply).toContain(`\r\n\r\n${expected.toString('latin1')}\r\n--`);
    }
    expect((await ask(n, 'frames/1', parts + stored)).status).toBe(406);
    for (const what of ['frames/1', 'bulk/7FE00010', 'frames/1'])
      expect(Buffer.from(await (await ask(n, what, 'application/octet-stream')).arrayBuffer())).toEqual(
        expected,
      );
  });

  it('of 32 bits from a big endian file have their halves in order, in frames and as a binary value', async () => {
    const expected = Buffer.from(Uint32Array.of(0x10002, 3, 4, 5).buffer);
    for (const what of ['frames/1', 'bulk/7FE00010', 'frames/1'])
      expect(Buffer.from(await (await ask(4, what, 'application/octet-stream')).arrayBuffer())).toEqual(
        expected,
      );
  });

  it.each(['annotation=patient', 'iccprofile=srgb'])('are not rendered with %s, in words', async (wish) => {
    const refused = await ask(2, `rendered?${wish}`, 'image/png');
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('query.')]);
    expect((await ask(2, 'rendered?iccprofile=no', 'image/png')).status).toBe(200);
  });
});
