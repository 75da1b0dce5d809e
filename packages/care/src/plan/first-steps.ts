import { type EvidenceBase, parameter } from '@foramen/evidence';
import type { Statement } from '@foramen/spine';
import { because } from '../facts.ts';
import { say } from '../say.ts';
import { progressiveDeficit } from './clinical-checks.ts';
import type { Decision } from './decide.ts';
import { cordSigns } from './imaging-protocol.ts';

const FIRST_LINE: readonly string[] = ['education-exercise', 'nsaid'];

/** What comes before any ranking: first-line care in the first weeks, and the cord where the signs point above the lumbar spine. */
export function firstSteps(d: Decision, base: EvidenceBase): readonly Statement[] {
  const { view } = d;
  const out: Statement[] = [];
  out.push(...cordSigns(view));
  const need = parameter('care-conservative-weeks', base).value;
  const weeks = view.durationWeeks;
  if (weeks === undefined || weeks.value >= need || progressiveDeficit(view) !== undefined) return out;
  const first = FIRST_LINE.filter((id) => d.appraised.some((a) => a.option.id === id && a.eligible));
  if (first.length === 0) return out;
  out.push(
    say(
      'plan.first-line-early',
      { options: `@word.nothing+${first.map((id) => `@option.${id}`).join('+,+')}` },
      'strong',
      [
        because(weeks),
        { kind: 'evidence', id: 'parameter/care-conservative-weeks', text: 'weeks of care that come first' },
        { kind: 'evidence', id: 'guideline/nice-n4-exercise', text: 'first-line care' },
      ],
    ),
  );
  return out;
}
