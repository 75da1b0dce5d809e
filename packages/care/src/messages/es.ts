import { CONTEXT_ES, CONTEXT_ES_TERMS } from '../context/messages-es.ts';
import { RISK_ES, RISK_ES_TERMS } from '../risk/messages-es.ts';
import { TRIAGE_ES, TRIAGE_ES_TERMS } from '../triage/messages-es.ts';
import type { Catalogue } from './catalogue.ts';
import { ES_AID } from './es-aid.ts';
import { ES_ASSESSMENT } from './es-assessment.ts';
import { ES_ANSWERS, ES_FACTS } from './es-facts.ts';
import { ES_PLAN } from './es-plan.ts';
import { ES_RULES } from './es-rules.ts';
import { ES_TERMS } from './es-terms.ts';

export const SPANISH: Catalogue = {
  language: 'es',
  messages: { ...ES_ASSESSMENT, ...ES_PLAN, ...ES_AID, ...TRIAGE_ES, ...CONTEXT_ES, ...RISK_ES },
  terms: { ...ES_TERMS, ...TRIAGE_ES_TERMS, ...CONTEXT_ES_TERMS, ...RISK_ES_TERMS },
  facts: ES_FACTS,
  answers: ES_ANSWERS,
  rules: ES_RULES,
  sources: {
    'our-default': {
      clinician:
        'Valor fijado por este producto y configurable; ninguna evidencia clínica detrás del valor exacto',
      patient: 'Este número lo hemos elegido nosotros. No sale de ningún estudio.',
    },
    'our-derivation': {
      clinician: 'Calculado para este producto a partir de los registros que se nombran',
      patient: 'Lo hemos calculado con los estudios que se nombran.',
    },
    'standard-texts': {
      clinician: 'Textos generales de anatomía y radiología',
      patient: 'Libros de medicina.',
    },
    'drug-labels': {
      clinician: 'Fichas técnicas y normas generales de prescripción (de memoria)',
      patient: 'La ficha de la medicina.',
    },
  },
  original: 'en inglés',
};
