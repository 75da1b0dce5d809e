/**
 * `node bench/detectable-change.ts [--keep FILE]`: how far measures of one disc lie apart when the same person is pictured twice on one day, T1, T2 and
 * T2-SPACE, from the public SPIDER pictures (van der Graaf 2024, Sci Data 11:264; `../shared/data/spider`, not part of the product). Only square
 * pixels whose table entry is plausible count. Each picture is read by itself; discs are paired as `foramen analyze --prior` pairs
 * them. Prints for each measure the 95th percentile of the absolute difference with a bootstrap interval over patients (what
 * `packages/imaging/src/comparison/detectable-change.ts` holds), 1.96 x the root mean square difference, and bias.
 * Then it renumbers one of two pictures by a level and says how often the pairing still finds the same discs.
 * `--keep FILE` keeps the readings, and takes them from there when the file exists.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSpineReader } from '../apps/cli/src/reading.ts';
import { fitsPicture, spacingTable } from '../apps/cli/src/spacing.ts';
import { type FollowedMeasure, pairDiscs } from '../packages/imaging/src/index.ts';
import { rngFrom } from '../packages/phantom/src/index.ts';
import { LUMBAR_DISCS_FROM_BELOW, type SpineFindings } from '../packages/spine/src/index.ts';

const { values } = parseArgs({ options: { keep: { type: 'string' } } });
const spider = join(import.meta.dirname, '..', '..', 'shared', 'data', 'spider');
if (!existsSync(spider)) {
  console.warn('DETECTABLE CHANGE NOT MEASURED: the SPIDER pictures are not here (../shared/data/spider).');
  process.exit(0);
}

const MEASURES = [
  'heightAnteriorMm',
  'heightMiddleMm',
  'heightPosteriorMm',
  'heightIndex',
  'depthMm',
  'areaMm2',
  'bulgeMm',
  'herniationApMm',
  'herniationAreaMm2',
  'herniationCanalPercent',
  'migrationMm',
  'canalApMm',
  'slipMm',
  'slipPercent',
  'segmentalAngleDeg',
  'signalRatioToCsf',
  'csfSignalRatio',
] as const satisfies readonly FollowedMeasure[];
/** Signals compare only between pictures of one weighting. */
const T2_ONLY: ReadonlySet<FollowedMeasure> = new Set(['signalRatioToCsf', 'csfSignalRatio']);
/** Two discs are one for certain from this probability on; what a wrong pair differs by is no measurement error. */
const SURE = 0.9;
/** One person has one size: pictures that say otherwise by more carry a wrong spacing. */
const SAME_SCALE = 1.04;
const ROUNDS = 1000;

async function read(): Promise<ReadonlyMap<string, SpineFindings>> {
  if (values.keep !== undefined && existsSync(values.keep))
    return new Map(
      Object.entries(JSON.parse(readFileSync(values.keep, 'utf8')) as Record<string, SpineFindings>),
    );
  const table = spacingTable(readFileSync(join(spider, 'overview.csv'), 'utf8'), 'overview.csv');
  const reader = createSpineReader();
  const out = new Map<string, SpineFindings>();
  for (const name of readdirSync(join(spider, 'midsagittal')).sort()) {
    const stem = basename(name, '.png');
    const bytes = new Uint8Array(readFileSync(join(spider, 'midsagittal', name)));
    const spacing = table.get(stem);
    if (spacing === undefined || !fitsPicture(bytes, spacing)) continue;
    const done = await reader.read([{ name, bytes }], { spacing });
    if (done.ok) out.set(stem, done.value.reading.findings);
    process.stderr.write(`\r${out.size} pictures read`);
  }
  process.stderr.write('\n');
  if (values.keep !== undefined) writeFileSync(values.keep, JSON.stringify(Object.fromEntries(out)));
  return out;
}

const patientOf = (stem: string): string => stem.split('_')[0]!;
const isT2 = (stem: string): boolean => /t2/i.test(stem);
const readings = [...(await read())];
const pairs = readings.flatMap(([a, one], n) =>
  readings.slice(n + 1).flatMap(([b, two]) => (patientOf(a) === patientOf(b) ? [{ a, b, one, two }] : [])),
);

const quantile = (sorted: readonly number[], q: number): number => {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
};
const p95 = (differences: readonly number[]): number =>
  quantile(
    differences.map(Math.abs).sort((x, y) => x - y),
    0.95,
  );

const median = (all: readonly number[]): number =>
  quantile(
    [...all].sort((x, y) => x - y),
    0.5,
  );

