import { execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ensureAccount } from '../apps/server/src/identity/accounts.ts';
import { attach } from '../apps/server/src/operations/attach.ts';
import { SPARING } from '../apps/server/src/process-memory.ts';
import { readSettings } from '../apps/server/src/settings.ts';
import { testObject } from '../apps/server/src/testing/objects.ts';

/**
 * 525 KB objects by C-STORE over one association, and by STOW-RS in one request (curl): this product, and Orthanc
 * (TCP_NODELAY=1) when it is installed, in turns in the same run. C-STORE comes from dcmtk's storescu, and from a sender that costs next to
 * nothing (`ingest/sender.ts`), since a rate cannot be told from its sender's otherwise; what each sender reaches when nobody
 * keeps anything (storescp --ignore) is printed first. Ours answers when the object is encrypted and on disk; Orthanc runs as
 * Debian ships it, which also flushes every file, unencrypted. Prints objects a second, the ratios of best and median rounds, processor time for
 * an object, which a busy machine bends least, and our memory.
 *
 *   node bench/ingest.ts [objects=200] [rounds=3] [store|lean|stow]
 */
const run = promisify(execFile);
const count = Number(process.argv[2] ?? 200);
const rounds = Number(process.argv[3] ?? 3);
const only = process.argv[4];
const dir = mkdtempSync(join(tmpdir(), 'foramen-bench-'));
const onPath = (name: string): boolean =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/sbin')
    .some((folder) => existsSync(join(folder, name)));

function objects(round: string): string {
  const folder = join(dir, round);
  mkdirSync(folder, { recursive: true });
  for (let instance = 0; instance < count; instance++) {
    writeFileSync(
      join(folder, `${instance}.dcm`),
      testObject({ study: round, patient: 'BENCH', instance, side: 512 }).bytes,
    );
  }
  return folder;
}

/** Network namespace so that Orthanc, which listens on every address, is reachable from here only; root on Linux only. */
async function isolated(): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return [];
  const name = `foramen-${process.pid}`;
  try {
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up']);
    return ['ip', 'netns', 'exec', name];
  } catch {
    return [];
  }
}

async function store(
  prefix: readonly string[],
  aeTitle: string,
  port: number,
  folder: string,
): Promise<number> {
  const command = [
    ...prefix,
    'storescu',
    '-aet',
    'STORESCU',
    '-aec',
    aeTitle,
    '127.0.0.1',
    String(port),
    '+sd',
    folder,
  ];
  const began = performance.now();
  await run(command[0]!, command.slice(1), { env: { ...process.env, TCP_NODELAY: '1' }, maxBuffer: 1 << 24 });
  return count / ((performance.now() - began) / 1000);
}

let leanRuns = 0;

/** By the lean sender. */
async function lean(prefix: readonly string[], aeTitle: string, port: number): Promise<number> {
  const script = join(import.meta.dirname, 'ingest', 'sender.ts');
  const options = [
    '--port',
    String(port),
    '--to',
    aeTitle,
    '--count',
    String(count),
    '--run',
    String(++leanRuns),
  ];
  const command = [...prefix, process.execPath, script, ...options];
  const { stdout } = await run(command[0]!, command.slice(1));
  const { seconds, refused } = JSON.parse(stdout) as { seconds: number; refused: number };
  if (refused > 0) throw new Error(`${refused} objects were refused by ${aeTitle}`);
  return count / seconds;
}

/** What the senders reach when what they send is thrown away. */
async function ceilings(): Promise<void> {
  const sink = spawn('storescp', ['--ignore', '11193'], {
    stdio: 'ignore',
    env: { ...process.env, TCP_NODELAY: '1' },
  });
  try {
    await delay(1_000);
    const byTool = await store([], 'SINK', 11_193, objects('sink'));
    const byLean = await lean([], 'SINK', 11_193);
    console.log(
      `senders alone: storescu ${byTool.toFixed(0)}, lean sender ${byLean.toFixed(0)} objects/s into storescp --ignore`,
    );
  } finally {
    sink.kill();
  }
}

/** Processor seconds of a process and all below it, so that a busy machine's waiting is not counted. Linux; 0 elsewhere. */
function processorSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and of children that have ended, in ticks of 10 ms.
    const own = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / 100;
    const below = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return below.reduce((sum, child) => sum + processorSeconds(Number(child)), own);
  } catch {
    return 0;
  }
}

