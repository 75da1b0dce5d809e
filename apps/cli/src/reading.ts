import type { InputSeries, NamedBytes, ReadOptions, SpineReading } from '@foramen/imaging';
import { readInput, readSpine, stackPictures } from '@foramen/imaging';
import {
  createNetworkRunner,
  loadModels,
  modelFolder,
  nativeCodecs,
  threadsForCommand,
} from '@foramen/server/analysis';
import { type LabelVolume, type ModelReference, ok, type Problem, type Result } from '@foramen/spine';
import type { GivenSpacing } from './spacing.ts';

export interface ReadStudy {
  readonly series: readonly InputSeries[];
  readonly reading: SpineReading;
}

export interface SpineReader {
  readonly read: (files: readonly NamedBytes[], options: ReadingOptions) => Promise<Result<ReadStudy>>;
  /**
   * Pictures of one slice each, in order, read as one series; label maps in the order of the files. Null where they are no such series
   * or it cannot be read as one: each may still be readable alone.
   */
  readonly readSlices: (
    files: readonly NamedBytes[],
    sliceMm: number,
    options: ReadingOptions,
  ) => Promise<{ readonly slices: readonly Segmented[]; readonly warnings: readonly Problem[] } | null>;
}

export interface ReadingOptions {
  readonly spacing?: GivenSpacing;
  readonly posterior?: 'joined' | 'none';
  readonly onProgress?: ReadOptions['onProgress'];
}

/** Reads pictures with the installed networks, which are loaded once for any number of inputs. */
export function createSpineReader(): SpineReader {
  const folder = modelFolder();
  const { reading } = loadModels(folder);
  const network = createNetworkRunner(folder, threadsForCommand());
  const codecs = nativeCodecs();
  const spine = (series: Parameters<typeof readSpine>[0], options: ReadingOptions) =>
    readSpine(series, network.run, {
      ...reading,
      ...(options.posterior === undefined ? {} : { posterior: options.posterior }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
  const open = (files: readonly NamedBytes[], options: ReadingOptions) =>
    readInput(files, { codecs, ...(options.spacing === undefined ? {} : { spacing: options.spacing }) });
  return {
    read: async (files, options) => {
      const input = await open(files, options);
      if (!input.ok) return input;
      const read = await spine(input.value.series, options);
      if (!read.ok) return read;
      return ok({ series: input.value.series, reading: read.value }, [...input.warnings, ...read.warnings]);
    },
    readSlices: async (files, sliceMm, options) => {
      const parts: InputSeries[] = [];
      const warnings: Problem[] = [];
      for (const file of files) {
        const input = await open([file], options);
        if (!input.ok) return null;
        parts.push(...input.value.series);
        warnings.push(...input.warnings);
      }
      const stack = parts.length === files.length ? stackPictures(parts, sliceMm) : null;
      const read = stack && (await spine([stack], options));
      if (!read?.ok) return null;
      const { labels, findings } = read.value;
      const slices = parts.map((series, k): Segmented => {
        const { size, spacing, ijkToLps } = series.volume;
        const plane = size[0] * size[1];
        const data = labels.data.slice(k * plane, (k + 1) * plane);
        const { models, enumeration } = findings;
        const unnamed = enumeration.unnamed !== undefined;
        return { series, labels: { size, spacing, ijkToLps, data }, models, unnamed };
      });
      return { slices, warnings: [...warnings, ...read.warnings] };
    },
  };
}

/** One input's label map, and the series whose canonical grid it lies on. */
export interface Segmented {
  readonly series: InputSeries;
  readonly labels: LabelVolume;
  readonly models: readonly ModelReference[];
  /** Levels are not named: values only count from the lowest disc in view. */
  readonly unnamed: boolean;
}

/** Files of one input to its label map, by the product's network or a site's own. */
export type Segmenter = (files: readonly NamedBytes[], options: ReadingOptions) => Promise<Result<Segmented>>;

export function warningLines(warnings: readonly Problem[]): string {
  return warnings.map((w) => `warning: ${w.where}: ${w.what}. ${w.help}\n`).join('');
}
