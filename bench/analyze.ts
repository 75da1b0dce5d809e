/**
 * The whole `foramen analyze` in a process of its own, of one slice, of a sagittal series of 15 and of a study of three series (sagittal T2 and T1, axial
 * T2): from the shell's start to the report on disk, and the most memory the process held. Goals on two cores: 3 s and 700 MB a slice, 8 s and 1.2 GB a
 * study. Processor time is printed beside the wall, for a machine that is busy with other things.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  acquireStudy,
  buildAnatomy,
  rngFrom,
  SAMPLE_SIZE,
  SAMPLE_SPACING,
  type StudyIdentity,
  trainingSamples,
  writeStudy,
} from '@foramen/phantom';
import { writePngLabels } from '../packages/imaging/src/index.ts';

const RUNS = 3;
const WHO: StudyIdentity = {
  patientId: 'B1',
  familyName: 'Bench',
  givenName: 'Study',
  birthDate: '19800101',
  sex: 'F',
  studyKey: 'bench',
  studyDate: '20260101',
  ageYears: 46,
};
const main = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'foramen-bench-'));
// The process says on its way out what it used.
const probe = `data:text/javascript,${encodeURIComponent(
  "import{writeFileSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();writeFileSync(process.env.FORAMEN_BENCH_USAGE,JSON.stringify(u))})",
)}`;

function measure(name: string, goal: string | null, most: string, input: readonly string[]): void {
  const usage = join(folder, 'usage.json');
  const wall: number[] = [];
  const cpu: number[] = [];
  let memory = 0;
  for (let n = 0; n < RUNS; n++) {
    const out = join(folder, `report-${name}-${n}`);
    const argv = ['--import', probe, main, 'analyze', ...input, '--out', out];
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
  const line = (what: string, value: string): void =>
    console.log(`${`analyze ${name}, ${what}`.padEnd(48)} ${value}`);
  line(
    `cold, wall${goal === null ? '' : ` (goal ${goal})`}`,
    `${Math.min(...wall).toFixed(2)} s best of ${RUNS}`,
  );
  line('cold, processor', `${Math.min(...cpu).toFixed(2)} s`);
  line(`peak memory (goal ${most})`, `${memory.toFixed(0)} MB`);
}

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
  const slices = (name: string, roles: readonly string[]): string => {
    const study = acquireStudy(
      buildAnatomy('bench series/anatomy'),
      rngFrom('bench series').fork('scan'),
      [0, 1, 2, 3, 4],
    );
    for (const file of writeStudy(
      WHO,
      study.filter(({ role }) => roles.includes(role)),
    )) {
      const path = join(folder, name, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.bytes);
    }
    return join(folder, name);
  };
  const stated = ['--spacing', `${SAMPLE_SPACING},${SAMPLE_SPACING}`];
  measure('one slice', '3 s', '700 MB', [slice, ...stated, '--intake', intake]);
  measure('series of 15', null, '1.2 GB', [slices('series', ['sagittal-t2'])]);
  measure('three planes', '8 s', '1.2 GB', [
    slices('study', ['sagittal-t2', 'sagittal-t1', 'axial-t2']),
    '--intake',
    intake,
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
