import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, it } from 'vitest';
import { ProblemError } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { admitToMetrics, metricsToken } from './metrics-access.ts';

const TOKEN = 'prometheus-of-the-clinic';

/** The status of a request for the numbers that comes from this peer. */
async function ask(
  token: string | undefined,
  peer: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const app = new OpenAPIHono();
  app.get('/metrics', (c) => {
    admitToMetrics(c, { metricsToken: token } as Services);
    return c.text('numbers');
  });
  app.onError((error, c) => c.text('', (error instanceof ProblemError ? error.status : 500) as 500));
  const incoming = { socket: { remoteAddress: peer } };
  return (await app.request('/metrics', { headers }, { incoming })).status;
}

it('are given to this machine alone while nobody chose a token', async () => {
  for (const peer of ['127.0.0.1', '127.0.0.9', '::1', '::ffff:127.0.0.1'])
    expect(await ask(undefined, peer), peer).toBe(200);
  for (const peer of ['10.0.0.4', '2001:db8::1', '::ffff:10.0.0.4', '127.example', ''])
    expect(await ask(undefined, peer), peer).toBe(403);
});

it('are not given to whoever comes through a proxy on this machine', async () => {
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    expect(await ask(undefined, '127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(403);
});

it('are given for the token from anywhere, and without it to nobody', async () => {
  expect(await ask(TOKEN, '10.0.0.4', { authorization: `Bearer ${TOKEN}` })).toBe(200);
  for (const authorization of [undefined, TOKEN, `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, 'Bearer '])
    expect(await ask(TOKEN, '127.0.0.1', authorization === undefined ? {} : { authorization })).toBe(401);
});

it('take their token from a file or the environment, and say what is wrong with it without showing it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'foramen-metrics-'));
  try {
    const file = join(dir, 'token');
    writeFileSync(file, `${TOKEN}\n`);
    expect(metricsToken({ FORAMEN_METRICS_TOKEN_FILE: file, FORAMEN_METRICS_TOKEN: 'other' })).toBe(TOKEN);
    expect(metricsToken({ FORAMEN_METRICS_TOKEN: TOKEN })).toBe(TOKEN);
    expect(metricsToken({ FORAMEN_METRICS_TOKEN: '' })).toBeUndefined();
    expect(() => metricsToken({ FORAMEN_METRICS_TOKEN_FILE: join(dir, 'none') })).toThrow(/ENOENT/);
    // An empty file is a mistake, never an open door.
    writeFileSync(file, '\n');
    expect(() => metricsToken({ FORAMEN_METRICS_TOKEN_FILE: file })).toThrow(/16 to 200/);
    expect(() => metricsToken({ FORAMEN_METRICS_TOKEN: 'short' })).toThrow(/^(?!.*short)/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
