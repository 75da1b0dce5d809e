/**
 * Writes training shards of synthetic sagittal slices.
 *
 *   node training/make-shards.ts --seed 1 --count 4000 --out DIR [--per-shard 200] [--jobs 1]
 *
 * `shard-NNNN.u8` holds N samples of 2 x 384 x 384 bytes: picture, then class label (0 background, 1 vertebral body,
 * 2 posterior elements, 3 disc, 4 dural sac, 5 sacrum, 6 cord), 0.75 mm, head up, column 0 anterior.
 * `shard-NNNN.json` holds what is true of each. A shard is complete when its .json exists; existing shards are kept.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SAMPLE_SIZE, SAMPLE_SPACING, trainingSamples } from '../packages/phantom/src/training-sample.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '4000' },
    out: { type: 'string' },
    'per-shard': { type: 'string', default: '200' },
    jobs: { type: 'string', default: '1' },
    job: { type: 'string', default: '0' },
  },
});
if (!values.out) {
  console.error('usage: node training/make-shards.ts --seed 1 --count 4000 --out DIR [--per-shard 200] [--jobs 1]');
  process.exit(2);
}
const count = Number(values.count);
const perShard = Number(values['per-shard']);
const jobs = Number(values.jobs);
const job = Number(values.job);
mkdirSync(values.out, { recursive: true });

const SLICES_PER_PERSON = 3;
const shards = Math.ceil(count / perShard);

function writeShard(index: number, out: string): number {
  const name = join(out, `shard-${String(index).padStart(4, '0')}`);
  if (existsSync(`${name}.json`)) return 0;
  const n = Math.min(perShard, count - index * perShard);
  const px = SAMPLE_SIZE * SAMPLE_SIZE;
  const bytes = new Uint8Array(n * 2 * px);
  const truths: unknown[] = [];
  for (let person = 0; truths.length < n; person++) {
    const samples = trainingSamples(`${values.seed}/${index}/${person}`, Math.min(SLICES_PER_PERSON, n - truths.length));
    for (const s of samples) {
      const o = truths.length * 2 * px;
      bytes.set(s.image, o);
      bytes.set(s.label, o + px);
      truths.push(s.truth);
    }
  }
  writeFileSync(`${name}.u8.part`, bytes);
  renameSync(`${name}.u8.part`, `${name}.u8`);
  const head = { seed: values.seed, shard: index, count: n, size: SAMPLE_SIZE, spacingMm: SAMPLE_SPACING };
  writeFileSync(`${name}.json.part`, JSON.stringify({ ...head, samples: truths }));
  renameSync(`${name}.json.part`, `${name}.json`);
  return n;
}

if (jobs > 1 && process.argv.indexOf('--job') < 0) {
  for (let k = 1; k < jobs; k++) {
    spawn(process.execPath, [...process.argv.slice(1), '--job', String(k)], { stdio: 'inherit' });
  }
}
const start = performance.now();
let made = 0;
for (let index = job; index < shards; index += jobs) {
  made += writeShard(index, values.out);
  const rate = (made * 1000) / (performance.now() - start);
  console.error(`shard ${index + 1}/${shards}: ${made} samples, ${rate.toFixed(1)} a second`);
}
