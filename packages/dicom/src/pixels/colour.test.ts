import { describe, expect, it } from 'vitest';
import { dataSet } from '../data-set.ts';
import { readDicom } from '../read.ts';
import { SOP_CLASS, TRANSFER_SYNTAX } from '../uid.ts';
import { writePart10 } from '../write.ts';
import { createCodecs } from './codecs.ts';
import { decodeColourFrame } from './colour.ts';
import { encodeRleFrame } from './rle.ts';

const ROWS = 12;
const COLUMNS = 16;
const PIXELS = ROWS * COLUMNS;
const codecs = createCodecs();

/** Red grows to the right, green downwards, blue to the upper left. */
const RGB = Uint8Array.from({ length: 3 * PIXELS }, (_, i) => {
  const pixel = Math.floor(i / 3);
  const [x, y] = [pixel % COLUMNS, Math.floor(pixel / COLUMNS)];
  return [x * 15 + 10, y * 20 + 5, 255 - x * 8 - y * 6][i % 3]!;
});

/** The equations of PS3.3, C.7.6.3.1.2, in the direction that a scanner applies them. */
const YBR = Uint8Array.from({ length: 3 * PIXELS }, (_, i) => {
  const [r, g, b] = RGB.subarray(i - (i % 3)) as unknown as [number, number, number];
  return Math.round(
    [
      0.299 * r + 0.587 * g + 0.114 * b,
      -0.1687 * r - 0.3313 * g + 0.5 * b + 128,
      0.5 * r - 0.4187 * g - 0.0813 * b + 128,
    ][i % 3]!,
  );
});

const planes = (of: Uint8Array): Uint8Array =>
  Uint8Array.from(of, (_, i) => of[(i % PIXELS) * 3 + Math.floor(i / PIXELS)]!);

async function decoded(
  more: Parameters<typeof dataSet>[0],
  transferSyntax: string = TRANSFER_SYNTAX.explicitLittle,
) {
  const file = writePart10(
    dataSet({
      SOPClassUID: SOP_CLASS.secondaryCapture,
      SOPInstanceUID: '1.2.3',
      SamplesPerPixel: 3,
      PlanarConfiguration: 0,
      Rows: ROWS,
      Columns: COLUMNS,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      ...more,
    }),
    { transferSyntax },
  );
  const read = readDicom(file);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return decodeColourFrame(read.value, 0, codecs);
}

async function worst(shown: ReturnType<typeof decoded>, truth = RGB): Promise<number> {
  const frame = await shown;
  if (!frame.ok) throw new Error(JSON.stringify(frame.problems));
  expect([frame.value.rows, frame.value.columns, frame.value.rgb.length]).toEqual([
    ROWS,
    COLUMNS,
    truth.length,
  ]);
  return frame.value.rgb.reduce((most, value, i) => Math.max(most, Math.abs(value - truth[i]!)), 0);
}

