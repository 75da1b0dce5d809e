import type { DrugAction } from '@foramen/spine';
import { guidanceName } from '@foramen/spine/genome';
import { drugName, namesDrug } from './drug-name.ts';
import { againstByIllness, careByIllness } from './illness-rules.ts';
import { againstByMedication, careByMedication, type Setting } from './interactions.ts';
import { MEDICINES, type Medicine, type MedicineClass, medicine, type PatientContext } from './medicines.ts';

/**
 * What does the same job, first choice first. For a tricyclic or an anticonvulsant the job here is neuropathic or radicular pain, so the list is
 * that of the pain guidelines (NeuPSIG, Finnerup 2015: gabapentinoids, SNRI, tricyclics first; lidocaine plaster second; EAN,
 * Bendtsen 2019, for trigeminal neuralgia: baclofen as an add-on), and drugs for epilepsy or depression alone are not on it.
 */
const FOR_NEUROPATHIC_PAIN = ['gabapentin', 'pregabalin', 'duloxetine', 'venlafaxine', 'lidocaine plaster'];
const SNRI: readonly string[] = ['duloxetine', 'venlafaxine', 'milnacipran'];

function standIns(own: Medicine): readonly Medicine[] {
  const named = (list: readonly string[]) => list.flatMap((drug) => medicine(drug) ?? []);
  const ofClass = (kind: MedicineClass) =>
    MEDICINES.filter((entry) => entry.class === kind).sort((a, b) => a.rank - b.rank);
  switch (own.class) {
    case 'tricyclic':
      return named(['nortriptyline', 'desipramine', ...FOR_NEUROPATHIC_PAIN]);
    case 'anticonvulsant':
      return named([...FOR_NEUROPATHIC_PAIN, 'baclofen', 'nortriptyline']);
    case 'antidepressant': {
      const all = ofClass('antidepressant');
      const first = SNRI.includes(own.drug)
        ? SNRI
        : ['sertraline', 'escitalopram', 'citalopram', 'mirtazapine'];
      return [...named(first), ...all.filter((entry) => !first.includes(entry.drug))];
    }
    case 'volatile-anaesthetic':
      return ofClass('intravenous-anaesthetic');
    case 'opioid':
    case 'nsaid':
      // From 10 on: methadone is for those who know it, and what CYP2D6 or CYP2C9 governs is no way out of either.
      return ofClass(own.class).filter((entry) => !entry.inHospital && entry.rank < 10);
    default:
      return ofClass(own.class);
  }
}

export interface Candidate {
  readonly drug: string;
  /** Why it is not offered; empty when it is. */
  readonly against: readonly string[];
  /** What to look after in this person where it is. */
  readonly care: readonly string[];
}

function againstByPatient(drug: Medicine, context: PatientContext, setting: Setting): string[] {
  const out: string[] = [];
  const { egfr, ageYears } = context;
  if (egfr !== undefined && drug.minEgfr !== undefined && egfr < drug.minEgfr)
    out.push(`eGFR ${egfr} is below ${drug.minEgfr}`);
  if (ageYears !== undefined && drug.maxAge !== undefined && ageYears >= drug.maxAge)
    out.push(`age ${ageYears}`);
  if (ageYears !== undefined && drug.minAge !== undefined && ageYears < drug.minAge)
    out.push(`under ${drug.minAge} years`);
  const groups = [drug.drug, ...(drug.allergyGroups ?? [])];
  const allergy = (context.allergies ?? []).find((entry) =>
    groups.some((word) => drugName(entry).includes(word)),
  );
  if (allergy) out.push(`allergy: ${allergy}`);
  const illnesses = context.illnesses ?? [];
  if (egfr === undefined && drug.minEgfr !== undefined && illnesses.includes('kidneyFailed'))
    out.push('kidneys failed');
  out.push(...againstByIllness(drug, illnesses, setting === 'monitored'));
  return out;
}

/** Below this eGFR the dose is smaller (labels). */
const SMALLER_DOSE_BELOW: Readonly<Record<string, number>> = {
  gabapentin: 60,
  pregabalin: 60,
  baclofen: 60,
  morphine: 60,
  oxycodone: 60,
  hydromorphone: 60,
  venlafaxine: 30,
  milnacipran: 30,
  mirtazapine: 40,
  tizanidine: 25,
};

