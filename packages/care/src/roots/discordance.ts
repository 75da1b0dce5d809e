import { EVIDENCE, type EvidenceBase, prevalenceWithoutPain } from '@foramen/evidence';
import type { NerveRoot, PatientCase, Reason, Statement } from '@foramen/spine';
import { isPresence } from '@foramen/spine';
import { ageOf, because, isWithheld, rule, type Seen, SIDES, usableFact } from '../facts.ts';
import { say, traced } from '../say.ts';
import { type ConcordanceWork, ROOTS } from './concordance.ts';
import { atLeast, type ImageContact, rootsWereRead } from './contacts.ts';
import { anyLegPain, belowKneePain, legPain, naming, rootPicture } from './signs.ts';

/** Share of people without pain from which a finding counts as usual for the age. */
const USUAL = 0.5;

/** What does not fit together: said, so that nobody treats the picture. */
export function discordance(
  patient: PatientCase,
  contacts: readonly ImageContact[],
  work: readonly ConcordanceWork[],
  base: EvidenceBase = EVIDENCE,
): readonly Statement[] {
  return [
    ...wrongSide(patient, work),
    ...wrongRoot(patient, work),
    ...stenosisWithoutLegs(patient),
    ...legWithoutRoot(patient, contacts),
    ...usualForAge(patient, base),
    ...numbering(patient),
  ];
}

function wrongSide(patient: PatientCase, work: readonly ConcordanceWork[]): Statement[] {
  const painful = SIDES.filter((s) => legPain(patient, s)?.value === true);
  const [side] = painful;
  if (painful.length !== 1 || side === undefined) return [];
  const pain = legPain(patient, side)!;
  if (isWithheld(patient, pain.path)) return [];
  const sure = work.filter((w) => w.contact.sideRead && w.contact.p >= 0.5);
  const other = sure.find((w) => w.contact.side !== side);
  if (other === undefined || sure.some((w) => w.contact.side === side)) return [];
  return [
    say(
      'discordance.wrong-side',
      { level: other.contact.level, imageSide: `@side.${other.contact.side}`, side: `@side.${side}` },
      'moderate',
      [
        ...other.contact.reasons,
        because(pain),
        rule('rule.discordance-side', 'a finding on the other side does not explain the pain'),
      ],
    ),
  ];
}

/**
 * Another root of the same side that the examination names while it finds nothing at the root on the image: which root
 * hurts is then open, and an operation on the picture may be one on the wrong level. A positive straight leg raise fits both L5 and S1: against it two
 * signs of the other root are needed, or one and its pain where the pain is not that of the image's root.
 */
export function signsOfAnotherRoot(
  patient: PatientCase,
  work: ConcordanceWork,
): { readonly root: NerveRoot; readonly signs: readonly Seen<unknown>[] } | undefined {
  if (!work.contact.sideRead || naming(work.picture).length > 0) return undefined;
  const needed = work.picture.tension.length > 0 ? 2 : 1;
  let best: { root: NerveRoot; signs: readonly Seen<unknown>[] } | undefined;
  for (const root of ROOTS) {
    if (root === work.contact.root) continue;
    const other = rootPicture(patient, root, work.contact.side);
    const named = naming(other);
    const itsPain = work.picture.dermatomalPain.length === 0 ? other.dermatomalPain.slice(0, 1) : [];
    const signs = named.length === 0 ? [] : [...named, ...itsPain];
    if (signs.length > (best?.signs.length ?? 0)) best = { root, signs };
  }
  return best !== undefined && best.signs.length >= needed ? best : undefined;
}

/** The contact that leads, and its like on the other side: a narrow canal meets both, and neither side comes first. */
export const leadingContacts = (work: readonly ConcordanceWork[]): readonly ConcordanceWork[] =>
  work.filter((w) => w.grade === work[0]!.grade && w.contact.p === work[0]!.contact.p);

function wrongRoot(patient: PatientCase, work: readonly ConcordanceWork[]): Statement[] {
  return leadingContacts(work).flatMap((best) => {
    if (best.contact.p < 0.5) return [];
    const other = signsOfAnotherRoot(patient, best);
    if (other === undefined) return [];
    return [
      say(
        'discordance.wrong-root',
        {
          level: best.contact.level,
          root: best.contact.root,
          other: other.root,
          side: `@side.${best.contact.side}`,
        },
        'moderate',
        [
          ...best.contact.reasons,
          ...other.signs.map(because),
          rule('rule.discordance-root', 'signs of a root that the image does not show in trouble'),
        ],
      ),
    ];
  });
}

