import type { Tx } from '../database/connect.ts';

/** The instances of a site (`i`), each with its series (`e`), its study (`s`) and the blob (`b`) that holds its bytes, to select from. */
export function storedInstances(tx: Tx, siteId: string) {
  return tx
    .selectFrom('instances as i')
    .innerJoin('series as e', (on) =>
      on.onRef('e.site_id', '=', 'i.site_id').onRef('e.id', '=', 'i.series_id'),
    )
    .innerJoin('studies as s', (on) =>
      on.onRef('s.site_id', '=', 'i.site_id').onRef('s.id', '=', 'i.study_id'),
    )
    .innerJoin('blobs as b', (on) => on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'))
    .where('i.site_id', '=', siteId);
}
