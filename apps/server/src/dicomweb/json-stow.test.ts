import '../testing/patience.ts';
import { bytesOf, number, numbers, readDicom, SOP_CLASS, text, texts } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let doctor: Visitor;
beforeAll(async () => {
  site = await testSite();
  doctor = await site.visitor('clinician');
});
afterAll(() => site.close());

const PIXELS = new Uint8Array(new Uint16Array(12).map((_, i) => i * 300).buffer);

/** An object of study 1.2.7 as DICOM JSON, with its picture at an address of the sender's choice. */
const model = (n: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  '00020010': { vr: 'UI', Value: ['1.2.840.10008.1.2.4.70'] },
  '00080005': { vr: 'CS', Value: ['ISO_IR 100'] },
  '00080016': { vr: 'UI', Value: [SOP_CLASS.mr] },
  '00080018': { vr: 'UI', Value: [`1.2.7.1.${n}`] },
  '00080060': { vr: 'CS', Value: ['MR'] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' }] },
  '00100020': { vr: 'LO', Value: ['J7'] },
  '0020000D': { vr: 'UI', Value: ['1.2.7'] },
  '0020000E': { vr: 'UI', Value: ['1.2.7.1'] },
  '00200013': { vr: 'IS', Value: [n] },
  '00280002': { vr: 'US', Value: [1] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280009': { vr: 'AT', Value: ['00181063'] },
  '00280010': { vr: 'US', Value: [3] },
  '00280011': { vr: 'US', Value: [4] },
  '00280030': { vr: 'DS', Value: [0.5, 0.625] },
  '00280100': { vr: 'US', Value: [16] },
  '00280101': { vr: 'US', Value: [16] },
  '00280102': { vr: 'US', Value: [15] },
  '00280103': { vr: 'US', Value: [0] },
  '00081140': { vr: 'SQ', Value: [{ '00081155': { vr: 'UI', Value: ['1.2.9'] } }] },
  '00091010': { vr: 'OB', InlineBinary: 'AQIDBA==' },
  '7FE00010': { vr: 'OW', BulkDataURI: `bulk/${n}` },
  ...more,
});

interface Sent {
  readonly type?: string;
  readonly location?: string;
  readonly body: string | Uint8Array;
}
const metadata = (...models: unknown[]): Sent => ({
  type: 'application/dicom+json',
  body: JSON.stringify(models),
});
const picture = (n: number, body = PIXELS, type = 'application/octet-stream'): Sent => ({
  type,
  location: `bulk/${n}`,
  body,
});

function send(
  parts: readonly Sent[],
  type = 'multipart/related; type="application/dicom+json"; boundary=b',
): Promise<Response> {
  const body = Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(
        `--b\r\nContent-Type: ${part.type}\r\n${part.location === undefined ? '' : `Content-Location: ${part.location}\r\n`}\r\n`,
      ),
      Buffer.from(part.body as string),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
  return doctor.request('/dicomweb/studies', { method: 'POST', body, headers: { 'content-type': type } });
}

const kept = async (n: number) => {
  const reply = await doctor.request(`/dicomweb/studies/1.2.7/series/1.2.7.1/instances/1.2.7.1.${n}`, {
    headers: { accept: 'application/dicom' },
  });
  return { status: reply.status, bytes: new Uint8Array(await reply.arrayBuffer()) };
};

describe('metadata and values that are sent apart', () => {
  it('become the object they describe', async () => {
    const reply = await send([metadata(model(1), model(2)), picture(2), picture(1)]);
    expect(reply.status).toBe(200);
    const read = readDicom((await kept(1)).bytes);
    if (!read.ok) throw new Error(read.problems[0].what);
    const { set, transferSyntax } = read.value;
    expect(transferSyntax).toBe('1.2.840.10008.1.2.1');
    expect(text(set, 'PatientName')).toBe('Yamada^Tarou=山田^太郎');
    expect(texts(set, 'PixelSpacing')).toEqual(['0.5', '0.625']);
    expect(numbers(set, 'FrameIncrementPointer')).toEqual([0x00181063]);
    expect(number(set, 'InstanceNumber')).toBe(1);
    expect(bytesOf(set, 'PixelData')).toEqual(PIXELS);
    expect(bytesOf(set, 0x00091010 as never)).toEqual(new Uint8Array([1, 2, 3, 4]));
    // What it says comes back as it was said, but for what says how it lies in a file.
    const [meta] = (await (
      await doctor.request('/dicomweb/studies/1.2.7/series/1.2.7.1/instances/1.2.7.1.2/metadata')
    ).json()) as Record<string, unknown>[];
    const { '00020010': _, '00080005': __, '7FE00010': ___, ...said } = model(2);
    expect(meta).toMatchObject(said);
  });

  it.each([
    ['the picture is missing', model(3), []],
    ['the picture is cut', model(3), [picture(3, PIXELS.subarray(0, 22))]],
    ['a number is out of range', model(3, { '00280010': { vr: 'US', Value: [70_003] } }), [picture(3)]],
    ['a text is a number', model(3, { '0008103E': { vr: 'LO', Value: [7] } }), [picture(3)]],
    ['one value would be two', model(3, { '00080008': { vr: 'CS', Value: ['A\\B'] } }), [picture(3)]],
    ['its identity is missing', model(3, { '00080018': { vr: 'UI' } }), [picture(3)]],
    ['it is no object', 'model', [picture(3)]],
    ['it has no end of sequences', deep(60), [picture(3)]],
  ] as const)('are refused by themselves where %s', async (_, wrong, parts) => {
    const reply = await send([metadata(wrong), ...parts]);
    expect(reply.status).toBe(409);
    const answer = (await reply.json()) as Record<string, { Value: Record<string, unknown>[] }>;
    expect(answer['00081198']?.Value[0]?.['00081197']).toEqual({ vr: 'US', Value: [0xc000] });
    expect((await kept(3)).status).toBe(404);
  });

  it('are taken one by one: a broken one spoils no other', async () => {
    const reply = await send([metadata(model(4), model(5)), picture(4)]);
    expect(reply.status).toBe(202);
    expect([(await kept(4)).status, (await kept(5)).status]).toEqual([200, 404]);
  });

  it('are refused as a whole, with the reason, where the request is none', async () => {
    const status = async (parts: readonly Sent[], type?: string) => (await send(parts, type)).status;
    expect(await status([picture(6)])).toBe(400);
    expect(await status([{ type: 'application/dicom+json', body: '[{' }])).toBe(400);
    expect(await status([metadata()])).toBe(400);
    expect(await status([metadata(model(6)), { type: 'application/octet-stream', body: PIXELS }])).toBe(400);
    expect(await status([metadata(model(6)), picture(6, PIXELS, 'image/jpeg')])).toBe(415);
    const syntax = 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.2';
    expect(await status([metadata(model(6)), picture(6, PIXELS, syntax)])).toBe(415);
    const xml = 'multipart/related; type="application/dicom+xml"; boundary=b';
    expect(await status([metadata(model(6)), picture(6)], xml)).toBe(415);
    const huge = metadata(model(6, { '00091011': { vr: 'LT', Value: ['x'.repeat(9 << 20)] } }));
    expect(await status([huge, picture(6)])).toBe(413);
    expect((await kept(6)).status).toBe(404);
  });
});

function deep(levels: number): unknown {
  let inner: unknown = {};
  for (let i = 0; i < levels; i++) inner = { '00081140': { vr: 'SQ', Value: [inner] } };
  return inner;
}
