/** Readability of patient texts: the grade or score of published formulas, computed on the words as they stand. */

const VOWELS_EN = /[aeiouy]+/g;

/** Syllables of an English word: vowel groups, less a silent final e; at least one. */
export function englishSyllables(word: string): number {
  const w = word.toLowerCase().replace(/[^a-z]/g, '');
  if (w.length === 0) return 0;
  if (w.length <= 3) return 1;
  const trimmed = w.replace(/(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e)$/, (m) => m[0]!).replace(/^y/, '');
  return Math.max(1, trimmed.match(VOWELS_EN)?.length ?? 1);
}

/** Syllables of a Spanish word: vowel groups, split where two strong vowels or a stressed weak vowel meet. */
export function spanishSyllables(word: string): number {
  const w = word
    .toLowerCase()
    .replace(/[^a-záéíóúüñ]/g, '')
    .replace(/qu|gu(?=[eéií])/g, 'q');
  const groups = w.match(/[aeiouáéíóúüy]+/g);
  if (groups === null) return w.length > 0 ? 1 : 0;
  return groups.reduce((n, g) => {
    const hiatus = g.match(/[aeoáéó](?=[aeoáéóíú])|[íú](?=[aeo])/g)?.length ?? 0;
    return n + 1 + hiatus;
  }, 0);
}

interface Counts {
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
}

function count(text: string, syllables: (word: string) => number): Counts {
  // Figures, levels and percentages are read aloud as one short word each and end no sentence.
  const plain = text.replace(/(\d)[.,](\d)/g, '$1$2').replace(/<|>/g, '');
  const words = plain.split(/\s+/).filter((w) => /[\p{L}\d]/u.test(w));
  const sentences = Math.max(1, plain.split(/[.!?:]+(?:\s|$)/).filter((s) => /[\p{L}\d]/u.test(s)).length);
  return {
    words: Math.max(1, words.length),
    sentences,
    syllables: words.reduce((n, w) => n + (/\d/.test(w) ? 1 : syllables(w)), 0),
  };
}

/** Flesch-Kincaid grade level of English text (Kincaid 1975): US school grade; 6 is a twelve-year-old's. */
export function fleschKincaidGrade(text: string): number {
  const c = count(text, englishSyllables);
  return (0.39 * c.words) / c.sentences + (11.8 * c.syllables) / c.words - 15.59;
}

/** Fernandez-Huerta ease of Spanish text (1959): 0 to 100, higher is easier; 70 and up is read in primary school. */
export function fernandezHuerta(text: string): number {
  const c = count(text, spanishSyllables);
  return 206.84 - (60 * c.syllables) / c.words - (1.02 * c.words) / c.sentences;
}

/** Perspicuity of Spanish text on the INFLESZ scale (Szigriszt-Pazos 1993, Barrio-Cantalejo 2008): from 65 "quite easy", from 80 "very easy". */
export function inflesz(text: string): number {
  const c = count(text, spanishSyllables);
  return 206.835 - (62.3 * c.syllables) / c.words - c.words / c.sentences;
}
