import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import encode, { init } from '@jsquash/jpeg/encode.js';

/** Tables of the standard's Annex K, as the package numbers them. */
const ANNEX_K = 0;

let ready: Promise<void> | undefined;

async function load(): Promise<void> {
  const wasm = fileURLToPath(import.meta.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'));
  await init({ wasmBinary: await readFile(wasm) });
}

/**
 * A baseline JPEG (ITU-T T.81), as viewers ask a rendered picture when they name a type; colours as fine as the picture.
 *
 * @param channels 1 (grey) or 3 (red, green and blue of each pixel)
 * @param pixels a byte a sample, rows top to bottom
 * @param quality 1 (smallest) to 100 (best), as the Independent JPEG Group scales it
 */
export async function encodeJpeg(
  columns: number,
  rows: number,
  channels: 1 | 3,
  pixels: Uint8Array,
  quality = 90,
): Promise<Buffer> {
  ready ??= load();
  await ready;
  const data = new Uint8ClampedArray(columns * rows * 4).fill(255);
  for (let i = 0; i < columns * rows; i++)
    for (let sample = 0; sample < 3; sample++)
      data[4 * i + sample] = pixels[channels === 1 ? i : 3 * i + sample]!;
  const jpeg = await encode(
    { data, width: columns, height: rows },
    {
      quality,
      baseline: true,
      progressive: false,
      // Its numbers for grey and for YCbCr are those of the channels.
      color_space: channels,
      quant_table: ANNEX_K,
      auto_subsample: false,
      chroma_subsample: 1,
    },
  );
  return Buffer.from(jpeg);
}
