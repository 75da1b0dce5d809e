import type { EvidenceBase } from '@foramen/evidence';
import type { Statement } from '@foramen/spine';
import { curveFor, painOutcome } from '../forecast/curves.ts';
import { say } from '../say.ts';
import type { Decision } from './decide.ts';

/** Said when the leading options were tested against different comparators: the order across them is then less sure. */
export function comparatorsDiffer(d: Decision, base: EvidenceBase): readonly Statement[] {
  const { view } = d;
  const tested = (d.ranked ?? []).slice(0, 4).flatMap((r) => {
    const id = r.appraised.option.id;
    const curve = curveFor(view, id, painOutcome(view), base);
    const record = curve?.points[0]?.id;
    return curve === null || record === undefined ? [] : [{ id, cls: curve.comparator, record }];
  });
  if (new Set(tested.map((t) => t.cls)).size < 2) return [];
  return [
    say(
      'plan.comparators-differ',
      { classes: `@word.nothing+${[...new Set(tested.map((t) => `@comparator.${t.cls}`))].join('+,+')}` },
      'moderate',
      tested.map((t) => ({ kind: 'evidence', id: t.record, text: `${t.id} against ${t.cls}` }) as const),
    ),
  ];
}
