/**
 * Writes measures of drawn discs whose truth is known: people of packages/phantom, each on one T2 slice near the midline, found and measured by
 * the product's own code.
 *
 *   node training/drawn-discs.ts --people 1440 --out FILE.json [--seed g] [--first 0]
 *
 * FILE.json holds `{ rows: [{ features, truth: { herniation, spondylolisthesis } }] }`, truth 0 or 1, a row a disc. A person depends on the seed
 * and their own number alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encode } from 'fast-png';
import { discFeatures } from '../packages/imaging/src/grades/features.ts';
import { withNeighbours } from '../packages/imaging/src/grades/grader.ts';
import { measureDiscs } from '../packages/imaging/src/measures/level-reading.ts';
import { locateSpine } from '../packages/imaging/src/read/locate.ts';
import { planReading } from '../packages/imaging/src/read/roles.ts';
import { readInput } from '../packages/imaging/src/volumes/read-input.ts';
import * as phantom from '../packages/phantom/src/index.ts';
import { openSegmenter } from './segmenter-runner.ts';

const SIZE = 448;
const SPACING = 0.625; // mm
// Measured on slices through the canal, a herniation is there to be seen if it reaches this near to the midline, and this far back, mm.
const REACH = 3;
const DEPTH = 3;
const SLIP = 3; // mm, as in the definition of the finding by most readers

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: 'g' },
    first: { type: 'string', default: '0' },
    model: { type: 'string', default: join(import.meta.dirname, '../packages/imaging/models/segmenter') },
  },
});
const { people, out, seed, first, model } = values;
if (!people || !out) throw new Error('give --people and --out');
const { description, run } = await openSegmenter(model);

/** A person with more wear than most, on one T2 slice as a scanner would give it, with what is true on that slice. */
function drawn(person: string) {
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
  const signal = phantom.slabSignal(slab, phantom.drawSignals(rng.fork('sT2'), 'T2', 0.8), texture);
  const scanner = { spacing: SPACING, nativeSpacing, strength: 0.7, fatSaturated: false };
  const image = phantom.throughScanner(signal, slab.centre.tissue, SIZE, SIZE, scanner, rng.fork('scan2'));
  return { anatomy, image, truth: phantom.discTruth(anatomy, plane) };
}

const rows: unknown[] = [];
for (let i = Number(first); i < Number(first) + Number(people); i++) {
  const { anatomy, image, truth } = drawn(`${seed}/${i}`);
  const png = encode({ width: SIZE, height: SIZE, data: image, depth: 8, channels: 1 });
  const input = await readInput([{ name: 'drawn_t2.png', bytes: png }], { anyRegion: true, spacing: [SPACING, SPACING] });
  const series = input.ok ? input.value.series : [];
  const plan = planReading(series);
  const primary = plan ? series[plan.primary] : undefined;
  // What is not taken for T2 is left out, as the product would read it otherwise.
  if (!plan || !primary || plan.t2 !== plan.primary) continue;
  const outcome = await locateSpine(primary.name, primary.volume, false, run, description, {});
  if ('problem' in outcome) continue;
  const { located } = outcome;
  const discs = measureDiscs(located.instances, located.numbering, located.volume);
  const features = withNeighbours(discs.map(discFeatures));
  discs.forEach((m, k) => {
    if (!m.frame) return;
    const [column, row] = [m.frame.centre[0] / SPACING, m.frame.centre[1] / SPACING];
    const at = truth.findIndex(
      ({ box }) => box && row >= box[0] && row <= box[2] && column >= box[1] && column <= box[3],
    );
    const spec = anatomy.spec.discs[at];
    if (!spec || spec.cage) return;
    const h = spec.herniation;
    const seen = h !== null && Math.abs(h.lateral) < h.width / 2 + REACH && h.ap > DEPTH;
    const slipped = Math.abs(truth[at]?.slipMm ?? 0) > SLIP;
    rows.push({ features: features[k], truth: { herniation: Number(seen), spondylolisthesis: Number(slipped) } });
  });
}
writeFileSync(out, JSON.stringify({ rows }));
process.stderr.write(`${rows.length} drawn discs written to ${out}\n`);
