import type { DrugAction } from '@foramen/spine';
import { MEDICINES, type Medicine, type MedicineClass, medicine, type PatientContext } from './medicines.ts';
import { activeModulators, drugName } from './phenoconversion.ts';

/** Where to look when a drug is out: its own class first, then what does the same job. */
const STANDS_IN: Readonly<Partial<Record<MedicineClass, readonly MedicineClass[]>>> = {
  tricyclic: ['tricyclic', 'anticonvulsant', 'antidepressant'],
  anticonvulsant: ['anticonvulsant', 'antidepressant', 'tricyclic'],
  'volatile-anaesthetic': ['intravenous-anaesthetic'],
};

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
  if (drug.gastric && context.ulcerOrGiBleed) out.push('ulcer or gastrointestinal bleed');
  return out;
}

/** Drugs that would raise each other's effect or undo what the patient already takes. */
function againstByMedication(drug: Medicine, context: PatientContext): string[] {
  const medications = (context.medications ?? []).filter((m) => m.stoppedDaysAgo === undefined);
  const taken = medications.map((m) => drugName(m.name));
  const out: string[] = [];
  if (drug.cyp2d6Prodrug) {
    const inhibitor = activeModulators('CYP2D6', context.medications ?? []).find(
      (m) => m.strength !== 'weak',
    );
    if (inhibitor) out.push(`${inhibitor.drug} blocks its activation`);
  }
  if (drug.inhibitsCyp2d6) {
    const prodrug = MEDICINES.find(
      (entry) => entry.cyp2d6Prodrug && taken.some((name) => name.includes(entry.drug)),
    );
    if (prodrug) out.push(`would block the activation of ${prodrug.drug}`);
  }
  if (drug.serotonergic) {
    const other = MEDICINES.find(
      (entry) =>
        entry.serotonergic && entry.drug !== drug.drug && taken.some((name) => name.includes(entry.drug)),
    );
    if (other) out.push(`serotonin syndrome with ${other.drug}`);
    if (taken.some((name) => /phenelzine|tranylcypromine|moclobemide|linezolid|selegiline/.test(name)))
      out.push('MAO inhibitor');
  }
  const anticoagulated = taken.some((name) =>
    /warfarin|apixaban|rivaroxaban|edoxaban|dabigatran|heparin/.test(name),
  );
  if (drug.class === 'nsaid' && anticoagulated) out.push('bleeding with the anticoagulant taken');
  return out;
}

function isTaken(drug: string, context: PatientContext): boolean {
  return (context.medications ?? []).some(
    (m) => m.stoppedDaysAgo === undefined && drugName(m.name).includes(drug),
  );
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
        `${entry.guideline ?? 'rule'}: ${entry.action} (${entry.basis?.join(', ') ?? entry.genes.join(', ')})`,
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
): readonly Candidate[] {
  const own = medicine(drug);
  if (!own) return [];
  const classes = STANDS_IN[own.class] ?? [own.class];
  return classes.flatMap((kind) =>
    MEDICINES.filter((entry) => entry.class === kind && entry.drug !== drug)
      .sort((a, b) => a.rank - b.rank)
      .map((entry): Candidate => {
        const against = [
          ...(own.cyp2d6Prodrug && entry.cyp2d6Prodrug ? ['activated by CYP2D6 too'] : []),
          ...againstByGenes(entry.drug, actions),
          ...(isTaken(entry.drug, context) ? ['taken already'] : []),
          ...againstByPatient(entry, context),
          ...againstByMedication(entry, context),
        ];
        return { drug: entry.drug, against: [...new Set(against)] };
      }),
  );
}

/** The names to offer, best first. */
export function offered(candidates: readonly Candidate[], limit = 4): readonly string[] {
  return candidates
    .filter((candidate) => candidate.against.length === 0)
    .slice(0, limit)
    .map((c) => c.drug);
}

/** Why the patient's own facts speak against a drug, whatever the genes say. */
export function againstDrug(drug: string, context: PatientContext): readonly string[] {
  const own = medicine(drug);
  return own ? [...againstByPatient(own, context), ...againstByMedication(own, context)] : [];
}