interface Side {
  readonly pid: number;
  round(folder: string): Promise<number>;
  lean(): Promise<number>;
  stow(parts: readonly Uint8Array[]): Promise<number>;
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

/** One multipart body of all objects. */
function multipartBody(parts: readonly Uint8Array[]): Buffer {
  const edge = (text: string): Buffer => Buffer.from(text, 'latin1');
  return Buffer.concat([
    ...parts.flatMap((bytes) => [
      edge('--edge\r\nContent-Type: application/dicom\r\n\r\n'),
      bytes,
      edge('\r\n'),
    ]),
    edge('--edge--\r\n'),
  ]);
}
const STOW_TYPE = 'multipart/related; type="application/dicom"; boundary=edge';

/** By curl, so that both are sent to by the same client. */
async function stow(
  prefix: readonly string[],
  url: string,
  parts: readonly Uint8Array[],
  headers: readonly string[],
): Promise<number> {
  const path = join(dir, 'stow.body');
  writeFileSync(path, multipartBody(parts));
  const command = [
    ...prefix,
    'curl',
    '-sf',
    '-o',
    '/dev/null',
    '-H',
    `Content-Type: ${STOW_TYPE}`,
    '-H',
    'Expect:',
  ];
  for (const header of headers) command.push('-H', header);
  const began = performance.now();
  await run(command[0]!, [...command.slice(1), '--data-binary', `@${path}`, url]);
  return parts.length / ((performance.now() - began) / 1000);
}

async function ours(): Promise<Side> {
  const server = spawn(
    process.execPath,
    [
      ...SPARING.flags,
      join(import.meta.dirname, '..', 'apps', 'server', 'src', 'testing', 'serve-process.ts'),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...SPARING.env,
        DATABASE_URL: '',
        FORAMEN_DATA: join(dir, 'data'),
        FORAMEN_WORKERS: '0',
        FORAMEN_LOG: 'error',
        FORAMEN_QUIET_SECONDS: '600',
        FORAMEN_DICOM_PORT: '11191',
        FORAMEN_DICOM_PEERS: 'STORESCU=127.0.0.1:1',
        TEST_PORT: '0',
      },
    },
  );
  const { url } = await new Promise<{ url: string }>((done) =>
    createInterface({ input: server.stdout }).once('line', (line) =>
      done(JSON.parse(line) as { url: string }),
    ),
  );
  const password = 'a long enough password';
  const attached = await attach(readSettings({ dataDir: join(dir, 'data') }, {}), {});
  await attached.database.inSite('main', (tx) =>
    ensureAccount(tx, 'main', { login: 'bench', name: 'Bench', role: 'clinician', password }),
  );
  await attached.close();
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ login: 'bench', password }),
  });
  const { csrf } = (await session.json()) as { csrf: string };
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0]!;
  return {
    pid: server.pid ?? 0,
    round: (folder) => store([], 'FORAMEN', 11_191, folder),
    lean: () => lean([], 'FORAMEN', 11_191),
    stow: (parts) =>
      stow([], `${url}/dicomweb/studies`, parts, [`cookie: ${cookie}`, `x-foramen-csrf: ${csrf}`]),
    residentMb: async () => {
      const ask = () => fetch(`${url}/metrics`);
      // A kept connection may be closed by the other side in the moment it is used again.
      const text = await (await ask().catch(ask)).text();
      return Number(/foramen_process_resident_bytes (\d+)/.exec(text)?.[1] ?? 0) / (1 << 20);
    },
    stop: async () => {
      const gone = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await gone;
    },
  };
}

const PLUGIN = ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so', '/usr/lib/orthanc/libOrthancDicomWeb.so'];

