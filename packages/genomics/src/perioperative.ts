import type { DrugAction, PerioperativeItem } from '@foramen/spine';
import { guidanceName } from '@foramen/spine/genome';
import { againstDrug, careFor } from './alternatives.ts';
import type { GeneState } from './gene-state.ts';
import { opioidPrecautions } from './interactions.ts';
import { MEDICINES, type Medicine, type MedicineClass, medicine, type PatientContext } from './medicines.ts';

const OUT: ReadonlySet<string> = new Set(['avoid', 'alternative']);

/** No gene test makes these safe, so none of them is ever put forward. */
const NEVER_CLEARED: ReadonlySet<MedicineClass> = new Set(['volatile-anaesthetic']);

interface Slot {
  readonly role: PerioperativeItem['role'];
  readonly classes: readonly MedicineClass[];
  readonly limit: number;
}

const SLOTS: readonly Slot[] = [
  { role: 'opioid', classes: ['opioid'], limit: 3 },
  { role: 'nsaid', classes: ['nsaid'], limit: 2 },
  { role: 'antiemetic', classes: ['antiemetic'], limit: 3 },
  {
    role: 'anaesthetic',
    classes: ['intravenous-anaesthetic', 'volatile-anaesthetic', 'muscle-relaxant'],
    limit: 4,
  },
  { role: 'local-anaesthetic', classes: ['local-anaesthetic'], limit: 3 },
  { role: 'blood-thinner', classes: ['platelet-inhibitor'], limit: 2 },
];

function reasonsFor(drug: string, actions: readonly DrugAction[]): string[] {
  return actions
    .filter((entry) => entry.drug === drug && OUT.has(entry.action))
    .map(
      (entry) =>
        `${drug}: ${entry.doseText ?? entry.action} (${guidanceName(entry)}, ${(entry.basis ?? entry.genes).join(', ')})`,
    );
}

/** What malignant hyperthermia genes say about an anaesthetic; silence and a negative result are both not "safe". */
function hyperthermia(
  known: ReadonlyMap<string, readonly GeneState[]>,
  open: ReadonlyMap<string, readonly string[]>,
  context: PatientContext,
): { susceptible: boolean; text: string } {
  const genes = ['RYR1', 'CACNA1S'];
  const positive = genes.filter((gene) =>
    (known.get(gene) ?? []).some((s) => s.phenotype.startsWith('Malignant')),
  );
  if (positive.length > 0) {
    return {
      susceptible: true,
      text: `${positive.join(' and ')}: malignant hyperthermia susceptible; no volatile agent, no succinylcholine, clean machine, dantrolene at hand`,
    };
  }
  if (context.illnesses?.includes('hyperthermia')) {
    return {
      susceptible: true,
      text: 'malignant hyperthermia in the person or the family: susceptible until a test of muscle clears it, whatever the genes say; no volatile agent, no succinylcholine, clean machine, dantrolene at hand',
    };
  }
  const tested = genes.filter((gene) => (known.get(gene) ?? []).length > 0);
  const unread = tested.filter((gene) => open.has(gene));
  const partly = unread.length > 0 ? ` (${unread.join(' and ')} not fully read)` : '';
  return {
    susceptible: false,
    text:
      tested.length === 0
        ? 'RYR1 and CACNA1S not tested: ask for own and family reactions to anaesthesia'
        : `${tested.join(' and ')}: no known susceptibility variant${partly}, which does not rule malignant hyperthermia out; ask for own and family reactions`,
  };
}

/** Of pain relievers, what is given around an operation comes first. */
function firstInHospital(a: Medicine, b: Medicine): number {
  const relieves = a.class === 'opioid' || a.class === 'nsaid';
  const order = relieves ? Number(b.inHospital ?? false) - Number(a.inHospital ?? false) : 0;
  return order || a.rank - b.rank;
}

/** One page for an operation: opioid, NSAID, antiemetic, anaesthetic, local anaesthetic and blood thinner, seen together. */
export function perioperativePlan(
  actions: readonly DrugAction[],
  known: ReadonlyMap<string, readonly GeneState[]>,
  context: PatientContext,
  open: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly PerioperativeItem[] {
  const mh = hyperthermia(known, open, context);
  const g6pd = known.get('G6PD') ?? [];
  const told = context.illnesses?.includes('g6pd') === true;
  const deficient = told || g6pd.some((state) => /Deficient|Variable/.test(state.phenotype));
  return SLOTS.map(({ role, classes, limit }): PerioperativeItem => {
    const prefer: string[] = [];
    const avoid: string[] = [];
    const because: string[] = [];
    for (const kind of classes) {
      let taken = 0;
      for (const entry of MEDICINES.filter((m) => m.class === kind).sort(firstInHospital)) {
        const genes = reasonsFor(entry.drug, actions);
        const patient = againstDrug(entry.drug, context, 'monitored');
        const mhOut = mh.susceptible && (kind === 'volatile-anaesthetic' || entry.drug === 'succinylcholine');
        const g6pdOut = deficient && entry.drug === 'prilocaine';
        if (genes.length > 0 || patient.length > 0 || mhOut || g6pdOut) {
          avoid.push(entry.drug);
          because.push(
            ...(mhOut ? [] : genes.slice(0, 1)),
            ...(mhOut ? [] : patient).map((why) => `${entry.drug}: ${why}`),
          );
        } else if (
          entry.rank < 9 &&
          taken < Math.ceil(limit / classes.length) &&
          !entry.cyp2d6Prodrug &&
          !NEVER_CLEARED.has(kind) &&
          entry.drug !== 'succinylcholine'
        ) {
          const reduced = actions.some(
            (a) => a.drug === entry.drug && (a.action === 'reduce' || a.action === 'start-low'),
          );
          if (!reduced) {
            prefer.push(entry.drug);
            taken++;
          }
        }
      }
    }
    if (role === 'opioid' && prefer.length > 0) because.unshift(...opioidPrecautions(context));
    if (role === 'anaesthetic') {
      because.unshift(mh.text);
      // No guideline acts on it, and its variants are not among the positions read here.
      because.push('succinylcholine: BCHE is not read; ask for long apnoea in person and family');
    }
    if (role === 'blood-thinner')
      because.push(
        'before an injection or operation the drug itself, not the genotype, sets how long to stop it',
      );
    if (role === 'local-anaesthetic') {
      because.push(
        deficient
          ? 'G6PD deficiency: watch for methaemoglobinaemia (avoid prilocaine and benzocaine); methylene blue is contraindicated (FDA, second-hand)'
          : g6pd.length > 0 && g6pd.every((state) => state.phenotype === 'Normal') && !open.has('G6PD')
            ? 'G6PD: no reason to choose another local anaesthetic'
            : `G6PD ${g6pd.length > 0 ? 'not settled' : 'not tested'}: no change, but remember it if methaemoglobinaemia occurs`,
      );
    }
    for (const drug of prefer) {
      const care = careFor(medicine(drug) as Medicine, context, 'monitored');
      if (care.length > 0) because.push(`${drug}, with care: ${care.join('; ')}`);
      const unread = actions.filter((a) => a.drug === drug && a.provisional !== undefined);
      const genes = [...new Set(unread.flatMap((a) => a.genes.filter((gene) => open.has(gene))))];
      if (genes.length > 0)
        because.push(`${drug}: ${genes.join(' and ')} not fully read, so not known to be normal`);
    }
    return { role, prefer, avoid, because: [...new Set(because)] };
  });
}
