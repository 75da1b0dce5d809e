import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { PatientCase, Side, Triage } from '@foramen/spine';
import { isPresence } from '@foramen/spine';
import { type EarlierTreatment, earlierTreatments, weeksOfCare } from '../case/earlier-treatments.ts';
import type { Condition } from '../differential/condition.ts';
import { type DifferentialWork, weighDifferential } from '../differential/differential.ts';
import { narrowFromDepth } from '../differential/image-readings.ts';
import { ageOf, intakeFact, isWithheld, type Seen, SIDES, scoreOf, unlessWithheld } from '../facts.ts';
import { type ConcordanceWork, weighConcordance } from '../roots/concordance.ts';
import { atLeast, type ImageContact, imageContacts } from '../roots/contacts.ts';
import { anyLegPain } from '../roots/signs.ts';
import { type TakenDrug, takenDrugs } from './drug-classes.ts';

/**
 * The case as the plan reads it, computed once: beliefs, concordance and the known facts that checks turn on.
 * Everything that is `undefined` here is not known.
 */
export interface PlanView {
  readonly patient: PatientCase;
  readonly base: EvidenceBase;
  readonly contacts: readonly ImageContact[];
  readonly concordance: readonly ConcordanceWork[];
  readonly differential: DifferentialWork;
  readonly p: Readonly<Record<Condition, number>>;
  readonly triage: Triage | null;
  readonly age: Seen<number> | undefined;
  readonly durationWeeks: Seen<number> | undefined;
  readonly conservativeWeeks: Seen<number> | undefined;
  readonly legPain: Seen<boolean> | undefined;
  readonly legNrs: Seen<number> | undefined;
  readonly backNrs: Seen<number> | undefined;
  readonly drugs: readonly TakenDrug[];
  readonly prior: readonly EarlierTreatment[];
  readonly modic: (Seen<number> & { readonly type: 1 | 2 }) | undefined;
  readonly severeStenosis: Seen<number> | undefined;
  readonly anyStenosis: Seen<number> | undefined;
  readonly slip: Seen<number> | undefined;
  readonly odi: Seen<number> | undefined;
  readonly painfulSides: readonly Side[];
}

function usable(patient: PatientCase, fact: Seen<number> | undefined): Seen<number> | undefined {
  return fact !== undefined && isWithheld(patient, fact.path) ? undefined : fact;
}

/** How long and which way it goes: triage and plan turn on them, the differential reads neither. */
const NOT_READ: ReadonlySet<string> = new Set(['durationWeeks', 'course']);

type Symptoms = NonNullable<PatientCase['intake']>['symptoms'];
function sameSymptoms(a: Symptoms, b: Symptoms): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as ReadonlySet<keyof typeof a>;
  for (const key of keys) if (a[key] !== b[key] && !NOT_READ.has(key)) return false;
  return true;
}

/** Whether everything the differential reads is the very same in two cases; structure is shared when nothing changed. */
function sameBearing(a: PatientCase, b: PatientCase): boolean {
  return (
    sameSymptoms(a.intake?.symptoms, b.intake?.symptoms) &&
    a.intake?.examination === b.intake?.examination &&
    a.intake?.person === b.intake?.person &&
    a.intake?.history?.priorTreatments === b.intake?.history?.priorTreatments &&
    a.intake?.setting === b.intake?.setting
  );
}

