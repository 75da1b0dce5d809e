import { readFileSync, statSync } from 'node:fs';
import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';

/** More than any list of calls, intake or table of settings is. */
const MOST_BYTES = 64 << 20;

/** What the shell makes of `<(command)`: somebody writes to it, so reading it ends. */
function isShellPipe(path: string): boolean {
  return /^\/(dev|proc\/self)\/(fd\/\d+|stdin)$/.test(path);
}

/** Why a path cannot be read as a file; null when it can. A device may have no end, and a named pipe may have no writer. */
export function notReadable(path: string): Problem | null {
  const problem = (code: Problem['code'], what: string, help: string): Problem => ({
    code,
    severity: 'error',
    where: path,
    what,
    help,
  });
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return problem('not-found', 'no such file', 'Check the path');
  if (stat.isDirectory()) return problem('usage', 'a folder, not a file', 'Name the files in it');
  if (stat.isFile() || (stat.isFIFO() && isShellPipe(path))) return null;
  return problem('usage', 'a device or named pipe, not a file', 'Write it to a file first');
}

/** A small text file as a whole; anything else is a problem that names it. */
export function readSmallText(path: string, help: string): Result<string> {
  const wrong = (what: string) =>
    fail<string>({ code: 'unreadable', severity: 'error', where: path, what, help });
  try {
    const not = notReadable(path);
    if (not) return fail(not);
    if (statSync(path).size > MOST_BYTES) return wrong('larger than 64 MB');
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    return wrong(`cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
}
