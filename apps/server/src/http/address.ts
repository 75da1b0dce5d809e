import type { Context } from 'hono';

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
/** What proxies add; a request with one of these began somewhere else. */
const FORWARDED = [
  'forwarded',
  'via',
  'x-real-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
];

/** Whether a request began on this machine: over loopback, or with no socket at all, and through no proxy. */
export function isThisMachine(c: Context): boolean {
  const peer = peerOf(c);
  return (
    (peer === NO_SOCKET || LOOPBACK.test(peer)) && FORWARDED.every((name) => c.req.header(name) === undefined)
  );
}

/** The name of a caller inside the process, as tests are. */
const NO_SOCKET = 'local';

function peerOf(c: Context): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  // A socket that is gone already has no address: nobody's.
  return env?.incoming === undefined ? NO_SOCKET : (env.incoming.socket?.remoteAddress ?? '');
}

/**
 * Who is at the other end. Behind a reverse proxy on this machine that is the last address it forwarded, the only one the proxy itself wrote;
 * otherwise the peer, and forwarded headers are not believed.
 */
export function remoteAddress(c: Context, behindProxy: boolean): string {
  const peer = peerOf(c);
  if (!behindProxy || !LOOPBACK.test(peer)) return peer;
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || peer;
}