/** The same picture as Pillow (libjpeg-turbo, OpenJPEG) writes it. */
const STREAMS: readonly (readonly [string, string, string, number, string])[] = [
  [
    'jpeg',
    TRANSFER_SYNTAX.jpegBaseline,
    'YBR_FULL_422',
    3,
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQIBAQEBAQIBAQECAgICAgICAgIDAwQDAwMDAwICAwQDAwQEBAQEAgMFBQQEBQQEBAT/2wBDAQEBAQEBAQIBAQIEAwIDBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAT/wAARCAAMABADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD8sPh9+xt/qD/ZXp/yx9vp7V/0O+O/0sP43+09+p/PH0a/pIf7uliO3U+5fh9+xt/qD/ZXcf8ALH3+nvX+Lvjv9K/+N/tPfqf9BX0avpIX+r/7Rpp1P1x+H3wu8G5tx/ZvGQPvL7/7NfjPjv4jcVv23+0d+/8Amf8ACV9GvjriNLD/AL7t3/zPuT4ffC7wdmD/AIlvYfxL6D/Zr/Fzx38R+K/33+0d+/n5n/QX9GvjniO+HXtu3f8AzP/Z',
  ],
  [
    'jpeg with one colour for four pixels, progressive',
    '1.2.840.10008.1.2.4.55',
    'YBR_FULL_422',
    16,
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQIBAQEBAQIBAQECAgICAgICAgIDAwQDAwMDAwICAwQDAwQEBAQEAgMFBQQEBQQEBAT/2wBDAQEBAQEBAQIBAQIEAwIDBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAT/wgARCAAMABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABwj/xAAUAQEAAAAAAAAAAAAAAAAAAAAG/9oADAMBAAIQAxAAAAGV3OuHJSX/AP/EABcQAQEBAQAAAAAAAAAAAAAAAAUABAb/2gAIAQEAAQUCP42P42PLxx5eO//EABsRAAAHAQAAAAAAAAAAAAAAAAACBQcIIUEk/9oACAEDAQE/AY1vgs89GzR//8QAGxEAAAcBAAAAAAAAAAAAAAAAAAUHCCMyQeH/2gAIAQIBAT8BXdxJ9Nbd6P/EABgQAAMBAQAAAAAAAAAAAAAAAAABI6EC/9oACAEBAAY/AlLBSw5mKZ//xAAYEAADAQEAAAAAAAAAAAAAAAAAAdHhEP/aAAgBAQABPyHhS6VQ0ah//9oADAMBAAIAAwAAABC3/8QAFxEAAwEAAAAAAAAAAAAAAAAAAAFhsf/aAAgBAwEBPxB7BSn/xAAXEQEAAwAAAAAAAAAAAAAAAAABACGB/9oACAECAQE/ED3Mkf/EABwQAAEEAwEAAAAAAAAAAAAAAAEAETFhcZGhUf/aAAgBAQABPxCfXjFKf7HWLT4IOBsR/UNAT//Z',
  ],
  [
    'jpeg 2000',
    TRANSFER_SYNTAX.jpeg2000Lossless,
    'YBR_RCT',
    0,
    '/0//UQAvAAAAAAAQAAAADAAAAAAAAAAAAAAAEAAAAAwAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAwQEAAH/XAANQEBISFBISFBISFD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAAC1AAH/k8fUCgZMS66/34AoA6jBLTffgDALr+7/Xj/A+QFAOggNAwjD6gOA+EIADgqHAZ/H2gcB8IQNAv0Bv8B8IcHzhAAb9D4Mv1AdwfOEh9QKHPdWhw4+RQaLw+oEh9QMG/TgHw4/HSX/f8A6PA+QXACUNpsU6zzwr0CN+eeTEvhqyjXfFBLpXn/A+QJB84YANfEmf0Hlx14Hl8D5AkHzhgA2nPp/QeYEv5B3/9k=',
  ],
  [
    'jpeg 2000, lossy',
    TRANSFER_SYNTAX.jpeg2000,
    'YBR_ICT',
    3,
    '/0//UQAvAAAAAAAQAAAADAAAAAAAAAAAAAAAEAAAAAwAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAwQEAAD/XAAXQmc4Z1BnUGdoUAVQBVBHV9NX01di/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAAAAAAtwAB/5PH3gwHq00t81TH6gwE0noCuV/H6gwMHTMIUzDAfSEgEQAM9vebCQPA+wFgHzAgDgaSceECZ8H1gkAfGCANA1jhAZ/AfCLB8YYAG+wGncoMvyBo0bbA+YNB8gYAHPMHTuVvDj8qRKeFwPhFgfCKG+wDTfMOPhrL1sAcHAfGIDac90CN+WzKBdD5wCOA+MOANfEfQeYHFWcMv8A8NAOigDac7lQRs0Hlu9sz/9k=',
  ],
  [
    'lossless jpeg, predictor 4',
    TRANSFER_SYNTAX.jpegLossless,
    'RGB',
    0,
    '/9j/wwARCAAMABADABEAAREAAhEA/8QAGAABAQEBAQAAAAAAAAAAAAAAAAQDBQf/2gAMAwAAAQACAAQAAPCfBPf7096e9PenvT3p7096e9PenvT3p7096e9O6mIAAAAAAAdTEAAAAAAAOpiAAAAAAAHUxAAAAAAADqYgAAAAAAB1MQAAAAAAA6mIAAAAAAAdTEAAAAAAAOpiAAAAAAAHUxAAAAAAADqYgAAAAAAD/9k=',
  ],
  [
    'lossless jpeg, predictor 1',
    TRANSFER_SYNTAX.jpegLossless,
    'RGB',
    0,
    '/9j/wwARCAAMABADABEAAREAAhEA/8QAGAABAQEBAQAAAAAAAAAAAAAABAADBQf/2gAMAwAAAQACAAEAAPCfBPf3x3x3x3x3x3x3x3x3x3x3x3x3x3x3x7qYvjvjvjvjvjvjvjvjvjvjvjvjvjvjvj3UxfHfHfHfHfHfHfHfHfHfHfHfHfHfHfHupi+O+O+O+O+O+O+O+O+O+O+O+O+O+O+PdTF8d8d8d8d8d8d8d8d8d8d8d8d8d8d8e6mL4747474747474747474747474747491MXx3x3x3x3x3x3x3x3x3x3x3x3x3x3x7qYvjvjvjvjvjvjvjvjvjvjvjvjvjvjvj3UxfHfHfHfHfHfHfHfHfHfHfHfHfHfHfHupi+O+O+O+O+O+O+O+O+O+O+O+O+O+O+PdTF8d8d8d8d8d8d8d8d8d8d8d8d8d8d8e6mL47474747474747474747474747474///9k=',
  ],
  [
    'jpeg of red, green and blue that says so in the header only',
    TRANSFER_SYNTAX.jpegBaseline,
    'RGB',
    8,
    '/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAARCAAMABADABEAAREAAhEA/8QAGAABAQADAAAAAAAAAAAAAAAACgAICQv/xAAuEAAAAQYLCQAAAAAAAAAAAAAABwgJJEVTAgMFBhgZNEFhhMJCVmJmcaKk1OL/2gAMAwAAAQACAAA/AD5o7mFltI0r1SXLPifATgckW23rb3b64h4CO5hZbSKqS5Z8T4B/zki229be7fXEA/R3MLLaR0OKNpJt3++J9YZeHJTsltfWnt0LHjDwEdzCy2kVG0k27/fE+sD/AJyU7JbX1p7dCx4x/9k=',
  ],
];

