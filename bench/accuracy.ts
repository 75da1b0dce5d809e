/**
 * `npm run bench:accuracy [-- --every N]`: recomputes from the public SPIDER pictures (van der Graaf 2024; `../shared/data/spider`, not part of the
 * product) what the committed networks do. **The committed networks were trained on these very patients**: the figures show that what is
 * committed runs as it should, and are better than on patients it has not seen. Figures out of fold, by cross-validation over patients, are in the model
 * cards. The table is that of `foramen validate`. `--every N` takes every Nth picture and patient.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSpineReader } from '../apps/cli/src/reading.ts';
import { spacingTable } from '../apps/cli/src/spacing.ts';
import { type ValidationSet, validate, validationText } from '../apps/cli/src/validate.ts';
import { readGradings } from '../apps/cli/src/validate-grades.ts';

/** mm a pixel of every T2-SPACE slice. */
const SPACE_MM = 0.469;
const { values } = parseArgs({ options: { every: { type: 'string' } } });
const every = Math.max(1, Math.trunc(Number(values.every ?? 1)) || 1);
const spider = join(import.meta.dirname, '..', '..', 'shared', 'data', 'spider');
const models = join(import.meta.dirname, '..', 'packages', 'imaging', 'models');

if (!existsSync(spider)) {
  console.warn(
    'ACCURACY NOT MEASURED: the SPIDER pictures are not here (../shared/data/spider). See the model cards for figures out of fold.',
  );
  process.exit(0);
}

const patientOf = (name: string): string => name.split('_')[0]!;
const thinned = <T>(all: readonly T[]): T[] => all.filter((_, n) => n % every === 0);

function segmentation(): ValidationSet {
  const masks = join(spider, 't2-space', 'masks');
  return {
    masked: thinned(readdirSync(masks).sort()).map((name) => ({
      stem: basename(name, '.png'),
      patient: patientOf(name),
      path: join(spider, 't2-space', 'images', name),
      mask: join(masks, name),
    })),
    graded: [],
    scheme: 'plain',
    spacingOf: () => [SPACE_MM, SPACE_MM, 4],
  };
}

function grading(): ValidationSet {
  const table = join(spider, 'radiological_gradings.csv');
  const readings = readGradings(readFileSync(table, 'utf8'), table);
  const pictures = readdirSync(join(spider, 'midsagittal')).sort();
  const patients = thinned([...new Set(pictures.map(patientOf))]);
  const spacing = spacingTable(readFileSync(join(spider, 'overview.csv'), 'utf8'), 'overview.csv');
  return {
    masked: [],
    graded: patients.map((patient) => ({
      name: patient,
      patient,
      // The T2 of a patient says the spacing; T2-SPACE pictures are often upside down and are left to `segmentation`.
      paths: pictures
        .filter((name) => patientOf(name) === patient && !/space/i.test(name))
        .sort((a, b) => Number(/t2/i.test(b)) - Number(/t2/i.test(a)))
        .map((name) => join(spider, 'midsagittal', name)),
      readings: readings.filter((one) => one.name === patient),
    })),
    spacingOf: (stem) => spacing.get(stem),
  };
}

const cards = ['segmenter', 'grader', 'disc-rules']
  .filter((name) => existsSync(join(models, `${name}.md`)))
  .map((name) => `packages/imaging/models/${name}.md`);
console.log(
  'TRAINING PATIENTS, NOT OUT OF FOLD: the committed networks have seen these pictures or others of these patients.',
);
console.log(`Out-of-fold figures by cross-validation over patients: ${cards.join(', ')}`);
if (every > 1) console.log(`Every ${every}th picture and patient only.`);
const reader = createSpineReader();
for (const [title, set] of [
  ['Segmentation, T2-SPACE slices, mean of patients (95 % interval)', segmentation()],
  ['Grades, mid-sagittal T1 and T2 of a patient together', grading()],
] as const) {
  const began = performance.now();
  const { result, problems } = await validate(
    { ...set, graded: set.graded.filter((one) => one.paths.length > 0) },
    reader,
    (name) => process.stderr.isTTY && process.stderr.write(`\r\x1b[2K${name}`),
  );
  console.log(`\n${title} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
  for (const problem of problems) console.log(`  ${problem.where}: ${problem.what}`);
  console.log(validationText(result));
}
