import { readFileSync, statSync } from 'node:fs';
import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { decodeText } from '@foramen/spine/text-encoding';

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

/** Control characters that no text has, below the tab and between carriage return and space. */
function isBinary(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 32)) return true;
  }
  return false;
}

/** Without the mark that DOS programs put behind a text. */
function withoutEndMark(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith('\u001a') ? trimmed.slice(0, -1) : text;
}

/** A small text file as a whole; anything else is a problem that names it. */
export function readSmallText(path: string, help: string): Result<string> {
  const wrong = (what: string) =>
    fail<string>({ code: 'unreadable', severity: 'error', where: path, what, help });
  try {
    const not = notReadable(path);
    if (not) return fail(not);
    if (statSync(path).size > MOST_BYTES) return wrong('larger than 64 MB');
    // Without the mark that some editors put before UTF-8.
    const text = withoutEndMark(decodeText(readFileSync(path)));
    return isBinary(text.slice(0, 4096)) ? wrong('not plain text (compressed, UTF-16 or binary)') : ok(text);
  } catch (error) {
    return wrong(`cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
}
