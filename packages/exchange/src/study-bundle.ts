import { DISC_CODE, VERTEBRA_CODE } from '@foramen/imaging';
import {
  type Assessment,
  type CarePlan,
  fragmentText,
  type Graded,
  isCalendarDate,
  isGrade,
  isPresence,
  type LevelFindings,
  type LevelMeasures,
  type PatientCase,
  type PossibleFragment,
  type Reason,
  type Statement,
} from '@foramen/spine';
import { collection, type FhirBundle, type FhirResource } from './collection.ts';

const OWN = 'urn:foramen:codes';
const UCUM = 'http://unitsofmeasure.org';

/** Every measure of a level, of a side too: UCUM code and what it is called. Plain ratios are dimensionless ("1"). */
const MEASURES: Readonly<Record<keyof LevelMeasures, readonly [string, string]>> = {
  heightAnteriorMm: ['mm', 'Disc height, anterior'],
  heightMiddleMm: ['mm', 'Disc height, middle'],
  heightPosteriorMm: ['mm', 'Disc height, posterior'],
  heightIndex: ['1', 'Disc height index'],
  depthMm: ['mm', 'Disc depth'],
  areaMm2: ['mm2', 'Disc area, midsagittal'],
  volumeMm3: ['mm3', 'Disc volume'],
  heightRatioToNeighbours: ['1', 'Disc height relative to neighbours'],
  signalRatioToCsf: ['1', 'Disc T2 signal relative to cerebrospinal fluid'],
  bulgeMm: ['mm', 'Disc extent behind the endplate line'],
  herniationApMm: ['mm', 'Herniation, antero-posterior'],
  herniationWidthMm: ['mm', 'Herniation, width'],
  herniationAreaMm2: ['mm2', 'Herniation, area'],
  herniationVolumeMm3: ['mm3', 'Herniation, volume'],
  herniationCanalPercent: ['%', 'Herniation depth of canal'],
  migrationMm: ['mm', 'Herniation, migration'],
  canalApMm: ['mm', 'Dural sac, antero-posterior'],
  canalPercentOfBodies: ['%', 'Dural sac, antero-posterior, of that behind the bodies'],
  canalAreaMm2: ['mm2', 'Canal area'],
  duralSacAreaMm2: ['mm2', 'Dural sac area'],
  csfSignalRatio: ['1', 'Cerebrospinal fluid signal at the disc'],
  slipMm: ['mm', 'Vertebral slip'],
  slipPercent: ['%', 'Vertebral slip of endplate depth'],
  segmentalAngleDeg: ['deg', 'Segmental angle'],
  endplateConcavityUpperMm: ['mm', 'Endplate concavity, upper'],
  endplateConcavityLowerMm: ['mm', 'Endplate concavity, lower'],
  endplateIndexUpper: ['1', 'Endplate concavity over length, upper'],
  endplateIndexLower: ['1', 'Endplate concavity over length, lower'],
  foramenHeightMm: ['mm', 'Foramen, height'],
  foramenWidthMm: ['mm', 'Foramen, width'],
  foramenAreaMm2: ['mm2', 'Foramen, area'],
  perineuralFatPercent: ['%', 'Fat around the exiting root, share'],
  lateralRecessMm: ['mm', 'Lateral recess, depth'],
  facetAngleDeg: ['deg', 'Facet joint, angle to the sagittal plane'],
  facetTropismDeg: ['deg', 'Facet joints, difference of angles'],
  multifidusFatPercent: ['%', 'Multifidus, share of fat'],
  erectorSpinaeFatPercent: ['%', 'Erector spinae, share of fat'],
};

/** Grades of a level, and the numbers of those that have names. */
const GRADE = {
  pfirrmann: 'Pfirrmann grade',
  modic: 'Modic type',
  meyerding: 'Meyerding grade',
  schizas: 'Central stenosis, Schizas grade',
  leeCentral: 'Central stenosis, Lee grade',
  msuSize: 'Herniation size, MSU',
  msuZone: 'Herniation zone, MSU (1 A, 2 B, 3 C)',
  nassType: 'Displaced disc material, NASS 2.0 (0 none, 1 bulge, 2 protrusion, 3 extrusion, 4 sequestration)',
} as const;

