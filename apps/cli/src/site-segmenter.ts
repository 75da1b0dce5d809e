import { readInput, runSiteModel } from '@foramen/imaging';
import { loadSiteModel, nativeCodecs } from '@foramen/server/analysis';
import { ok } from '@foramen/spine';
import { type Segmenter, warningLines } from './reading.ts';
import { InputError, type Streams } from './streams.ts';

/** Labels pictures with a site's own network. @throws InputError when the folder holds none that can be used */
export async function createSiteSegmenter(
  dir: string,
  configuration: string | undefined,
  io: Streams,
): Promise<Segmenter> {
  const loaded = await loadSiteModel(dir, configuration);
  if (!loaded.ok) throw new InputError(loaded.problems);
  io.err(warningLines(loaded.warnings));
  const { plan, run, sha256 } = loaded.value;
  const codecs = nativeCodecs();
  return async (files, options) => {
    const input = await readInput(files, {
      codecs,
      ...(options.spacing === undefined ? {} : { spacing: options.spacing }),
    });
    if (!input.ok) return input;
    // Sagittal series come first; with none, the network may still know what to do with the best there is.
    const series = input.value.series[0]!;
    const labels = await runSiteModel(plan, series, run, {
      ...(options.posterior === undefined ? {} : { posterior: options.posterior }),
      onProgress: (fraction) => options.onProgress?.({ stage: 'segment', fraction }),
    });
    if (!labels.ok) return labels;
    const models = [{ id: plan.name, version: plan.configuration, sha256 }];
    return ok({ series, labels: labels.value, models }, [...input.warnings, ...labels.warnings]);
  };
}
