/**
 * `npm run audit:dependencies`: asks the registry for known holes in what the product ships. A registry without an audit service cannot answer:
 * that is said loudly, and is no pass; the lockfile's own checks (test/dependencies.test.ts) hold in any case.
 * Exit status: 0 nothing of high severity, 1 something is, 0 with a warning when nobody could be asked (2 with --strict).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

interface Report {
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  readonly error?: { readonly summary?: string; readonly code?: string };
  readonly message?: string;
}

const root = join(import.meta.dirname, '..');
const strict = process.argv.includes('--strict');
const run = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  cwd: root,
  encoding: 'utf8',
  timeout: 120_000,
});

let report: Report = {};
try {
  report = JSON.parse(run.stdout) as Report;
} catch {
  // No document at all: treated as no answer below.
}
const counts = report.metadata?.vulnerabilities;
if (counts === undefined) {
  const why =
    report.error?.summary ||
    report.error?.code ||
    report.message ||
    run.stderr.trim().split('\n')[0] ||
    'no answer';
  process.stderr.write(
    [
      '',
      '*** NOT AUDITED: this registry has no audit service, or it could not be reached.',
      `*** It said: ${why.slice(0, 200)}`,
      '*** Run `npm run audit:dependencies` where the public registry can be asked before a release.',
      '',
    ].join('\n'),
  );
  process.exit(strict ? 2 : 0);
}
const bad = (counts.high ?? 0) + (counts.critical ?? 0);
for (const [name, hole] of Object.entries(report.vulnerabilities ?? {}))
  if (hole.severity === 'high' || hole.severity === 'critical')
    process.stderr.write(`${name} ${hole.range}: ${hole.severity}\n`);
process.stdout.write(
  bad === 0
    ? `dependencies: nothing of high severity known (${counts.total ?? 0} lesser)\n`
    : `dependencies: ${bad} of high severity\n`,
);
process.exit(bad === 0 ? 0 : 1);
