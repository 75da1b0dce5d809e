import { assess, buildCase, plan } from '@foramen/care';
import { SAMPLE_STORIES } from '@foramen/phantom';
import { expect, it } from 'vitest';

/** How soon each story asks to be seen, by its answers alone: what stands at the top of the worklist a newcomer sees first. */
const URGENCY: Readonly<Record<string, string>> = {
  'sample-cauda-equina': 'emergency',
  'sample-degenerative-slip': 'soon',
  'sample-healthy': 'self-care',
  'sample-l5-radiculopathy': 'soon',
  'sample-shrinking-herniation': 'soon',
  'sample-silent-degeneration': 'self-care',
  'sample-stenosis': 'soon',
};

it('the sample patients are as urgent as their stories: worn discs without symptoms alarm nobody', () => {
  const found = SAMPLE_STORIES.map((story) => {
    const built = buildCase({
      patientId: story.id,
      now: '2026-11-22',
      findings: null,
      intake: story.intake,
    });
    if (!built.ok) throw new Error(built.problems[0].what);
    return [story.id, plan(built.value, assess(built.value)).urgency] as const;
  });
  expect(Object.fromEntries(found)).toEqual(URGENCY);
});
