import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Graded,
  isGrade,
  isPresence,
  type LevelFindings,
  type Presence,
  type SpineFindings,
} from '@foramen/spine';
import { writeWhole } from './output-files.ts';
import { progressLine } from './progress-line.ts';
import { createSpineReader, warningLines } from './reading.ts';
import { named } from './segment.ts';
import { fitsPicture, parseSpacing, spacingTable } from './spacing.ts';
import { exitStatus, InputError, inputFailed, type Streams, UsageError } from './streams.ts';
import { distinctNames, readText, type StudyInput, stemOf, studyInputs } from './study-files.ts';

const USAGE = `usage: foramen grade INPUT... [--spacing ROW,COL[,SLICE]] [--spacing-from TABLE.csv] [--group-by-prefix] [--out DIR] --json
--group-by-prefix reads files that share their name up to the first underscore (101_t1.png, 101_t2.png) as one patient.
--spacing-from takes each file's spacing from the columns new_file_name and PixelSpacing of a table.
`;

/** `foramen grade`: grades per disc, levels from the bottom up. */
export async function runGrade(argv: string[], io: Streams): Promise<number> {
  return exitStatus(io, USAGE, async () => {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        spacing: { type: 'string' },
        'spacing-from': { type: 'string' },
        'group-by-prefix': { type: 'boolean' },
        out: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      io.out(USAGE);
      return 0;
    }
    if (positionals.length === 0) throw new UsageError('grade wants an INPUT');
    if (values.out === '') throw new UsageError('--out wants a folder');
    if (values.spacing !== undefined && values['spacing-from'] !== undefined)
      throw new UsageError('give --spacing or --spacing-from, not both');
    const fixed = values.spacing === undefined ? undefined : parseSpacing(values.spacing);
    const listed = values['spacing-from'];
    const table = listed === undefined ? null : spacingTable(readText(listed), listed);
    const { inputs, ofFolder } = studyInputs(positionals);
    const groups = values['group-by-prefix']
      ? byPrefix(inputs)
      : inputs.map((input) => ({ stem: input.stem, inputs: [input] }));
    distinctNames(groups.map((group) => group.stem));
    const reader = createSpineReader();
    const results: Record<string, GradeResult> = {};
    let failed = false;
    for (const group of groups) {
      const line = progressLine(io, process.stderr.isTTY === true);
      try {
        const files = group.inputs.flatMap((input) => input.load());
        const said = spacingOf(group.inputs, table);
        const spacing =
          fixed ?? (said && files.every((file) => fitsPicture(file.bytes, said)) ? said : undefined);
        const read = await reader.read(files, {
          ...(spacing === undefined ? {} : { spacing }),
          onProgress: ({ stage, fraction }) => line.say(`${group.stem}: ${stage}`, fraction),
        });
        line.end();
        if (!read.ok) throw new InputError([named(read.problems[0], group.inputs[0]!.path)]);
        io.err(warningLines(read.warnings));
        const result = gradeResult(read.value.reading.findings);
        results[group.stem] = result;
        if (values.out !== undefined)
          writeWhole(join(values.out, `${group.stem}.json`), `${JSON.stringify(result, null, 2)}\n`);
      } catch (error) {
        line.end();
        failed = true;
        io.err(inputFailed(group.inputs[0]!.path, error));
      }
    }
    // A study's folder, and files of one patient, are one input; a folder of pictures answers alike however many it holds.
    const single = groups.length === 1 && !ofFolder ? groups[0] : undefined;
    if (values.json) {
      const only = single === undefined ? undefined : results[single.stem];
      if (single === undefined) io.out(`${JSON.stringify({ results })}\n`);
      else if (only !== undefined) io.out(`${JSON.stringify(only)}\n`);
    } else if (values.out === undefined) {
      for (const [stem, result] of Object.entries(results)) io.out(`${stem}\n${gradeTable(result)}`);
    }
    return failed ? 1 : 0;
  });
}

interface Group {
  readonly stem: string;
  readonly inputs: readonly StudyInput[];
}

function byPrefix(inputs: readonly StudyInput[]): Group[] {
  const groups = new Map<string, StudyInput[]>();
  for (const input of inputs) {
    const prefix = input.stem.split('_')[0] || input.stem;
    const group = groups.get(prefix);
    if (group) group.push(input);
    else groups.set(prefix, [input]);
  }
  return [...groups].map(([stem, members]) => ({ stem, inputs: members }));
}

