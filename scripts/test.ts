/**
 * `npm test`: types, style, unit tests, and the tests in a browser. Finds Chromium or installs Debian's, and says so.
 * Prints a plain closing line. FORAMEN_SKIP_BROWSER=1 leaves the browser out (and says so).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const say = (text: string) => process.stdout.write(`${text}\n`);
const env: NodeJS.ProcessEnv = { ...process.env };

function step(name: string, command: string, args: readonly string[]): boolean {
  say(`\n== ${name}`);
  const began = Date.now();
  const result = spawnSync(command, [...args], { cwd: root, stdio: 'inherit', env });
  const passed = result.status === 0;
  say(`== ${name}: ${passed ? 'passed' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return passed;
}

function chromium(): string | undefined {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return known.find((path): path is string => path !== undefined && existsSync(path));
}

if (env.FORAMEN_SKIP_BROWSER === undefined) {
  let browser = chromium();
  if (browser === undefined && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    say("No Chromium here: installing Debian's for the browser tests.");
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', 'chromium'],
      { stdio: 'inherit' },
    );
    browser = chromium();
  }
  if (browser === undefined)
    say(
      'WARNING: no Chromium found and none could be installed; browser tests will say that they were skipped.',
    );
  else {
    say(`Browser tests use ${browser}.`);
    env.CHROMIUM_PATH = browser;
  }
}

const report = join(tmpdir(), `foramen-test-${process.pid}.json`);
const only = process.argv.slice(2);
const steps = [
  step('types', bin('tsc'), ['-b']),
  step('style', bin('biome'), ['check', '.', '--diagnostic-level=error']),
  step('tests', bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...only,
  ]),
];
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  };
  passed = counts.numPassedTests;
  failed = counts.numFailedTests;
  skipped = counts.numPendingTests;
} catch {
  failed = 1;
}
rmSync(report, { force: true });
const bad = steps.filter((ok) => !ok).length;
say(`\n${passed} passed, ${Math.max(failed, bad)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(bad === 0 ? 0 : 1);
