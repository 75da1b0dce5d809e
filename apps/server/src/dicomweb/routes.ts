import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../database/connect.ts';
import type { Route } from '../http/guard.ts';
import type { Reply, Settled } from '../http/reply.ts';
import { encodeJpeg } from '../pictures/jpeg.ts';
import { encodePng } from '../pictures/png.ts';
import { notThere } from '../problem-error.ts';
import { storedInstances } from '../records/stored-instances.ts';
import type { Services } from '../services.ts';
import {
  type MediaRange,
  mediaRanges,
  notAcceptable,
  takes,
  takesObjects,
  takesParts,
  wantedSyntax,
} from './accept.ts';
import { PIXEL_DATA, tagName } from './json.ts';
import { bulkValue, decodedFrame, frameBytes, frameSyntax, isCompressed, PLAIN_SYNTAX } from './pixels.ts';
import { refuseUndrawn, renderFrame } from './rendered.ts';
import { JSON_TYPE } from './search.ts';

const uid = z.string().regex(/^[0-9.]{1,64}$/);
const study = z.object({ id: uid });
const THUMBNAIL = '128,128';
const oneSeries = study.extend({ series: uid });
const instance = oneSeries.extend({ instance: uid });

interface Found {
  readonly sopUid: string;
  readonly object: string;
  readonly transferSyntax: string;
  readonly metadata: string;
  readonly frames: number;
  /** Rows of its picture; null where it has none. */
  readonly pixels: number | null;
}

