import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { serve } from '@hono/node-server';
import { listeningFault } from '../listening-fault.ts';

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Connections one address may hold at a time. */
  readonly perAddress: number;
  /** A reverse proxy on this machine speaks for everybody: loopback is not counted. */
  readonly behindProxy: boolean;
  /** A request's head must be here so soon after its first byte, ms. */
  readonly headMs: number;
  /** A connection on which nothing moves is closed after so long, ms. */
  readonly idleMs: number;
}

type Fetch = (request: Request, env?: object) => Response | Promise<Response>;

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** All addresses together. */
const MOST_CONNECTIONS = 2_048;

/** Of what was refused before its end, as much is taken and thrown away, for so long, and while it keeps coming. */
const MOST_REST = 64 << 20;
const REST_MS = 10_000;
const SILENT_MS = 1_000;

/**
 * A sender whose request is refused before its end reads the answer when it has sent everything, and not at all when the connection closes on
 * what it is still sending: the rest is taken first, within bounds. Answers whether that was all of it.
 */
function theRest(incoming: IncomingMessage): Promise<boolean> {
  return new Promise((done) => {
    let left = MOST_REST;
    const settle = (): void => {
      clearTimeout(longest);
      clearTimeout(silence);
      incoming.off('data', heard).off('end', settle).off('close', settle).off('error', settle);
      done(incoming.complete);
    };
    const longest = setTimeout(settle, REST_MS);
    let silence = setTimeout(settle, SILENT_MS);
    const heard = (chunk: Buffer): void => {
      clearTimeout(silence);
      silence = setTimeout(settle, SILENT_MS);
      left -= chunk.length;
      if (left < 0) settle();
    };
    incoming.on('data', heard).once('end', settle).once('close', settle).once('error', settle);
    incoming.resume();
  });
}

/** The same answers, but the sender of an unread body hears them. */
function heard(answer: Fetch): Fetch {
  return async (request, env) => {
    const response = await answer(request, env);
    const incoming = (env as { incoming?: IncomingMessage } | undefined)?.incoming;
    if (incoming === undefined || incoming.complete || incoming.destroyed) return response;
    if (!(await theRest(incoming))) response.headers.set('connection', 'close');
    return response;
  };
}

/**
 * The web side's socket. Whoever dribbles a request or opens connections without end holds their own share of sockets, not the service.
 *
 * @throws Error with one plain line when the port is taken, or the host is none of ours.
 */
export async function listen(
  options: ListenOptions,
  fetch: Fetch,
): Promise<{ url: string; port: number; close: () => Promise<void> }> {
  return new Promise((done, failed) => {
    const server = serve(
      {
        fetch: heard(fetch) as Parameters<typeof serve>[0]['fetch'],
        port: options.port,
        hostname: options.host,
        serverOptions: {
          headersTimeout: options.headMs,
          requestTimeout: 15 * 60_000,
          keepAliveTimeout: 5_000,
          maxHeaderSize: 16_384,
          connectionsCheckingInterval: Math.min(5_000, options.headMs),
        },
      },
      (info) => {
        const host = info.family === 'IPv6' ? `[${info.address}]` : info.address;
        done({
          url: `http://${host === '127.0.0.1' || host === '[::1]' ? 'localhost' : host}:${info.port}`,
          port: info.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    if ('maxConnections' in server) server.maxConnections = MOST_CONNECTIONS;
    if ('timeout' in server) server.timeout = options.idleMs;
    if ('maxHeadersCount' in server) server.maxHeadersCount = 100;
    const open = new Map<string, number>();
    server.on('connection', (socket: Socket) => {
      const address = socket.remoteAddress ?? '';
      if (options.behindProxy && LOOPBACK.has(address)) return;
      const count = (open.get(address) ?? 0) + 1;
      if (count > options.perAddress) return void socket.destroy();
      open.set(address, count);
      socket.once('close', () => {
        const left = (open.get(address) ?? 1) - 1;
        if (left === 0) open.delete(address);
        else open.set(address, left);
      });
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(listeningFault(error, { ...options, portSetting: '--port', hostSetting: '--host' })),
    );
  });
}