/** What to look after where a drug is given to this person: smaller doses, illnesses and drugs that call for watching. */
export function careFor(
  drug: Medicine,
  context: PatientContext,
  setting: Setting = 'at home',
): readonly string[] {
  const { egfr, ageYears } = context;
  const below = drug.class === 'nsaid' ? 60 : SMALLER_DOSE_BELOW[drug.drug];
  const out: string[] = [];
  if (egfr !== undefined && below !== undefined && egfr < below)
    out.push(drug.class === 'nsaid' ? `kidneys checked (eGFR ${egfr})` : `smaller dose for eGFR ${egfr}`);
  // Boxed warning of all antidepressants, FDA 2007: children and young adults.
  if (ageYears !== undefined && ageYears < 25 && /^(?:antidepressant|tricyclic)$/.test(drug.class))
    out.push(`age ${ageYears}: thoughts of suicide asked after in the first weeks`);
  out.push(...careByIllness(drug, context.illnesses ?? [], setting === 'monitored'));
  out.push(...careByMedication(drug, context));
  return out;
}

function isTaken(drug: string, context: PatientContext): boolean {
  return (context.medications ?? []).some((m) => m.stoppedDaysAgo === undefined && namesDrug(m.name, drug));
}

/** What the genes say against offering a drug in place of another. An HLA allele that was not tested is not a negative one. */
function againstByGenes(drug: string, actions: readonly DrugAction[]): string[] {
  return actions
    .filter((entry) => entry.drug === drug)
    .flatMap((entry) => {
      if (entry.action === 'standard' || entry.action === 'no-recommendation') return [];
      if (entry.action === 'untested') {
        const hla = entry.genes.filter((gene) => gene.startsWith('HLA'));
        return hla.length > 0 ? [`${hla.join(' and ')} not tested`] : [];
      }
      return [
        `${guidanceName(entry)}: ${entry.action} (${entry.basis?.join(', ') ?? entry.genes.join(', ')})`,
      ];
    });
}

/**
 * What could be given in place of a drug, each candidate checked against the same patient's other genes, drugs, kidneys, age and
 * allergies. An opioid that CYP2D6 activates never stands in for another.
 */
export function alternativesFor(
  drug: string,
  actions: readonly DrugAction[],
  context: PatientContext,
  population = '',
): readonly Candidate[] {
  const own = medicine(drug);
  if (!own) return [];
  const person = withoutDrug(drug, /stroke/.test(population) ? afterStroke(context) : context);
  return standIns(own)
    .filter((entry) => entry.drug !== drug)
    .map((entry): Candidate => {
      const against = [
        ...(own.cyp2d6Prodrug && entry.cyp2d6Prodrug ? ['activated by CYP2D6 too'] : []),
        ...againstByGenes(entry.drug, actions),
        ...(isTaken(entry.drug, context) ? ['taken already'] : []),
        ...againstByPatient(entry, person, 'at home'),
        ...againstByMedication(entry, person),
      ];
      return { drug: entry.drug, against: [...new Set(against)], care: careFor(entry, person) };
    });
}

/** The patient as they would be once the drug to be replaced is gone. */
function withoutDrug(drug: string, context: PatientContext): PatientContext {
  if (!context.medications) return context;
  return { ...context, medications: context.medications.filter((m) => !namesDrug(m.name, drug)) };
}

function afterStroke(context: PatientContext): PatientContext {
  return { ...context, illnesses: [...(context.illnesses ?? []), 'stroke'] };
}

/** Why nothing is offered, for the first few that were looked at. */
export function whyNone(candidates: readonly Candidate[]): string | null {
  if (candidates.length === 0 || candidates.some((candidate) => candidate.against.length === 0)) return null;
  const reasons = candidates.slice(0, 4).map((c) => `${c.drug} (${c.against[0] ?? ''})`);
  return `no alternative passes the checks: ${reasons.join(', ')}`;
}

/** What to look after with the drugs that are offered, as one clause; null where nothing is. */
export function careWith(candidates: readonly Candidate[], names: readonly string[]): string | null {
  const said = candidates
    .filter((candidate) => names.includes(candidate.drug) && candidate.care.length > 0)
    .map((candidate) => `${candidate.drug} (${candidate.care.join('; ')})`);
  return said.length > 0 ? `of the alternatives, with care: ${said.join(', ')}` : null;
}

/** The names to offer, best first. */
export function offered(candidates: readonly Candidate[], limit = 4): readonly string[] {
  return candidates
    .filter((candidate) => candidate.against.length === 0)
    .slice(0, limit)
    .map((c) => c.drug);
}

/** Why the patient's own facts speak against a drug, whatever the genes say. */
export function againstDrug(
  drug: string,
  context: PatientContext,
  setting: Setting = 'at home',
): readonly string[] {
  const own = medicine(drug);
  return own
    ? [
        ...new Set([
          ...againstByPatient(own, context, setting),
          ...againstByMedication(own, context, setting),
        ]),
      ]
    : [];
}
