/**
 * Possible migrated fragments behind the bodies, found by the shipped network's outlines and the T2 picture: synthetic people with a sequestrum,
 * and people without displaced disc. `node bench/fragments.ts 12 [seed]`
 */
import { type CanonicalSeries, readSpine } from '@foramen/imaging';
import { buildAnatomy, rngFrom } from '@foramen/phantom';
import { createNetworkRunner, loadModels, modelFolder } from '@foramen/server/analysis';
import { picture } from './numbering/people.ts';

const people = Number(process.argv[2] ?? 12);
const seed = process.argv[3] ?? 'bench';
const folder = modelFolder();
const { reading } = loadModels(folder);
const network = createNetworkRunner(folder);

const NAMES = ['S1', 'L5', 'L4', 'L3', 'L2', 'L1'];
const tally = { fragments: 0, found: 0, behindS1: 0, plain: 0, flagged: 0 };
for (let n = 0; n < 2 * people; n++) {
  const ill = n % 2 === 0;
  const name = `fragments ${seed} ${n}`;
  const rng = rngFrom(name);
  const disc = rng.int(0, 3);
  const up = rng.chance(0.4);
  const herniation = {
    kind: 'sequestration',
    ap: rng.range(5, 9),
    width: rng.range(10, 18),
    lateral: rng.normal(0, 4),
    migration: (up ? 1 : -1) * rng.range(10, 16),
  } as const;
  const none = Object.fromEntries(Array.from({ length: 9 }, (_, k) => [k, { herniation: null }]));
  const anatomy = buildAnatomy(name, {
    lumbarCount: 5,
    lesions: ill ? 0 : 0.5,
    degeneration: rng.range(0.1, 0.8),
    scoliosisDeg: rng.normal(0, 5),
    discs: ill ? { [disc]: { herniation } } : none,
  });
  const drawn = picture(name, anatomy, 15).series.find((s) => s.weighting === 'T2');
  if (!drawn) throw new Error('no T2 was drawn');
  const { size, spacing } = drawn.volume;
  const series: CanonicalSeries = {
    name,
    volume: drawn.volume,
    reading: { role: 'sagittal-T2', size, spacingMm: spacing, spacingFrom: 'file' },
    hasGeometry: true,
  };
  const read = await readSpine([series], network.run, reading);
  const behind = read.ok ? (read.value.findings.possibleFragments ?? []).map((f) => f.behind) : [];
  if (!ill) {
    tally.plain++;
    if (behind.length > 0) tally.flagged++;
    continue;
  }
  tally.fragments++;
  // A fragment that has gone up lies behind the body above its disc, one that has gone down behind the one below.
  const at = NAMES[up ? disc + 1 : disc];
  if (at === 'S1') tally.behindS1++;
  else if (behind.some((b) => b === at)) tally.found++;
  else
    console.log(
      `missed: behind ${at}, ${herniation.ap.toFixed(1)} mm deep; named ${behind.join(', ') || 'none'}`,
    );
}
await network.release();
console.log(
  `fragments ${tally.fragments}, behind S1 ${tally.behindS1} (not looked for), found ${tally.found}; people without ${tally.plain}, flagged ${tally.flagged}`,
);
