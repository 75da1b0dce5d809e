import { explain } from '@foramen/care';
import type { Statement } from '@foramen/spine';
import type { Language } from './reader.tsx';

export function PatientText(props: { readonly statement: Statement; readonly language: Language }) {
  return explain(props.statement, 'patient', { language: props.language }).text;
}
