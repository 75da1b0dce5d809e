import { explain } from '@foramen/care';
import type { Statement } from '@foramen/spine';

export function PatientText({ statement }: { readonly statement: Statement }) {
  return explain(statement, 'patient').text;
}
