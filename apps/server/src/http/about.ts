import type { Tx } from '../database/connect.ts';

/** Which patient a request is about: none, or the owner of the thing its `id` parameter names. */
export type About = 'none' | 'patient' | 'study' | 'study-uid' | 'job';

/** The patient a request is about, by what its `id` parameter names; an empty id where that does not exist. */
export async function patientOf(tx: Tx, siteId: string, about: About, id: string): Promise<string | null> {
  switch (about) {
    case 'none':
      return null;
    case 'patient':
      return id;
    case 'study':
    case 'study-uid': {
      const row = await tx
        .selectFrom('studies')
        .select('patient_id')
        .where('site_id', '=', siteId)
        .where(about === 'study' ? 'id' : 'study_uid', '=', id)
        .executeTakeFirst();
      return row?.patient_id ?? '';
    }
    case 'job': {
      const row = await tx
        .selectFrom('jobs')
        .select('patient_id')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.patient_id ?? '';
    }
  }
}
