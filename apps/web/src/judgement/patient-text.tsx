import { explain, explainStep, explainTerm, explainTrigger } from '@foramen/care';
import type { Statement, Trigger } from '@foramen/spine';
import { capital } from '../frame/figures.ts';
import type { Language, Reader } from './reader.tsx';

export function PatientText(props: { readonly statement: Statement; readonly language: Language }) {
  return explain(props.statement, 'patient', { language: props.language }).text;
}

/** Words of the field by their keys; a name the catalogue lacks stands as the record has it. */
export function PatientTerms(props: {
  readonly of: readonly { readonly term: string; readonly name: string }[];
  readonly reader: Reader;
  readonly language: Language;
  readonly capital?: boolean;
}) {
  const text = props.of
    .map(({ term, name }) => explainTerm(term, props.reader, { language: props.language }) ?? name)
    .join(', ');
  return props.capital === true ? capital(text) : text;
}

export function PatientStep(props: { readonly step: string; readonly language: Language }) {
  return capital(explainStep(props.step, 'patient', { language: props.language }));
}

export function PatientTrigger(props: { readonly trigger: Trigger; readonly language: Language }) {
  const { when, what } = explainTrigger(props.trigger, 'patient', { language: props.language });
  return `${when} → ${what}`;
}
