import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Tx } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';

type Said = Pick<Insertable<Schema['consents']>, 'scope' | 'decision' | 'recorded_at'>;

/** Writes down what a patient permits or refuses, as of now unless another moment is given. */
export async function recordConsent(tx: Tx, patientId: string, said: Said): Promise<void> {
  await tx
    .insertInto('consents')
    .values({ site_id: 'main', id: randomUUID(), patient_id: patientId, recorded_by: 'test', ...said })
    .execute();
}
