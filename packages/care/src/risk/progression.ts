import { because as cite, type EvidenceBase } from '@foramen/evidence';
import type { PatientCase, Reason, RiskEstimate, Statement } from '@foramen/spine';
import { because, intakeFact } from '../facts.ts';
import { say, traced } from '../say.ts';

/**
 * Progression of disc degeneration. No published model gives one person a number, so none is given: what is inherited is
 * said as a share of variance, family history as a weak prior, and genetic markers as research-grade that move nothing.
 */
export function progression(patient: PatientCase, base: EvidenceBase): RiskEstimate {
  const heritability = base.records.get('genetic/ldd-heritability');
  const share = heritability?.type === 'genetic' ? (heritability.estimate ?? 0) : 0;
  const cited: Reason[] = [cite('genetic/ldd-heritability', base), cite('fact/no-polygenic-score', base)];
  const family = intakeFact(patient, 'history', 'familyBackPain');
  const markers = (patient.genome?.markers ?? []).flatMap((m, i): Reason[] =>
    m.verdict === 'research'
      ? [{ kind: 'fact', path: `genome.markers[${i}]`, text: `${m.marker}: research only` }]
      : [],
  );
  const modifiable: Statement[] = [];
  const smoking = intakeFact(patient, 'history', 'smoking');
  const bmi = intakeFact(patient, 'history', 'bmi');
  if (smoking?.value === 'current') {
    modifiable.push(
      say('risk.modify.lifestyle', { factor: '@factor.smoking' }, 'insufficient', [
        because(smoking),
        cite('fact/lifestyle-confounded', base),
      ]),
    );
  }
  if (bmi !== undefined && bmi.value >= 30) {
    modifiable.push(
      say('risk.modify.lifestyle', { factor: '@factor.weight' }, 'insufficient', [
        because(bmi),
        cite('fact/lifestyle-confounded', base),
      ]),
    );
  }
  const key =
    markers.length > 0
      ? 'risk.progression.markers'
      : family?.value === 'yes'
        ? 'risk.progression.family'
        : 'risk.progression';
  return {
    risk: 'degeneration-progression',
    p: null,
    interval: null,
    band: 'unknown',
    modifiable,
    statement: say(key, { share: traced(share, cited) }, 'insufficient', [
      ...(family?.value === 'yes' ? [because(family)] : []),
      ...markers,
      ...cited,
    ]),
  };
}
