import { readSettings } from '../settings.ts';
import { start } from '../start.ts';

/** A server in a process of its own, for tests that kill it. Prints one JSON line when it is up. */
const running = await start({
  settings: readSettings({ port: Number(process.env.TEST_PORT ?? 0) }, process.env),
  env: process.env,
  say: () => undefined,
  writeLog: (line) => process.stderr.write(line),
  web: { dir: '/nowhere', ready: () => true },
});
process.stdout.write(
  `${JSON.stringify({ url: running.url, database: running.cluster?.processId, workers: running.fleet.processIds })}\n`,
);
// It ends by itself: whatever is left behind would hold a clinic's server as well.
process.once('SIGTERM', () => void running.stop());
