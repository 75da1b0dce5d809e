import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const S3_KEYS = {
  accessKeyId: 'TESTKEY',
  secretAccessKey: 'a secret of forty characters, more or less',
};

export interface S3Server {
  readonly endpoint: string;
  readonly objects: Map<string, { bytes: Buffer; changed: Date }>;
  readonly requests: { method: string; path: string; status: number }[];
  /** The next so many requests fail so: with a status, or 0 for a broken line. */
  fail(times: number, status: number): void;
  close(): Promise<void>;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * A bucket in memory that checks every signature and content hash as the S3 API asks (Signature Version 4), pages its lists, takes
 * uploads in parts and refuses parts that are too small.
 */
export async function s3Server(options: { readonly page?: number } = {}): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const uploads = new Map<string, { key: string; parts: Map<number, Buffer> }>();
  const requests: { method: string; path: string; status: number }[] = [];
  let failing = { times: 0, status: 0 };

  const answer = (req: IncomingMessage, body: Buffer, res: ServerResponse): number => {
    const reply = (
      status: number,
      headers: Record<string, string> = {},
      content: Uint8Array | string = '',
    ): number => {
      res.writeHead(status, headers).end(content);
      return status;
    };
    const url = new URL(req.url ?? '/', 'http://s3');
    const problem = signatureProblem(req, url, body);
    if (problem !== undefined) return reply(403, {}, `<Error><Code>${problem}</Code></Error>`);
    const [, bucket, ...rest] = url.pathname.split('/');
    if (bucket !== 'spine') return reply(404, {}, '<Error><Code>NoSuchBucket</Code></Error>');
    const key = decodeURIComponent(rest.join('/'));
    const upload = url.searchParams.get('uploadId');
    const held = objects.get(key);
    switch (req.method) {
      case 'GET': {
        if (key === '') return reply(200, {}, list(url.searchParams));
        if (held === undefined) return reply(404, {}, '<Error><Code>NoSuchKey</Code></Error>');
        const range = /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '');
        if (range === null) return reply(200, {}, held.bytes);
        const from = Number(range[1]);
        const to = range[2] === '' ? held.bytes.length : Math.min(held.bytes.length, Number(range[2]) + 1);
        if (from >= held.bytes.length) return reply(416);
        return reply(
          206,
          { 'content-range': `bytes ${from}-${to - 1}/${held.bytes.length}` },
          held.bytes.subarray(from, to),
        );
      }
      case 'HEAD':
        return reply(held === undefined ? 404 : 200);
      case 'DELETE':
        if (upload !== null) uploads.delete(upload);
        else objects.delete(key);
        return reply(204);
      case 'PUT':
        if (upload === null) {
          objects.set(key, { bytes: body, changed: new Date() });
          return reply(200, { etag: `"${sha256(body).slice(0, 32)}"` });
        }
        uploads.get(upload)?.parts.set(Number(url.searchParams.get('partNumber')), body);
        return uploads.has(upload) ? reply(200, { etag: `"${sha256(body).slice(0, 32)}"` }) : reply(404);
      case 'POST': {
        if (upload === null) {
          const id = randomBytes(8).toString('hex');
          uploads.set(id, { key, parts: new Map() });
          return reply(
            200,
            {},
            `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
          );
        }
        const open = uploads.get(upload);
        if (open === undefined) return reply(404);
        const named = [
          ...body.toString('utf8').matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"([0-9a-f]+)"<\/ETag>/g),
        ];
        const parts = named.map(([, number, mark]) => ({ bytes: open.parts.get(Number(number)), mark }));
        const wrong = parts.some(
          ({ bytes, mark }) => bytes === undefined || sha256(bytes).slice(0, 32) !== mark,
        );
        const small = parts.slice(0, -1).some(({ bytes }) => (bytes?.length ?? 0) < 5 << 20);
        if (wrong || small) return reply(400, {}, '<Error><Code>InvalidPart</Code></Error>');
        objects.set(open.key, { bytes: Buffer.concat(parts.map((p) => p.bytes!)), changed: new Date() });
        uploads.delete(upload);
        return reply(200, {}, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
      }
      default:
        return reply(405);
    }
  };

  const list = (query: URLSearchParams): string => {
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()]
      .filter((k) => k.startsWith(query.get('prefix') ?? '') && k > after)
      .sort();
    const page = keys.slice(0, options.page ?? 1_000);
    const more = keys.length > page.length;
    const items = page.map(
      (k) =>
        `<Contents><Key>${k}</Key><LastModified>${objects.get(k)!.changed.toISOString()}</LastModified></Contents>`,
    );
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''}${items.join('')}</ListBucketResult>`;
  };

  const server: Server = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on('data', (piece: Buffer) => pieces.push(piece));
    req.on('error', () => undefined);
    req.on('end', () => {
      let status = failing.status;
      if (failing.times > 0) {
        failing = { ...failing, times: failing.times - 1 };
        if (status === 0) req.socket.destroy();
        else res.writeHead(status).end();
      } else status = answer(req, Buffer.concat(pieces), res);
      requests.push({ method: req.method ?? '', path: req.url ?? '', status });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    fail: (times, status) => {
      failing = { times, status };
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** AWS Signature Version 4, computed from what arrived; undefined when it holds. */
function signatureProblem(req: IncomingMessage, url: URL, body: Buffer): string | undefined {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      req.headers.authorization ?? '',
    );
  if (said === null) return 'MissingSecurityHeader';
  const [, id, day, region, signed, signature] = said as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (id !== S3_KEYS.accessKeyId) return 'InvalidAccessKeyId';
  if (req.headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const names = signed.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name)))
    return 'UnsignedHeader';
  const stamp = String(req.headers['x-amz-date']);
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - at) < 15 * 60_000) || !stamp.startsWith(day)) return 'RequestTimeTooSkewed';
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams].map(([k, v]) => `${encode(k)}=${encode(v)}`).sort();
  const canonical = [
    req.method,
    url.pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${String(req.headers[name]).trim()}`),
    '',
    signed,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${S3_KEYS.secretAccessKey}`,
  );
  const expected = hmac(key as Buffer, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n'));
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch';
}
