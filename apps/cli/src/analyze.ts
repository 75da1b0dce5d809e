import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Analysis, analyze, STAGE_WORDS } from '@foramen/analysis';
import { catalogueFor } from '@foramen/care';
import { studyBundle } from '@foramen/exchange';
import {
  corridorOverlay,
  followStudies,
  labelsOnSourceGrid,
  writeNiftiLabels,
  writeReport,
  writeSegmentation,
} from '@foramen/imaging';
import { renderClinicalReport } from '@foramen/report';
import {
  createNetworkRunner,
  loadModels,
  modelFolder,
  nativeCodecs,
  threadsForCommand,
} from '@foramen/server/analysis';
import { isCorridor, type Result } from '@foramen/spine';
import { gzipSync } from 'fflate';
import { writeAll } from './output-files.ts';
import { progressLine } from './progress-line.ts';
import { warningLines } from './reading.ts';
import { parseSpacing } from './spacing.ts';
import { exitStatus, InputError, type Streams, UsageError } from './streams.ts';
import { loadStudy, readText, stemOf } from './study-files.ts';
import { PRODUCT_VERSION } from './version.ts';

const USAGE = `usage: foramen analyze STUDY [--genome VCF] [--intake FILE] [--prior DIR]... --out DIR [--spacing ROW,COL[,SLICE]] [--patient ID] [--now DATE] [--evidence FILE] [--json]
STUDY: DICOM file or folder, .nii, .nii.gz, .mha or grey .png. It may be left out when a genome or an intake is given.
Writes findings.json, case.json, assessment.json, plan.json, report.html, labels.nii.gz, corridors.json; for DICOM also seg.dcm, sr.dcm, bundle.json; with --prior also comparison.json.
--evidence: a site's own evidence file, put over the shipped base.
`;

/** `foramen analyze`: pictures, genome and intake to a plan, in one folder. */
export async function runAnalyze(argv: string[], io: Streams): Promise<number> {
  return exitStatus(io, USAGE, async () => {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        genome: { type: 'string' },
        intake: { type: 'string' },
        prior: { type: 'string', multiple: true },
        out: { type: 'string' },
        spacing: { type: 'string' },
        patient: { type: 'string' },
        now: { type: 'string' },
        evidence: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      io.out(USAGE);
      return 0;
    }
    if (positionals.length > 1)
      throw new UsageError('analyze reads one STUDY; give the folder that holds its files');
    if (positionals.length === 0 && values.genome === undefined && values.intake === undefined) {
      throw new UsageError('analyze wants a STUDY, a --genome or an --intake');
    }
    if (!values.out) throw new UsageError('analyze wants --out');
    const study = positionals[0];
    const now = moment(values.now);
    const spacing = values.spacing === undefined ? undefined : parseSpacing(values.spacing);
    const intake = values.intake === undefined ? undefined : intakeOf(values.intake);
    const evidence = values.evidence === undefined ? undefined : intakeOf(values.evidence, EVIDENCE_HELP);
    const line = progressLine(io, process.stderr.isTTY === true);
    const folder = modelFolder();
    const network = createNetworkRunner(folder, threadsForCommand());
    const reading = study === undefined ? undefined : loadModels(folder).reading;
    const result = await analyze(
      {
        patientId: values.patient ?? stemOf(study ?? values.intake ?? values.genome ?? 'patient'),
        now,
        ...(study === undefined ? {} : { imaging: loadStudy(study) }),
        ...(values.prior === undefined ? {} : { priors: values.prior.map(loadStudy) }),
        ...(values.genome === undefined ? {} : { genome: genomeOf(values.genome) }),
        ...(intake === undefined ? {} : { intake }),
        ...(evidence === undefined ? {} : { evidence }),
        ...(spacing === undefined ? {} : { spacing }),
      },
      {
        run: network.run,
        codecs: nativeCodecs(),
        onProgress: ({ stage, fraction }) => line.say(STAGE_WORDS[stage], fraction),
        ...(reading === undefined ? {} : { reading }),
      },
    ).finally(() => line.end());
    const done = succeeded(result, [study, values.genome], values.intake);
    io.err(warningLines(result.ok ? result.warnings : []));
    const files = outputs(done, now);
    writeAll(values.out, files);
    if (values.json) {
      io.out(
        `${JSON.stringify({ out: values.out, files: Object.keys(files), findings: done.findings, assessment: done.assessment, plan: done.plan })}\n`,
      );
    } else {
      io.out(`${summary(done)}\n${join(values.out, 'report.html')}\n`);
    }
    return 0;
  });
}

function moment(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new UsageError(`--now wants a date such as 2026-05-31, not ${JSON.stringify(text)}`);
  }
  return text;
}

