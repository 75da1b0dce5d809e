import { dataSet, SOP_CLASS, uidFromSeed, writePart10 } from '@foramen/dicom';
import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../pictures/jpeg.ts';
import { renderFrame } from './rendered.ts';

const COLOURS = [255, 0, 0, 0, 255, 0, 0, 0, 255, 250, 250, 250];

function screenshot(more: Parameters<typeof dataSet>[0] = {}): Uint8Array {
  return writePart10(
    dataSet({
      SOPClassUID: SOP_CLASS.secondaryCapture,
      SOPInstanceUID: uidFromSeed('screenshot'),
      SamplesPerPixel: 3,
      PlanarConfiguration: 0,
      PhotometricInterpretation: 'RGB',
      Rows: 2,
      Columns: 2,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      PixelData: Uint8Array.from(COLOURS),
      ...more,
    }),
  );
}

describe('a rendered picture in colour', () => {
  it('has its colours, as large as asked for', async () => {
    const shown = await renderFrame(screenshot(), 0, {});
    expect([shown.columns, shown.rows, shown.channels, [...shown.pixels]]).toEqual([2, 2, 3, COLOURS]);
    const part = await renderFrame(screenshot(), 0, { viewport: '3,3,1,0,1,1' });
    expect([part.columns, part.rows, [...part.pixels.slice(0, 6)]]).toEqual([3, 3, [0, 255, 0, 0, 255, 0]]);
  });

  it('is a JPEG of three components', async () => {
    const { columns, rows, channels, pixels } = await renderFrame(screenshot(), 0, {});
    const jpeg = await encodeJpeg(columns, rows, channels, pixels);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    expect(jpeg[frame + 9]).toBe(3);
  });

  it('is refused in words where its colours are not known', async () => {
    await expect(renderFrame(screenshot({ PhotometricInterpretation: 'CMYK' }), 0, {})).rejects.toMatchObject(
      {
        status: 422,
        problems: [{ code: 'unsupported' }],
      },
    );
  });
});
