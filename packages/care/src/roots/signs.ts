import type { NerveRoot, PainRegion, PatientCase, Side } from '@foramen/spine';
import { isWithheld, type Seen, usableFact } from '../facts.ts';
import { BELOW_KNEE, LEG, ROOT_SUPPLY } from './root-map.ts';

/** Symptoms and signs of one root on one side, each with its address; lists hold only what was found or denied. */
export interface RootPicture {
  readonly root: NerveRoot;
  readonly side: Side;
  readonly dermatomalPain: readonly Seen<unknown>[];
  readonly belowKneePain: readonly Seen<unknown>[];
  readonly tension: readonly Seen<unknown>[];
  readonly motor: readonly Seen<unknown>[];
  readonly reflex: readonly Seen<unknown>[];
  readonly sensory: readonly Seen<unknown>[];
  /** Examined and normal; kept apart from not examined. */
  readonly normal: readonly Seen<unknown>[];
}

const isSide = (stated: string | undefined, side: Side): boolean => stated === side || stated === 'bilateral';

/** The painful regions, unless a contradiction has put them in doubt. */
export function regionsOf(patient: PatientCase) {
  return isWithheld(patient, 'intake.symptoms.regions') ? undefined : patient.intake?.symptoms?.regions;
}

/** Regions of leg pain on one side, with their addresses. A region without a side takes the side of the leg pain. */
function painRegions(patient: PatientCase, side: Side): readonly Seen<PainRegion>[] {
  const regions = regionsOf(patient);
  if (regions === undefined) return [];
  const common = usableFact(patient, 'symptoms', 'legPainSide')?.value;
  return regions.flatMap((entry, i) => {
    const stated = entry.side ?? common;
    return isSide(stated, side)
      ? [{ value: entry.region, path: `intake.symptoms.regions[${i}].region` }]
      : [];
  });
}

/** Leg pain on a side: yes, no, or undefined when it was not said. */
export function legPain(patient: PatientCase, side: Side): Seen<boolean> | undefined {
  const region = painRegions(patient, side).find((r) => LEG.includes(r.value));
  if (region !== undefined) return { value: true, path: region.path, shown: region.value };
  const stated = usableFact(patient, 'symptoms', 'legPainSide');
  const nrs = usableFact(patient, 'symptoms', 'legPainNrs');
  const none = usableFact(patient, 'symptoms', 'pain');
  if (nrs !== undefined && nrs.value === 0) return { value: false, path: nrs.path, shown: 0 };
  if (none?.value === 'none') return { value: false, path: none.path, shown: 'none' };
  if (stated !== undefined) {
    return { value: isSide(stated.value, side), path: stated.path, shown: stated.value };
  }
  return undefined;
}

/** Any leg pain at all, on either side or of unstated side. */
export function anyLegPain(patient: PatientCase): Seen<boolean> | undefined {
  const sides = [legPain(patient, 'left'), legPain(patient, 'right')];
  const yes = sides.find((s) => s?.value === true);
  if (yes !== undefined) return yes;
  const nrs = usableFact(patient, 'symptoms', 'legPainNrs');
  if (nrs !== undefined) return { value: nrs.value > 0, path: nrs.path, shown: nrs.value };
  const regions = regionsOf(patient);
  const leg = regions?.findIndex((r) => LEG.includes(r.region)) ?? -1;
  if (leg >= 0) {
    return { value: true, path: `intake.symptoms.regions[${leg}].region`, shown: regions?.[leg]?.region };
  }
  if (regions !== undefined && regions.length > 0) {
    return { value: false, path: 'intake.symptoms.regions', shown: 'no leg region' };
  }
  return sides.find((s) => s !== undefined);
}

/** Pain below the knee, whatever the side. */
export function belowKneePain(patient: PatientCase): Seen<boolean> | undefined {
  const regions = regionsOf(patient);
  if (regions === undefined || regions.length === 0) {
    const leg = anyLegPain(patient);
    return leg?.value === false ? leg : undefined;
  }
  const i = regions.findIndex((r) => BELOW_KNEE.includes(r.region));
  return i >= 0
    ? { value: true, path: `intake.symptoms.regions[${i}].region`, shown: regions[i]?.region }
    : { value: false, path: 'intake.symptoms.regions', shown: 'not below the knee' };
}

