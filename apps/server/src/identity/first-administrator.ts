import { randomBytes } from 'node:crypto';
import type { Database } from '../database/connect.ts';
import { ensureAccount } from './accounts.ts';

export const FIRST_LOGIN = 'admin';

/** A site without any account gets an administrator whose password is shown once, at the terminal that started it. */
export async function firstAdministrator(
  database: Database,
  siteId: string,
  say: (line: string) => void,
): Promise<void> {
  const password = randomBytes(12).toString('base64url');
  const made = await database.inSite(siteId, async (tx) => {
    const any = await tx
      .selectFrom('accounts')
      .select('id')
      .where('site_id', '=', siteId)
      .limit(1)
      .executeTakeFirst();
    if (any !== undefined) return false;
    await ensureAccount(tx, siteId, {
      login: FIRST_LOGIN,
      name: 'Administrator',
      role: 'admin',
      password,
      // It stood on a screen, perhaps in a log.
      mustChange: true,
    });
    return true;
  });
  if (made)
    say(
      `An administrator was made: login "${FIRST_LOGIN}", password "${password}". It is shown this once and changed at the first sign-in; make further accounts with "foramen account".`,
    );
}
