import { type Problem, problemLine } from '@foramen/spine/problem';

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

/**
 * One line for what stopped one input among many, so that the others are still read. What is neither a problem of the input nor of its place is
 * a defect of the program and is called one. Wrong usage is thrown on.
 */
export function inputFailed(path: string, error: unknown): string {
  if (error instanceof UsageError) throw error;
  if (hasProblems(error) && error.problems[0] !== undefined) return `${problemLine(error.problems[0])}\n`;
  const stack =
    process.env['FORAMEN_DEBUG'] !== undefined && error instanceof Error ? `${error.stack}\n` : '';
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${path}: a defect of foramen stopped this input (${what.split('\n')[0]}). Please report it with the file, if it may be shared\n${stack}`;
}

function isParseError(error: unknown): boolean {
  return (
    error instanceof Error && String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS')
  );
}

function hasProblems(error: unknown): error is { readonly problems: readonly Problem[] } {
  return error instanceof Error && Array.isArray((error as { problems?: unknown }).problems);
}
