/**
 * `node bench/numbering.ts [--every N] [--seeds a,b] [--people a,b] [--list]`: whether discs get their right names.
 * Names against drawn discs on T2-SPACE slices and counts against one expert's rows on mid-sagittal pictures (SPIDER, van der Graaf 2024; `../shared/data/spider`,
 * not part of the product, left out where absent; the shipped network has seen these people), then names on synthetic people whose levels are easy to
 * miscount, as series of 15 slices 4 mm apart in six weightings, whole and cut off below the middle of L5.
 * "Right" is counted from the lowest disc up, which is L5-S1. `--every N` takes every Nth picture, `--people a,b` these synthetic people alone, `--list`
 * names each mismatch.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CanonicalSeries, readInput, readSpine, type SpineReading } from '@foramen/imaging';
import { createNetworkRunner, loadModels, modelFolder } from '@foramen/server/analysis';
import { DISC_LABEL, LUMBAR_DISCS_FROM_BELOW, type Vec3, type Volume } from '@foramen/spine';
import { fitsPicture, spacingTable } from '../apps/cli/src/spacing.ts';
import { readGradings } from '../apps/cli/src/validate-grades.ts';
import { maskDiscs } from './numbering/mask-discs.ts';
import { cropped, PEOPLE, personOf, picture } from './numbering/people.ts';

const { values } = parseArgs({
  options: {
    every: { type: 'string' },
    seeds: { type: 'string' },
    people: { type: 'string' },
    list: { type: 'boolean' },
  },
});
const every = Math.max(1, Math.trunc(Number(values.every ?? 1)) || 1);
const SURE = 0.95;
const SPACE_MM = 0.469;
const folder = modelFolder();
const { segmenter } = loadModels(folder).reading;
const network = createNetworkRunner(folder);

interface Tally {
  discs: number;
  right: number;
  wrong: number;
  /** No name there, or the names of the whole picture withheld. */
  unnamed: number;
  sure: number;
  sureWrong: number;
}
const empty = (): Tally => ({ discs: 0, right: 0, wrong: 0, unnamed: 0, sure: 0, sureWrong: 0 });
const percent = (part: number, all: number): string =>
  all === 0 ? '-' : `${((100 * part) / all).toFixed(1)} %`;
function print(name: string, t: Tally): void {
  const named = t.right + t.wrong;
  console.log(
    `${name.padEnd(34)} ${String(t.discs).padStart(5)} discs, ${percent(t.right, t.discs).padStart(7)} right, ${t.wrong} wrong, ${t.unnamed} without a name; of ${named} named ${percent(t.right, named)} right; ${t.sure} named with ${SURE} or more, ${percent(t.sure - t.sureWrong, t.sure)} right`,
  );
}

async function read(series: CanonicalSeries): Promise<SpineReading | null> {
  const done = await readSpine([series], network.run, segmenter === undefined ? {} : { segmenter });
  return done.ok ? done.value : null;
}

const flagged = (reading: SpineReading | null): boolean =>
  reading !== null && !['none', 'unknown'].includes(reading.findings.enumeration.transitional);

const withheld = (reading: SpineReading): boolean =>
  reading.findings.limits.some((text) => /cannot be named/.test(text));

/** Whether the most frequent disc label among `found` is the one counted; `k` from below, 0 the lowest. */
function judge(
  t: Tally,
  reading: SpineReading | null,
  found: readonly number[],
  k: number,
  where: string,
): void {
  t.discs++;
  const level = LUMBAR_DISCS_FROM_BELOW[k];
  const counts = new Map<string, number>();
  for (const label of found) {
    const name = LUMBAR_DISCS_FROM_BELOW.find((one) => DISC_LABEL[one] === label);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [given] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (reading === null || given === undefined || withheld(reading)) {
    t.unnamed++;
    if (values.list) console.log(`  ${where}: ${level} has no name`);
    return;
  }
  const right = given === level;
  const confidence = reading.findings.levels.find((one) => one.level === given)?.confidence ?? 0;
  t[right ? 'right' : 'wrong']++;
  if (confidence >= SURE) t.sure++;
  if (confidence >= SURE && !right) t.sureWrong++;
  if (values.list && !right) console.log(`  ${where}: ${level} is called ${given}, ${confidence.toFixed(2)}`);
}

async function pictureOf(path: string, spacing: Vec3 | null): Promise<CanonicalSeries | null> {
  const bytes = new Uint8Array(readFileSync(path));
  const input = await readInput([{ name: basename(path), bytes }], spacing === null ? {} : { spacing });
  return input.ok ? (input.value.series[0] ?? null) : null;
}

async function drawnDiscs(spider: string): Promise<void> {
  const t = empty();
  const folderOf = (kind: string) => join(spider, 't2-space', kind);
  const names = readdirSync(folderOf('masks')).sort();
  for (const name of names.filter((_, n) => n % every === 0)) {
    const spacing: Vec3 = [SPACE_MM, SPACE_MM, 4];
    const one = await pictureOf(join(folderOf('images'), name), spacing);
    const mask = await pictureOf(join(folderOf('masks'), name), spacing);
    if (one === null || mask === null) continue;
    const reading = await read(one);
    const [w, h] = mask.volume.size;
    maskDiscs(mask.volume.data, w, h, SPACE_MM).forEach(({ pixels }, k) => {
      judge(t, reading, reading === null ? [] : pixels.map((at) => reading.labels.data[at]!), k, name);
    });
  }
  print('T2-SPACE slices against masks', t);
}

async function counts(spider: string): Promise<void> {
  const table = spacingTable(readFileSync(join(spider, 'overview.csv'), 'utf8'), 'overview.csv');
  const file = join(spider, 'radiological_gradings.csv');
  const rows = new Map<string, number>();
  for (const { name, index } of readGradings(readFileSync(file, 'utf8'), file))
    rows.set(name, Math.max(rows.get(name) ?? 0, index ?? 0));
  const off = new Map<number, number>();
  const confidences: number[] = [];
  const odd: string[] = [];
  const names = readdirSync(join(spider, 'midsagittal')).sort();
  for (const name of names.filter((_, n) => n % every === 0)) {
    const stem = basename(name, '.png');
    const path = join(spider, 'midsagittal', name);
    const given = table.get(stem);
    const spacing =
      given !== undefined && fitsPicture(new Uint8Array(readFileSync(path)), given) ? given : null;
    const one = await pictureOf(path, spacing);
    const reading = one === null ? null : await read(one);
    const d = (reading?.findings.levels.length ?? 0) - (rows.get(stem.split('_')[0]!) ?? 0);
    off.set(d, (off.get(d) ?? 0) + 1);
    confidences.push(reading?.findings.enumeration.confidence ?? 0);
    if (flagged(reading)) odd.push(stem);
    if (values.list && d !== 0) console.log(`  ${stem}: ${d > 0 ? '+' : ''}${d}`);
  }
  const text = [...off].sort((a, b) => b[1] - a[1]).map(([d, n]) => `${d > 0 ? '+' : ''}${d}: ${n}`);
  console.log(`mid-sagittal pictures, discs less the expert's rows: ${text.join(', ')}`);
  console.log(`mid-sagittal pictures flagged as possibly transitional: ${odd.length} (${odd.join(', ')})`);
  const sure = confidences.filter((p) => p >= SURE).length;
  console.log(`mid-sagittal pictures numbered with ${SURE} or more: ${sure} of ${confidences.length}`);
}

/** Disc labels around a point: 9 x 9 pixels of the nearest slice. */
function around(reading: SpineReading | null, [x, y, z]: Vec3): number[] {
  if (reading === null) return [];
  const { data, size } = reading.labels;
  const [w, h, depth] = size;
  const k = Math.min(depth - 1, Math.max(0, Math.round(z)));
  const out: number[] = [];
  for (let j = Math.round(y) - 4; j <= Math.round(y) + 4; j++)
    for (let i = Math.round(x) - 4; i <= Math.round(x) + 4; i++)
      if (i >= 0 && j >= 0 && i < w && j < h) out.push(data[i + w * (j + h * k)]!);
  return out;
}

async function people(seeds: readonly string[]): Promise<void> {
  const wanted = values.people?.split(',');
  const whole = empty();
  const cut = empty();
  const byWeighting = new Map<string, Tally>();
  const byPerson = new Map<string, Tally>();
  const flags = new Map<string, [number, number]>();
  const series = (name: string, volume: Volume): CanonicalSeries => ({
    name,
    volume,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: volume.size, spacingMm: volume.spacing, spacingFrom: 'file' },
  });
  for (const seed of seeds) {
    for (const person of Object.keys(PEOPLE).filter((one) => wanted?.includes(one) ?? true)) {
      const drawn = picture(`${person}/${seed}`, personOf(person, seed), 15);
      for (const { weighting, volume } of drawn.series) {
        const reading = await read(series(person, volume));
        const h = volume.size[1];
        const own = [whole, byWeighting.get(weighting) ?? empty(), byPerson.get(person) ?? empty()];
        byWeighting.set(weighting, own[1]!);
        byPerson.set(person, own[2]!);
        drawn.discs.forEach((at, k) => {
          if (at[1] < 10 || at[1] > h - 10) return;
          for (const t of own) judge(t, reading, around(reading, at), k, `${person} ${weighting}`);
        });
        const group = /lumbarised|sacralised/.test(person)
          ? 'a squared S1 over a full disc'
          : /six|four/.test(person)
            ? 'six or four lumbar vertebrae, told by nothing but the conus'
            : 'five lumbar vertebrae';
        const [seen, all] = flags.get(group) ?? [0, 0];
        flags.set(group, [seen + (flagged(reading) ? 1 : 0), all + 1]);
        // The lowest disc that is left is L4-L5: names counted from it are wrong, and must not be sure.
        const end = Math.round((drawn.discs[0]![1] + drawn.discs[1]![1]) / 2);
        const above = await read(series(person, cropped(volume, 0, end)));
        drawn.discs.forEach((at, k) => {
          if (at[1] >= 10 && at[1] <= end - 10)
            judge(cut, above, around(above, at), k, `${person} ${weighting} cut`);
        });
      }
    }
  }
  print('synthetic people', whole);
  for (const [name, t] of [...byWeighting, ...byPerson]) print(`  ${name}`, t);
  print('synthetic people, cut below L5', cut);
  for (const [group, [seen, all]] of flags)
    console.log(`flagged as possibly transitional: ${seen} of ${all} series of people with ${group}`);
}

const spider = join(import.meta.dirname, '..', '..', 'shared', 'data', 'spider');
if (existsSync(spider)) {
  await drawnDiscs(spider);
  await counts(spider);
} else console.warn('NOT MEASURED ON PEOPLE: the SPIDER pictures are not here (../shared/data/spider).');
await people((values.seeds ?? '1').split(',').filter((seed) => seed !== ''));
await network.release();
