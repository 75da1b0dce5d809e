import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

const program = `
  const { startSparing } = await import(${JSON.stringify(join(import.meta.dirname, 'process-memory.ts'))});
  startSparing();
  console.log(JSON.stringify({ pid: process.pid, flags: process.execArgv, arenas: process.env.MALLOC_ARENA_MAX }));
`;
async function run(arenas: string | undefined): Promise<{ started: number | undefined; said: unknown }> {
  const { MALLOC_ARENA_MAX: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...env, ...(arenas === undefined ? {} : { MALLOC_ARENA_MAX: arenas }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { started: child.pid, said: JSON.parse(said) };
}

describe.runIf(process.platform === 'linux')('a process that spares memory', () => {
  it('is started anew in its own place, once, with what it was called with', async () => {
    const { started, said } = await run(undefined);
    expect(said).toMatchObject({ pid: started, arenas: '2' });
    expect((said as { flags: string[] }).flags).toContain('--max-semi-space-size=8');
    expect((said as { flags: string[] }).flags).toContain('--input-type=module');
  });

  it('stays as it is where the administrator has set it', async () => {
    const { started, said } = await run('8');
    expect(said).toMatchObject({ pid: started, arenas: '8' });
    expect((said as { flags: string[] }).flags).not.toContain('--max-semi-space-size=8');
  });
});
