/** What is wrong with an input: errors are data at the edges. One line each: where, what, what would help. */
export interface Problem {
  readonly code:
    | 'unreadable'
    | 'truncated'
    | 'unsupported'
    | 'wrong-modality'
    | 'wrong-body-part'
    | 'wrong-assembly'
    | 'out-of-range'
    | 'contradiction'
    | 'missing'
    | 'inconsistent'
    | 'too-large'
    | 'not-found'
    | 'usage';
  readonly severity: 'error' | 'warning';
  /** File, field path or element the problem is in. */
  readonly where: string;
  readonly what: string;
  /** What the user could do about it. */
  readonly help: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

export function ok<T>(value: T, warnings: readonly Problem[] = []): Result<T> {
  return { ok: true, value, warnings };
}

export function fail<T = never>(...problems: [Problem, ...Problem[]]): Result<T> {
  return { ok: false, problems };
}

/** One line, whatever a file or an error message brought into it. */
export function problemLine(problem: Problem): string {
  return `${problem.where}: ${problem.what}. ${problem.help}`.replace(/\s*[\r\n]+\s*/g, ' ');
}