/** Size of the person on one picture over that on the other: one for the same person, unless a spacing of the table is wrong. */
function scaleBetween(one: SpineFindings, two: SpineFindings): number {
  const ratios = pairDiscs(one, two).pairs.flatMap(([x, y]) => {
    const body = (f: SpineFindings, l: typeof x) =>
      f.vertebrae.find((v) => l.level.startsWith(`${v.vertebra}-`))?.heightPosteriorMm;
    const [v, w] = [body(one, x), body(two, y)];
    const [d, e] = [x.measures.depthMm, y.measures.depthMm];
    return [...(v !== undefined && w !== undefined ? [w / v] : []), ...(d && e ? [e / d] : [])];
  });
  return ratios.length < 6 ? Number.NaN : median(ratios);
}

const scaled = pairs.filter(
  ({ one, two }) => Math.abs(Math.log(scaleBetween(one, two))) <= Math.log(SAME_SCALE),
);
const patients = new Set(scaled.map((p) => patientOf(p.a)));
console.log(
  `${patients.size} patients, ${scaled.length} pairs of pictures; ${pairs.length - scaled.length} pairs left out whose spacings cannot both be right`,
);
const KINDS = [
  ['any two', () => true],
  ['T2 and T2-SPACE', (a: string, b: string) => isT2(a) && isT2(b)],
] as const;
for (const [kind, fits] of KINDS) {
  console.log(`\n${kind}\nmeasure | discs | 95 % of |difference| (interval) | 1.96 x RMS | bias`);
  for (const measure of MEASURES) {
    const byPatient = new Map<string, number[]>();
    for (const { a, b, one, two } of scaled) {
      if (!fits(a, b) || (T2_ONLY.has(measure) && !(isT2(a) && isT2(b)))) continue;
      const pairing = pairDiscs(one, two);
      if (pairing.p < SURE) continue;
      for (const [x, y] of pairing.pairs) {
        const [v, w] = [x.measures[measure], y.measures[measure]];
        if (x.abstained !== undefined || y.abstained !== undefined || v === undefined || w === undefined)
          continue;
        const own = byPatient.get(patientOf(a)) ?? [];
        own.push(w - v);
        byPatient.set(patientOf(a), own);
      }
    }
    const groups = [...byPatient.values()];
    const all = groups.flat();
    if (all.length < 20) {
      console.log(`${measure} | ${all.length} | too few | |`);
      continue;
    }
    const rng = rngFrom(`bootstrap ${measure}`);
    const again = Array.from({ length: ROUNDS }, () =>
      p95(groups.flatMap(() => groups[rng.int(0, groups.length - 1)]!)),
    ).sort((x, y) => x - y);
    const rms = Math.sqrt(all.reduce((sum, d) => sum + d * d, 0) / all.length);
    const bias = all.reduce((sum, d) => sum + d, 0) / all.length;
    const digits = p95(all) < 1 ? 3 : 2;
    const say = (v: number): string => v.toFixed(digits);
    console.log(
      `${measure} | ${all.length} | ${say(p95(all))} (${say(quantile(again, 0.025))} to ${say(quantile(again, 0.975))}) | ${say(1.96 * rms)} | ${say(bias)}`,
    );
  }
}

/** The same study with its lowest disc not seen, or one more seen below: every name slips by a level. */
function slipped(f: SpineFindings): SpineFindings {
  const levels = [...f.levels].sort((x, y) => x.indexFromBottom - y.indexFromBottom).slice(1);
  return {
    ...f,
    levels: levels.map((level, n) => ({
      ...level,
      level: LUMBAR_DISCS_FROM_BELOW[n] ?? level.level,
      indexFromBottom: n + 1,
    })),
    // Vertebrae slip with their discs.
    vertebrae: f.vertebrae.map((v) => {
      const place = f.levels.findIndex((l) => l.level.startsWith(`${v.vertebra}-`));
      const name = LUMBAR_DISCS_FROM_BELOW[place - 1]?.split('-')[0];
      return { ...v, vertebra: (name ?? 'S1') as typeof v.vertebra };
    }),
  };
}

let kept = 0;
let moved = 0;
let wrong = 0;
let named = 0;
let tried = 0;
for (const { one, two } of pairs) {
  if (one.levels.length < 5 || two.levels.length < 5) continue;
  tried++;
  if (pairDiscs(one, two).namesAgree) named++;
  const found = pairDiscs(one, slipped(two));
  if (found.remark === undefined) kept++;
  else if (found.namesAgree) wrong++;
  else moved++;
}
console.log(
  `of ${tried} pairs: named alike and paired so ${named}; one study renumbered by a level: paired by shape ${moved}, left open ${wrong}, not noticed ${kept}`,
);
