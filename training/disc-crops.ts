/**
 * Writes what the disc grader is trained on: for every patient of a folder of mid-sagittal PNGs (`<patient>_t2.png`,
 * `<patient>_t1.png`) one crop a disc and its measures, found and measured by the product's own code.
 *
 *   node training/disc-crops.ts --images DIR --gradings FILE.csv --overview FILE.csv --out PREFIX
 *
 * PREFIX.f32 holds float32 [rows, 4, 72, 96] (see packages/imaging/src/grades/disc-crop.ts), PREFIX.wide float32 picture, points and seen cells
 * of each wide crop, T2 before T1, where a row has them (wide-crop.ts), and PREFIX.json
 * `{ shape, rows: [{ patient, level, indexFromBottom, features, has, wide, labels }] }`, rows in the order of the crops.
 */
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { graderInputs } from '../packages/imaging/src/read/grade-levels.ts';
import { CROP } from '../packages/imaging/src/grades/disc-crop.ts';
import { measureDiscs } from '../packages/imaging/src/measures/level-reading.ts';
import { abstention } from '../packages/imaging/src/read/assemble.ts';
import { locateSpine } from '../packages/imaging/src/read/locate.ts';
import { sourcesOf } from '../packages/imaging/src/read/read-spine.ts';
import { planReading } from '../packages/imaging/src/read/roles.ts';
import { readInput } from '../packages/imaging/src/volumes/read-input.ts';
import type { InputSeries } from '../packages/imaging/src/volumes/series.ts';
import { openSegmenter } from './segmenter-runner.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    gradings: { type: 'string' },
    overview: { type: 'string' },
    out: { type: 'string' },
    model: { type: 'string', default: join(import.meta.dirname, '../packages/imaging/models/segmenter') },
    only: { type: 'string' },
  },
});
const { images, gradings, overview, out, model: modelPath } = values;
if (!images || !gradings || !overview || !out) throw new Error('give --images, --gradings, --overview and --out');

/** Comma-separated values with double quotes, as both tables use them. */
function table(path: string): Record<string, string>[] {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/).filter((l) => l.length > 0);
  const cells = (line: string) =>
    [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map((m) => m[2] ?? m[1] ?? '');
  const head = cells(lines[0] as string);
  return lines.slice(1).map((l) => {
    const row = cells(l);
    return Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']));
  });
}

const spacings = new Map(
  table(overview).map((r) => [r.new_file_name ?? '', (r.PixelSpacing ?? '').match(/[\d.]+/g)?.map(Number) ?? []]),
);
const labelled = new Map<string, Record<string, number>>();
for (const r of table(gradings)) {
  const { Patient = '', ['IVD label']: disc = '', ...rest } = r;
  labelled.set(`${Patient}/${disc}`, Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, Number(v)])));
}

const { description, run } = await openSegmenter(modelPath);

async function load(file: string): Promise<InputSeries | null> {
  const s = spacings.get(file.replace(/\.png$/, ''));
  const known = s && s.length === 2 ? ([s[0] as number, s[1] as number] as const) : undefined;
  const input = await readInput([{ name: file, bytes: readFileSync(join(images as string, file)) }], {
    anyRegion: true,
    ...(known ? { spacing: known } : {}),
  });
  return input.ok ? (input.value.series[0] ?? null) : null;
}

const files = readdirSync(images).filter((f) => /^\d+_t[12]\.png$/.test(f));
const patients = [...new Set(files.map((f) => f.split('_')[0] as string))].sort((a, b) => Number(a) - Number(b));
const fd = openSync(`${out}.f32`, 'w');
const wide = openSync(`${out}.wide`, 'w');
const rows: unknown[] = [];
for (const patient of patients) {
  if (values.only && values.only !== patient) continue;
  const series: InputSeries[] = [];
  for (const kind of ['t2', 't1']) {
    if (files.includes(`${patient}_${kind}.png`)) {
      const s = await load(`${patient}_${kind}.png`);
      if (s) series.push(s);
    }
  }
  const plan = planReading(series);
  const primary = plan ? series[plan.primary] : undefined;
  if (!plan || !primary) continue;
  const outcome = await locateSpine(primary.name, primary.volume, false, run, description, {});
  if ('problem' in outcome) {
    process.stderr.write(`${patient}: ${outcome.problem.what}\n`);
    continue;
  }
  const { located } = outcome;
  const discs = measureDiscs(located.instances, located.numbering, plan.t2 === plan.primary ? located.volume : null);
  const gradable = await sourcesOf(series, plan, located, discs, run, description, {});
  graderInputs(gradable).forEach((input, i) => {
    const m = discs[i];
    if (!m) return;
    writeSync(fd, new Uint8Array(input.crop.buffer, input.crop.byteOffset, input.crop.byteLength));
    const bytes = (a: Float32Array) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
    for (const w of [input.wide.t2, input.wide.t1]) {
      if (w) for (const part of [w.picture, w.points, w.seen]) writeSync(wide, bytes(part));
    }
    rows.push({
      patient,
      level: m.disc.level,
      indexFromBottom: m.disc.indexFromBottom,
      confidence: m.disc.confidence,
      abstained: abstention({ series: primary, located, models: [] }, m),
      features: input.features,
      has: input.has,
      wide: { t2: input.wide.t2 !== null, t1: input.wide.t1 !== null },
      labels: labelled.get(`${patient}/${m.disc.indexFromBottom}`) ?? null,
    });
  });
  process.stderr.write(`${patient}: ${discs.length} discs\n`);
}
closeSync(fd);
closeSync(wide);
writeFileSync(
  `${out}.json`,
  JSON.stringify({ shape: [rows.length, CROP.channels, CROP.height, CROP.width], rows }),
);
process.stderr.write(`${rows.length} discs written to ${out}.f32 and ${out}.json\n`);
