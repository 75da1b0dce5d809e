import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { sameSecret } from '../identity/same-secret.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { isThisMachine } from './address.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What a Prometheus elsewhere shows as its `authorization` credentials; undefined where nobody chose one.
 *
 * @throws Error with one line when the file cannot be read or the token is too short to be a secret.
 */
export function metricsToken(env: Env): string | undefined {
  const file = env.FORAMEN_METRICS_TOKEN_FILE;
  let token = env.FORAMEN_METRICS_TOKEN;
  if (file !== undefined && file !== '') {
    try {
      token = readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new Error(`FORAMEN_METRICS_TOKEN_FILE cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  } else if (token === undefined || token === '') return undefined;
  if (!/^[\x21-\x7e]{16,200}$/.test(token))
    throw new Error('the token of FORAMEN_METRICS_TOKEN: 16 to 200 printable characters without spaces');
  return token;
}

/**
 * The numbers tell nothing of any patient, but how busy a clinic is and what it refuses: they are for its own monitoring.
 *
 * @throws ProblemError 401 without the token, where there is one; 403 to other machines, where there is none
 */
export function admitToMetrics(c: Context, { metricsToken: wanted }: Services): void {
  if (wanted === undefined) {
    if (isThisMachine(c)) return;
    throw refuse(
      403,
      'usage',
      'metrics',
      'are given to this machine only',
      'set FORAMEN_METRICS_TOKEN_FILE and show that token, see docs/operations.md',
    );
  }
  const sent = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!sameSecret(sent, wanted))
    throw refuse(
      401,
      'usage',
      'metrics',
      'are given for a token only',
      'send "Authorization: Bearer TOKEN" with the token of FORAMEN_METRICS_TOKEN_FILE',
    );
}
