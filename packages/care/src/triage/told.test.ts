import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { buildCase } from '../case/build-case.ts';
import { type Vignette, vignetteSchema } from '../vignettes/vignette.ts';
import { triage } from './triage.ts';

const read = (name: string): readonly Vignette[] =>
  z
    .array(vignetteSchema)
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'vignettes', name), 'utf8')));
const told = (v: Vignette): string =>
  (v.case.intake as { readonly symptoms: { readonly freeText: string } }).symptoms.freeText;
const dangers = read('triage-told-dangers.json');
const harmless = read('triage-told-harmless.json').map(told);

function statusOf(freeText: string, condition: string): string | undefined {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText } } });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value).flags.find((f) => f.condition === condition)?.status;
}

it('hears a danger in the middle of any ordinary story', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...dangers),
      fc.constantFrom(...harmless),
      fc.constantFrom(...harmless),
      (danger, before, after) => {
        const [first] = danger.must;
        if (first === undefined || !('flag' in first)) throw new RangeError(danger.id);
        const story = [before, told(danger), after].map((s) => s.replace(/[.!?]*$/, '.')).join(' ');
        expect([first.status].flat(), story).toContain(statusOf(story, first.flag));
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});