/** Grades of a side. */
const SIDED_GRADE = {
  lateralRecess: 'Lateral recess, grade',
  leeForaminal: 'Foraminal stenosis, Lee grade',
  facetDegeneration: 'Facet joint degeneration, grade',
  goutallierMultifidus: 'Goutallier grade, multifidus',
  goutallierErectorSpinae: 'Goutallier grade, erector spinae',
} as const;

/** What is told in a word; "unknown" is left out. */
const WORD = {
  herniationType: 'Herniation, morphology (NASS 2.0)',
  herniationZone: 'Herniation, zone',
  herniationSide: 'Herniation, side',
} as const;

const PRESENCE = {
  herniation: 'Herniation',
  narrowing: 'Narrowing of the disc',
  bulging: 'Bulging of the disc',
  spondylolisthesis: 'Spondylolisthesis',
  endplateUpper: 'Change of the upper endplate',
  endplateLower: 'Change of the lower endplate',
} as const;

/**
 * Findings, assessment and plan of one case as a FHIR R4 collection: Patient (the pseudonym alone), one Observation a level with its
 * measures and grades as components, one a possible fragment of disc, a DiagnosticReport over them, Flags for red flags, a RiskAssessment for the differential and a
 * CarePlan. FhirResource ids derive from the case, so the same case gives the same bytes. What was not measured is left out; what was
 * abstained on carries `dataAbsentReason` with the reason as text.
 */
export function studyBundle(parts: {
  readonly case: PatientCase;
  readonly assessment: Assessment;
  readonly plan: CarePlan;
  readonly now: string;
}): FhirBundle {
  const { case: person, assessment, plan } = parts;
  const at = instant(parts.now);
  const subject = { reference: 'Patient/patient' };
  const levels =
    person.findings?.levels.map((level) => levelObservation(level, subject, studied(person, at))) ?? [];
  const fragments = (person.findings?.possibleFragments ?? []).map((one) =>
    fragmentObservation(one, subject, studied(person, at)),
  );
  const resources: FhirResource[] = [
    patient(person),
    ...levels,
    ...fragments,
    ...(levels.length === 0 ? [] : [report(person, [...levels, ...fragments], subject, at)]),
    ...assessment.triage.flags
      .filter((flag) => flag.status === 'raised' || flag.status === 'possible')
      .map(
        (flag): FhirResource => ({
          resourceType: 'Flag',
          id: `flag-${flag.condition}`,
          status: 'active',
          category: [{ text: 'red flag' }],
          code: { coding: [{ system: OWN, code: flag.condition }], text: flag.statement.text },
          subject,
        }),
      ),
    differential(assessment, subject, at),
    carePlan(plan, subject, at),
  ];
  return collection(resources, `study ${person.patientId}`, at, `study-${idOf(person.patientId)}`);
}

/** The day of the study, or the moment of the reading where none is told. */
function studied(person: PatientCase, at: string): string {
  const day = person.findings?.studyDate;
  return day !== undefined && isCalendarDate(day) ? day : at;
}

function patient(person: PatientCase): FhirResource {
  const { sex, birthDate } = person.intake?.person ?? {};
  return {
    resourceType: 'Patient',
    id: 'patient',
    identifier: [{ system: 'urn:foramen:patient', value: person.patientId }],
    ...(sex === undefined ? {} : { gender: sex }),
    // A day that is in no calendar is told to those who wrote it, and is no date in FHIR.
    ...(birthDate === undefined || !isCalendarDate(birthDate) ? {} : { birthDate }),
  };
}

