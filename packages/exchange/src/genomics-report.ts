import type { DrugAction, DrugActionKind, GeneResult, GenomicProfile } from '@foramen/spine';
import { guidanceName, shownPhenotype } from '@foramen/spine/genome';
import { collection, type FhirBundle, type FhirResource } from './collection.ts';

export type { FhirBundle, FhirResource } from './collection.ts';

/**
 * HL7 FHIR Genomics Reporting (STU3 of 2024-12, R4): a report, a genotype per gene, a therapeutic implication per drug action and, where the
 * action is another drug or a larger dose, a proposed task. Profiles: genomic-report, genotype, therapeutic-implication,
 * medication-recommendation. The drug-metabolism component of STU1 and STU2 (LOINC 53040-2) is kept beside the component that replaced it.
 */
const GUIDE = 'http://hl7.org/fhir/uv/genomics-reporting';
const LOINC = 'http://loinc.org';
const TBD = `${GUIDE}/CodeSystem/tbd-codes-cs`;

/** HGNC identifiers. */
const HGNC: Readonly<Record<string, number>> = {
  ABCG2: 74,
  CACNA1S: 1397,
  CFTR: 1884,
  CYP2B6: 2615,
  CYP2C9: 2623,
  CYP2C19: 2621,
  CYP2D6: 2625,
  CYP3A4: 2637,
  CYP3A5: 2638,
  CYP4F2: 2645,
  DPYD: 3012,
  G6PD: 4057,
  'HLA-A': 4931,
  'HLA-B': 4932,
  IFNL3: 18365,
  'MT-RNR1': 7470,
  NAT2: 7646,
  NUDT15: 23063,
  RYR1: 10483,
  SLCO1B1: 10959,
  TPMT: 12014,
  UGT1A1: 12530,
  VKORC1: 23663,
};

/** LOINC answers for drug metabolism, with their names there. */
const METABOLISER: Readonly<Record<string, readonly [string, string]>> = {
  'Ultrarapid Metabolizer': ['LA10315-2', 'Ultrarapid metabolizer'],
  'Rapid Metabolizer': ['LA25390-8', 'Rapid metabolizer'],
  'Normal Metabolizer': ['LA25391-6', 'Normal metabolizer'],
  'Intermediate Metabolizer': ['LA10317-8', 'Intermediate metabolizer'],
  'Poor Metabolizer': ['LA9657-3', 'Poor metabolizer'],
};

/** LOINC answers of "medication usage suggestion" (LL4049-4). Only these two are unambiguous here; other actions stay in the implication. */
const SUGGESTION: Readonly<Partial<Record<DrugActionKind, readonly [string, string]>>> = {
  avoid: ['LA26421-0', 'Consider alternative medication'],
  alternative: ['LA26421-0', 'Consider alternative medication'],
  increase: ['LA26423-6', 'Increase dose'],
};

function coding(system: string, code: string, display?: string) {
  return { coding: [{ system, code, ...(display ? { display } : {}) }] };
}

function geneConcept(gene: string) {
  const id = HGNC[gene];
  return id === undefined
    ? { text: gene }
    : { ...coding('http://www.genenames.org/geneId', `HGNC:${id}`, gene), text: gene };
}

/** FHIR ids take letters, digits, dash and dot. */
function safeId(text: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'x'
  );
}

const LABORATORY = [
  coding('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory', 'Laboratory'),
  coding('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE', 'Genetics'),
];

/** What rests on positions that were not read is preliminary. */
function statusOf(what: { readonly provisional?: string }): 'final' | 'preliminary' {
  return what.provisional === undefined ? 'final' : 'preliminary';
}

function genotype(gene: string, result: GeneResult, subject: object, now: string): FhirResource {
  const called = result.diplotypes.length > 0;
  const shown = result.diplotypes.slice(0, 20);
  const more = result.diplotypes.length - shown.length;
  const text = `${shown.map((diplotype) => `${gene} ${diplotype}`).join(' or ')}${more > 0 ? ` and ${more} more` : ''}`;
  const notes = [
    ...(result.provisional === undefined ? [] : [`provisional: ${result.provisional}`]),
    ...result.notes,
    ...(result.missingPositions.length > 0 ? [`positions missing: ${result.missingPositions.length}`] : []),
  ];
  return {
    resourceType: 'Observation',
    id: safeId(`genotype-${gene}`),
    meta: { profile: [`${GUIDE}/StructureDefinition/genotype`] },
    status: statusOf(result),
    category: LABORATORY,
    code: coding(LOINC, '84413-4', 'Genotype display name'),
    subject,
    effectiveDateTime: now,
    ...(called
      ? { valueCodeableConcept: { text } }
      : {
          dataAbsentReason: {
            ...coding(
              'http://terminology.hl7.org/CodeSystem/data-absent-reason',
              'not-performed',
              'Not Performed',
            ),
            text: result.uncalled ?? 'not called',
          },
        }),
    ...(notes.length > 0 ? { note: notes.slice(0, 40).map((note) => ({ text: note })) } : {}),
    component: [
      { code: coding(LOINC, '48018-6', 'Gene studied [ID]'), valueCodeableConcept: geneConcept(gene) },
    ],
  };
}

function isOpenNormal(result: GeneResult, phenotype: string): boolean {
  return result.provisional !== undefined && phenotype === 'Normal Metabolizer';
}

