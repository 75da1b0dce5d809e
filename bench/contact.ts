/**
 * `node bench/contact.ts`: how often disc tissue is read to meet the dural sac on real mid-sagittal T2 slices, by what one expert graded on the whole
 * study: herniation, bulging alone, neither (SPIDER, van der Graaf 2024; `../shared/data/spider`, not part of the product). Contact rests on outlines
 * and millimetres; no grade went into it. The network that draws the outlines has seen slices of some of these patients.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createSpineReader } from '../apps/cli/src/reading.ts';
import { fitsPicture, spacingTable } from '../apps/cli/src/spacing.ts';
import { readGradings } from '../apps/cli/src/validate-grades.ts';

const spider = join(import.meta.dirname, '..', '..', 'shared', 'data', 'spider');
if (!existsSync(spider)) {
  console.warn('CONTACT NOT MEASURED: the SPIDER pictures are not here (../shared/data/spider).');
  process.exit(0);
}

const table = spacingTable(readFileSync(join(spider, 'overview.csv'), 'utf8'), 'overview.csv');
const file = join(spider, 'radiological_gradings.csv');
const gradings = readGradings(readFileSync(file, 'utf8'), file);
const reader = createSpineReader();
const groups = { herniation: [] as number[], 'bulging alone': [] as number[], neither: [] as number[] };
for (const name of readdirSync(join(spider, 'midsagittal')).filter((one) => one.endsWith('_t2.png'))) {
  const stem = basename(name, '.png');
  const bytes = new Uint8Array(readFileSync(join(spider, 'midsagittal', name)));
  const spacing = table.get(stem);
  if (spacing === undefined || !fitsPicture(bytes, spacing)) continue;
  const read = await reader.read([{ name, bytes }], { spacing });
  if (!read.ok) continue;
  for (const { sacContact, indexFromBottom } of read.value.reading.findings.levels) {
    const graded = gradings.find((g) => g.name === stem.split('_')[0] && g.index === indexFromBottom)?.grades;
    if (graded === undefined || sacContact === undefined || 'abstained' in sacContact) continue;
    const { herniation, bulging } = graded;
    const group = herniation === 1 ? 'herniation' : bulging === 1 ? 'bulging alone' : 'neither';
    groups[group].push(1 - sacContact.read.byGrade[0]);
  }
}
for (const [group, p] of Object.entries(groups))
  console.log(
    `${group}: ${p.length} discs, contact more likely than not in ${((100 * p.filter((v) => v >= 0.5).length) / p.length).toFixed(0)} %, mean probability ${(p.reduce((a, b) => a + b, 0) / p.length).toFixed(2)}`,
  );
const areaUnder = (yes: readonly number[], no: readonly number[]): number =>
  yes.reduce((sum, a) => sum + no.reduce((n, b) => n + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0) /
  (yes.length * no.length);
const { herniation, neither } = groups;
const others = [...groups['bulging alone'], ...neither];
console.log(
  `area under the curve, herniation against all others: ${areaUnder(herniation, others).toFixed(2)}`,
);
console.log(
  `herniation or bulging against neither: ${areaUnder([...herniation, ...groups['bulging alone']], neither).toFixed(2)}`,
);
