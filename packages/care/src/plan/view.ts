import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { PatientCase, Side, Triage } from '@foramen/spine';
import { isPresence } from '@foramen/spine';
import type { Condition } from '../differential/condition.ts';
import { type DifferentialWork, weighDifferential } from '../differential/differential.ts';
import { narrowFromDepth } from '../differential/image-readings.ts';
import { ageOf, intakeFact, isWithheld, type Seen, SIDES, scoreOf, unlessWithheld } from '../facts.ts';
import { type ConcordanceWork, weighConcordance } from '../roots/concordance.ts';
import { atLeast, type ImageContact, imageContacts } from '../roots/contacts.ts';
import { anyLegPain } from '../roots/signs.ts';
import { type TakenDrug, takenDrugs } from './drug-classes.ts';
import { folded } from './past-conditions.ts';

export type Outcome = 'better' | 'same' | 'worse';

/** What earlier treatments did for this patient, by option id. */
interface PriorTreatment {
  readonly option: string;
  readonly outcome: Outcome | undefined;
  readonly weeks: number | undefined;
  readonly fact: Seen<string>;
}

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
  readonly prior: readonly PriorTreatment[];
  readonly modic: (Seen<number> & { readonly type: 1 | 2 }) | undefined;
  readonly severeStenosis: Seen<number> | undefined;
  readonly anyStenosis: Seen<number> | undefined;
  readonly slip: Seen<number> | undefined;
  readonly odi: Seen<number> | undefined;
  readonly painfulSides: readonly Side[];
}

const PRIOR_NAMES: readonly (readonly [RegExp, string])[] = [
  [/transforaminal|tfesi|nerve root (?:block|injection)/, 'esi-transforaminal'],
  [/interlaminar/, 'esi-interlaminar'],
  [/caudal/, 'esi-caudal'],
  [
    /epidural|\besi\b|(?:spinal|back|cortisone|steroid) injection|infiltracion (?:lumbar|con corticoide)/,
    'epidural-steroid',
  ],
  [
    /medial branch (?:block|injection)|facet (?:joint )?(?:block|injection)|\bmbb\b|bloqueo (?:facetario|de (?:la )?rama medial)|infiltracion facetaria/,
    'medial-branch-block',
  ],
  [
    /sacroiliac (?:joint )?(?:block|injection)|\bsij? (?:joint )?(?:block|injection)|(?:bloqueo|infiltracion) sacroiliac/,
    'si-block',
  ],
  [/sacroiliac.*(?:radiofrequency|\brf[an]?\b)|radiofrecuencia.*sacroiliac/, 'rf-sacroiliac'],
  [
    /radiofrequency|radiofrecuencia|denervation|denervacion|rhizotomy|rizotomia|\brf[an]?\b/,
    'rf-medial-branch',
  ],
  [/basivertebral|bvna/, 'basivertebral-ablation'],
  [/spinal cord stim|\bscs\b|estimulacion medular/, 'scs'],
  [
    /\bcbt\b|cognitive|cognitivo|pain management program|multidisciplin|functional restoration|unidad del dolor|rehabilitacion intensiva/,
    'cbt-rehabilitation',
  ],
  [
    /physio|exercise|physical therapy|\bpt\b|rehab|education|back school|yoga|pilates|tai chi|manual|chiropract|osteopath|fisioterapia|ejercicio|escuela de espalda|quiropract|osteopat/,
    'education-exercise',
  ],
  [
    /nsaid|ibuprofen|naprox|diclofenac|celecoxib|meloxicam|etoricoxib|anti-?inflam|antiinflam|\baines?\b/,
    'nsaid',
  ],
  [/duloxetin|snri|venlafaxin/, 'snri'],
  [/gabapentin|pregabalin/, 'gabapentinoid'],
  [/opioid|opioide|code?ina?\b|codeine|tramadol|oxycodone|oxicodona|morphine|morfina|tapentadol/, 'opioid'],
  [
    /muscle relaxant|relajante muscular|cyclobenzaprin|ciclobenzaprin|methocarbamol|metocarbamol|tizanidin/,
    'muscle-relaxant',
  ],
  [/paracetamol|acetaminophen|acetaminofen/, 'paracetamol'],
];

type Told = NonNullable<NonNullable<NonNullable<PatientCase['intake']>['history']>['priorTreatments']>;
const priorRead = new WeakMap<Told, readonly PriorTreatment[]>();

/** Earlier treatments by option, read once for a list: simulated answers share it. */
function priorTreatments(patient: PatientCase): readonly PriorTreatment[] {
  const told = patient.intake?.history?.priorTreatments;
  if (told === undefined) return [];
  const known = priorRead.get(told);
  if (known !== undefined) return known;
  const made = readPrior(told);
  priorRead.set(told, made);
  return made;
}

function readPrior(told: Told): readonly PriorTreatment[] {
  return told.flatMap((t, i) => {
    const name = folded(t.treatment);
    const option = PRIOR_NAMES.find(([pattern]) => pattern.test(name))?.[1];
    if (option === undefined) return [];
    const outcome = t.outcome === 'unknown' ? undefined : t.outcome;
    return [
      {
        option,
        outcome,
        weeks: t.weeks,
        fact: { value: t.treatment, path: `intake.history.priorTreatments[${i}].treatment` },
      },
    ];
  });
}

/** Weeks of non-surgical care: the longest stated course; the treatments' own weeks only, never the symptom duration. */
function conservativeWeeks(patient: PatientCase): Seen<number> | undefined {
  let best: Seen<number> | undefined;
  (patient.intake?.history?.priorTreatments ?? []).forEach((t, i) => {
    if (t.weeks === undefined || /surgery|ectomy|fusion|decompression/.test(t.treatment.toLowerCase()))
      return;
    if (best === undefined || t.weeks > best.value) {
      best = { value: t.weeks, path: `intake.history.priorTreatments[${i}].weeks` };
    }
  });
  return best;
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
    conservativeWeeks: conservativeWeeks(patient),
    legPain: anyLegPain(patient),
    legNrs: usable(patient, intakeFact(patient, 'symptoms', 'legPainNrs')),
    backNrs: usable(patient, intakeFact(patient, 'symptoms', 'backPainNrs')),
    drugs: takenDrugs(patient),
    prior: priorTreatments(patient),
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
