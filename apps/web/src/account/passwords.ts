import type { Problem } from '@foramen/spine';

/** As the server has it; it knows more rules, and says which was broken. */
const SHORTEST = 12;

/** What keeps a new password from being sent; empty when nothing does. */
export function passwordMissing(current: string, next: string, again: string): string {
  if ([...next].length < SHORTEST) return `The new password needs at least ${SHORTEST} characters.`;
  if (next === current) return 'The new password is the present one.';
  if (next !== again) return 'The new password was typed in two different ways.';
  return '';
}

const FIELDS: Readonly<Record<string, string>> = {
  'body.current': 'Present password',
  'body.next': 'New password',
  password: 'Password',
};

/** What the server found wrong, under the names of the fields on the page. */
export function problemsInWords(problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, where: FIELDS[problem.where] ?? problem.where }));
}

/** What became of the other screens this account was signed in on. */
export function changedText(endedSessions: number): string {
  if (endedSessions === 0) return 'Password changed. You were signed in nowhere else.';
  return `Password changed. ${endedSessions === 1 ? 'One other session was' : `${endedSessions} other sessions were`} ended; there the new one is asked for.`;
}
