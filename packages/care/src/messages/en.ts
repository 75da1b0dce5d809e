import { CONTEXT_EN, CONTEXT_EN_TERMS } from '../context/messages-en.ts';
import { RISK_EN, RISK_EN_TERMS } from '../risk/messages-en.ts';
import { TRIAGE_EN, TRIAGE_EN_TERMS } from '../triage/messages-en.ts';
import type { Catalogue } from './catalogue.ts';
import { EN_AID } from './en-aid.ts';
import { EN_ASSESSMENT } from './en-assessment.ts';
import { EN_FACTS } from './en-facts.ts';
import { EN_PLAN } from './en-plan.ts';
import { EN_TERMS } from './en-terms.ts';
import { EN_PLAN_TERMS } from './en-terms-plan.ts';

export const ENGLISH: Catalogue = {
  language: 'en',
  messages: { ...EN_ASSESSMENT, ...EN_PLAN, ...EN_AID, ...TRIAGE_EN, ...CONTEXT_EN, ...RISK_EN },
  terms: { ...EN_TERMS, ...EN_PLAN_TERMS, ...TRIAGE_EN_TERMS, ...CONTEXT_EN_TERMS, ...RISK_EN_TERMS },
  facts: EN_FACTS,
  sources: {
    'our-default': {
      clinician: 'Configurable default of this product; no clinical evidence behind the exact value',
      patient: 'We chose this number. It does not come from a study.',
    },
    'our-derivation': {
      clinician: 'Computed for this product from the records named in the note',
      patient: 'We worked this out from the studies we name.',
    },
    'standard-texts': {
      clinician: 'Standard anatomy and radiology texts',
      patient: 'Books of medicine.',
    },
    'drug-labels': {
      clinician: 'Drug labels and standard prescribing rules (recalled)',
      patient: 'The leaflet of the medicine.',
    },
  },
};
