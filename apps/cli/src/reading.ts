import type { InputSeries, NamedBytes, ReadOptions, SpineReading } from '@foramen/imaging';
import { readInput, readSpine } from '@foramen/imaging';
import {
  createNetworkRunner,
  loadModels,
  modelFolder,
  nativeCodecs,
  threadsForCommand,
} from '@foramen/server/analysis';
import { type LabelVolume, type ModelReference, ok, type Problem, type Result } from '@foramen/spine';

export interface ReadStudy {
  readonly series: readonly InputSeries[];
  readonly reading: SpineReading;
}

export interface SpineReader {
  readonly read: (
    files: readonly NamedBytes[],
    options: {
      readonly spacing?: readonly [number, number, number];
      readonly posterior?: 'joined' | 'none';
      readonly onProgress?: ReadOptions['onProgress'];
    },
  ) => Promise<Result<ReadStudy>>;
}

/** Reads pictures with the installed networks, which are loaded once for any number of inputs. */
export function createSpineReader(): SpineReader {
  const folder = modelFolder();
  const { reading } = loadModels(folder);
  const network = createNetworkRunner(folder, threadsForCommand());
  const codecs = nativeCodecs();
  return {
    read: async (files, options) => {
      const input = await readInput(files, {
        codecs,
        ...(options.spacing === undefined ? {} : { spacing: options.spacing }),
      });
      if (!input.ok) return input;
      const read = await readSpine(input.value.series, network.run, {
        ...reading,
        ...(options.posterior === undefined ? {} : { posterior: options.posterior }),
        ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      });
      if (!read.ok) return read;
      return ok({ series: input.value.series, reading: read.value }, [...input.warnings, ...read.warnings]);
    },
  };
}

/** One input's label map, and the series whose canonical grid it lies on. */
export interface Segmented {
  readonly series: InputSeries;
  readonly labels: LabelVolume;
  readonly models: readonly ModelReference[];
}

/** Files of one input to its label map, by the product's network or a site's own. */
export type Segmenter = (
  files: readonly NamedBytes[],
  options: {
    readonly spacing?: readonly [number, number, number];
    readonly posterior?: 'joined' | 'none';
    readonly onProgress?: ReadOptions['onProgress'];
  },
) => Promise<Result<Segmented>>;

export function warningLines(warnings: readonly Problem[]): string {
  return warnings.map((w) => `warning: ${w.where}: ${w.what}. ${w.help}\n`).join('');
}