const EVIDENCE_HELP = 'See docs/evidence.md for the form of a site file';

function intakeOf(path: string, help = 'See docs/intake.md for the form of an intake'): unknown {
  try {
    return JSON.parse(readText(path)) as unknown;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([
      {
        code: 'unreadable',
        severity: 'error',
        where: path,
        what: `not JSON (${(error as Error).message})`,
        help,
      },
    ]);
  }
}

function genomeOf(path: string) {
  const [file] = loadStudy(path);
  if (file === undefined) throw new InputError([]);
  return file;
}

/** One line for all that is wrong. Problems name a file by its base name and an answer by its path in the intake; the user gave paths. */
function succeeded(
  result: Result<Analysis>,
  paths: readonly (string | undefined)[],
  intake: string | undefined,
): Analysis {
  if (result.ok) return result.value;
  const [first, ...rest] = result.problems;
  const path = paths.find((one) => one !== undefined && basename(one) === first.where);
  if (path !== undefined) throw new InputError([{ ...first, where: path }]);
  if (intake === undefined || !first.where.startsWith('intake')) throw new InputError([first]);
  const more = rest.length === 0 ? '' : ` (and ${rest.map((one) => one.where).join(', ')})`;
  throw new InputError([
    {
      ...first,
      where: `${intake}: ${first.where}`,
      what: `${first.what}${more}`,
      // An analysis refuses what a case would set aside.
      help: first.help.replace('; it is treated as not known', ', or leave it out'),
    },
  ]);
}

function outputs(done: Analysis, now: string): Record<string, Uint8Array | string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const files: Record<string, Uint8Array | string> = {
    'findings.json': json(done.findings),
    'case.json': json(done.case),
    'assessment.json': json(done.assessment),
    'plan.json': json(done.plan),
    'report.html': renderClinicalReport({
      version: PRODUCT_VERSION,
      case: done.case,
      assessment: done.assessment,
      plan: done.plan,
      pictures: done.pictures,
      priorPictures: done.priorPictures,
      siteEvidence: done.siteEvidence,
    }),
  };
  if (done.findings !== null && done.case.priorFindings.length > 0)
    files['comparison.json'] = json(followStudies([...done.case.priorFindings, done.findings]));
  if (done.study === null) return files;
  const { series, reading } = done.study;
  const primary = series[reading.primary]!;
  files['labels.nii.gz'] = gzipSync(
    writeNiftiLabels(labelsOnSourceGrid(primary, reading.labels), primary.source.niftiHeader),
    { mtime: 0 },
  );
  const { corridors = [] } = reading.findings;
  if (corridors.length > 0)
    files['corridors.json'] = json(
      corridors.map((one) =>
        isCorridor(one) ? { ...one, overlay: corridorOverlay(primary.volume, one) } : one,
      ),
    );
  if (primary.format !== 'dicom') return files;
  const { models, enumeration } = reading.findings;
  const stamp = { now, version: PRODUCT_VERSION, models, unnamed: enumeration.unnamed !== undefined };
  const seg = writeSegmentation(primary, reading.labels, stamp);
  if (seg.ok) files['seg.dcm'] = seg.value.bytes;
  const sr = writeReport(
    reading.findings,
    [primary, ...series.filter((other) => other !== primary)],
    stamp,
    seg.ok ? seg.value : undefined,
  );
  if (sr.ok) files['sr.dcm'] = sr.value.bytes;
  files['bundle.json'] = json(
    studyBundle({ case: done.case, assessment: done.assessment, plan: done.plan, now }),
  );
  return files;
}

function conditionName(condition: string): string {
  const term = catalogueFor('en').terms[`condition.${condition}`];
  return term === undefined
    ? condition.replaceAll('-', ' ')
    : typeof term === 'string'
      ? term
      : term.clinician;
}

function summary(done: Analysis): string {
  const { triage } = done.assessment;
  const graded = done.findings?.levels.filter((level) => level.abstained === undefined).length;
  const first = done.assessment.differential[0];
  return [
    `urgency: ${triage.urgency}${triage.gate ? ' (elective advice withheld)' : ''}; ${triage.who}`,
    ...(graded === undefined ? [] : [`levels graded: ${graded} of ${done.findings?.levels.length}`]),
    ...(first === undefined
      ? []
      : [
          `most likely: ${conditionName(first.condition)}${first.level === undefined ? '' : ` at ${first.level}`} (${Math.round(first.p * 100)}%)`,
        ]),
    ...(done.plan.next[0] === undefined ? [] : [`next: ${done.plan.next[0].text}`]),
  ].join('\n');
}
