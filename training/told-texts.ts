/**
 * Writes what the learned reader of told words learns from, one JSON object a line: `node training/told-texts.ts OUT.jsonl`. Stories of the
 * told bank with their batch, told vignettes, and the seeds of `told-seeds/`, whose `[a|b]` choices are drawn without chance: the k-th text
 * of a line takes its choices by a fixed sequence.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseText } from '../packages/care/src/triage/phrase-book.ts';
import { readText } from '../packages/care/src/triage/free-text.ts';
import { type Hearable, isOpenStatement } from '../packages/care/src/triage/second-hearing.ts';
import { statementsIn, wordsOf } from '../packages/care/src/triage/told-tokens.ts';

interface Row {
  readonly from: string;
  readonly label: string;
  readonly weight: number;
  readonly text: string;
}
const care = join(import.meta.dirname, '..', 'packages', 'care', 'vignettes');
const seeds = join(import.meta.dirname, 'told-seeds');
const MOST_DRAWN = 24;
const rows: Row[] = [];

function choices(line: string): { readonly parts: readonly (readonly string[])[]; readonly count: number } {
  const parts = line.split(/(\[[^\]]*\])/).map((p) => (p.startsWith('[') ? p.slice(1, -1).split('|') : [p]));
  return { parts, count: parts.reduce((n, p) => n * p.length, 1) };
}

/** Mulberry32: the same seed, the same draws. */
function draws(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

for (const file of readdirSync(seeds).filter((f) => f !== 'spanish-words.txt').sort()) {
  let label = '';
  for (const [at, line] of readFileSync(join(seeds, file), 'utf8').split('\n').entries()) {
    if (line.startsWith('# ')) label = line.slice(2).split(' ')[0]!;
    if (line === '' || line.startsWith('# ')) continue;
    const { parts, count } = choices(line);
    const wanted = Math.min(count, MOST_DRAWN);
    const draw = draws(at * 7919 + file.length);
    const made = new Set<string>();
    for (let k = 0; made.size < wanted && k < 200; k++)
      made.add(parts.map((p) => p[Math.floor(draw() * p.length)]!).join('').replace(/ +/g, ' ').replace(/ ,/g, ',').trim());
    for (const text of made) rows.push({ from: `seed ${file}:${at + 1}`, label, weight: Math.sqrt(wanted) / wanted, text });
  }
}
// What is not heard yet is learnt from as well.
for (const folder of ['told', 'told-unheard'])
  for (const file of readdirSync(join(care, folder)).sort())
    for (const story of JSON.parse(readFileSync(join(care, folder, file), 'utf8')) as { text: string; flag?: string }[])
      // Dangers of the treatment are left to the rules.
      if (story.flag !== 'acute')
        rows.push({ from: file.replace('.json', ''), label: story.flag ?? 'none', weight: 1, text: story.text });
for (const [file, label] of [
  ['triage-told-dangers', undefined],
  ['triage-told-harmless', 'none'],
  ['triage-own-words', undefined],
] as const)
  for (const v of JSON.parse(readFileSync(join(care, `${file}.json`), 'utf8')) as {
    case: { intake?: { symptoms?: { freeText?: string } } };
    must?: { flag?: string; status?: unknown }[];
  }[]) {
    const text = v.case.intake?.symptoms?.freeText;
    const raised = label ?? v.must?.find((m) => m.flag !== undefined && m.status === 'raised')?.flag;
    if (text !== undefined && raised !== undefined) rows.push({ from: file, label: raised, weight: 1, text });
  }
const BY_FILE = /^triage-(?:told-dangers|told-harmless|own-words)\.json$/;
/** What a vignette says about how soon at most. */
interface Bound {
  readonly atMost?: string;
  readonly urgency?: string;
  readonly atLeast?: string;
}
for (const file of readdirSync(care)
  .filter((f) => f.endsWith('.json') && !BY_FILE.test(f))
  .sort())
  for (const v of JSON.parse(readFileSync(join(care, file), 'utf8')) as {
    case: { intake?: { symptoms?: { freeText?: string } } };
    must?: Bound[];
    mustNot?: Bound[];
  }[]) {
    const text = v.case.intake?.symptoms?.freeText;
    const calm =
      v.must?.some((m) => /^(?:soon|routine|self-care)$/.test(m.atMost ?? m.urgency ?? '')) === true ||
      v.mustNot?.some((m) => /^(?:soon|urgent)$/.test(m.atLeast ?? '')) === true;
    if (text !== undefined && calm) rows.push({ from: file.replace('.json', ''), label: 'none', weight: 1, text });
  }
const CONDITIONS: readonly Hearable[] = [
  'cauda-equina',
  'progressive-deficit',
  'fracture',
  'infection',
  'malignancy',
  'vascular',
  'self-harm',
];
writeFileSync(
  process.argv[2]!,
  rows
    .map((row) => {
      const text = normaliseText(row.text);
      const hits = readText(row.text, '');
      const statements = statementsIn(text).map((s) => ({
        words: wordsOf(s),
        open: CONDITIONS.map((c) => (isOpenStatement(s, text, c, hits) ? 1 : 0)),
      }));
      return JSON.stringify({ ...row, statements });
    })
    .join('\n'),
);
