import { EVIDENCE, type EvidenceBase, parameter } from '@foramen/evidence';
import type { AxialZone, DiscLevel, Enumeration, NerveRoot, PainRegion } from '@foramen/spine';
import { NERVE_ROOTS, vertebraAbove, vertebraBelow } from '@foramen/spine';

/** What one lumbosacral root supplies (standard anatomy; the MRC muscles are those of the intake's examination). */
interface RootSupply {
  readonly regions: readonly PainRegion[];
  readonly muscles: readonly (
    | 'hipFlexion'
    | 'kneeExtension'
    | 'ankleDorsiflexion'
    | 'greatToeExtension'
    | 'hipAbduction'
    | 'anklePlantarflexion'
  )[];
  readonly reflex: 'patellar' | 'achilles' | null;
  readonly tension: readonly ('straightLegRaise' | 'femoralStretch')[];
  /** Whether pain below the knee on that side counts as pain of this root. */
  readonly belowKnee: boolean;
}

export const ROOT_SUPPLY: Readonly<Partial<Record<NerveRoot, RootSupply>>> = {
  L2: {
    regions: ['anterior-thigh', 'groin'],
    muscles: ['hipFlexion'],
    reflex: null,
    tension: ['femoralStretch'],
    belowKnee: false,
  },
  L3: {
    regions: ['anterior-thigh', 'medial-thigh', 'knee'],
    muscles: ['kneeExtension'],
    reflex: 'patellar',
    tension: ['femoralStretch'],
    belowKnee: false,
  },
  L4: {
    regions: ['medial-leg', 'knee'],
    muscles: ['kneeExtension', 'ankleDorsiflexion'],
    reflex: 'patellar',
    tension: ['femoralStretch'],
    belowKnee: true,
  },
  L5: {
    regions: ['lateral-leg', 'dorsum-foot', 'great-toe'],
    muscles: ['greatToeExtension', 'hipAbduction', 'ankleDorsiflexion'],
    reflex: null,
    tension: ['straightLegRaise'],
    belowKnee: true,
  },
  S1: {
    regions: ['posterior-calf', 'lateral-foot', 'sole'],
    muscles: ['anklePlantarflexion'],
    reflex: 'achilles',
    tension: ['straightLegRaise'],
    belowKnee: true,
  },
};

export const BELOW_KNEE: readonly PainRegion[] = [
  'medial-leg',
  'lateral-leg',
  'posterior-calf',
  'dorsum-foot',
  'great-toe',
  'lateral-foot',
  'sole',
];
export const LEG: readonly PainRegion[] = [
  ...BELOW_KNEE,
  'anterior-thigh',
  'medial-thigh',
  'lateral-thigh',
  'posterior-thigh',
  'knee',
];

function asRoot(name: string): NerveRoot | undefined {
  // The root of an L6 vertebra works as S1 does in most people with a lumbarised segment.
  const root = name === 'L6' ? 'S1' : name;
  return (NERVE_ROOTS as readonly string[]).includes(root) ? (root as NerveRoot) : undefined;
}

/** The root that crosses the disc to leave one level below: hit by central, paracentral and subarticular disease. */
export function traversingRoot(level: DiscLevel): NerveRoot | undefined {
  return level === 'L6-S1' ? 'S2' : asRoot(vertebraBelow(level));
}

/** The root that leaves through the foramen at this disc: hit by foraminal and extraforaminal disease. */
export function exitingRoot(level: DiscLevel): NerveRoot | undefined {
  return asRoot(vertebraAbove(level));
}

interface RootCandidate {
  readonly root: NerveRoot;
  /** Share of belief that disease in this zone at this level meets this root. */
  readonly share: number;
}

/**
 * The roots that disease at a level and zone may meet. A zone that was not read splits between traversing and
 * exiting root; numbering that is not sure (transitional anatomy) leaks to the neighbouring roots.
 */
export function rootsAt(
  level: DiscLevel,
  zone: AxialZone,
  enumeration: Enumeration,
  base: EvidenceBase = EVIDENCE,
): readonly RootCandidate[] {
  const traversing = traversingRoot(level);
  const exiting = exitingRoot(level);
  const parts: [NerveRoot | undefined, number][] = [];
  switch (zone) {
    case 'central':
    case 'subarticular':
      parts.push([traversing, 1]);
      break;
    case 'foraminal':
    case 'extraforaminal':
      parts.push([exiting, 1]);
      break;
    case 'anterior':
      break;
    case 'unknown':
      {
        const lateral = parameter('care-far-lateral-share', base).value;
        parts.push([traversing, 1 - lateral], [exiting, lateral]);
      }
      break;
    default: {
      const never: never = zone;
      return never;
    }
  }
  const sure = numberingCertainty(enumeration, base);
  const shares = new Map<NerveRoot, number>();
  for (const [root, share] of parts) {
    if (root === undefined) continue;
    const add = (r: NerveRoot | undefined, s: number): void => {
      if (r !== undefined && s > 0) shares.set(r, (shares.get(r) ?? 0) + s);
    };
    add(root, share * sure);
    const i = NERVE_ROOTS.indexOf(root);
    add(NERVE_ROOTS[i - 1], (share * (1 - sure)) / 2);
    add(NERVE_ROOTS[i + 1], (share * (1 - sure)) / 2);
  }
  return [...shares].map(([root, share]) => ({ root, share })).sort((a, b) => b.share - a.share);
}

/** How far level names may be trusted; transitional anatomy caps it whatever the reader's own confidence. */
function numberingCertainty(enumeration: Enumeration, base: EvidenceBase = EVIDENCE): number {
  const cap =
    enumeration.transitional === 'none' || enumeration.transitional === 'unknown'
      ? 1
      : enumeration.transitional === 'possible'
        ? parameter('care-numbering-possible', base).value
        : parameter('care-numbering-transitional', base).value;
  return Math.max(0, Math.min(enumeration.confidence, cap));
}
