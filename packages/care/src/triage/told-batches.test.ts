import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Urgency } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildCase } from '../case/build-case.ts';
import { URGENCY_ORDER } from './judged.ts';
import { triage } from './triage.ts';

/** Stories told in words alone, each batch written before it was run: dangers name the flag and how soon, harmless ones nothing. */
const storySchema = z.strictObject({
  voice: z.enum([
    'patient',
    'carer',
    'gp',
    'physio',
    'triage',
    'radiology',
    'spanish',
    'vignette',
    'summary',
    'letter',
    'nurse',
    'diary',
    'emergency',
    'interpreter',
  ]),
  text: z.string().min(1),
  flag: z.string().optional(),
  atLeast: z.enum(['soon', 'urgent', 'emergency']).optional(),
});
type Story = z.infer<typeof storySchema>;

const dir = join(import.meta.dirname, '..', '..', 'vignettes', 'told');
const files = readdirSync(dir).filter((f) => f.endsWith('.json'));
const told = (file: string, from = dir): readonly Story[] =>
  z.array(storySchema).parse(JSON.parse(readFileSync(join(from, file), 'utf8')));
/** Stories of the same batches that are not judged rightly yet: what a mend reaches moves to the bank. */
const unheardDir = join(dir, '..', 'told-unheard');
/** What became of the stories of the files judged so far: a file at a time, so that no single test runs long. */
const fates = new Map<string, number>();
const count = (fate: string): void => void fates.set(fate, (fates.get(fate) ?? 0) + 1);
const of = (fate: string): number => fates.get(fate) ?? 0;

function heard(freeText: string) {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText } } });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value);
}
const rank = (u: Urgency): number => URGENCY_ORDER.indexOf(u);

/** What is no condition of the spine is a statement of its own. */
const BESIDE: Readonly<Record<string, string>> = {
  'self-harm': 'triage.safety',
  acute: 'triage.acute',
};

/** Raised in time, or asked about the same day. */
function outcome(story: Story): 'raised' | 'asked' | 'missed' {
  const t = heard(story.text);
  const beside = story.flag === undefined ? undefined : BESIDE[story.flag];
  const status =
    beside !== undefined
      ? t.statements.some((s) => s.key.startsWith(beside))
        ? 'raised'
        : 'not-raised'
      : t.flags.find((f) => f.condition === story.flag)?.status;
  if (status !== 'raised' && status !== 'possible') return 'missed';
  if (rank(t.urgency) >= rank(story.atLeast ?? 'urgent')) return 'raised';
  return rank(t.urgency) >= rank('urgent') ? 'asked' : 'missed';
}

describe('stories told in words alone', () => {
  it.each(files)('%s: misses no danger, and makes no emergency of a harmless one', (file) => {
    const wrong: string[] = [];
    for (const story of told(file)) {
      const fate = story.flag === undefined ? heard(story.text).urgency : outcome(story);
      count(story.flag === undefined ? `harmless ${fate}` : `danger ${fate}`);
      count(story.flag === undefined ? 'harmless' : 'danger');
      if (fate === 'missed' || (story.flag === undefined && fate === 'emergency')) wrong.push(story.text);
    }
    expect(wrong).toEqual([]);
  });

  it('only asks about few dangers, and about few harmless ones the same day', () => {
    expect(of('danger asked') / of('danger')).toBeLessThan(0.05);
    expect(of('harmless urgent') / of('harmless')).toBeLessThan(0.02);
    expect(of('danger')).toBeGreaterThan(3600);
    expect(of('harmless')).toBeGreaterThan(1700);
  });

  it('misses no more of the stories that are known to be missed', () => {
    const stories = readdirSync(unheardDir).flatMap((file) => told(file, unheardDir));
    const missed = stories.filter((s) => s.flag !== undefined && outcome(s) === 'missed');
    const alarmed = stories.filter(
      (s) => s.flag === undefined && rank(heard(s.text).urgency) >= rank('urgent'),
    );
    // 52 and 37 of batches 58 to 66; 7 and 46 of 67 to 69, none and 11 of 70, whose harmless stories hold the alarming words themselves.
    expect(missed.length).toBeLessThanOrEqual(59);
    expect(alarmed.length).toBeLessThanOrEqual(94);
  });
});
