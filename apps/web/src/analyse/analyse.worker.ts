import { analyze } from '@foramen/analysis';
import { SegmenterModel, writeLabelFile } from '@foramen/imaging';
import type { AnalyseMessage, AnalyseRequest } from './messages.ts';
import { modelDescription, onnxEngine } from './onnx-engine.ts';
import { wasmCodecs } from './wasm-codecs.ts';

/** The worker's own side of its global scope (the DOM library types it as a window). */
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<AnalyseRequest>) => void) | null;
  postMessage(message: AnalyseMessage): void;
};

/** The whole analysis, away from the page's thread. The page ends this worker to cancel. */
scope.onmessage = ({ data }) => {
  void analyse(data);
};

async function analyse({ parts }: AnalyseRequest): Promise<void> {
  const tell = (message: AnalyseMessage) => scope.postMessage(message);
  try {
    const segmenter = SegmenterModel.safeParse(
      parts.imaging === undefined ? null : await modelDescription('segmenter'),
    );
    const result = await analyze(parts, {
      run: onnxEngine((what) => tell({ kind: 'loading', what })),
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      codecs: wasmCodecs(),
      reading: segmenter.success ? { segmenter: segmenter.data } : {},
    });
    if (!result.ok) {
      tell({ kind: 'refused', problems: result.problems });
      return;
    }
    const analysis = result.value;
    const primary = analysis.study?.series[analysis.study.reading.primary];
    const labels =
      primary === undefined || analysis.study === null
        ? null
        : writeLabelFile(primary, analysis.study.reading.labels);
    tell({
      kind: 'done',
      result: {
        analysis,
        report: null,
        labelFile: labels === null ? null : { name: `labels${labels.extension}`, bytes: labels.bytes },
        warnings: result.warnings,
      },
    });
  } catch (error) {
    tell({
      kind: 'refused',
      problems: [
        {
          code: 'unsupported',
          severity: 'error',
          where: 'the analysis in this tab',
          what: `stopped: ${error instanceof Error ? error.message : String(error)}`,
          help: 'Reload the page and try again',
        },
      ],
    });
  }
}
