import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charsetDecoder } from './charset.ts';
import { bytesOf, dataSet, element, item, items, number, numbers, text, texts } from './data-set.ts';
import { createCodecs } from './pixels/codecs.ts';
import { decodeGreyFrame } from './pixels/decode.ts';
import { looksLikeDicom, readDataSet, readDicom } from './read.ts';
import { SOP_CLASS, TRANSFER_SYNTAX } from './uid.ts';
import { encodeDataSet, writePart10 } from './write.ts';

const sample = new Map([
  ...dataSet({
    SOPClassUID: SOP_CLASS.mr,
    SOPInstanceUID: '1.2.3.4',
    PatientName: 'Müller^Jörg',
    ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
    PixelSpacing: [0.7, 0.65],
    Rows: 4,
    Columns: 5,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 1,
    SmallestImagePixelValue: 7,
    EchoTime: null,
    ReferencedImageSequence: [
      dataSet({ ReferencedSOPInstanceUID: '1.2', ReferencedFrameNumber: [1, 2] }),
      dataSet({}),
    ],
    PixelData: Int16Array.from({ length: 20 }, (_, i) => i - 10),
  }),
  [0x00290010, element('LO', 'PRIVATE')] as const,
  [0x00291001, element('FD', [1.5, -2.25])] as const,
]);
const read = (bytes: Uint8Array) => {
  const result = readDicom(bytes);
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value;
};
/** Explicit VR big endian, for which there is no writer: every multi-byte field turned by hand. */
function bigEndian(): Uint8Array {
  const out: number[] = [];
  const u16 = (v: number) => out.push(v >> 8, v & 255);
  const put = (tag: number, vr: string, value: number[]) => {
    u16(tag >>> 16);
    u16(tag & 0xffff);
    out.push(vr.charCodeAt(0), vr.charCodeAt(1));
    if (vr === 'OW') {
      u16(0);
      u16(0);
    }
    u16(value.length);
    out.push(...value);
  };
  put(
    0x00080016,
    'UI',
    [...'1.2\0'].map((c) => c.charCodeAt(0)),
  );
  for (const [tag, v] of [
    [0x00280002, 1],
    [0x00280010, 1],
    [0x00280011, 2],
    [0x00280100, 16],
    [0x00280101, 16],
    [0x00280102, 15],
    [0x00280103, 0],
  ] as const) {
    put(tag, 'US', [0, v]);
  }
  put(0x7fe00010, 'OW', [1, 2, 3, 4]);
  return Uint8Array.from(out);
}

describe('reading back what was written', () => {
  it.each([
    ['explicit', TRANSFER_SYNTAX.explicitLittle],
    ['implicit', TRANSFER_SYNTAX.implicitLittle],
    ['deflated', TRANSFER_SYNTAX.deflated],
    ['RLE', TRANSFER_SYNTAX.rle],
  ])('%s', async (_, transferSyntax) => {
    const file = read(writePart10(sample, { transferSyntax }));
    const { set } = file;
    expect(file.transferSyntax).toBe(transferSyntax);
    expect(text(set, 'PatientName')).toBe('Müller^Jörg');
    expect(texts(set, 'ImageType')).toEqual(['ORIGINAL', 'PRIMARY', 'M']);
    expect(numbers(set, 'PixelSpacing')).toEqual([0.7, 0.65]);
    expect(number(set, 'EchoTime')).toBeUndefined();
    expect(number(set, 'SmallestImagePixelValue')).toBe(7);
    expect(items(set, 'ReferencedImageSequence')).toHaveLength(2);
    expect(numbers(item(set, 'ReferencedImageSequence')!, 'ReferencedFrameNumber')).toEqual([1, 2]);
    if (transferSyntax === TRANSFER_SYNTAX.implicitLittle) expect(bytesOf(set, 0x00291001)).toHaveLength(16);
    else expect(numbers(set, 0x00291001)).toEqual([1.5, -2.25]);
    const frame = await decodeGreyFrame(file, 0, createCodecs());
    expect(frame.ok && [...frame.value.samples]).toEqual(Array.from({ length: 20 }, (_unused, i) => i - 10));
  });

  it('without preamble or meta information, explicit, implicit and big endian', async () => {
    for (const explicit of [true, false]) {
      expect(text(read(encodeDataSet(sample, { explicit })).set, 'SOPInstanceUID')).toBe('1.2.3.4');
    }
    const big = read(bigEndian());
    expect(big.transferSyntax).toBe(TRANSFER_SYNTAX.explicitBig);
    const frame = await decodeGreyFrame(big, 0, createCodecs());
    expect(frame.ok && [...frame.value.samples]).toEqual([0x0102, 0x0304]);
  });

  it('sequences and items of undefined length', () => {
    const u32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255];
    const tag = (g: number, e: number) => [g & 255, g >> 8, e & 255, e >> 8];
    const bytes = Uint8Array.from([
      ...tag(0x0008, 0x1140),
      0x53,
      0x51,
      0,
      0,
      ...u32(0xffffffff),
      ...tag(0xfffe, 0xe000),
      ...u32(0xffffffff),
      ...tag(0x0008, 0x1155),
      0x55,
      0x49,
      4,
      0,
      0x31,
      0x2e,
      0x32,
      0,
      ...tag(0xfffe, 0xe00d),
      ...u32(0),
      ...tag(0xfffe, 0xe0dd),
      ...u32(0),
      ...tag(0x0010, 0x0020),
      0x4c,
      0x4f,
      2,
      0,
      0x41,
      0x20,
    ]);
    const parsed = readDataSet(bytes, TRANSFER_SYNTAX.explicitLittle);
    if (!parsed.ok) throw new Error('unreadable');
    expect(text(item(parsed.value, 'ReferencedImageSequence')!, 'ReferencedSOPInstanceUID')).toBe('1.2');
    expect(text(parsed.value, 'PatientID')).toBe('A');
  });
});

