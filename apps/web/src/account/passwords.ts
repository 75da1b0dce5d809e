import type { Problem } from '@foramen/spine';
import { ACCOUNT_WORDS, type AccountWords } from './account-words.ts';

/** As the server has it; it knows more rules, and says which was broken. */
const SHORTEST = 12;

/** What keeps a new password from being sent; empty when nothing does. */
export function passwordMissing(
  current: string,
  next: string,
  again: string,
  said: AccountWords = ACCOUNT_WORDS.en,
): string {
  if ([...next].length < SHORTEST) return said.short(SHORTEST);
  if (next === current) return said.same;
  if (next !== again) return said.differ;
  return '';
}

/** What the server found wrong, under the names of the fields on the page. */
export function problemsInWords(
  problems: readonly Problem[],
  said: AccountWords = ACCOUNT_WORDS.en,
): readonly Problem[] {
  const fields: Readonly<Record<string, string>> = {
    'body.current': said.present,
    'body.next': said.next,
    password: said.password,
  };
  return problems.map((problem) => ({ ...problem, where: fields[problem.where] ?? problem.where }));
}
