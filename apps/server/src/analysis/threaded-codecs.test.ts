import type { Codecs } from '@foramen/dicom';
import { createCodecs } from '@foramen/dicom';
import { describe, expect, it } from 'vitest';
import { threadedCodecs } from './threaded-codecs.ts';

/** A JPEG 2000 picture of 16 x 16 pixels of 12 bits, lossless, made with OpenJPEG: the value of a pixel is 16 times its row plus its column. */
const PICTURE = Uint8Array.from(
  Buffer.from(
    '/0//UQApAAAAAAAQAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAABCwEB/1IADAACAAEAAQQEAAH/XAAHQGBoaHD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAABiAAH/k9/hDBIrZxaPj6GCGBZRGoAwjzR8WlJz1IsOVWUFigAvEJAAP2IfRQj+x10FCmstqCs2x2urgx+PxlQN83m+b5vm+b5wDEfAARQB84UANqE9pjRgf//Z',
    'base64',
  ),
);

/** Decoders that count what they themselves are asked for, and take a turn of the event loop as a long picture would. */
function counted(): { codecs: Codecs; asked: () => number } {
  const inner = createCodecs();
  let asked = 0;
  const decode: Codecs['decode'] = async (codec, data) => {
    asked++;
    await new Promise((done) => setTimeout(done, 60));
    return inner.decode(codec, data);
  };
  return { codecs: { decode }, asked: () => asked };
}

describe('decoding on several threads', () => {
  it('gives what one thread gives, in the order asked, and shares the work', async () => {
    const own = counted();
    const codecs = threadedCodecs(own.codecs, 2);
    const alone = await createCodecs().decode('openjpeg', PICTURE);
    expect(alone?.columns).toBe(16);
    expect(new Uint16Array(alone!.bytes.buffer)[5 * 16 + 3]).toBe(5 * 16 + 3);
    const cutOff = PICTURE.slice(0, 120);
    const partly = await createCodecs().decode('openjpeg', cutOff);
    const wanted = Array.from({ length: 60 }, (_, n) => (n % 7 === 3 ? cutOff : PICTURE));
    const frames = await Promise.all(wanted.map((data) => codecs.decode('openjpeg', data)));
    expect(frames).toEqual(wanted.map((data) => (data === cutOff ? partly : alone)));
    expect(own.asked()).toBeGreaterThan(0);
    expect(own.asked()).toBeLessThan(60);
  });

  it('decodes a single picture itself', async () => {
    const own = counted();
    expect((await threadedCodecs(own.codecs, 4).decode('openjpeg', PICTURE))?.rows).toBe(16);
    expect(own.asked()).toBe(1);
  });

  it('is its own where there is one processor', () => {
    const { codecs } = counted();
    expect(threadedCodecs(codecs, 1)).toBe(codecs);
  });
});
