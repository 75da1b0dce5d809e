import { ensureAccount, relate } from '../identity/accounts.ts';
import type { Services } from '../services.ts';

/** Signs the demo clinician up and, once the generator is there, brings in the sample patients. Running it again changes nothing. */
export async function seedDemo(services: Services, _seed: number): Promise<void> {
  const { database, siteId } = services;
  await database.inSite(siteId, async (tx) => {
    const account = await ensureAccount(tx, siteId, {
      login: 'demo',
      name: 'Demo clinician',
      role: 'clinician',
      password: null,
      demo: true,
    });
    void relate;
    return account;
  });
}
