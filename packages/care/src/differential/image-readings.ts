import type { EvidenceBase } from '@foramen/evidence';
import type { PatientCase } from '@foramen/spine';
import { isGrade, isPresence } from '@foramen/spine';
import { ID } from '../evidence-ids.ts';
import { type Seen, SIDES } from '../facts.ts';
import { boundByAgreement, kappaOf } from '../roots/agreement.ts';
import { atLeast, type ImageContact, rootsWereRead } from '../roots/contacts.ts';
import { herniationSeen } from '../roots/herniation-seen.ts';
import { anyLegPain, legPain, rootPicture } from '../roots/signs.ts';
import type { Condition } from './condition.ts';

/** Adds one reading: condition, record, probability that the test is positive, facts, correlation group. */
export type Add = (
  condition: Condition,
  id: string,
  positive: number,
  facts: readonly (Seen<unknown> | undefined)[],
  group?: string,
) => void;

/** A result that was answered, as the probability that the test is positive. */
export const yes = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** Belief that the canal is narrow from its depth in the midline alone, where no axial slice grades it (under 10 mm absolute, under 12 mm relative; Verbiest). */
export function narrowFromDepth(canalApMm: number): number {
  return canalApMm < 10 ? 0.85 : canalApMm < 12 ? 0.5 : 0.15;
}

/** The greatest of some probabilities over the levels, with where it was read. */
function greatest(values: readonly (Seen<number> | undefined)[]): Seen<number> | undefined {
  return values.reduce<Seen<number> | undefined>(
    (best, v) => (v !== undefined && (best === undefined || v.value > best.value) ? v : best),
    undefined,
  );
}