function implication(
  action: DrugAction,
  profile: GenomicProfile,
  index: number,
  subject: object,
  now: string,
): FhirResource {
  // Every implication derives from at least one genotype, called or not (derivedFrom 1..*).
  const genes = action.genes.filter((gene) => profile.genes[gene]);
  const phenotypes = genes.flatMap((gene) => {
    const result = profile.genes[gene];
    if (!result) return [];
    const phenotype = result.phenotypeWithDrugs ?? result.phenotype;
    const shown = shownPhenotype({ ...result, phenotype });
    // A machine reads the code alone: a normal that rests on an incomplete reading gets none.
    const code = isOpenNormal(result, phenotype) ? undefined : METABOLISER[phenotype];
    const value = {
      ...(code ? coding(LOINC, ...code) : {}),
      text: `${gene}: ${shown || 'no phenotype assigned'}`,
    };
    const implied = {
      code: coding(TBD, 'therapeutic-implication', 'Therapeutic Implication'),
      valueCodeableConcept: value,
    };
    const metabolism = {
      code: coding(LOINC, '53040-2', "Genetic variation's effect on drug metabolism"),
      valueCodeableConcept: value,
    };
    return code ? [implied, metabolism] : [implied];
  });
  const context = [action.population, action.indication].filter((text) => text !== undefined);
  const conclusion = [
    `${guidanceName(action)} ${action.action}: ${action.doseText ?? ''}`.trim(),
    ...(action.provisional ? [`provisional: ${action.provisional}`] : []),
    ...(action.dependsOn ? [`only if ${action.dependsOn}`] : []),
    ...(action.population ? [`applies to: ${action.population}`] : []),
    ...(action.classification ? [`strength: ${action.classification}`] : []),
    ...(action.alternatives.length > 0 ? [`alternatives: ${action.alternatives.join(', ')}`] : []),
    ...action.because,
  ].join('. ');
  return {
    resourceType: 'Observation',
    id: safeId(`implication-${index}-${action.drug}`),
    meta: { profile: [`${GUIDE}/StructureDefinition/therapeutic-implication`] },
    status: statusOf(action),
    category: LABORATORY,
    code: coding(TBD, 'therapeutic-implication', 'Therapeutic Implication'),
    subject,
    effectiveDateTime: now,
    derivedFrom: genes.map((gene) => ({ reference: `Observation/${safeId(`genotype-${gene}`)}` })),
    component: [
      { code: coding(TBD, 'conclusion-string', 'Conclusion'), valueString: conclusion },
      {
        code: coding(LOINC, '51963-7', 'Medication assessed [ID]'),
        valueCodeableConcept: { text: action.drug },
      },
      ...phenotypes,
      ...context.map((text) => ({
        code: coding(LOINC, '81259-4', 'Associated phenotype'),
        valueCodeableConcept: { text },
      })),
      {
        code: coding(LOINC, '93044-6', 'Level of evidence'),
        valueCodeableConcept: {
          text: `${guidanceName(action)} ${action.classification ?? action.strength}`.trim(),
        },
      },
    ],
    note: [
      ...action.sources,
      ...(action.verified === false ? ['second-hand: check it at its source before relying on it'] : []),
    ].map((text) => ({ text })),
  };
}

/** The proposal behind an implication, or null where the guide has no unambiguous code for it. */
function recommendation(action: DrugAction, implied: FhirResource, subject: object): FhirResource | null {
  const code = SUGGESTION[action.action];
  if (!code) return null;
  const instead = action.alternatives.length > 0 ? `; instead: ${action.alternatives.join(', ')}` : '';
  return {
    resourceType: 'Task',
    id: safeId(`task-${implied.id}`),
    meta: { profile: [`${GUIDE}/StructureDefinition/medication-recommendation`] },
    status: 'requested',
    intent: 'proposal',
    code: {
      ...coding(LOINC, code[0], code[1]),
      text: `${action.drug}: ${action.doseText ?? action.action} (${guidanceName(action)})${instead}`,
    },
    for: subject,
    reasonReference: { reference: `Observation/${implied.id}` },
  };
}

/**
 * A genomic profile as a bundle after the Genomics Reporting guide. Genes without a call carry a reason for absence, never a normal
 * value; drugs whose gene was not tested are left out, since a prior is not a finding.
 */
export function genomicsBundle(profile: GenomicProfile, now: string): FhirBundle {
  const patient: FhirResource = {
    resourceType: 'Patient',
    id: safeId(profile.sample),
    identifier: [{ value: profile.sample }],
  };
  const subject = { reference: `Patient/${patient.id}` };
  const genotypes = Object.entries(profile.genes).map(([gene, result]) =>
    genotype(gene, result, subject, now),
  );
  const actions = profile.drugs.filter((action) => action.action !== 'untested');
  const implications = actions.map((action, index) => implication(action, profile, index, subject, now));
  const tasks = actions.flatMap((action, index) => {
    const implied = implications[index];
    return (implied && recommendation(action, implied, subject)) ?? [];
  });
  const report: FhirResource = {
    resourceType: 'DiagnosticReport',
    id: 'genomic-report',
    meta: { profile: [`${GUIDE}/StructureDefinition/genomic-report`] },
    ...(tasks.length > 0
      ? {
          extension: tasks.map((task) => ({
            url: `${GUIDE}/StructureDefinition/recommended-action`,
            valueReference: { reference: `Task/${task.id}` },
          })),
        }
      : {}),
    status: [...Object.values(profile.genes), ...actions].some((part) => part.provisional !== undefined)
      ? 'preliminary'
      : 'final',
    category: [coding('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE', 'Genetics')],
    code: coding(LOINC, '51969-4', 'Genetic analysis report'),
    subject,
    effectiveDateTime: now,
    conclusion: `Pharmacogenomic report of ${profile.sample}, ${profile.assembly}`,
    result: [...genotypes, ...implications].map((resource) => ({ reference: `Observation/${resource.id}` })),
  };
  const resources = [patient, report, ...genotypes, ...implications, ...tasks];
  return collection(resources, `genome ${profile.sample}`, now.length === 10 ? `${now}T00:00:00Z` : now);
}
