import type { Analysis, AnalysisParts, Engine } from '@foramen/analysis';
import * as room from '@foramen/analysis';
import { fail, type Result } from '@foramen/spine';
import { problem } from '../problem-error.ts';

type Analyze = (parts: AnalysisParts, engine: Engine) => Promise<Result<Analysis>>;

/** The one analysis, the same for the command line, the jobs and the browser. */
export async function analyzeStudy(parts: AnalysisParts, engine: Engine): Promise<Result<Analysis>> {
  const { analyze } = room as { readonly analyze?: Analyze };
  if (analyze === undefined) {
    return fail(problem('missing', 'analysis', 'this build has no analysis', 'install the complete product'));
  }
  return analyze(parts, engine);
}
