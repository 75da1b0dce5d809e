/**
 * Told words as the learned reader takes them: what counts as one statement, and its words. Training and reading use this one file, so
 * that both see the same.
 */

/** Statements of a normalised text: each sentence, and each with the one before it ("I had cancer. My back hurts."). */
export function statementsIn(text: string): readonly string[] {
  const sentences = (text.match(/(?:[^.;!?\n]|(?<=\d)\.(?=\d))+/g) ?? [])
    .map((s) => s.trim())
    .filter((s) => s.length > 2);
  return sentences.flatMap((s, i) => (i === 0 ? [s] : [s, `${sentences[i - 1]} , ${s}`]));
}

const SHORTENED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:can'?t|cannot)\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(\w+?)n'?t\b(?<=\b(?:do|does|did|is|are|was|were|has|have|had|could|would|should)n'?t)/g, '$1 not'],
  [/\b(i|you|we|they|he|she|it|that|there)'(?:m|re|s|ve|d|ll)\b/g, '$1'],
  [/'s?\b/g, ''],
];

/** A number is told apart only as far as it matters: an age past 65, a temperature from 38, any other. */
function numberWord(digits: string): string {
  const value = Number(digits);
  if (value >= 38 && value < 42 && digits.includes('.')) return '<hot>';
  return Number.isInteger(value) && value >= 65 && value <= 99 ? '<old>' : '<n>';
}

/** Words of a statement, at most `MOST_WORDS`. A comma is kept: it parts what is denied from what is told. */
export function wordsOf(statement: string): readonly string[] {
  const plain = SHORTENED.reduce((s, [from, to]) => s.replace(from, to), statement);
  return (plain.match(/[a-z]+|\d+(?:\.\d+)?|[,/]/g) ?? [])
    .map((w) => (/^\d/.test(w) ? numberWord(w) : w))
    .slice(0, MOST_WORDS);
}
const MOST_WORDS = 60;
