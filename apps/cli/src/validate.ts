import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type InputSeries, readInput } from '@foramen/imaging';
import { renderValidation, type ValidationResult } from '@foramen/report';
import {
  type ModelReference,
  type Problem,
  problemLine,
  type Result,
  type SpineFindings,
} from '@foramen/spine';
import { writeWhole } from './output-files.ts';
import { progressLine } from './progress-line.ts';
import { createSpineReader, type ReadStudy, type Segmented, type SpineReader } from './reading.ts';
import { readTogether, sliceSeries } from './slice-pictures.ts';
import { type GivenSpacing, parseSpacing, spacingTable } from './spacing.ts';
import { exitStatus, InputError, type Streams, UsageError } from './streams.ts';
import { loadStudy, readText, stemOf } from './study-files.ts';
import { type GradedCase, type Reading, readGradings, scoreGrades } from './validate-grades.ts';
import {
  type Mask,
  type MaskScheme,
  type MaskScore,
  maskOn,
  scoreMask,
  segmentationOn,
  summariseLevels,
  summariseMasks,
} from './validate-masks.ts';
import { type MeasuredCase, type MeasureReading, readMeasures, scoreMeasures } from './validate-measures.ts';
import { PRODUCT_VERSION } from './version.ts';

const USAGE = `usage: foramen validate DIR [--out FILE.html] [--json] [--labels totalspineseg|spider|plain] [--spacing ROW,COL[,SLICE]] [--spacing-from TABLE.csv]
DIR/images holds pictures (files, or DICOM folders), DIR/masks label maps of the same names (PNG, NIfTI, MHA, DICOM SEG), DIR/gradings.csv (name,
level or index, pfirrmann, ...) grades, DIR/measures.csv (name, level or index, heightMiddleMm, slipMm, ...) measures; one of the latter
three is enough. Writes DIR/validation.html unless --out says otherwise.
`;

/** What is compared: a picture, its label map and the reader's grades, as far as there are any. */
interface LabelledPicture {
  readonly stem: string;
  /** Discs and pictures of one person are not independent. */
  readonly patient: string;
  readonly path: string;
  readonly mask?: string;
}

/** A person's pictures, read together for grading, and what a reader said of them. */
interface GradedPictures {
  readonly name: string;
  readonly patient: string;
  readonly paths: readonly string[];
  readonly readings: readonly Reading[];
  readonly measured?: readonly MeasureReading[];
}

export interface ValidationSet {
  readonly masked: readonly LabelledPicture[];
  readonly graded: readonly GradedPictures[];
  readonly scheme?: MaskScheme;
  readonly spacingOf: (stem: string) => GivenSpacing | undefined;
}

/** `foramen validate`: the product against a user's own labels. Exit status 1 when a file cannot be used; a refused picture is a result. */
export async function runValidate(argv: string[], io: Streams): Promise<number> {
  return exitStatus(io, USAGE, async () => {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        json: { type: 'boolean' },
        labels: { type: 'string' },
        spacing: { type: 'string' },
        'spacing-from': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      io.out(USAGE);
      return 0;
    }
    const dir = positionals[0];
    if (dir === undefined || positionals.length > 1) throw new UsageError('validate wants one DIR');
    const scheme = values.labels;
    if (scheme !== undefined && scheme !== 'totalspineseg' && scheme !== 'spider' && scheme !== 'plain')
      throw new UsageError('--labels is totalspineseg, spider or plain');
    if (values.out === '') throw new UsageError('--out wants a file');
    if (values.spacing !== undefined && values['spacing-from'] !== undefined)
      throw new UsageError('give --spacing or --spacing-from, not both');
    const fixed = values.spacing === undefined ? undefined : parseSpacing(values.spacing);
    const listed = values['spacing-from'];
    const table = listed === undefined ? null : spacingTable(readText(listed), listed);
    const { unmatched, ...found } = findLabelled(dir);
    for (const what of unmatched) io.err(`warning: ${what}\n`);
    const set: ValidationSet = {
      ...found,
      ...(scheme === undefined ? {} : { scheme }),
      spacingOf: (stem) => fixed ?? table?.get(stem),
    };
    const line = progressLine(io, process.stderr.isTTY === true);
    const { result, problems } = await validate(set, createSpineReader(), (name, fraction) =>
      line.say(name, fraction),
    ).finally(() => line.end());
    for (const line of new Set(problems.map(problemLine))) io.err(`${line}\n`);
    const out = values.out ?? join(dir, 'validation.html');
    writeWhole(out, renderValidation(result));
    if (values.json) io.out(`${JSON.stringify(result)}\n`);
    else io.out(`${validationText(result)}${out}\n`);
    return problems.length === 0 ? 0 : 1;
  });
}

/**
 * Pictures of `DIR/images` with their masks and gradings, and in words what has no partner.
 * @throws InputError when there is nothing to compare, or two files have one name
 */
