import { type Assertion, isHistory, type PhraseBook, type TextConcept } from './concept.ts';
import { denialOf } from './denial.ts';
import { explainedAway } from './explained-away.ts';
import { isLongAgo } from './long-ago.ts';
import { type SaidPlace, saidPlace } from './said-place.ts';
import { settledNearby } from './settled-nearby.ts';
import { mayBeRelatives, ofAnother } from './whose-symptom.ts';

/** How the words at `at` stand in their clause: affirmed, denied, feared, advice, somebody else's, or old. */
export function assertionOf(
  text: string,
  at: number,
  length: number,
  concept: TextConcept,
  book: PhraseBook,
): Assertion {
  const place = saidPlace(text, at, length, concept, book);
  const denied = denialOf(place);
  if (denied !== undefined) return denied;
  if (book.hypothetical.test(place.before)) return cameTrue(place) ? 'affirmed' : 'hypothetical';
  const settled = ofAnother(place) ?? explainedAway(place) ?? settledNearby(place);
  if (settled !== undefined) return settled;
  if (isLongAgo(place)) return 'old';
  return isDoubted(place) ? 'hedged' : 'affirmed';
}

/** "The leaflet says come back if my saddle goes numb. It has, since last night": what was only warned of is there. */
function cameTrue({ text, at, itself }: SaidPlace): boolean {
  const behind = text.slice(at + itself.length, at + itself.length + 250).split(/[.;!?\n]/);
  return behind.slice(1, 4).some((sentence) => IT_HAS.test(sentence.trim()));
}
const IT_HAS =
  /^(?:(?:well|and|now|but|so|pues|y|bueno)\b[, ]*)?(?:(?:it|they|that|this|both) (?:has|have|did|does|is|are)(?: (?:now|both|all))?(?:,| since| now| today| yesterday| last| this|$)|since [\w ]{3,20}[, ]+(?:i am|i'm|it has|i have|i've|it is|they have) (?:both|that|all|now|there)\b|i(?:'m| am) both\b|i (?:now )?have (?:both|all|that)\b|(?:me )?(?:esta pasando|ha pasado|pasa ya|paso)\b|asi estoy\b|(?:ya )?me pasa\b(?! nada))/;

/** Said with doubt, said to be just over, or a history that may be a relative's. */
function isDoubted(place: SaidPlace): boolean {
  const { text, itself, before, after, concept, book } = place;
  const history = isHistory(concept);
  const stays = history && concept !== 'infection-source';
  const over = !stays && book.overAfter.test(after) && !CAME_BACK.test(after);
  if (book.hedgesBefore.test(before) || over) return true;
  // Urine lost on a cough in pregnancy or after births is common; it is asked about.
  if (concept === 'bladder' && STRESS_LEAK.test(itself) && WITH_CHILD.test(text)) return true;
  return history && (GUESSED.test(before) || mayBeRelatives(place));
}

/** "I keep thinking I have cancer" is a worry, not a history. */
const GUESSED = /\b(?:think(?:s|ing)?|wonder\w*|convinced|suspect\w*|imagin\w*|creo|pienso|sospech\w+)\b/;

/** Gone, and there again. */
const CAME_BACK =
  /\b(?:(?:came|come|comes|coming|is|has come|it's) back|returned|again (?:now|since|this|today|yesterday)|ha vuelto|volvio|otra vez|de nuevo)\b/;

const STRESS_LEAK = /\b(?:cough|sneeze|laugh|lift|jump|tos|estornud|rei|rio)/;
const WITH_CHILD = /\b(?:pregnan\w+|embaraz\w+|gave birth|di a luz|parto)\b/;
