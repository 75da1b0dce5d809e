import { EVIDENCE, type EvidenceBase, likelihoodRatio, parameter } from '@foramen/evidence';
import type { DiscLevel, Laterality, LevelFindings, NerveRoot, PatientCase, Reason } from '@foramen/spine';
import { isGrade, isPresence } from '@foramen/spine';
import { because, type Seen, SIDES } from '../facts.ts';
import type { ImageContact } from '../roots/contacts.ts';
import { atLeast } from '../roots/contacts.ts';
import { legPain, type RootPicture, rootPicture, supports } from '../roots/signs.ts';
import type { Condition } from './condition.ts';

/** Where a condition may sit, with its share of that condition's probability. */
export interface Site {
  readonly level?: DiscLevel;
  readonly side?: Laterality;
  readonly root?: NerveRoot;
  readonly share: number;
  readonly reasons: readonly Reason[];
}

/** Roots that may be hit when nothing was imaged; their shares are records of the evidence base. */
const ROOTS: readonly NerveRoot[] = ['S1', 'L5', 'L4', 'L3', 'L2'];

/** How much a root's own pain and signs favour it over the other roots; correlated signs are shrunk as everywhere. */
function rootFavour(picture: RootPicture, base: EvidenceBase): number {
  const logs: number[] = [];
  const put = (id: string): void => {
    const value = likelihoodRatio(id, base).positive?.value;
    if (value !== undefined) logs.push(Math.log(value));
  };
  const log1 = (kind: string): number => Math.log(parameter(`care-root-${kind}`, base).value);
  if (picture.dermatomalPain.length > 0) logs.push(log1('dermatomal'));
  else if (picture.belowKneePain.length > 0) logs.push(log1('below-knee'));
  if (picture.motor.length > 0) logs.push(log1('motor'));
  if (picture.sensory.length > 0) logs.push(log1('sensory'));
  if (picture.tension.length > 0) {
    if (picture.root === 'L5' || picture.root === 'S1') logs.push(log1('tension'));
    else put('lr/femoral-stretch');
  }
  if (picture.reflex.length > 0) put(picture.root === 'S1' ? 'lr/achilles-absent' : 'lr/patellar-loss-L4');
  logs.sort((a, b) => b - a);
  const [second, further] = [
    parameter('lr-damping-second', base).value,
    parameter('lr-damping-third', base).value,
  ];
  let log = logs.reduce((sum, l, i) => sum + l * (i === 0 ? 1 : i === 1 ? second : further), 0);
  // Muscles, reflexes and skin of this root that were examined and normal count a little against it.
  if (picture.normal.length > 0) log -= Math.min(0.5, 0.15 * picture.normal.length);
  return Math.exp(log);
}

function normalise(sites: readonly Site[]): readonly Site[] {
  const total = sites.reduce((sum, s) => sum + s.share, 0);
  return total > 0 ? sites.map((s) => ({ ...s, share: s.share / total })) : [{ share: 1, reasons: [] }];
}

/** Sites of root disease: image contacts weighed by the symptoms of their root, plus what the image may have missed. */
function rootSites(
  patient: PatientCase,
  contacts: readonly ImageContact[],
  mechanism: ImageContact['mechanism'],
  base: EvidenceBase,
): readonly Site[] {
  const seen = contacts.filter((c) => c.mechanism === mechanism && c.p >= 0.05);
  const painful = SIDES.filter((s) => legPain(patient, s)?.value === true);
  const denied = SIDES.filter((s) => legPain(patient, s)?.value === false);
  const sites: Site[] = seen.map((c) => {
    const picture = rootPicture(patient, c.root, c.side);
    const side = painful.length === 1 && !painful.includes(c.side) && denied.includes(c.side) ? 0.15 : 1;
    return {
      level: c.level,
      side: c.side,
      root: c.root,
      share: c.p * rootFavour(picture, base) * side,
      reasons: [...c.reasons, ...supports(picture).map(because)],
    };
  });
  if (mechanism !== 'herniation' && seen.length > 0) return normalise(sites);
  // Not on the image (or no image): the roots the symptoms speak for, at a weight that fades when contacts were seen.
  const unseen = seen.length > 0 ? 0.08 : 1;
  const candidates = painful.length > 0 ? painful : SIDES.filter((s) => !denied.includes(s));
  for (const root of ROOTS) {
    const prior = parameter(`care-root-share-${root}`, base).value;
    for (const side of candidates) {
      const picture = rootPicture(patient, root, side);
      const found = supports(picture);
      if (found.length === 0) continue;
      sites.push({
        side,
        root,
        share: unseen * prior * rootFavour(picture, base),
        reasons: found.map(because),
      });
    }
  }
  return sites.length > 0 ? normalise(sites) : [{ share: 1, reasons: [] }];
}

function levelSites(
  patient: PatientCase,
  read: (level: LevelFindings, at: string) => Seen<number> | undefined,
): readonly Site[] {
  const findings = patient.findings;
  if (findings === null) return [{ share: 1, reasons: [] }];
  const sites = findings.levels.flatMap((level, i): Site[] => {
    if (level.abstained !== undefined) return [];
    const p = read(level, `findings.levels[${i}]`);
    return p === undefined || p.value < 0.2
      ? []
      : [
          {
            level: level.level,
            share: p.value,
            reasons: [{ kind: 'fact', path: p.path, text: level.level }],
          },
        ];
  });
  return normalise(sites);
}

/** Where each condition may sit in this patient. Shares of one condition sum to 1. */
export function sitesOf(
  condition: Condition,
  patient: PatientCase,
  contacts: readonly ImageContact[],
  base: EvidenceBase = EVIDENCE,
): readonly Site[] {
  switch (condition) {
    case 'herniation':
      return rootSites(patient, contacts, 'herniation', base);
    case 'foraminal-stenosis':
      return rootSites(patient, contacts, 'foraminal', base);
    case 'lateral-recess-stenosis':
      return rootSites(patient, contacts, 'recess', base);
    case 'central-stenosis':
      return levelSites(patient, (level, at) => {
        const p = atLeast(level.schizas, 1) ?? atLeast(level.leeCentral, 2);
        return p === undefined
          ? undefined
          : { value: p, path: isGrade(level.schizas) ? `${at}.schizas` : `${at}.leeCentral` };
      });
    case 'disc':
      return levelSites(patient, (level, at) => {
        const p = atLeast(level.modic, 1);
        return p === undefined ? undefined : { value: p, path: `${at}.modic` };
      });
    case 'spondylolisthesis':
      return levelSites(patient, (level, at) =>
        isPresence(level.spondylolisthesis)
          ? { value: level.spondylolisthesis.p, path: `${at}.spondylolisthesis.p` }
          : undefined,
      );
    case 'spondylolysis':
    case 'facet':
    case 'sacroiliac':
    case 'axial-spondyloarthritis':
    case 'fracture':
    case 'hip':
    case 'vascular-claudication':
    case 'peripheral-mimic':
    case 'non-specific':
      return [{ share: 1, reasons: [] }];
    default: {
      const never: never = condition;
      return never;
    }
  }
}
