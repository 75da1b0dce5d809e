import type pg from 'pg';
import { foldedName, writtenName } from '../records/person-name.ts';

const AT_ONCE = 2_000;
type Client = Pick<pg.PoolClient, 'query'>;
interface Named {
  readonly site_id: string;
  readonly id: string;
  readonly name: string;
}

/** Folded names of the rows that were there before the product kept them; in the transaction that adds their column. */
export async function fillNameKeys(client: Client): Promise<void> {
  await fill(client, 'patients', 'name_key', `coalesce(person_name, chr(1) || name)`);
  await fill(client, 'studies', 'referrer_key', 'referring_physician');
}

/** @param name what the key is of, in SQL; behind a 1 a name as a page shows it */
async function fill(client: Client, table: string, column: string, name: string): Promise<void> {
  for (let after: readonly string[] = ['', '']; ; ) {
    const { rows } = await client.query<Named>(
      `select site_id, id, ${name} as name from ${table}
       where ${name} is not null and (site_id, id) > ($1, $2) order by site_id, id limit $3`,
      [...after, AT_ONCE],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const keys = rows.map(({ site_id, id, name: given }) => ({
      site_id,
      id,
      key: foldedName(given.startsWith('\u0001') ? writtenName(given.slice(1)) : given),
    }));
    await client.query(
      `update ${table} t set ${column} = k.key
       from json_to_recordset($1::json) as k (site_id text, id text, key text) where t.site_id = k.site_id and t.id = k.id`,
      [JSON.stringify(keys)],
    );
    if (rows.length < AT_ONCE) return;
    after = [last.site_id, last.id];
  }
}
