import { describe, expect, it } from 'vitest';
import { asLabelled } from './jpeg-colour.ts';
import { readJpegHeader } from './jpeg-stream.ts';

/** Start, perhaps a marker, frame and scan of a picture of three components. */
function stream(marker: readonly number[] = [], sampling = 0x11): Uint8Array {
  const frame = [0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1, 3, 0, sampling, 0, 1, 0x11, 0, 2, 0x11, 0];
  const scan = [0xff, 0xda, 0, 12, 3, 0, 0, 1, 0, 2, 0, 0, 63, 0];
  return Uint8Array.from([0xff, 0xd8, ...marker, ...frame, ...scan, 0xff, 0xd9]);
}
const marked = (bytes: Uint8Array, photometric: string): boolean =>
  asLabelled(bytes, readJpegHeader(bytes)!, photometric) !== bytes;

describe('the colours of a jpeg stream', () => {
  it('are those of the data set where the stream does not tell', () => {
    expect(marked(stream(), 'RGB')).toBe(true);
    expect(marked(stream(), 'YBR_FULL_422')).toBe(false);
  });

  it('are those of the stream where it tells, or where it can only be chrominance', () => {
    const jfif = [0xff, 0xe0, 0, 8, 0x4a, 0x46, 0x49, 0x46, 0, 1];
    const adobe = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 1];
    expect([marked(stream(jfif), 'RGB'), marked(stream(adobe), 'RGB')]).toEqual([false, false]);
    expect(marked(stream([], 0x22), 'RGB')).toBe(false);
    // Another maker's segment of the same number is neither.
    expect(marked(stream([0xff, 0xe0, 0, 6, 1, 2, 3, 4]), 'RGB')).toBe(true);
  });
});
