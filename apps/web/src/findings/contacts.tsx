import type { ContactGrade, LevelFindings } from '@foramen/spine';
import { percent } from '../frame/figures.ts';

const TOUCH: Readonly<Record<ContactGrade, string>> = {
  none: 'free',
  contact: 'touched',
  deviation: 'pushed aside',
  compression: 'pressed flat',
};

/** Sac and roots that disc tissue has come to, each with what was measured; those it has not are left to the details. */
export function Contacts({ level }: { readonly level: LevelFindings }) {
  const sac = level.sacContact;
  const met = [
    ...(sac && 'grade' in sac ? [{ who: 'Dural sac', ...sac }] : []),
    ...(level.rootContacts ?? []).map((c) => ({ who: `${c.root} root, ${c.side}`, ...c })),
  ].filter((c) => c.grade !== 'none');
  return met.map((c) => (
    <p className="fo-small" key={c.who} title={c.read?.because}>
      {c.who}: {TOUCH[c.grade]} ({percent(c.p)})
    </p>
  ));
}

/** Why contact was not assessed, each reason once with whom it concerns. */
export function contactsNotAssessed(level: LevelFindings): readonly (readonly [string, string])[] {
  const reasons = new Map<string, string[]>();
  const put = (why: string, who: string): void => void reasons.set(why, [...(reasons.get(why) ?? []), who]);
  if (level.sacContact && 'abstained' in level.sacContact) put(level.sacContact.abstained, 'dural sac');
  for (const r of level.rootsNotAssessed ?? []) put(r.abstained, `${r.root} ${r.side}`);
  return [...reasons].map(([why, who]) => [`Contact with ${who.join(', ')}`, why]);
}
