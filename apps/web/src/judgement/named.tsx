import type { Trigger } from '@foramen/spine';
import { Suspense } from 'react';
import { later } from '../frame/later.tsx';
import { type Reader, useLanguage, useReader } from './reader.tsx';

const PatientTerms = later(() => import('./patient-text.tsx').then((m) => ({ default: m.PatientTerms })));
const PatientStep = later(() => import('./patient-text.tsx').then((m) => ({ default: m.PatientStep })));
const PatientTrigger = later(() => import('./patient-text.tsx').then((m) => ({ default: m.PatientTrigger })));

/** What has a name in the record, as whoever reads it calls it: an option by the key of its term. */
export function Named({ term, name }: { readonly term: string; readonly name: string }) {
  const language = useLanguage();
  if (useReader() === 'clinician') return name;
  return (
    <Suspense fallback={name}>
      <PatientTerms of={[{ term, name }]} reader="patient" language={language} capital />
    </Suspense>
  );
}

/** Unknowns of a value-of-information list by their names, in one line. */
export function UnknownNames({ of }: { readonly of: readonly string[] }) {
  const language = useLanguage();
  const reader: Reader = useReader();
  return (
    <Suspense fallback="…">
      <PatientTerms
        of={of.map((id) => ({ term: `unknown.${id}`, name: id }))}
        reader={reader}
        language={reader === 'patient' ? language : 'en'}
      />
    </Suspense>
  );
}

export function StepText({ step }: { readonly step: string }) {
  const language = useLanguage();
  if (useReader() === 'clinician') return step;
  return (
    <Suspense fallback={step}>
      <PatientStep step={step} language={language} />
    </Suspense>
  );
}

/** When, and what then. */
export function TriggerText({ trigger }: { readonly trigger: Trigger }) {
  const language = useLanguage();
  const own = `${trigger.when} → ${trigger.then}`;
  if (useReader() === 'clinician') return own;
  return (
    <Suspense fallback={own}>
      <PatientTrigger trigger={trigger} language={language} />
    </Suspense>
  );
}
