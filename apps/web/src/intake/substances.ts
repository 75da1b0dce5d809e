import { type Field, yesNo } from './fields.ts';

/** What makes an opioid a risk: one's own trouble, and that of the family. */
export const SUBSTANCES: readonly Field[] = (
  [
    ['Alcohol', 'alcohol', 'el alcohol'],
    ['Illegal', 'street drugs', 'drogas'],
    ['Prescription', 'pills from a doctor', 'pastillas del médico'],
  ] as const
).flatMap(([key, en, es]) => [
  yesNo(
    `history.substanceUse.personal${key}`,
    `Have you had trouble with ${en}?`,
    `¿Ha tenido problemas con ${es}?`,
  ),
  yesNo(
    `history.substanceUse.family${key}`,
    `Has your family had trouble with ${en}?`,
    `¿Alguien de su familia ha tenido problemas con ${es}?`,
  ),
]);
