import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Engine } from '@foramen/analysis';
import { GraderModel, SegmenterModel } from '@foramen/imaging';
import { ProblemError, problem } from '../problem-error.ts';

export interface InstalledModels {
  /** What `readSpine` is to know about the networks. */
  readonly reading: NonNullable<Engine['reading']>;
}

/** The folder of models that the product ships. */
export function modelFolder(): string {
  return fileURLToPath(new URL('../models', import.meta.resolve('@foramen/imaging')));
}

/**
 * Descriptions of the installed networks. The grader is optional: without it the rules on measures grade alone.
 * @throws ProblemError when the segmenter's description is missing or not one
 */
export function loadModels(modelDir: string): InstalledModels {
  const segmenter = description(modelDir, 'segmenter');
  if (segmenter === null) {
    throw new ProblemError(503, [
      problem(
        'missing',
        'models/segmenter.json',
        'the network is not installed',
        'install the complete product, or train it: see training/',
      ),
    ]);
  }
  const grader = description(modelDir, 'grader');
  return {
    reading: {
      segmenter: SegmenterModel.parse(segmenter),
      ...(grader === null ? {} : { grader: GraderModel.parse(grader) }),
    },
  };
}

function description(modelDir: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(`${modelDir}/${name}.json`, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ProblemError(503, [
      problem(
        'unreadable',
        `models/${name}.json`,
        'the model description is damaged',
        'install the product again',
      ),
    ]);
  }
}
