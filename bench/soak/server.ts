import { createInterface } from 'node:readline';
import { readSettings } from '../../apps/server/src/settings.ts';
import { start } from '../../apps/server/src/start.ts';

/** The server, on the fast clock, in a process of its own that collects garbage when it is told to. */
async function serve(): Promise<void> {
  const began = Date.now();
  const factor = Number(process.env.SOAK_SPEED);
  const running = await start({
    settings: readSettings({ port: 0 }, process.env),
    env: process.env,
    say: () => undefined,
    writeLog: (line) => process.stderr.write(line),
    web: { dir: '/nowhere', ready: () => true },
    now: () => new Date(began + (Date.now() - began) * factor),
  });
  process.stdout.write(`${JSON.stringify({ url: running.url })}\n`);
  createInterface({ input: process.stdin }).on('line', () => {
    for (let i = 0; i < 4; i++) (globalThis as { gc?: () => void }).gc?.();
    process.stdout.write('collected\n');
  });
  process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)));
}

await serve();
