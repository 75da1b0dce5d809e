import { basename, join } from 'node:path';
import {
  auditLedger,
  callGenome,
  callsOf,
  cohortRows,
  cohortTsv,
  type OutsideCall,
  type PatientContext,
  type VariantFile,
} from '@foramen/genomics';
import { type GenomicProfile, guidanceName, shownPhenotype, UNNAMED_SAMPLE } from '@foramen/spine/genome';
import { type Problem, problemLine } from '@foramen/spine/problem';
import {
  type GenomeArgs,
  parseGenomeArgs,
  readIntakeContext,
  readOutsideFile,
  USAGE,
} from './genome-args.ts';
import type { CliIo } from './genome-io.ts';
import { openGenome } from './genome-open.ts';
import { makeFolder, writeAll, writeWhole } from './output-files.ts';
import { InputError } from './streams.ts';

export type { CliIo } from './genome-io.ts';

function stem(path: string): string {
  return basename(path).replace(/(\.(vcf|txt|csv))?(\.(b?gz|zip))?$/i, '');
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function summary(profile: GenomicProfile): string[] {
  const lines = [`${profile.sample} (${profile.assembly})`];
  for (const [gene, result] of Object.entries(profile.genes)) {
    const shown =
      result.diplotypes.slice(0, 3).join(' or ') +
      (result.diplotypes.length > 3 ? ` and ${result.diplotypes.length - 3} more` : '');
    const could = result.phenotypesNotExcluded ?? [];
    const open = could.length > 0 ? ` (positions missing; not excluded: ${could.join(', ')})` : '';
    const drugs = result.phenotypeWithDrugs ? `; with current drugs ${result.phenotypeWithDrugs}` : '';
    lines.push(
      `  ${gene.padEnd(8)} ${(shown || '-').padEnd(28)} ${result.uncalled ?? `${shownPhenotype(result)}${drugs}${open}`}`,
    );
  }
  const acting = profile.drugs.filter(
    (d) => !['standard', 'no-recommendation', 'untested'].includes(d.action),
  );
  for (const d of acting) {
    const instead = d.alternatives.length > 0 ? `; instead: ${d.alternatives.join(', ')}` : '';
    const depends = d.dependsOn === undefined ? '' : `, only if ${d.dependsOn}`;
    lines.push(
      `  ${d.drug}: ${d.action} (${guidanceName(d)}${d.population ? `, ${d.population}` : ''}${depends}): ${d.doseText ?? ''}${instead}`,
    );
  }
  return lines;
}

async function writeReports(dir: string, name: string, profile: GenomicProfile, now: string): Promise<void> {
  const [{ prescriberReport, patientReport, PATIENT_LANGUAGES }, { genomicsBundle }] = await Promise.all([
    import('@foramen/report/genome'),
    import('@foramen/exchange/genomics'),
  ]);
  writeAll(dir, {
    [`${name}.json`]: `${JSON.stringify(profile, null, 1)}\n`,
    [`${name}.prescriber.html`]: prescriberReport(profile, now),
    ...Object.fromEntries(
      PATIENT_LANGUAGES.map((language) => [
        language === 'en' ? `${name}.patient.html` : `${name}.patient.${language}.html`,
        patientReport(profile, now, language),
      ]),
    ),
    [`${name}.fhir.json`]: `${JSON.stringify(genomicsBundle(profile, now), null, 1)}\n`,
  });
}

interface Run {
  readonly args: GenomeArgs;
  readonly context: PatientContext;
  readonly outside: readonly OutsideCall[];
  readonly io: CliIo;
  readonly done: GenomicProfile[];
  /** Lines of the cohort table, kept as text: ten thousand profiles would fill the memory. */
  readonly table: string[];
  /** Of reports written already. */
  readonly names: Set<string>;
  readonly said: Set<string>;
}

/** Reports take the input's name; a second input of the same name gets a number, and no report takes the place of another person's. */
function reportName(run: Run, path: string): string {
  const base = stem(path);
  let name = base;
  // Where capitals do not count in file names, neither do they here.
  for (let n = 2; run.names.has(name.toLowerCase()); n++) name = `${base}-${n}`;
  run.names.add(name.toLowerCase());
  return name;
}

/** The people that outside calls name, when they are of more than one. */
function peopleOf(outside: readonly OutsideCall[]): readonly string[] {
  const names = [...new Set(outside.flatMap((call) => call.sample ?? []))];
  return names.length > 1 ? names : [];
}

/** Whom outside calls alone are about: the one asked for, else the only one they name. */
function personOf(run: Run): string | null {
  const { outside, args } = run;
  const people = peopleOf(outside);
  const asked = args.sample ?? (people.length > 0 ? null : (outside[0]?.sample ?? UNNAMED_SAMPLE));
  if (asked !== null) return asked;
  const shown = people.slice(0, 4).join(', ');
  run.io.err(
    `${args.outside}: holds ${people.length} people (${shown}${people.length > 4 ? ', …' : ''}) where one was expected. Choose one with --sample ID`,
  );
  return null;
}

/** Says when the outside calls are of several people and none of them is this one. */
function isAmongOutside(run: Run, sample: string): boolean {
  const people = peopleOf(run.outside);
  if (people.length === 0 || people.includes(sample)) return true;
  run.io.err(
    `${run.args.outside}: no call of ${sample}. It holds ${people.slice(0, 4).join(', ')}${people.length > 4 ? ', …' : ''}`,
  );
  return false;
}

/** Calls one sample of an open file; false when it could not be used. */
async function callOne(
  run: Run,
  file: VariantFile | null,
  sample: string,
  name: string,
  brief: boolean,
): Promise<boolean> {
  const { args, io } = run;
  const called = callGenome(file, sample, {
    context: run.context,
    outside: callsOf(run.outside, sample),
    ...(args.outside ? { outsideName: args.outside } : {}),
    combinations: args.combinations,
    allMatches: args.allMatches,
    absentAsReference: args.absentAsReference,
    showResearch: args.research,
    brief,
    genesOnly: brief && !args.json,
  });
  if (!called.ok) {
    for (const problem of called.problems) io.err(problemLine({ ...problem, where: name }));
    return false;
  }
  for (const warning of called.warnings) {
    const line = problemLine(warning);
    // What is wrong with a file is said once, not once for each of its samples.
    if (!run.said.has(line)) io.err(line);
    run.said.add(line);
  }
  if (args.json || !args.out) run.done.push(called.value);
  if (args.out) run.table.push(cohortTsv(cohortRows(called.value), false));
  if (args.out && !brief) await writeReports(args.out, reportName(run, name), called.value, today());
  return !called.warnings.some((warning: Problem) => warning.severity === 'error');
}

async function runInput(run: Run, path: string): Promise<boolean> {
  const { args, io } = run;
  const manySamples = args.allSamples || (args.out !== null && !args.json && args.sample === null);
  const started = Date.now();
  let told = started;
  const opened = await openGenome(path, {
    samples: args.sample ? [args.sample] : null,
    manySamples,
    ...(process.stderr.isTTY
      ? {
          onProgress: (fraction: number) => {
            const now = Date.now();
            if (now - told < 1000 || fraction <= 0) return;
            told = now;
            const left = Math.round(((now - started) / fraction - (now - started)) / 1000);
            io.err(`${basename(path)}: ${Math.round(fraction * 100)}%, about ${left} s left`);
          },
        }
      : {}),
  });
  if (!opened.ok) {
    for (const problem of opened.problems) io.err(problemLine(problem));
    return false;
  }
  const file = opened.value;
  if (file.matchedCount === 0) {
    io.err(
      `${path}: no record overlaps a position of any gene. Give a whole-genome, exome, array or pharmacogene call set.`,
    );
    return false;
  }
  if (file.samples.length > 1 && run.outside.some((call) => call.sample === undefined)) {
    io.err(
      `${path}: the outside calls do not say whose they are, and the file holds ${file.samples.length} samples. Choose one with --sample ID.`,
    );
    return false;
  }
  if (file.samples.length === 1) {
    const sample = file.samples[0] ?? '';
    const isKnown = isAmongOutside(run, sample);
    return (await callOne(run, file, sample, path, false)) && isKnown;
  }
  let good = true;
  for (const sample of file.samples) good = (await callOne(run, file, sample, path, true)) && good;
  return good;
}

const AUDIT_OPTIONS = new Set(['--today', '--max-age']);

function audit(argv: readonly string[], io: CliIo): number {
  const given = new Map<string, string>();
  let json = false;
  for (let at = 0; at < argv.length; at++) {
    const option = argv[at] ?? '';
    const value = argv[at + 1];
    if (option === '--help' || option === '-h') {
      io.out(USAGE);
      return 0;
    }
    if (option === '--json') json = true;
    else if (AUDIT_OPTIONS.has(option) && value !== undefined) {
      given.set(option, value);
      at++;
    } else {
      io.err(
        `foramen genome audit: ${option} is ${AUDIT_OPTIONS.has(option) ? 'without its value' : 'not an option'}. Run \`foramen genome --help\``,
      );
      return 2;
    }
  }
  const max = Number(given.get('--max-age') ?? 365);
  const day = given.get('--today') ?? today();
  const then = new Date(day);
  // 30 February is read as 2 March, and so is no date.
  const isDay = !Number.isNaN(then.getTime()) && then.toISOString().slice(0, 10) === day;
  if (!Number.isFinite(max) || max < 0 || !isDay) {
    io.err(
      'foramen genome audit: --today is a date (2026-11-22) and --max-age a number of days. Run `foramen genome --help`',
    );
    return 2;
  }
  const entries = auditLedger(day, max);
  if (json) io.out(JSON.stringify({ today: day, maxAgeDays: max, entries }));
  else {
    for (const entry of entries) {
      io.out(
        `${entry.stale ? 'STALE' : 'ok   '} ${String(entry.ageDays).padStart(5)} days  ${entry.what}  (${entry.version})${entry.secondHand === undefined ? '' : `  SECOND-HAND: ${entry.secondHand}`}`,
      );
    }
    const stale = entries.filter((entry) => entry.stale).length;
    const second = entries.filter((entry) => entry.secondHand !== undefined).length;
    io.out(
      `${stale} of ${entries.length} older than ${max} days on ${day}, ${second} second-hand. Renew with: foramen genome import DIR`,
    );
  }
  return 0;
}

/** `foramen genome`: see USAGE. Resolves to the exit status: 0 done, 1 an input could not be used, 2 wrong usage. */
export async function runGenome(argv: readonly string[], io: CliIo): Promise<number> {
  try {
    return await genome(argv, io);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) io.err(problemLine(problem));
    return 1;
  }
}