describe('character sets', () => {
  const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
  it.each([
    [['ISO_IR 100'], 'Buc^J\xe9r\xf4me', 'Buc^Jérôme', 'name'],
    [['ISO_IR 144'], '\xbb\xee\xda\xdc\xd3', 'Люкмг', 'text'],
    [['ISO_IR 192'], '\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1', '王^小東', 'name'],
    [['GB18030'], '\xcd\xf5^\xd0\xa1\xb6\xab', '王^小东', 'name'],
    [
      ['', 'ISO 2022 IR 87'],
      'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B',
      'Yamada^Tarou=山田^太郎',
      'name',
    ],
    [
      ['', 'ISO 2022 IR 149'],
      'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7',
      'Hong^Gildong=洪^吉洞',
      'name',
    ],
    [['ISO 2022 IR 13', 'ISO 2022 IR 87'], '\xd4\xcf\xc0\xde^\xc0\xdb\xb3', 'ﾔﾏﾀﾞ^ﾀﾛｳ', 'name'],
  ] as const)('%j', (terms, raw, expected, kind) => {
    expect(charsetDecoder(terms).decode(bytes(raw), kind)).toBe(expected);
  });
  it('names what it does not know', () => {
    expect(charsetDecoder(['ISO_IR 999']).unknown).toEqual(['ISO_IR 999']);
  });
});

describe('hostile files', () => {
  const whole = writePart10(sample);
  it('cut anywhere are a value that says truncated, or a problem', () => {
    for (let n = 0; n < whole.length; n++) {
      const result = readDicom(whole.subarray(0, n));
      if (result.ok && n < whole.length - 1) {
        const complete = result.value.set.size === read(whole).set.size;
        expect(result.value.truncated || !complete, `cut at ${n}`).toBe(true);
      }
    }
  });

  it('nested too deep, or with too many elements, are a problem', () => {
    let deep = dataSet({ Rows: 1 });
    for (let n = 0; n < 60; n++) deep = dataSet({ ReferencedImageSequence: deep });
    const nested = readDicom(encodeDataSet(deep, { explicit: true }));
    expect(nested.ok ? '' : nested.problems[0].what).toContain('nested');
    const many = readDicom(whole, { maxElements: 5 });
    expect(many.ok ? '' : many.problems[0].code).toBe('too-large');
  });

  it('that expand without end are too large', () => {
    const bomb = writePart10(
      new Map([...sample, [0x7fe00010, element('OW', new Uint8Array(3_000_000))] as const]),
      { transferSyntax: TRANSFER_SYNTAX.deflated },
    );
    const result = readDicom(bomb, { maxInflated: 1_000_000 });
    expect(result.ok ? '' : result.problems[0].code).toBe('too-large');
  });

  it('are inflated alike by the platform, which leaves what it cannot do to us', () => {
    const whole = writePart10(sample, { transferSyntax: TRANSFER_SYNTAX.deflated });
    let asked = 0;
    const inflateRaw = (bytes: Uint8Array, most: number): Uint8Array | null => {
      asked++;
      try {
        return new Uint8Array(inflateRawSync(bytes, { maxOutputLength: most }));
      } catch {
        return null;
      }
    };
    const native = readDicom(whole, { inflateRaw });
    const ours = readDicom(whole);
    if (!native.ok || !ours.ok) throw new Error('not read');
    expect(asked).toBe(1);
    expect([...native.value.set.keys()]).toEqual([...ours.value.set.keys()]);
    expect(native.value.set.get(0x7fe00010)).toEqual(ours.value.set.get(0x7fe00010));
    const cut = whole.subarray(0, whole.length - 20);
    const [a, b] = [readDicom(cut, { inflateRaw }), readDicom(cut)];
    expect(a.ok && a.value.truncated).toBe(b.ok && b.value.truncated);
    const most = { maxInflated: 100 };
    const large = readDicom(whole, { inflateRaw, ...most });
    expect(large.ok ? '' : large.problems[0].code).toBe('too-large');
  });

  it('text, noise and other formats are no DICOM', () => {
    expect(looksLikeDicom(new TextEncoder().encode('a plain text of more than eight bytes'))).toBe(false);
    expect(readDicom(new Uint8Array(1000)).ok).toBe(false);
  });

  it('mutated never throw', async () => {
    const codecs = createCodecs();
    const syntaxes = [
      TRANSFER_SYNTAX.explicitLittle,
      TRANSFER_SYNTAX.implicitLittle,
      TRANSFER_SYNTAX.deflated,
      TRANSFER_SYNTAX.rle,
    ];
    const files = syntaxes.map((transferSyntax) => writePart10(sample, { transferSyntax }));
    const edit = fc.record({ at: fc.nat(2000), value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        fc.nat(2000),
        async (which, edits, cut) => {
          const bytes = files[which]!.slice();
          for (const { at, value } of edits) bytes[128 + (at % (bytes.length - 128))] = value;
          const result = readDicom(cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes);
          if (!result.ok) expect(result.problems[0].what).not.toBe('');
          else await decodeGreyFrame(result.value, 0, codecs);
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });
});