/** One spacing for pictures read together: they must share it to be compared, so the T2's wins and others follow by fraction. */
function spacingOf(
  inputs: readonly StudyInput[],
  table: ReadonlyMap<string, readonly [number, number, number]> | null,
): readonly [number, number, number] | undefined {
  if (table === null) return undefined;
  const ordered = [...inputs].sort((a, b) => Number(/t2/i.test(b.stem)) - Number(/t2/i.test(a.stem)));
  for (const input of ordered) {
    const spacing = table.get(stemOf(input.path));
    if (spacing !== undefined) return spacing;
  }
  return undefined;
}

type Grade = { readonly grade: number; readonly p: readonly number[] } | { readonly abstained: string };
type Chance = { readonly p: number } | { readonly abstained: string };

/** One result of `foramen grade --json`: public API, see docs/command-line.md. */
interface GradeResult {
  readonly levels: readonly Readonly<Record<string, unknown>>[];
  readonly enumeration: SpineFindings['enumeration'];
  readonly limits: readonly string[];
}

function gradeResult(findings: SpineFindings): GradeResult {
  return {
    levels: findings.levels.map(gradeOfLevel),
    enumeration: findings.enumeration,
    limits: findings.limits,
  };
}

const NOT_JUDGED = 'not judged on this input';
const gradeOf = (value: Graded | undefined): Grade =>
  value === undefined
    ? { abstained: NOT_JUDGED }
    : isGrade(value)
      ? { grade: value.grade, p: value.p }
      : value;
const chanceOf = (value: Presence | undefined): Chance =>
  value === undefined ? { abstained: NOT_JUDGED } : isPresence(value) ? { p: value.p } : value;

function gradeOfLevel(level: LevelFindings): Readonly<Record<string, unknown>> {
  const place = {
    level: level.level,
    indexFromBottom: level.indexFromBottom,
    confidence: level.confidence,
    ...(level.box === undefined ? {} : { box: level.box }),
  };
  if (level.abstained !== undefined)
    return { ...place, abstained: level.abstained, measures: level.measures };
  const { meyerding, schizas, leeCentral, msuSize, herniationType, herniationZone, herniationSide } = level;
  const { leeForaminal, lateralRecess, goutallierMultifidus, goutallierErectorSpinae } = level;
  return {
    ...place,
    pfirrmann: gradeOf(level.pfirrmann),
    modic: gradeOf(level.modic),
    endplateUpper: chanceOf(level.endplateUpper),
    endplateLower: chanceOf(level.endplateLower),
    spondylolisthesis: chanceOf(level.spondylolisthesis),
    herniation: chanceOf(level.herniation),
    narrowing: chanceOf(level.narrowing),
    bulging: chanceOf(level.bulging),
    ...(meyerding === undefined ? {} : { meyerding }),
    ...(schizas === undefined ? {} : { schizas }),
    ...(leeCentral === undefined ? {} : { leeCentral }),
    ...(msuSize === undefined ? {} : { msuSize }),
    ...(herniationType === undefined ? {} : { herniationType }),
    ...(herniationZone === undefined ? {} : { herniationZone }),
    ...(herniationSide === undefined ? {} : { herniationSide }),
    ...(leeForaminal === undefined ? {} : { leeForaminal }),
    ...(lateralRecess === undefined ? {} : { lateralRecess }),
    ...(goutallierMultifidus === undefined ? {} : { goutallierMultifidus }),
    ...(goutallierErectorSpinae === undefined ? {} : { goutallierErectorSpinae }),
    measures: level.measures,
    ...(level.details === undefined ? {} : { details: level.details }),
    ...(level.notMeasured === undefined ? {} : { notMeasured: level.notMeasured }),
  };
}

/** The result for a person at a terminal. */
function gradeTable(result: GradeResult): string {
  const percent = (value: unknown): string => {
    const p = (value as { p?: unknown } | undefined)?.p;
    return typeof p === 'number' ? `${Math.round(p * 100)}%`.padStart(6) : '     -';
  };
  const rows = result.levels.map((level) => {
    if (typeof level['abstained'] === 'string')
      return `  ${String(level['level']).padEnd(8)} not graded: ${level['abstained']}`;
    const pfirrmann = level['pfirrmann'] as { grade?: number; p?: readonly number[] };
    const grade =
      pfirrmann.grade === undefined
        ? '-'
        : `${pfirrmann.grade} (${Math.round((pfirrmann.p?.[pfirrmann.grade - 1] ?? 0) * 100)}%)`;
    return `  ${String(level['level']).padEnd(8)} ${grade.padEnd(10)} ${percent(level['narrowing'])} ${percent(level['bulging'])} ${percent(level['herniation'])} ${percent(level['spondylolisthesis'])}`;
  });
  return `  ${'level'.padEnd(8)} ${'Pfirrmann'.padEnd(10)} narrow  bulge herniat.  slip\n${rows.join('\n')}\n`;
}
