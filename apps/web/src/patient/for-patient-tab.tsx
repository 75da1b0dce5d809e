import type { PatientRecord } from '../record/patient-record.ts';
export function ForPatientTab({ record }: { readonly record: PatientRecord }) {
  return (
    <>
      {record.plan?.forPatient.map((s) => (
        <p key={s.key}>{s.text}</p>
      ))}
    </>
  );
}
