import type { DrugAction } from '@foramen/spine';
import { againstDrug, alternativesFor, careWith, offered, whyNone } from './alternatives.ts';
import { type GeneState, stateLabel } from './gene-state.ts';
import { type AppliedRule, applyGuideline, guidanceTables, remarkFor } from './guidance.ts';
import type { Classification, Guideline } from './guidance-table.ts';
import { medicine, type PatientContext } from './medicines.ts';
import { POPULATIONS, type Population, whyNotEstimated } from './populations.ts';
import { untestedPrior, valueOfOtherGene } from './untested.ts';

const STRENGTH: Readonly<Record<Classification, DrugAction['strength']>> = {
  Strong: 'strong',
  Moderate: 'moderate',
  Optional: 'optional',
  'No recommendation': 'none',
  Unspecified: 'none',
  None: 'none',
};

const POPULATION_WORDS: Readonly<Record<string, string>> = {
  'CBZ naive': 'not taken before',
  'CBZ use >3mos': 'taken for over 3 months',
  'CBZ-no alternatives': 'not taken before, no alternative',
  'OXC naive': 'not taken before',
  'OXC use >3 mos': 'taken for over 3 months',
  'PHT naive': 'not taken before',
  'PHT use >3mos': 'taken for over 3 months',
  'CVI ACS PCI': 'acute coronary syndrome or stent',
  'CVI non-ACS non-PCI': 'other cardiovascular',
  NVI: 'stroke or TIA',
};

const TRICYCLIC_LOW_DOSE =
  'at the low doses of neuropathic pain CPIC advises no change: watch for side effects (the advice is for depression doses)';

interface KnownGenes {
  /** With current drugs taken into account. */
  readonly states: ReadonlyMap<string, readonly GeneState[]>;
  /** By genotype alone. */
  readonly before: ReadonlyMap<string, readonly GeneState[]>;
  /** Notes a rule on this gene must carry. */
  readonly cautions: ReadonlyMap<string, readonly string[]>;
  /** Genes whose call leaves altered alleles open, because their positions are missing. */
  readonly open: ReadonlyMap<string, readonly string[]>;
}

export function populationOf(context: PatientContext): Population | null {
  return POPULATIONS.find((population) => population === context.ancestry) ?? null;
}

function sameStates(a: readonly GeneState[] | undefined, b: readonly GeneState[] | undefined): boolean {
  const key = (list: readonly GeneState[] | undefined) =>
    (list ?? []).map((s) => `${s.phenotype}|${s.score}`).join();
  return key(a) === key(b);
}

function remarks(guideline: Guideline, genes: KnownGenes): string[] {
  return guidanceTables()
    .flatMap((table) => table.guidelines)
    .filter((other) => other.drug === guideline.drug && other.guideline !== guideline.guideline)
    .flatMap((other) =>
      other.genes.flatMap((gene) => (genes.states.get(gene) ?? []).map((state) => remarkFor(other, state))),
    )
    .filter((text): text is string => text !== null)
    .filter((text, at, all) => all.indexOf(text) === at);
}

/** What stands against a drug apart from the genes. */
function thisPatient(drug: string, context: PatientContext): readonly string[] {
  return againstDrug(drug, context).map((against) => `this patient: ${against}`);
}

/** Ways named in one clause; the rest is counted. */
const MOST_WAYS_NAMED = 4;

function wayText(states: readonly GeneState[]): string {
  return states
    .map(({ gene, diplotype, phenotype, score }) =>
      diplotype === '' ? stateLabel(gene, phenotype, score) : `${gene} ${diplotype}`,
    )
    .join(' with ');
}

/** Which of several ways that fit must be true for this action to hold; null where it holds in all of them. */
function dependence({ ways, ofWays }: AppliedRule): string | null {
  if (ways.length >= ofWays) return null;
  const names = [...new Set(ways.map(wayText))];
  const more = names.length > MOST_WAYS_NAMED ? ` or ${names.length - MOST_WAYS_NAMED} more` : '';
  return `${names.slice(0, MOST_WAYS_NAMED).join(' or ')}${more}`;
}

/** One clause on what an action owes to several ways that fit alike: that it depends on which is true, or that it does not. */
function ofSeveral(applied: AppliedRule): readonly string[] {
  const depends = dependence(applied);
  if (depends !== null)
    return [
      `depends on which is true: holds if ${depends} (${applied.ways.length} of ${applied.ofWays} that fit)`,
    ];
  return applied.ofWays > 1 ? [`the same for each of the ${applied.ofWays} that fit`] : [];
}

