import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, formField, multipart } from './multipart.ts';

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function readAll(source: AsyncIterable<Uint8Array>, boundary: string) {
  const parts: { field: ReturnType<typeof formField>; body: Buffer }[] = [];
  for await (const part of multipart(source, boundary)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.body) chunks.push(chunk);
    parts.push({ field: formField(part), body: Buffer.concat(chunks) });
  }
  return parts;
}

function encode(parts: readonly { name: string; body: Buffer }[], boundary: string): Buffer {
  return Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${part.name}"\r\n\r\n`,
      ),
      part.body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

describe('multipart bodies', () => {
  it('gives back every part, however the network cuts the stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
        async (bodies, sizes) => {
          const parts = bodies.map((body, i) => ({ name: `file ${i}`, body: Buffer.from(body) }));
          const boundary = 'b0undary';
          const got = await readAll(pieces(encode(parts, boundary), sizes), boundary);
          expect(got.map((p) => [p.field.filename, p.body.toString('hex')])).toEqual(
            parts.map((p) => [p.name, p.body.toString('hex')]),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps bytes that look like the beginning of a delimiter', async () => {
    const body = Buffer.from('\r\n--b0undar\r\n--b0und\r\n\r\n--');
    const got = await readAll(pieces(encode([{ name: 'x', body }], 'b0undary'), [3, 1, 7]), 'b0undary');
    expect(got[0]?.body.equals(body)).toBe(true);
  });

  it('never takes a cut body for a whole one', async () => {
    const whole = encode([{ name: 'x', body: Buffer.from('hello world') }], 'b');
    const end = whole.indexOf('\r\n--b--');
    for (let cut = 1; cut <= end; cut++) {
      await expect(readAll(pieces(whole.subarray(0, cut), [5]), 'b'), `cut at ${cut}`).rejects.toThrow();
    }
  });

  it('skips parts nobody reads', async () => {
    const whole = encode(
      [
        { name: 'a', body: Buffer.alloc(5_000, 1) },
        { name: 'b', body: Buffer.from('x') },
      ],
      'b',
    );
    const names: (string | undefined)[] = [];
    for await (const part of multipart(pieces(whole, [100]), 'b')) names.push(formField(part).filename);
    expect(names).toEqual(['a', 'b']);
  });

  it('wants a boundary', () => {
    expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b');
    expect(() => boundaryOf('application/json')).toThrow('not multipart');
  });

  it('whose part headers do not end are refused before they fill the memory', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('--b\r\n');
      for (; sent < 1 << 20; sent += 1024) yield Buffer.alloc(1024, 'x');
    }
    await expect(readAll(endless(), 'b')).rejects.toMatchObject({ status: 400 });
    expect(sent).toBeLessThan(32 << 10);
  });
});
