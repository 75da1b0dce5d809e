import { describe, expect, it } from 'vitest';
import { runServe } from './serve.ts';

async function said(argv: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const status = await runServe(argv, {
    env: {},
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

describe('commands of the server', () => {
  it.each(['start', 'demo', 'worker', 'backup', 'restore', 'audit', 'account'])(
    '%s --help says how it is used',
    async (name) => {
      const { status, out, err } = await said([name, '--help']);
      expect(status).toBe(0);
      expect(out).toContain(`foramen ${name}`);
      expect(err).toBe('');
    },
  );
  it('an option nobody knows ends with 2, one line and the usage', async () => {
    const { status, out, err } = await said(['start', '--prot', '80']);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err.split('\n')[0]).toContain('--prot');
    expect(err).toContain('usage:');
  });
});
