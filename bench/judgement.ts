/**
 * Judgement: whole cases through `assess` and `plan` on one core. Prints the slowest and mean time of a full case and
 * cases a minute; the goal is under 50 ms a case and 10,000 cases a minute.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assess, buildCase, plan } from '../packages/care/src/index.ts';
import { expandFindings, expandGenome } from '../packages/care/src/vignettes/expand.ts';
import type { PatientCase } from '../packages/spine/src/index.ts';

const dir = join(import.meta.dirname, '..', 'packages', 'care', 'vignettes');
const cases: PatientCase[] = readdirSync(dir)
  .filter((f) => f.startsWith('judgement-'))
  .flatMap(
    (f) => JSON.parse(readFileSync(join(dir, f), 'utf8')) as { id: string; case: Record<string, unknown> }[],
  )
  .flatMap((v) => {
    const built = buildCase({
      patientId: v.id,
      now: '2026-11-22',
      intake: v.case.intake,
      findings: expandFindings(v.case.findings),
      genome: expandGenome(v.case.genome),
    });
    return built.ok ? [built.value] : [];
  });

const judge = (c: PatientCase): number => plan(c, assess(c)).options.length;
for (let i = 0; i < 3; i++) for (const c of cases) judge(c);

const rounds = 8;
const times: number[] = [];
let judged = 0;
const cpu = process.cpuUsage();
const start = performance.now();
for (let i = 0; i < rounds; i++) {
  for (const c of cases) {
    const t = performance.now();
    judge(c);
    times.push(performance.now() - t);
    judged++;
  }
}
const wall = performance.now() - start;
const used = process.cpuUsage(cpu);
const cpuMs = (used.user + used.system) / 1000;
const line = (name: string, value: string): void => console.log(`${name.padEnd(34)} ${value}`);
line('cases judged', String(judged));
line('mean per case, wall', `${(wall / judged).toFixed(2)} ms`);
line('mean per case, processor', `${(cpuMs / judged).toFixed(2)} ms`);
times.sort((a, b) => a - b);
const at = (q: number): string => `${times[Math.floor(q * (times.length - 1))]!.toFixed(1)} ms`;
line('median case', at(0.5));
line('99 of 100 cases within (goal 50 ms)', at(0.99));
line('slowest case', at(1));
line('cases a minute, wall', String(Math.round((judged / wall) * 60_000)));
line('cases a minute, one core (goal 10000)', String(Math.round((judged / cpuMs) * 60_000)));
