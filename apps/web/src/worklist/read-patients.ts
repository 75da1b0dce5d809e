import type { Urgency } from '@foramen/spine';
import { getJson } from '../api/client.ts';
import type { PatientSummary } from '../api/shapes.ts';

/** Rows of a page: more than anybody looks at before scrolling on. */
export const PAGE = 200;

/** The beginning of the list, and where it goes on. */
export interface PatientList {
  readonly patients: readonly PatientSummary[];
  /** Of the next page; null at the end. */
  readonly next: string | null;
}

/** Which patients, and whom first. */
export interface Wanted {
  /** Part of a name. */
  readonly name?: string;
  readonly urgency?: Urgency;
  readonly order?: 'urgency' | 'name';
}

/** `pages` pages more of a list, the most urgent first: a clinic's first page is on the screen before anybody asks for the second. */
export async function readPatients(
  signal: AbortSignal,
  wanted: Wanted,
  pages: number,
  begun: PatientList = { patients: [], next: '' },
): Promise<PatientList> {
  const { name = '', urgency, order } = wanted;
  const patients = new Map(begun.patients.map((patient) => [patient.id, patient]));
  let { next } = begun;
  for (let n = 0; n < pages && next !== null; n++) {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(name === '' ? {} : { query: name }),
      ...(urgency === undefined ? {} : { urgency }),
      ...(order === undefined ? {} : { order }),
      ...(next === '' ? {} : { after: next }),
    });
    const page: PatientList = await getJson(`/api/patients?${query}`, signal);
    // Whose urgency changed between two pages may stand on both.
    for (const patient of page.patients) patients.set(patient.id, patient);
    next = page.next;
  }
  return { patients: [...patients.values()], next };
}
