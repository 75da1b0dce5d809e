/**
 * Every measure of a level on whole sagittal studies of synthetic people (T2 and T1, from DICOM bytes through the shipped networks) against the truth,
 * and how often the truth lies in the stated 95 % interval. Truth is what the person was made of, where that is a number; and the same measure on
 * exact classes, thin slices and a picture without noise; of the vertebrae and the whole column too. Every second person is gravely ill.
 * `node bench/measure-coverage.ts 12 [seed]`
 */
import { type CanonicalSeries, readInput, readSpine } from '@foramen/imaging';
import {
  type Anatomy,
  acquireStudy,
  buildAnatomy,
  buildTexture,
  cutSlab,
  drawSignals,
  endplatePoint,
  localToLps,
  rngFrom,
  type SpineOptions,
  type StudyIdentity,
  sagittalPlane,
  slabSignal,
  studyTruth,
  writeStudy,
} from '@foramen/phantom';
import { createNetworkRunner, loadModels, modelFolder } from '@foramen/server/analysis';
import type { LevelFindings, LevelMeasures, MeasureDetail, Side, SpineFindings, Vec3 } from '@foramen/spine';
import { slicesToSegment } from '../packages/imaging/src/segmentation/segment.ts';
import { truthNetwork } from '../packages/imaging/src/segmentation/truth-network.ts';

const people = Number(process.argv[2] ?? 12);
const seed = process.argv[3] ?? 'coverage';
const { reading } = loadModels(modelFolder());
const network = createNetworkRunner(modelFolder());

const WHO: StudyIdentity = {
  patientId: 'C',
  familyName: 'Bench',
  givenName: 'Coverage',
  birthDate: '19700101',
  sex: 'F',
  studyKey: 'coverage',
  studyDate: '20260101',
  ageYears: 56,
};

function options(n: number): SpineOptions {
  const rng = rngFrom(`${seed} ${n} options`);
  if (n % 2 === 0) return { lumbarCount: 5, lesions: 0.4, degeneration: rng.range(0.1, 0.6) };
  const herniated = rng.int(0, 2);
  const narrow = rng.int(0, 3);
  return {
    lumbarCount: 5,
    lesions: 0,
    degeneration: rng.range(0.5, 0.9),
    scoliosisDeg: rng.normal(0, 8),
    discs: {
      [narrow]: { stenosis: rng.range(0.4, 0.8) },
      [herniated]: {
        stenosis: 0,
        herniation: {
          kind: rng.pick(['protrusion', 'extrusion']),
          ap: rng.range(4, 9),
          width: rng.range(10, 18),
          lateral: rng.normal(0, 3),
          migration: rng.range(-5, 2),
        },
      },
    },
    vertebrae: {
      [rng.int(1, 2)]: { slip: rng.range(4, 9) },
      4: { fracture: rng.range(0, 0.35) },
    },
  };
}

const MM = 0.75;
const SIZE = 320;
const STEP = 2;
const SLICES = 31;

/** The same measures on exact classes: thin slices, fine pixels, no noise, no coil. */
async function exactly(anatomy: Anatomy, scan: string): Promise<SpineFindings | null> {
  const c = anatomy.column.vertebrae[2]!.frame.c;
  const table = drawSignals(rngFrom(scan).fork('t2'), 'T2', 0.35);
  const texture = buildTexture({ seed: 'none', size: 1 });
  const n = SIZE * SIZE;
  const classes = new Uint8Array(n * SLICES);
  const data = new Float32Array(n * SLICES);
  const at = (k: number) =>
    sagittalPlane([c[0] * 0.6 + (k - (SLICES - 1) / 2) * STEP, c[1] + 8, c[2] - 18], MM, SIZE, SIZE);
  for (let k = 0; k < SLICES; k++) {
    const slab = cutSlab(anatomy, at(k), STEP, 1);
    classes.set(slab.centre.label, k * n);
    data.set(slabSignal(slab, table, texture), k * n);
  }
  const { origin } = at(0);
  const ijkToLps = [0, 0, STEP, origin[0], MM, 0, 0, origin[1], 0, -MM, 0, origin[2], 0, 0, 0, 1] as const;
  const grid = { size: [SIZE, SIZE, SLICES], spacing: [MM, MM, STEP], ijkToLps } as const;
  const volume = { ...grid, data };
  const series: CanonicalSeries = {
    name: 'exact',
    volume,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: grid.size, spacingMm: grid.spacing, spacingFrom: 'file' },
  };
  const read = await readSpine([series], truthNetwork({ ...grid, data: classes }, slicesToSegment(volume)));
  if (!read.ok) console.warn(read.problems[0].what);
  return read.ok ? read.value.findings : null;
}

