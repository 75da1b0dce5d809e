import { channelOf, picturesFor, readInput, runSiteModel } from '@foramen/imaging';
import { loadSiteModel, nativeCodecs } from '@foramen/server/analysis';
import { ok } from '@foramen/spine';
import { type Segmenter, warningLines } from './reading.ts';
import { InputError, type Streams } from './streams.ts';
import type { StudyInput } from './study-files.ts';

interface SiteSegmenter {
  readonly segment: Segmenter;
  /** Pictures of one patient that the network reads together. */
  readonly channels: number;
}

/** Labels pictures with a site's own network. @throws InputError when the folder holds none that can be used */
export async function createSiteSegmenter(
  dir: string,
  configuration: string | undefined,
  io: Streams,
): Promise<SiteSegmenter> {
  const loaded = await loadSiteModel(dir, configuration);
  if (!loaded.ok) throw new InputError(loaded.problems);
  io.err(warningLines(loaded.warnings));
  const { plan, run, sha256 } = loaded.value;
  const codecs = nativeCodecs();
  const segment: Segmenter = async (files, options) => {
    const input = await readInput(files, {
      codecs,
      ...(options.spacing === undefined ? {} : { spacing: options.spacing }),
    });
    if (!input.ok) return input;
    // Sagittal series come first; with none, the network may still know what to do with the best there is.
    const pictures = picturesFor(plan, input.value.series);
    if (!pictures.ok) return pictures;
    const labels = await runSiteModel(plan, pictures.value, run, {
      ...(options.posterior === undefined ? {} : { posterior: options.posterior }),
      onProgress: (fraction) => options.onProgress?.({ stage: 'segment', fraction }),
    });
    if (!labels.ok) return labels;
    const models = [{ id: plan.name, version: plan.configuration, sha256 }];
    return ok({ series: pictures.value[0], labels: labels.value, models, unnamed: false }, [
      ...input.warnings,
      ...pictures.warnings,
      ...labels.warnings,
    ]);
  };
  return { segment, channels: plan.inputs.length };
}

/** Files that nnU-Net names as channels of one case (`case_0000`, `case_0001`) are one input. */
export function joinChannels(inputs: readonly StudyInput[]): StudyInput[] {
  const cases = new Map<string, StudyInput[]>();
  for (const input of inputs) {
    const stem = channelOf(input.path) === null ? input.path : input.stem.replace(/_\d{4}$/, '');
    cases.set(stem, [...(cases.get(stem) ?? []), input]);
  }
  return [...cases].map(([stem, parts]) =>
    parts.length === 1
      ? (parts[0] as StudyInput)
      : { stem, path: (parts[0] as StudyInput).path, load: () => parts.flatMap((one) => one.load()) },
  );
}