/** WADO-RS (PS3.18, 10.4): objects, their metadata, frames, pictures and binary values. */
export function dicomwebRoutes(route: Route, services: Services): void {
  const { siteId } = services;

  const find = async (
    tx: Tx,
    p: { id: string; series?: string | undefined; instance?: string | undefined },
  ): Promise<readonly Found[]> => {
    let query = storedInstances(tx, siteId)
      .select([
        'i.sop_uid as sopUid',
        'b.object',
        'i.transfer_syntax as transferSyntax',
        'i.metadata',
        'i.frames',
        'i.rows as pixels',
      ])
      .where('s.study_uid', '=', p.id);
    if (p.series !== undefined) query = query.where('e.series_uid', '=', p.series);
    if (p.instance !== undefined) query = query.where('i.sop_uid', '=', p.instance);
    const rows = await query
      .orderBy('e.number')
      .orderBy('e.series_uid')
      .orderBy('i.number')
      .orderBy('i.sop_uid')
      .execute();
    if (rows.length === 0) throw notThere('object');
    return rows;
  };
  const one = async (tx: Tx, p: z.infer<typeof instance>): Promise<Found> => (await find(tx, p))[0]!;

  /** What the request takes; a query parameter does instead of the header, for who cannot set one (PS3.18, 8.3.3.1). */
  const rangesOf = (request: Request): readonly MediaRange[] =>
    mediaRanges(new URL(request.url).searchParams.get('accept') ?? request.headers.get('accept'));

  // Metadata was made when the objects came: an answer is a join of texts.
  const metadata = (rows: readonly Found[]): Reply => ({
    bytes: Buffer.from(`[${rows.map((row) => row.metadata).join(',')}]`),
    type: JSON_TYPE,
  });
  const objects = (rows: readonly Found[], ranges: readonly MediaRange[]): Reply => {
    const taken = takesObjects(
      ranges,
      rows.map((row) => row.transferSyntax),
    );
    // Objects leave as they came: one that is stored in another syntax than the one asked for cannot be given.
    if (taken === undefined)
      throw notAcceptable('multipart/related; type="application/dicom", in the syntax the objects came in,');
    if (!taken.asParts)
      return new Response(
        ReadableStream.from(services.blobs.stream(rows[0]!.object)) as ReadableStream<Uint8Array>,
        {
          headers: { 'content-type': 'application/dicom', 'cache-control': 'private, max-age=60' },
        },
      );
    return multipartReply('application/dicom', rows, async function* (row) {
      yield* services.blobs.stream(row.object);
    });
  };

  const levels = [
    ['/dicomweb/studies/{id}', study],
    ['/dicomweb/studies/{id}/series/{series}', oneSeries],
    ['/dicomweb/studies/{id}/series/{series}/instances/{instance}', instance],
  ] as const;
  for (const [path, params] of levels) {
    const guard = {
      method: 'get',
      resource: 'picture',
      action: 'read',
      about: 'study-uid',
      way: 'dicomweb',
      params: params as typeof instance,
    } as const;
    route(
      {
        ...guard,
        path,
        summary: 'WADO-RS: whole objects',
        reply: { type: 'multipart/related; type="application/dicom"' },
      },
      async ({ tx, params: p, request }) => objects(await find(tx, p), rangesOf(request)),
    );
    route(
      { ...guard, path: `${path}/metadata`, summary: 'WADO-RS: metadata', reply: { type: JSON_TYPE } },
      async ({ tx, params: p, request }) => {
        if (takes(rangesOf(request), JSON_TYPE, 'application/json') === undefined)
          throw notAcceptable(JSON_TYPE);
        return metadata(await find(tx, p));
      },
    );
  }

  const object = {
    method: 'get',
    resource: 'picture',
    action: 'read',
    about: 'study-uid',
    way: 'dicomweb',
  } as const;
  const base = '/dicomweb/studies/{id}/series/{series}/instances/{instance}';
  route(
    {
      ...object,
      path: `${base}/frames/{frames}`,
      summary: 'WADO-RS: frames as stored',
      params: instance.extend({ frames: z.string().regex(/^\d+(,\d+)*$/) }),
      reply: { type: 'multipart/related; type="application/octet-stream"' },
    },
    async ({ tx, params, request }) => {
      const row = await one(tx, params);
      const numbers = params.frames.split(',').map(Number);
      if (numbers.length > 10_000 || numbers.some((n) => n < 1 || n > row.frames)) throw notThere('frame');
      const ranges = rangesOf(request);
      return { after: async () => framesReply(await services.blobs.read(row.object), row, numbers, ranges) };
    },
  );
  const framed = instance.extend({ frames: z.string().regex(/^\d{1,6}$/) });
  for (const [path, params] of [
    [`${base}/rendered`, instance],
    [`${base}/frames/{frames}/rendered`, framed],
    ['/dicomweb/studies/{id}/thumbnail', study],
    ['/dicomweb/studies/{id}/series/{series}/thumbnail', oneSeries],
    [`${base}/thumbnail`, instance],
    [`${base}/frames/{frames}/thumbnail`, framed],
  ] as const) {
    const small = path.endsWith('thumbnail');
    route(
      {
        ...object,
        path,
        summary: small
          ? 'WADO-RS: a small picture; of several objects the one in the middle'
          : 'WADO-RS: a frame as a PNG or JPEG picture',
        params: params as typeof instance,
        query: z
          .object({
            window: z.string().optional(),
            viewport: z.string().optional(),
            quality: z.coerce.number().int().min(1).max(100).default(90),
            annotation: z.string().optional(),
            iccprofile: z.string().optional(),
          })
          .loose(),
        reply: { type: 'image/png' },
      },
      async ({ tx, params: p, query, request }) => {
        refuseUndrawn(query);
        const wanted = takes(rangesOf(request), 'image/png', 'image/jpeg');
        if (wanted === undefined) throw notAcceptable('image/png or image/jpeg');
        // Whoever takes both gets the one that loses nothing.
        const lossless = takes([wanted], 'image/png') !== undefined;
        const rows = (await find(tx, p)).filter((row) => row.pixels !== null || !small);
        const row = rows[rows.length >> 1];
        if (row === undefined) throw notThere('picture');
        const frame = Number((p as { frames?: string }).frames ?? '1');
        if (frame < 1 || frame > row.frames) throw notThere('frame');
        const wish = small ? { viewport: THUMBNAIL, ...query } : query;
        return {
          after: async () => {
            const bytes = await services.blobs.read(row.object);
            const { columns, rows: height, channels, pixels } = await renderFrame(bytes, frame - 1, wish);
            return lossless
              ? { bytes: encodePng(columns, height, channels, pixels), type: 'image/png' }
              : {
                  bytes: await encodeJpeg(columns, height, channels, pixels, query.quality),
                  type: 'image/jpeg',
                };
          },
        };
      },
    );
  }
  route(
    {
      ...object,
      path: `${base}/bulk/{path}`,
      summary: 'WADO-RS: one binary value',
      params: instance.extend({ path: z.string().regex(/^[0-9A-F]{8}(\.\d{1,5}\.[0-9A-F]{8}){0,20}$/) }),
      reply: { type: 'application/octet-stream' },
    },
    async ({ tx, params, request }) => {
      const row = await one(tx, params);
      const ranges = rangesOf(request);
      const several = takesParts(ranges, 'application/octet-stream');
      const alone = takes(ranges, 'application/octet-stream');
      return {
        after: async () => {
          const object = await services.blobs.read(row.object);
          // A compressed picture is given as its frames are (PS3.18, 8.7.3): what holds them together is the file's, not the picture's.
          if (params.path === tagName(PIXEL_DATA) && isCompressed(object)) {
            const all = Array.from({ length: row.frames }, (_, k) => k + 1);
            return framesReply(object, row, all, ranges);
          }
          if (several === undefined && alone === undefined) throw notAcceptable('application/octet-stream');
          const bytes = bulkValue(object, params.path);
          if (bytes === undefined) throw notThere('value');
          if (alone === undefined)
            return multipartReply('application/octet-stream', [bytes], async function* (value) {
              yield value;
            });
          return partOf(bytes, request.headers.get('range'));
        },
      };
    },
  );
}

