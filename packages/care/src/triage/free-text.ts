import { assertionOf } from './assertion.ts';
import type { TextHit } from './concept.ts';
import { doubts } from './doubt.ts';
import { everyMatch } from './every-match.ts';
import { BOOK, normaliseText } from './phrase-book.ts';
import { toldValues } from './told-values.ts';
import { ANY_PART, LIST_FILLER, NET_REACH, WORD_NET } from './word-net.ts';

const SENTENCE = /[^.;!?\n]+/g;
/** Every phrase found in one text, in order of concept and place; repeated words of one concept are kept once each. */
export function readText(raw: string, path: string): readonly TextHit[] {
  const key = `${path}\n${raw}`;
  const known = READ.get(key);
  if (known !== undefined) return known;
  const hits = scan(raw, path);
  if (READ.size >= 256) READ.clear();
  READ.set(key, hits);
  return hits;
}

/** Texts read lately: a plan asks "what if" many times over and the words stay the same. */
const READ = new Map<string, readonly TextHit[]>();

function scan(raw: string, path: string): readonly TextHit[] {
  // A goal told as one, so that "walk without dragging my foot" says that the foot drags.
  const text = normaliseText(path.includes('.goals') ? `my goal is to ${raw}` : raw);
  const hits: TextHit[] = [];
  for (const { concept, pattern } of BOOK.phrases) {
    for (const m of everyMatch(text, pattern)) {
      const found = assertionOf(text, m.index, m[0].length, concept, BOOK);
      // A goal names what is to end, however it is put.
      const assertion = found === 'negated' && path.includes('.goals.') ? 'hedged' : found;
      const quote = m[0].trim().slice(0, 100);
      if (!hits.some((h) => h.concept === concept && h.quote === quote && h.assertion === assertion)) {
        hits.push({ concept, assertion, path, quote });
      }
    }
  }
  // Nobody sets out to feel, hold or empty what works.
  const goal = path.includes('.goals.') ? GOAL_OF_CONTROL.exec(text) : null;
  if (goal !== null)
    hits.push({ concept: 'bladder', assertion: 'hedged', path, quote: goal[0].slice(0, 100) });
  // A figure decides whatever denial stands beside it; one of years ago tells of those years.
  for (const value of toldValues(text)) {
    const at = text.indexOf(value.quote);
    const old =
      assertionOf(text, at, value.quote.length, value.concept, BOOK) === 'old' &&
      OVER_SINCE.test(text.slice(at, at + 200));
    hits.push({ ...value, assertion: old ? 'old' : value.assertion, path });
  }
  hits.push(...caughtByNet(text, path, hits));
  return [...hits, ...doubts(text, path, hits, BOOK)];
}

const OVER_SINCE =
  /\b(?:(?:completely |all |fully )?(?:gone|cleared|resolved|recovered|cured|better) (?:since|now|up|after)|(?:gone|over) within|been (?:well|fine) (?:for|since)|qued[eo] (?:perfect\w*|bien|como nuev\w*)|se (?:me )?(?:curo|quito|paso)|curad[oa])\b/;

const GOAL_OF_CONTROL =
  /\b(?:feel|control|hold|empty|know|tell|sentir|controlar|aguantar|notar)\b[^.;!?\n]{0,30}\b(?:pee|wee|urin\w+|bladder|toilet|bowels?|poo|wip\w+|orin\w+|vejiga|pis|bano)\b/;

/** Another part stands between the two and takes the loss: "toe numb, can walk on heels, waterworks fine". */
function belongsElsewhere(sentence: string, part: RegExpMatchArray, loss: RegExpMatchArray): boolean {
  const [from, to] =
    part.index! < loss.index!
      ? [part.index! + part[0].length, loss.index!]
      : [loss.index! + loss[0].length, part.index!];
  if (from >= to) return false;
  const gap = sentence.slice(from, to);
  // "Numb thighs, and it has crept up to my privates" speaks of both.
  if (SPREADS.test(gap)) return false;
  const rest = gap.replace(ANY_PART, ' ');
  return rest !== gap && rest.replace(LIST_FILLER, '') !== '';
}

