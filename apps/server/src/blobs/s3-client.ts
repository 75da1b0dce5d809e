import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { ProblemError, problem } from '../problem-error.ts';

/** A bucket of anything that speaks the S3 API (AWS, MinIO, Ceph, Garage), and who we are to it. */
export interface S3Place {
  /** `https://s3.example.org`; the bucket is a path segment, which every implementation understands. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Put before every key; empty, or ends with `/`. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface S3Item {
  readonly key: string;
  readonly changed: Date;
}

const TRIES = 4;
const PATIENCE_MS = 60_000;

/** The calls a blob store needs, signed (Signature Version 4), tried again when the service is busy or the line breaks. */
export class S3Client {
  readonly #aws: AwsClient;
  readonly #root: string;
  readonly #prefix: string;

  constructor(place: S3Place) {
    this.#aws = new AwsClient({
      accessKeyId: place.accessKeyId,
      secretAccessKey: place.secretAccessKey,
      service: 's3',
      region: place.region,
      retries: 0,
    });
    this.#root = `${place.endpoint.replace(/\/+$/, '')}/${place.bucket}`;
    this.#prefix = place.prefix;
  }

  #url(key: string): string {
    return `${this.#root}/${this.#prefix}${key}`;
  }

  /**
   * Every request is one that may be repeated without harm: objects are written under names used once.
   *
   * @throws ProblemError 503 when the service cannot be reached or stays busy; Error when it refuses.
   */
  async #call(
    url: string,
    init: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
    expected: readonly number[],
  ): Promise<Response> {
    // The signature covers the content, so that a proxy between cannot change it.
    const sha256 = createHash('sha256')
      .update(init.body ?? '')
      .digest('hex');
    const headers = { ...init.headers, 'x-amz-content-sha256': sha256 };
    for (let attempt = 1; ; attempt++) {
      let status = 0;
      try {
        const request = await this.#aws.sign(url, { ...init, headers });
        const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
        if (expected.includes(response.status)) return response;
        status = response.status;
        await response.body?.cancel();
      } catch {
        // No answer: tried again below.
      }
      if (status !== 0 && status !== 429 && status < 500)
        throw new Error(`the object store refused a ${init.method} with status ${status}`);
      if (attempt === TRIES)
        throw new ProblemError(
          503,
          [problem('unsupported', 'storage', 'is not reachable just now', 'try again in a few seconds')],
          5,
        );
      await new Promise((done) => setTimeout(done, 100 * 3 ** (attempt - 1) * (0.5 + Math.random())));
    }
  }

  async put(key: string, parts: readonly Uint8Array[]): Promise<void> {
    const reply = await this.#call(this.#url(key), { method: 'PUT', body: joined(parts) }, [200]);
    await reply.body?.cancel();
  }

  /** Bytes `from` to `to` (exclusive; to the end if absent) as they come, and the size of the whole object. Undefined: no such object. */
  async get(
    key: string,
    from: number,
    to?: number,
  ): Promise<{ response: Response; total: number } | undefined> {
    const range = `bytes=${from}-${to === undefined ? '' : to - 1}`;
    const response = await this.#call(this.#url(key), { method: 'GET', headers: { range } }, [200, 206, 404]);
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (response.status === 206 && total !== undefined) return { response, total: Number(total) };
    await response.body?.cancel();
    throw new Error('the object store does not answer ranges');
  }

  async has(key: string): Promise<boolean> {
    return (await this.#call(this.#url(key), { method: 'HEAD' }, [200, 404])).status === 200;
  }

  async remove(key: string): Promise<void> {
    const reply = await this.#call(this.#url(key), { method: 'DELETE' }, [200, 204, 404]);
    await reply.body?.cancel();
  }

  /** All keys below `prefix`, a thousand a page, without the store's own prefix. */
  async *list(prefix: string): AsyncGenerator<S3Item> {
    for (let after: string | undefined; ; ) {
      const query = new URLSearchParams({ 'list-type': '2', prefix: this.#prefix + prefix });
      if (after !== undefined) query.set('continuation-token', after);
      const reply = await this.#call(`${this.#root}?${query}`, { method: 'GET' }, [200]);
      const page = await reply.text();
      for (const [, body] of page.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
        const key = tag(body ?? '', 'Key');
        const changed = tag(body ?? '', 'LastModified');
        if (key !== undefined && changed !== undefined)
          yield { key: key.slice(this.#prefix.length), changed: new Date(changed) };
      }
      after = tag(page, 'NextContinuationToken');
      if (tag(page, 'IsTruncated') !== 'true' || after === undefined) return;
    }
  }

  async beginParts(key: string): Promise<string> {
    const reply = await this.#call(`${this.#url(key)}?uploads=`, { method: 'POST' }, [200]);
    const id = tag(await reply.text(), 'UploadId');
    if (id === undefined) throw new Error('the object store gave no upload id');
    return id;
  }

  /** Parts are numbered from 1; each but the last must have at least 5 MiB. Answers the part's mark. */
  async putPart(key: string, upload: string, number: number, parts: readonly Uint8Array[]): Promise<string> {
    const query = new URLSearchParams({ partNumber: String(number), uploadId: upload });
    const reply = await this.#call(
      `${this.#url(key)}?${query}`,
      { method: 'PUT', body: joined(parts) },
      [200],
    );
    await reply.body?.cancel();
    const mark = reply.headers.get('etag');
    if (mark === null) throw new Error('the object store did not confirm a part');
    return mark;
  }

  async endParts(key: string, upload: string, marks: readonly string[]): Promise<void> {
    const list = marks.map((mark, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${mark}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
    const query = new URLSearchParams({ uploadId: upload });
    const reply = await this.#call(`${this.#url(key)}?${query}`, { method: 'POST', body }, [200, 404]);
    // The service may say 200 first and the failure after it, in the body; a repeated call whose first answer was lost gets 404.
    const done = reply.status === 200 && !(await reply.text()).includes('<Error>');
    if (!done && !(await this.has(key))) throw new Error('the object store did not keep the object');
  }

  async dropParts(key: string, upload: string): Promise<void> {
    const query = new URLSearchParams({ uploadId: upload });
    const reply = await this.#call(`${this.#url(key)}?${query}`, { method: 'DELETE' }, [200, 204, 404]);
    await reply.body?.cancel();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Buffer.concat(parts);
}

/** Text of an element without children; the keys and marks used here need no entity but these. */
function tag(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text
    ?.replace(/&quot;|&#34;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