async function genome(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv[0] === 'import') {
    const { runGenomeImport } = await import('./genome-import.ts');
    return runGenomeImport(argv.slice(1), io);
  }
  if (argv[0] === 'audit') return audit(argv.slice(1), io);
  if (argv.includes('--help') || argv.includes('-h')) {
    io.out(USAGE);
    return 0;
  }
  const parsed = parseGenomeArgs(argv);
  if (!parsed.ok) {
    io.err(problemLine(parsed.problems[0]));
    return 2;
  }
  const args = parsed.value;
  for (const warning of parsed.warnings) io.err(problemLine(warning));
  let context = args.context;
  if (args.intake) {
    const read = await readIntakeContext(args.intake, today());
    if (!read.ok) {
      io.err(problemLine(read.problems[0]));
      return 1;
    }
    const illnesses = [...(read.value.illnesses ?? []), ...(args.context.illnesses ?? [])];
    context = { ...read.value, ...args.context, ...(illnesses.length > 0 ? { illnesses } : {}) };
  }
  let outside: readonly OutsideCall[] = [];
  let good = true;
  if (args.outside) {
    const read = readOutsideFile(args.outside);
    if (!read.ok) {
      for (const problem of read.problems) io.err(problemLine(problem));
      return 1;
    }
    for (const warning of read.warnings) io.err(problemLine(warning));
    // What cannot be read of one gene does not stop the others, and is not passed over either.
    good = !read.warnings.some((warning) => warning.severity === 'error');
    outside = read.value;
    if (args.inputs.length > 1 && outside.some((call) => call.sample === undefined)) {
      io.err(
        `${args.outside}: outside calls belong to one person, and ${args.inputs.length} files were given. Run them one by one.`,
      );
      return 2;
    }
  }
  if (args.out) makeFolder(args.out);
  const run: Run = { args, context, outside, io, done: [], table: [], names: new Set(), said: new Set() };
  for (const path of args.inputs) good = (await runInput(run, path)) && good;
  if (args.inputs.length === 0) {
    const person = personOf(run);
    const isKnown = person !== null && isAmongOutside(run, person);
    good = isKnown && (await callOne(run, null, person, 'genome', false)) && good;
  }
  if (args.out && run.table.length > 1)
    writeWhole(join(args.out, 'cohort.tsv'), `${cohortTsv([])}${run.table.join('')}`);
  if (args.json) {
    const one = args.inputs.length <= 1 && !args.allSamples;
    if (run.done.length > 0 || !one) io.out(JSON.stringify(one ? run.done[0] : run.done));
  } else if (!args.out) {
    for (const profile of run.done.slice(0, 50)) for (const line of summary(profile)) io.out(line);
  }
  return good ? 0 : 1;
}