function findLabelled(
  dir: string,
): Pick<ValidationSet, 'masked' | 'graded'> & { readonly unmatched: readonly string[] } {
  const refuse = (code: Problem['code'], where: string, what: string, help: string): never => {
    throw new InputError([{ code, severity: 'error', where, what, help }]);
  };
  const nothing = (where: string, what: string, help: string): never => refuse('missing', where, what, help);
  const list = (sub: string): Map<string, string> => {
    const path = join(dir, sub);
    if (!existsSync(path) || !statSync(path).isDirectory()) return new Map();
    const names = readdirSync(path)
      .filter((name) => !name.startsWith('.'))
      .sort();
    const byStem = new Map<string, string>();
    for (const name of names) {
      const other = byStem.get(stemOf(name));
      if (other !== undefined)
        refuse('contradiction', path, `${basename(other)} and ${name} have one name`, 'Keep one of them');
      byStem.set(stemOf(name), join(path, name));
    }
    return byStem;
  };
  const images = list('images');
  const masks = list('masks');
  if (images.size === 0)
    nothing(
      join(dir, 'images'),
      'there are no pictures',
      'Put pictures there; docs/command-line.md says how',
    );
  const readings = tableOf(join(dir, 'gradings.csv'), readGradings);
  const measured = tableOf(join(dir, 'measures.csv'), readMeasures);
  const masked = [...images].flatMap(([stem, path]) => {
    const mask = masks.get(stem);
    return mask === undefined ? [] : [{ stem, path, patient: patientOf(stem), mask }];
  });
  const names = new Set([...readings, ...measured].map((one) => one.name));
  const graded = [...names].flatMap((name): GradedPictures[] => {
    const own = images.get(name);
    const paths =
      own === undefined
        ? [...images].filter(([stem]) => patientOf(stem) === name).map(([, path]) => path)
        : [own];
    if (paths.length === 0) return [];
    const ofName = (one: { readonly name: string }): boolean => one.name === name;
    return [
      {
        name,
        patient: patientOf(name),
        paths,
        readings: readings.filter(ofName),
        measured: measured.filter(ofName),
      },
    ];
  });
  const some = (list: readonly string[]): string =>
    `${list.slice(0, 3).join(', ')}${list.length > 3 ? ` and ${list.length - 3} more` : ''}`;
  const alone = [...masks.keys()].filter((stem) => !images.has(stem));
  const absent = [...names].filter((name) => !graded.some((one) => one.name === name));
  const unmatched = [
    ...(alone.length > 0 ? [`${dir}: masks without a picture of their name: ${some(alone)}`] : []),
    ...(absent.length > 0 ? [`${dir}: names in tables without a picture: ${some(absent)}`] : []),
  ];
  if (masked.length === 0 && graded.length === 0)
    nothing(
      dir,
      `no picture has a mask or a grading of its name${unmatched[0] === undefined ? '' : ` (${unmatched[0]})`}`,
      'Give masks/, gradings.csv or measures.csv; docs/command-line.md says how',
    );
  return { masked, graded, unmatched };
}

function tableOf<T>(path: string, read: (text: string, where: string) => T[]): T[] {
  return existsSync(path) ? read(readText(path), path) : [];
}

const patientOf = (stem: string): string => stem.split('_')[0] || stem;