/** Reads a case for planning. `previous` lends what a simulated answer cannot have changed. `triage` is null only where it is not needed (simulated answers that cannot change it). */
export function planView(
  patient: PatientCase,
  triage: Triage | null,
  base: EvidenceBase = EVIDENCE,
  previous?: PlanView,
): PlanView {
  const same =
    previous !== undefined && previous.base === base && previous.patient.findings === patient.findings;
  const contacts = same ? previous.contacts : imageContacts(patient.findings, base);
  const fracture = triage?.flags.find((f) => f.condition === 'fracture')?.p ?? null;
  const alike =
    same &&
    sameBearing(previous.patient, patient) &&
    (previous.triage?.flags.find((f) => f.condition === 'fracture')?.p ?? null) === fracture;
  const differential = alike ? previous.differential : weighDifferential(patient, contacts, fracture, base);
  const p = Object.fromEntries(differential.conditions.map((c) => [c.condition, c.p])) as Record<
    Condition,
    number
  >;
  let modic: PlanView['modic'];
  let severeStenosis: Seen<number> | undefined;
  let anyStenosis: Seen<number> | undefined;
  let slip: Seen<number> | undefined;
  patient.findings?.levels.forEach((level, i) => {
    const at = `findings.levels[${i}]`;
    if (level.abstained !== undefined) return;
    const two = atLeast(level.modic, 1);
    if (two !== undefined && /^L[3-6]-/.test(level.level)) {
      const grade = level.modic !== undefined && 'p' in level.modic ? level.modic.p : [];
      const shown = (grade[1] ?? 0) + (grade[2] ?? 0);
      if (modic === undefined || shown > modic.value) {
        modic = { value: shown, path: `${at}.modic`, type: (grade[1] ?? 0) >= (grade[2] ?? 0) ? 1 : 2 };
      }
    }
    const path = `${at}.${level.schizas === undefined ? 'leeCentral' : 'schizas'}`;
    const severe = atLeast(level.schizas, 2) ?? atLeast(level.leeCentral, 3);
    if (severe !== undefined && (severeStenosis === undefined || severe > severeStenosis.value)) {
      severeStenosis = { value: severe, path };
    }
    const recess = SIDES.flatMap((s) => {
      const v = [atLeast(level.lateralRecess?.[s], 2), atLeast(level.leeForaminal?.[s], 2)].filter(
        (x) => x !== undefined,
      );
      return v.length > 0 ? [Math.max(...v)] : [];
    });
    // Where no axial slice grades a level, the depth of its canal speaks: an ungraded level is not an open one.
    const depth = level.measures.canalApMm;
    const central =
      atLeast(level.schizas, 1) ??
      atLeast(level.leeCentral, 2) ??
      (depth === undefined ? -1 : narrowFromDepth(depth));
    const narrow = Math.max(-1, central, ...recess);
    if (narrow >= 0 && (anyStenosis === undefined || narrow > anyStenosis.value)) {
      anyStenosis = { value: narrow, path: `${at}` };
    }
    if (
      isPresence(level.spondylolisthesis) &&
      (slip === undefined || level.spondylolisthesis.p > slip.value)
    ) {
      slip = { value: level.spondylolisthesis.p, path: `${at}.spondylolisthesis.p` };
    }
  });
  const rmdq = scoreOf(patient, /^(rmdq|roland)/i);
  const odi =
    scoreOf(patient, /^(odi|oswestry)/i) ??
    (rmdq === undefined ? undefined : { value: (rmdq.value * 100) / 24, path: rmdq.path });
  return {
    patient,
    base,
    contacts,
    concordance: alike ? previous.concordance : weighConcordance(patient, contacts),
    differential,
    p,
    triage,
    age: unlessWithheld(patient, ageOf(patient)),
    durationWeeks: usable(patient, intakeFact(patient, 'symptoms', 'durationWeeks')),
    conservativeWeeks: weeksOfCare(patient),
    legPain: anyLegPain(patient),
    legNrs: usable(patient, intakeFact(patient, 'symptoms', 'legPainNrs')),
    backNrs: usable(patient, intakeFact(patient, 'symptoms', 'backPainNrs')),
    drugs: takenDrugs(patient),
    prior: earlierTreatments(patient),
    modic,
    severeStenosis,
    anyStenosis,
    slip,
    odi,
    painfulSides: SIDES.filter((s) => {
      const stated = patient.intake?.symptoms?.legPainSide;
      return stated === s || stated === 'bilateral';
    }),
  };
}

/** Conditions that press on a root. */
export function radicular(view: PlanView): number {
  return view.p.herniation + view.p['lateral-recess-stenosis'] + view.p['foraminal-stenosis'];
}
export function claudicant(view: PlanView): number {
  return view.p['central-stenosis'] + view.p['lateral-recess-stenosis'] * 0.5;
}