/** Everything the intake says about one root on one side. */
export function rootPicture(patient: PatientCase, root: NerveRoot, side: Side): RootPicture {
  const supply = ROOT_SUPPLY[root];
  const picture = {
    root,
    side,
    dermatomalPain: [] as Seen<unknown>[],
    belowKneePain: [] as Seen<unknown>[],
    tension: [] as Seen<unknown>[],
    motor: [] as Seen<unknown>[],
    reflex: [] as Seen<unknown>[],
    sensory: [] as Seen<unknown>[],
    normal: [] as Seen<unknown>[],
  };
  if (supply === undefined) return picture;
  for (const region of painRegions(patient, side)) {
    if (supply.regions.includes(region.value)) picture.dermatomalPain.push(region);
    else if (supply.belowKnee && BELOW_KNEE.includes(region.value)) picture.belowKneePain.push(region);
  }
  const symptoms = patient.intake?.symptoms;
  const doubtful = (path: string): boolean => isWithheld(patient, path);
  symptoms?.numbness?.forEach((entry, i) => {
    if (doubtful('intake.symptoms.numbness')) return;
    if (supply.regions.includes(entry.region) && isSide(entry.side ?? symptoms.legPainSide, side)) {
      picture.sensory.push({ value: entry.region, path: `intake.symptoms.numbness[${i}].region` });
    }
  });
  // An examination of a day to come, or one that contradicts itself, carries no sign.
  const exam = patient.intake?.examination;
  if (exam === undefined || doubtful('intake.examination')) return picture;
  for (const test of supply.tension) {
    const value = exam[test]?.[side];
    const seen = { value, path: `intake.examination.${test}.${side}` };
    if (value === 'positive') picture.tension.push(seen);
    else if (value === 'negative') picture.normal.push(seen);
  }
  const motorKey = side === 'left' ? 'motorLeft' : 'motorRight';
  for (const muscle of supply.muscles) {
    const value = exam[motorKey]?.[muscle];
    if (value === undefined || doubtful(`intake.examination.${motorKey}`)) continue;
    const seen = { value, path: `intake.examination.${motorKey}.${muscle}` };
    (value < 5 ? picture.motor : picture.normal).push(seen);
  }
  if (supply.reflex !== null) {
    const key = supply.reflex === 'patellar' ? 'patellarReflex' : 'achillesReflex';
    const value = exam[key]?.[side];
    const seen = { value, path: `intake.examination.${key}.${side}` };
    if (value === 'reduced' || value === 'absent') picture.reflex.push(seen);
    else if (value === 'normal') picture.normal.push(seen);
  }
  const sensoryKey = side === 'left' ? 'sensoryLossLeft' : 'sensoryLossRight';
  const lost = exam[sensoryKey];
  if (lost !== undefined) {
    const i = lost.indexOf(root);
    const path = `intake.examination.${sensoryKey}`;
    if (i >= 0) picture.sensory.push({ value: root, path: `${path}[${i}]` });
    else picture.normal.push({ value: 'normal', path });
  }
  return picture;
}

export function hasPain(picture: RootPicture): boolean {
  return picture.dermatomalPain.length + picture.belowKneePain.length > 0;
}

export function hasSign(picture: RootPicture): boolean {
  return picture.tension.length + picture.motor.length + picture.reflex.length + picture.sensory.length > 0;
}

export function supports(picture: RootPicture): readonly Seen<unknown>[] {
  return [
    ...picture.dermatomalPain,
    ...picture.belowKneePain,
    ...picture.tension,
    ...picture.motor,
    ...picture.reflex,
    ...picture.sensory,
  ];
}

/** Findings that name a root by themselves; the straight leg raise does not tell L5 from S1. */
export const naming = (p: RootPicture): readonly Seen<unknown>[] => [
  ...p.motor,
  ...p.reflex,
  ...p.sensory,
  ...p.tension.filter((t) => t.path.includes('femoralStretch')),
];