function levelObservation(level: LevelFindings, subject: object, when: string): FhirResource {
  const components: object[] = [];
  const measure = (code: string, name: string, value: number | undefined, unit: string) => {
    if (value === undefined) return;
    const valueQuantity = { value: round(value), unit, system: UCUM, code: unit };
    components.push({ code: coded(code, name), valueQuantity });
  };
  for (const key of Object.keys(MEASURES) as (keyof LevelMeasures)[]) {
    const [unit, name] = MEASURES[key];
    const value = level.measures[key];
    if (typeof value !== 'object') measure(key, name, value, unit);
    else
      for (const side of ['left', 'right'] as const)
        measure(`${key}-${side}`, `${name}, ${side}`, value[side], unit);
  }
  const grade = (code: string, name: string, value: Graded | undefined) => {
    if (value === undefined) return;
    if (isGrade(value)) {
      components.push(
        { code: coded(code, name), valueInteger: value.grade },
        {
          code: coded(`${code}-probabilities`, `${name}, probability of each grade`),
          valueString: value.p.map((p) => p.toFixed(3)).join(', '),
        },
      );
    } else components.push(absent(code, name, value.abstained));
  };
  for (const key of Object.keys(GRADE) as (keyof typeof GRADE)[]) grade(key, GRADE[key], level[key]);
  for (const key of Object.keys(SIDED_GRADE) as (keyof typeof SIDED_GRADE)[])
    for (const side of ['left', 'right'] as const)
      grade(`${key}-${side}`, `${SIDED_GRADE[key]}, ${side}`, level[key]?.[side]);
  for (const key of Object.keys(WORD) as (keyof typeof WORD)[]) {
    const word = level[key];
    if (word !== undefined && word !== 'unknown')
      components.push({ code: coded(key, WORD[key]), valueString: word });
  }
  const presences = {
    herniation: level.herniation,
    narrowing: level.narrowing,
    bulging: level.bulging,
    spondylolisthesis: level.spondylolisthesis,
    endplateUpper: level.endplateUpper,
    endplateLower: level.endplateLower,
  };
  for (const key of Object.keys(PRESENCE) as (keyof typeof PRESENCE)[]) {
    const value = presences[key];
    if (value === undefined) continue;
    if (isPresence(value))
      components.push({
        code: coded(key, `${PRESENCE[key]}, probability`),
        valueQuantity: { value: round(value.p), unit: '1', system: UCUM, code: '1' },
      });
    else components.push(absent(key, PRESENCE[key], value.abstained));
  }
  return {
    resourceType: 'Observation',
    id: `level-${level.level.toLowerCase()}`,
    status: 'preliminary',
    category: IMAGING,
    code: coded('disc-level', `Lumbar disc ${level.level}`),
    subject,
    effectiveDateTime: when,
    bodySite: site(DISC_CODE[level.level], level.level),
    ...(level.abstained === undefined ? {} : { dataAbsentReason: notDone(level.abstained) }),
    ...(components.length === 0 ? {} : { component: components }),
  };
}

/** Tissue behind a vertebra that may be disc; its probability is the value, its size the components. */
function fragmentObservation(fragment: PossibleFragment, subject: object, when: string): FhirResource {
  const { behind, p, areaMm2, lengthMm, depthMm } = fragment;
  const quantity = (value: number, unit: string) => ({
    valueQuantity: { value: round(value), unit, system: UCUM, code: unit },
  });
  return {
    resourceType: 'Observation',
    id: `fragment-${behind.toLowerCase()}`,
    status: 'preliminary',
    category: IMAGING,
    code: coded('possible-fragment', `Possible migrated fragment of disc behind ${behind}, probability`),
    subject,
    effectiveDateTime: when,
    bodySite: site(VERTEBRA_CODE[behind], behind),
    ...quantity(p, '1'),
    component: [
      { code: coded('fragment-area', 'Fragment, area'), ...quantity(areaMm2, 'mm2') },
      { code: coded('fragment-length', 'Fragment, along the spine'), ...quantity(lengthMm, 'mm') },
      { code: coded('fragment-depth', 'Fragment, antero-posterior'), ...quantity(depthMm, 'mm') },
    ],
    note: [{ text: fragmentText(fragment) }],
  };
}

