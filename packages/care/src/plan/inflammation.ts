import { parameter } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { because, intakeFact } from '../facts.ts';
import { type PlanView, radicular } from './view.ts';

interface InflammatoryFeature {
  readonly term: string;
  readonly because: readonly Reason[];
}

/** Features that speak for an inflammatory mechanism: Modic 1, raised CRP, recent radicular onset. Markers move nothing. */
export function inflammation(view: PlanView): readonly InflammatoryFeature[] {
  const out: InflammatoryFeature[] = [];
  if (view.modic !== undefined && view.modic.type === 1 && view.modic.value >= 0.5) {
    out.push({ term: '@feature.modic-1', because: [because(view.modic)] });
  }
  const crp = intakeFact(view.patient, 'history', 'crpMgL');
  const limit = parameter('care-inflammation-crp', view.base);
  if (crp !== undefined && crp.value >= limit.value) {
    out.push({
      term: '@feature.crp',
      because: [
        because(crp),
        { kind: 'evidence', id: limit.id, text: 'CRP from which inflammation is taken as raised' },
      ],
    });
  }
  if (radicular(view) >= 0.5 && view.durationWeeks !== undefined && view.durationWeeks.value < 12) {
    out.push({
      term: '@feature.radicular-onset',
      because: [because(view.durationWeeks), ...(view.legPain === undefined ? [] : [because(view.legPain)])],
    });
  }
  return out;
}
