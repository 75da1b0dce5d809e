import { EVIDENCE, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';
import type {
  DiscLevel,
  Graded,
  LevelFindings,
  NerveRoot,
  Reason,
  Side,
  SpineFindings,
} from '@foramen/spine';
import { isGrade, isPresence } from '@foramen/spine';
import { ID } from '../evidence-ids.ts';
import { round, type Seen, SIDES } from '../facts.ts';
import { boundByAgreement, kappaOf } from './agreement.ts';
import { type HerniationSeen, herniationSeen } from './herniation-seen.ts';
import { rootsAt } from './root-map.ts';

/** What the image says about one root on one side at one level. */
export interface ImageContact {
  readonly level: DiscLevel;
  readonly side: Side;
  readonly root: NerveRoot;
  /** Probability that disease at this level meets this root on this side, bounded by reader agreement. */
  readonly p: number;
  readonly mechanism: 'herniation' | 'foraminal' | 'recess' | 'central';
  /** False when the side was not read; both sides then carry half. */
  readonly sideRead: boolean;
  readonly fact: Seen<unknown>;
  readonly reasons: readonly Reason[];
}

/** Probability that a graded finding is at `from` or worse. `index` maps a grade to its place in `p`. */
export function atLeast(graded: Graded | undefined, fromIndex: number): number | undefined {
  if (!isGrade(graded)) return undefined;
  return graded.p.slice(fromIndex).reduce((sum, p) => sum + p, 0);
}

function sidesOf(level: LevelFindings): readonly [Side, number][] {
  switch (level.herniationSide) {
    case 'left':
    case 'right':
      return [[level.herniationSide, 1]];
    case 'bilateral':
    case 'midline':
      return SIDES.map((s) => [s, 1]);
    default:
      return SIDES.map((s) => [s, 0.5]);
  }
}

function ofLevel(
  level: LevelFindings,
  i: number,
  findings: SpineFindings,
  base: EvidenceBase,
): ImageContact[] {
  if (level.abstained !== undefined) return [];
  const out: ImageContact[] = [];
  const at = `findings.levels[${i}]`;
  const evidence = (id: string): Reason => ({
    kind: 'evidence',
    id,
    text: recordOf('agreement', id, base).item,
  });
  const put = (
    side: Side,
    root: NerveRoot,
    p: number,
    mechanism: ImageContact['mechanism'],
    sideRead: boolean,
    fact: Seen<unknown>,
    agreement: string,
    rules: readonly Reason[] = [],
  ): void => {
    if (!(p >= 0.02)) return;
    out.push({
      level: level.level,
      side,
      root,
      p: round(p),
      mechanism,
      sideRead,
      fact,
      reasons: [
        { kind: 'fact', path: fact.path, text: `${level.level} ${String(fact.path.split('.').pop())}` },
        evidence(agreement),
        ...rules,
      ],
    });
  };

  const contactKappa = kappaOf(ID.agreementRoot, base);
  const seen = herniationSeen(level, at, base);
  level.rootContacts?.forEach((contact, c) => {
    const fact = { value: contact.grade, path: `${at}.rootContacts[${c}].grade` };
    const mechanism =
      level.herniationZone === 'foraminal' || level.herniationZone === 'extraforaminal' || !herniated(level)
        ? mechanismOf(level, contact.side)
        : 'herniation';
    if (contact.read !== undefined && contact.path !== undefined) {
      // Names of roots follow from the numbering of discs here; a radiologist's report has settled them.
      const zone = contact.path === 'traversing' ? 'subarticular' : 'foraminal';
      const p = boundByAgreement(herniationMeets(seen, contact.read.byGrade), contactKappa);
      for (const c of rootsAt(level.level, zone, findings.enumeration, base))
        put(contact.side, c.root, p * c.share, 'herniation', true, fact, ID.agreementRoot, [
          { kind: 'fact', path: fact.path, text: contact.read.because },
        ]);
      return;
    }
    const p = contact.grade === 'none' ? 1 - contact.p : contact.p;
    put(
      contact.side,
      contact.root,
      boundByAgreement(p, contactKappa),
      mechanism,
      true,
      fact,
      ID.agreementRoot,
    );
  });
  const unread = level.rootsNotAssessed ?? [];
  if ((level.rootContacts === undefined || unread.length > 0) && seen !== undefined) {
    const size = atLeast(level.msuSize, 1);
    const typed = level.herniationType === 'extrusion' || level.herniationType === 'sequestration';
    const given = size ?? (typed ? 0.8 : parameter('care-contact-given-herniation', base).value);
    const bounded = seen.p * given;
    const fact = { value: seen.graded, path: `${at}.herniation.p` };
    const rules: Reason[] = [
      ...seen.reasons,
      ...(size === undefined
        ? [
            {
              kind: 'evidence' as const,
              id: 'parameter/care-contact-given-herniation',
              text: 'contact was not read, only herniation',
            },
          ]
        : []),
    ];
    // Where some roots were read, the herniation speaks only for those that were not.
    const open = (side: Side, root: NerveRoot): boolean =>
      level.rootContacts === undefined || unread.some((u) => u.side === side && u.root === root);
    // A herniation that was looked for and is unlikely says nothing about a root.
    if (seen.graded >= 0.2) {
      for (const [side, share] of sidesOf(level)) {
        for (const c of rootsAt(level.level, level.herniationZone ?? 'unknown', findings.enumeration, base)) {
          if (!open(side, c.root)) continue;
          put(
            side,
            c.root,
            bounded * share * c.share,
            'herniation',
            share === 1,
            fact,
            ID.agreementMorphology,
            rules,
          );
        }
      }
    }
  }
  for (const side of SIDES) {
    const foraminal = atLeast(level.leeForaminal?.[side], 2);
    if (foraminal !== undefined && foraminal >= 0.2) {
      const p = boundByAgreement(foraminal, kappaOf(ID.agreementForaminal, base));
      const fact = { value: level.leeForaminal?.[side], path: `${at}.leeForaminal.${side}` };
      for (const c of rootsAt(level.level, 'foraminal', findings.enumeration, base)) {
        put(side, c.root, p * c.share, 'foraminal', true, fact, ID.agreementForaminal);
      }
    }
    const recess = atLeast(level.lateralRecess?.[side], 2);
    if (recess !== undefined && recess >= 0.2) {
      const p = boundByAgreement(recess, kappaOf(ID.agreementRecess, base));
      const fact = { value: level.lateralRecess?.[side], path: `${at}.lateralRecess.${side}` };
      for (const c of rootsAt(level.level, 'subarticular', findings.enumeration, base)) {
        put(side, c.root, p * c.share, 'recess', true, fact, ID.agreementRecess);
      }
    }
    const schizas = atLeast(level.schizas, 1);
    if (schizas !== undefined && schizas >= 0.2) {
      const p = boundByAgreement(schizas, kappaOf(ID.agreementSchizas, base));
      const fact = { value: level.schizas, path: `${at}.schizas` };
      for (const c of rootsAt(level.level, 'subarticular', findings.enumeration, base)) {
        put(side, c.root, p * c.share, 'central', true, fact, ID.agreementSchizas);
      }
    }
  }
  return out;
}

/**
 * Probability that a herniation meets the root, from a contact that was read on the picture: a root pushed away or pressed flat was met by
 * displaced tissue, while a mere touch may be the disc's ordinary edge and counts as far as there is a herniation. At a slip it may be the disc's
 * uncovered edge that pushes.
 */
function herniationMeets(
  seen: HerniationSeen | undefined,
  [, touched, pushed, pressed]: readonly [number, number, number, number],
): number {
  return (pushed + pressed) * (1 - (seen?.uncovered ?? 0)) + touched * (seen?.p ?? 1);
}

function herniated(level: LevelFindings): boolean {
  return isPresence(level.herniation)
    ? level.herniation.p >= 0.5
    : level.herniationType !== undefined && !['bulge', 'unknown'].includes(level.herniationType);
}

function mechanismOf(level: LevelFindings, side: Side): ImageContact['mechanism'] {
  if (herniated(level)) return 'herniation';
  if ((atLeast(level.leeForaminal?.[side], 2) ?? 0) >= 0.5) return 'foraminal';
  if ((atLeast(level.lateralRecess?.[side], 2) ?? 0) >= 0.5) return 'recess';
  if ((atLeast(level.schizas, 1) ?? 0) >= 0.5) return 'central';
  return 'herniation';
}

/**
 * Every root the image may show touched, the surest reading of each (level, side, root, mechanism) only. Levels in
 * the study's order, left before right.
 */
export function imageContacts(
  findings: SpineFindings | null,
  base: EvidenceBase = EVIDENCE,
): readonly ImageContact[] {
  if (findings === null) return [];
  const best = new Map<string, ImageContact>();
  findings.levels.forEach((level, i) => {
    for (const c of ofLevel(level, i, findings, base)) {
      const key = `${c.level}|${c.side}|${c.root}|${c.mechanism}`;
      const had = best.get(key);
      if (had === undefined || c.p > had.p) best.set(key, c);
    }
  });
  return [...best.values()];
}

/**
 * Whether axial slices, or a reading that needs them, were at hand: contact read there or in a report, a graded canal, recess or foramen. The
 * side of a herniation alone is seen on sagittal slices too.
 */
export function axialWasRead(findings: SpineFindings | null): boolean {
  const levels = findings?.levels ?? [];
  return (
    levels.some((l) => l.schizas !== undefined) ||
    rootsWereRead(
      findings === null
        ? null
        : { ...findings, levels: levels.map(({ herniationSide: _, ...level }) => level) },
    )
  );
}

/**
 * Whether the study could show root contact at all: an axial plane, a report of the roots, or a side-by-side grading. Sagittal slices show
 * contact where they find it and cannot deny it.
 */
export function rootsWereRead(findings: SpineFindings | null): boolean {
  if (findings === null) return false;
  return findings.levels.some(
    (l) =>
      (l.rootContacts !== undefined &&
        (l.rootContacts.length === 0 ||
          l.rootContacts.some(
            (c) => c.read === undefined || c.grade !== 'none' || c.read.planes.includes('axial'),
          ))) ||
      Object.values(l.leeForaminal ?? {}).some(isGrade) ||
      Object.values(l.lateralRecess ?? {}).some(isGrade) ||
      (l.herniationSide !== undefined && l.herniationSide !== 'unknown'),
  );
}
