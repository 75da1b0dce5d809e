import { assess, buildCase, citedEvidence, plan } from '@foramen/care';
import {
  checkEvidence,
  EVIDENCE,
  type EvidenceBase,
  type EvidenceRecord,
  readOverride,
  source,
  withOverride,
} from '@foramen/evidence';
import { SAMPLE_STORIES } from '@foramen/phantom';
import { fail, type Problem, problemLine, type Result } from '@foramen/spine';
import type { CliIo } from './genome-io.ts';
import { readSmallText } from './small-text.ts';

const EVIDENCE_USAGE = `foramen evidence check [--site FILE] [--json]   what is wrong with the evidence base; exit 1 when something is
foramen evidence list [WORDS...] [--type TYPE] [--unverified] [--site FILE] [--json]
                                                    records that hold all of the words
foramen evidence show ID [--site FILE] [--json] one record with its source`;

interface Args {
  readonly command: 'check' | 'list' | 'show';
  readonly words: readonly string[];
  readonly type: string | undefined;
  readonly override: string | undefined;
  readonly unverified: boolean;
  readonly json: boolean;
}

function usage(what: string): Result<Args> {
  return fail({ code: 'usage', severity: 'error', where: 'foramen evidence', what, help: EVIDENCE_USAGE });
}

function parseArgs(argv: readonly string[]): Result<Args> {
  const [command, ...rest] = argv;
  if (command !== 'check' && command !== 'list' && command !== 'show') {
    return usage(command === undefined ? 'says no command' : `unknown command ${command}`);
  }
  const words: string[] = [];
  let type: string | undefined;
  let override: string | undefined;
  let unverified = false;
  let json = false;
  for (let i = 0; i < rest.length; i++) {
    const arg = rest[i]!;
    if (arg === '--json') json = true;
    else if (arg === '--unverified') unverified = true;
    else if (arg === '--type' || arg === '--site') {
      const value = rest[++i];
      if (value === undefined) return usage(`${arg} needs a value`);
      if (arg === '--type') type = value;
      else override = value;
    } else if (arg.startsWith('-')) return usage(`unknown option ${arg}`);
    else words.push(arg);
  }
  if (command === 'show' && words.length !== 1) return usage('show needs one id');
  if (command === 'check' && words.length > 0) return usage(`check takes no ${words[0]}`);
  return { ok: true, value: { command, words, type, override, unverified, json }, warnings: [] };
}

function openBase(path: string | undefined): Result<EvidenceBase> {
  if (path === undefined) return { ok: true, value: EVIDENCE, warnings: [] };
  const help = 'Give a JSON file of the shape foramen.evidence-override/1';
  const small = readSmallText(path, help);
  if (!small.ok) return small;
  let raw: unknown;
  try {
    raw = JSON.parse(small.value);
  } catch {
    return fail({ code: 'unreadable', severity: 'error', where: path, what: 'is not JSON', help });
  }
  const read = readOverride(raw);
  return read.ok ? withOverride(read.value) : read;
}

const figure = (r: EvidenceRecord): string => {
  const value =
    'estimate' in r && typeof r.estimate === 'number'
      ? r.estimate
      : 'value' in r && typeof r.value === 'number'
        ? r.value
        : undefined;
  if (value === undefined) return '';
  return r.interval === null ? String(value) : `${value} (${r.interval[0]} to ${r.interval[1]})`;
};

const mark = (r: EvidenceRecord): string =>
  r.evidence === 'default' ? 'default' : r.verified ? 'verified' : 'not verified';

const line = (r: EvidenceRecord, base: EvidenceBase): string =>
  [r.id.padEnd(46), figure(r).padEnd(26), mark(r).padEnd(13), source(r.sourceId, base).citation].join(' ');

function matches(r: EvidenceRecord, args: Args, base: EvidenceBase): boolean {
  if (args.type !== undefined && r.type !== args.type) return false;
  if (args.unverified && r.verified) return false;
  const text = `${JSON.stringify(r)} ${source(r.sourceId, base).citation}`.toLowerCase();
  return args.words.every((w) => text.includes(w.toLowerCase()));
}

/** Evidence that statements about the sample patients cite, so that one without a record is found. */
function citedForSamples(base: EvidenceBase): readonly string[] {
  const ids = new Set<string>();
  for (const story of SAMPLE_STORIES) {
    const built = buildCase({ patientId: story.id, now: '2026-01-01', intake: story.intake });
    if (!built.ok) continue;
    try {
      const assessment = assess(built.value, { evidence: base });
      const carePlan = plan(built.value, assessment, { evidence: base });
      for (const id of citedEvidence({ assessment, carePlan })) ids.add(id);
    } catch (error) {
      // A record that is computed with, not only cited: what is missing is named like the rest.
      const id = /no evidence record (\S+)/.exec((error as Error).message)?.[1];
      if (id === undefined) throw error;
      ids.add(id);
    }
  }
  return [...ids];
}

function report(problems: readonly Problem[], io: CliIo): void {
  for (const p of problems) io.err(problemLine(p));
}

/**
 * `foramen evidence`: checks, lists or shows the evidence base, with a site's override file in place where one is named.
 * @returns exit status: 0 done, 1 something is wrong with the base or the file, 2 wrong usage.
 */
export async function runEvidence(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) {
    io.out(EVIDENCE_USAGE);
    return argv.length === 0 ? 2 : 0;
  }
  const parsed = parseArgs(argv);
  if (!parsed.ok) {
    report(parsed.problems, io);
    return 2;
  }
  const args = parsed.value;
  const opened = openBase(args.override);
  if (!opened.ok) {
    report(opened.problems, io);
    return 1;
  }
  const base = opened.value;
  report(opened.warnings, io);
  switch (args.command) {
    case 'check': {
      const problems = checkEvidence({ base, cited: citedForSamples(base) });
      if (args.json)
        io.out(JSON.stringify({ records: base.records.size, sources: base.sources.size, problems }));
      else {
        for (const p of problems) io.out(`${p.severity}: ${problemLine(p)}`);
        const open = [...base.records.values()].filter((r) => !r.verified).length;
        io.out(
          `${base.records.size} records, ${base.sources.size} sources, ${open} not verified, ${problems.length} problems`,
        );
      }
      return problems.length > 0 ? 1 : 0;
    }
    case 'list': {
      const found = [...base.records.values()].filter((r) => matches(r, args, base));
      if (args.json) io.out(JSON.stringify(found));
      else for (const r of found) io.out(line(r, base));
      if (found.length === 0) io.err('no record holds all of that: try fewer words');
      return 0;
    }
    case 'show': {
      const found = base.records.get(args.words[0]!);
      if (found === undefined) {
        report(
          [
            {
              code: 'not-found',
              severity: 'error',
              where: args.words[0]!,
              what: 'is no evidence record',
              help: 'Find ids with `foramen evidence list WORDS`',
            },
          ],
          io,
        );
        return 1;
      }
      const from = source(found.sourceId, base);
      io.out(
        args.json
          ? JSON.stringify({ record: found, source: from })
          : `${JSON.stringify(found, null, 2)}\n${from.citation}\n${from.link ?? 'no link'}`,
      );
      return 0;
    }
    default: {
      const never: never = args.command;
      return never;
    }
  }
}