type Placed = Anatomy['column']['vertebrae'][number];
const rims = (v: Placed, sign: 1 | -1) => [-1, 1].map((t) => endplatePoint(v, t * 0.46 * v.spec.depth, sign));
function slope(v: Placed, sign: 1 | -1): number {
  const [back, front] = rims(v, sign) as [Vec3, Vec3];
  return (Math.atan2(front[2] - back[2], back[1] - front[1]) * 180) / Math.PI;
}

/** What the person was made of, where it is a number. */
function made(anatomy: Anatomy, k: number): Partial<Record<keyof LevelMeasures, number>> {
  const truth = studyTruth(anatomy).discs[k]!;
  const above = anatomy.column.vertebrae[k]!;
  const below = k > 0 ? anatomy.column.vertebrae[k - 1]! : null;
  return {
    heightAnteriorMm: truth.heightAnteriorMm,
    heightMiddleMm: truth.heightMiddleMm,
    heightPosteriorMm: truth.heightPosteriorMm,
    depthMm: truth.depthMm,
    canalApMm: truth.canalApMm,
    slipMm: truth.slipMm,
    ...(truth.herniation === null
      ? { bulgeMm: truth.bulgeMm }
      : { herniationApMm: truth.herniation.apMm, herniationWidthMm: truth.herniation.widthMm }),
    ...(below
      ? {
          slipPercent: (100 * truth.slipMm) / below.spec.depth,
          segmentalAngleDeg: slope(above, -1) - slope(below, 1),
        }
      : {}),
  };
}

type BodyHeights = Readonly<Record<'heightAnteriorMm' | 'heightMiddleMm' | 'heightPosteriorMm', number>>;
/** Heights of a body as it was made, at its rims and in its middle. */
function bodyHeights(v: Placed): BodyHeights {
  const height = (t: number): number => {
    const [top, bottom] = [
      endplatePoint(v, t * 0.46 * v.spec.depth, 1),
      endplatePoint(v, t * 0.46 * v.spec.depth, -1),
    ];
    return Math.hypot(top[0] - bottom[0], top[1] - bottom[1], top[2] - bottom[2]);
  };
  return { heightAnteriorMm: height(1), heightMiddleMm: height(0), heightPosteriorMm: height(-1) };
}

/** Genant grade of a body as it was made: the greatest of the losses in front, in the middle and against its neighbours. */
function genantOf(anatomy: Anatomy, k: number): number {
  const heights = anatomy.column.vertebrae.map(bodyHeights);
  const own = heights[k]!;
  const around = [k - 2, k - 1, k + 1, k + 2].flatMap((n) => heights[n]?.heightPosteriorMm ?? []);
  const expected = around.sort((a, b) => a - b)[around.length >> 1]!;
  const loss =
    1 -
    Math.min(
      own.heightAnteriorMm / own.heightPosteriorMm,
      own.heightMiddleMm / own.heightPosteriorMm,
      own.heightPosteriorMm / expected,
    );
  return [0.2, 0.25, 0.4].filter((cut) => loss >= cut).length;
}
const genant = { bodies: 0, right: 0, within: 0, brier: 0, broken: 0, brokenNamed: 0 };

