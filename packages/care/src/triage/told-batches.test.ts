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
const stories: readonly Story[] = readdirSync(dir)
  .filter((f) => f.endsWith('.json'))
  .flatMap((f) => z.array(storySchema).parse(JSON.parse(readFileSync(join(dir, f), 'utf8'))));
const dangers = stories.filter((s) => s.flag !== undefined);
const harmless = stories.filter((s) => s.flag === undefined);

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
  it('misses no danger, and few are only asked about', () => {
    const found = dangers.map((s) => [outcome(s), s.text] as const);
    expect(found.filter(([o]) => o === 'missed')).toEqual([]);
    expect(found.filter(([o]) => o === 'asked').length / dangers.length).toBeLessThan(0.05);
    expect(dangers.length).toBeGreaterThan(400);
  });

  it('makes no emergency of a harmless one, and asks about few the same day', () => {
    const urgencies = harmless.map((s) => [heard(s.text).urgency, s.text] as const);
    expect(urgencies.filter(([u]) => u === 'emergency')).toEqual([]);
    expect(urgencies.filter(([u]) => u === 'urgent').length / harmless.length).toBeLessThan(0.02);
    expect(harmless.length).toBeGreaterThan(250);
  });
});
