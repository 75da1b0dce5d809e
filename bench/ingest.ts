import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { testObject } from '../apps/server/src/testing/objects.ts';

/**
 * C-STORE of 525 KB objects over one association by dcmtk's storescu: this product, and Orthanc (TCP_NODELAY=1) when it is installed,
 * one after the other in the same run, several rounds each, the best round counted. Ours answers when the object is encrypted and
 * on disk; Orthanc runs as Debian ships it. Prints objects a second, the ratio and our memory.
 *
 *   node bench/ingest.ts [objects=200] [rounds=3]
 */
const run = promisify(execFile);
const count = Number(process.argv[2] ?? 200);
const rounds = Number(process.argv[3] ?? 3);
const dir = mkdtempSync(join(tmpdir(), 'foramen-bench-'));
const onPath = (name: string): boolean =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .concat('/usr/sbin')
    .some((folder) => existsSync(join(folder, name)));

function objects(round: string): string {
  const folder = join(dir, round);
  mkdirSync(folder);
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

async function ours(): Promise<{ rates: number[]; residentMb: number }> {
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'apps', 'server', 'src', 'testing', 'serve-process.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: '',
        FORAMEN_DATA: join(dir, 'data'),
        FORAMEN_WORKERS: '0',
        FORAMEN_DICOM_PORT: '11191',
        FORAMEN_DICOM_PEERS: 'STORESCU=127.0.0.1:1',
        TEST_PORT: '0',
      },
    },
  );
  try {
    const { url } = await new Promise<{ url: string }>((done) =>
      createInterface({ input: server.stdout }).once('line', (line) =>
        done(JSON.parse(line) as { url: string }),
      ),
    );
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++)
      rates.push(await store([], 'FORAMEN', 11_191, objects(`ours${round}`)));
    const text = await (await fetch(`${url}/metrics`)).text();
    return {
      rates,
      residentMb: Number(/foramen_process_resident_bytes (\d+)/.exec(text)?.[1] ?? 0) / (1 << 20),
    };
  } finally {
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await gone;
  }
}

async function orthanc(): Promise<number[] | undefined> {
  if (!onPath('Orthanc')) return undefined;
  const prefix = await isolated();
  if (prefix.length === 0) return undefined;
  const config = join(dir, 'orthanc.json');
  writeFileSync(
    config,
    JSON.stringify({
      ...{
        Name: 'bench',
        StorageDirectory: join(dir, 'orthanc'),
        IndexDirectory: join(dir, 'orthanc'),
        DicomPort: 11_192,
        HttpPort: 18_042,
      },
      ...{
        DicomAet: 'ORTHANC',
        DicomCheckCalledAet: false,
        DicomAlwaysAllowStore: true,
        Plugins: [],
        RemoteAccessAllowed: false,
      },
    }),
  );
  const command = [...prefix, 'Orthanc', config];
  const server = spawn(command[0]!, command.slice(1), {
    stdio: 'ignore',
    env: { ...process.env, TCP_NODELAY: '1', PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  try {
    for (let tries = 0; tries < 50; tries++) {
      await delay(200);
      const up = await run(prefix[0]!, [
        ...prefix.slice(1),
        'echoscu',
        '-aec',
        'ORTHANC',
        '127.0.0.1',
        '11192',
      ]).then(
        () => true,
        () => false,
      );
      if (up) break;
    }
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++)
      rates.push(await store(prefix, 'ORTHANC', 11_192, objects(`orthanc${round}`)));
    return rates;
  } finally {
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await gone;
    await run('ip', ['netns', 'del', prefix[3]!]).catch(() => undefined);
  }
}

if (!onPath('storescu')) {
  console.warn('skipped: storescu (dcmtk) is not installed');
} else {
  try {
    const mine = await ours();
    const theirs = await orthanc();
    const best = Math.max(...mine.rates);
    const list = (rates: readonly number[]): string => rates.map((rate) => rate.toFixed(0)).join(', ');
    console.log(`ingest, ${count} objects of 525 KB over one association, ${rounds} rounds`);
    console.log(
      `  foramen  ${list(mine.rates)} objects/s; ${mine.residentMb.toFixed(0)} MB resident after ${count * rounds} objects`,
    );
    if (theirs === undefined) console.log('  Orthanc  not measured (not installed, or no network namespace)');
    else {
      console.log(`  Orthanc  ${list(theirs)} objects/s (TCP_NODELAY=1)`);
      console.log(`  ratio    ${(best / Math.max(...theirs)).toFixed(2)}`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
