import { uidFromSeed } from '@foramen/dicom';
import type { Intake } from '@foramen/spine';
import type { DiaryDay } from './diary.ts';

/** A diagnosis as ICD-10-CM code and its words. */
export interface ConditionStory {
  readonly code: string;
  readonly display: string;
  readonly onset: string;
}
interface FhirSubject {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: 'female' | 'male';
  readonly birthDate: string;
  readonly conditions: readonly ConditionStory[];
  readonly intake: Intake;
  readonly diary: readonly DiaryDay[];
}
export type FhirResource = { readonly resourceType: string; readonly id: string } & Readonly<
  Record<string, unknown>
>;
export interface FhirBundle {
  readonly resourceType: 'Bundle';
  readonly id: string;
  readonly type: 'collection';
  readonly entry: readonly { readonly fullUrl: string; readonly resource: FhirResource }[];
}

/** RxNorm ingredient codes of the drugs the stories use. */
const RXNORM: Readonly<Record<string, string>> = {
  paracetamol: '161',
  ibuprofen: '5640',
  naproxen: '7258',
  celecoxib: '140587',
  codeine: '2670',
  tramadol: '10689',
  amitriptyline: '704',
  duloxetine: '72625',
  gabapentin: '25480',
  pregabalin: '187832',
  omeprazole: '7646',
  metformin: '6809',
};

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';

/** FHIR R4 collection: Patient, Condition, Observation, MedicationStatement, QuestionnaireResponse. */
export function writeBundle(s: FhirSubject): FhirBundle {
  const subject = { reference: `Patient/${s.id}` };
  const resources: FhirResource[] = [
    {
      resourceType: 'Patient',
      id: s.id,
      meta: {
        tag: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
            code: 'HTEST',
            display: 'test health data',
          },
        ],
      },
      identifier: [{ system: 'urn:foramen:phantom', value: s.id }],
      name: [{ use: 'official', family: s.familyName, given: [s.givenName] }],
      gender: s.sex,
      birthDate: s.birthDate,
    },
  ];
  s.conditions.forEach((c, k) => {
    resources.push({
      resourceType: 'Condition',
      id: `${s.id}-condition-${k + 1}`,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: {
        coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: c.code, display: c.display }],
        text: c.display,
      },
      subject,
      onsetDateTime: c.onset,
    });
  });
  const observe = (
    id: string,
    code: string,
    display: string,
    value: number,
    unit: string,
    ucum: string,
    date?: string,
  ): void => {
    resources.push({
      resourceType: 'Observation',
      id: `${s.id}-${id}`,
      status: 'final',
      code: { coding: [{ system: LOINC, code, display }] },
      subject,
      ...(date ? { effectiveDateTime: date } : {}),
      valueQuantity: { value, unit, system: UCUM, code: ucum },
    });
  };
  const date = s.intake.date;
  const { bmi, egfr } = s.intake.history ?? {};
  if (bmi !== undefined)
    observe('bmi', '39156-5', 'Body mass index (BMI) [Ratio]', bmi, 'kg/m2', 'kg/m2', date);
  if (egfr !== undefined)
    observe(
      'egfr',
      '98979-8',
      'Glomerular filtration rate (CKD-EPI 2021)',
      egfr,
      'mL/min/1.73m2',
      'mL/min/{1.73_m2}',
      date,
    );
  s.diary.forEach((d, k) => {
    // One day a week goes into the record; the whole diary stays with the patient.
    if (k % 7 !== 0) return;
    if (d.pain !== null)
      observe(
        `pain-${k}`,
        '72514-3',
        'Pain severity - 0-10 verbal numeric rating [Score] - Reported',
        d.pain,
        'score',
        '{score}',
        d.date,
      );
    if (d.steps !== null)
      observe(
        `steps-${k}`,
        '41950-7',
        'Number of steps in 24 hour Measured',
        d.steps,
        'steps',
        '{steps}',
        d.date,
      );
  });
  (s.intake.medications ?? []).forEach((m, k) => {
    const code = RXNORM[m.name.toLowerCase()];
    resources.push({
      resourceType: 'MedicationStatement',
      id: `${s.id}-medication-${k + 1}`,
      status: m.stopped ? 'stopped' : 'active',
      medicationCodeableConcept: {
        ...(code
          ? { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code, display: m.name }] }
          : {}),
        text: m.name,
      },
      subject,
      ...(m.started
        ? { effectivePeriod: { start: m.started, ...(m.stopped ? { end: m.stopped } : {}) } }
        : {}),
      ...(m.doseMg !== undefined && m.perDay !== undefined
        ? {
            dosage: [
              {
                text: `${m.doseMg} mg, ${m.perDay} a day`,
                timing: { repeat: { frequency: m.perDay, period: 1, periodUnit: 'd' } },
                doseAndRate: [{ doseQuantity: { value: m.doseMg, unit: 'mg', system: UCUM, code: 'mg' } }],
              },
            ],
          }
        : {}),
    });
  });
  (s.intake.questionnaires ?? []).forEach((q, k) => {
    resources.push({
      resourceType: 'QuestionnaireResponse',
      id: `${s.id}-questionnaire-${k + 1}`,
      questionnaire: `urn:foramen:questionnaire:${q.instrument}`,
      status: 'completed',
      subject,
      ...(q.date ? { authored: q.date } : {}),
      item: (q.items ?? []).flatMap((v, i) =>
        v === null ? [] : [{ linkId: `${q.instrument}-${i + 1}`, answer: [{ valueInteger: v }] }],
      ),
    });
  });
  const uuid = (id: string): string => {
    // A UUID from the id's own UID: 2.25 UIDs are UUIDs written as decimals (PS3.5 B.2).
    const hex = BigInt(uidFromSeed(`fhir/${id}`).slice(5))
      .toString(16)
      .padStart(32, '0');
    return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
  return {
    resourceType: 'Bundle',
    id: `${s.id}-bundle`,
    type: 'collection',
    entry: resources.map((resource) => ({ fullUrl: uuid(resource.id), resource })),
  };
}
