/**
 * `npm run bench [NAME...]`: every benchmark of this folder in a process of its own, one after another, and one table of what they measured.
 * Accuracy (`npm run bench:accuracy`) is apart: it needs data that are not part of the product.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { basename, join } from 'node:path';

const APART: ReadonlySet<string> = new Set([
  'run',
  'accuracy',
  'contact',
  'detectable-change',
  'numbering',
  'soak',
]);
const LONGEST_MS = 15 * 60_000;

const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => (wanted.length === 0 ? !APART.has(name) : wanted.includes(name)))
  .sort();
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}`);
  process.exit(2);
}

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly failed: boolean;
  readonly lines: readonly string[];
}

const rows: Row[] = [];
for (const name of names) {
  process.stderr.write(`${name} ...\n`);
  const began = performance.now();
  const done = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    encoding: 'utf8',
    timeout: LONGEST_MS,
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const failed = done.status !== 0;
  const last =
    done.stderr
      .trim()
      .split('\n')
      .find((line) => /Error|error/.test(line)) ??
    done.error?.message ??
    '';
  const lines = done.stdout.split('\n').filter((line) => line.trim() !== '');
  rows.push({
    name,
    seconds: (performance.now() - began) / 1000,
    failed,
    lines: failed ? [...lines, `FAILED: ${last}`] : lines,
  });
}

const width = Math.max(...rows.map((row) => row.name.length));
const load = loadavg()[0]!.toFixed(1);
console.log(
  `${availableParallelism()} x ${cpus()[0]?.model ?? 'processor'}, node ${process.versions.node}, load ${load} at the end`,
);
for (const row of rows) {
  console.log('-'.repeat(100));
  row.lines.forEach((line, n) => {
    console.log(`${(n === 0 ? row.name : '').padEnd(width)} | ${line}`);
  });
  console.log(`${''.padEnd(width)} | (ran ${row.seconds.toFixed(0)} s)`);
}
const failures = rows.filter((row) => row.failed);
console.log('-'.repeat(100));
console.log(
  failures.length === 0
    ? `all ${rows.length} benchmarks ran`
    : `${failures.length} of ${rows.length} benchmarks failed: ${failures.map((row) => row.name).join(', ')}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
