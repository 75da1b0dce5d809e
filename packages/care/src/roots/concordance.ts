import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { Concordance, NerveRoot, PatientCase, Reason, Side, Statement } from '@foramen/spine';
import { because, round, rule, SIDES } from '../facts.ts';
import { say, traced } from '../say.ts';
import { type ImageContact, imageContacts } from './contacts.ts';
import { hasPain, hasSign, naming, type RootPicture, rootPicture, supports } from './signs.ts';

const GRADE_RULE = rule(
  'rule.concordance',
  'grade 1 image only, 2 image and pain of that root and side, 3 image, pain and a matching sign; after the entry criteria of the SPORT trial',
);

export const ROOTS: readonly NerveRoot[] = ['L2', 'L3', 'L4', 'L5', 'S1'];

/**
 * Grade of agreement between image and patient at one root and side (0 to 3). What two roots share (a straight leg raise, pain below the knee) speaks for
 * this one only while the examination names no other.
 *
 * @param rival the picture of another root of that side which a finding of its own names, where none names this one
 */
export function gradeOf(contactP: number, picture: RootPicture, rival?: RootPicture): 0 | 1 | 2 | 3 {
  if (contactP < 0.5) return 0;
  const shared = rival !== undefined && naming(picture).length === 0;
  const pain =
    shared && rival.dermatomalPain.length > 0 ? picture.dermatomalPain.length > 0 : hasPain(picture);
  if (!pain) return 1;
  return hasSign(picture) && !shared ? 3 : 2;
}

/** The root beside this one that the examination names best; undefined where it names none. */
function rivalOf(root: NerveRoot, side: Side, pictureOf: (root: NerveRoot, side: Side) => RootPicture) {
  let best: RootPicture | undefined;
  for (const other of ROOTS) {
    if (other === root) continue;
    const picture = pictureOf(other, side);
    if (naming(picture).length > (best === undefined ? 0 : naming(best).length)) best = picture;
  }
  return best;
}

export interface ConcordanceWork {
  readonly contact: ImageContact;
  readonly picture: RootPicture;
  readonly grade: 0 | 1 | 2 | 3;
}

const key = (c: { level: string; side: string; root: string }): string => `${c.level}|${c.side}|${c.root}`;

/**
 * Concordance of every image contact with the symptoms and signs of its root and side. One entry a (level, side,
 * root): the surest mechanism. Contact below one in two is grade 0 whatever the symptoms.
 */
export function weighConcordance(
  patient: PatientCase,
  contacts: readonly ImageContact[] = imageContacts(patient.findings),
): readonly ConcordanceWork[] {
  const best = new Map<string, ImageContact>();
  for (const c of contacts) {
    const had = best.get(key(c));
    if (had === undefined || c.p > had.p) best.set(key(c), c);
  }
  const pictures = new Map<string, RootPicture>();
  const pictureOf = (root: NerveRoot, side: Side): RootPicture => {
    const id = `${root}|${side}`;
    const known = pictures.get(id) ?? rootPicture(patient, root, side);
    pictures.set(id, known);
    return known;
  };
  return [...best.values()]
    .map((contact) => {
      const picture = pictureOf(contact.root, contact.side);
      const rival = contact.p < 0.5 ? undefined : rivalOf(contact.root, contact.side, pictureOf);
      return { contact, picture, grade: gradeOf(contact.p, picture, rival) };
    })
    .sort(
      (a, b) =>
        b.grade - a.grade ||
        b.contact.p - a.contact.p ||
        // The side decides last, so that a mirrored case is judged in the mirror.
        compareText(a.contact.level, b.contact.level) ||
        compareText(a.contact.root, b.contact.root) ||
        compareText(a.contact.mechanism, b.contact.mechanism) ||
        SIDES.indexOf(a.contact.side) - SIDES.indexOf(b.contact.side),
    );
}

/** The statements of concordance, strongest first. Weak entries are left out, later where the numbering is in doubt. */
export function concordance(
  patient: PatientCase,
  work: readonly ConcordanceWork[],
  _base: EvidenceBase = EVIDENCE,
): readonly Concordance[] {
  const numbering = patient.findings?.enumeration.transitional ?? 'none';
  const least = numbering === 'none' || numbering === 'unknown' ? 0.2 : 0.08;
  return work
    .filter((w) => w.contact.p >= least)
    .map(({ contact, picture, grade }) => ({
      level: contact.level,
      side: contact.side,
      root: contact.root,
      grade,
      contactP: round(contact.p),
      statement: concordanceStatement(contact, picture, grade, patient),
    }));
}

function concordanceStatement(
  contact: ImageContact,
  picture: RootPicture,
  grade: 0 | 1 | 2 | 3,
  patient: PatientCase,
): Statement {
  const found = supports(picture).map(because);
  const reasons: Reason[] = [...contact.reasons, ...found, GRADE_RULE];
  if (patient.intake === null) reasons.push(rule('rule.no-intake', 'no history or examination was given'));
  const strength = grade === 3 ? 'strong' : grade === 2 ? 'moderate' : 'weak';
  return say(
    `concordance.${grade}`,
    {
      level: contact.level,
      side: `@side.${contact.side}`,
      root: contact.root,
      mechanism: `@mechanism.${contact.mechanism}`,
      p: traced(contact.p, contact.reasons),
    },
    strength,
    reasons,
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
