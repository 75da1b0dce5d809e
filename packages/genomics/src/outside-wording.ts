import { HETEROZYGOUS, HOMOZYGOUS, tells } from './outside-zygosity.ts';

/** Repeats of TA in the promoter of UGT1A1 as its star alleles (PharmVar: six are the reference). */
const TA_REPEATS: Readonly<Record<string, string>> = { '5': '*36', '6': '*1', '7': '*28', '8': '*37' };
const TA = String.raw`(?:A?\(TA\)|TA)\s?([5-8])(?:TAA)?`;
const TA_PAIR = new RegExp(
  String.raw`${TA}\s?/\s?${TA}(?!\d)|\b([5-8])\s?/\s?([5-8])\s?(?:\(?TA\)?\b|repeats\b)`,
);

/** The two numbers of TA repeats of UGT1A1 as a pair of alleles: `(TA)6/(TA)7`, `TA7/TA7`, `6/7 TA repeats`; null where others stand there. */
export function byRepeats(gene: string, text: string): string | null {
  if (gene !== 'UGT1A1') return null;
  const found = TA_PAIR.exec(text);
  if (!found) return null;
  const two = [found[1] ?? found[3], found[2] ?? found[4]].map((count) => TA_REPEATS[count ?? '']);
  return two.includes(undefined) ? null : two.join('/');
}

const METABOLISER = {
  slow: 'Poor',
  poor: 'Poor',
  intermediate: 'Intermediate',
  rapid: 'Rapid',
  fast: 'Rapid',
} as const;

/**
 * A class that a laboratory gives in the words of its gene:
 *
 * - NAT2 slow, intermediate or rapid acetylator, which are the poor, intermediate and rapid metabolizers of CPIC (2025);
 * - CYP3A5 non-expresser, a poor metabolizer (CPIC 2015); an expresser may be an intermediate or a normal one, and is not read;
 * - SLCO1B1 by rs4149056 (c.521T>C) alone, its bases or its zygosity: T/C decreased, C/C poor function (CPIC 2022). T/T leaves the other alleles open and is not read;
 * - G6PD A- on every chromosome, whichever of the three A- alleles it is: deficient (CPIC 2022).
 *
 * Null where nothing of this is said, or it is denied, doubted or somebody else's.
 */
export function classInWords(gene: string, text: string): string | null {
  if (!tells(text)) return null;
  switch (gene) {
    case 'NAT2': {
      const found = [...text.matchAll(/\b(slow|intermediate|rapid|fast)\s+acetylat(?:or|ion)\b/gi)];
      const word = found[0]?.[1]?.toLowerCase() as keyof typeof METABOLISER | undefined;
      return found.length === 1 && word ? `${METABOLISER[word]} Metabolizer` : null;
    }
    case 'CYP3A5':
      return /\bnon-?\s?express(?:er|or)\b/i.test(text) ? 'Poor Metabolizer' : null;
    case 'SLCO1B1':
      return slco1b1Class(text);
    case 'G6PD':
      return /(?<![\w-])A-(?!\w)/.test(text) && /\b(?:hemi|homo)[cz]yg\w*/i.test(text) ? 'Deficient' : null;
    default:
      return null;
  }
}

const RS4149056 = String.raw`(?:rs4149056|(?:c\.)?521\s?T>C)`;
const ITS_BASES = new RegExp(String.raw`${RS4149056}\W{0,4}([TC])\s?[/|]?\s?([TC])(?![A-Za-z0-9>])`);

function slco1b1Class(text: string): string | null {
  const found = ITS_BASES.exec(text);
  const [one, two] = [HETEROZYGOUS, HOMOZYGOUS].map((word) => (text.match(word) ?? []).length);
  const named = (text.match(new RegExp(RS4149056, 'g')) ?? []).length > 0;
  const byWord = named && (one ?? 0) + (two ?? 0) === 1 ? (two === 1 ? 2 : 1) : null;
  const byBase = found ? [found[1], found[2]].filter((base) => base === 'C').length : null;
  // Two bases and a word for them that do not agree are neither.
  if (byWord !== null && byBase !== null && byWord !== byBase) return null;
  const copies = byBase ?? byWord ?? 0;
  return copies === 0 ? null : copies === 1 ? 'Decreased Function' : 'Poor Function';
}

/** "CYP2C19: rapid": a class without its noun, where nothing else is said. */
export function bareClass(text: string): string | null {
  const found = /^[^A-Za-z]*(poor|intermediate|normal|rapid|ultra-?\s?rapid)[^A-Za-z]*$/i.exec(text)?.[1];
  if (found === undefined) return null;
  const word = found.replace(/[-\s]/g, '').toLowerCase();
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} Metabolizer`;
}
