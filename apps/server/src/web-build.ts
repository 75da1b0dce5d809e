import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { WebFiles } from './http/web.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

function newest(dir: string): number {
  let time = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(path));
    else if (!/\.test\.tsx?$/.test(entry.name)) time = Math.max(time, statSync(path).mtimeMs);
  }
  return time;
}

function stale(web: string): boolean {
  const built = join(web, 'dist', 'index.html');
  if (!existsSync(built)) return true;
  const at = statSync(built).mtimeMs;
  const packages = join(ROOT, 'packages');
  return (
    newest(web) > at ||
    readdirSync(packages).some(
      // Sources, data tables and model files alike: all of them end up in the page.
      (room) => statSync(join(packages, room)).isDirectory() && newest(join(packages, room)) > at,
    )
  );
}

/**
 * The web application's files, built by Vite when they are missing or older than their sources. The server does not wait: until the
 * build is done the page says so and looks again.
 */
export function ensureWebBuilt(log: (message: string) => void): WebFiles & { readonly done: Promise<void> } {
  const web = join(ROOT, 'apps', 'web');
  const dir = join(web, 'dist');
  if (!existsSync(join(web, 'index.html')) || !stale(web)) {
    const there = existsSync(join(dir, 'index.html'));
    return {
      dir,
      ready: () => there,
      failure: () => (there ? undefined : 'not built'),
      done: Promise.resolve(),
    };
  }
  let ready = false;
  let failure: string | undefined;
  const done = build(web).then(
    () => {
      ready = true;
    },
    (error: Error) => {
      // A page built earlier is better than none.
      ready = existsSync(join(dir, 'index.html'));
      failure = error.message;
      log(`the page could not be built: ${error.message}`);
    },
  );
  return { dir, ready: () => ready, failure: () => failure, done };
}

async function build(web: string): Promise<void> {
  const vite = join(
    dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  );
  await new Promise<void>((done, failed) => {
    let output = '';
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: web,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-2_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', failed);
    child.once('exit', (code) =>
      code === 0
        ? done()
        : failed(new Error(output.trim().split('\n').slice(-3).join(' ') || `vite ended with ${code}`)),
    );
  });
}
