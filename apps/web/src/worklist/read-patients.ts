import { getJson } from '../api/client.ts';
import type { PatientSummary } from '../api/shapes.ts';

/** More rows than these nobody reads, and no page sorts them at once. */
export const MOST_PATIENTS = 2000;

export interface PatientList {
  readonly patients: readonly PatientSummary[];
  /** There are more than these. */
  readonly cut: boolean;
}

/** Every page of the list, of people whose name holds `name`: a clinic's worklist is hundreds of people, and sorting by urgency needs them all. */
export async function readPatients(signal: AbortSignal, name = ''): Promise<PatientList> {
  const patients: PatientSummary[] = [];
  let after: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '200', ...(name === '' ? {} : { query: name }) });
    if (after !== null) query.set('after', after);
    const page: { readonly patients: readonly PatientSummary[]; readonly next: string | null } =
      await getJson(`/api/patients?${query}`, signal);
    patients.push(...page.patients);
    after = page.next;
  } while (after !== null && patients.length < MOST_PATIENTS);
  return { patients, cut: after !== null };
}
