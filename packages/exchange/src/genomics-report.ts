import type { DrugAction, GeneResult, GenomicProfile } from '@foramen/spine';

/** HL7 FHIR Genomics Reporting (STU2, R4): a report, a genotype per gene, and a therapeutic implication per drug action. */
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

/** LOINC answers for drug metabolism. */
const METABOLISER: Readonly<Record<string, string>> = {
  'Ultrarapid Metabolizer': 'LA10315-2',
  'Rapid Metabolizer': 'LA25390-8',
  'Normal Metabolizer': 'LA25391-6',
  'Intermediate Metabolizer': 'LA10317-8',
  'Poor Metabolizer': 'LA9657-3',
};

export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [key: string]: unknown;
}

export interface FhirBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'collection';
  readonly timestamp: string;
  readonly entry: readonly { readonly fullUrl: string; readonly resource: FhirResource }[];
}

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
  coding('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory'),
  coding('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE'),
];

function genotype(gene: string, result: GeneResult, subject: object, now: string): FhirResource {
  const called = result.diplotypes.length > 0;
  const shown = result.diplotypes.slice(0, 20);
  const more = result.diplotypes.length - shown.length;
  const text = `${shown.map((diplotype) => `${gene} ${diplotype}`).join(' or ')}${more > 0 ? ` and ${more} more` : ''}`;
  const notes = [
    ...result.notes,
    ...(result.missingPositions.length > 0 ? [`positions missing: ${result.missingPositions.length}`] : []),
  ];
  return {
    resourceType: 'Observation',
    id: safeId(`genotype-${gene}`),
    meta: { profile: [`${GUIDE}/StructureDefinition/genotype`] },
    status: 'final',
    category: LABORATORY,
    code: coding(LOINC, '84413-4', 'Genotype display name'),
    subject,
    effectiveDateTime: now,
    ...(called
      ? { valueCodeableConcept: { text } }
      : {
          dataAbsentReason: {
            ...coding('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-performed'),
            text: result.uncalled ?? 'not called',
          },
        }),
    ...(notes.length > 0 ? { note: notes.slice(0, 40).map((note) => ({ text: note })) } : {}),
    component: [
      { code: coding(LOINC, '48018-6', 'Gene studied [ID]'), valueCodeableConcept: geneConcept(gene) },
    ],
  };
}

function implication(
  action: DrugAction,
  profile: GenomicProfile,
  index: number,
  subject: object,
  now: string,
): FhirResource {
  const genes = action.genes.filter((gene) => profile.genes[gene] && !profile.genes[gene]?.uncalled);
  const metabolism = genes.flatMap((gene) => {
    const result = profile.genes[gene];
    const phenotype = result?.phenotypeWithDrugs ?? result?.phenotype ?? '';
    const code = METABOLISER[phenotype];
    return code
      ? [
          {
            code: coding(LOINC, '53040-2', "Genetic variation's effect on drug metabolism"),
            valueCodeableConcept: { ...coding(LOINC, code, phenotype), text: `${gene}: ${phenotype}` },
          },
        ]
      : [];
  });
  const conclusion = [
    `${action.guideline ?? ''} ${action.action}: ${action.doseText ?? ''}`.trim(),
    ...(action.population ? [`applies to: ${action.population}`] : []),
    ...(action.classification ? [`strength: ${action.classification}`] : []),
    ...(action.alternatives.length > 0 ? [`alternatives: ${action.alternatives.join(', ')}`] : []),
    ...action.because,
  ].join('. ');
  return {
    resourceType: 'Observation',
    id: safeId(`implication-${index}-${action.drug}`),
    meta: { profile: [`${GUIDE}/StructureDefinition/therapeutic-implication`] },
    status: 'final',
    category: LABORATORY,
    code: coding(TBD, 'therapeutic-implication', 'Therapeutic Implication'),
    subject,
    effectiveDateTime: now,
    derivedFrom: genes.map((gene) => ({ reference: `urn:foramen:${safeId(`genotype-${gene}`)}` })),
    component: [
      { code: coding(TBD, 'conclusion-string', 'Conclusion'), valueString: conclusion },
      {
        code: coding(LOINC, '51963-7', 'Medication assessed [ID]'),
        valueCodeableConcept: { text: action.drug },
      },
      ...metabolism,
    ],
    note: action.sources.map((source) => ({ text: source })),
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
  const subject = { reference: `urn:foramen:${patient.id}` };
  const genotypes = Object.entries(profile.genes).map(([gene, result]) =>
    genotype(gene, result, subject, now),
  );
  const implications = profile.drugs
    .filter((action) => action.action !== 'untested')
    .map((action, index) => implication(action, profile, index, subject, now));
  const report: FhirResource = {
    resourceType: 'DiagnosticReport',
    id: 'genomic-report',
    meta: { profile: [`${GUIDE}/StructureDefinition/genomic-report`] },
    status: 'final',
    category: [coding('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE', 'Genetics')],
    code: coding(LOINC, '51969-4', 'Genetic analysis report'),
    subject,
    effectiveDateTime: now,
    conclusion: `Pharmacogenomic report of ${profile.sample}, ${profile.assembly}`,
    result: [...genotypes, ...implications].map((resource) => ({ reference: `urn:foramen:${resource.id}` })),
  };
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: now.length === 10 ? `${now}T00:00:00Z` : now,
    entry: [patient, report, ...genotypes, ...implications].map((resource) => ({
      fullUrl: `urn:foramen:${resource.id}`,
      resource,
    })),
  };
}