function actionFrom(applied: AppliedRule, genes: KnownGenes, context: PatientContext): DrugAction {
  const { guideline, rule, states, untestedGenes } = applied;
  const because = [...states.map((state) => state.label), ...ofSeveral(applied)];
  const depends = dependence(applied);
  for (const gene of untestedGenes) because.push(`${gene} not tested`);
  const value =
    untestedGenes.length > 0 && guideline.guideline === 'CPIC'
      ? valueOfOtherGene(guideline, genes.states, populationOf(context), applied.dated)
      : null;
  if (value !== null) because.push(value);
  const converted = guideline.genes.filter(
    (gene) => !sameStates(genes.states.get(gene), genes.before.get(gene)),
  );
  for (const gene of converted) {
    const alone = applyGuideline(guideline, genes.before, applied.dated)?.[0];
    const was =
      (genes.before.get(gene) ?? []).map((state) => state.label).join(' or ') || `${gene} not tested`;
    because.push(`by genotype alone: ${was}${alone ? `, ${alone.rule.advice.action}` : ''}`);
  }
  for (const gene of guideline.genes) because.push(...(genes.cautions.get(gene) ?? []));
  if (guideline.guideline === 'CPIC') because.push(...remarks(guideline, genes));
  const tricyclic = medicine(guideline.drug)?.class === 'tricyclic';
  const lowDose =
    tricyclic && rule.advice.action !== 'standard' && rule.advice.action !== 'no-recommendation';
  if (lowDose) because.push(TRICYCLIC_LOW_DOSE);
  because.push(...thisPatient(guideline.drug, context));
  const population = POPULATION_WORDS[rule.population] ?? '';
  const open = guideline.genes.flatMap((gene) =>
    (genes.open.get(gene) ?? []).map((name) => `${gene} ${name}`),
  );
  const unread = guideline.genes.filter((gene) => genes.open.has(gene));
  return {
    drug: guideline.drug,
    genes: guideline.genes,
    action: rule.advice.action,
    strength: STRENGTH[rule.classification],
    because,
    alternatives: [],
    sources: guideline.sources,
    guideline: guideline.guideline,
    ...(population ? { population } : {}),
    ...(tricyclic ? { indication: 'depression doses; neuropathic pain: see reasons' } : {}),
    doseText: rule.advice.text,
    classification: rule.classification,
    ...(guideline.level === undefined ? {} : { cpicLevel: guideline.level }),
    basis: states.map((state) => state.label),
    ...(depends === null ? {} : { dependsOn: depends }),
    ...(open.length > 0 ? { notExcluded: open } : {}),
    ...(unread.length > 0 ? { provisional: `${unread.join(' and ')} not fully read` } : {}),
    dated: applied.dated,
    ...(guideline.secondHand ? { verified: false } : {}),
  };
}

function untestedAction(guideline: Guideline, context: PatientContext, dated: string): DrugAction {
  const prior = untestedPrior(guideline, populationOf(context), dated);
  return {
    drug: guideline.drug,
    genes: guideline.genes,
    action: 'untested',
    strength: 'none',
    because: [
      ...guideline.genes.map((gene) => `${gene} not tested: no result, which is not the same as normal`),
      ...thisPatient(guideline.drug, context),
    ],
    alternatives: [],
    sources: guideline.sources,
    guideline: guideline.guideline,
    ...(guideline.level === undefined ? {} : { cpicLevel: guideline.level }),
    doseText: prior?.text ?? `Not tested. ${guideline.genes.map(whyNotEstimated).join('. ')}`,
    dated,
    ...(guideline.secondHand ? { verified: false } : {}),
    ...(prior ? { untested: prior } : {}),
  };
}

/** Offered drugs whose own gene was not fully read: a provisional normal is no more than "nothing found so far". */
function unreadOf(names: readonly string[], actions: readonly DrugAction[]): string | null {
  const doubtful = names.flatMap((name) => {
    const why = actions.find((action) => action.drug === name && action.provisional !== undefined);
    return why ? [`${name} (${why.provisional})`] : [];
  });
  return doubtful.length > 0 ? `of the alternatives, not settled by genes: ${doubtful.join(', ')}` : null;
}

/** The alternatives are for pain; seizures are another matter. */
function forSeizures(drug: string, context: PatientContext): string | null {
  return medicine(drug)?.class === 'anticonvulsant' && context.illnesses?.includes('seizures')
    ? 'seizures: the alternatives are for pain; a drug against seizures is changed only with whoever treats them'
    : null;
}

/** Actions for every drug the guidance covers, alternatives filled in once all actions are known. */
export function drugActions(genes: KnownGenes, context: PatientContext): readonly DrugAction[] {
  const actions: DrugAction[] = [];
  const untested: DrugAction[] = [];
  for (const table of guidanceTables()) {
    for (const guideline of table.guidelines) {
      const applied = applyGuideline(guideline, genes.states, table.version);
      if (applied === null) {
        if (guideline.guideline === 'CPIC') untested.push(untestedAction(guideline, context, table.version));
        continue;
      }
      actions.push(...applied.map((rule) => actionFrom(rule, genes, context)));
    }
  }
  const known = new Set(actions.map((action) => action.drug));
  const all = [...actions, ...untested.filter((action) => !known.has(action.drug))];
  const offers = new Map<string, { readonly names: readonly string[]; readonly said: readonly string[] }>();
  const withOffers = all.map((action): DrugAction => {
    if (action.action === 'standard' || action.action === 'no-recommendation' || action.action === 'untested')
      return action;
    const key = `${action.drug} ${action.population ?? ''}`;
    let offer = offers.get(key);
    if (!offer) {
      const candidates = alternativesFor(action.drug, all, context, action.population);
      const names = offered(candidates);
      const said = [
        whyNone(candidates),
        unreadOf(names, all),
        careWith(candidates, names),
        forSeizures(action.drug, context),
      ];
      offer = { names, said: said.filter((text) => text !== null) };
      offers.set(key, offer);
    }
    return { ...action, because: [...action.because, ...offer.said], alternatives: offer.names };
  });
  const order: Readonly<Record<string, number>> = { CPIC: 0, DPWG: 1, FDA: 2 };
  return withOffers.sort(
    (a, b) =>
      (a.drug < b.drug ? -1 : a.drug > b.drug ? 1 : 0) ||
      (order[a.guideline ?? ''] ?? 9) - (order[b.guideline ?? ''] ?? 9) ||
      ((a.population ?? '') < (b.population ?? '') ? -1 : 1),
  );
}
