import { type Problem, problemLine } from '@foramen/spine';

/** Where a command writes: `out` is for the answer alone, `err` for progress and problems. Text carries its own newlines. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** A wrong command line: exit status 2. */
export class UsageError extends Error {}

/** An input that cannot be used: exit status 1, one line a problem. */
export class InputError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }
}

/** Runs a command, turning what it throws into its exit status: 2 for wrong usage, 1 for an input that cannot be used. */
export async function exitStatus(io: Streams, usage: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      io.err(`${(error as Error).message}\n${usage}`);
      return 2;
    }
    if (error instanceof InputError) {
      io.err(`${error.message}\n`);
      return 1;
    }
    if (hasProblems(error)) {
      for (const one of error.problems) io.err(`${problemLine(one)}\n`);
      return 1;
    }
    throw error;
  }
}

function isParseError(error: unknown): boolean {
  return (
    error instanceof Error && String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS')
  );
}

function hasProblems(error: unknown): error is { readonly problems: readonly Problem[] } {
  return error instanceof Error && Array.isArray((error as { problems?: unknown }).problems);
}

/** Only the first line of problems, for inputs among many: which file, what is wrong, what would help. */
export function firstLine(problems: readonly [Problem, ...Problem[]]): string {
  return problemLine(problems[0]);
}
