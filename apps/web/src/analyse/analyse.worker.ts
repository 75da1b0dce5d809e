import { analyze, type Engine } from '@foramen/analysis';
import { GraderModel, SegmenterModel } from '@foramen/imaging';
import type { AnalyseMessage, AnalyseRequest } from './messages.ts';
import { modelDescription, onnxEngine } from './onnx-engine.ts';
import { outputFiles } from './output-files.ts';
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
    const reading = parts.imaging === undefined ? {} : await descriptions();
    const result = await analyze(parts, {
      run: onnxEngine((what) => tell({ kind: 'loading', what })),
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      codecs: wasmCodecs(),
      reading,
    });
    if (!result.ok) {
      tell({ kind: 'refused', problems: result.problems });
      return;
    }
    const analysis = result.value;
    const files = outputFiles(analysis, FORAMEN_VERSION);
    tell({ kind: 'done', result: { analysis, files, warnings: result.warnings } });
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

/** What the reading is to know of the networks that ship. Without a grader the rules on measures grade alone. */
async function descriptions(): Promise<NonNullable<Engine['reading']>> {
  const [segmenter, grader] = await Promise.all(
    ['segmenter', 'grader'].map((network) =>
      FORAMEN_NETWORKS.includes(network) ? modelDescription(network) : undefined,
    ),
  );
  return {
    ...(segmenter === undefined ? {} : { segmenter: SegmenterModel.parse(segmenter) }),
    ...(grader === undefined ? {} : { grader: GraderModel.parse(grader) }),
  };
}