export function imageReadings(
  patient: PatientCase,
  contacts: readonly ImageContact[],
  add: Add,
  base: EvidenceBase,
): void {
  const kappa = (id: string): number => kappaOf(id, base);
  const findings = patient.findings;
  if (findings === null) return;
  const levels = findings.levels.map((level, i) => ({ level, at: `findings.levels[${i}]` }));
  const over = (read: (l: (typeof levels)[number]) => Seen<number> | undefined): Seen<number> | undefined =>
    greatest(levels.filter((l) => l.level.abstained === undefined).map(read));

  const modic = (type: 1 | 2) =>
    over(({ level, at }) =>
      isGrade(level.modic)
        ? { value: boundByAgreement(level.modic.p[type] ?? 0, kappa(ID.agreementModic)), path: `${at}.modic` }
        : undefined,
    );
  const one = modic(1);
  const two = modic(2);
  if (one !== undefined) add('disc', 'lr/disc-modic-1', clean(one.value), [one]);
  if (two !== undefined) add('disc', 'lr/disc-modic-2', clean(two.value), [two]);
  const degenerate = over(({ level, at }) => {
    const p = atLeast(level.pfirrmann, 3);
    return p === undefined
      ? undefined
      : { value: boundByAgreement(p, kappa(ID.agreementDegeneration)), path: `${at}.pfirrmann` };
  });
  if (degenerate !== undefined) add('disc', 'lr/disc-degeneration', clean(degenerate.value), [degenerate]);

  for (const [key, id, agreement] of [
    ['annularFissure', 'lr/disc-fissure', ID.agreementHiz],
    ['highIntensityZone', 'lr/disc-hiz', ID.agreementHiz],
  ] as const) {
    const seen = over(({ level, at }) => {
      const found = level[key];
      return isPresence(found)
        ? { value: boundByAgreement(found.p, kappa(agreement)), path: `${at}.${key}.p` }
        : undefined;
    });
    if (seen !== undefined) add('disc', id, clean(seen.value), [seen]);
  }

  const herniation = over(({ level, at }) => {
    const seen = herniationSeen(level, at, base);
    return seen === undefined ? undefined : { value: seen.p, shown: seen.graded, path: `${at}.herniation.p` };
  });
  if (herniation !== undefined) add('herniation', 'lr/care-mri-herniation', herniation.value, [herniation]);
  const leg = anyLegPain(patient);
  if (rootsWereRead(findings)) {
    const touched = contacts.filter((c) => c.mechanism === 'herniation');
    const surest = touched.reduce<ImageContact | undefined>(
      (b, c) => (b === undefined || c.p > b.p ? c : b),
      undefined,
    );
    const where = surest?.fact ?? { value: 'none', path: 'findings.levels' };
    add('herniation', 'lr/care-mri-root-contact', surest?.p ?? 0, [where]);
    const any = Math.max(0, ...contacts.map((c) => c.p));
    // Pain in a leg, or a sign of a root there, that the picture explains with no root.
    const sign = (['left', 'right'] as const)
      .flatMap((side) =>
        (['L3', 'L4', 'L5', 'S1'] as const).flatMap((root) => rootPicture(patient, root, side).motor),
      )
      .at(0);
    const told = leg?.value === true ? leg : sign;
    if (told !== undefined)
      add('peripheral-mimic', 'lr/care-root-sign-mimic', any >= 0.5 ? 0 : 1, [told, where]);
    const painful = SIDES.filter((s) => legPain(patient, s)?.value === true);
    if (surest !== undefined && painful.length === 1 && surest.sideRead && surest.p >= 0.5) {
      const same = touched.some((c) => c.side === painful[0] && c.p >= 0.5);
      const id = same ? 'lr/care-root-contact-concordant' : 'lr/care-root-contact-wrong-side';
      add('herniation', id, 1, [where, legPain(patient, painful[0]!)]);
    }
  }
  const severe = over(({ level, at }) => {
    const p = atLeast(level.schizas, 2) ?? atLeast(level.leeCentral, 3);
    const path = isGrade(level.schizas) ? `${at}.schizas` : `${at}.leeCentral`;
    return p === undefined ? undefined : { value: boundByAgreement(p, kappa(ID.agreementCentral)), path };
  });
  if (severe !== undefined) add('central-stenosis', 'lr/care-severe-central-image', severe.value, [severe]);
  const narrow = over(({ level, at }) => {
    const p = atLeast(level.schizas, 1) ?? atLeast(level.leeCentral, 1);
    if (p !== undefined)
      return {
        value: boundByAgreement(p, kappa(ID.agreementCentral)),
        path: isGrade(level.schizas) ? `${at}.schizas` : `${at}.leeCentral`,
      };
    const ap = level.measures.canalApMm;
    return ap === undefined ? undefined : { value: narrowFromDepth(ap), path: `${at}.measures.canalApMm` };
  });
  if (narrow !== undefined) add('central-stenosis', 'lr/care-no-central-narrowing', narrow.value, [narrow]);
  for (const [condition, key, id, agreement] of [
    ['foraminal-stenosis', 'leeForaminal', 'lr/care-foraminal-image', ID.agreementForaminal],
    ['lateral-recess-stenosis', 'lateralRecess', 'lr/care-recess-image', ID.agreementRecess],
  ] as const) {
    const p = over(({ level, at }) =>
      greatest(
        SIDES.map((side) => {
          const v = atLeast(level[key]?.[side], 2);
          return v === undefined
            ? undefined
            : { value: boundByAgreement(v, kappa(agreement)), path: `${at}.${key}.${side}` };
        }),
      ),
    );
    if (p !== undefined) add(condition, id, p.value, [p]);
  }
  const slip = over(({ level, at }) =>
    isPresence(level.spondylolisthesis)
      ? {
          value: boundByAgreement(level.spondylolisthesis.p, kappa(ID.agreementSlip)),
          path: `${at}.spondylolisthesis.p`,
        }
      : undefined,
  );
  if (slip !== undefined) add('spondylolisthesis', 'lr/care-slip-image', slip.value, [slip]);
  const deformity = greatest(
    findings.vertebrae.map((v, i) => {
      const p = atLeast(v.genant, 1);
      return p === undefined ? undefined : { value: p, path: `findings.vertebrae[${i}].genant` };
    }),
  );
  if (deformity !== undefined) add('fracture', 'lr/care-fracture-image', deformity.value, [deformity]);
}

/** A ratio needs a result: probabilities next to 0 or 1 count as answered. */
function clean(p: number): number {
  return p < 0.02 ? 0 : p > 0.98 ? 1 : p;
}
