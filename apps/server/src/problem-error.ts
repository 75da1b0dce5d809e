import type { Problem } from '@foramen/spine';

/** Carries problems and the status they become at the HTTP door; thrown where a handler cannot go on. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problems: readonly [Problem, ...Problem[]];
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problems: readonly [Problem, ...Problem[]], retryAfterSeconds?: number) {
    super(problems[0].what);
    this.status = status;
    this.problems = problems;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}

export function refuse(
  status: number,
  code: Problem['code'],
  where: string,
  what: string,
  help: string,
): ProblemError {
  return new ProblemError(status, [problem(code, where, what, help)]);
}

export const notThere = (what: string): ProblemError =>
  refuse(404, 'not-found', what, 'is not there, or not yours to see', 'go back to the worklist');

export const notYet = (what: string): ProblemError =>
  refuse(
    404,
    'missing',
    what,
    'does not exist yet',
    'wait for the analysis to finish, or add what is missing',
  );

export const noRoom = (what: 'is full' | 'is nearly full'): ProblemError =>
  refuse(507, 'too-large', 'storage', `${what}; nothing of this was kept`, 'tell your administrator');

/** No space or quota left where objects lie, or where the database does (class 53 of SQLSTATE). */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', '53100'].includes(String((error as { code?: unknown } | null)?.code));
}