/** A value, or the one range of its bytes that was asked for (RFC 9110, 14.2); several ranges are answered with the whole, as it allows. */
function partOf(bytes: Uint8Array, asked: string | null): Settled {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(asked?.trim() ?? '');
  const headers = { 'accept-ranges': 'bytes' };
  const whole = { bytes, type: 'application/octet-stream', headers };
  if (found === null || (found[1] === '' && found[2] === '')) return whole;
  const [from, to] =
    found[1] === ''
      ? [Math.max(0, bytes.length - Number(found[2])), bytes.length - 1]
      : [Number(found[1]), found[2] === '' ? bytes.length - 1 : Math.min(Number(found[2]), bytes.length - 1)];
  if (found[1] !== '' && found[2] !== '' && Number(found[2]) < Number(found[1])) return whole;
  if (from > to)
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${bytes.length}` },
    });
  return new Response(new Uint8Array(bytes.subarray(from, to + 1)), {
    status: 206,
    headers: {
      ...headers,
      'content-type': whole.type,
      'content-range': `bytes ${from}-${to}/${bytes.length}`,
      'cache-control': 'private, max-age=60',
    },
  });
}

/** A `multipart/related` answer that is read from disk while it is sent. */
function multipartReply<T>(
  type: string,
  parts: readonly T[],
  read: (part: T) => AsyncGenerator<Uint8Array>,
  more = '',
): Response {
  const boundary = `foramen-${randomBytes(12).toString('hex')}`;
  async function* all(): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      yield Buffer.from(`--${boundary}\r\nContent-Type: ${type}${more === '' ? '' : `;${more}`}\r\n\r\n`);
      yield* read(part);
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(`--${boundary}--\r\n`);
  }
  return new Response(ReadableStream.from(all()) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': `multipart/related; type="${type}"; boundary=${boundary}`,
      'cache-control': 'private, max-age=60',
    },
  });
}

/**
 * Frames as they are stored, where the request takes that; else, of grey pictures, decoded to plain samples.
 *
 * @throws ProblemError 406 where it takes neither, 422 where a frame is not all there
 */
async function framesReply(
  bytes: Uint8Array,
  row: Found,
  numbers: readonly number[],
  ranges: readonly MediaRange[],
): Promise<Settled> {
  const frames = numbers.map((n) => frameBytes(bytes, n - 1));
  const type = frames[0]!.type;
  const kept = frameSyntax(row.transferSyntax);
  const plain = 'application/octet-stream';
  for (const range of ranges) {
    const parts = takesParts([range], type, plain) !== undefined;
    if (!parts && (numbers.length > 1 || takes([range], type, plain) === undefined)) continue;
    const asked = parts ? (range.parameters.get('type') ?? '*/*') : range.type;
    const syntax = wantedSyntax(range);
    const stored = syntax === undefined ? asked !== plain || type === plain : syntax === kept;
    // A type of plain bytes beside `transfer-syntax=*` is what viewers say who decode for themselves.
    const any = range.parameters.get('transfer-syntax') === '*';
    if (!stored && !any && syntax !== undefined && syntax !== PLAIN_SYNTAX) continue;
    if (!stored && !any) {
      // The first one tells whether this can be done at all; the others are decoded as they go out, for a list may name one frame ten thousand times.
      const first = await decodedFrame(bytes, numbers[0]! - 1);
      if (!parts) return { bytes: first, type: plain };
      const decoded = async function* (n: number): AsyncGenerator<Uint8Array> {
        yield n === numbers[0] ? first : await decodedFrame(bytes, n - 1);
      };
      return multipartReply(plain, numbers, decoded, ` transfer-syntax=${PLAIN_SYNTAX}`);
    }
    if (!parts) return { bytes: frames[0]!.bytes, type };
    return multipartReply(
      type,
      frames.map((frame) => frame.bytes),
      one,
      ` transfer-syntax=${kept}`,
    );
  }
  throw notAcceptable(`multipart/related; type="${type}" or plain samples`);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
