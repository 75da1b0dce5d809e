import { readSettings } from '../settings.ts';
import { runWorker } from './worker.ts';

/** The program a server's worker processes run; `foramen worker` on another machine runs the same function. */
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
// The server is gone: nobody would restart or stop this process.
process.once('disconnect', () => stop.abort());

try {
  await runWorker({
    settings: readSettings({}, process.env),
    env: process.env,
    writeLog: (line) => process.stderr.write(line),
    signal: stop.signal,
  });
  process.exit(0);
} catch (error) {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
