export function AidPage({ patientId }: { readonly patientId: string }) {
  return <p>{patientId}</p>;
}
