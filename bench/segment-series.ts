/**
 * A 15-slice series of 320 x 320, already read from its DICOM files, to labels, measures and grades, after the networks are loaded. Goal: 2 s on two
 * cores. Processor time is printed beside the wall, for a machine that is busy with other things.
 */
import { readInput, readSpine } from '@foramen/imaging';
import { acquireStudy, buildAnatomy, rngFrom, type StudyIdentity, writeStudy } from '@foramen/phantom';
import { createNetworkRunner, loadModels, modelFolder, threadsForCommand } from '@foramen/server/analysis';

const RUNS = 3;
const who: StudyIdentity = {
  patientId: 'B1',
  familyName: 'Bench',
  givenName: 'Series',
  birthDate: '19800101',
  sex: 'F',
  studyKey: 'bench',
  studyDate: '20260101',
  ageYears: 46,
};
const rng = rngFrom('bench series');
const all = acquireStudy(buildAnatomy('bench series/anatomy'), rng.fork('scan'), [1]);
const files = writeStudy(
  who,
  all.filter((one) => one.role === 'sagittal-t2'),
).map((file) => ({ name: file.path, bytes: file.bytes }));

const folder = modelFolder();
const { reading } = loadModels(folder);
const network = createNetworkRunner(folder, threadsForCommand());
await network.warm();

const decodes: number[] = [];
const walls: number[] = [];
const segments: number[] = [];
const processors: number[] = [];
let levels = 0;
for (let n = 0; n < RUNS; n++) {
  const start = performance.now();
  const input = await readInput(files);
  if (!input.ok) throw new Error(input.problems[0].what);
  decodes.push(performance.now() - start);
  const cpu = process.cpuUsage();
  const began = performance.now();
  let segmented = began;
  const read = await readSpine(input.value.series, network.run, {
    ...reading,
    onProgress: ({ stage }) => {
      if (stage === 'segment') segmented = performance.now();
    },
  });
  if (!read.ok) throw new Error(read.problems[0].what);
  walls.push(performance.now() - began);
  segments.push(segmented - began);
  const used = process.cpuUsage(cpu);
  processors.push((used.user + used.system) / 1000);
  levels = read.value.findings.levels.length;
}
await network.release();
const line = (name: string, value: string): void => console.log(`${name.padEnd(44)} ${value}`);
const seconds = (times: readonly number[]): string => `${(Math.min(...times) / 1000).toFixed(2)} s`;
line('series of 15, decode', seconds(decodes));
line('series of 15, segmentation, wall (goal 2 s)', seconds(segments));
line('series of 15, to findings, wall (goal 2 s)', seconds(walls));
line('series of 15, to findings, processor', seconds(processors));
line('series of 15, discs found', String(levels));
line('series of 15, peak memory', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