async function orthanc(): Promise<Side | undefined> {
  if (!onPath('Orthanc')) return undefined;
  const prefix = await isolated();
  if (prefix.length === 0) return undefined;
  const config = join(dir, 'orthanc.json');
  writeFileSync(
    config,
    JSON.stringify({
      Name: 'bench',
      StorageDirectory: join(dir, 'orthanc'),
      IndexDirectory: join(dir, 'orthanc'),
      DicomPort: 11_192,
      HttpPort: 18_042,
      DicomAet: 'ORTHANC',
      DicomCheckCalledAet: false,
      DicomAlwaysAllowStore: true,
      Plugins: PLUGIN.filter((path) => existsSync(path)),
      DicomWeb: { Enable: true, Root: '/dicom-web/' },
      RemoteAccessAllowed: false,
    }),
  );
  const command = [...prefix, 'Orthanc', config];
  const server = spawn(command[0]!, command.slice(1), {
    stdio: 'ignore',
    env: { ...process.env, TCP_NODELAY: '1', PATH: `${process.env.PATH}:/usr/sbin` },
  });
  for (let tries = 0; tries < 50; tries++) {
    await delay(200);
    const echo = [...prefix.slice(1), 'echoscu', '-aec', 'ORTHANC', '127.0.0.1', '11192'];
    const up = await run(prefix[0]!, echo).then(
      () => true,
      () => false,
    );
    if (up) break;
  }
  return {
    pid: server.pid ?? 0,
    round: (folder) => store(prefix, 'ORTHANC', 11_192, folder),
    lean: () => lean(prefix, 'ORTHANC', 11_192),
    stow: (parts) => stow(prefix, 'http://127.0.0.1:18042/dicom-web/studies', parts, []),
    residentMb: async () => 0,
    stop: async () => {
      const gone = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await gone;
      await run('ip', ['netns', 'del', prefix[3]!]).catch(() => undefined);
    },
  };
}

const median = (rates: readonly number[]): number => [...rates].sort((a, b) => a - b)[rates.length >> 1]!;
const list = (rates: readonly number[]): string => rates.map((rate) => rate.toFixed(0)).join(', ');

/** Rounds of the two alternate, so that both meet the same weather on a busy machine. */
async function compare(
  what: string,
  mine: Side,
  theirs: Side | undefined,
  work: (side: Side, name: string) => Promise<number>,
): Promise<void> {
  const rates: { mine: number[]; theirs: number[] } = { mine: [], theirs: [] };
  let peak = 0;
  const watch = setInterval(() => void mine.residentMb().then((mb) => (peak = Math.max(peak, mb))), 500);
  const [before, beforeTheirs] = [processorSeconds(mine.pid), processorSeconds(theirs?.pid ?? 0)];
  for (let round = 0; round < rounds; round++) {
    rates.mine.push(await work(mine, `mine-${what}-${round}`));
    if (theirs !== undefined) rates.theirs.push(await work(theirs, `theirs-${what}-${round}`));
  }
  clearInterval(watch);
  const each = (pid: number, since: number): string =>
    `${(((processorSeconds(pid) - since) * 1000) / (count * rounds)).toFixed(1)} ms of processor each`;
  const ownTime = each(mine.pid, before);
  console.log(`${what}, ${count} objects of 525 KB a round, ${rounds} rounds`);
  console.log(
    `  foramen  ${list(rates.mine)} objects/s; ${ownTime}; ${(await mine.residentMb()).toFixed(0)} MB resident, ${peak.toFixed(0)} at most`,
  );
  if (theirs === undefined) console.log('  Orthanc  not measured (not installed, or no network namespace)');
  else {
    console.log(
      `  Orthanc  ${list(rates.theirs)} objects/s (TCP_NODELAY=1); ${each(theirs.pid, beforeTheirs)}`,
    );
    const best = Math.max(...rates.mine) / Math.max(...rates.theirs);
    console.log(
      `  ratio    ${best.toFixed(2)} best, ${(median(rates.mine) / median(rates.theirs)).toFixed(2)} median`,
    );
  }
}

if (!onPath('storescu')) {
  console.warn('skipped: storescu (dcmtk) is not installed');
} else {
  const sides: Side[] = [];
  try {
    const mine = await ours();
    sides.push(mine);
    const theirs = await orthanc();
    if (theirs !== undefined) sides.push(theirs);
    const asked = (what: string): boolean => only === undefined || only === what;
    if (only !== 'stow') await ceilings();
    if (asked('store'))
      await compare('C-STORE over one association, by storescu', mine, theirs, (side, name) =>
        side.round(objects(name)),
      );
    if (asked('lean'))
      await compare('C-STORE over one association, by the lean sender', mine, theirs, (side) => side.lean());
    if (asked('stow'))
      await compare('STOW-RS in one request', mine, theirs, (side, name) =>
        side.stow(
          Array.from(
            { length: count },
            (_, instance) => testObject({ study: name, patient: 'BENCH', instance, side: 512 }).bytes,
          ),
        ),
      );
  } finally {
    for (const side of sides) await side.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
