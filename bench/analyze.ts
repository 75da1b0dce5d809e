/**
 * The whole `foramen analyze` of one slice in a process of its own: from the shell's start to the report on disk, and the most memory the
 * process held. Goals on two cores: 3 s, 700 MB. Processor time is printed beside the wall, for a machine that is busy with other things.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_SIZE, SAMPLE_SPACING, trainingSamples } from '@foramen/phantom';
import { writePngLabels } from '../packages/imaging/src/index.ts';

const RUNS = 3;
const main = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'foramen-bench-'));
// The process says on its way out what it used.
const probe = `data:text/javascript,${encodeURIComponent(
  "import{writeFileSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();writeFileSync(process.env.FORAMEN_BENCH_USAGE,JSON.stringify(u))})",
)}`;

try {
  const sample = [...trainingSamples('bench analyze', 1)][0]!;
  const slice = join(folder, 'slice_t2.png');
  const size = [SAMPLE_SIZE, SAMPLE_SIZE, 1] as const;
  const spacing = [SAMPLE_SPACING, SAMPLE_SPACING, 4] as const;
  writeFileSync(
    slice,
    writePngLabels({
      size,
      spacing,
      ijkToLps: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      data: sample.image,
    }),
  );
  const intake = join(folder, 'intake.json');
  writeFileSync(
    intake,
    JSON.stringify({ person: { ageYears: 46 }, symptoms: { legPainNrs: 7, legPainSide: 'right' } }),
  );
  const usage = join(folder, 'usage.json');
  const wall: number[] = [];
  const cpu: number[] = [];
  let memory = 0;
  for (let n = 0; n < RUNS; n++) {
    const out = join(folder, `report-${n}`);
    const argv = [
      '--import',
      probe,
      main,
      'analyze',
      slice,
      '--intake',
      intake,
      '--spacing',
      `${SAMPLE_SPACING},${SAMPLE_SPACING}`,
      '--out',
      out,
    ];
    const began = performance.now();
    const done = spawnSync(process.execPath, argv, {
      encoding: 'utf8',
      env: { ...process.env, FORAMEN_BENCH_USAGE: usage },
    });
    wall.push((performance.now() - began) / 1000);
    if (done.status !== 0 || !readdirSync(out).includes('report.html'))
      throw new Error(`analyze failed: ${done.stderr}`);
    const used = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
    cpu.push((used.userCPUTime + used.systemCPUTime) / 1e6);
    memory = Math.max(memory, used.maxRSS / 1024);
  }
  const line = (name: string, value: string): void => console.log(`${name.padEnd(44)} ${value}`);
  line('analyze one slice, cold, wall (goal 3 s)', `${Math.min(...wall).toFixed(2)} s best of ${RUNS}`);
  line('analyze one slice, cold, processor', `${Math.min(...cpu).toFixed(2)} s`);
  line('analyze one slice, peak memory (goal 700 MB)', `${memory.toFixed(0)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
