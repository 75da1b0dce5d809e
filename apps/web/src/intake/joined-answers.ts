import { type Answers, isRecord, same } from './answers.ts';

/** An answer that two windows gave differently: where, and what the other window says. */
export interface OtherAnswer {
  readonly path: string;
  readonly theirs: unknown;
}

export interface Joined {
  readonly answers: Answers;
  /** Answers that both windows changed, each in its own way: this window's stand, the other's are shown. */
  readonly differ: readonly OtherAnswer[];
}

/** Own words, which nobody can give twice the same: both are kept, one below the other. */
const WORDS: ReadonlySet<string> = new Set(['symptoms.freeText']);

/**
 * The answers of two windows that began from the same ones, joined answer by answer: what only one of them changed is taken from it, own words of
 * both are kept, and of what both changed otherwise this window's stands.
 * @param base what both began from. @param mine this window. @param theirs the other one.
 */
export function joined(base: Answers, mine: Answers, theirs: Answers): Joined {
  const differ: OtherAnswer[] = [];
  const at = (path: string, from: unknown, own: unknown, other: unknown): unknown => {
    if (same(own, other) || same(other, from)) return own;
    if (same(own, from)) return other;
    if (isRecord(own) && isRecord(other)) {
      const begun = isRecord(from) ? from : {};
      const keys = [...new Set([...Object.keys(own), ...Object.keys(other)])];
      const entries = keys.map(
        (key) => [key, at(path === '' ? key : `${path}.${key}`, begun[key], own[key], other[key])] as const,
      );
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (WORDS.has(path) && typeof own === 'string' && typeof other === 'string') {
      return bothTold(own, other);
    }
    differ.push({ path, theirs: other });
    return own;
  };
  return { answers: at('', base, mine, theirs) as Answers, differ };
}

/** Own words and the other window's: what both begin with stands once, what only the other one says is put below. */
function bothTold(own: string, other: string): string {
  if (own.includes(other)) return own;
  if (other.includes(own)) return other;
  let alike = 0;
  while (alike < own.length && own[alike] === other[alike]) alike++;
  const sentences = /^[\s\S]*[.!?\n]\s*/.exec(other.slice(0, alike))?.[0].length ?? 0;
  const added = other
    .slice(sentences)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !own.includes(line));
  return [own, ...added].join('\n');
}
