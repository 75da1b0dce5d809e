import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { writeLabelFile, writeSegmentation } from '@foramen/imaging';
import { ok, type Problem } from '@foramen/spine';
import { isFolder, writeWhole } from './output-files.ts';
import { type ProgressLine, progressLine } from './progress-line.ts';
import {
  createSpineReader,
  type ReadingOptions,
  type Segmented,
  type Segmenter,
  type SpineReader,
  warningLines,
} from './reading.ts';
import { createSiteSegmenter, joinChannels } from './site-segmenter.ts';
import { readTogether, sliceSeries } from './slice-pictures.ts';
import { parseSpacing } from './spacing.ts';
import { exitStatus, InputError, inputFailed, type Streams, UsageError } from './streams.ts';
import { distinctNames, type StudyInput, studyInputs } from './study-files.ts';
import { PRODUCT_VERSION } from './version.ts';

const USAGE = `usage: foramen segment INPUT... --out FILE|DIR [--spacing ROW,COL[,SLICE]] [--posterior joined|none] [--model DIR [--configuration NAME]]
INPUT: DICOM file or folder, .nii, .nii.gz, .mha, or grey .png (sagittal, anterior to the left, head up).
Writes the label map on the input's own grid: .png for a PNG, else .nii.gz, or DICOM SEG where --out ends in .dcm.
--model: a folder with plans.json, dataset.json and an .onnx file of a network trained with nnU-Net, used instead of ours.
`;

/** `foramen segment`: label maps. Exit status 0 done, 1 an input could not be used, 2 wrong usage. */
export async function runSegment(argv: string[], io: Streams): Promise<number> {
  return exitStatus(io, USAGE, async () => {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        spacing: { type: 'string' },
        posterior: { type: 'string' },
        model: { type: 'string' },
        configuration: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      io.out(USAGE);
      return 0;
    }
    if (positionals.length === 0) throw new UsageError('segment wants an INPUT');
    if (!values.out) throw new UsageError('segment wants --out');
    const posterior = values.posterior ?? 'joined';
    if (posterior !== 'joined' && posterior !== 'none') throw new UsageError('--posterior is joined or none');
    const spacing = values.spacing === undefined ? undefined : parseSpacing(values.spacing);
    if (values.configuration !== undefined && values.model === undefined)
      throw new UsageError('--configuration goes with --model');
    const site =
      values.model === undefined ? null : await createSiteSegmenter(values.model, values.configuration, io);
    const given = studyInputs(positionals);
    const inputs = site !== null && site.channels > 1 ? joinChannels(given.inputs) : given.inputs;
    const many = inputs.length > 1;
    distinctNames(inputs.map(({ stem, path }) => (/\.png$/i.test(path) ? `${stem}.png` : `${stem}.nii.gz`)));
    const asFile = !isFolder(values.out) && /\.(png|nii|nii\.gz|dcm)$/i.test(values.out);
    const asFolder = many || isFolder(values.out) || /[/\\]$/.test(values.out) || (given.ofFolder && !asFile);
    if (many && asFile)
      throw new UsageError(`several inputs want a folder for --out, not a file (${values.out})`);
    keepInputs(inputs, values.out, asFolder);
    const reader = site === null ? createSpineReader() : null;
    const segmenter = site?.segment ?? ownSegmenter(reader!);
    let failed = false;
    const write = (segmented: Segmented, input: StudyInput): void => {
      const { name, bytes } = labelFile(segmented, input.stem, asFolder ? null : values.out!);
      writeWhole(asFolder ? join(values.out!, name) : values.out!, bytes);
    };
    const attempt = async (input: StudyInput, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failed = true;
        io.err(inputFailed(input.path, error));
      }
    };
    const options = (name: string, line: ProgressLine): ReadingOptions => ({
      posterior,
      ...(spacing === undefined ? {} : { spacing }),
      onProgress: ({ stage, fraction }) => line.say(`${name}: ${stage}`, fraction),
    });
    // A site's network may be three-dimensional, or want its own pictures: it gets them as they are.
    const groups =
      reader === null
        ? inputs.map((one) => ({ members: [one], sliceMm: 0, assumed: false }))
        : sliceSeries(inputs, () => spacing?.[2]);
    for (const group of groups) {
      const [first] = group.members;
      const line = progressLine(io, process.stderr.isTTY === true);
      const load = () => group.members.flatMap((one) => one.load());
      const together =
        reader && (await readTogether(reader, group, load, options(`${first!.stem} and more`, line)));
      if (together) {
        line.end();
        io.err(together.said);
        for (const [k, input] of group.members.entries())
          await attempt(input, async () => write(together.slices[k]!, input));
        continue;
      }
      for (const input of group.members) {
        await attempt(input, async () => {
          const read = await segmenter(input.load(), options(input.stem, line)).finally(() => line.end());
          if (!read.ok) throw new InputError([named(read.problems[0], input.path)]);
          io.err(warningLines(read.warnings));
          write(read.value, input);
        });
      }
    }
    return failed ? 1 : 0;
  });
}

/** A label map never takes the place of the picture it was made from. @throws UsageError */
function keepInputs(inputs: readonly StudyInput[], out: string, asFolder: boolean): void {
  for (const { path, stem } of inputs) {
    const extension = /\.png$/i.test(path) ? '.png' : '.nii.gz';
    const target = asFolder ? join(out, `${stem}${extension}`) : out;
    if (isSame(target, path))
      throw new UsageError(`${path} would be overwritten by its own label map: let --out be another place`);
  }
}

/** By what lies there, not by name: a folder may have two, by a link. */
function isSame(target: string, path: string): boolean {
  const [one, other] = [target, path].map((name) => statSync(name, { throwIfNoEntry: false }));
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}

/** Puts the path the user gave in front of a problem that names only the picture. */
export function named(problem: Problem, path: string): Problem {
  return path.endsWith(problem.where)
    ? { ...problem, where: path }
    : { ...problem, where: `${path}: ${problem.where}` };
}

function ownSegmenter(reader: SpineReader): Segmenter {
  return async (files, options) => {
    const read = await reader.read(files, options);
    if (!read.ok) return read;
    const { series, reading } = read.value;
    const { models, enumeration } = reading.findings;
    const unnamed = enumeration.unnamed !== undefined;
    return ok({ series: series[reading.primary]!, labels: reading.labels, models, unnamed }, read.warnings);
  };
}

function labelFile(
  { series, labels, models, unnamed }: Segmented,
  stem: string,
  target: string | null,
): { name: string; bytes: Uint8Array } {
  if (target !== null && /\.dcm$/i.test(target)) {
    const written = writeSegmentation(series, labels, {
      now: new Date().toISOString(),
      version: PRODUCT_VERSION,
      models,
      unnamed,
    });
    if (!written.ok) throw new InputError(written.problems);
    return { name: target, bytes: written.value.bytes };
  }
  const file = writeLabelFile(series, labels);
  const name = `${stem}${file.extension}`;
  if (
    target !== null &&
    !target.toLowerCase().endsWith(file.extension) &&
    !(file.extension === '.nii.gz' && /\.nii$/i.test(target))
  ) {
    throw new UsageError(
      `the label map of ${stem} is a ${file.extension} file: let --out end in ${file.extension}, or in .dcm for DICOM SEG`,
    );
  }
  return { name, bytes: target !== null && /\.nii$/i.test(target) ? gunzipSync(file.bytes) : file.bytes };
}