function stenosisWithoutLegs(patient: PatientCase): Statement[] {
  const leg = anyLegPain(patient);
  const claudication = usableFact(patient, 'symptoms', 'claudication');
  if (leg?.value !== false || claudication?.value === 'yes') return [];
  return (patient.findings?.levels ?? []).flatMap((level, i) => {
    const p = atLeast(level.schizas, 2) ?? atLeast(level.leeCentral, 3);
    if (p === undefined || p < 0.5) return [];
    const path = `findings.levels[${i}].${level.schizas === undefined ? 'leeCentral' : 'schizas'}`;
    return [
      say('discordance.stenosis-without-leg-symptoms', { level: level.level }, 'moderate', [
        { kind: 'fact', path, text: `${level.level} severe central stenosis` },
        because(leg),
        rule(
          'rule.discordance-stenosis',
          'severe stenosis on the image without leg symptoms is common and is not treated for itself',
        ),
      ]),
    ];
  });
}

function legWithoutRoot(patient: PatientCase, contacts: readonly ImageContact[]): Statement[] {
  const knee = belowKneePain(patient);
  if (knee?.value !== true || patient.findings === null) return [];
  if (contacts.some((c) => c.p >= 0.35)) return [];
  const read = rootsWereRead(patient.findings);
  const reasons: Reason[] = [
    because(knee),
    {
      kind: 'fact',
      path: 'findings.levels',
      text: read ? 'no root contact read' : 'no plane that shows the roots',
    },
    rule(
      'rule.discordance-no-root',
      'think of the hip, a peripheral nerve, numbering of the levels, or far-lateral disease outside the slices',
    ),
  ];
  return [
    say(read ? 'discordance.leg-without-root' : 'discordance.roots-not-shown', {}, 'moderate', reasons),
  ];
}

function usualForAge(patient: PatientCase, base: EvidenceBase): Statement[] {
  const age = ageOf(patient);
  if (age === undefined || patient.findings === null) return [];
  const out = new Map<string, Statement>();
  patient.findings.levels.forEach((level, i) => {
    if (level.abstained !== undefined) return;
    const at = `findings.levels[${i}]`;
    const seen: [string, number | undefined, string][] = [
      ['disc-degeneration', atLeast(level.pfirrmann, 3), `${at}.pfirrmann`],
      ['bulge', isPresence(level.bulging) ? level.bulging.p : undefined, `${at}.bulging.p`],
      ['height-loss', isPresence(level.narrowing) ? level.narrowing.p : undefined, `${at}.narrowing.p`],
    ];
    for (const [finding, p, path] of seen) {
      if (p === undefined || p < 0.5 || out.has(finding)) continue;
      const share = prevalenceWithoutPain(finding, age.value, base);
      if (share === null || share.p < USUAL) continue;
      const reasons: Reason[] = [
        { kind: 'fact', path, text: `${level.level} ${finding}` },
        because(age),
        ...share.ids.map((id): Reason => ({ kind: 'evidence', id, text: finding })),
      ];
      out.set(
        finding,
        say(
          'discordance.usual-for-age',
          {
            finding: `@finding.${finding}`,
            age: traced(age.value, [because(age)]),
            p: traced(share.p, reasons.slice(2)),
          },
          'strong',
          reasons,
        ),
      );
    }
  });
  return [...out.values()];
}

function numbering(patient: PatientCase): Statement[] {
  const enumeration = patient.findings?.enumeration;
  if (enumeration === undefined) return [];
  if (enumeration.transitional === 'none' || enumeration.transitional === 'unknown') return [];
  return [
    say('discordance.transitional', { kind: `@transitional.${enumeration.transitional}` }, 'moderate', [
      { kind: 'fact', path: 'findings.enumeration.transitional', text: enumeration.transitional },
      rule(
        'rule.transitional',
        'with a transitional vertebra the root at a disc may be one level off; the level must be confirmed before any procedure',
      ),
    ]),
  ];
}
