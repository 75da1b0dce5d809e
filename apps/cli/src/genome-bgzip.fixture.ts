import { deflateRawSync, gzipSync } from 'node:zlib';

/** For tests and benchmarks: bgzip and tabix, as far as reading them back needs. */
export interface Blocks {
  readonly bytes: Uint8Array;
  /** Virtual offset of every data line, with its chromosome and position. */
  readonly lines: readonly {
    readonly chrom: string;
    readonly pos: number;
    readonly begin: number;
    readonly end: number;
  }[];
}

const CRC = new Int32Array(256).map((_v, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = -1;
  for (const byte of bytes) c = (CRC[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ -1) >>> 0;
}

function member(plain: Uint8Array): Buffer {
  const body = deflateRawSync(plain, { level: 1 });
  const head = Buffer.from([31, 139, 8, 4, 0, 0, 0, 0, 0, 255, 6, 0, 66, 67, 2, 0, 0, 0]);
  head.writeUInt16LE(head.length + body.length + 8 - 1, 16);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(plain), 0);
  tail.writeUInt32LE(plain.length, 4);
  return Buffer.concat([head, body, tail]);
}

export function bgzip(text: string, blockSize = 20_000): Blocks {
  const plain = Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  const starts: number[] = [];
  let offset = 0;
  for (let at = 0; at < plain.length; at += blockSize) {
    starts.push(offset);
    const block = member(plain.subarray(at, at + blockSize));
    parts.push(block);
    offset += block.length;
  }
  const virtual = (at: number) => (starts[Math.floor(at / blockSize)] ?? offset) * 65536 + (at % blockSize);
  const lines: { chrom: string; pos: number; begin: number; end: number }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const length = Buffer.byteLength(line) + 1;
    if (line && !line.startsWith('#')) {
      const [chrom, pos] = line.split('\t');
      lines.push({
        chrom: chrom ?? '',
        pos: Number(pos),
        begin: virtual(at),
        end: virtual(Math.min(at + length, plain.length)),
      });
    }
    at += length;
  }
  parts.push(member(new Uint8Array(0)));
  return { bytes: Buffer.concat(parts), lines };
}

/** A tabix index in which every record sits in its smallest bin. */
export function tabix(blocks: Blocks): Uint8Array {
  const names = [...new Set(blocks.lines.map((line) => line.chrom))];
  const parts: Buffer[] = [];
  const int = (value: number) => {
    const part = Buffer.alloc(4);
    part.writeInt32LE(value);
    parts.push(part);
  };
  const long = (value: number) => {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    parts.push(part);
  };
  const joined = Buffer.from(names.map((name) => `${name}\0`).join(''), 'utf8');
  parts.push(Buffer.from('TBI\x01', 'latin1'));
  for (const value of [names.length, 2, 1, 2, 0, 35, 0, joined.length]) int(value);
  parts.push(joined);
  for (const name of names) {
    const own = blocks.lines.filter((line) => line.chrom === name);
    const bins = new Map<number, { begin: number; end: number }[]>();
    const linear: number[] = [];
    for (const line of own) {
      const bin = 4681 + ((line.pos - 1) >> 14);
      const list = bins.get(bin) ?? [];
      const last = list[list.length - 1];
      if (last && last.end === line.begin) last.end = line.end;
      else list.push({ begin: line.begin, end: line.end });
      bins.set(bin, list);
      const window = (line.pos - 1) >> 14;
      linear[window] = Math.min(linear[window] ?? line.begin, line.begin);
    }
    int(bins.size);
    for (const [bin, chunks] of bins) {
      int(bin);
      int(chunks.length);
      for (const chunk of chunks) {
        long(chunk.begin);
        long(chunk.end);
      }
    }
    int(linear.length);
    let carried = 0;
    for (let i = 0; i < linear.length; i++) {
      carried = linear[i] ?? carried;
      long(carried);
    }
  }
  return gzipSync(Buffer.concat(parts));
}