const IMAGING = [
  {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/observation-category',
        code: 'imaging',
        display: 'Imaging',
      },
    ],
  },
];

const coded = (code: string, display: string) => ({
  coding: [{ system: OWN, code, display }],
  text: display,
});
const notDone = (why: string) => ({
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      code: 'not-performed',
      display: 'Not Performed',
    },
  ],
  text: why,
});
const absent = (key: string, name: string, why: string) => ({
  code: coded(key, name),
  dataAbsentReason: notDone(why),
});

/** Disc or vertebra by its SNOMED CT code where it has one; the name is ours, so it stands as text. */
const site = ({ scheme, value }: { readonly scheme: string; readonly value: string }, name: string) => ({
  ...(scheme === 'SCT' ? { coding: [{ system: 'http://snomed.info/sct', code: value }] } : {}),
  text: name,
});

function report(
  person: PatientCase,
  levels: readonly FhirResource[],
  subject: object,
  at: string,
): FhirResource {
  const findings = person.findings!;
  return {
    resourceType: 'DiagnosticReport',
    id: 'report',
    status: 'preliminary',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD', display: 'Radiology' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '18748-4', display: 'Diagnostic imaging study' }] },
    subject,
    effectiveDateTime: studied(person, at),
    issued: at,
    result: levels.map((level) => ({ reference: `Observation/${level.id}` })),
    ...(findings.limits.length === 0 ? {} : { conclusion: `Limits: ${findings.limits.join('; ')}` }),
  };
}

function differential(assessment: Assessment, subject: object, at: string): FhirResource {
  return {
    resourceType: 'RiskAssessment',
    id: 'differential',
    status: 'preliminary',
    subject,
    occurrenceDateTime: at,
    method: { text: 'Foramen differential' },
    ...(assessment.differential.length === 0
      ? {}
      : {
          prediction: assessment.differential.map((h) => ({
            outcome: { text: [h.condition, h.level, h.side].filter((part) => part !== undefined).join(', ') },
            probabilityRange: {
              low: { value: round(100 * h.interval[0]), unit: '%', system: UCUM, code: '%' },
              high: { value: round(100 * h.interval[1]), unit: '%', system: UCUM, code: '%' },
            },
            rationale: because(h.statement),
          })),
        }),
  };
}

function carePlan(plan: CarePlan, subject: object, at: string): FhirResource {
  const activity = [
    ...plan.next.map((statement) => ({
      detail: { kind: 'Task', status: 'not-started', description: statement.text },
    })),
    ...plan.options
      .filter((option) => option.eligible)
      .map((option) => ({
        detail: {
          kind: 'ServiceRequest',
          status: 'not-started',
          code: coded(option.id, option.name),
          description: `${option.rank === null ? 'not ranked' : `rank ${option.rank}`}: ${option.statements[0].text}`,
        },
      })),
  ];
  return {
    resourceType: 'CarePlan',
    id: 'plan',
    status: 'draft',
    intent: 'proposal',
    title: 'Proposed plan, for a clinician to decide',
    subject,
    created: at,
    ...(activity.length === 0 ? {} : { activity }),
    ...(plan.limits.length === 0 ? {} : { note: plan.limits.map((text) => ({ text })) }),
  };
}

const because = (statement: Statement): string =>
  statement.because
    .map((reason: Reason) =>
      reason.kind === 'fact' ? `${reason.path}: ${reason.text}` : `${reason.id}: ${reason.text}`,
    )
    .join('; ');

/** FHIR ids hold letters, digits, hyphens and dots, 64 at most. */
const idOf = (text: string): string => text.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 50) || 'case';

const instant = (now: string): string =>
  now.length === 10 ? `${now}T00:00:00Z` : now.endsWith('Z') ? now : `${now}Z`;

const round = (value: number): number => Math.round(value * 1000) / 1000;
