import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * An Orthanc to test against, in a network namespace of its own: it listens on every address, so it gets one that only this
 * machine's test reaches. Linux, as root.
 */
export interface OrthancPeer {
  /** Our address as Orthanc sees it, and Orthanc's as we see it. */
  readonly ourAddress: string;
  readonly address: string;
  readonly dicomPort: number;
  rest(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

export const DICOM_PORT = 4242;
const HTTP_PORT = 8042;

/** Undefined, with the reason on the console, where it cannot be run. */
export async function orthancPeer(ours: { readonly port: number }): Promise<OrthancPeer | undefined> {
  const path = `${process.env.PATH ?? ''}${delimiter}/usr/sbin`;
  const installed = path.split(delimiter).some((folder) => existsSync(join(folder, 'Orthanc')));
  if (!installed || process.getuid?.() !== 0) {
    console.warn(
      `skipped: Orthanc ${installed ? 'needs root for a network of its own' : 'is not installed'}`,
    );
    return undefined;
  }
  const name = `fo${process.pid}`;
  const third = process.pid % 250;
  const [ourAddress, address] = [`10.213.${third}.1`, `10.213.${third}.2`];
  const inside = ['netns', 'exec', name];
  const dir = mkdtempSync(join(tmpdir(), 'foramen-orthanc-'));
  const away = async (): Promise<void> => {
    await run('ip', ['netns', 'del', name]).catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['link', 'add', `${name}a`, 'type', 'veth', 'peer', 'name', `${name}b`, 'netns', name]);
    await run('ip', ['addr', 'add', `${ourAddress}/30`, 'dev', `${name}a`]);
    await run('ip', ['link', 'set', `${name}a`, 'up']);
    await run('ip', [...inside, 'ip', 'addr', 'add', `${address}/30`, 'dev', `${name}b`]);
    await run('ip', [...inside, 'ip', 'link', 'set', `${name}b`, 'up']);
    await run('ip', [...inside, 'ip', 'link', 'set', 'lo', 'up']);
  } catch {
    await away();
    console.warn('skipped: no network of its own can be made for Orthanc');
    return undefined;
  }
  const config = join(dir, 'orthanc.json');
  writeFileSync(
    config,
    JSON.stringify({
      Name: 'peer',
      StorageDirectory: join(dir, 'storage'),
      IndexDirectory: join(dir, 'storage'),
      DicomPort: DICOM_PORT,
      HttpPort: HTTP_PORT,
      DicomAet: 'ORTHANC',
      DicomCheckCalledAet: false,
      DicomAlwaysAllowStore: true,
      DicomAlwaysAllowGet: true,
      RemoteAccessAllowed: true,
      AuthenticationEnabled: false,
      Plugins: [],
      StoreMD5ForAttachments: false,
      DicomModalities: {
        foramen: { AET: 'FORAMEN', Host: ourAddress, Port: ours.port, AllowStorageCommitment: true },
      },
    }),
  );
  const server = spawn('ip', [...inside, 'Orthanc', config], {
    stdio: 'ignore',
    env: { ...process.env, PATH: path, TCP_NODELAY: '1' },
  });
  const rest = (place: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://${address}:${HTTP_PORT}${place}`, { ...init, signal: AbortSignal.timeout(120_000) });
  const stop = async (): Promise<void> => {
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await gone;
    await away();
  };
  for (let tries = 0; tries < 200; tries++) {
    const up = await rest('/system').then(
      (reply) => reply.ok,
      () => false,
    );
    if (up) return { ourAddress, address, dicomPort: DICOM_PORT, rest, stop };
    await delay(200);
  }
  await stop();
  throw new Error('Orthanc did not start');
}
