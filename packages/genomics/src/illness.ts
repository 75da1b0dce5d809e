import { folded, ILLNESS_WORDS, type NamedIllness, namesIllness, RULED_OUT } from '@foramen/spine/conditions';

/** An illness or state that bears on which drug is offered; `hyperthermia` is that of the person or of a relative, `smokingStopped` of the last days. */
export type Illness =
  | Exclude<NamedIllness, 'diabetes' | 'osteoporosis' | 'liverMild'>
  | 'hyperthermia'
  | 'smokingStopped';

const HYPERTHERMIA = /malignant hyperthermi\w*|hipertermia maligna/;
const DENIED = /\b(?:no|not|without|denie[sd]|never|sin|niega|nunca)\b[^,;.]*$/;

/** It runs in families, so one relative who had it counts as the person does. */
function namesHyperthermia(text: string): boolean {
  const found = HYPERTHERMIA.exec(text);
  if (found === null || DENIED.test(text.slice(0, found.index))) return false;
  return !RULED_OUT.test(text.slice(found.index + found[0].length));
}

const GRADED: ReadonlySet<NamedIllness> = new Set([
  'liverSevere',
  'liverModerate',
  'liverMild',
  'liverDisease',
]);
const UNWEIGHED: ReadonlySet<NamedIllness> = new Set(['diabetes', 'osteoporosis']);

/** A liver of some grade is one of each lower grade too, so that a rule names the grade it begins at. */
export function liverOf(grade: 'mild' | 'moderate' | 'severe'): readonly Illness[] {
  return grade === 'severe'
    ? ['liverSevere', 'liverModerate', 'liverDisease']
    : grade === 'moderate'
      ? ['liverModerate', 'liverDisease']
      : ['liverDisease'];
}

/**
 * Illnesses that a list in anybody's words names as the person's own, English or Spanish. A cirrhosis whose Child-Pugh class is nowhere said is
 * taken as class B.
 */
export function namedIllnesses(list: readonly string[]): readonly Illness[] {
  const texts = list.map(folded);
  const named = (key: NamedIllness) => texts.some((text) => namesIllness(text, ILLNESS_WORDS[key]));
  const keys = Object.keys(ILLNESS_WORDS) as NamedIllness[];
  const plain = keys.filter((key) => !GRADED.has(key) && !UNWEIGHED.has(key) && named(key)) as Illness[];
  const grade = named('liverSevere')
    ? 'severe'
    : named('liverMild')
      ? 'mild'
      : named('liverModerate')
        ? 'moderate'
        : named('liverDisease')
          ? 'mild'
          : null;
  const hyperthermia = texts.some(namesHyperthermia) ? (['hyperthermia'] as const) : [];
  return [...plain, ...hyperthermia, ...(grade === null ? [] : liverOf(grade))];
}

/** Entries of a list that name nothing weighed here. */
export function unweighed(list: readonly string[]): readonly string[] {
  const words = [...Object.values(ILLNESS_WORDS), HYPERTHERMIA];
  return list.filter((entry) => !words.some((pattern) => pattern.test(folded(entry))));
}
