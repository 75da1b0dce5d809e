import type { Analysis, AnalysisParts, AnalysisProgress } from '@foramen/analysis';
import type { Problem } from '@foramen/spine';

/** What the page tells the worker, once. */
export interface AnalyseRequest {
  readonly parts: AnalysisParts;
}

export interface OutputFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;
}

/** The analysis with the files it gives, made where making them does not hold up the page. */
export interface AnalyseResult {
  readonly analysis: Analysis;
  readonly files: readonly OutputFile[];
  readonly warnings: readonly Problem[];
}

/** What the worker tells the page. */
export type AnalyseMessage =
  | { readonly kind: 'loading'; readonly what: string }
  | { readonly kind: 'progress'; readonly progress: AnalysisProgress }
  | { readonly kind: 'done'; readonly result: AnalyseResult }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };
