import { z } from 'zod';
import { objectOf } from '../blobs/catalogue.ts';
import type { Tx } from '../database/connect.ts';
import { labelColour } from '../pictures/label-colour.ts';
import { encodePng } from '../pictures/png.ts';
import { readVolumeHeader, sampleAt, sliceRange, type VolumeHeader } from '../pictures/volume-file.ts';
import { notThere, notYet } from '../problem-error.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import type { Reply } from './reply.ts';

const place = z.object({
  id: z.string().min(1).max(100),
  n: z.coerce.number().int(),
  k: z.coerce.number().int(),
});
const windowQuery = z.object({
  center: z.coerce.number().optional(),
  width: z.coerce.number().positive().optional(),
});

const partQuery = z.object({
  from: z.coerce.number().int().min(0).optional(),
  count: z.coerce.number().int().positive().optional(),
});

/** One slice's samples, read and decrypted alone. */
async function readSlice(
  services: Services,
  tx: Tx,
  blobId: string,
  k: number,
): Promise<{ header: VolumeHeader; samples: DataView }> {
  const object = await objectOf(tx, services.siteId, blobId);
  const header = readVolumeHeader(await range(services, object, 0, 4096));
  if (k < 0 || k >= header.size[2]) throw notThere('slice');
  const bytes = await range(services, object, ...sliceRange(header, k));
  return { header, samples: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

async function range(services: Services, object: string, from: number, to: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of services.blobs.stream(object, from, to)) parts.push(part);
  return Buffer.concat(parts);
}

export function pictureRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  const picture = async (tx: Tx, studyId: string, number: number) => {
    const row = await tx
      .selectFrom('pictures')
      .select(['volume_blob', 'labels_blob'])
      .where('site_id', '=', siteId)
      .where('study_id', '=', studyId)
      .where('number', '=', number)
      .executeTakeFirst();
    if (row === undefined) throw notThere('series');
    return row;
  };
  const png = (bytes: Uint8Array, etag: string): Reply => ({ bytes, type: 'image/png', etag });

  route(
    {
      method: 'get',
      path: '/api/studies/{id}/series/{n}/slices/{k}.png',
      summary: 'A slice as a grey picture',
      resource: 'picture',
      action: 'read',
      about: 'study',
      params: place,
      query: windowQuery,
      reply: { type: 'image/png' },
    },
    async ({ tx, params, query }) => {
      const { volume_blob: blob } = await picture(tx, params.id, params.n);
      const { header, samples } = await readSlice(services, tx, blob, params.k);
      const center = query.center ?? header.window[0];
      const width = query.width ?? header.window[1];
      const pixels = new Uint8Array(header.size[0] * header.size[1]);
      for (let i = 0; i < pixels.length; i++) {
        pixels[i] = Math.max(
          0,
          Math.min(255, Math.round(((sampleAt(header, samples, i) - center) / width + 0.5) * 255)),
        );
      }
      return png(
        encodePng(header.size[0], header.size[1], 1, pixels),
        `${blob.slice(0, 24)}-${params.k}-${center}-${width}`,
      );
    },
  );

  for (const [name, channels] of [
    ['overlay', 4],
    ['labels', 1],
  ] as const) {
    route(
      {
        method: 'get',
        path: `/api/studies/{id}/series/{n}/${name}/{k}.png`,
        summary: channels === 4 ? 'The labels of a slice in colour' : 'The label values of a slice',
        resource: 'picture',
        action: 'read',
        about: 'study',
        params: place,
        reply: { type: 'image/png' },
      },
      async ({ tx, params }) => {
        const { labels_blob: blob } = await picture(tx, params.id, params.n);
        if (blob === null) throw notYet('overlay');
        const { header, samples } = await readSlice(services, tx, blob, params.k);
        const count = header.size[0] * header.size[1];
        const pixels = new Uint8Array(count * channels);
        for (let i = 0; i < count; i++) {
          const value = samples.getUint8(i);
          if (channels === 1) pixels[i] = value;
          else if (value !== 0) pixels.set(labelColour(value), i * 4);
        }
        return png(
          encodePng(header.size[0], header.size[1], channels, pixels),
          `${blob.slice(0, 24)}-${name}-${params.k}`,
        );
      },
    );
  }

  for (const [name, column] of [
    ['volume', 'volume_blob'],
    ['labels', 'labels_blob'],
  ] as const) {
    route(
      {
        method: 'get',
        path: `/api/studies/{id}/series/{n}/${name}`,
        summary:
          name === 'volume'
            ? 'All samples of a series, int16 little endian'
            : 'All label values of a series, uint8',
        resource: 'picture',
        action: 'read',
        about: 'study',
        params: place.omit({ k: true }),
        query: partQuery,
        reply: { type: 'application/octet-stream' },
      },
      async ({ tx, params, query }) => {
        const blob = (await picture(tx, params.id, params.n))[column];
        if (blob === null) throw notYet(name);
        const object = await objectOf(tx, siteId, blob);
        const type = 'application/octet-stream';
        const etag = blob.slice(0, 32);
        if (query.from === undefined && query.count === undefined) {
          const stored = await services.blobs.read(object);
          const header = readVolumeHeader(stored);
          const body = stored.subarray(header.offset);
          return { bytes: name === 'labels' ? body : asInt16(header, body), type, etag };
        }
        // Slices of a large stack, read and decrypted alone, so that the first is there before the last.
        const header = readVolumeHeader(await range(services, object, 0, 4096));
        const { from = 0 } = query;
        const slices = Math.min(query.count ?? header.size[2], header.size[2] - from);
        if (slices < 1) throw notThere('slice');
        const part = [sliceRange(header, from)[0], sliceRange(header, from + slices - 1)[1]] as const;
        // Samples with a fraction are stretched by the range of the whole stack.
        const stretched = name === 'volume' && header.type === 'float32';
        const bytes = stretched
          ? wholeStretched(header, await services.blobs.read(object), from, slices)
          : await range(services, object, ...part);
        return {
          bytes:
            name === 'labels' || stretched
              ? bytes
              : asInt16({ ...header, size: [header.size[0], header.size[1], slices] }, Buffer.from(bytes)),
          type,
          etag: `${etag}-${from}-${slices}`,
        };
      },
    );
  }
}

function wholeStretched(header: VolumeHeader, stored: Buffer, from: number, slices: number): Uint8Array {
  const area = header.size[0] * header.size[1] * 2;
  return asInt16(header, stored.subarray(header.offset)).subarray(from * area, (from + slices) * area);
}

/** Modality values as they are; floating-point samples are stretched from their own range to 0..4095. */
function asInt16(header: VolumeHeader, body: Buffer): Uint8Array {
  if (header.type === 'int16') return body;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = header.size[0] * header.size[1] * header.size[2];
  const out = new Int16Array(count);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const v = sampleAt(header, view, i);
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  const scale = header.type === 'uint8' || high <= low ? 1 : 4095 / (high - low);
  const base = header.type === 'uint8' ? 0 : low;
  for (let i = 0; i < count; i++) out[i] = Math.round((sampleAt(header, view, i) - base) * scale);
  return new Uint8Array(out.buffer);
}