/** "I pee fine, nothing numb": the part has been called well before anything else is said. */
const WORKS_WELL =
  /^ (?:muy |perfectamente |all )?(?:bien|normal(?:mente)?|perfecto|fine|ok|okay)\b(?= *(?:,|y\b|and\b|$))/;

const SPREADS =
  /\b(?:spread\w*|crept|creep\w*|climb\w*|travel\w*|moved|moving|extend\w*|reach\w*|gone|going|goes|up to|into|round to|right up|as far as|all the way|sub\w+ hasta|se extiend\w+|llega\w*|hasta)\b/;

/** What the net catches in a sentence in which no phrase of the same concept was found, affirmed or denied. */
function caughtByNet(text: string, path: string, found: readonly TextHit[]): readonly TextHit[] {
  const hits: TextHit[] = [];
  const affirmed = new Set(found.flatMap((h) => (h.assertion === 'affirmed' ? [h.concept] : [])));
  for (const sentence of text.matchAll(SENTENCE)) {
    for (const rule of WORD_NET) {
      if (affirmed.has(rule.concept)) continue;
      const parts = everyMatch(sentence[0], rule.part);
      if (parts.length === 0) continue;
      for (const loss of everyMatch(sentence[0], rule.loss)) {
        const end = loss.index + loss[0].length;
        const part = parts.find(
          (p) =>
            p.index <= end + NET_REACH &&
            p.index + p[0].length >= loss.index - NET_REACH &&
            !belongsElsewhere(sentence[0], p, loss) &&
            !WORKS_WELL.test(sentence[0].slice(p.index + p[0].length)) &&
            !(p.index > loss.index && BOOK.normalAfter.test(sentence[0].slice(p.index + p[0].length))),
        );
        if (part === undefined || rule.unless?.test(sentence[0]) === true) continue;
        const said = assertionOf(text, sentence.index + loss.index, loss[0].length, rule.concept, BOOK);
        if (said === 'negated' || said === 'hypothetical' || said === 'old') continue;
        const [from, to] = [Math.min(part.index, loss.index), Math.max(part.index + part[0].length, end)];
        const assertion = rule.onlyAsks === true && said === 'affirmed' ? 'hedged' : said;
        if (assertion === 'affirmed') affirmed.add(rule.concept);
        hits.push({
          concept: rule.concept,
          assertion,
          path,
          quote: sentence[0].slice(from, to).trim().slice(0, 100),
        });
        break;
      }
    }
  }
  return hits;
}

/**
 * Weakness that the words say is new or growing: weakness and progression affirmed in one sentence, or in the next
 * one when that one starts by pointing back ("it is getting worse").
 */
export function progressiveWeakness(raw: string, path: string): TextHit | undefined {
  // Most stories tell of no weakness at all, and the whole has been read already.
  if (!readText(raw, path).some((h) => /weakness$/.test(h.concept))) return undefined;
  const sentences = normaliseText(raw).match(SENTENCE) ?? [];
  for (const [i, sentence] of sentences.entries()) {
    const weak = readText(sentence, path).find(
      (h) => /weakness$/.test(h.concept) && h.assertion === 'affirmed',
    );
    if (weak === undefined) continue;
    const next = sentences[i + 1] ?? '';
    const pointsBack = /^\s*(?:it|this|that|and|esto?|y|la debilidad|the weakness)\b/.test(next) ? next : '';
    // "No power since yesterday": the "no" belongs to the weakness, not to its onset.
    for (const part of [sentence, sentence.replace(weak.quote, ' '), pointsBack]) {
      const grows = readText(part, path).find(
        (h) => h.concept === 'progression' && h.assertion === 'affirmed',
      );
      if (grows !== undefined)
        return { ...weak, concept: 'progression', quote: `${weak.quote}; ${grows.quote}` };
    }
  }
  return undefined;
}
