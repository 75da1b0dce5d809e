import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from './listen.ts';

const linux = process.platform === 'linux';
if (!linux) console.warn('skipped: several loopback addresses are there on Linux only');

let server: Awaited<ReturnType<typeof listen>>;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await listen(
    { host: '127.0.0.1', port: 0, perAddress: 20, behindProxy: false, headMs: 1_500, idleMs: 3_000 },
    () => new Response('fine'),
  );
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.close();
});

/** A connection from one of this machine's own addresses; what it hears and when it ends. */
function call(from: string): Promise<{ socket: Socket; heard: () => string; ended: Promise<number> }> {
  return new Promise((done) => {
    const began = Date.now();
    let text = '';
    const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from });
    sockets.push(socket);
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
    });
    socket.on('error', () => undefined);
    const ended = new Promise<number>((over) => socket.on('close', () => over(Date.now() - began)));
    socket.on('connect', () => done({ socket, heard: () => text, ended }));
  });
}
const ask = async (from: string): Promise<string> => {
  const { socket, heard, ended } = await call(from);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await ended;
  return heard();
};

describe.runIf(linux)('the web side’s socket', () => {
  it('answers others while one address dribbles heads over as many connections as it can get, and ends those', async () => {
    const slow = await Promise.all(Array.from({ length: 60 }, () => call('127.0.0.9')));
    const dribble = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('X');
    }, 200);
    for (const { socket } of slow) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const began = Date.now();
    expect(await ask('127.0.0.1')).toContain('200 OK');
    expect(Date.now() - began).toBeLessThan(5_000);
    const lives = await Promise.all(slow.map(({ ended }) => ended));
    clearInterval(dribble);
    expect(Math.max(...lives)).toBeLessThan(15_000);
    // Twenty were let in and told that they are too slow; the others were turned away without a word.
    expect(slow.filter(({ heard }) => heard() === '').length).toBeGreaterThanOrEqual(40);
    // The address is welcome again once its connections are gone.
    expect(await ask('127.0.0.9')).toContain('200 OK');
  });

  it('refuses a head that is too large', async () => {
    const { socket, heard, ended } = await call('127.0.0.3');
    socket.write(
      `GET / HTTP/1.1\r\nHost: localhost\r\n${`X-Flood: ${'x'.repeat(1_000)}\r\n`.repeat(40)}\r\n`,
    );
    await ended;
    expect(heard()).toContain('431');
    expect(await ask('127.0.0.3')).toContain('200 OK');
  });

  it('lets go of a connection that says nothing', async () => {
    const silent = await call('127.0.0.4');
    expect(await silent.ended).toBeLessThan(15_000);
  });

  it('says in one line that a port is taken', async () => {
    const again = listen(
      {
        host: '127.0.0.1',
        port: server.port,
        perAddress: 1,
        behindProxy: true,
        headMs: 1_000,
        idleMs: 1_000,
      },
      () => new Response(''),
    );
    await expect(again).rejects.toThrow('is in use');
  });

  it('says so when the host is no address of this computer', async () => {
    const limits = { perAddress: 1, behindProxy: true, headMs: 1_000, idleMs: 1_000 };
    // Kept for documentation (RFC 5737): nobody's.
    const away = listen({ host: '192.0.2.1', port: 0, ...limits }, () => new Response(''));
    await expect(away).rejects.toThrow('192.0.2.1 is no address of this computer: choose one with --host');
  });
});

describe('a request that is refused before its body is read', () => {
  let refusing: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    refusing = await listen(
      { host: '127.0.0.1', port: 0, perAddress: 20, behindProxy: false, headMs: 1_500, idleMs: 3_000 },
      () => Response.json({ problems: [] }, { status: 507 }),
    );
  });
  afterAll(() => refusing.close());

  /** What a sender hears that listens only when it has sent everything, in pieces with a pause between them. */
  const send = async (
    pieces: number,
    pieceBytes: number,
    declared = pieces * pieceBytes,
  ): Promise<string> => {
    const socket = connect({ port: refusing.port, host: '127.0.0.1' });
    let [text, trouble] = ['', ''];
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      trouble = error.code ?? 'error';
    });
    socket.write(`POST /dicomweb/studies HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${declared}\r\n\r\n`);
    for (let i = 0; i < pieces && trouble === ''; i++) {
      await new Promise((later) => setTimeout(later, 300));
      await new Promise((written) => socket.write(Buffer.alloc(pieceBytes), written));
    }
    await expect.poll(() => text + trouble).not.toBe('');
    socket.destroy();
    return text === '' ? trouble : text;
  };

  it('is answered when its sender has sent everything, however slowly', async () => {
    const heard = await send(6, 400_000);
    expect(heard).toContain('507 Insufficient Storage');
    expect(heard.toLowerCase()).not.toContain('connection: close');
  });

  it('is answered, and its connection closed, when the rest does not come; one without end is cut off', async () => {
    expect(await send(1, 1_000, 1_000_000)).toMatch(/507 Insufficient Storage[\s\S]*connection: close/i);
    expect(await send(8, 16 << 20, 1 << 30)).toMatch(/507 Insufficient Storage|EPIPE|ECONNRESET/);
  });
});