describe('a colour picture', () => {
  it('is red, green and blue however its samples are laid out', async () => {
    expect(await worst(decoded({ PhotometricInterpretation: 'RGB', PixelData: RGB }))).toBe(0);
    expect(
      await worst(
        decoded({ PhotometricInterpretation: 'RGB', PlanarConfiguration: 1, PixelData: planes(RGB) }),
      ),
    ).toBe(0);
    expect(
      await worst(decoded({ PhotometricInterpretation: 'YBR_FULL', PixelData: YBR })),
    ).toBeLessThanOrEqual(2);
    const fragment = encodeRleFrame(RGB, {
      rows: ROWS,
      columns: COLUMNS,
      samples: 3,
      sampleBytes: 1,
      planar: false,
    });
    expect(
      await worst(
        decoded(
          { PhotometricInterpretation: 'RGB', PixelData: { offsets: [], fragments: [fragment] } },
          TRANSFER_SYNTAX.rle,
        ),
      ),
    ).toBe(0);
  });

  it('shares a colour between neighbours where it says so', async () => {
    const pairs = Uint8Array.from({ length: 2 * PIXELS }, (_, i) => {
      const first = Math.floor(i / 4) * 6;
      return [YBR[first]!, YBR[first + 3]!, YBR[first + 1]!, YBR[first + 2]!][i % 4]!;
    });
    // A step to the right is 15 of red and 8 of blue.
    expect(
      await worst(decoded({ PhotometricInterpretation: 'YBR_FULL_422', PixelData: pairs })),
    ).toBeLessThan(18);
  });

  it.each(STREAMS)('as %s', async (_, transferSyntax, photometric, most, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    const fragment = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    const shown = (cut: Uint8Array) =>
      decoded(
        { PhotometricInterpretation: photometric, PixelData: { offsets: [], fragments: [cut] } },
        transferSyntax,
      );
    expect(await worst(shown(fragment))).toBeLessThanOrEqual(most);
    expect((await shown(fragment.subarray(0, 60))).ok).toBe(false);
  });

  it.each([
    [16, 16],
    [16, 12],
    [32, 32],
  ])(
    'of %i bits a sample, %i of them stored, is shown by the upper eight',
    async (BitsAllocated, BitsStored) => {
      const bytes = Buffer.alloc((3 * PIXELS * BitsAllocated) / 8, 0);
      for (const [i, value] of RGB.entries()) {
        const word = value * 2 ** (BitsStored - 8) + 5;
        if (BitsAllocated === 16) bytes.writeUInt16LE(word, 2 * i);
        else bytes.writeUInt32LE(word, 4 * i);
      }
      const more = { PhotometricInterpretation: 'RGB', BitsAllocated, BitsStored, HighBit: BitsStored - 1 };
      expect(await worst(decoded({ ...more, PixelData: bytes }))).toBe(0);
      const sampleBytes = BitsAllocated / 8;
      const layout = { rows: ROWS, columns: COLUMNS, samples: 3, sampleBytes, planar: false };
      const fragments = [encodeRleFrame(bytes, layout)];
      expect(
        await worst(decoded({ ...more, PixelData: { offsets: [], fragments } }, TRANSFER_SYNTAX.rle)),
      ).toBe(0);
    },
  );

  it.each([8, 16])('is looked up in a palette of %i bits, ends included', async (bits) => {
    const entries = [0, 85, 170, 255];
    const table = (turned: boolean): Uint8Array => {
      const of = turned ? [...entries].reverse() : entries;
      return bits === 8 ? Uint8Array.from(of) : Uint8Array.from(of.flatMap((value) => [7, value]));
    };
    const descriptor = [4, 10, bits];
    const indices = Uint8Array.from({ length: PIXELS }, (_, i) => 8 + (i % 8));
    const truth = Uint8Array.from({ length: 3 * PIXELS }, (_, i) => {
      const at = Math.max(0, Math.min(3, (Math.floor(i / 3) % 8) - 2));
      return i % 3 === 1 ? entries[3 - at]! : entries[at]!;
    });
    const shown = decoded({
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'PALETTE COLOR',
      RedPaletteColorLookupTableDescriptor: descriptor,
      GreenPaletteColorLookupTableDescriptor: descriptor,
      BluePaletteColorLookupTableDescriptor: descriptor,
      RedPaletteColorLookupTableData: table(false),
      GreenPaletteColorLookupTableData: table(true),
      BluePaletteColorLookupTableData: table(false),
      PixelData: indices,
    });
    expect(await worst(shown, truth)).toBe(0);
  });

  it.each([
    [
      'a palette that is not there',
      { SamplesPerPixel: 1, PhotometricInterpretation: 'PALETTE COLOR', PixelData: RGB },
      'unsupported',
    ],
    ['a colour space of print', { PhotometricInterpretation: 'CMYK', PixelData: RGB }, 'unsupported'],
    ['pixels cut off', { PhotometricInterpretation: 'RGB', PixelData: RGB.subarray(0, 100) }, 'truncated'],
    ['no picture', { Rows: 0, PhotometricInterpretation: 'RGB', PixelData: RGB }, 'out-of-range'],
  ])('with %s is refused in words', async (_, more, code) => {
    const shown = await decoded(more as Parameters<typeof dataSet>[0]);
    expect(shown.ok ? [] : shown.problems.map((problem) => problem.code)).toEqual([code]);
  });
});
