import { readJpegHeader } from './jpeg-stream.ts';

interface StreamSize {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
}

/**
 * Picture size a compressed frame claims, read before any decoder allocates for it: JPEG and JPEG-LS from the start of
 * frame, JPEG 2000 (bare or in a JP2 box) from SIZ. Null when the stream has no such header.
 */
export function codeStreamSize(data: Uint8Array): StreamSize | null {
  if (data[0] === 0xff && data[1] === 0xd8) {
    const header = readJpegHeader(data);
    return header && { rows: header.rows, columns: header.columns, components: header.components };
  }
  const at = jpeg2000Start(data);
  if (at < 0 || at + 42 > data.length || data[at + 2] !== 0xff || data[at + 3] !== 0x51) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const columns = view.getUint32(at + 8) - view.getUint32(at + 16);
  const rows = view.getUint32(at + 12) - view.getUint32(at + 20);
  const tileColumns = view.getUint32(at + 24);
  const tileRows = view.getUint32(at + 28);
  if (tileColumns === 0 || tileRows === 0) return null;
  return { rows, columns, components: view.getUint16(at + 40) };
}

/** Start of the code stream: at once, or inside the boxes some writers wrongly leave round it. */
function jpeg2000Start(data: Uint8Array): number {
  const soc = (at: number): boolean => data[at] === 0xff && data[at + 1] === 0x4f;
  if (soc(0)) return 0;
  const most = Math.min(data.length - 4, 4096);
  if (data[4] === 0x6a && data[5] === 0x50) {
    for (let at = 8; at < most; at++)
      if (soc(at) && data[at + 2] === 0xff && data[at + 3] === 0x51) return at;
  }
  return -1;
}