/** Runs the product over labelled pictures. Files that cannot be used are `problems`; pictures it refuses are part of the result. */
export async function validate(
  set: ValidationSet,
  reader: SpineReader,
  onProgress: (name: string, fraction: number) => void = () => {},
): Promise<{ readonly result: ValidationResult; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const scores: MaskScore[] = [];
  const cases: (GradedCase & MeasuredCase)[] = [];
  const models = new Map<string, ModelReference>();
  const total = set.masked.length + set.graded.length;
  const read = async (paths: readonly string[]): Promise<ReadStudy | string> => {
    const spacing = paths.map((path) => set.spacingOf(stemOf(path))).find((one) => one !== undefined);
    const done = await reader.read(paths.flatMap(loadStudy), spacing === undefined ? {} : { spacing });
    if (!done.ok) return done.problems[0].what;
    for (const model of done.value.reading.findings.models) models.set(model.id, model);
    return done.value;
  };
  const segment = async (path: string): Promise<Segmented | string> => {
    const study = await read([path]);
    if (typeof study === 'string') return study;
    const { findings, labels, primary } = study.reading;
    const unnamed = findings.enumeration.unnamed !== undefined;
    return { series: study.series[primary]!, labels, models: findings.models, unnamed };
  };
  let done = 0;
  /** A file that cannot be used is one problem, and does not stop the rest. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  };
  for (const group of sliceSeries(set.masked, (picture) => set.spacingOf(picture.stem)?.[2])) {
    const spacing = set.spacingOf(group.members[0]!.stem);
    const load = () => group.members.flatMap(({ path }) => loadStudy(path));
    const together = await readTogether(reader, group, load, spacing === undefined ? {} : { spacing });
    for (const model of together?.slices[0]?.models ?? []) models.set(model.id, model);
    for (const [k, picture] of group.members.entries()) {
      onProgress(picture.stem, done++ / total);
      await attempt(async () => {
        const score = await maskScore(picture, set, together?.slices[k] ?? (await segment(picture.path)));
        if ('code' in score) problems.push(score);
        else scores.push(score);
      });
    }
  }
  for (const [n, one] of set.graded.entries()) {
    onProgress(one.name, (set.masked.length + n) / total);
    await attempt(async () => {
      const study = await read(one.paths);
      const findings: SpineFindings | null = typeof study === 'string' ? null : study.reading.findings;
      cases.push({
        patient: one.patient,
        findings,
        readings: one.readings,
        measured: one.measured ?? [],
      });
    });
  }
  const named = scores.filter((one) => one.named);
  return {
    problems,
    result: {
      version: PRODUCT_VERSION,
      models: [...models.values()].map(({ id, version }) => ({ id, version })),
      pictures: scores.map((one) => one.picture),
      patients: new Set([...scores.map((one) => one.picture.patient), ...cases.map((one) => one.patient)])
        .size,
      structures: summariseMasks(scores),
      levels: summariseLevels(scores),
      numbering:
        named.length === 0
          ? null
          : { right: sum(named.map((one) => one.right)), n: sum(named.map((one) => one.discs)) },
      grades: scoreGrades(cases),
      measures: scoreMeasures(cases),
      notes: [],
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

async function maskScore(
  picture: LabelledPicture,
  set: ValidationSet,
  segmented: Segmented | string,
): Promise<MaskScore | Problem> {
  const spacing = set.spacingOf(picture.stem);
  const options = { anyRegion: true, ...(spacing === undefined ? {} : { spacing }) };
  const path = picture.mask!;
  const refused = typeof segmented === 'string';
  // A refused picture still has a grid, which its mask is laid on.
  const own = refused ? await readInput(loadStudy(picture.path), options) : null;
  if (own !== null && !own.ok) return { ...own.problems[0], where: picture.path };
  const series = refused ? own?.value.series[0] : segmented.series;
  const laid = await laidMask(path, options, series!, set.scheme);
  if (!laid.ok) return { ...laid.problems[0], where: path };
  const name = basename(picture.path);
  return refused
    ? scoreMask(name, picture.patient, laid.value, null, segmented)
    : scoreMask(name, picture.patient, laid.value, segmented.labels);
}

/** A mask file on the picture's grid: a DICOM Segmentation, or a label map read as a picture. */
async function laidMask(
  path: string,
  options: Parameters<typeof readInput>[1],
  series: InputSeries,
  scheme: MaskScheme | undefined,
): Promise<Result<Mask>> {
  const files = loadStudy(path);
  const [only] = files;
  const coded = files.length === 1 && only ? await segmentationOn(only.bytes, path, series) : null;
  if (coded !== null) return coded;
  const map = await readInput(files, options);
  return map.ok ? maskOn(map.value.series[0]!, series, scheme) : map;
}

/** The figures for a person at a terminal. */
export function validationText(result: ValidationResult): string {
  const range = (
    one: { value: number; interval: readonly [number, number] } | null,
    digits: number,
  ): string =>
    one === null
      ? '-'
      : `${one.value.toFixed(digits)} (${one.interval[0].toFixed(digits)} to ${one.interval[1].toFixed(digits)})`;
  const refused = result.pictures.filter((one) => one.refused !== undefined).length;
  const lines = [
    ...(result.structures.length === 0
      ? []
      : [`${result.pictures.length} labelled pictures, ${refused} refused`]),
    ...result.structures.map(
      (one) => `${one.structure.padEnd(18)} Dice ${range(one.dice, 3)}  surface ${range(one.assdMm, 2)} mm`,
    ),
    ...(result.numbering === null
      ? []
      : [`numbering          ${result.numbering.right} of ${result.numbering.n} discs`]),
    ...result.grades.map((one) => {
      const tail = `ECE ${one.ece?.toFixed(3) ?? '-'}  n ${one.n}, abstained ${one.abstained}`;
      return one.positive === null
        ? `${one.field.padEnd(18)} kappa ${range(one.kappa, 2)}  within one ${one.withinOne === null ? '-' : `${(100 * one.withinOne).toFixed(1)}%`}  ${tail}`
        : `${one.field.padEnd(18)} AUC ${range(one.auc, 2)}  ${tail} (${one.positive} with it)`;
    }),
    ...result.measures
      .filter((one) => one.level === null)
      .map(
        (one) =>
          `${one.measure.padEnd(18)} error ${range(one.meanAbsolute, 2)} ${one.unit}, bias ${range(one.bias, 2)}  n ${one.n}, abstained ${one.abstained}`,
      ),
  ];
  return `${lines.join('\n')}\n`;
}