/** From the middle of one pedicle's lower border to the upper border of the next. */
function foramenHeight(anatomy: Anatomy, k: number, side: Side): number | undefined {
  if (k === 0) return undefined;
  const border = (v: Placed, share: number) =>
    localToLps(
      v.frame,
      -v.spec.depth / 2 - 2,
      (side === 'left' ? 1 : -1) * v.spec.width * 0.32,
      share * v.spec.height,
    );
  const [a, b] = [
    border(anatomy.column.vertebrae[k]!, 0.19 - 0.27),
    border(anatomy.column.vertebrae[k - 1]!, 0.19 + 0.27),
  ];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

interface Pair {
  readonly found: number;
  readonly real: number;
  readonly inside: boolean;
  readonly ill: boolean;
}
const pairs = new Map<string, Pair[]>();
type Shown = Pick<MeasureDetail, 'value' | 'interval'>;
const measured = (level: LevelFindings | undefined, measure: keyof LevelMeasures, side?: Side) => {
  const value: number | Readonly<Partial<Record<Side, number>>> | undefined = level?.measures[measure];
  return typeof value === 'object' ? (side ? value[side] : undefined) : value;
};

for (let n = 0; n < people; n++) {
  const name = `${seed} ${n}`;
  const anatomy = buildAnatomy(name, options(n));
  const scan = `${name}/scan`;
  const study = acquireStudy(anatomy, rngFrom(scan), [0]).filter((one) => one.role !== 'axial-t2');
  const files = writeStudy(WHO, study).map((file) => ({ name: file.path, bytes: file.bytes }));
  const input = await readInput(files);
  if (!input.ok) throw new Error(input.problems[0].what);
  const read = await readSpine(input.value.series, network.run, reading);
  const exact = await exactly(anatomy, scan);
  if (!read.ok || !exact) {
    console.warn(`${name}: ${read.ok ? 'no exact reading' : read.problems[0].what}`);
    continue;
  }
  const put = (name: string, detail: Shown, real: number | undefined): void => {
    if (real === undefined) return;
    const inside = real >= detail.interval[0] && real <= detail.interval[1];
    pairs.set(name, [...(pairs.get(name) ?? []), { found: detail.value, real, inside, ill: n % 2 === 1 }]);
  };
  const truth = studyTruth(anatomy);
  const l1 = anatomy.column.vertebrae[truth.lumbarCount - 1]!;
  const column = {
    lordosisL1S1Deg: slope(l1, 1) + truth.sacralSlopeDeg,
    sacralSlopeDeg: truth.sacralSlopeDeg,
  };
  for (const detail of read.value.findings.columnDetails ?? []) {
    put(`${detail.measure}, as made`, detail, column[detail.measure]);
    put(`${detail.measure}, exact outlines`, detail, exact[detail.measure]);
  }
  anatomy.column.vertebrae.forEach((v, k) => {
    const found = read.value.findings.vertebrae.find((one) => one.vertebra === v.spec.name);
    const reference = exact.vertebrae.find((one) => one.vertebra === v.spec.name);
    const own = bodyHeights(v);
    for (const detail of found?.details ?? []) {
      const drawn =
        detail.measure === 'wedgeRatio' ? own.heightAnteriorMm / own.heightPosteriorMm : own[detail.measure];
      put(`vertebra ${detail.measure}, as made`, detail, drawn);
      put(`vertebra ${detail.measure}, exact outlines`, detail, reference?.[detail.measure]);
    }
    // The wedge of a natural L5 is no fracture.
    if (k === 0 || !found?.genant || !('p' in found.genant)) return;
    const grade = genantOf(anatomy, k);
    genant.bodies++;
    if (found.genant.grade === grade) genant.right++;
    if (Math.abs(found.genant.grade - grade) <= 1) genant.within++;
    genant.brier += found.genant.p.reduce((sum, p, g) => sum + (p - (g === grade ? 1 : 0)) ** 2, 0);
    if (grade > 0) {
      genant.broken++;
      if (found.genant.grade > 0) genant.brokenNamed++;
    }
  });
  for (let k = 0; k < 5; k++) {
    const level = read.value.findings.levels.find((one) => one.indexFromBottom === k + 1);
    const reference = exact.levels.find((one) => one.indexFromBottom === k + 1);
    const own = made(anatomy, k);
    for (const detail of level?.details ?? []) {
      const drawn =
        detail.measure === 'foramenHeightMm' && detail.side
          ? foramenHeight(anatomy, k, detail.side)
          : own[detail.measure];
      put(`${detail.measure}, as made`, detail, drawn);
      put(`${detail.measure}, exact outlines`, detail, measured(reference, detail.measure, detail.side));
    }
  }
}
await network.release();
const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
console.log(
  'measure                                    read  mean abs error   bias   p95 error  in its 95 % interval (of the ill)',
);
for (const [name, list] of [...pairs].sort()) {
  const errors = list.map((p) => p.found - p.real);
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  const share = (some: readonly Pair[]) =>
    some.length === 0 ? '-' : `${((100 * some.filter((p) => p.inside).length) / some.length).toFixed(0)} %`;
  console.log(
    [
      name.padEnd(42),
      String(list.length).padStart(4),
      mean(sorted).toPrecision(3).padStart(14),
      mean(errors).toPrecision(3).padStart(8),
      sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))]!.toPrecision(3).padStart(9),
      share(list).padStart(10),
      `(${share(list.filter((p) => p.ill))})`,
    ].join(' '),
  );
}
const per = (count: number, of: number): string => `${count} of ${of}`;
console.log(
  `Genant: named right ${per(genant.right, genant.bodies)}, within one ${per(genant.within, genant.bodies)}; broken bodies named broken ${per(genant.brokenNamed, genant.broken)}; Brier score ${(genant.brier / genant.bodies).toFixed(3)}`,
);
