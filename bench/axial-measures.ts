/**
 * Measures of the axial plane on whole studies (sagittal T2 and T1, axial T2) of synthetic people, from DICOM bytes through the shipped
 * networks, against what was drawn: fat of the back muscles, facet angles, lateral recesses, dural sac. `node bench/axial-measures.ts 6`
 */
import { readInput, readSpine } from '@foramen/imaging';
import {
  acquireStudy,
  axialPlanes,
  buildAnatomy,
  muscleFatTruth,
  recessDepthAt,
  rngFrom,
  type StudyIdentity,
  sacAreaTruth,
  writeStudy,
} from '@foramen/phantom';
import { createNetworkRunner, loadModels, modelFolder } from '@foramen/server/analysis';

const people = Number(process.argv[2] ?? 6);
const DISCS = [0, 1, 2, 3];
const SIDES = ['left', 'right'] as const;
const folder = modelFolder();
const { reading } = loadModels(folder);
const network = createNetworkRunner(folder);
await network.warm();

interface Pair {
  readonly found: number;
  readonly real: number;
  readonly inside: boolean;
}
const pairs = new Map<string, Pair[]>();
const missing = new Map<string, number>();
const walls: number[] = [];

for (let n = 0; n < people; n++) {
  const rng = rngFrom(`axial bench ${n}`);
  const share = (): number => rng.range(0.03, 0.6);
  const both = (draw: () => number) => ({ left: draw(), right: draw() });
  const discs = Object.fromEntries(
    DISCS.map((k) => [
      k,
      {
        herniation: null,
        facets: {
          angleDeg: both(() => rng.range(28, 60)),
          recessMm: both(() => rng.range(2, 7)),
        },
      },
    ]),
  );
  const anatomy = buildAnatomy(`axial bench ${n}/anatomy`, {
    lumbarCount: 5,
    lesions: 0,
    scoliosisDeg: n % 3 === 2 ? 18 : 0,
    degeneration: rng.range(0.1, 0.6),
    subcutaneous: rng.range(8, 30),
    paraspinal: { multifidus: both(share), erectorSpinae: both(share), cleftShiftMm: rng.range(-3, 4) },
    discs,
  });
  const who: StudyIdentity = {
    patientId: `A${n}`,
    familyName: 'Bench',
    givenName: 'Axial',
    birthDate: '19700101',
    sex: 'F',
    studyKey: `axial-${n}`,
    studyDate: '20260101',
    ageYears: 56,
  };
  const files = writeStudy(who, acquireStudy(anatomy, rng.fork('scan'), DISCS)).map((file) => ({
    name: file.path,
    bytes: file.bytes,
  }));
  const began = performance.now();
  const input = await readInput(files);
  if (!input.ok) throw new Error(input.problems[0].what);
  const read = await readSpine(input.value.series, network.run, reading);
  if (!read.ok) throw new Error(read.problems[0].what);
  walls.push(performance.now() - began);
  for (const k of DISCS) {
    const level = read.value.findings.levels.find((one) => one.indexFromBottom === k + 1);
    const planes = axialPlanes(anatomy, [k], 256, 0.7);
    const fat = planes.map((plane) => muscleFatTruth(anatomy, plane, 3.5));
    const put = (
      name: string,
      measure: string,
      side: 'left' | 'right' | undefined,
      real: number | null,
    ): void => {
      const detail = level?.details?.find((d) => d.measure === measure && d.side === side);
      if (!detail || real === null) {
        missing.set(name, (missing.get(name) ?? 0) + 1);
        return;
      }
      const inside = real >= detail.interval[0] && real <= detail.interval[1];
      pairs.set(name, [...(pairs.get(name) ?? []), { found: detail.value, real, inside }]);
    };
    for (const side of SIDES) {
      const mean = (muscle: 'multifidus' | 'erectorSpinae'): number =>
        (100 * fat.reduce((sum, t) => sum + (t?.[muscle][side].share ?? 0), 0)) / fat.length;
      put('multifidus fat, %', 'multifidusFatPercent', side, mean('multifidus'));
      put('erector spinae fat, %', 'erectorSpinaeFatPercent', side, mean('erectorSpinae'));
      put('facet angle, deg', 'facetAngleDeg', side, anatomy.spec.discs[k]?.facets?.angleDeg[side] ?? null);
      put('lateral recess, mm', 'lateralRecessMm', side, recessDepthAt(anatomy, k, side));
    }
    // The slice it was read on is one of four; the sac hardly differs between the two in the middle.
    const areas = planes.slice(1, 3).map((plane) => sacAreaTruth(anatomy, plane));
    put('dural sac area, mm2', 'duralSacAreaMm2', undefined, areas.reduce((a, b) => a + b, 0) / areas.length);
  }
}
await network.release();
console.log('measure                 read  not    mean abs error   bias   in its 95 % interval');
for (const [name, list] of [...pairs].sort()) {
  const errors = list.map((p) => p.found - p.real);
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
  const cells = [
    String(list.length).padStart(4),
    String(missing.get(name) ?? 0).padStart(4),
    mean(errors.map(Math.abs)).toFixed(2).padStart(16),
    mean(errors).toFixed(2).padStart(6),
    `${((100 * list.filter((p) => p.inside).length) / list.length).toFixed(0)} %`.padStart(10),
  ];
  console.log(`${name.padEnd(23)} ${cells.join(' ')}`);
}
console.log(
  `study to findings, wall: ${(Math.min(...walls) / 1000).toFixed(2)} s at best of ${walls.length}`,
);
console.log(`peak memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
