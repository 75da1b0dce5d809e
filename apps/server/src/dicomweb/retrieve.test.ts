import '../testing/patience.ts';
import { inflateSync } from 'node:zlib';
import { dataSet, SOP_CLASS, TRANSFER_SYNTAX, uidFromSeed, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** What a client asks for and how, against answers worked out by hand. */
let site: TestSite;
let doctor: Visitor;
const STUDY = uidFromSeed('retrieve');
const series = (n: number): string => uidFromSeed(`retrieve ${n}`);
const address = (n: number, instance: number): string =>
  `/dicomweb/studies/${STUDY}/series/${series(n)}/instances/${uidFromSeed(`retrieve ${n} ${instance}`)}`;

function object(n: number, instance: number, more: Parameters<typeof dataSet>[0] = {}): Uint8Array {
  return writePart10(
    dataSet({
      SpecificCharacterSet: 'ISO_IR 192',
      SOPClassUID: SOP_CLASS.mr,
      SOPInstanceUID: uidFromSeed(`retrieve ${n} ${instance}`),
      StudyInstanceUID: STUDY,
      SeriesInstanceUID: series(n),
      StudyDate: '20260301',
      Modality: 'MR',
      PatientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
      PatientID: 'JP1',
      SeriesNumber: n,
      InstanceNumber: instance,
      SliceThickness: '4.5',
      FrameIncrementPointer: [0x00181063],
      ReferencedImageSequence: [dataSet({ ReferencedSOPInstanceUID: '1.2.3', IconImageSequence: [] })],
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: 2,
      Columns: 2,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: new Uint16Array([0, 100, 200, 1000]),
      ...more,
    }),
    { transferSyntax: TRANSFER_SYNTAX.explicitLittle },
  );
}

async function stow(visitor: Visitor, objects: readonly Uint8Array[]): Promise<number> {
  const body = Buffer.concat([
    ...objects.flatMap((bytes) => [
      Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
  const headers = { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' };
  return (await visitor.request('/dicomweb/studies', { method: 'POST', body, headers })).status;
}

beforeAll(async () => {
  site = await testSite();
  doctor = await site.visitor('clinician');
  const objects = [
    object(1, 1),
    object(1, 2, { PhotometricInterpretation: 'MONOCHROME1', RescaleSlope: '2', RescaleIntercept: '-100' }),
    object(1, 3, { WindowCenter: '100', WindowWidth: '200', InstanceNumber: 10 }),
    object(2, 1, { StudyDate: '20260301', SeriesDescription: '100%_wild' }),
  ];
  expect(await stow(doctor, objects)).toBe(200);
});
afterAll(() => site.close());

const ask = (path: string, accept?: string, visitor = doctor): Promise<Response> =>
  visitor.request(path, accept === undefined ? {} : { headers: { accept } });
type Row = Record<string, { Value?: unknown[] }>;
const find = async (path: string, visitor = doctor): Promise<Row[]> =>
  (await (await ask(path, undefined, visitor)).json()) as Row[];

/** Grey values of a PNG of ours: one IDAT, rows filtered against the one above or not at all. */
async function greys(path: string): Promise<{ size: number[]; pixels: number[] }> {
  const bytes = Buffer.from(await (await ask(path)).arrayBuffer());
  const [columns, rows] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const at = bytes.indexOf('IDAT');
  const raw = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const pixels: number[] = [];
  for (let y = 0; y < rows; y++) {
    const filter = raw[y * (columns + 1)]!;
    expect([0, 2]).toContain(filter);
    for (let x = 0; x < columns; x++) {
      const above = filter === 2 && y > 0 ? pixels[(y - 1) * columns + x]! : 0;
      pixels.push((raw[y * (columns + 1) + 1 + x]! + above) & 255);
    }
  }
  return { size: [columns, rows], pixels };
}

describe('what is accepted', () => {
  it.each([
    ['metadata', 'application/dicom+json', 200, 'application/dicom+json'],
    ['metadata', 'application/json;q=0.2, text/html', 200, 'application/dicom+json'],
    ['metadata', '*/*', 200, 'application/dicom+json'],
    ['metadata', 'multipart/related; type="application/dicom+xml"', 406, undefined],
    ['metadata', 'application/dicom+json;q=0', 406, undefined],
    ['', 'multipart/related; type="application/dicom"', 200, 'multipart/related'],
    ['', 'multipart/related; type="application/dicom"; transfer-syntax=*', 200, 'multipart/related'],
    [
      '',
      'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.1',
      200,
      'multipart/related',
    ],
    [
      '',
      'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90',
      406,
      undefined,
    ],
    ['', 'application/dicom', 200, 'application/dicom'],
    ['', 'image/png', 406, undefined],
    ['', '*/*', 200, 'multipart/related'],
    ['frames/1', 'multipart/related; type="application/octet-stream"', 200, 'multipart/related'],
    [
      'frames/1',
      'multipart/related; type=application/octet-stream; transfer-syntax=*',
      200,
      'multipart/related',
    ],
    ['frames/1', 'application/octet-stream', 200, 'application/octet-stream'],
    ['frames/1', 'multipart/related; type="image/jp2"', 406, undefined],
    [
      'frames/1',
      'multipart/related; type="image/jp2", multipart/related; type="application/octet-stream";q=0.1',
      200,
      'multipart/related',
    ],
    ['rendered', 'image/png', 200, 'image/png'],
    ['rendered', 'image/*, image/jpeg;q=0.1', 200, 'image/png'],
    ['rendered', 'image/jpeg, image/*;q=0.1', 200, 'image/jpeg'],
    ['rendered', 'image/jpeg', 200, 'image/jpeg'],
    ['frames/1/thumbnail', 'image/jpeg', 200, 'image/jpeg'],
    ['rendered?quality=20', 'image/jpeg', 200, 'image/jpeg'],
    ['rendered?quality=0', 'image/jpeg', 400, undefined],
    ['rendered', 'image/gif', 406, undefined],
    ['bulk/7FE00010', 'application/octet-stream', 200, 'application/octet-stream'],
    ['bulk/7FE00010', 'multipart/related; type="application/octet-stream"', 200, 'multipart/related'],
    ['bulk/7FE00010', 'image/png', 406, undefined],
  ] as const)('%s as %s: %i', async (part, accept, status, type) => {
    const path = part === '' ? address(1, 1) : `${address(1, 1)}/${part}`;
    const reply = await ask(path, accept);
    expect(reply.status).toBe(status);
    if (type !== undefined) expect(reply.headers.get('content-type')).toContain(type);
    await reply.body?.cancel();
    // The same in the query, for who cannot set a header.
    const again = await ask(`${path}${path.includes('?') ? '&' : '?'}accept=${encodeURIComponent(accept)}`);
    expect(again.status).toBe(status);
    await again.body?.cancel();
  });

  it('alone and plain, is the object and the frame as stored', async () => {
    const whole = Buffer.from(await (await ask(address(1, 1), 'application/dicom')).arrayBuffer());
    expect(whole.equals(Buffer.from(object(1, 1)))).toBe(true);
    const frame = await (await ask(`${address(1, 1)}/frames/1`, 'application/octet-stream')).arrayBuffer();
    expect([...new Uint16Array(frame)]).toEqual([0, 100, 200, 1000]);
    // Two frames are never one body, nor several objects.
    expect((await ask(`/dicomweb/studies/${STUDY}`, 'application/dicom')).status).toBe(406);
    expect((await ask('/dicomweb/studies', 'multipart/related; type="application/dicom+xml"')).status).toBe(
      406,
    );
  });
});

describe('a rendered frame', () => {
  it('is windowed by PS3.3 C.11.2, on rescaled values, inverted where the object says so', async () => {
    const path = address(1, 1);
    // Without a window the range of its values: 0 to 1000.
    expect((await greys(`${path}/rendered`)).pixels).toEqual([0, 25, 51, 255]);
    expect((await greys(`${path}/rendered?window=100,200,linear-exact`)).pixels).toEqual([0, 128, 255, 255]);
    // ((x - 99.5) / 199 + 0.5) * 255
    expect((await greys(`${path}/rendered?window=100,200`)).pixels).toEqual([0, 128, 255, 255]);
    expect((await greys(`${path}/rendered?window=150,101`)).pixels).toEqual([0, 1, 255, 255]);
    expect((await greys(`${path}/rendered?window=100,1`)).pixels).toEqual([0, 255, 255, 255]);
    expect((await greys(`${path}/rendered?window=100,200,sigmoid`)).pixels).toEqual([30, 128, 225, 255]);
    // Slope 2 and intercept -100: -100, 100, 300, 1900; MONOCHROME1.
    expect((await greys(`${address(1, 2)}/rendered?window=100,400,linear-exact`)).pixels).toEqual([
      255, 127, 0, 0,
    ]);
    // Its own window.
    expect((await greys(`${address(1, 3)}/rendered`)).pixels).toEqual([0, 128, 255, 255]);
    for (const window of ['', '1', '1,0', '1,-5', 'a,b', '1,2,cubic', '1,2,linear,4', '1,'])
      expect((await ask(`${path}/rendered?window=${window}`)).status, window).toBe(400);
  });

  it('fits the viewport, keeps its shape, and shows the part asked for', async () => {
    const path = `${address(1, 1)}/rendered`;
    expect((await greys(`${path}?viewport=8,4`)).size).toEqual([4, 4]);
    const part = await greys(`${path}?viewport=3,3,1,1,1,1`);
    expect([part.size, new Set(part.pixels)]).toEqual([[3, 3], new Set([255])]);
    expect((await greys(`${path}?viewport=1,1`)).pixels).toEqual([83]);
    for (const viewport of ['', '0,5', '5', '5,5,1,1,9,9', '99999,1', 'a,b', '1,2,3'])
      expect((await ask(`${path}?viewport=${viewport}`)).status, viewport).toBe(400);
  });
});

describe('a thumbnail', () => {
  it('is a small picture of a frame, an object, or the middle one of a series or study', async () => {
    const own = await greys(`${address(1, 2)}/rendered?viewport=128,128`);
    for (const path of [
      `${address(1, 2)}/thumbnail`,
      `${address(1, 2)}/frames/1/thumbnail`,
      `/dicomweb/studies/${STUDY}/series/${series(1)}/thumbnail`,
    ])
      expect(await greys(path), path).toEqual(own);
    expect((await greys(`/dicomweb/studies/${STUDY}/thumbnail`)).size).toEqual([128, 128]);
    expect((await greys(`${address(1, 2)}/thumbnail?viewport=16,16`)).size).toEqual([16, 16]);
    for (const path of [`${address(1, 2)}/frames/2/thumbnail`, '/dicomweb/studies/1.2.3/thumbnail'])
      expect((await ask(path)).status, path).toBe(404);
    expect((await ask(`${address(1, 2)}/thumbnail`, 'image/gif')).status).toBe(406);
  });
});

describe('a binary value', () => {
  it.each([
    ['bytes=0-1', 206, 'bytes 0-1/8', 2],
    ['bytes=2-', 206, 'bytes 2-7/8', 6],
    ['bytes=-3', 206, 'bytes 5-7/8', 3],
    ['bytes=-99', 206, 'bytes 0-7/8', 8],
    ['bytes=6-999', 206, 'bytes 6-7/8', 2],
    ['bytes=8-', 416, 'bytes */8', 0],
    ['bytes=-0', 416, 'bytes */8', 0],
    ['bytes=5-2', 200, null, 8],
    ['bytes=0-1,4-5', 200, null, 8],
    ['lines=1-2', 200, null, 8],
    ['bytes=-', 200, null, 8],
  ] as const)('for %s is answered %i', async (range, status, told, length) => {
    const path = `${address(1, 1)}/bulk/7FE00010`;
    const whole = Buffer.from(await (await ask(path)).arrayBuffer());
    const reply = await doctor.request(path, { headers: { range } });
    expect([reply.status, reply.headers.get('content-range')]).toEqual([status, told]);
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect(bytes).toHaveLength(length);
    const from = told === null || status === 416 ? 0 : Number(/\d+/.exec(told)?.[0]);
    expect(bytes.equals(whole.subarray(from, from + length))).toBe(true);
  });
});

describe('many frames', () => {
  it('decoded are made one by one, however often one is named', async () => {
    const list = Array.from({ length: 5_000 }, () => 1).join(',');
    const reply = await ask(
      `${address(1, 1)}/frames/${list}`,
      'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1',
    );
    expect(reply.status).toBe(200);
    const text = Buffer.from(await reply.arrayBuffer()).toString('latin1');
    expect(text.split('Content-Type: application/octet-stream')).toHaveLength(5_001);
  });
});

describe('metadata', () => {
  it('keep names in every script, tags as text, and say where nested binary values are', async () => {
    const icon = uidFromSeed('icon');
    const nested = object(3, 1, {
      IconImageSequence: [dataSet({ Rows: 64, Columns: 64, PixelData: new Uint16Array(2048).fill(7) })],
    });
    expect(icon).not.toBe('');
    expect(await stow(doctor, [nested])).toBe(200);
    const [meta] = (await find(`${address(3, 1)}/metadata`)) as never as {
      '00100010': unknown;
      '00280009': unknown;
      '00880200': { Value: [{ '7FE00010': { BulkDataURI: string } }] };
    }[];
    expect(meta?.['00100010']).toEqual({
      vr: 'PN',
      Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' }],
    });
    expect(meta?.['00280009']).toEqual({ vr: 'AT', Value: ['00181063'] });
    const uri = meta?.['00880200'].Value[0]['7FE00010'].BulkDataURI ?? '';
    const value = new Uint16Array(await (await ask(uri)).arrayBuffer());
    expect([value.length, value[5]]).toEqual([2048, 7]);
    for (const path of ['00880200.2.7FE00010', '00880200.1.00090010', '00880200'])
      expect((await ask(`${address(3, 1)}/bulk/${path}`)).status, path).toBe(404);
  });
});

describe('a search', () => {
  it.each([
    ['PatientName=Yamada*', 1],
    ['PatientName=yamada%5Etarou', 1],
    ['PatientName=Yamada', 1],
    ['PatientName=tarou', 1],
    ['PatientName=Yama', 0],
    ['PatientName=Yam?da%5ETarou', 1],
    ['PatientName=*tarou', 1],
    ['PatientName=Tarou*', 0],
    ['PatientName=山田*', 1],
    ['PatientName=やまだ%5Eたろう', 1],
    ['PatientName=鈴木*', 0],
    ['PatientName=%25', 0],
    ['PatientName=_amada*', 0],
    ['PatientID=JP?', 1],
    ['PatientID=jp1', 0],
    ['StudyDate=20260301', 1],
    ['StudyDate=20260228', 0],
    ['StudyDate=20260302-', 0],
    [`StudyInstanceUID=1.2,${STUDY}`, 1],
    [`StudyInstanceUID=1.2%5C${STUDY}`, 1],
  ] as const)('by %s finds %i', async (query, hits) => {
    expect(await find(`/dicomweb/studies?${query}`)).toHaveLength(hits);
  });

  it('of series and objects, of one study or of all, by their numbers and words', async () => {
    expect(await find('/dicomweb/series?SeriesNumber=1')).toHaveLength(1);
    expect(await find('/dicomweb/series?SeriesDescription=100%25_w*')).toHaveLength(1);
    expect(await find('/dicomweb/series?SeriesDescription=100%25%25w*')).toHaveLength(0);
    expect(await find('/dicomweb/instances?InstanceNumber=2')).toHaveLength(1);
    expect(await find(`/dicomweb/instances?SeriesInstanceUID=${series(1)}`)).toHaveLength(3);
    const path = `/dicomweb/studies/${STUDY}/series/${series(2)}/instances`;
    expect((await find(path)).map((row) => row['0020000E']?.Value?.[0])).toEqual([series(2)]);
    // The stored objects of a series are its own.
    const [only] = await find(`/dicomweb/studies/${STUDY}/series/${series(2)}/metadata`);
    expect(only?.['0020000E']?.Value?.[0]).toBe(series(2));
    expect(await find(`/dicomweb/studies/${STUDY}/series/${series(2)}/metadata`)).toHaveLength(1);
  });

  it('gives further attributes where they are asked for, by keyword, tag or all', async () => {
    const [plain] = await find('/dicomweb/instances?InstanceNumber=2');
    expect(plain?.['00180050']).toBeUndefined();
    for (const field of [
      'SliceThickness',
      '00180050',
      'Rows,00180050',
      'Rows&includefield=SliceThickness',
      'all',
    ])
      for (const level of ['instances?InstanceNumber=2&', 'series?SeriesNumber=1&', 'studies?']) {
        const [row] = await find(`/dicomweb/${level}includefield=${field}`);
        expect(row?.['00180050']?.Value, `${level} ${field}`).toEqual([4.5]);
        // Never what is too large to be inline.
        expect(row?.['7FE00010']).toBeUndefined();
      }
    expect((await ask('/dicomweb/studies?includefield=NoSuchThing')).status).toBe(400);
  });

  it('says that it does not match loosely, and refuses figures that are none', async () => {
    const loose = await ask('/dicomweb/studies?fuzzymatching=true');
    expect(loose.headers.get('warning')).toContain('Only literal matching');
    expect((await ask('/dicomweb/studies')).headers.get('warning')).toBeNull();
    for (const query of ['limit=-1', 'limit=x', 'offset=1.5', 'Nonsense=1', 'PatientAge=40'])
      expect((await ask(`/dicomweb/studies?${query}`)).status, query).toBe(400);
  });

  it('pages over what may be seen, and never tells of what may not', async () => {
    const other = await site.visitor('clinician', 'other');
    // Three studies more, of three people: the other doctor sees the middle one only.
    for (const n of [1, 2, 3]) {
      const one = object(9, n, {
        StudyInstanceUID: uidFromSeed(`page ${n}`),
        SeriesInstanceUID: uidFromSeed(`page series ${n}`),
        PatientID: `PAGE${n}`,
        StudyDate: `2026040${n}`,
      });
      expect(await stow(doctor, [one])).toBe(200);
    }
    await site.database.inSite('main', async (tx) => {
      await tx.deleteFrom('relationships').where('account_id', '=', other.accountId).execute();
      const { id } = await tx
        .selectFrom('patients')
        .select('id')
        .where('medical_record_number', '=', 'PAGE2')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('relationships')
        .values({
          site_id: 'main',
          id: 'r',
          account_id: other.accountId,
          patient_id: id,
          kind: 'care-team',
          reason: null,
          valid_until: null,
        })
        .execute();
    });
    const look = async (query: string) => {
      const reply = await ask(`/dicomweb/studies?${query}`, undefined, other);
      const rows = (await reply.json()) as Row[];
      return [rows.map((row) => row['00100020']?.Value?.[0]), reply.headers.get('warning')];
    };
    expect(await look('limit=1')).toEqual([['PAGE2'], null]);
    expect(await look('limit=1&PatientID=PAGE1')).toEqual([[], null]);
    expect(await look('offset=1')).toEqual([[], null]);
    const page = await ask('/dicomweb/studies?limit=2&offset=1');
    expect(((await page.json()) as Row[]).map((row) => row['00100020']?.Value?.[0])).toEqual([
      'PAGE2',
      'PAGE1',
    ]);
    expect(page.headers.get('warning')).toContain('use offset');
    expect((await ask('/dicomweb/studies?limit=2&offset=2')).headers.get('warning')).toBeNull();
  });
});
