import { parseArgs } from 'node:util';
import { readSettings, runWorker, type Settings, start } from '@foramen/server';
import { dataFlag, runAccount, runAudit, runBackup, runRestore } from './serve-operations.ts';
import { runWorklist } from './worklist.ts';

/** Where a command reads from and writes to; a test passes its own. */
export interface ServeIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input, for a password that must not be on the command line. */
  readonly readInput?: () => Promise<string>;
  /** Ends the command from outside, as an interrupt does. */
  readonly signal?: AbortSignal;
}

const USAGE = `usage:
  foramen start  [--port N] [--host ADDRESS] [--data DIR] [--workers N] [--dicom-port N]
  foramen demo   [--port N] [--data DIR] [--seed N]
  foramen worker [--data DIR]
  foramen backup --to DIR [--data DIR]
  foramen backup verify --from DIR [--data DIR]
  foramen restore --from DIR [--data DIR]
  foramen audit verify [FILE.ndjson] [--data DIR]
  foramen audit export [--data DIR]
  foramen account add --login NAME --name "FULL NAME" --role ROLE [--final] [--data DIR]
  foramen account password --login NAME [--final] [--data DIR]
  foramen worklist --peer AE=HOST:PORT [--date DAY[..DAY]] [--modality MR] [--station AE] [--json]
`;

/** `foramen start | demo | worker | backup | restore | audit | account | worklist`. Exit status 0 done, 1 cannot, 2 wrong usage. */
export async function runServe(argv: readonly string[], io: ServeIo): Promise<number> {
  const [command, ...rest] = argv;
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(USAGE);
    return 0;
  }
  try {
    switch (command) {
      case 'start':
      case 'demo':
        return await serve(command, rest, io);
      case 'worker':
        return await work(rest, io);
      case 'backup':
        return await runBackup(rest, io);
      case 'restore':
        return await runRestore(rest, io);
      case 'audit':
        return await runAudit(rest, io);
      case 'account':
        return await runAccount(rest, io);
      case 'worklist':
        return await runWorklist(rest, io);
      default:
        io.err(USAGE);
        return 2;
    }
  } catch (error) {
    if (isUsage(error)) {
      io.err(`${error.message}\n${USAGE}`);
      return 2;
    }
    io.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function isUsage(error: unknown): error is Error {
  return (
    error instanceof Error && String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS')
  );
}

/** Refused here: the server would first have made its database. */
function wholeNumber(text: string | undefined, name: string, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > most) {
    throw Object.assign(
      new Error(`--${name} wants a whole number from 0 to ${most}, not ${JSON.stringify(text)}`),
      { code: 'ERR_PARSE_ARGS_VALUE' },
    );
  }
  return value;
}

function interrupted(io: ServeIo): Promise<void> {
  return new Promise((done) => {
    if (io.signal !== undefined) {
      if (io.signal.aborted) return done();
      io.signal.addEventListener('abort', () => done(), { once: true });
    }
    // Kept after the first: a launcher may pass the same interrupt on a second time, which must not cut the orderly stop short.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => done());
  });
}

async function serve(command: 'start' | 'demo', rest: readonly string[], io: ServeIo): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      workers: { type: 'string' },
      seed: { type: 'string' },
      'dicom-port': { type: 'string' },
    },
  });
  const port = wholeNumber(values.port, 'port', 65_535);
  const workers = wholeNumber(values.workers, 'workers', 256);
  const seed = wholeNumber(values.seed, 'seed', 2 ** 32 - 1);
  const dicomPort = wholeNumber(values['dicom-port'], 'dicom-port', 65_535);
  const demo = command === 'demo';
  const flags: Partial<Settings> = {
    demo,
    ...(port === undefined ? {} : { port }),
    ...(workers === undefined ? {} : { workers }),
    ...(seed === undefined ? {} : { demoSeed: seed }),
    ...(dicomPort === undefined ? {} : { dicomPort }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...dataFlag(values.data),
  };
  const settings = readSettings(flags, io.env);
  const began = Date.now();
  const running = await start({
    settings,
    env: io.env,
    say: (line) => io.err(`${line}\n`),
    writeLog: (line) => io.err(line),
  });
  io.out(
    `Foramen is at ${running.url}  (ready in ${((Date.now() - began) / 1000).toFixed(1)} s; data in ${settings.dataDir})\n`,
  );
  if (demo) io.out('Demo: generated people, signed in by itself, this computer only. Stop with Ctrl-C.\n');
  await interrupted(io);
  io.out('stopping\n');
  await running.stop();
  return 0;
}

async function work(rest: readonly string[], io: ServeIo): Promise<number> {
  const { values } = parseArgs({ args: [...rest], options: { data: { type: 'string' } } });
  const settings = readSettings(dataFlag(values.data), io.env);
  const stop = new AbortController();
  void interrupted(io).then(() => stop.abort());
  await runWorker({ settings, env: io.env, writeLog: (line) => io.err(line), signal: stop.signal });
  return 0;
}
