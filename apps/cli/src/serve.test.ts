import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  it.each(['start', 'demo', 'worker', 'backup', 'restore', 'audit', 'account', 'worklist'])(
    '%s --help says how it is used',
    async (name) => {
      const { status, out, err } = await said([name, '--help']);
      expect(status).toBe(0);
      expect(out).toContain(`foramen ${name}`);
      expect(err).toBe('');
    },
  );
  it.each([
    ['--port', '65536'],
    ['--port', ''],
    ['--port', '80.5'],
    ['--workers', '257'],
    ['--dicom-port', '-1'],
    ['--dicom-port', '65536'],
    ['--data', ''],
  ])('start %s %j is refused before anything is made', async (name, value) => {
    const folder = join(tmpdir(), `foramen-never-${process.pid}`);
    const where = name === '--data' ? [] : ['--data', folder];
    const { status, out, err } = await said(['start', `${name}=${value}`, ...where]);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err.split('\n')[0]).toContain(name);
    expect(existsSync(folder)).toBe(false);
  });
  it('an option nobody knows ends with 2, one line and the usage', async () => {
    const { status, out, err } = await said(['start', '--prot', '80']);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err.split('\n')[0]).toContain('--prot');
    expect(err).toContain('usage:');
  });
});
