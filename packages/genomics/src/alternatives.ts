import type { DrugAction } from '@foramen/spine';
import { guidanceName } from '@foramen/spine/genome';
import { drugName, namesDrug } from './drug-name.ts';
import { againstByMedication, type Setting } from './interactions.ts';
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
}

function againstByPatient(drug: Medicine, context: PatientContext): string[] {
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
  if (drug.class === 'nsaid' && context.heartFailure) out.push('heart failure');
  // NSAIDs from week 20 on (FDA 2020), and anticoagulants by mouth, cross to the child.
  if (context.pregnant && (drug.notInPregnancy || drug.class === 'nsaid' || drug.class === 'anticoagulant'))
    out.push('pregnancy');
  if (drug.gastric && context.ulcerOrGiBleed) out.push('ulcer or gastrointestinal bleed');
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
  return standIns(own)
    .filter((entry) => entry.drug !== drug)
    .map((entry): Candidate => {
      const against = [
        ...(own.cyp2d6Prodrug && entry.cyp2d6Prodrug ? ['activated by CYP2D6 too'] : []),
        ...(entry.notAfterStroke && /stroke/.test(population) ? ['contraindicated after stroke or TIA'] : []),
        ...againstByGenes(entry.drug, actions),
        ...(isTaken(entry.drug, context) ? ['taken already'] : []),
        ...againstByPatient(entry, context),
        ...againstByMedication(entry, withoutDrug(drug, context)),
      ];
      return { drug: entry.drug, against: [...new Set(against)] };
    });
}

/** The patient as they would be once the drug to be replaced is gone. */
function withoutDrug(drug: string, context: PatientContext): PatientContext {
  if (!context.medications) return context;
  return { ...context, medications: context.medications.filter((m) => !namesDrug(m.name, drug)) };
}

/** Why nothing is offered, for the first few that were looked at. */
export function whyNone(candidates: readonly Candidate[]): string | null {
  if (candidates.length === 0 || candidates.some((candidate) => candidate.against.length === 0)) return null;
  const reasons = candidates.slice(0, 4).map((c) => `${c.drug} (${c.against[0] ?? ''})`);
  return `no alternative passes the checks: ${reasons.join(', ')}`;
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
  return own ? [...againstByPatient(own, context), ...againstByMedication(own, context, setting)] : [];
}
