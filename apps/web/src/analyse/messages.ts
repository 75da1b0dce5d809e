import type { Analysis, AnalysisParts, AnalysisProgress } from '@foramen/analysis';
import type { Problem } from '@foramen/spine';

/** What the page tells the worker, once. */
export interface AnalyseRequest {
  readonly parts: AnalysisParts;
}

/** The analysis with the one-file report and the label map as a file, made where it does not hold up the page. */
export interface AnalyseResult {
  readonly analysis: Analysis;
  readonly report: string | null;
  /** `labels.nii.gz`, or `labels.png` for a PNG. */
  readonly labelFile: { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly warnings: readonly Problem[];
}

/** What the worker tells the page. */
export type AnalyseMessage =
  | { readonly kind: 'loading'; readonly what: string }
  | { readonly kind: 'progress'; readonly progress: AnalysisProgress }
  | { readonly kind: 'done'; readonly result: AnalyseResult }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };
