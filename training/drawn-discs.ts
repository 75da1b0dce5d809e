/**
 * Writes measures of drawn discs whose truth is known: people of packages/phantom, each on one slice near the midline, found and measured by the
 * product's own code.
 *
 *   node training/drawn-discs.ts --people 1440 --out FILE.json [--crops FILE.u8] [--seed g] [--first 0]
 *
 * FILE.json holds `{ rows: [{ person, features, truth }] }`, a row a disc, truth by field of the grader, grades counted from 0. With --crops the
 * person lies for T1 after T2, and FILE.u8 holds bytes [rows, 2, 72, 96], T2 and T1 of packages/imaging/src/grades/disc-crop.ts times 255; discs that
 * are not found on both are left out. A person depends on the seed and their own number alone.
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encode } from 'fast-png';
import { CROP } from '../packages/imaging/src/grades/disc-crop.ts';
import { measureDiscs } from '../packages/imaging/src/measures/level-reading.ts';
import { graderInputs } from '../packages/imaging/src/read/grade-levels.ts';
import { locateSpine } from '../packages/imaging/src/read/locate.ts';
import { sourcesOf } from '../packages/imaging/src/read/read-spine.ts';
import { planReading } from '../packages/imaging/src/read/roles.ts';
import { readInput } from '../packages/imaging/src/volumes/read-input.ts';
import type { InputSeries } from '../packages/imaging/src/volumes/series.ts';
import * as phantom from '../packages/phantom/src/index.ts';
import { openSegmenter } from './segmenter-runner.ts';

const SIZE = 448;
const SPACING = 0.625; // mm
// Measured on slices through the canal, a herniation is there to be seen if it reaches this near to the midline, and this far back, mm.
const REACH = 3;
const DEPTH = 3;
const SLIP = 3; // mm, as in the definition of the finding by most readers
const HOLLOW = 2; // mm a Schmorl node is deep; shallower ones are lost in a slice of 3 to 5 mm
const CRUSHED = 0.1; // of the height of the body below
const BULGING = 1.7; // mm behind the posterior walls
const NARROW = 0.8; // of what a disc at this level is high in a person of this size

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    out: { type: 'string' },
    crops: { type: 'string' },
    seed: { type: 'string', default: 'g' },
    first: { type: 'string', default: '0' },
    model: { type: 'string', default: join(import.meta.dirname, '../packages/imaging/models/segmenter') },
  },
});
const { people, out, crops, seed, first, model } = values;
if (!people || !out) throw new Error('give --people and --out');
const { description, run } = await openSegmenter(model);

/** A person with more wear than most, on one slice as a scanner would give it in each contrast, with what is true on that slice. */
function drawn(person: string, contrasts: readonly ('T2' | 'T1')[]) {
  const rng = phantom.rngFrom(person);
  const anatomy = phantom.buildAnatomy(rng.fork('anatomy'), {
    lesions: rng.range(1, 2.6),
    degeneration: phantom.clamp(rng.normal(0.5, 0.25), 0, 1),
    lumbarCount: 5,
    scoliosisDeg: rng.normal(0, 3),
  });
  const [x, y, z] = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const centre = [x * 0.5 + rng.normal(0, 3.5), y + rng.normal(-4, 15), z + rng.normal(-5, 18)] as const;
  const tilt = phantom.clamp(rng.normal(0, 4), -10, 10);
  const plane = phantom.sagittalPlane([...centre], SPACING, SIZE, SIZE, tilt, rng.normal(0, 2));
  const slab = phantom.cutSlab(anatomy, plane, rng.range(3, 5), 3);
  const nativeSpacing = rng.range(0.45, 1.05);
  const texture = phantom.buildTexture({ seed: `${person}/tx`, size: rng.range(0.7, 1.5) });
  const scanner = { spacing: SPACING, nativeSpacing, strength: 0.7, fatSaturated: false };
  const images = contrasts.map((contrast) => {
    const table = phantom.drawSignals(rng.fork(`s${contrast}`), contrast, 0.8);
    const signal = phantom.slabSignal(slab, table, texture);
    const scan = rng.fork(contrast === 'T2' ? 'scan2' : 'scan1');
    return phantom.throughScanner(signal, slab.centre.tissue, SIZE, SIZE, scanner, scan);
  });
  return { anatomy, images, truth: phantom.discTruth(anatomy, plane) };
}

/** What the grader should say of disc `at` of a drawn person, by its fields. */
function gradesOf(anatomy: phantom.Anatomy, at: number, disc: phantom.DiscTruth) {
  const spec = anatomy.spec.discs[at] as phantom.DiscSpec;
  const h = spec.herniation;
  const herniation = h !== null && Math.abs(h.lateral) < h.width / 2 + REACH && h.ap > DEPTH;
  const below = at > 0 ? anatomy.spec.vertebrae[at - 1] : undefined;
  return {
    pfirrmann: spec.pfirrmann - 1,
    modic: Math.max(spec.modicUpper, spec.modicLower),
    endplateUpper: Number(spec.schmorl.upper > HOLLOW),
    endplateLower: Number(spec.schmorl.lower > HOLLOW || (below?.fracture ?? 0) > CRUSHED),
    spondylolisthesis: Number(Math.abs(disc.slipMm) > SLIP),
    herniation: Number(herniation),
    narrowing: Number(spec.height < NARROW * phantom.usualDiscHeight(at, disc.depthMm)),
    bulging: Number(spec.bulge > BULGING || herniation),
  };
}

const rows: unknown[] = [];
const file = crops ? openSync(crops, 'w') : null;
const contrasts = crops ? (['T2', 'T1'] as const) : (['T2'] as const);
for (let i = Number(first); i < Number(first) + Number(people); i++) {
  const { anatomy, images, truth } = drawn(`${seed}/${i}`, contrasts);
  const series: InputSeries[] = [];
  for (const [k, data] of images.entries()) {
    const png = encode({ width: SIZE, height: SIZE, data, depth: 8, channels: 1 });
    const name = `drawn_${contrasts[k]?.toLowerCase()}.png`;
    const input = await readInput([{ name, bytes: png }], { anyRegion: true, spacing: [SPACING, SPACING] });
    if (input.ok) series.push(...input.value.series);
  }
  const plan = planReading(series);
  const primary = plan ? series[plan.primary] : undefined;
  // What is not taken for T2 is left out, as the product would read it otherwise.
  if (!plan || !primary || plan.t2 !== plan.primary) continue;
  const outcome = await locateSpine(primary.name, primary.volume, false, run, description, {});
  if ('problem' in outcome) continue;
  const { located } = outcome;
  const discs = measureDiscs(located.instances, located.numbering, located.volume);
  const inputs = graderInputs(await sourcesOf(series, plan, located, discs, run, description, {}));
  discs.forEach((m, k) => {
    const input = inputs[k];
    if (!m.frame || !input) return;
    const [column, row] = [m.frame.centre[0] / SPACING, m.frame.centre[1] / SPACING];
    const at = truth.findIndex(
      ({ box }) => box && row >= box[0] && row <= box[2] && column >= box[1] && column <= box[3],
    );
    const disc = truth[at];
    if (!disc || disc.cage) return;
    if (file !== null) {
      if (!input.has.t2 || !input.has.t1) return;
      const pictures = input.crop.subarray(0, 2 * CROP.width * CROP.height);
      writeSync(file, Uint8Array.from(pictures, (v) => Math.round(v * 255)));
    }
    rows.push({ person: i, features: input.features, truth: gradesOf(anatomy, at, disc) });
  });
}
if (file !== null) closeSync(file);
writeFileSync(out, JSON.stringify({ rows }));
process.stderr.write(`${rows.length} drawn discs written to ${out}\n`);
