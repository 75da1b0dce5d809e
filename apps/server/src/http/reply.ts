import type { Context } from 'hono';
import type { ProblemError } from '../problem-error.ts';

export type Settled =
  | { readonly json: unknown; readonly status?: 200 | 201 | 202; readonly etag?: string }
  | {
      readonly bytes: Uint8Array;
      readonly type: string;
      readonly etag?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | Response;

export type Reply =
  | Settled
  /** What takes long, with what was read until then: done when the transaction is over, so that no connection to the database waits for it. */
  | { readonly after: () => Promise<Settled> }
  /** Refused, but what was written until then stays: a wrong password has been counted. */
  | { readonly refusal: ProblemError };

export function toResponse(c: Context, reply: Settled): Response {
  if (reply instanceof Response) return reply;
  if ('json' in reply) {
    if (reply.etag !== undefined) c.header('etag', `"${reply.etag}"`);
    return c.json(reply.json as object, reply.status ?? 200);
  }
  const headers: Record<string, string> = {
    'content-type': reply.type,
    'cache-control': 'private, max-age=60',
    ...reply.headers,
  };
  if (reply.etag !== undefined) {
    headers.etag = `"${reply.etag}"`;
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers);
  }
  return c.body(new Uint8Array(reply.bytes), 200, headers);
}
