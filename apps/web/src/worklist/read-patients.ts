import type { Urgency } from '@foramen/spine';
import { getJson } from '../api/client.ts';
import type { PatientSummary } from '../api/shapes.ts';

/** More rows than these nobody reads, and no page sorts them at once. */
export const MOST_PATIENTS = 2000;

interface PatientList {
  readonly patients: readonly PatientSummary[];
  /** There are more than these. */
  readonly cut: boolean;
}

/** Which patients, and whom first where there are more than can be listed. */
export interface Wanted {
  /** Part of a name. */
  readonly name?: string;
  readonly urgency?: Urgency;
  readonly order?: 'urgency' | 'name';
}

/** The list page by page, the most urgent first: a clinic's worklist is hundreds of people, and sorting by column needs them all. */
export async function readPatients(signal: AbortSignal, wanted: Wanted = {}): Promise<PatientList> {
  const { name = '', urgency, order } = wanted;
  const patients: PatientSummary[] = [];
  let after: string | null = null;
  do {
    const query = new URLSearchParams({
      limit: '200',
      ...(name === '' ? {} : { query: name }),
      ...(urgency === undefined ? {} : { urgency }),
      ...(order === undefined ? {} : { order }),
    });
    if (after !== null) query.set('after', after);
    const page: { readonly patients: readonly PatientSummary[]; readonly next: string | null } =
      await getJson(`/api/patients?${query}`, signal);
    patients.push(...page.patients);
    after = page.next;
  } while (after !== null && patients.length < MOST_PATIENTS);
  return { patients, cut: after !== null };
}
