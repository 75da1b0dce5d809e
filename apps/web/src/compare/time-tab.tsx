import type { PatientRecord } from '../record/patient-record.ts';
export function TimeTab({ record }: { readonly record: PatientRecord }) {
  return <p>{record.id}</p>;
}
