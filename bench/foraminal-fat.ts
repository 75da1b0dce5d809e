/**
 * Lee's foraminal grade and perineural fat on synthetic people whose foramina are narrowed by a known amount, read by the shipped networks from
 * sagittal T2, T1 and both: share judged, right, right within one grade. `node bench/foraminal-fat.ts 16 [seed]`
 */
import { type CanonicalSeries, readSpine } from '@foramen/imaging';
import {
  type Anatomy,
  addNoise,
  blur,
  buildAnatomy,
  buildTexture,
  cutSlab,
  drawSignals,
  type ForamenSpec,
  type ForamenTruth,
  foramenTruth,
  type Rng,
  rngFrom,
  sagittalPlane,
  slabSignal,
} from '@foramen/phantom';
import { createNetworkRunner, loadModels, modelFolder } from '@foramen/server/analysis';
import { affineFrom, isGrade, type Vec3, type Volume } from '@foramen/spine';

const people = Number(process.argv[2] ?? 16);
const seed = process.argv[3] ?? 'bench';
const LEVELS = ['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2'] as const;

function drawn(rng: Rng): { readonly lee: number; readonly spec: ForamenSpec } {
  const lee = rng.int(0, 3);
  const kept = (): number => rng.range(1.8, 6);
  const gone = (): number => rng.range(0, 0.6);
  const across = lee >= 2 || (lee === 1 && rng.chance(0.5));
  const along = lee >= 2 || (lee === 1 && !across);
  // Fat on one of two opposing sides alone is no grade 1.
  const pair = (lost: boolean): [number, number] => {
    if (lost) return [gone(), gone()];
    if (!rng.chance(0.25)) return [kept(), kept()];
    return rng.chance(0.5) ? [gone(), kept()] : [kept(), gone()];
  };
  const [front, behind] = pair(across);
  const [above, below] = pair(along);
  const [a, b] = [rng.range(2.3, 2.9), rng.range(2.8, 3.6)];
  const flat: [number, number] = rng.chance(0.5)
    ? [a * rng.range(0.4, 0.6), b * rng.range(0.9, 1.1)]
    : [a * rng.range(0.7, 1), b * rng.range(0.4, 0.55)];
  return { lee, spec: { fatMm: { front, behind, above, below }, rootMm: lee === 3 ? flat : [a, b] } };
}

function person(name: string): Anatomy {
  const rng = rngFrom(name);
  const discs = Object.fromEntries(
    LEVELS.map((_, k) => {
      const sides = { left: drawn(rng), right: drawn(rng) };
      const worst = Math.max(sides.left.lee, sides.right.lee);
      const low = rng.chance(0.15 + 0.15 * worst) ? { height: rng.range(3, 6) } : {};
      const foramina = { left: sides.left.spec, right: sides.right.spec };
      return [k, { foramina, ...low, bulge: rng.range(0, 1 + worst * 0.7) }];
    }),
  );
  return buildAnatomy(name, {
    lumbarCount: 5,
    lesions: 0.3,
    degeneration: rng.range(0.1, 0.7),
    scoliosisDeg: rng.normal(0, 5),
    discs,
  });
}

