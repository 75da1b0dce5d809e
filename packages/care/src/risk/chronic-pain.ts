import { because as cite, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { PatientCase, Reason, RiskEstimate, Statement } from '@foramen/spine';
import { because, intakeFact, isWithheld, round, scoreOf } from '../facts.ts';
import { say, traced } from '../say.ts';

/** What a person can change, each with how much is known about changing it. */
function modifiableOf(patient: PatientCase, base: EvidenceBase): readonly Statement[] {
  const out: Statement[] = [];
  const start = scoreOf(patient, /^start-back$/);
  if (start?.band !== undefined && start.band !== 'low') {
    const effect = recordOf('effect', 'effect/stratified-rmdq-52', base);
    out.push(
      say(
        'risk.modify.stratified-care',
        { effect: traced(Math.abs(effect.estimate), [cite(effect.id, base)]) },
        'moderate',
        [because(start), cite(effect.id, base)],
      ),
    );
  }
  const mood = [
    scoreOf(patient, /^phq-9$/),
    scoreOf(patient, /^phq-4$/),
    scoreOf(patient, /^phq-2$/),
    scoreOf(patient, /^gad-7$/),
  ];
  const cut = [10, 6, 3, 10];
  const distress = mood.find((s, i) => s !== undefined && s.value >= cut[i]!);
  if (distress !== undefined) {
    const effect = recordOf('effect', 'effect/cbt-usual-disability', base);
    out.push(
      say(
        'risk.modify.distress',
        { effect: traced(Math.abs(effect.estimate), [cite(effect.id, base)]) },
        'moderate',
        [because(distress), cite(effect.id, base)],
      ),
    );
  }
  const inactive = intakeFact(patient, 'symptoms', 'course');
  if (inactive?.value !== 'improving' && patient.intake !== null) {
    const effect = recordOf('effect', 'effect/exercise-pain', base);
    const why: Reason[] = inactive === undefined ? [] : [because(inactive)];
    out.push(
      say(
        'risk.modify.exercise',
        { effect: traced(Math.abs(effect.estimate), [cite(effect.id, base)]) },
        'moderate',
        [...why, cite(effect.id, base)],
      ),
    );
  }
  return out;
}

/**
 * Chance that recent back pain becomes chronic (pain at six months): by STarT Back group where it was scored (Stevans
 * 2021), else the figure for all with an interval over the groups. Pain that has lasted twelve weeks is chronic already.
 */
export function chronicPain(patient: PatientCase, base: EvidenceBase): RiskEstimate {
  const none = { risk: 'chronic-pain', p: null, interval: null } as const;
  const weeks = intakeFact(patient, 'symptoms', 'durationWeeks');
  const pain = intakeFact(patient, 'symptoms', 'pain');
  const modifiable = modifiableOf(patient, base);
  const overall = recordOf('natural-history', 'natural/chronic-overall', base);
  if (weeks === undefined || isWithheld(patient, weeks.path)) {
    return {
      ...none,
      band: 'unknown',
      modifiable,
      statement: say('risk.chronic.unknown', {}, 'insufficient', [cite(overall.id, base)]),
    };
  }
  if (pain?.value === 'none' && !isWithheld(patient, pain.path)) {
    return {
      ...none,
      band: 'low',
      modifiable: [],
      statement: say('risk.chronic.no-pain', {}, 'weak', [because(pain)]),
    };
  }
  if (weeks.value >= 12) {
    const later = recordOf('natural-history', 'natural/non-specific-12-to-52-weeks-52', base);
    return {
      ...none,
      band: 'high',
      modifiable,
      statement: say(
        'risk.chronic.already',
        {
          weeks: traced(weeks.value, [because(weeks)]),
          later: traced(later.estimate, [cite(later.id, base)]),
        },
        'moderate',
        [because(weeks), cite(later.id, base)],
      ),
    };
  }
  const start = scoreOf(patient, /^start-back$/);
  const groups = ['low', 'medium', 'high'].map((g) =>
    recordOf('natural-history', `natural/chronic-${g}`, base),
  );
  const oerebro = scoreOf(patient, /^oerebro-10$/) ?? scoreOf(patient, /^oerebro-21$/);
  const scored = groups[['low', 'medium', 'high'].indexOf(start?.band ?? '')];
  if (scored !== undefined && start !== undefined) {
    const cited = cite(scored.id, base);
    const band = scored.estimate < 0.25 ? 'low' : scored.estimate < 0.4 ? 'moderate' : 'high';
    return {
      risk: 'chronic-pain',
      p: round(scored.estimate),
      interval: scored.interval,
      band: oerebro?.band === 'high' && band === 'low' ? 'moderate' : band,
      modifiable,
      statement: say(
        'risk.chronic.scored',
        {
          p: traced(round(scored.estimate), [cited]),
          score: traced(start.value, [because(start)]),
          band: `@band.${start.band}`,
        },
        'moderate',
        [because(start), because(weeks), cited, ...(oerebro === undefined ? [] : [because(oerebro)])],
      ),
    };
  }
  const cited = [cite(overall.id, base), ...groups.map((g) => cite(g.id, base))];
  return {
    risk: 'chronic-pain',
    p: round(overall.estimate),
    interval: [groups[0]?.interval?.[0] ?? 0, groups[2]?.interval?.[1] ?? 1],
    band: oerebro?.band === 'high' ? 'high' : 'moderate',
    modifiable,
    statement: say('risk.chronic.overall', { p: traced(round(overall.estimate), cited) }, 'weak', [
      because(weeks),
      ...cited,
      ...(oerebro === undefined ? [] : [because(oerebro)]),
    ]),
  };
}
