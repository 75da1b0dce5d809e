import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { Assessment, Hypothesis, NextTest, PatientCase, Statement } from '@foramen/spine';
import { withheldStatements } from './case/withheld.ts';
import { levelContext } from './context/context.ts';
import { differential } from './differential/differential.ts';
import { nextTests } from './differential/next-test.ts';
import { because, rule } from './facts.ts';
import { baselineOf, painOutcome } from './forecast/curves.ts';
import { atWork, forecasts, worksOrWorked } from './forecast/forecast.ts';
import { appraise, isMinor, nothingToTreat } from './plan/appraise.ts';
import { BY_XRAY, imagingIndicated, imagingStatement, NEEDLES, NOT_YET } from './plan/imaging-timing.ts';
import { pastIllness } from './plan/past-conditions.ts';
import { type PlanView, planView } from './plan/view.ts';
import { riskEstimates } from './risk/risk.ts';
import { concordance } from './roots/concordance.ts';
import { discordance } from './roots/discordance.ts';
import { say } from './say.ts';
import { triage } from './triage/triage.ts';

export interface JudgementOptions {
  /** The evidence base, or one that a site has overridden. Default: as shipped. */
  readonly evidence?: EvidenceBase;
}

/**
 * Judges a case: triage first, then concordance, differential, context, next tests, risks and forecasts, every
 * conclusion with its reasons. Pure: the same case gives the same bytes. When triage closes the gate, forecasts of
 * elective options are withheld. Bad input has been named in `patient.problems`; what leans on it is withheld.
 */
export function assess(patient: PatientCase, options: JudgementOptions = {}): Assessment {
  const base = options.evidence ?? EVIDENCE;
  const flags = triage(patient, base);
  const view = planView(patient, flags, base);
  const appraised = appraise(view);
  return {
    schema: 'foramen.assessment/1',
    patientId: patient.patientId,
    now: patient.now,
    triage: flags,
    differential: hypotheses(view, base),
    concordance: concordance(patient, view.concordance, base),
    context: levelContext(patient, base),
    nextTests:
      flags.gate || nothingToTreat(view) !== undefined
        ? []
        : timely(view, nextTests(patient, view.differential, base)),
    risks: riskEstimates(patient, base),
    // Trials and cohorts are of adults: for a minor no figure is given rather than an adult's.
    forecasts: flags.gate || isMinor(view) ? [] : forecasts(view, appraised, base),
    statements: [...discordance(patient, view.contacts, view.concordance, base), ...imagingStatement(view)],
    abstained: abstentions(view),
  };
}

/** The differential; of a person without symptoms there is nothing to explain, whatever the image shows. */
function hypotheses(view: PlanView, base: EvidenceBase): readonly Hypothesis[] {
  const none = nothingToTreat(view);
  if (none?.kind !== 'stop') return differential(view.differential, base);
  return [
    {
      id: 'non-specific',
      condition: 'non-specific',
      p: 1,
      interval: [1, 1],
      statement: say('hypothesis.no-symptoms', {}, 'strong', none.because()),
    },
  ];
}

/** Leaves out images of the spine and needles that are not due yet, and in pregnancy what needs X-rays. */
function timely(view: PlanView, tests: readonly NextTest[]): readonly NextTest[] {
  const due = imagingIndicated(view) !== false;
  const imaged = view.patient.findings !== null;
  const pregnant = pastIllness(view, 'pregnancy') !== undefined;
  return tests.filter(({ test }) => {
    const id = test.split(':')[0]!;
    if (pregnant && BY_XRAY.has(id)) return false;
    // Where a picture was made, another plane of it is no new decision; a needle is.
    return due || !NOT_YET.has(id) || (imaged && !NEEDLES.has(id));
  });
}

/** What could not be judged, and why. */
function abstentions(view: PlanView): readonly Statement[] {
  const { patient } = view;
  const out: Statement[] = [...withheldStatements(patient)];
  const none = (key: string, path: string): Statement =>
    say(key, {}, 'strong', [
      { kind: 'fact', path, text: 'not given' },
      rule('rule.unknown', 'what is not known is never read as no'),
    ]);
  if (patient.findings === null) out.push(none('abstained.no-findings', 'findings'));
  patient.findings?.levels.forEach((level, i) => {
    if (level.abstained === undefined) return;
    out.push(
      say('abstained.level', { level: level.level, why: level.abstained }, 'strong', [
        { kind: 'fact', path: `findings.levels[${i}].abstained`, text: level.abstained },
      ]),
    );
  });
  if (patient.intake === null) {
    out.push(none('abstained.no-intake', 'intake'));
    return out;
  }
  if (view.triage?.gate === true) {
    out.push(
      say(
        'abstained.gate',
        {},
        'strong',
        view.triage.statements[0]?.because ?? [rule('rule.gate', 'red flags first')],
      ),
    );
    return out;
  }
  if (baselineOf(view, painOutcome(view)) === undefined)
    out.push(none('abstained.no-baseline-pain', 'intake.symptoms'));
  if (view.odi === undefined) out.push(none('abstained.no-baseline-function', 'scores'));
  if (worksOrWorked(view) !== true) out.push(none('abstained.no-work', 'intake.person.occupationLoad'));
  else if (atWork(view))
    out.push(
      say('abstained.at-work', {}, 'strong', [
        { kind: 'fact', path: 'intake.person.offWorkWeeks', text: 'offWorkWeeks: 0' },
      ]),
    );
  if (view.backNrs !== undefined && view.p.facet >= 0.05) {
    out.push(
      say('abstained.facet', {}, 'strong', [
        because(view.backNrs),
        { kind: 'evidence', id: 'lr/facet-any-sign', text: 'no sign localises facet pain' },
      ]),
    );
  }
  return out;
}
