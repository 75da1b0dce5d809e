import type { Urgency } from '@foramen/spine';
import type { Language } from './reader.tsx';

interface PageWords {
  readonly years: (age: number | null) => string;
  readonly sex: Readonly<Record<'female' | 'male' | 'unknown', string>>;
  readonly generated: string;
  readonly local: string;
  readonly opened: string;
  readonly sharesNumber: string;
  readonly tabs: Readonly<Record<Tab, string>>;
  readonly wording: string;
  readonly clinician: string;
  readonly plain: string;
  readonly intake: string;
  readonly aid: string;
  readonly likely: string;
  readonly next: string;
  /** While the first assessment is being made, and while another one is. */
  readonly first: string;
  readonly anew: string;
  readonly before: string;
  readonly notAssessed: string;
  readonly help: string;
  readonly urgency: Readonly<Record<Urgency, string>>;
  readonly urgencyOf: string;
  readonly gate: string;
  readonly open: (n: number) => string;
  readonly answer: string;
}
export type Tab = 'study' | 'assessment' | 'plan' | 'time' | 'genome' | 'patient' | 'rights';

/** What stands around a patient's record, for whoever reads it in plain words. */
export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    years: (age) => (age === null ? 'age not known' : `${age} years`),
    sex: { female: 'female', male: 'male', unknown: 'sex not known' },
    generated: 'generated person',
    local: 'in this tab only',
    opened: 'opened in an emergency, until',
    sharesNumber: 'another record has this patient number: check who is who',
    tabs: {
      study: 'Study',
      assessment: 'Assessment',
      plan: 'Plan',
      time: 'Over time',
      genome: 'Genes and drugs',
      patient: 'For the patient',
      rights: 'Consent and access',
    },
    wording: 'Wording of statements',
    clinician: 'Clinician',
    plain: 'Plain words',
    intake: 'Intake',
    aid: 'Decision aid',
    likely: 'Most likely',
    next: 'Next',
    first: 'Being read and judged',
    anew: 'Being judged anew',
    before: 'What stands below is from before the newest answers or pictures.',
    notAssessed: 'Not assessed yet.',
    help: 'The first answers or pictures bring an assessment and a plan.',
    urgency: {
      emergency: 'Emergency',
      urgent: 'Urgent',
      soon: 'Soon',
      routine: 'Routine',
      'self-care': 'Self-care',
    },
    urgencyOf: 'Urgency',
    gate: 'First this has to be checked. Then we talk about choices.',
    open: (n) => (n === 1 ? 'One question is still open.' : `${n} questions are still open.`),
    answer: 'Answer them in the form',
  },
  es: {
    years: (age) => (age === null ? 'edad sin saber' : `${age} años`),
    sex: { female: 'mujer', male: 'hombre', unknown: 'sexo sin saber' },
    generated: 'persona generada',
    local: 'solo en esta pestaña',
    opened: 'abierto por una urgencia, hasta',
    sharesNumber: 'otro registro tiene este número de paciente: compruebe quién es quién',
    tabs: {
      study: 'Imágenes',
      assessment: 'Valoración',
      plan: 'Plan',
      time: 'Evolución',
      genome: 'Genes y medicinas',
      patient: 'Para usted',
      rights: 'Permisos y accesos',
    },
    wording: 'Cómo se dice',
    clinician: 'Médico',
    plain: 'Palabras sencillas',
    intake: 'Cuestionario',
    aid: 'Ayuda para decidir',
    likely: 'Lo más probable',
    next: 'Ahora',
    first: 'Se está leyendo y valorando',
    anew: 'Se valora de nuevo',
    before: 'Lo que sigue es de antes de las últimas respuestas o imágenes.',
    notAssessed: 'Aún sin valorar.',
    help: 'Las primeras respuestas o imágenes traen una valoración y un plan.',
    urgency: {
      emergency: 'Emergencia',
      urgent: 'Urgente',
      soon: 'Pronto',
      routine: 'Sin prisa',
      'self-care': 'Cuidarse en casa',
    },
    urgencyOf: 'Urgencia',
    gate: 'Primero hay que ver esto. Luego hablamos de opciones.',
    open: (n) => (n === 1 ? 'Aún falta una respuesta.' : `Aún faltan ${n} respuestas.`),
    answer: 'Responda aquí',
  },
};
