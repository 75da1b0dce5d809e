import type { Context } from 'hono';

/**
 * Who is at the other end. Behind a reverse proxy on this machine that is the last address it forwarded, the only one the proxy itself wrote;
 * otherwise the peer, and forwarded headers are not believed.
 */
export function remoteAddress(c: Context, behindProxy: boolean): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const peer = env?.incoming?.socket?.remoteAddress ?? 'local';
  if (!behindProxy || !/^(127\.|::1$|::ffff:127\.)/.test(peer)) return peer;
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || peer;
}
