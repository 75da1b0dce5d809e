import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../database/connect.ts';
import type { Route } from '../http/guard.ts';
import type { Reply } from '../http/reply.ts';
import { encodePng } from '../pictures/png.ts';
import { notThere, refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { bulkValue, frameBytes, renderFrame } from './pixels.ts';
import { type DicomQuery, searchDicom, unknownKeys } from './query.ts';

const uid = z.string().regex(/^[0-9.]{1,64}$/);
const study = z.object({ id: uid });
const oneSeries = study.extend({ series: uid });
const instance = oneSeries.extend({ instance: uid });
const JSON_TYPE = 'application/dicom+json';
const MAX_PAGE = 1_000;

const queryParams = z.looseObject({});

interface Found {
  readonly sopUid: string;
  readonly object: string;
  readonly transferSyntax: string;
  readonly metadata: string;
  readonly frames: number;
}

export function dicomwebRoutes(route: Route, services: Services): void {
  const { siteId } = services;

  const search = async (
    tx: Tx,
    visible: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
    level: DicomQuery['level'],
    raw: Readonly<Record<string, unknown>>,
    within: { studyUid?: string; seriesUid?: string } = {},
  ): Promise<Reply> => {
    const {
      limit,
      offset,
      includefield: _include,
      fuzzymatching: _fuzzy,
      ...match
    } = raw as Readonly<Record<string, string>>;
    const wanted = Math.min(MAX_PAGE, natural(limit, MAX_PAGE));
    const unknown = unknownKeys({ level, match });
    if (unknown.length > 0)
      throw refuse(
        400,
        'usage',
        `query.${unknown[0]}`,
        'cannot be searched by at this level',
        'see docs/dicom-node.md',
      );
    const query = { level, match, ...within, limit: wanted, offset: natural(offset, 0) };
    const rows = await searchDicom(tx, siteId, query);
    const seen = await visible([...new Set(rows.map((row) => row.patientId))]);
    const origin = '/dicomweb/studies';
    const list = rows
      .filter((row) => seen.has(row.patientId))
      .map((row) => ({
        ...row.attributes,
        '00081190': {
          vr: 'UR',
          Value: [
            [
              origin,
              row.studyUid,
              row.seriesUid && `series/${row.seriesUid}`,
              row.sopUid && `instances/${row.sopUid}`,
            ]
              .filter(Boolean)
              .join('/'),
          ],
        },
      }));
    const more = rows.length === wanted ? { warning: '299 foramen "there may be more: use offset"' } : {};
    return {
      bytes: Buffer.from(JSON.stringify(list)),
      type: JSON_TYPE,
      headers: { 'cache-control': 'no-store', ...more },
    };
  };

  route(
    {
      method: 'get',
      path: '/dicomweb/studies',
      summary: 'QIDO-RS: studies',
      resource: 'study',
      action: 'list',
      about: 'none',
      way: 'dicomweb',
      query: queryParams,
      reply: { type: JSON_TYPE },
    },
    ({ tx, query, visible }) => search(tx, visible, 'study', query),
  );
  route(
    {
      method: 'get',
      path: '/dicomweb/studies/{id}/series',
      summary: 'QIDO-RS: series of a study',
      resource: 'study',
      action: 'list',
      about: 'study-uid',
      way: 'dicomweb',
      params: study,
      query: queryParams,
      reply: { type: JSON_TYPE },
    },
    ({ tx, query, params, visible }) => search(tx, visible, 'series', query, { studyUid: params.id }),
  );
  route(
    {
      method: 'get',
      path: '/dicomweb/studies/{id}/instances',
      summary: 'QIDO-RS: objects of a study',
      resource: 'study',
      action: 'list',
      about: 'study-uid',
      way: 'dicomweb',
      params: study,
      query: queryParams,
      reply: { type: JSON_TYPE },
    },
    ({ tx, query, params, visible }) => search(tx, visible, 'instance', query, { studyUid: params.id }),
  );
  route(
    {
      method: 'get',
      path: '/dicomweb/studies/{id}/series/{series}/instances',
      summary: 'QIDO-RS: objects of a series',
      resource: 'study',
      action: 'list',
      about: 'study-uid',
      way: 'dicomweb',
      params: oneSeries,
      query: queryParams,
      reply: { type: JSON_TYPE },
    },
    ({ tx, query, params, visible }) =>
      search(tx, visible, 'instance', query, { studyUid: params.id, seriesUid: params.series }),
  );

  const find = async (
    tx: Tx,
    p: { id: string; series?: string | undefined; instance?: string | undefined },
  ): Promise<readonly Found[]> => {
    let query = tx
      .selectFrom('instances as i')
      .innerJoin('series as e', (on) =>
        on.onRef('e.site_id', '=', 'i.site_id').onRef('e.id', '=', 'i.series_id'),
      )
      .innerJoin('studies as s', (on) =>
        on.onRef('s.site_id', '=', 'i.site_id').onRef('s.id', '=', 'i.study_id'),
      )
      .innerJoin('blobs as b', (on) =>
        on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'),
      )
      .select([
        'i.sop_uid as sopUid',
        'b.object',
        'i.transfer_syntax as transferSyntax',
        'i.metadata',
        'i.frames',
      ])
      .where('i.site_id', '=', siteId)
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

  // Metadata was made when the objects came: an answer is a join of texts.
  const metadata = (rows: readonly Found[]): Reply => ({
    bytes: Buffer.from(`[${rows.map((row) => row.metadata).join(',')}]`),
    type: JSON_TYPE,
  });
  const objects = (rows: readonly Found[]): Reply =>
    multipartReply('application/dicom', rows, async function* (row) {
      yield* services.blobs.stream(row.object);
    });

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
      async ({ tx, params: p }) => objects(await find(tx, p)),
    );
    route(
      { ...guard, path: `${path}/metadata`, summary: 'WADO-RS: metadata', reply: { type: JSON_TYPE } },
      async ({ tx, params: p }) => metadata(await find(tx, p)),
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
    async ({ tx, params }) => {
      const row = await one(tx, params);
      const numbers = params.frames.split(',').map(Number);
      if (numbers.length > 10_000 || numbers.some((n) => n < 1 || n > row.frames)) throw notThere('frame');
      const bytes = await services.blobs.read(row.object);
      const frames = numbers.map((n) => frameBytes(bytes, n - 1));
      return multipartReply(
        frames[0]!.type,
        frames,
        // Generators only: the bytes are at hand already.
        async function* (frame) {
          yield frame.bytes;
        },
        ` transfer-syntax=${row.transferSyntax}`,
      );
    },
  );
  for (const [path, params] of [
    [`${base}/rendered`, instance],
    [`${base}/frames/{frames}/rendered`, instance.extend({ frames: z.string().regex(/^\d{1,6}$/) })],
  ] as const) {
    route(
      {
        ...object,
        path,
        summary: 'WADO-RS: a frame as a PNG picture',
        params: params as typeof instance,
        query: z.object({ window: z.string().optional() }).loose(),
        reply: { type: 'image/png' },
      },
      async ({ tx, params: p, query }) => {
        const row = await one(tx, p);
        const frame = Number((p as { frames?: string }).frames ?? '1');
        if (frame < 1 || frame > row.frames) throw notThere('frame');
        const picture = await renderFrame(await services.blobs.read(row.object), frame - 1, query.window);
        return { bytes: encodePng(picture.columns, picture.rows, 1, picture.pixels), type: 'image/png' };
      },
    );
  }
  route(
    {
      ...object,
      path: `${base}/bulk/{path}`,
      summary: 'WADO-RS: one binary value',
      params: instance.extend({ path: z.string().regex(/^[0-9A-F]{8}$/) }),
      reply: { type: 'application/octet-stream' },
    },
    async ({ tx, params }) => {
      const row = await one(tx, params);
      const bytes = bulkValue(await services.blobs.read(row.object), Number.parseInt(params.path, 16));
      if (bytes === undefined) throw notThere('value');
      return { bytes, type: 'application/octet-stream' };
    },
  );
}

function natural(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw refuse(400, 'usage', 'query', 'limit and offset are whole numbers', 'see docs/dicom-node.md');
  return Number(text);
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