/** Sagittal T2 and T1 of one person: slices 3 to 4.5 mm thick, pixels of 0.6 to 0.9 mm, noise, blur and a falling coil of its own each. */
function pictures(name: string, anatomy: Anatomy): readonly CanonicalSeries[] {
  const rng = rngFrom(`${name}/scan`);
  const mm = rng.range(0.6, 0.9);
  const [w, h] = [2 * Math.round(100 / mm), 2 * Math.round(145 / mm)];
  const sliceMm = rng.pick([3, 3.5, 4, 4, 4.5]);
  const thick = sliceMm * rng.range(0.85, 1);
  const count = Math.max(13, Math.round(rng.range(58, 72) / sliceMm));
  const l3 = anatomy.column.vertebrae[2]!.frame.c;
  const first = l3[0] * 0.6 + rng.range(-2, 2) - ((count - 1) / 2) * sliceMm;
  const y = l3[1] - 10 + rng.range(-10, 10);
  const z = l3[2] - 10 + rng.range(-15, 15);
  const planes = Array.from({ length: count }, (_, k) =>
    sagittalPlane([first + k * sliceMm, y, z], mm, w, h),
  );
  const slabs = planes.map((plane) => cutSlab(anatomy, plane, thick, 5));
  const { origin } = planes[0]!;
  const spacing: Vec3 = [mm, mm, sliceMm];
  const axes = [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ] as const;
  return (['T2', 'T1'] as const).map((weighting): CanonicalSeries => {
    const own = rngFrom(`${name}/${weighting}`);
    const table = drawSignals(own.fork('signals'), weighting, 0.7);
    const texture = buildTexture({ seed: name, size: 1 });
    const [noise, fall, blurred] = [own.range(0.008, 0.03), own.range(0.3, 1.3), own.range(0.35, 0.6)];
    const data = new Float32Array(w * h * count);
    slabs.forEach((slab, k) => {
      const signal = slabSignal(slab, table, texture);
      blur(signal, w, h, blurred, blurred);
      for (let n = 0; n < signal.length; n++)
        signal[n]! *= Math.exp(-fall * Math.min(1.2, Math.max(0, (30 - origin[1] - (n % w) * mm) / 220)));
      addNoise(signal, noise, own);
      data.set(
        signal.map((v) => Math.round(v * 1500)),
        k * w * h,
      );
    });
    const volume: Volume = {
      size: [w, h, count],
      spacing,
      ijkToLps: affineFrom(axes, spacing, origin),
      data,
    };
    return {
      name: weighting,
      volume,
      reading: {
        role: weighting === 'T2' ? 'sagittal-T2' : 'sagittal-T1',
        size: volume.size,
        spacingMm: spacing,
        spacingFrom: 'file',
      },
      hasGeometry: true,
      frameOfReferenceUid: '1.2.3',
    };
  });
}

interface Tally {
  all: number;
  judged: number;
  right: number;
  near: number;
  surprise: number;
  readonly named: number[][];
  readonly shares: [found: number, real: number][];
}
const tallies = new Map<string, Tally>();
const folder = modelFolder();
const { reading } = loadModels(folder);
const network = createNetworkRunner(folder);
for (let n = 0; n < people; n++) {
  const name = `${seed} ${n}`;
  const anatomy = person(name);
  const truths: readonly ForamenTruth[] = foramenTruth(anatomy);
  const [t2, t1] = pictures(name, anatomy) as [CanonicalSeries, CanonicalSeries];
  for (const [what, series] of [
    ['T2', [t2]],
    ['T1', [t1]],
    ['T2 and T1', [t2, t1]],
  ] as const) {
    const read = await readSpine(series, network.run, reading);
    const tally: Tally = tallies.get(what) ?? {
      all: 0,
      judged: 0,
      right: 0,
      near: 0,
      surprise: 0,
      named: [0, 1, 2, 3].map(() => [0, 0, 0, 0]),
      shares: [],
    };
    tallies.set(what, tally);
    for (const truth of truths) {
      tally.all++;
      if (!read.ok) continue;
      const level = read.value.findings.levels.find((l) => l.level === LEVELS[truth.disc]);
      const grade = level?.leeForaminal?.[truth.side];
      const share = level?.measures.perineuralFatPercent?.[truth.side];
      if (share !== undefined) tally.shares.push([share, 100 * truth.fatShare]);
      if (!isGrade(grade)) continue;
      tally.judged++;
      if (grade.grade === truth.lee) tally.right++;
      if (Math.abs(grade.grade - truth.lee) <= 1) tally.near++;
      tally.surprise -= Math.log(grade.p[truth.lee] ?? 1e-6);
      tally.named[truth.lee]![grade.grade]!++;
    }
  }
}
await network.release();
const percent = (n: number, of: number): string => `${((100 * n) / of).toFixed(0)} %`;
for (const [what, t] of tallies) {
  const errors = t.shares.map(([found, real]) => found - real);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  console.log(
    `${what}: judged ${t.judged} of ${t.all}, right ${percent(t.right, t.judged)}, within one ${percent(t.near, t.judged)}, ` +
      `mean surprise ${(t.surprise / t.judged).toFixed(2)}; share of fat: mean abs. error ${mean(errors.map(Math.abs)).toFixed(1)} points, ` +
      `bias ${mean(errors).toFixed(1)}, within 24 points ${percent(errors.filter((v) => Math.abs(v) <= 24).length, errors.length)}`,
  );
  t.named.forEach((row, lee) => {
    console.log(`  grade ${lee}: named 0, 1, 2, 3 on ${row.join(', ')}`);
  });
}
