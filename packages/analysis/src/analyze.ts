import { assess, buildCase, plan } from '@foramen/care';
import { EVIDENCE, readOverride, withOverride } from '@foramen/evidence';
import { readInput, readSpine, stackedByName } from '@foramen/imaging';
import { fail, type GenomicProfile, ok, type Problem, type Result, type SpineFindings } from '@foramen/spine';
import { readGenome } from './genome.ts';
import type { Analysis, AnalysisParts, Engine, NamedBytes, StudyReading } from './inputs.ts';
import { picturesOf } from './pictures.ts';
import type { AnalysisStage } from './stages.ts';

const READ_SHARE = 0.1;
const JUDGE_FROM = 0.97;

/** Says how far the whole is, never backwards. */
function reporter(engine: Engine): (stage: AnalysisStage, fraction: number) => void {
  let highest = 0;
  return (stage, fraction) => {
    highest = Math.max(highest, Math.min(1, fraction));
    engine.onProgress?.({ stage, fraction: highest });
  };
}

const CANCELLED: Problem = {
  code: 'usage',
  severity: 'error',
  where: 'analysis',
  what: 'was cancelled',
  help: 'Start it again',
};

/**
 * The whole way from files to plan. What is cheap to refuse is refused first: an intake with impossible values, a genome of the wrong
 * assembly, then pictures that cannot be used. An earlier study that cannot be used is left out with a warning; anything else wrong
 * ends the analysis with problems, and nothing half-done is returned.
 *
 * Pure but for what `engine` brings; the same parts and network outputs give the same result in Node and in a browser.
 */
export async function analyze(parts: AnalysisParts, engine: Engine): Promise<Result<Analysis>> {
  const warnings: Problem[] = [];
  const say = reporter(engine);
  const cancelled = () => engine.cancelled?.() === true;
  say('read', 0);

  const person = {
    patientId: parts.patientId,
    now: parts.now,
    intake: parts.intake ?? null,
    ...(parts.record === undefined ? {} : { record: parts.record }),
    ...(parts.signals === undefined ? {} : { signals: parts.signals }),
  };
  const checked = buildCase(person);
  if (!checked.ok) return checked;
  const own = parts.evidence === undefined ? ok(null) : readOverride(parts.evidence);
  if (!own.ok) return own;
  const site = own.value === null ? ok(EVIDENCE) : withOverride(own.value);
  if (!site.ok) return site;
  warnings.push(...site.warnings);
  const impossible = checked.value.problems.filter((problem) => problem.severity === 'error');
  if (impossible[0] !== undefined) return fail(impossible[0], ...impossible.slice(1));
  const { intake } = checked.value;

  let genome: GenomicProfile | null = null;
  if (parts.genome !== undefined) {
    say('genome', 0);
    const called = readGenome(plainBytes(parts.genome), intake, parts.now);
    if (!called.ok) return called;
    genome = called.value;
    warnings.push(...called.warnings);
  }

  const studies = [...(parts.priors ?? []), ...(parts.imaging === undefined ? [] : [parts.imaging])];
  const share = studies.length === 0 ? 0 : (JUDGE_FROM - 0.01) / studies.length;
  let study: StudyReading | null = null;
  const priors: StudyReading[] = [];
  for (const [n, files] of studies.entries()) {
    const newest = parts.imaging !== undefined && n === studies.length - 1;
    const from = 0.01 + n * share;
    const read = await readStudy(files, parts, engine, (stage, fraction) =>
      say(stage, from + fraction * share),
    );
    if (cancelled()) return fail(CANCELLED);
    if (!read.ok) {
      if (newest) return read;
      warnings.push(
        ...read.problems.map(
          (problem): Problem => ({
            ...problem,
            severity: 'warning',
            what: `${problem.what}; this earlier study is left out of the comparison`,
          }),
        ),
      );
      continue;
    }
    warnings.push(...read.warnings);
    if (newest) study = read.value;
    else priors.push(read.value);
  }

  say('judge', JUDGE_FROM);
  const before = parts.readBefore;
  const findings: SpineFindings | null = study?.reading.findings ?? before?.findings ?? null;
  const built = buildCase({
    ...person,
    findings,
    priorFindings: [...(before?.priorFindings ?? []), ...priors.map((prior) => prior.reading.findings)],
    genome,
  });
  if (!built.ok) return built;
  const judgedBy = { evidence: site.value };
  const assessment = assess(built.value, judgedBy);
  const carePlan = plan(built.value, assessment, judgedBy);
  const pictures = study === null ? [] : picturesOf(study);
  say('judge', 1);
  return ok(
    {
      findings,
      genome,
      intake,
      case: built.value,
      assessment,
      plan: carePlan,
      study,
      picture: pictures[0] ?? null,
      pictures,
      priorPictures: priors.map(picturesOf),
      siteEvidence: own.value,
    },
    [...warnings, ...built.warnings],
  );
}

/** Node's Buffer is a Uint8Array whose `slice` does not copy; whatever was handed over is read as what its type says. */
function plainBytes(file: NamedBytes): NamedBytes {
  const { buffer, byteOffset, byteLength } = file.bytes;
  return { name: file.name, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** Files of one study to findings; `say` takes the fraction of this study alone. */
async function readStudy(
  files: readonly NamedBytes[],
  parts: AnalysisParts,
  engine: Engine,
  say: (stage: AnalysisStage, fraction: number) => void,
): Promise<Result<StudyReading>> {
  const cancelled = () => engine.cancelled?.() === true;
  say('read', 0);
  const input = await readInput(files.map(plainBytes), {
    ...(parts.spacing === undefined ? {} : { spacing: parts.spacing }),
    ...(engine.codecs === undefined ? {} : { codecs: engine.codecs }),
    cancelled,
  });
  if (!input.ok) return input;
  if (cancelled()) return fail(CANCELLED);
  say('segment', READ_SHARE);
  const { series, warnings } = stackedByName(input.value.series, parts.spacing?.[2]);
  const read = await readSpine(series, engine.run, {
    ...engine.reading,
    signal: {
      get aborted() {
        return cancelled();
      },
    },
    onProgress: ({ stage, fraction }) => say(stage, READ_SHARE + fraction * (1 - READ_SHARE)),
  });
  if (!read.ok) return read;
  return ok({ series, reading: read.value }, [...input.warnings, ...warnings, ...read.warnings]);
}
